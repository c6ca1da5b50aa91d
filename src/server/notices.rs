//! What the editor tells without being asked, and what it answers to our own requests: documents, files, folders and settings.

use std::path::{Path, PathBuf};

use lsp_server::{Notification, RequestId, Response};
use lsp_types::notification::{self as told, Notification as _};
use lsp_types::request as asked;
use lsp_types::{
    ConfigurationItem, ConfigurationParams, DidChangeConfigurationParams, DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileSystemWatcher, GlobPattern, OneOf,
    PublishDiagnosticsParams, Registration, RegistrationParams, RelativePattern, Unregistration, UnregistrationParams, Uri, WorkDoneProgressCancelParams,
};
use serde::Deserialize as _;
use serde_json::Value;

use crate::files;

use super::configuration::Read;
use super::documents::DidChange;
use super::settings::SECTION;
use super::{Session, paths};

/// The names of what we have asked the editor to watch.
const BRIEFS: &str = "upr-briefs";
const RULES: &str = "upr-rules";

/// The request that `$/cancelRequest` means.
pub(super) fn cancelled(params: &Value) -> Option<RequestId> {
    RequestId::deserialize(params.get("id")?).ok()
}

impl Session<'_> {
    pub(super) fn note(&mut self, notification: Notification) -> Result<(), serde_json::Error> {
        let params = notification.params;
        match notification.method.as_str() {
            told::DidOpenTextDocument::METHOD => {
                let opened: DidOpenTextDocumentParams = serde_json::from_value(params)?;
                self.changed.insert(self.documents.open(opened.text_document));
            }
            told::DidChangeTextDocument::METHOD => {
                let change: DidChange = serde_json::from_value(params)?;
                self.changed.extend(self.documents.change(&change, self.client.encoding));
            }
            told::DidCloseTextDocument::METHOD => {
                let closed: DidCloseTextDocumentParams = serde_json::from_value(params)?;
                self.documents.close(&closed.text_document.uri);
                self.changed.remove(closed.text_document.uri.as_str());
                if !self.client.pulls {
                    self.tell::<told::PublishDiagnostics>(PublishDiagnosticsParams { uri: closed.text_document.uri, diagnostics: Vec::new(), version: None });
                }
            }
            told::DidSaveTextDocument::METHOD if !self.client.watches => {
                let saved: DidSaveTextDocumentParams = serde_json::from_value(params)?;
                self.reread(&[saved.text_document.uri]);
            }
            told::DidChangeWatchedFiles::METHOD => {
                let changes: DidChangeWatchedFilesParams = serde_json::from_value(params)?;
                for event in &changes.changes {
                    self.workspace.change_file(event);
                }
                let files: Vec<Uri> = changes.changes.into_iter().map(|event| event.uri).collect();
                self.reread(&files);
            }
            told::DidChangeWorkspaceFolders::METHOD => {
                let change: DidChangeWorkspaceFoldersParams = serde_json::from_value(params)?;
                let uris = |folders: Vec<lsp_types::WorkspaceFolder>| folders.into_iter().map(|folder| folder.uri).collect::<Vec<_>>();
                self.workspace.change_folders(&uris(change.event.added), &uris(change.event.removed));
                self.ask_for_settings();
            }
            told::DidChangeConfiguration::METHOD => {
                let change: DidChangeConfigurationParams = serde_json::from_value(params)?;
                if self.client.configuration {
                    self.ask_for_settings();
                } else if let Some(said) = change.settings.get(SECTION) {
                    self.set(said);
                }
            }
            told::Cancel::METHOD => {
                let id = cancelled(&params);
                self.cancel_runs(|run| Some(run.id()) == id.as_ref());
            }
            told::WorkDoneProgressCancel::METHOD => {
                let cancelled: WorkDoneProgressCancelParams = serde_json::from_value(params)?;
                self.cancel_runs(|run| run.progress() == Some(&cancelled.token));
            }
            // `initialized`, `$/setTrace`: nothing depends on them.
            _ => {}
        }
        Ok(())
    }

    pub(super) fn response(&mut self, response: Response) {
        if self.settings_asked.as_ref() != Some(&response.id) {
            return;
        }
        self.settings_asked = None;
        // One answer for each section that was asked for; an editor that has none of ours says nothing.
        let said = response.response_result.ok().and_then(|answers| answers.get(0).cloned());
        if let Some(said) = said.filter(Value::is_object) {
            self.set(&said);
        }
    }

    /// Asks the editor for what the user has set, if it can tell.
    pub(super) fn ask_for_settings(&mut self) {
        if self.client.configuration {
            let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
            self.settings_asked = Some(self.ask::<asked::WorkspaceConfiguration>(ConfigurationParams { items: vec![item] }));
        }
    }

    /// Takes the settings of the editor.
    pub(super) fn set(&mut self, said: &Value) {
        let (settings, faults) = self.given.with(said, self.workspace.root());
        for fault in faults {
            self.show(fault);
        }
        if settings == self.settings {
            return;
        }
        let old = std::mem::replace(&mut self.settings, settings);
        let mut read = Read::default();
        if old.rules != self.settings.rules {
            read = self.configuration.take(&self.settings.rules, self.workspace.root());
            self.watch_rules(!old.rules.is_empty());
        }
        read.changed |= old.review != self.settings.review;
        self.take(read);
    }

    /// Reads rules and configurations again, if some of these files are of them.
    fn reread(&mut self, files: &[Uri]) {
        let paths: Vec<PathBuf> = files.iter().filter_map(paths::path).collect();
        let mut read = Read::default();
        // An editor that does not watch files says nothing of what was changed in others than those that it shows us.
        if !self.client.watches || paths.iter().any(|path| self.configuration.holds(path)) {
            read = self.configuration.again(self.workspace.root());
        }
        // A configuration may extend any other file and take rules from any folder.
        let is_toml = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "toml");
        if !self.client.watches || paths.iter().any(|path| is_toml(path) && !self.configuration.holds(path)) {
            self.configuration.forget();
            read.changed = true;
        }
        self.take(read);
    }

    /// Takes in what came of reading rules and configurations: checks all anew if anything has changed.
    fn take(&mut self, read: Read) {
        if let Some(message) = read.message {
            self.show(message);
        }
        if !read.changed {
            return;
        }
        self.generation += 1;
        self.changed.extend(self.documents.forget());
        let refreshes = self.client.refreshes;
        if refreshes.diagnostics {
            self.ask::<asked::WorkspaceDiagnosticRefresh>(());
        }
        if refreshes.hints {
            self.ask::<asked::InlayHintRefreshRequest>(());
        }
        if refreshes.tokens {
            self.ask::<asked::SemanticTokensRefresh>(());
        }
        if refreshes.lenses {
            self.ask::<asked::CodeLensRefresh>(());
        }
    }

    /// Asks the editor to tell when briefs, configurations or settings change.
    pub(super) fn watch_briefs(&mut self) {
        let mut registrations = Vec::new();
        if self.client.watches {
            registrations.push(watch(BRIEFS, ["**/*.md", "**/.gitignore", "**/*.toml"].map(|glob| GlobPattern::String(glob.to_owned())).into_iter()));
        }
        if self.client.registers_configuration {
            let method = told::DidChangeConfiguration::METHOD.to_owned();
            let register_options = Some(serde_json::json!({ "section": SECTION }));
            registrations.push(Registration { id: "upr-settings".to_owned(), method, register_options });
        }
        if !registrations.is_empty() {
            self.ask::<asked::RegisterCapability>(RegistrationParams { registrations });
        }
    }

    /// The files of a rule folder.
    fn rule_files(&self, folder: &Path) -> GlobPattern {
        let pattern = "**/*.{toml,md}".to_owned();
        match paths::uri(folder).filter(|_| self.client.watches_elsewhere) {
            Some(uri) => GlobPattern::Relative(RelativePattern { base_uri: OneOf::Right(uri), pattern }),
            None => GlobPattern::String(format!("{}/{pattern}", files::shown(folder))),
        }
    }

    /// Asks the editor to tell when the user's rules change, and no more when those of other folders did.
    fn watch_rules(&mut self, watched: bool) {
        if !self.client.watches {
            return;
        }
        if watched {
            let method = told::DidChangeWatchedFiles::METHOD.to_owned();
            let unregisterations = vec![Unregistration { id: RULES.to_owned(), method }];
            self.ask::<asked::UnregisterCapability>(UnregistrationParams { unregisterations });
        }
        let folders = self.configuration.folders();
        if !folders.is_empty() {
            let registrations = vec![watch(RULES, folders.iter().map(|folder| self.rule_files(folder)))];
            self.ask::<asked::RegisterCapability>(RegistrationParams { registrations });
        }
    }
}

fn watch(id: &str, globs: impl Iterator<Item = GlobPattern>) -> Registration {
    let watchers = globs.map(|glob_pattern| FileSystemWatcher { glob_pattern, kind: None }).collect();
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    let method = told::DidChangeWatchedFiles::METHOD.to_owned();
    Registration { id: id.to_owned(), method, register_options: serde_json::to_value(options).ok() }
}
