//! All briefs of the folders that are open in the editor, whether they are open themselves or not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_types::{
    FileChangeType, FileEvent, FullDocumentDiagnosticReport, InitializeParams, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::brief::review::Review;
use crate::files;

use super::capabilities::Client;
use super::configuration::Configuration;
use super::documents::{Document, Documents, Seen};
use super::{diagnostics, paths};

/// The folders that are open in the editor.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    folders: Vec<PathBuf>,
    /// The Markdown files in them with the names of what was last found in each, if the editor tells when they change.
    known: Option<BTreeMap<PathBuf, Option<String>>>,
}

impl Workspace {
    #[expect(deprecated, reason = "older editors send nothing but `rootUri`")]
    pub(super) fn new(params: &InitializeParams) -> Workspace {
        let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
        let mut folders: Vec<PathBuf> = folders.filter_map(paths::path).collect();
        if folders.is_empty() {
            folders.extend(params.root_uri.as_ref().and_then(paths::path));
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

    /// What is found in all briefs, of which the editor has some findings already.
    pub(super) fn report(&mut self, params: &WorkspaceDiagnosticParams, asked: &mut Asked<'_>) -> WorkspaceDiagnosticReportResult {
        let previous: BTreeMap<PathBuf, (&Uri, &str)> =
            params.previous_result_ids.iter().filter_map(|id| Some((paths::path(&id.uri)?, (&id.uri, id.value.as_str())))).collect();
        let open: BTreeMap<PathBuf, &Document> = asked.documents.all().filter_map(|document| Some((paths::path(&document.uri)?, document))).collect();
        let mut known = self.known.take().unwrap_or_else(|| found(&self.folders));
        let gone: BTreeSet<&PathBuf> = previous.keys().filter(|path| !known.contains_key(*path)).collect();
        let mut items: Vec<WorkspaceDocumentDiagnosticReport> = gone.into_iter().filter_map(|path| previous.get(path)).map(|(uri, _)| empty(uri)).collect();
        for (path, id) in &mut known {
            let before = previous.get(path).map(|(_, id)| *id);
            items.extend(match open.get(path) {
                Some(document) => Some(asked.document(document, before)),
                None => asked.file(path, id, before),
            });
        }
        if asked.client.watches {
            self.known = Some(known);
        }
        WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items })
    }
}

fn found(folders: &[PathBuf]) -> BTreeMap<PathBuf, Option<String>> {
    folders.iter().flat_map(|folder| files::markdown_below(folder).0).map(|path| (path, None)).collect()
}

/// What is needed to answer.
pub(super) struct Asked<'a> {
    pub documents: &'a Documents,
    pub configuration: &'a mut Configuration,
    pub review: &'a Review,
    pub client: &'a Client,
    pub generation: u32,
}

impl Asked<'_> {
    /// An open document, as its text stands in the editor.
    fn document(&self, document: &Document, before: Option<&str>) -> WorkspaceDocumentDiagnosticReport {
        let id = diagnostics::result_id(&document.source, self.generation);
        let version = Some(document.version.into());
        if before == Some(&id) {
            return unchanged(document.uri.clone(), version, id);
        }
        full(document.uri.clone(), version, Some(id), diagnostics::all(document, self.client))
    }

    /// A file, as it stands on the disk; nothing if it cannot be read. `known` is the name of what was last found in it.
    fn file(&mut self, path: &Path, known: &mut Option<String>, before: Option<&str>) -> Option<WorkspaceDocumentDiagnosticReport> {
        let uri = paths::uri(path)?;
        if let Some(id) = known.as_ref().filter(|id| before == Some(id.as_str()) && id.starts_with(&format!("{}:", self.generation))) {
            return Some(unchanged(uri, None, id.clone()));
        }
        let source = files::text(path, &path.to_string_lossy()).ok()?;
        let id = diagnostics::result_id(&source, self.generation);
        *known = Some(id.clone());
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
fn empty(uri: &Uri) -> WorkspaceDocumentDiagnosticReport {
    full(uri.clone(), None, None, Vec::new())
}
