//! Places for other programs: lines and columns in their units, paths from the folder of the run, and paths as URIs.

use std::fmt::Write as _;

use crate::text::Span;
use crate::text::lines::{Encoding, Walk};

use super::Findings;

/// A place with everything from 1; the end is excluded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) end_line: u32,
    pub(super) end_column: u32,
}

/// The places of findings, asked for in their order.
pub(super) struct Places<'a>(Walk<'a>);

impl<'a> Places<'a> {
    pub(super) fn new(findings: &Findings<'a>, encoding: Encoding) -> Places<'a> {
        Places(Walk::new(findings.source.lines(), findings.source.text(), encoding))
    }

    /// The place of a span; the next one may lie inside it.
    pub(super) fn of(&mut self, span: Span) -> Place {
        let start = self.0.to(span.start);
        let end = { self.0 }.to(span.end);
        Place { line: start.line + 1, column: start.column + 1, end_line: end.line + 1, end_column: end.column + 1 }
    }
}

/// The folder in which the program runs. Other programs take paths from there.
#[derive(Clone, Debug, Default)]
pub struct Root(Option<String>);

impl Root {
    /// The folder of this path, with `/` between its parts; none if it is not known.
    pub fn new(folder: Option<String>) -> Root {
        Root(folder.map(|folder| format!("{}/", folder.trim_end_matches('/'))))
    }

    /// A path from the folder on. One that lies elsewhere stays as it is.
    pub fn path<'p>(&self, path: &'p str) -> &'p str {
        let mut path = self.0.as_ref().and_then(|root| path.strip_prefix(root.as_str())).unwrap_or(path);
        while let Some(rest) = path.strip_prefix("./") {
            path = rest.trim_start_matches('/');
        }
        path
    }

    /// The same as a URI (RFC 3986): relative if the path is.
    pub fn uri(&self, path: &str) -> String {
        let path = self.path(path);
        let drive = path.as_bytes().get(1) == Some(&b':');
        let mut uri = String::with_capacity(path.len());
        uri.push_str(match (path.starts_with('/'), drive) {
            (true, _) => "file://",
            (_, true) => "file:///",
            _ => "",
        });
        for byte in path.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                // Writing to a text does not fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
        uri
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_in_the_folder_and_are_encoded() {
        let root = Root::new(Some("/home/amal/briefs".to_owned()));
        assert_eq!(root.path("/home/amal/briefs/a.md"), "a.md");
        assert_eq!(root.path("././a.md"), "a.md");
        assert_eq!(root.path("/home/amal/other.md"), "/home/amal/other.md");
        assert_eq!(root.uri("./Népal 1/a#b:c?.md"), "N%C3%A9pal%201/a%23b%3Ac%3F.md");
        assert_eq!(root.uri("/tmp/a b.md"), "file:///tmp/a%20b.md");
        assert_eq!(root.uri("D:/a.md"), "file:///D%3A/a.md");
        assert_eq!(Root::default().uri("-"), "-");
    }
}
