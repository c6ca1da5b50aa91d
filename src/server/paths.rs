//! Between addresses of the protocol (`file:///a%20b.md`) and paths of the machine.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use lsp_types::Uri;
use serde_json::Value;

/// The path of an address; none if it is no file of this machine.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let (host, rest) = split(uri)?;
    let decoded = decoded(rest)?;
    if !host.is_empty() {
        // A folder that is shared in a network has a path on Windows only.
        return cfg!(windows).then(|| PathBuf::from(shared(host, &decoded)));
    }
    // A drive of Windows: `/c:/briefs`.
    let drive = decoded.get(1..).filter(|rest| rest.as_bytes().get(1) == Some(&b':') && rest.starts_with(|letter: char| letter.is_ascii_alphabetic()));
    Some(PathBuf::from(drive.unwrap_or(&decoded)))
}

/// The machine that an address of a file names, empty for this one, and the path there.
fn split(uri: &Uri) -> Option<(&str, &str)> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let (host, path) = rest.split_at_checked(rest.find('/')?)?;
    Some((if host == "localhost" { "" } else { host }, path))
}

/// The path of a file on another machine, as Windows writes it: `\\server\share\brief.md`.
fn shared(host: &str, path: &str) -> String {
    format!(r"\\{host}{}", path.replace('/', r"\"))
}

/// Writes the addresses in a message as the protocol has them: an editor may send `untitled:My brief`, or a path whose letters are
/// left as they are. Under that name the document is known from then on.
pub(super) fn escape_addresses(params: &mut Value) {
    match params {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if key == "uri" && Uri::from_str(text).is_err() => *text = escaped(text),
                    Value::Object(_) | Value::Array(_) => escape_addresses(value),
                    _ => {}
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(escape_addresses),
        _ => {}
    }
}

/// An address, also one that is not written as the protocol has them.
pub(super) fn address(text: &str) -> Option<Uri> {
    Uri::from_str(text).or_else(|_| Uri::from_str(&escaped(text))).ok()
}

/// An address in which all that may not stand in one is escaped.
fn escaped(text: &str) -> String {
    let mut address = String::with_capacity(text.len() + 8);
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digits = || rest.clone().take(2).filter(u8::is_ascii_hexdigit).count();
        match byte {
            b'\\' => address.push('/'),
            b'%' if digits() == 2 => address.push('%'),
            _ if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte) => address.push(char::from(byte)),
            _ => escape(byte, &mut address),
        }
    }
    address
}

fn escape(byte: u8, address: &mut String) {
    address.push('%');
    address.extend([byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16).unwrap_or('0').to_ascii_uppercase()));
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(rest.next()?).to_digit(16);
        bytes.push(if byte == b'%' { u8::try_from(digit()? * 16 + digit()?).ok()? } else { byte });
    }
    String::from_utf8(bytes).ok()
}

/// The address of a path; none if the path does not begin at the root.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    path.to_str().filter(|_| path.is_absolute()).and_then(|path| written(path, cfg!(windows)))
}

/// The address of a path from the root, on Windows or elsewhere, where `\` is a letter like any other.
fn written(path: &str, is_windows: bool) -> Option<Uri> {
    let path = if is_windows { path.replace('\\', "/") } else { path.to_owned() };
    // `//server/share` names its machine, `c:/briefs` begins below the root.
    let mut uri = String::from(match path.as_str() {
        path if is_windows && path.starts_with("//") => "file:",
        path if path.starts_with('/') => "file://",
        _ => "file:///",
    });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            uri.push(char::from(byte));
        } else {
            escape(byte, &mut uri);
        }
    }
    uri.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Option<&str>) {
        assert_eq!(path(&address.parse().unwrap()), expected.map(PathBuf::from), "{address}");
    }

    #[test]
    fn an_address_is_a_path() {
        check("file:///briefs/a%20b.md", Some("/briefs/a b.md"));
        check("file://localhost/briefs/r%C3%A9sum%C3%A9.md", Some("/briefs/résumé.md"));
        check("file:///c%3A/Users/brief.md", Some("c:/Users/brief.md"));
        check("untitled:Untitled-1", None);
        check("file://server/share/brief.md", None);
        check("file:///%FF", None);
        check("file://", None);
    }

    #[test]
    fn a_path_of_windows_has_its_address_and_back() {
        assert_eq!(written(r"c:\Users\a b\brief.md", true).unwrap().as_str(), "file:///c%3A/Users/a%20b/brief.md");
        let uri = written(r"\\server\share\résumé.md", true).unwrap();
        assert_eq!(uri.as_str(), "file://server/share/r%C3%A9sum%C3%A9.md");
        let (host, rest) = split(&uri).unwrap();
        assert_eq!(shared(host, &decoded(rest).unwrap()), r"\\server\share\résumé.md");
        assert_eq!(written(r"/briefs/a\b.md", false).unwrap().as_str(), "file:///briefs/a%5Cb.md");
    }

    #[test]
    fn a_path_comes_back_from_its_address() {
        for name in ["/briefs/a b.md", "/briefs/résumé 100 %.md", "/x/#1?.md"] {
            assert_eq!(path(&uri(Path::new(name)).unwrap()), Some(PathBuf::from(name)));
        }
        assert_eq!(uri(Path::new("briefs/a.md")), None);
    }
}
