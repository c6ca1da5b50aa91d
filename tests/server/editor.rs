//! An editor in memory, with a server behind it.

use std::thread;

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use upr_lint::brief::review::Review;
use upr_lint::diagnostic::Severity;
use upr_lint::server::settings::Settings;
use upr_lint::server::{self, Ended};
use upr_lint::text::Source;
use upr_lint::text::lines::Encoding;
use upr_lint::{builtin, lint};

pub const BRIEF: &str = "# Zemland: UPR, 53rd session, 5 November 2026\n\n## Children in prison 😀\n\nText.\n\n### Recommendations\n\n- Strengthen the protection of children as soon as possible.\n- Ratify OPCAT by December 2028.\n";

/// An editor with a server behind it.
pub struct Editor {
    pub connection: Connection,
    pub server: Option<thread::JoinHandle<Ended>>,
    pub next: i32,
}

impl Editor {
    pub fn start(capabilities: Value) -> (Editor, Value) {
        Editor::begin(json!({ "processId": null, "rootUri": null, "capabilities": capabilities }))
    }

    pub fn begin(initialize: Value) -> (Editor, Value) {
        let (ours, theirs) = Connection::memory();
        let server = thread::spawn(move || server::run(&theirs, &Settings::default()).unwrap());
        let mut editor = Editor { connection: ours, server: Some(server), next: 0 };
        let offered = editor.ask("initialize", initialize).unwrap();
        editor.tell("initialized", json!({}));
        (editor, offered)
    }

    pub fn tell(&self, method: &str, params: Value) {
        self.connection.sender.send(Message::Notification(Notification { method: method.to_owned(), params })).unwrap();
    }

    pub fn send(&mut self, method: &str, params: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.connection.sender.send(Message::Request(Request { id: id.clone(), method: method.to_owned(), params })).unwrap();
        id
    }

    /// The answer to a request; what is told meanwhile is left out.
    pub fn answer(&self, wanted: &RequestId) -> Response {
        loop {
            match self.connection.receiver.recv().unwrap() {
                Message::Response(response) if response.id == *wanted => return response,
                _ => {}
            }
        }
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        let id = self.send(method, params);
        let response = serde_json::to_value(self.answer(&id)).unwrap();
        match response.get("error") {
            Some(error) => Err(error["message"].as_str().unwrap().to_owned()),
            None => Ok(response["result"].clone()),
        }
    }

    pub fn open(&self, uri: &str, text: &str) -> Vec<Value> {
        self.tell("textDocument/didOpen", json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": text } }));
        self.published(uri)
    }

    pub fn change(&self, uri: &str, version: i32, changes: Value) {
        self.tell("textDocument/didChange", json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes }));
    }

    /// The next findings that are published for a document.
    pub fn published(&self, uri: &str) -> Vec<Value> {
        loop {
            if let Message::Notification(told) = self.connection.receiver.recv().unwrap()
                && told.method == "textDocument/publishDiagnostics"
                && told.params["uri"] == uri
            {
                return told.params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// The next notification of this kind.
    pub fn told(&self, method: &str) -> Value {
        loop {
            if let Message::Notification(told) = self.connection.receiver.recv().unwrap()
                && told.method == method
            {
                return told.params;
            }
        }
    }

    /// The next request of this kind that the server makes.
    pub fn asked(&self, method: &str) -> Request {
        loop {
            if let Message::Request(request) = self.connection.receiver.recv().unwrap()
                && request.method == method
            {
                return request;
            }
        }
    }

    /// Answers a request of the server.
    pub fn reply(&self, request: &Request, result: Value) {
        self.connection.sender.send(Message::Response(Response::new_ok(request.id.clone(), result))).unwrap();
    }

    pub fn stop(mut self) -> Ended {
        self.ask("shutdown", Value::Null).unwrap();
        self.tell("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }
}

pub fn utf16() -> Value {
    json!({})
}

pub fn in_encoding(name: &str) -> Value {
    json!({ "general": { "positionEncodings": [name] } })
}

/// What `upr lint` finds in a text, as the protocol has it.
pub fn expected(text: &str, encoding: Encoding) -> Vec<(Value, String, u64)> {
    let source = Source::new("brief.md", text.to_owned());
    let found = lint(&source, builtin::rulebook(), &Review::default());
    let position = |offset| {
        let position = source.lines().position(source.text(), offset, encoding);
        json!({ "line": position.line, "character": position.column })
    };
    let severity = |severity| match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Advice => 3,
    };
    let one = |found: upr_lint::diagnostic::Diagnostic| {
        (json!({ "start": position(found.span.start), "end": position(found.span.end) }), found.rule.to_string(), severity(found.severity))
    };
    found.into_iter().map(one).collect()
}

pub fn told(diagnostics: &[Value]) -> Vec<(Value, String, u64)> {
    let one = |diagnostic: &Value| (diagnostic["range"].clone(), diagnostic["code"].as_str().unwrap().to_owned(), diagnostic["severity"].as_u64().unwrap());
    diagnostics.iter().map(one).collect()
}

/// The text after the edits of a code action, with columns in UTF-16.
pub fn edited(text: &str, action: &Value) -> String {
    edited_in(text, action, Encoding::Utf16).0
}

/// The text after the edits of a code action, however the editor takes them; and the places of a snippet in it, as they are selected
/// one after the other.
pub fn edited_in(text: &str, action: &Value, encoding: Encoding) -> (String, Vec<String>) {
    let edit = &action["edit"];
    let edits = match edit["changes"].as_object() {
        Some(changes) => changes.values().next().unwrap(),
        None => &edit["documentChanges"][0]["edits"],
    };
    let source = Source::new("brief.md", text.to_owned());
    let offset = |position: &Value| {
        let at = upr_lint::text::lines::Position { line: position["line"].as_u64().unwrap() as u32, column: position["character"].as_u64().unwrap() as u32 };
        source.lines().offset(source.text(), at, encoding) as usize
    };
    let mut text = text.to_owned();
    let mut places = Vec::new();
    // All are places of the text as it was; the last comes first, so that the others stay where they are.
    for edit in edits.as_array().unwrap().iter().rev() {
        let new = if edit["snippet"]["kind"] == "snippet" {
            expanded(edit["snippet"]["value"].as_str().unwrap(), &mut places)
        } else if edit["insertTextFormat"] == 2 {
            expanded(edit["newText"].as_str().unwrap(), &mut places)
        } else {
            edit["newText"].as_str().unwrap().to_owned()
        };
        text.replace_range(offset(&edit["range"]["start"])..offset(&edit["range"]["end"]), &new);
    }
    (text, places)
}

/// What an editor writes for a snippet, each of whose places `${1:words}` is left as it is.
fn expanded(snippet: &str, places: &mut Vec<String>) -> String {
    let mut text = String::new();
    let mut start = None;
    let mut rest = snippet.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\\' if matches!(rest.peek(), Some('\\' | '$' | '}')) => text.extend(rest.next()),
            '$' => {
                let number: String = rest.by_ref().take_while(|character| *character != ':').collect();
                assert_eq!(number, format!("{{{}", places.len() + 1), "{snippet}");
                assert_eq!(start.replace(text.len()), None, "{snippet}");
            }
            '}' if start.is_some() => places.extend(start.take().map(|start| text[start..].to_owned())),
            _ => text.push(character),
        }
    }
    assert_eq!(start, None, "{snippet}");
    text
}
