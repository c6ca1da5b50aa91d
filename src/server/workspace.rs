//! All briefs of the folders that are open in the editor, whether they are open themselves or not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_types::{
    FileChangeType, FileEvent, FullDocumentDiagnosticReport, PreviousResultId, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};
use serde_json::Value;

use crate::brief::review::Review;
use crate::files;

use super::capabilities::Client;
use super::configuration::Configuration;
use super::documents::{Document, Seen};
use super::{diagnostics, paths};

/// The folders that are open in the editor.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    folders: Vec<PathBuf>,
    /// The Markdown files in them with the names of what was last found in each, if the editor tells when they change.
    known: Option<BTreeMap<PathBuf, Option<String>>>,
}

impl Workspace {
    /// The folders of `initialize` as it came. Older editors send one folder, the oldest its path.
    pub(super) fn new(initialize: &Value) -> Workspace {
        let address = |value: &Value| paths::path(&paths::address(value.as_str()?)?);
        let listed = initialize.get("workspaceFolders").and_then(Value::as_array);
        let mut folders: Vec<PathBuf> = listed.into_iter().flatten().filter_map(|folder| address(folder.get("uri")?)).collect();
        if folders.is_empty() {
            let path = || initialize.get("rootPath").and_then(Value::as_str).map(PathBuf::from);
            folders.extend(initialize.get("rootUri").and_then(address).or_else(path).filter(|folder| folder.is_absolute()));
        }
        Workspace { folders, known: None }
    }

    /// The first folder: paths in settings that do not begin at the root are taken from there.
    pub(super) fn root(&self) -> Option<&Path> {
        self.folders.first().map(PathBuf::as_path)
    }

    /// Takes in folders that were opened or closed.
    pub(super) fn change_folders(&mut self, added: &[Uri], removed: &[Uri]) {
        let removed: Vec<PathBuf> = removed.iter().filter_map(paths::path).collect();
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added.iter().filter_map(paths::path));
        self.known = None;
    }

    /// Takes in what has happened to a file on the disk.
    pub(super) fn change_file(&mut self, event: &FileEvent) {
        let Some(path) = paths::path(&event.uri) else { return };
        let id = self.known.as_mut().and_then(|known| known.get_mut(&path));
        match id {
            Some(id) if event.typ == FileChangeType::CHANGED => *id = None,
            // A new file may be one that .gitignore leaves out, and .gitignore itself may have changed.
            _ => self.known = None,
        }
    }

    /// The Markdown files in the folders, which are looked for anew unless the editor `watches` them.
    pub(super) fn files(&mut self, watches: bool) -> BTreeSet<PathBuf> {
        let known = self.known.take().unwrap_or_else(|| found(&self.folders));
        let files = known.keys().cloned().collect();
        self.known = watches.then_some(known);
        files
    }

    /// The name of what was last found in a file, if that is kept.
    pub(super) fn known(&mut self, path: &Path) -> Option<&mut Option<String>> {
        self.known.as_mut()?.get_mut(path)
    }
}

/// The names of the results that an editor has, by the paths of their files.
pub(super) fn by_path(previous: Vec<PreviousResultId>) -> BTreeMap<PathBuf, (Uri, String)> {
    previous.into_iter().filter_map(|id| Some((paths::path(&id.uri)?, (id.uri, id.value)))).collect()
}

fn found(folders: &[PathBuf]) -> BTreeMap<PathBuf, Option<String>> {
    folders.iter().flat_map(|folder| files::markdown_below(folder).0).map(|path| (path, None)).collect()
}

/// What is needed to answer.
pub(super) struct Asked<'a> {
    pub configuration: &'a mut Configuration,
    pub review: &'a Review,
    pub client: &'a Client,
    pub generation: u32,
}

impl Asked<'_> {
    /// An open document, as its text stands in the editor.
    pub(super) fn document(&self, document: &Document, before: Option<&str>) -> WorkspaceDocumentDiagnosticReport {
        let id = diagnostics::result_id(&document.source, self.generation);
        let version = Some(document.version.into());
        if before == Some(&id) {
            return unchanged(document.uri.clone(), version, id);
        }
        full(document.uri.clone(), version, Some(id), diagnostics::all(document, self.client))
    }

    /// A file, as it stands on the disk; nothing if it cannot be read. `known` is the name of what was last found in it, if that is kept.
    pub(super) fn file(&mut self, path: &Path, known: Option<&mut Option<String>>, before: Option<&str>) -> Option<WorkspaceDocumentDiagnosticReport> {
        let uri = paths::uri(path)?;
        if let Some(id) = known.as_deref().and_then(Option::as_ref).filter(|id| before == Some(id.as_str()) && id.starts_with(&format!("{}:", self.generation)))
        {
            return Some(unchanged(uri, None, id.clone()));
        }
        let source = files::text(path, &path.to_string_lossy()).ok()?;
        let id = diagnostics::result_id(&source, self.generation);
        if let Some(known) = known {
            *known = Some(id.clone());
        }
        if before == Some(&id) {
            return Some(unchanged(uri, None, id));
        }
        let seen = Seen::of(&source, Some(path), self.configuration.of(Some(path)), self.review);
        let items = diagnostics::of(&source, &uri, &seen, self.client);
        Some(full(uri, None, Some(id), items))
    }
}

fn unchanged(uri: Uri, version: Option<i64>, result_id: String) -> WorkspaceDocumentDiagnosticReport {
    let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
    WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report })
}

fn full(uri: Uri, version: Option<i64>, result_id: Option<String>, items: Vec<lsp_types::Diagnostic>) -> WorkspaceDocumentDiagnosticReport {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id, items };
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report })
}

/// The findings of a file that is there no more.
pub(super) fn empty(uri: &Uri) -> WorkspaceDocumentDiagnosticReport {
    full(uri.clone(), None, None, Vec::new())
}
