//! The rulebook: the built-in rules and those of `--rules`.

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::files::{self, Book};
use crate::report::Style;
use crate::report::format::{Ending, Format};
use crate::report::full::Full;
use crate::report::summary::Totals;
use crate::rules::adjust::Named;
use crate::rules::{BrokenFile, RuleFile, Rulebook};

use super::formats::Sink;
use super::{FAILED, complain, configuration};

/// Where rules come from.
#[derive(Args)]
pub(super) struct BookArguments {
    /// A folder with rules of your own, laid out like the folder `rules` of this program. May be given several times; a file takes
    /// the place of a built-in one with the same folder and name.
    #[arg(long = "rules", value_name = "DIR")]
    pub(super) folders: Vec<PathBuf>,
}

impl BookArguments {
    /// The rulebook; without one, says on standard error why, and gives the exit code.
    pub(super) fn load_or_complain(&self, style: Style) -> io::Result<Result<Book, u8>> {
        match self.load(Vec::new()) {
            Ok(book) => Ok(Ok(book)),
            Err(no_book) => complain_in_full(no_book, style).map(Err),
        }
    }

    /// The rulebook, with `more` files on top.
    pub(super) fn load(&self, more: Vec<RuleFile>) -> Result<Book, NoBook> {
        let mut files = self.files()?;
        files.extend(more);
        files::rulebook(files).map_err(NoBook::Broken)
    }

    /// The rule files of the folders.
    pub(super) fn files(&self) -> Result<Vec<RuleFile>, NoBook> {
        files::rule_files(&self.folders).map_err(NoBook::Unreadable)
    }
}

/// Why there is no rulebook.
#[derive(Debug)]
pub(super) enum NoBook {
    /// A folder or file could not be read.
    Unreadable(String),
    /// These files are wrong.
    Broken(Vec<BrokenFile>),
}

/// Says for a person, on standard error, why there is no rulebook.
pub(super) fn complain_in_full(no_book: NoBook, style: Style) -> io::Result<u8> {
    let full: Box<dyn Format> = Box::new(Full { style, quiet: true });
    complain_of(no_book, &[full], vec![Sink::stream(&mut io::stderr())])
}

/// Says why there is no rulebook, in the formats that were asked for.
pub(super) fn complain_of(no_book: NoBook, formats: &[Box<dyn Format + '_>], mut sinks: Vec<Sink<'_>>) -> io::Result<u8> {
    let mut totals = Totals::default();
    let broken = match no_book {
        NoBook::Unreadable(message) => {
            complain(&message);
            totals.failed.push(("rules".to_owned(), message));
            Vec::new()
        }
        NoBook::Broken(broken) => {
            complain("a rule file is wrong, so nothing was checked");
            broken
        }
    };
    for (format, sink) in formats.iter().zip(&mut sinks) {
        format.begin(sink.out())?;
    }
    for file in &broken {
        configuration::write(file, formats, &mut sinks)?;
    }
    let ending = Ending { briefs: &[], totals: &totals, statistics: false, across: None };
    for (format, mut sink) in formats.iter().zip(sinks) {
        format.end(sink.out(), &ending)?;
        sink.finish()?;
    }
    Ok(FAILED)
}

/// A rule, a folder of rules, or one of the names under which findings about `upr-ignore` comments go.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Name(pub(super) String);

impl Name {
    /// The name that the user meant.
    ///
    /// # Errors
    /// A sentence that says that there is none, and which one is near.
    pub(super) fn find(book: &Rulebook, text: &str) -> Result<Name, String> {
        let text = text.trim();
        match book.named(text) {
            Ok(Named::Rule(id)) => Ok(Name(id.as_str().to_owned())),
            Ok(Named::Folder(_)) => Ok(Name(text.to_owned())),
            Err(near) => {
                let hint = near.map_or_else(|| "“upr rules” lists all rules.".to_owned(), |near| format!("Did you mean {near}?"));
                Err(format!("there is no rule or folder “{text}”. {hint}"))
            }
        }
    }

    /// The names that the user meant, in any of these rulebooks.
    ///
    /// # Errors
    /// What the first one says, if none knows the name.
    pub(super) fn find_all(books: &[&Rulebook], text: &str) -> Result<Vec<Name>, String> {
        let (found, failed): (Vec<_>, Vec<_>) = books.iter().map(|book| Name::find(book, text)).partition(Result::is_ok);
        let mut names: Vec<Name> = found.into_iter().flatten().collect();
        names.dedup();
        let reason = failed.into_iter().find_map(Result::err).filter(|_| names.is_empty());
        reason.map_or(Ok(names), Err)
    }

    /// Whether a rule goes by this name or stands in this folder.
    pub(super) fn holds(&self, id: &crate::diagnostic::RuleId) -> bool {
        id.as_str() == self.0 || id.folder() == self.0
    }
}
