//! Editors that do not keep to the protocol.

use lsp_server::{Connection, Message};
use serde_json::{Value, json};
use upr_lint::server::settings::Settings;
use upr_lint::server::{self, Ended};
use upr_lint::text::lines::Encoding;

use crate::editor::{BRIEF, Editor, expected, told};

const URI: &str = "file:///a.md";

fn opened(version: i32, text: &str) -> Value {
    json!({ "textDocument": { "uri": URI, "languageId": "markdown", "version": version, "text": text } })
}

#[test]
fn an_editor_that_can_nothing_is_served() {
    for initialize in [
        json!({}),
        json!(null),
        json!([]),
        json!({ "capabilities": null, "rootUri": 5, "workspaceFolders": "none", "initializationOptions": [1] }),
        json!({ "capabilities": { "textDocument": null, "workspace": [], "general": { "positionEncodings": ["utf-7", 8] } }, "rootPath": "relative" }),
    ] {
        let (mut editor, offered) = Editor::begin(initialize.clone());
        assert_eq!(offered["capabilities"]["positionEncoding"], "utf-16", "{initialize}");
        assert_eq!(told(&editor.open(URI, BRIEF)), expected(BRIEF, Encoding::Utf16), "{initialize}");
        let none = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
        assert_eq!(none, json!({ "items": [] }), "{initialize}");
        assert_eq!(editor.stop(), Ended::InOrder);
    }
}

#[test]
fn a_capability_of_an_unexpected_shape_takes_no_other_with_it() {
    let (editor, offered) = Editor::start(json!({
        "general": { "positionEncodings": ["utf-32"] },
        "textDocument": { "diagnostic": {}, "completion": "yes", "hover": { "contentFormat": 7 } },
        "workspace": { "workspaceEdit": { "failureHandling": "of a later version" } },
    }));
    assert_eq!(offered["capabilities"]["positionEncoding"], "utf-32");
    assert!(offered["capabilities"]["diagnosticProvider"].is_object());
    editor.stop();
}

#[test]
fn an_editor_that_never_says_that_it_is_initialized_is_served() {
    let (ours, theirs) = Connection::memory();
    let server = std::thread::spawn(move || server::run(&theirs, &Settings::default()).unwrap());
    let mut editor = Editor { connection: ours, server: Some(server), next: 0 };
    assert!(editor.ask("textDocument/hover", json!({})).is_err());
    editor.ask("initialize", json!({ "capabilities": {}, "initializationOptions": { "session": "autumn" } })).unwrap();
    editor.tell("textDocument/didOpen", opened(1, BRIEF));
    assert!(editor.told("window/showMessage")["message"].as_str().unwrap().contains("autumn"));
    assert_eq!(told(&editor.published(URI)), expected(BRIEF, Encoding::Utf16));
    assert_eq!(editor.ask("initialize", json!({})), Err("the server is initialized already".to_owned()));
    assert_eq!(editor.stop(), Ended::InOrder);
}

#[test]
fn an_editor_that_leaves_at_once_is_let_go() {
    for messages in [vec![("exit", Value::Null)], vec![("initialized", json!({})), ("initialized", json!({})), ("exit", Value::Null)]] {
        let (ours, theirs) = Connection::memory();
        let server = std::thread::spawn(move || server::run(&theirs, &Settings::default()).unwrap());
        let mut editor = Editor { connection: ours, server: None, next: 0 };
        editor.ask("initialize", json!({ "capabilities": {} })).unwrap();
        for (method, params) in messages {
            editor.tell(method, params);
        }
        assert_eq!(server.join().unwrap(), Ended::Abruptly);
    }
}

#[test]
fn after_shutdown_nothing_is_done_but_to_leave() {
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(URI, BRIEF);
    editor.ask("shutdown", Value::Null).unwrap();
    for method in ["shutdown", "textDocument/hover", "workspace/diagnostic", "upr/unheardOf"] {
        assert_eq!(editor.ask(method, json!({})), Err("the server is shutting down".to_owned()), "{method}");
    }
    editor.change(URI, 2, json!([{ "text": "x" }]));
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    editor.tell("exit", Value::Null);
    let server = editor.server.take().unwrap();
    assert_eq!(server.join().unwrap(), Ended::InOrder);
    let notes = editor.connection.receiver.iter().filter(|message| matches!(message, Message::Notification(_))).count();
    assert_eq!(notes, 0);
}

#[test]
fn a_text_is_the_one_that_was_opened_last() {
    let (editor, _) = Editor::start(json!({}));
    let other = BRIEF.replace("as soon as possible", "by December 2027");
    editor.open(URI, BRIEF);
    editor.tell("textDocument/didOpen", opened(1, &other));
    assert_eq!(told(&editor.published(URI)), expected(&other, Encoding::Utf16));
    // Closed twice, it is gone; a change to it then is nobody's.
    for _ in 0..2 {
        editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
        assert_eq!(editor.published(URI), Vec::<Value>::new());
    }
    editor.change(URI, 9, json!([{ "text": BRIEF }]));
    assert_eq!(told(&editor.open(URI, BRIEF)), expected(BRIEF, Encoding::Utf16));
    editor.stop();
}

#[test]
fn changes_may_lie_outside_of_the_text_or_run_backwards() {
    let (editor, _) = Editor::start(json!({}));
    editor.open(URI, BRIEF);
    let far = u32::MAX;
    let at = |line: u32, character: u32| json!({ "line": line, "character": character });
    // The last two make of "Ratify OPCAT by December 2028." another year, from its end to its beginning.
    let changes = json!([
        { "range": { "start": at(far, far), "end": at(far, 0) }, "text": "- Open ten schools.\n" },
        { "range": { "start": at(4, far), "end": at(4, far) }, "text": " More." },
        { "range": { "start": at(9, 31), "end": at(9, 27) }, "text": "20" },
        { "range": { "start": at(9, 29), "end": at(9, 29) }, "text": "27" },
    ]);
    editor.change(URI, 2, changes);
    let text = BRIEF.replace("Text.", "Text. More.").replace("December 2028", "December 2027") + "- Open ten schools.\n";
    assert_eq!(told(&editor.published(URI)), expected(&text, Encoding::Utf16));
    editor.stop();
}

#[test]
fn an_editor_that_does_not_count_its_changes_is_followed() {
    let (editor, _) = Editor::start(json!({}));
    editor.open(URI, BRIEF);
    let other = BRIEF.replace("as soon as possible", "by December 2027");
    for (version, text) in [(Value::Null, &other), (json!(1), &BRIEF.to_owned())] {
        editor.tell("textDocument/didChange", json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": [{ "text": text }] }));
        assert_eq!(told(&editor.published(URI)), expected(text, Encoding::Utf16));
    }
    editor.stop();
}

#[test]
fn an_address_that_is_none_is_a_name_all_the_same() {
    let (mut editor, _) = Editor::start(json!({}));
    for (uri, name) in [
        ("untitled:My brief", "untitled:My%20brief"),
        ("file:///briefs/résumé 100 %.md", "file:///briefs/r%C3%A9sum%C3%A9%20100%20%25.md"),
        (r"file:///C:\Users\a b\brief.md", "file:///C:/Users/a%20b/brief.md"),
        ("file:///c:/Users/brief.md", "file:///c:/Users/brief.md"),
        ("file:///briefs/[draft] a%20b.md", "file:///briefs/%5Bdraft%5D%20a%20b.md"),
    ] {
        editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": BRIEF } }));
        assert_eq!(told(&editor.published(name)), expected(BRIEF, Encoding::Utf16), "{uri}");
        let lenses = editor.ask("textDocument/codeLens", json!({ "textDocument": { "uri": uri } })).unwrap();
        assert_eq!(lenses.as_array().unwrap().len(), 3, "{uri}");
    }
    editor.stop();
}

#[test]
fn places_outside_of_the_text_have_nothing() {
    let (mut editor, _) = Editor::start(json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } }));
    editor.open(URI, BRIEF);
    let far = json!({ "line": u32::MAX, "character": u32::MAX });
    let document = json!({ "uri": URI });
    for (method, nothing) in [("textDocument/hover", Value::Null), ("textDocument/completion", Value::Null)] {
        assert_eq!(editor.ask(method, json!({ "textDocument": document, "position": far })).unwrap(), nothing, "{method}");
        assert!(editor.ask(method, json!({ "textDocument": document, "position": { "line": -1, "character": 0 } })).is_err(), "{method}");
    }
    let backwards = json!({ "start": far, "end": { "line": 0, "character": 0 } });
    for method in ["textDocument/inlayHint", "textDocument/semanticTokens/range", "textDocument/codeAction"] {
        let params = json!({ "textDocument": document, "range": backwards, "context": { "diagnostics": [] } });
        assert!(!editor.ask(method, params).unwrap().is_null(), "{method}");
    }
    editor.stop();
}

#[test]
fn what_is_wrong_with_a_message_is_told_without_its_words() {
    let (mut editor, _) = Editor::start(json!({}));
    editor.tell("textDocument/didOpen", json!({ "textDocument": BRIEF }));
    let logged = editor.told("window/logMessage")["message"].as_str().unwrap().to_owned();
    assert!(logged.contains("textDocument/didOpen") && !logged.contains("children"), "{logged}");
    editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": URI } }));
    let logged = editor.told("window/logMessage")["message"].as_str().unwrap().to_owned();
    assert!(logged.contains("missing field `languageId`"), "{logged}");
    let error = editor.ask("textDocument/hover", json!({ "textDocument": { "uri": URI }, "position": "Amina, 9 years" })).unwrap_err();
    assert!(!error.contains("Amina"), "{error}");
    editor.stop();
}
