//! Patterns of paths: `geneva/**`. The only file that names `globset`.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Patterns of paths below a folder.
#[derive(Clone, Debug)]
pub struct Globs {
    folder: PathBuf,
    written: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// These patterns below a folder. A pattern that names a folder means all that is in it.
    ///
    /// # Errors
    /// The number of the pattern that cannot be read, with the reason.
    pub fn new(folder: &Path, written: Vec<String>) -> Result<Globs, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (number, pattern) in written.iter().enumerate() {
            if let Some(reason) = matches_nothing(pattern) {
                return Err((number, reason.to_owned()));
            }
            let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
            for pattern in [pattern.to_owned(), format!("{pattern}/**")] {
                let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
                set.add(glob.map_err(|error| (number, error.kind().to_string()))?);
            }
        }
        let last = written.len().saturating_sub(1);
        let set = set.build().map_err(|error| (last, error.kind().to_string()))?;
        Ok(Globs { folder: folder.to_owned(), written, set })
    }

    /// Whether an absolute path matches one of the patterns.
    pub fn hold(&self, path: &Path) -> bool {
        path.strip_prefix(&self.folder).is_ok_and(|inside| self.set.is_match(inside))
    }

    /// The patterns as written.
    pub fn written(&self) -> &[String] {
        &self.written
    }
}

/// Why a pattern could never match a path below the folder of its file, on any system.
fn matches_nothing(pattern: &str) -> Option<&'static str> {
    let is_drive = pattern.chars().next().is_some_and(char::is_alphabetic) && pattern.get(1..2) == Some(":");
    if pattern.trim().is_empty() {
        Some("it is empty")
    } else if pattern.contains('\\') {
        // In a pattern it would take the meaning of the next sign away, and that only on some systems.
        Some("folders are parted by /, on Windows too")
    } else if pattern.starts_with(['/', '~']) || is_drive || pattern.split('/').any(|part| part == "..") {
        Some("paths begin in the folder of this file and stay in it")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_stand_below_the_folder_of_their_file() {
        let globs = |pattern: &str| Globs::new(Path::new("/zemland"), vec![pattern.to_owned()]).unwrap();
        let held = |pattern: &str, path: &str| globs(pattern).hold(Path::new(path));
        for (pattern, path) in [
            ("geneva/**", "/zemland/geneva/a/b.md"),
            ("geneva", "/zemland/geneva/a.md"),
            ("./geneva/", "/zemland/geneva/a.md"),
            ("*.md", "/zemland/a.md"),
            ("**/draft-*.md", "/zemland/geneva/draft-1.md"),
        ] {
            assert!(held(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [("geneva/**", "/zemland/vienna/a.md"), ("*.md", "/zemland/geneva/a.md"), ("geneva/**", "/geneva/a.md")] {
            assert!(!held(pattern, path), "{pattern} {path}");
        }
        assert_eq!(Globs::new(Path::new("/"), vec!["a".to_owned(), "[".to_owned()]).unwrap_err().0, 1);
        for wrong in ["", " ", "geneva\\*.md", "C:/briefs/*.md", "/geneva", "../**", "geneva/../*.md", "~/a.md"] {
            assert!(Globs::new(Path::new("/"), vec![wrong.to_owned()]).is_err(), "{wrong}");
        }
    }
}
