//! `upr server`: diagnostics, hover, fixes and outlines for editors, over the Language Server Protocol.
//!
//! One loop, one thread, one message after the other. The whole buffer is checked at each change, which costs far less than a
//! millisecond; while more messages wait, checking waits too, so that a burst of edits is checked once. A request that was
//! cancelled before its turn is not computed. A handler that panics answers with an error and the loop goes on. Positions are
//! converted in [`convert`] and nowhere else.

mod actions;
mod better;
mod capabilities;
mod completion;
mod configuration;
mod convert;
mod diagnostics;
mod documents;
mod explain;
mod figures;
mod hints;
mod hover;
mod notices;
mod outline;
mod paths;
mod requests;
pub mod settings;
mod tokens;
pub mod wire;
mod workspace;

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId, Response};
use lsp_types::notification::{self as told, Notification as _};
use lsp_types::request as asked;
use lsp_types::{InitializeParams, LogMessageParams, MessageType, PublishDiagnosticsParams, ShowMessageParams};
use serde::Serialize;
use serde_json::Value;

use capabilities::Client;
use configuration::Configuration;
use documents::Documents;
use settings::Settings;
use workspace::Workspace;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The editor asked for it, and said so before.
    InOrder,
    /// The editor left without a word.
    Abruptly,
}

/// Serves one editor until it leaves, by these settings unless the editor has its own.
///
/// # Errors
/// If the editor does not begin with `initialize`, or is gone before it.
pub fn run(connection: &Connection, settings: &Settings) -> Result<Ended, ProtocolError> {
    let (id, raw) = connection.initialize_start()?;
    // An editor whose `initialize` has a field of an unexpected shape still gets the plain service.
    let params: InitializeParams = serde_json::from_value(raw.clone()).unwrap_or_default();
    let client = Client::new(&params, &raw);
    connection.initialize_finish(id, capabilities::offered(&client))?;
    let workspace = Workspace::new(&params);
    let mut session = Session {
        connection,
        given: settings.clone(),
        settings: Settings::default(),
        configuration: Configuration::new(settings.choice.clone(), workspace.root()),
        workspace,
        documents: Documents::default(),
        client,
        changed: BTreeSet::new(),
        generation: 0,
        requests: 0,
        settings_asked: None,
        shutting_down: false,
    };
    session.set(params.initialization_options.as_ref().unwrap_or(&Value::Null));
    session.ask_for_settings();
    session.watch_briefs();
    Ok(session.serve())
}

struct Session<'a> {
    connection: &'a Connection,
    /// The settings of the command line.
    given: Settings,
    settings: Settings,
    configuration: Configuration,
    workspace: Workspace,
    documents: Documents,
    client: Client,
    /// Documents whose findings the editor has not got yet.
    changed: BTreeSet<String>,
    /// How often rules or settings have changed.
    generation: u32,
    /// How many requests we have sent.
    requests: u32,
    /// The request for the settings that the editor has yet to answer.
    settings_asked: Option<RequestId>,
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
                Message::Response(response) => self.response(response),
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

    /// Asks the editor for something.
    fn ask<R: asked::Request>(&mut self, params: R::Params) -> RequestId
    where
        R::Params: Serialize,
    {
        self.requests += 1;
        let id = RequestId::from(format!("upr-{}", self.requests));
        let _ = self.connection.sender.send(Message::Request(Request::new(id.clone(), R::METHOD.to_owned(), params)));
        id
    }

    /// Tells the user what no place in a text can show.
    fn show(&self, message: String) {
        self.tell::<told::ShowMessage>(ShowMessageParams { typ: MessageType::WARNING, message });
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

    fn notification(&mut self, notification: Notification) {
        let method = notification.method.clone();
        match catch_unwind(AssertUnwindSafe(|| self.note(notification))) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.log(format!("upr could not read {method}: {error}")),
            Err(_) => self.log(format!("{method} failed inside upr; the other features go on")),
        }
    }

    /// Checks what has changed.
    fn check(&mut self) {
        let root = self.workspace.root();
        for uri in &self.changed {
            let Some(document) = self.documents.by_name_mut(uri) else { continue };
            if catch_unwind(AssertUnwindSafe(|| document.check(&mut self.configuration, root, &self.settings.review))).is_err() {
                self.log(format!("checking failed inside upr: {uri}"));
            }
        }
    }

    /// Checks what has changed, and sends what the editor does not ask for itself.
    fn publish(&mut self) {
        self.check();
        for file in self.configuration.news(&self.client) {
            self.tell::<told::PublishDiagnostics>(file);
        }
        for uri in std::mem::take(&mut self.changed) {
            let Some((document, seen)) = self.documents.by_name(&uri).and_then(|document| Some((document, document.seen()?))) else { continue };
            if self.client.figures {
                self.tell::<figures::Figures>(figures::figures(document, seen.book()));
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
