//! The files that a run writes besides the briefs: none is written twice, and none in the place of a brief.

use std::fs;
use std::path::{Path, PathBuf};

use crate::files::shown;

use super::inputs::Input;

/// Whether these files can be written, each given with the option that names it.
///
/// # Errors
/// A sentence about a file that is named twice or is a brief of this run.
pub(super) fn check(files: &[(&str, &Path)], inputs: &[Input]) -> Result<(), String> {
    let known: Vec<PathBuf> = files.iter().map(|(_, path)| real(path)).collect();
    for (number, ((option, path), file)) in files.iter().zip(&known).enumerate() {
        if let Some(other) = known.iter().take(number).position(|other| other == file).and_then(|at| files.get(at)) {
            let path = shown(path);
            return Err(if other.0 == *option { format!("{option} names {path} twice") } else { format!("{} and {option} both name {path}", other.0) });
        }
        // What is not there yet is no brief.
        let is_brief = |input: &Input| matches!(input, Input::Named(brief) | Input::InFolder(brief) if real(brief) == *file);
        if file.is_file() && inputs.iter().any(is_brief) {
            return Err(format!("{option} {}: this file is read as a brief; name another one", shown(path)));
        }
    }
    Ok(())
}

/// The path of a file without links, even if the file is not there yet.
fn real(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = || Some(fs::canonicalize(folder).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(beside).unwrap_or_else(|| path.to_owned())
}
