//! Which rules and settings hold for a text: the rules of the user's folders, and the `upr.toml` above it. Both are read again when
//! they change.
//!
//! A document with the address of a file has the configuration of that file, any other one that of the folder in which the editor works.
//! What is wrong is shown in its file. Where the user's own rules are wrong, the last good ones go on working; where a configuration
//! is wrong, a text is checked as if there were none.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::PublishDiagnosticsParams;

use crate::config::Effective;
use crate::config::search::{Choice, Resolver};
use crate::files::{self, Book};
use crate::rules::{BrokenFile, RuleFile};

use super::capabilities::Client;
use super::{diagnostics, paths};

/// Files that are wrong, by their paths.
type Wrong = BTreeMap<PathBuf, Arc<BrokenFile>>;

/// The rules and settings of a session; those of the program at first.
#[derive(Debug)]
pub(super) struct Configuration {
    choice: Choice,
    resolver: Resolver,
    /// The folders of the user's rules.
    folders: Vec<PathBuf>,
    /// Their files as they were last read.
    files: Vec<RuleFile>,
    /// What the user was last told of them.
    message: Option<String>,
    /// Those of them that are wrong.
    wrong_rules: Wrong,
    /// Configurations that are wrong, and what they name, as far as a text stood under them.
    wrong: Wrong,
    /// What of all this the editor shows.
    told: Wrong,
}

/// What came of reading the user's rules.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Whether the rules are others than before.
    pub changed: bool,
    /// What the user should know and no file can show.
    pub message: Option<String>,
}

impl Configuration {
    /// The rules of the program, under a configuration that is chosen in this way.
    pub(super) fn new(choice: Choice, root: Option<&Path>) -> Configuration {
        Configuration {
            resolver: resolver(&choice, root),
            choice,
            folders: Vec::new(),
            files: Vec::new(),
            message: None,
            wrong_rules: Wrong::new(),
            wrong: Wrong::new(),
            told: Wrong::new(),
        }
    }

    /// The folders of the user's rules.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Whether a file lies in one of the folders.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// The rules without any configuration.
    pub(super) fn plain_book(&self) -> &Book {
        self.resolver.plain_book()
    }

    /// What holds for the text at this path. What is wrong is noted.
    pub(super) fn of(&mut self, path: Option<&Path>) -> Arc<Effective> {
        match path.map(|path| self.resolver.resolve(path)) {
            Some(Ok(effective)) => effective,
            Some(Err(broken)) => {
                self.wrong.extend(broken.files.iter().cloned());
                self.resolver.plain()
            }
            None => self.resolver.plain(),
        }
    }

    /// Forgets what was read of configurations.
    pub(super) fn forget(&mut self) {
        self.resolver.forget();
        self.wrong.clear();
    }

    /// Takes rules from these folders.
    pub(super) fn take(&mut self, folders: &[PathBuf], root: Option<&Path>) -> Read {
        self.folders = folders.to_vec();
        let mut read = match files::rule_files(folders) {
            Ok(files) => self.load(files, root),
            Err(message) => Read { changed: false, message: Some(format!("Rules of your own cannot be read. {message}")) },
        };
        // What was said already is not said again each time that a file is saved.
        let before = std::mem::replace(&mut self.message, read.message.clone());
        read.message = read.message.filter(|message| before.as_ref() != Some(message));
        read
    }

    /// Reads the folders again.
    pub(super) fn again(&mut self, root: Option<&Path>) -> Read {
        self.take(&self.folders.clone(), root)
    }

    fn load(&mut self, files: Vec<RuleFile>, root: Option<&Path>) -> Read {
        if files == self.files {
            return Read::default();
        }
        self.files.clone_from(&files);
        self.wrong_rules.clear();
        let mut read = Read::default();
        match resolver(&self.choice, root).with_rules(files) {
            Ok(resolver) => {
                self.resolver = resolver;
                self.wrong.clear();
                read.changed = true;
            }
            Err(broken) => {
                for file in broken {
                    let path = PathBuf::from(file.source.name());
                    if path.is_absolute() {
                        self.wrong_rules.insert(path, Arc::new(file));
                    } else {
                        let said = file.diagnostics.first().map(|found| found.message.to_string()).unwrap_or_default();
                        read.message = Some(format!("With your rules, {} does not work any more: {said}", file.source.name()));
                    }
                }
            }
        }
        read
    }

    /// What is to be told of the files that are wrong, and of those that were and are not any more.
    pub(super) fn news(&mut self, client: &Client) -> Vec<PublishDiagnosticsParams> {
        let wrong: Wrong = self.wrong_rules.iter().chain(&self.wrong).map(|(path, file)| (path.clone(), Arc::clone(file))).collect();
        let told = std::mem::replace(&mut self.told, wrong);
        let mended = told.keys().filter(|path| !self.told.contains_key(*path)).map(|path| (path, None));
        let is_new = |(path, file): &(&PathBuf, &Arc<BrokenFile>)| !told.get(*path).is_some_and(|told| Arc::ptr_eq(told, file));
        let wrong = self.told.iter().filter(is_new).map(|(path, file)| (path, Some(file)));
        let news = mended.chain(wrong).filter_map(|(path, file)| {
            let uri = paths::uri(path)?;
            let found = file.iter().flat_map(|file| file.diagnostics.iter().map(|found| diagnostics::one(&file.source, &uri, found, client)));
            Some(PublishDiagnosticsParams { diagnostics: found.collect(), uri, version: None })
        });
        news.collect()
    }
}

/// Paths in what is told are shown from the first folder that is open in the editor.
fn resolver(choice: &Choice, root: Option<&Path>) -> Resolver {
    Resolver::new(choice.clone(), root.unwrap_or(Path::new("")))
}
