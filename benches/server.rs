//! What a keystroke costs in the language server, from the change to the published findings, and how much memory open briefs take.
//!
//! `cargo bench --bench server` prints the middle and the slowest of many keystrokes in a brief of two pages, the time of a burst of
//! 10,000 of them, and the memory of the real program with 100 open briefs (where the system tells it, as Linux does).

#![allow(clippy::print_stdout, clippy::expect_used, missing_docs, reason = "a program of the workshop, not of its users")]

use std::fs;
use std::io::BufReader;
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use divan::Bencher;
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};
use upr_lint::server;
use upr_lint::server::settings::Settings;

fn main() {
    keystrokes();
    burst();
    memory();
    divan::main();
}

/// A brief of a little over two pages: the sample with its issues four times.
fn text() -> String {
    let sample = include_str!("../tests/briefs/sample.md");
    let (head, issues) = sample.split_once("## Issue 1").expect("the sample has an issue");
    format!("{head}{}", format!("## Issue 1{issues}\n").repeat(4))
}

const URI: &str = "file:///brief.md";

fn told(method: &str, params: Value) -> Message {
    Message::Notification(Notification { method: method.to_owned(), params })
}

fn asked(id: i32, method: &str, params: Value) -> Message {
    Message::Request(Request { id: id.into(), method: method.to_owned(), params })
}

fn opened(uri: &str, text: &str) -> Message {
    told("textDocument/didOpen", json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": text } }))
}

/// An editor with an open brief, and a server in a thread of its own.
struct Editor {
    connection: Connection,
    server: JoinHandle<()>,
    version: i32,
}

impl Editor {
    fn start() -> Editor {
        let (connection, theirs) = Connection::memory();
        let server = thread::spawn(move || {
            server::run(&theirs, &Settings::default()).expect("an editor is there");
        });
        let editor = Editor { connection, server, version: 1 };
        editor.say(asked(1, "initialize", json!({ "capabilities": {} })));
        editor.say(told("initialized", json!({})));
        editor.say(opened(URI, &text()));
        editor.published(1);
        editor
    }

    fn say(&self, message: Message) {
        self.connection.sender.send(message).expect("the server is there");
    }

    /// Types a letter into the second recommendation, or takes it away again.
    fn keystroke(&mut self) {
        self.version += 1;
        let (end, new) = if self.version % 2 == 0 { (24, "x") } else { (25, "") };
        let range = json!({ "start": { "line": 16, "character": 24 }, "end": { "line": 16, "character": end } });
        let changes = json!([{ "range": range, "text": new }]);
        self.say(told("textDocument/didChange", json!({ "textDocument": { "uri": URI, "version": self.version }, "contentChanges": changes })));
    }

    /// Waits for the findings of a version.
    fn published(&self, version: i32) {
        loop {
            let message = self.connection.receiver.recv().expect("the server is there");
            if matches!(message, Message::Notification(told) if told.params.get("version") == Some(&json!(version))) {
                return;
            }
        }
    }

    fn stop(self) {
        self.say(asked(2, "shutdown", Value::Null));
        self.say(told("exit", Value::Null));
        self.server.join().expect("the server ends");
    }
}

fn keystrokes() {
    let mut editor = Editor::start();
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..5_000 {
        let start = Instant::now();
        editor.keystroke();
        editor.published(editor.version);
        times.push(start.elapsed());
    }
    editor.stop();
    times.sort();
    let at = |percent: usize| times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or_default();
    println!("a keystroke in {} bytes: p50 {:?}, p99 {:?}, slowest {:?}", text().len(), at(50), at(99), at(100));
}

fn burst() {
    let mut editor = Editor::start();
    let start = Instant::now();
    for _ in 0..10_000 {
        editor.keystroke();
    }
    editor.published(editor.version);
    println!("a burst of 10000 keystrokes: {:?} until the last findings", start.elapsed());
    editor.stop();
}

/// How many briefs are open.
const BRIEFS: usize = 100;

fn memory() {
    let program = Command::new(env!("CARGO_BIN_EXE_upr")).arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut program = program.expect("the server starts");
    let mut input = program.stdin.take().expect("its input");
    let mut output = BufReader::new(program.stdout.take().expect("its output"));
    let mut say = |message: Message| message.write(&mut input).expect("the server listens");
    let resident = |program: u32| {
        let status = fs::read_to_string(format!("/proc/{program}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.map_or_else(|| "not known on this system".to_owned(), |memory| memory.trim().to_owned())
    };
    say(asked(1, "initialize", json!({ "capabilities": {} })));
    say(told("initialized", json!({})));
    let brief = text();
    for number in 0..BRIEFS {
        say(opened(&format!("file:///{number}.md"), &brief));
        while !matches!(Message::read(&mut output).expect("the server speaks"), Some(Message::Notification(told)) if told.method.ends_with("publishDiagnostics"))
        {
        }
        if number == 0 {
            println!("memory of the program with one brief: {}", resident(program.id()));
        }
    }
    println!("memory of the program with {BRIEFS} briefs of {} bytes: {}", brief.len(), resident(program.id()));
    say(asked(2, "shutdown", Value::Null));
    say(told("exit", Value::Null));
    program.wait().expect("the server ends");
}

#[divan::bench]
fn keystroke(bencher: Bencher<'_, '_>) {
    let mut editor = Editor::start();
    bencher.bench_local(|| {
        editor.keystroke();
        editor.published(editor.version);
    });
    editor.stop();
}
