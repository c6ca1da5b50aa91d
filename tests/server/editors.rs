//! Real editors: what each of them says first, given to the program over its pipes.

use std::fs;
use std::io::BufReader;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use lsp_server::{Message, Notification, Request, Response};
use serde_json::{Value, json};
use upr_lint::text::lines::Encoding;

use crate::editor::{BRIEF, expected, told};

/// The program with an editor at its pipes.
struct Spoken {
    program: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Spoken {
    fn start() -> Spoken {
        let program = Command::new(env!("CARGO_BIN_EXE_upr")).arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut program = program.expect("the server starts");
        let (input, output) = (program.stdin.take().unwrap(), BufReader::new(program.stdout.take().unwrap()));
        Spoken { program, input, output }
    }

    fn say(&mut self, message: Message) {
        message.write(&mut self.input).unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.say(Message::Notification(Notification { method: method.to_owned(), params }));
    }

    fn ask(&mut self, id: i32, method: &str, params: Value) -> Value {
        self.say(Message::Request(Request { id: id.into(), method: method.to_owned(), params }));
        let answer = self.next(|message| matches!(message, Message::Response(response) if response.id == id.into()));
        let Message::Response(Response { response_result, .. }) = answer else { panic!("no answer to {method}") };
        response_result.unwrap()
    }

    /// The first message that is wanted. What the server asks meanwhile is answered as an editor does that has no settings of ours.
    fn next(&mut self, wanted: impl Fn(&Message) -> bool) -> Message {
        loop {
            let message = Message::read(&mut self.output).unwrap().expect("the server is there");
            if let Message::Request(request) = &message {
                let result = if request.method == "workspace/configuration" { json!([null]) } else { Value::Null };
                self.say(Message::Response(Response::new_ok(request.id.clone(), result)));
            }
            if wanted(&message) {
                return message;
            }
        }
    }
}

/// Starts the server as an editor does and checks what is offered and found first; that with our own extension asks for findings, shows
/// the pages of rules, and fills the gaps of a text.
#[track_caller]
fn check(file: &str, encoding: (&str, Encoding), is_ours: bool) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server/initialize").join(file);
    let initialize: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut server = Spoken::start();
    let offered = server.ask(0, "initialize", initialize)["capabilities"].clone();
    assert_eq!(offered["positionEncoding"], encoding.0, "{file}");
    assert_eq!(offered["diagnosticProvider"].is_object(), is_ours, "{file}");
    for provider in ["hoverProvider", "completionProvider", "inlayHintProvider", "semanticTokensProvider", "codeActionProvider", "documentSymbolProvider"] {
        assert!(!offered[provider].is_null(), "{file}: no {provider}");
    }
    server.tell("initialized", json!({}));
    let document = json!({ "uri": "file:///briefs/a.md", "languageId": "markdown", "version": 1, "text": BRIEF });
    server.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let found = if is_ours {
        server.ask(1, "textDocument/diagnostic", json!({ "textDocument": { "uri": "file:///briefs/a.md" } }))["items"].clone()
    } else {
        let published = server.next(|message| matches!(message, Message::Notification(told) if told.method == "textDocument/publishDiagnostics"));
        let Message::Notification(published) = published else { panic!("nothing was published") };
        published.params["diagnostics"].clone()
    };
    let found = found.as_array().unwrap();
    assert_eq!(told(found), expected(BRIEF, encoding.1), "{file}");
    assert!(found.iter().all(|found| found.get("codeDescription").is_some() == is_ours), "{file}: {found:?}");
    let about = json!({ "textDocument": { "uri": "file:///briefs/a.md" }, "range": found[0]["range"], "context": { "diagnostics": [] } });
    let actions = server.ask(2, "textDocument/codeAction", about).to_string();
    assert!(actions.contains("say why here"), "{file}: {actions}");
    assert_eq!(actions.contains("${1:say why here}"), is_ours, "{file}: {actions}");
    assert_eq!(server.ask(3, "shutdown", Value::Null), Value::Null);
    server.tell("exit", Value::Null);
    drop(server.input);
    assert_eq!(server.program.wait().unwrap().code(), Some(0), "{file}");
}

#[test]
fn vs_code_is_served() {
    check("vscode-1.100.3.json", ("utf-16", Encoding::Utf16), true);
}

#[test]
fn neovim_is_served() {
    check("neovim-0.7.2.json", ("utf-16", Encoding::Utf16), false);
}

#[test]
fn emacs_is_served() {
    check("emacs-28.2-eglot.json", ("utf-16", Encoding::Utf16), false);
}

#[test]
fn helix_is_served() {
    check("helix-from-its-source.json", ("utf-8", Encoding::Utf8), false);
}
