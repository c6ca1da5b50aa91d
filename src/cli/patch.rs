//! The difference of two texts as a patch that `git apply` and `patch -p1` take.

use std::fmt::Write as _;
use std::path::Path;

use similar::TextDiff;

use crate::files;

/// Lines around each change.
const CONTEXT: usize = 3;

/// The patch that makes `new` of `old` in the file at `path`; empty if they are the same. Paths are relative to the current folder, as
/// far as they can be.
pub(super) fn patch(path: &Path, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    // A return alone ends a line for us, but not for git.
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old_lines, &new_lines);
    let name = name(path);
    diff.unified_diff().context_radius(CONTEXT).header(&quoted(&format!("a/{name}")), &quoted(&format!("b/{name}"))).to_string()
}

/// A path from the current folder, with `/`.
fn name(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let inside = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let text = files::shown(inside);
    text.trim_start_matches("./").trim_start_matches('/').to_owned()
}

/// A name as git writes it: in quotation marks if it holds more than plain letters.
fn quoted(name: &str) -> String {
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\';
    if name.bytes().all(is_plain) {
        return name.to_owned();
    }
    let mut quoted = String::from("\"");
    for byte in name.bytes() {
        match byte {
            b'"' | b'\\' => {
                quoted.push('\\');
                quoted.push(char::from(byte));
            }
            byte if is_plain(byte) => quoted.push(char::from(byte)),
            byte => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\{byte:03o}");
            }
        }
    }
    quoted.push('"');
    quoted
}
