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
mod edits;
mod explain;
mod figures;
mod hints;
mod hover;
mod notices;
mod outline;
mod paths;
mod requests;
mod runs;
pub mod settings;
mod tokens;
pub mod wire;
mod workspace;

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId, Response};
use lsp_types::notification::{self as told, Notification as _};
use lsp_types::request as asked;
use lsp_types::{LogMessageParams, MessageType, PublishDiagnosticsParams, ShowMessageParams};
use serde::Serialize;
use serde_json::Value;

use capabilities::Client;
use configuration::Configuration;
use documents::Documents;
use runs::Run;
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
    let (id, initialize) = connection.initialize_start()?;
    let client = Client::new(&initialize);
    let workspace = Workspace::new(&initialize);
    let offered = capabilities::offered(&client);
    let mut session = Session {
        connection,
        given: settings.clone(),
        settings: Settings::default(),
        configuration: Configuration::new(settings.choice.clone(), workspace.root()),
        workspace,
        documents: Documents::default(),
        client,
        changed: BTreeSet::new(),
        runs: VecDeque::new(),
        generation: 0,
        requests: 0,
        settings_asked: None,
        shutting_down: false,
    };
    session.answer(Response::new_ok(id, offered));
    Ok(session.serve(initialize.get("initializationOptions").unwrap_or(&Value::Null)))
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
    /// Requests for the findings in all briefs that are being answered piece by piece, the first of them now.
    runs: VecDeque<Run>,
    /// How often rules or settings have changed.
    generation: u32,
    /// How many requests we have sent.
    requests: u32,
    /// The request for the settings that the editor has yet to answer.
    settings_asked: Option<RequestId>,
    shutting_down: bool,
}

impl Session<'_> {
    fn serve(&mut self, options: &Value) -> Ended {
        let mut waiting: VecDeque<Message> = VecDeque::new();
        let mut cancelled: HashSet<RequestId> = HashSet::new();
        let mut is_introduced = false;
        loop {
            // All that has come is looked at before the first of it is done: a later message may cancel an earlier one.
            while let Ok(message) = self.connection.receiver.try_recv() {
                note_cancellation(&message, &mut cancelled);
                waiting.push_back(message);
            }
            let Some(message) = waiting.pop_front() else {
                // What was cancelled has been answered before.
                cancelled.clear();
                self.publish();
                if self.go_on() {
                    continue;
                }
                let Ok(message) = self.connection.receiver.recv() else { return self.ended() };
                note_cancellation(&message, &mut cancelled);
                waiting.push_back(message);
                continue;
            };
            // Before it says `initialized`, an editor may be asked nothing. One that never says so is served all the same.
            if !is_introduced {
                is_introduced = true;
                self.guarded("the settings", |session| session.introduce(options));
            }
            match message {
                Message::Request(request) if cancelled.remove(&request.id) => self.answer(runs::cancelled(request.id)),
                Message::Request(request) => self.request(request),
                Message::Notification(notification) if notification.method == told::Exit::METHOD => return self.ended(),
                Message::Notification(notification) => self.notification(notification),
                Message::Response(response) => {
                    self.guarded("an answer", |session| session.response(response));
                }
            }
        }
    }

    /// Takes the settings that came with `initialize`, and asks the editor for the rest.
    fn introduce(&mut self, options: &Value) {
        self.set(options);
        self.ask_for_settings();
        self.watch_briefs();
    }

    /// Does something that must not end the server, whatever happens; gives nothing if it panics.
    fn guarded<T>(&mut self, what: &str, action: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(|| action(self)));
        if done.is_err() {
            self.log(format!("{what} failed inside upr; the other features go on"));
        }
        done.ok()
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
        self.send(N::METHOD, params);
    }

    fn send(&self, method: &str, params: impl Serialize) {
        let _ = self.connection.sender.send(Message::Notification(Notification::new(method.to_owned(), params)));
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

    fn request(&mut self, mut request: Request) {
        if self.shutting_down {
            return self.answer(Response::new_err(request.id, ErrorCode::InvalidRequest as i32, "the server is shutting down".to_owned()));
        }
        let (id, method) = (request.id.clone(), request.method.clone());
        paths::escape_addresses(&mut request.params);
        let answer = self.guarded(&method, |session| session.respond(request));
        let failed = || Some(Response::new_err(id, ErrorCode::InternalError as i32, format!("{method} failed inside upr")));
        if let Some(response) = answer.unwrap_or_else(failed) {
            self.answer(response);
        }
    }

    fn notification(&mut self, mut notification: Notification) {
        if self.shutting_down {
            return;
        }
        let method = notification.method.clone();
        paths::escape_addresses(&mut notification.params);
        if let Some(Err(error)) = self.guarded(&method, |session| session.note(notification)) {
            self.log(format!("upr could not read {method}: {}", requests::fault(&error)));
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
        self.guarded("a file of rules or settings", |session| {
            for file in session.configuration.news(&session.client) {
                session.tell::<told::PublishDiagnostics>(file);
            }
        });
        for uri in std::mem::take(&mut self.changed) {
            self.guarded(&uri, |session| session.publish_one(&uri));
        }
    }

    fn publish_one(&self, uri: &str) {
        let Some((document, seen)) = self.documents.by_name(uri).and_then(|document| Some((document, document.seen()?))) else { return };
        if self.client.figures {
            self.tell::<figures::Figures>(figures::figures(document, seen.book()));
        }
        if !self.client.pulls {
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
    cancelled.extend(notices::cancelled(&notification.params));
}
