//! `upr server`: diagnostics, hover, fixes and outlines for editors, over the Language Server Protocol.
//!
//! One loop, one thread, one message after the other. The whole buffer is checked at each change, which costs far less than a
//! millisecond; while more messages wait, checking waits too, so that a burst of edits is checked once. A request that was
//! cancelled before its turn is not computed. A handler that panics answers with an error and the loop goes on. Positions are
//! converted in [`convert`] and nowhere else.

mod actions;
mod capabilities;
mod convert;
mod diagnostics;
mod documents;
mod figures;
mod hover;
mod outline;
pub mod wire;

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId, Response};
use lsp_types::notification::{self as told, Notification as _};
use lsp_types::request::{self as asked, Request as _};
use lsp_types::{InitializeParams, LogMessageParams, MessageType, PublishDiagnosticsParams, Uri};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::rules::Rulebook;

use capabilities::Client;
use documents::{Document, Documents};

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The editor asked for it, and said so before.
    InOrder,
    /// The editor left without a word.
    Abruptly,
}

/// Serves one editor until it leaves.
///
/// # Errors
/// If the editor does not begin with `initialize`, or is gone before it.
pub fn run(connection: &Connection, book: &Rulebook) -> Result<Ended, ProtocolError> {
    let (id, params) = connection.initialize_start()?;
    // An editor whose `initialize` has a field of an unexpected shape still gets the plain service.
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let client = Client::new(&params);
    connection.initialize_finish(id, capabilities::offered(&client))?;
    let mut session = Session { connection, book, documents: Documents::default(), client, changed: BTreeSet::new(), shutting_down: false };
    Ok(session.serve())
}

struct Session<'a> {
    connection: &'a Connection,
    book: &'a Rulebook,
    client: Client,
    documents: Documents,
    /// Documents whose findings the editor has not got yet.
    changed: BTreeSet<String>,
    shutting_down: bool,
}

impl Session<'_> {
    fn serve(&mut self) -> Ended {
        let mut waiting: VecDeque<Message> = VecDeque::new();
        let mut cancelled: HashSet<RequestId> = HashSet::new();
        loop {
            // All that has come is looked at before the first of it is done: a later message may cancel an earlier one.
            while let Ok(message) = self.connection.receiver.try_recv() {
                note_cancellation(&message, &mut cancelled);
                waiting.push_back(message);
            }
            let Some(message) = waiting.pop_front() else {
                self.publish();
                let Ok(message) = self.connection.receiver.recv() else { return self.ended() };
                note_cancellation(&message, &mut cancelled);
                waiting.push_back(message);
                continue;
            };
            match message {
                Message::Request(request) if cancelled.remove(&request.id) => {
                    self.answer(Response::new_err(request.id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned()));
                }
                Message::Request(request) => self.request(request),
                Message::Notification(notification) if notification.method == told::Exit::METHOD => return self.ended(),
                Message::Notification(notification) => self.notification(notification),
                // We ask the editor for nothing yet.
                Message::Response(_) => {}
            }
        }
    }

    fn ended(&self) -> Ended {
        if self.shutting_down { Ended::InOrder } else { Ended::Abruptly }
    }

    fn answer(&self, response: Response) {
        // An editor that is gone hears nothing; the next message that does not come ends the loop.
        let _ = self.connection.sender.send(Message::Response(response));
    }

    fn tell<N: told::Notification>(&self, params: N::Params)
    where
        N::Params: Serialize,
    {
        let _ = self.connection.sender.send(Message::Notification(Notification::new(N::METHOD.to_owned(), params)));
    }

    fn log(&self, message: String) {
        self.tell::<told::LogMessage>(LogMessageParams { typ: MessageType::ERROR, message });
    }

    fn request(&mut self, request: Request) {
        if self.shutting_down {
            return self.answer(Response::new_err(request.id, ErrorCode::InvalidRequest as i32, "the server is shutting down".to_owned()));
        }
        let id = request.id.clone();
        let method = request.method.clone();
        let response = catch_unwind(AssertUnwindSafe(|| self.respond(request))).unwrap_or_else(|_| {
            self.log(format!("{method} failed inside upr; the other features go on"));
            Response::new_err(id, ErrorCode::InternalError as i32, format!("{method} failed inside upr"))
        });
        self.answer(response);
    }

    fn respond(&mut self, request: Request) -> Response {
        self.check();
        let (book, client) = (self.book, &self.client);
        match request.method.as_str() {
            asked::Shutdown::METHOD => {
                self.shutting_down = true;
                Response::new_ok(request.id, ())
            }
            asked::DocumentDiagnosticRequest::METHOD => {
                let documents = &self.documents;
                reply::<asked::DocumentDiagnosticRequest>(request, |params| {
                    diagnostics::report(documents.get(&params.text_document.uri), params.previous_result_id.as_deref(), client)
                })
            }
            asked::CodeActionRequest::METHOD => self.about::<asked::CodeActionRequest>(
                request,
                |params| &params.text_document.uri,
                |document, params| Some(actions::actions(document, params, client)),
            ),
            asked::HoverRequest::METHOD => self.about::<asked::HoverRequest>(
                request,
                |params| &params.text_document_position_params.text_document.uri,
                |document, params| hover::hover(document, params.text_document_position_params.position, book, client),
            ),
            asked::DocumentSymbolRequest::METHOD => {
                self.about::<asked::DocumentSymbolRequest>(request, |params| &params.text_document.uri, |document, _| Some(outline::symbols(document, client)))
            }
            asked::FoldingRangeRequest::METHOD => {
                self.about::<asked::FoldingRangeRequest>(request, |params| &params.text_document.uri, |document, _| Some(outline::folding(document)))
            }
            asked::CodeLensRequest::METHOD => {
                self.about::<asked::CodeLensRequest>(request, |params| &params.text_document.uri, |document, _| Some(outline::lenses(document, book, client)))
            }
            other => Response::new_err(request.id, ErrorCode::MethodNotFound as i32, format!("upr knows no {other}")),
        }
    }

    /// Answers a request about one document; nothing if the document is not open or no brief.
    fn about<R>(&self, request: Request, uri: impl Fn(&R::Params) -> &Uri, find: impl FnOnce(&Document, &R::Params) -> R::Result) -> Response
    where
        R: asked::Request,
        R::Params: DeserializeOwned,
        R::Result: Serialize + Default,
    {
        reply::<R>(request, |params| match self.documents.get(uri(&params)) {
            Some(document) if document.is_brief() => find(document, &params),
            _ => R::Result::default(),
        })
    }

    fn notification(&mut self, notification: Notification) {
        let method = notification.method.clone();
        match catch_unwind(AssertUnwindSafe(|| self.note(notification))) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.log(format!("upr could not read {method}: {error}")),
            Err(_) => self.log(format!("{method} failed inside upr; the other features go on")),
        }
    }

    fn note(&mut self, notification: Notification) -> Result<(), serde_json::Error> {
        let params = notification.params;
        match notification.method.as_str() {
            told::DidOpenTextDocument::METHOD => {
                let opened: lsp_types::DidOpenTextDocumentParams = serde_json::from_value(params)?;
                self.changed.insert(self.documents.open(opened.text_document));
            }
            told::DidChangeTextDocument::METHOD => {
                let change: lsp_types::DidChangeTextDocumentParams = serde_json::from_value(params)?;
                self.changed.extend(self.documents.change(&change, self.client.encoding));
            }
            told::DidCloseTextDocument::METHOD => {
                let closed: lsp_types::DidCloseTextDocumentParams = serde_json::from_value(params)?;
                self.documents.close(&closed.text_document.uri);
                self.changed.remove(closed.text_document.uri.as_str());
                if !self.client.pulls {
                    self.tell::<told::PublishDiagnostics>(PublishDiagnosticsParams { uri: closed.text_document.uri, diagnostics: Vec::new(), version: None });
                }
            }
            // `initialized`, `$/setTrace`, `didSave`: nothing depends on them.
            _ => {}
        }
        Ok(())
    }

    /// Checks what has changed.
    fn check(&mut self) {
        for uri in &self.changed {
            let Some(document) = self.documents.by_name_mut(uri) else { continue };
            if catch_unwind(AssertUnwindSafe(|| document.check(self.book))).is_err() {
                self.log(format!("checking failed inside upr: {uri}"));
            }
        }
    }

    /// Checks what has changed, and sends what the editor does not ask for itself.
    fn publish(&mut self) {
        self.check();
        for uri in std::mem::take(&mut self.changed) {
            let Some(document) = self.documents.by_name(&uri).filter(|document| document.seen().is_some()) else { continue };
            if self.client.figures {
                self.tell::<figures::Figures>(figures::figures(document, self.book));
            }
            if self.client.pulls {
                continue;
            }
            let diagnostics = diagnostics::all(document, &self.client);
            self.tell::<told::PublishDiagnostics>(PublishDiagnosticsParams { uri: document.uri.clone(), diagnostics, version: Some(document.version) });
        }
    }
}

fn note_cancellation(message: &Message, cancelled: &mut HashSet<RequestId>) {
    let Message::Notification(notification) = message else { return };
    if notification.method != told::Cancel::METHOD {
        return;
    }
    let id = notification.params.get("id");
    let number = id.and_then(serde_json::Value::as_i64).and_then(|id| i32::try_from(id).ok()).map(RequestId::from);
    let id = number.or_else(|| id.and_then(serde_json::Value::as_str).map(|id| RequestId::from(id.to_owned())));
    cancelled.extend(id);
}

/// Reads the parameters of a request and answers it; parameters of a wrong shape get an error.
fn reply<R>(request: Request, find: impl FnOnce(R::Params) -> R::Result) -> Response
where
    R: asked::Request,
    R::Params: DeserializeOwned,
    R::Result: Serialize,
{
    match serde_json::from_value::<R::Params>(request.params) {
        Ok(params) => Response::new_ok(request.id, find(params)),
        Err(error) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
    }
}
