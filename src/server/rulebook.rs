//! The rulebook of a session: the built-in rules and those of the user's folders, read again when they change.
//!
//! A rule file that is wrong is told in that file, and the last good rulebook goes on working.

use std::path::{Path, PathBuf};

use lsp_types::{PublishDiagnosticsParams, Uri};

use crate::files::{self, Book, NoBook};
use crate::rules::RuleFile;

use super::capabilities::Client;
use super::{diagnostics, paths};

/// The rules in use; the built-in ones at first.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// The rulebook.
    pub book: Book,
    folders: Vec<PathBuf>,
    /// The files of the folders as they were last read.
    files: Vec<RuleFile>,
    /// What the user was last told of them.
    message: Option<String>,
    /// The files in which faults are shown.
    faulty: Vec<Uri>,
}

/// What came of reading the rules.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Whether the rulebook is another one than before.
    pub changed: bool,
    /// The faults of rule files, and of those that have none any more.
    pub faults: Vec<PublishDiagnosticsParams>,
    /// What the user should know and no file can show.
    pub message: Option<String>,
}

impl Rules {
    /// The folders of the user's rules.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Whether a file lies in one of the folders.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// Takes rules from these folders.
    pub(super) fn take(&mut self, folders: &[PathBuf], client: &Client) -> Read {
        self.folders = folders.to_vec();
        let mut read = match files::rule_files(folders) {
            Ok(files) => self.load(files, client),
            Err(NoBook::Unreadable(message)) => Read { message: Some(format!("Rules of your own cannot be read. {message}")), ..Read::default() },
            Err(NoBook::Broken(_)) => Read::default(),
        };
        // What was said already is not said again each time that a file is saved.
        let before = std::mem::replace(&mut self.message, read.message.clone());
        read.message = read.message.filter(|message| before.as_ref() != Some(message));
        read
    }

    /// Reads the folders again.
    pub(super) fn again(&mut self, client: &Client) -> Read {
        self.take(&self.folders.clone(), client)
    }

    fn load(&mut self, files: Vec<RuleFile>, client: &Client) -> Read {
        if files == self.files {
            return Read::default();
        }
        self.files.clone_from(&files);
        let mut read = Read::default();
        let mut cleared = std::mem::take(&mut self.faulty);
        match files::rulebook(&[], files) {
            Ok(book) => {
                self.book = book;
                read.changed = true;
            }
            Err(NoBook::Unreadable(message)) => read.message = Some(message),
            Err(NoBook::Broken(broken)) => {
                for file in broken {
                    let Some(uri) = paths::uri(Path::new(file.source.name())) else {
                        let said = file.diagnostics.first().map(|found| found.message.to_string()).unwrap_or_default();
                        read.message = Some(format!("With your rules, {} does not work any more: {said}", file.source.name()));
                        continue;
                    };
                    let diagnostics = file.diagnostics.iter().map(|found| diagnostics::one(&file.source, &uri, found, client)).collect();
                    cleared.retain(|cleared| *cleared != uri);
                    self.faulty.push(uri.clone());
                    read.faults.push(PublishDiagnosticsParams { uri, diagnostics, version: None });
                }
            }
        }
        read.faults.extend(cleared.into_iter().map(|uri| PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None }));
        read
    }
}
