//! Between addresses of the protocol (`file:///a%20b.md`) and paths of the machine.

use std::path::{Path, PathBuf};

use lsp_types::Uri;

/// The path of an address; none if it is no file of this machine.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let decoded = decoded(rest.strip_prefix("localhost").unwrap_or(rest))?;
    if !decoded.starts_with('/') {
        return None;
    }
    // A drive of Windows: `/c:/briefs`.
    let drive = decoded.get(1..).filter(|rest| rest.as_bytes().get(1) == Some(&b':') && rest.starts_with(|letter: char| letter.is_ascii_alphabetic()));
    Some(PathBuf::from(drive.unwrap_or(&decoded)))
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
    let text = path.to_str().filter(|_| path.is_absolute())?.replace('\\', "/");
    let mut uri = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            uri.extend([byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16).unwrap_or('0').to_ascii_uppercase()));
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
    }

    #[test]
    fn a_path_comes_back_from_its_address() {
        for name in ["/briefs/a b.md", "/briefs/résumé 100 %.md", "/x/#1?.md"] {
            assert_eq!(path(&uri(Path::new(name)).unwrap()), Some(PathBuf::from(name)));
        }
        assert_eq!(uri(Path::new("briefs/a.md")), None);
    }
}
