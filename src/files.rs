//! What is read from the disk for any front of the program: folders of rules, and the Markdown files below a folder with their texts.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use crate::builtin;
use crate::rules::file::frequency::Frequencies;
use crate::rules::{BrokenFile, RuleFile, Rulebook};
use crate::text::Source;

/// A rulebook that is the built-in one, or one's own.
#[derive(Clone, Debug)]
pub enum Book {
    /// That of the program.
    BuiltIn(&'static Rulebook),
    /// With rules of the user's, or with rules that a configuration has changed.
    Own(Arc<Rulebook>),
}

impl Book {
    /// What was measured of its rules. Of rules of the user's own nothing is known, and word lists of the user's own change what the
    /// built-in ones find.
    pub fn measured(&self) -> Option<Frequencies> {
        matches!(self, Book::BuiltIn(_)).then(builtin::frequencies)
    }
}

impl Default for Book {
    fn default() -> Book {
        Book::BuiltIn(builtin::rulebook())
    }
}

impl std::ops::Deref for Book {
    type Target = Rulebook;

    fn deref(&self) -> &Rulebook {
        match self {
            Book::BuiltIn(book) => book,
            Book::Own(book) => book,
        }
    }
}

/// The built-in rules with some files on top; of two with the same path the later one counts.
///
/// # Errors
/// The files that are wrong.
pub fn rulebook(own: Vec<RuleFile>) -> Result<Book, Vec<BrokenFile>> {
    if own.is_empty() {
        return Ok(Book::default());
    }
    Rulebook::load(builtin::files().chain(own)).map(|book| Book::Own(Arc::new(book)))
}

/// The rule files of some folders, in order.
///
/// # Errors
/// A sentence about a folder that cannot be read or holds no rule.
pub fn rule_files(folders: &[PathBuf]) -> Result<Vec<RuleFile>, String> {
    let mut files = Vec::new();
    for folder in folders {
        files.extend(rule_folder(folder, &folder.display().to_string())?);
    }
    Ok(files)
}

/// The rule files of a folder that is shown under this name, in the order of their paths.
///
/// # Errors
/// A sentence about a folder that cannot be read or holds no rule.
pub fn rule_folder(folder: &Path, name: &str) -> Result<Vec<RuleFile>, String> {
    let name = name.trim_end_matches(['/', '\\']);
    let mut files = Vec::new();
    collect(folder, (name, ""), &mut files).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("{name}: there is no such folder"),
        _ => format!("{name}: {error}"),
    })?;
    if files.is_empty() {
        return Err(format!("{name}: there is no rule in this folder; a rule stands in a file like time-bound/missing-deadline.toml"));
    }
    Ok(files)
}

/// Takes the rule files below a folder, in the order of their names.
fn collect(folder: &Path, (root, inside): (&str, &str), files: &mut Vec<RuleFile>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    entries.sort();
    for path in entries {
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        if file_name.starts_with('.') {
            continue;
        }
        let inside_path = format!("{inside}{file_name}");
        let ending = path.extension().unwrap_or_default();
        if path.is_dir() {
            collect(&path, (root, &format!("{inside_path}/")), files)?;
        } else if ending == "toml" || (ending == "md" && inside.starts_with("examples/")) {
            files.push(rule_file(&path, format!("{root}/{inside_path}"), inside_path)?);
        }
    }
    Ok(())
}

/// Reads a file, shown under this name, as the rule file of a path inside the rulebook.
///
/// # Errors
/// The name with the reason why it cannot be read.
pub fn rule_file(path: &Path, name: String, inside: String) -> io::Result<RuleFile> {
    let bytes = fs::read(path).map_err(|error| io::Error::other(format!("{name}: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| io::Error::other(format!("{name}: the file is not UTF-8 text")))?;
    Ok(RuleFile { path: inside, name, text: text.into() })
}

/// The Markdown files below a folder in the order of their paths, except what .gitignore leaves out; and what went wrong on the way.
pub fn markdown_below(folder: &Path) -> (Vec<PathBuf>, Vec<String>) {
    let (mut found, mut links, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) => {
                let is = |test: fn(&fs::FileType) -> bool| entry.file_type().is_some_and(|kind| test(&kind));
                let (is_folder, is_link) = (is(fs::FileType::is_dir), is(fs::FileType::is_symlink));
                let path = entry.into_path();
                // A link to a folder is not followed: it could lead round in a circle.
                if is_markdown(&path) && !is_folder && !(is_link && path.is_dir()) {
                    if is_link { links.push(path) } else { found.push(path) }
                }
            }
            Err(error) => failed.push(error.to_string()),
        }
    }
    if !links.is_empty() {
        // A brief to which a link leads is read once: two runs of --fix on one file would be in each other's way.
        links.sort();
        let mut known: HashSet<PathBuf> = found.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
        found.extend(links.into_iter().filter(|link| fs::canonicalize(link).map_or(true, |target| known.insert(target))));
    }
    found.sort();
    (found, failed)
}

/// The text of a file that is shown under this name.
///
/// # Errors
/// Why it cannot be read.
pub fn text(path: &Path, name: &str) -> Result<Source, String> {
    let bytes = fs::read(path).map_err(|error| in_words(&error))?;
    Source::from_bytes(name, bytes).map_err(|error| error.to_string())
}

/// A path as it is shown: with `/` on every system.
pub fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text }
}

/// Why a file cannot be read.
pub fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    }
}

/// Whether a path has the ending of a Markdown file.
fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}
