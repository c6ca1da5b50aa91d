//! What is read from the disk for any front of the program: folders of rules, and the Markdown files below a folder with their texts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::builtin;
use crate::rules::file::frequency::Frequencies;
use crate::rules::{BrokenFile, RuleFile, Rulebook};
use crate::text::Source;

/// A rulebook that is the built-in one, or one's own.
#[derive(Debug)]
pub enum Book {
    /// That of the program.
    BuiltIn(&'static Rulebook),
    /// With rules of the user's.
    Own(Box<Rulebook>),
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

/// Why there is no rulebook.
#[derive(Debug)]
pub enum NoBook {
    /// A folder or file could not be read.
    Unreadable(String),
    /// These files are wrong.
    Broken(Vec<BrokenFile>),
}

/// The built-in rules with those of `folders` and with `more` files on top; of two with the same path the later one counts.
///
/// # Errors
/// A folder that cannot be read or holds no rule; the files that are wrong.
pub fn rulebook(folders: &[PathBuf], more: Vec<RuleFile>) -> Result<Book, NoBook> {
    if folders.is_empty() && more.is_empty() {
        return Ok(Book::default());
    }
    let mut files: Vec<RuleFile> = builtin::files().collect();
    files.extend(rule_files(folders)?);
    files.extend(more);
    Rulebook::load(files).map(|book| Book::Own(Box::new(book))).map_err(NoBook::Broken)
}

/// The rule files of some folders, in order.
///
/// # Errors
/// [`NoBook::Unreadable`] for a folder that cannot be read or holds no rule.
pub fn rule_files(folders: &[PathBuf]) -> Result<Vec<RuleFile>, NoBook> {
    let mut files = Vec::new();
    for folder in folders {
        let before = files.len();
        collect(folder, "", &mut files).map_err(|error| NoBook::Unreadable(format!("{}: {error}", folder.display())))?;
        if files.len() == before {
            return Err(NoBook::Unreadable(format!(
                "{}: there is no rule in this folder; a rule stands in a file like time-bound/missing-deadline.toml",
                folder.display()
            )));
        }
    }
    Ok(files)
}

/// Takes the rule files below a folder, in the order of their names.
fn collect(folder: &Path, inside: &str, files: &mut Vec<RuleFile>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let inside_path = format!("{inside}{name}");
        let ending = path.extension().unwrap_or_default();
        if path.is_dir() {
            collect(&path, &format!("{inside_path}/"), files)?;
        } else if ending == "toml" || (ending == "md" && inside.starts_with("examples/")) {
            files.push(rule_file(&path, inside_path)?);
        }
    }
    Ok(())
}

/// Reads a file as the rule file of this path inside the rulebook.
///
/// # Errors
/// The path with the reason why it cannot be read.
pub fn rule_file(path: &Path, inside: String) -> io::Result<RuleFile> {
    let bytes = fs::read(path).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
    let text = String::from_utf8(bytes).map_err(|_| io::Error::other(format!("{}: the file is not UTF-8 text", path.display())))?;
    Ok(RuleFile { path: inside, name: path.display().to_string(), text: text.into() })
}

/// The Markdown files below a folder in the order of their paths, except what .gitignore leaves out; and what went wrong on the way.
pub fn markdown_below(folder: &Path) -> (Vec<PathBuf>, Vec<String>) {
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) => {
                let is = |test: fn(&fs::FileType) -> bool| entry.file_type().is_some_and(|kind| test(&kind));
                let (is_folder, is_link) = (is(fs::FileType::is_dir), is(fs::FileType::is_symlink));
                let path = entry.into_path();
                // A link to a folder is not followed: it could lead round in a circle.
                if is_markdown(&path) && !is_folder && !(is_link && path.is_dir()) {
                    found.push(path);
                }
            }
            Err(error) => failed.push(error.to_string()),
        }
    }
    found.sort();
    (found, failed)
}

/// The text of a file; none if it cannot be read or is no text.
pub fn text(path: &Path) -> Option<Source> {
    Source::from_bytes(path.to_string_lossy(), fs::read(path).ok()?).ok()
}

/// Whether a path has the ending of a Markdown file.
fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}
