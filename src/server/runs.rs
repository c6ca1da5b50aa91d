//! The findings in all briefs of the workspace, sent piece by piece. Between two pieces all else has its turn: what is typed need not
//! wait, and the request can be cancelled.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;

use lsp_server::{ErrorCode, Request, RequestId, Response};
use lsp_types::notification::{self as told, Notification as _};
use lsp_types::{
    ProgressToken, Uri, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDiagnosticReportPartialResult, WorkspaceDocumentDiagnosticReport,
};
use serde::Serialize;

use super::documents::Document;
use super::requests::wrong_params;
use super::workspace::{self, Asked};
use super::{Session, paths};

/// Files of one piece: a few milliseconds of work.
const PIECE: usize = 32;

/// A file of which something is to be told.
#[derive(Debug)]
struct Wanted {
    path: PathBuf,
    /// Whether it is one of the workspace; else the editor has findings of it that are to go, unless it is open.
    is_there: bool,
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct Run {
    id: RequestId,
    /// Under which name the pieces are sent; without one, all comes with the answer.
    pieces: Option<ProgressToken>,
    /// Under which name it is told how far we are.
    progress: Option<ProgressToken>,
    /// The names of the results that the editor has.
    previous: BTreeMap<PathBuf, (Uri, String)>,
    /// The files to come.
    left: VecDeque<Wanted>,
    all: usize,
    /// What was found and is not sent yet.
    found: Vec<WorkspaceDocumentDiagnosticReport>,
}

impl Run {
    pub(super) fn id(&self) -> &RequestId {
        &self.id
    }

    pub(super) fn progress(&self) -> Option<&ProgressToken> {
        self.progress.as_ref()
    }
}

/// The answer to a request that was cancelled.
pub(super) fn cancelled(id: RequestId) -> Response {
    Response::new_err(id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned())
}

/// What is told under a name that the editor gave.
#[derive(Serialize)]
struct Told<T> {
    token: ProgressToken,
    value: T,
}

impl Session<'_> {
    /// Begins to answer; gives an answer only if the request has a wrong shape.
    pub(super) fn begin(&mut self, request: Request) -> Option<Response> {
        let params: WorkspaceDiagnosticParams = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => return Some(wrong_params(request.id, &error)),
        };
        let previous = workspace::by_path(params.previous_result_ids);
        let there = self.workspace.files(self.client.watches);
        // What is there no more is told first, so that it goes at once.
        let gone: Vec<Wanted> = previous.keys().filter(|path| !there.contains(*path)).map(|path| Wanted { path: path.clone(), is_there: false }).collect();
        let left: VecDeque<Wanted> = gone.into_iter().chain(there.into_iter().map(|path| Wanted { path, is_there: true })).collect();
        let run = Run {
            id: request.id,
            pieces: params.partial_result_params.partial_result_token,
            progress: params.work_done_progress_params.work_done_token,
            previous,
            all: left.len(),
            left,
            found: Vec::new(),
        };
        self.tell_progress(
            &run,
            WorkDoneProgress::Begin(WorkDoneProgressBegin {
                title: "Checking all briefs".to_owned(),
                cancellable: Some(true),
                message: None,
                percentage: Some(0),
            }),
        );
        self.runs.push_back(run);
        None
    }

    /// Does a piece of the work, if there is any.
    pub(super) fn go_on(&mut self) -> bool {
        let Some(mut run) = self.runs.pop_front() else { return false };
        let id = run.id.clone();
        let progress = run.progress.clone();
        let done = self.guarded("workspace/diagnostic", |session| {
            session.find(&mut run);
            session.hand_over(run)
        });
        match done {
            Some(Some(run)) => self.runs.push_front(run),
            Some(None) => {}
            None => {
                self.end_progress(progress);
                self.answer(Response::new_err(id, ErrorCode::InternalError as i32, "workspace/diagnostic failed inside upr".to_owned()));
            }
        }
        true
    }

    /// Finds the next piece.
    fn find(&mut self, run: &mut Run) {
        let mut asked = Asked { configuration: &mut self.configuration, review: &self.settings.review, client: &self.client, generation: self.generation };
        let open: BTreeMap<PathBuf, &Document> = self.documents.all().filter_map(|document| Some((paths::path(&document.uri)?, document))).collect();
        for Wanted { path, is_there } in run.left.drain(..run.left.len().min(PIECE)) {
            let previous = run.previous.get(&path);
            let before = previous.map(|(_, id)| id.as_str());
            run.found.extend(match open.get(&path) {
                Some(document) => Some(asked.document(document, before)),
                None if is_there => asked.file(&path, self.workspace.known(&path), before),
                None => previous.map(|(uri, _)| workspace::empty(uri)),
            });
        }
    }

    /// Sends what was found, as the editor wants it; gives the request back if it is not answered yet.
    fn hand_over(&mut self, mut run: Run) -> Option<Run> {
        if let Some(token) = run.pieces.as_ref().filter(|_| !run.found.is_empty()) {
            let items = std::mem::take(&mut run.found);
            self.tell_under(token, WorkspaceDiagnosticReportPartialResult { items });
        }
        let done = run.all - run.left.len();
        if !run.left.is_empty() {
            self.tell_progress(
                &run,
                WorkDoneProgress::Report(WorkDoneProgressReport {
                    cancellable: Some(true),
                    message: Some(format!("{done} of {}", run.all)),
                    percentage: Some((done * 100 / run.all) as u32),
                }),
            );
            return Some(run);
        }
        self.end_progress(run.progress);
        self.answer(Response::new_ok(run.id, WorkspaceDiagnosticReport { items: run.found }));
        None
    }

    /// Cancels the requests that are meant.
    pub(super) fn cancel_runs(&mut self, meant: impl Fn(&Run) -> bool) {
        let (gone, kept) = std::mem::take(&mut self.runs).into_iter().partition(meant);
        self.runs = kept;
        let gone: VecDeque<Run> = gone;
        for run in gone {
            self.end_progress(run.progress);
            self.answer(cancelled(run.id));
        }
    }

    fn end_progress(&self, token: Option<ProgressToken>) {
        if let Some(token) = token {
            self.tell_under(&token, WorkDoneProgress::End(WorkDoneProgressEnd { message: None }));
        }
    }

    fn tell_progress(&self, run: &Run, value: WorkDoneProgress) {
        if let Some(token) = &run.progress {
            self.tell_under(token, value);
        }
    }

    /// `$/progress`, which `lsp_types` knows without results.
    fn tell_under(&self, token: &ProgressToken, value: impl Serialize) {
        let params = Told { token: token.clone(), value };
        self.send(told::Progress::METHOD, params);
    }
}
