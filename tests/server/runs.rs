//! All briefs of a folder, asked for at once: in pieces, with how far it is, and cancelled.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use lsp_server::{Connection, Message};
use serde_json::{Value, json};
use upr_lint::server;
use upr_lint::server::settings::Settings;

use crate::editor::{BRIEF, Editor};

/// Briefs in the folder: more than two pieces.
const BRIEFS: usize = 70;

/// A folder of its own for a test, full of briefs.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("server").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    for number in 0..BRIEFS {
        fs::write(folder.join(format!("{number:02}.md")), BRIEF.replace("Text.", &format!("Text {number}."))).unwrap();
    }
    folder
}

fn initialize(folder: &Path) -> Value {
    json!({ "rootUri": format!("file://{}", folder.display()), "capabilities": { "textDocument": { "diagnostic": {} } } })
}

/// What is sent until a request is answered, with its answer as the last: what is told under a name, by this name, and the answer.
fn until_answered(editor: &mut Editor, params: Value) -> (VecDeque<(Value, Value)>, Value) {
    let id = editor.send("workspace/diagnostic", params);
    let mut told = VecDeque::new();
    loop {
        match editor.connection.receiver.recv().unwrap() {
            Message::Notification(note) if note.method == "$/progress" => told.push_back((note.params["token"].clone(), note.params["value"].clone())),
            Message::Response(answer) if answer.id == id => return (told, serde_json::to_value(answer).unwrap()),
            _ => {}
        }
    }
}

/// The names of the files of some reports.
fn names(items: &Value) -> Vec<String> {
    items.as_array().unwrap().iter().map(|item| item["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
}

fn all_names() -> Vec<String> {
    (0..BRIEFS).map(|number| format!("{number:02}.md")).collect()
}

#[test]
fn pieces_come_in_order_and_the_answer_is_empty() {
    let folder = folder("pieces");
    let (mut editor, _) = Editor::begin(initialize(&folder));
    let (none, whole) = until_answered(&mut editor, json!({ "previousResultIds": [] }));
    assert!(none.is_empty());
    assert_eq!(names(&whole["result"]["items"]), all_names());

    // A token may be a text or a number.
    for token in [json!("pieces"), json!(7)] {
        let (pieces, answer) = until_answered(&mut editor, json!({ "previousResultIds": [], "partialResultToken": token }));
        assert_eq!(answer["result"], json!({ "items": [] }));
        assert_eq!(pieces.len(), 3);
        assert!(pieces.iter().all(|(name, _)| *name == token));
        let items: Vec<Value> = pieces.iter().flat_map(|(_, value)| value["items"].as_array().unwrap().clone()).collect();
        assert_eq!(Value::Array(items), whole["result"]["items"]);
    }
    editor.stop();
}

#[test]
fn it_is_told_how_far_it_is() {
    let folder = folder("how far");
    let (mut editor, offered) = Editor::begin(initialize(&folder));
    assert_eq!(offered["capabilities"]["diagnosticProvider"]["workDoneProgress"], true);
    let params = json!({ "previousResultIds": [], "workDoneToken": "work", "partialResultToken": "pieces" });
    let (told, _) = until_answered(&mut editor, params);
    let work: Vec<&Value> = told.iter().filter(|(name, _)| name == "work").map(|(_, value)| value).collect();
    let kinds: Vec<&str> = work.iter().map(|value| value["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["begin", "report", "report", "end"]);
    assert_eq!((&work[0]["title"], &work[0]["cancellable"]), (&json!("Checking all briefs"), &json!(true)));
    assert_eq!((&work[1]["message"], &work[1]["percentage"]), (&json!("32 of 70"), &json!(45)));
    assert_eq!(told.iter().filter(|(name, _)| name == "pieces").count(), 3);
    editor.stop();
}

#[test]
fn a_folder_without_briefs_is_answered_at_once() {
    let folder = folder("none").join("empty");
    fs::create_dir_all(&folder).unwrap();
    let (mut editor, _) = Editor::begin(initialize(&folder));
    let (told, answer) = until_answered(&mut editor, json!({ "previousResultIds": [], "workDoneToken": 1, "partialResultToken": 2 }));
    assert_eq!(answer["result"], json!({ "items": [] }));
    assert_eq!(told.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), [json!(1), json!(1)]);
    assert!(editor.ask("workspace/diagnostic", json!({ "previousResultIds": 5 })).is_err());
    editor.stop();
}

/// Lets a server loose on messages that are all there when it begins, and gives what it sends.
fn spoken(messages: &[(Option<i32>, &str, Value)]) -> Vec<Value> {
    let (ours, theirs) = Connection::memory();
    let mut editor = Editor { connection: ours, server: None, next: 0 };
    for (id, method, params) in messages {
        match id {
            Some(id) => {
                editor.next = id - 1;
                editor.send(method, params.clone());
            }
            None => editor.tell(method, params.clone()),
        }
    }
    server::run(&theirs, &Settings::default()).unwrap();
    drop(theirs);
    editor.connection.receiver.iter().map(|message| serde_json::to_value(message).unwrap()).collect()
}

/// The answers, each as its id and the code of its error or 0, in the order in which they came.
fn answers(sent: &[Value]) -> Vec<(i64, i64)> {
    let answers = sent.iter().filter(|message| message.get("method").is_none());
    answers.map(|answer| (answer["id"].as_i64().unwrap(), answer["error"]["code"].as_i64().unwrap_or(0))).collect()
}

#[test]
fn a_server_that_shuts_down_ends_what_it_has_begun() {
    let folder = folder("shut down");
    let all = json!({ "previousResultIds": [], "workDoneToken": "work" });
    let sent = spoken(&[
        (Some(1), "initialize", initialize(&folder)),
        (None, "initialized", json!({})),
        (Some(2), "workspace/diagnostic", all.clone()),
        (Some(3), "shutdown", Value::Null),
        (Some(4), "workspace/diagnostic", all),
        (None, "exit", Value::Null),
    ]);
    assert_eq!(answers(&sent), [(1, 0), (2, -32800), (3, 0), (4, -32600)]);
    let kinds: Vec<&str> = sent.iter().filter_map(|message| message["params"]["value"]["kind"].as_str()).collect();
    assert_eq!(kinds, ["begin", "end"]);
}

#[test]
fn what_has_begun_can_be_cancelled_in_both_ways_and_no_other_request_is() {
    let folder = folder("cancelled");
    let all = |work: &str| json!({ "previousResultIds": [], "workDoneToken": work, "partialResultToken": format!("pieces of {work}") });
    let (mut editor, _) = Editor::begin(initialize(&folder));
    for (number, method) in ["$/cancelRequest", "window/workDoneProgress/cancel"].into_iter().enumerate() {
        // Two at once: one of them is cancelled when its first piece or the news of its beginning is there.
        let (first, second) = (format!("first {number}"), format!("second {number}"));
        let doomed = editor.send("workspace/diagnostic", all(&first));
        let kept = editor.send("workspace/diagnostic", all(&second));
        let id = editor.next - 1;
        editor.tell(method, if number == 0 { json!({ "id": id }) } else { json!({ "token": first }) });
        // The first may have been ready before it was cancelled; the second is whole in any case.
        let answer = serde_json::to_value(editor.answer(&doomed)).unwrap();
        assert!(answer["error"]["code"] == -32800 || answer["result"] == json!({ "items": [] }), "{answer}");
        assert_eq!(serde_json::to_value(editor.answer(&kept)).unwrap()["result"], json!({ "items": [] }));
    }
    editor.stop();
}

#[test]
fn between_two_pieces_all_else_has_its_turn() {
    let folder = folder("turns");
    let uri = format!("file://{}/05.md", folder.display());
    let open = json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": BRIEF } });
    // All of it is there at once: the request for all briefs comes first and is answered last.
    let (ours, theirs) = Connection::memory();
    let mut editor = Editor { connection: ours, server: None, next: 0 };
    editor.send("initialize", initialize(&folder));
    editor.tell("initialized", json!({}));
    let all = editor.send("workspace/diagnostic", json!({ "previousResultIds": [], "partialResultToken": "pieces" }));
    editor.tell("textDocument/didOpen", open);
    let hover = editor.send("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": { "line": 8, "character": 3 } }));
    let cancelled = editor.send("workspace/diagnostic", json!({ "previousResultIds": [] }));
    editor.tell("$/cancelRequest", json!({ "id": editor.next }));
    editor.server = Some(std::thread::spawn(move || server::run(&theirs, &Settings::default()).unwrap()));
    let mut order = Vec::new();
    let mut items = Vec::new();
    while order.last() != Some(&all) {
        match editor.connection.receiver.recv().unwrap() {
            Message::Response(answer) => order.push(answer.id),
            Message::Notification(note) if note.method == "$/progress" => items.extend(note.params["value"]["items"].as_array().unwrap().clone()),
            _ => {}
        }
    }
    assert_eq!(order[1..], [hover, cancelled, all]);
    // The text that was opened meanwhile is told as it stands in the editor.
    assert_eq!(items.iter().filter(|item| item["version"] == 1).map(|item| item["uri"].as_str().unwrap()).collect::<Vec<_>>(), [uri.as_str()]);
    editor.stop();
}

#[test]
fn an_open_text_that_is_no_file_of_the_folder_keeps_its_findings() {
    let folder = folder("left out");
    fs::write(folder.join(".gitignore"), "draft.md\n").unwrap();
    fs::write(folder.join("draft.md"), BRIEF).unwrap();
    let (mut editor, _) = Editor::begin(initialize(&folder));
    let uri = format!("file://{}/draft.md", folder.display());
    let previous = json!([{ "uri": uri, "value": "0:0" }, { "uri": format!("file://{}/gone.md", folder.display()), "value": "0:0" }]);
    let of_draft = |editor: &mut Editor| {
        let (_, answer) = until_answered(editor, json!({ "previousResultIds": previous }));
        assert_eq!(names(&answer["result"]["items"])[..2], ["draft.md", "gone.md"]);
        answer["result"]["items"][0]["items"].as_array().unwrap().len()
    };
    assert_eq!(of_draft(&mut editor), 0);
    editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": BRIEF } }));
    assert!(of_draft(&mut editor) > 0);
    editor.stop();
}
