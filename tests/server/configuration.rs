//! Configurations in an editor: what `upr lint` finds under them, and that they are read again when they change.

use serde_json::{Value, json};
use std::fs;

use crate::coalition::{BRIEF, coalition};
use crate::editor::Editor;
use crate::program::Folder;

/// An editor that works in a folder.
fn start(folder: &Folder, capabilities: Value) -> Editor {
    Editor::begin(json!({ "processId": null, "rootUri": uri(folder, ""), "capabilities": capabilities })).0
}

fn uri(folder: &Folder, path: &str) -> String {
    format!("file://{}/{path}", folder.0.display())
}

fn changed(editor: &Editor, folder: &Folder, path: &str) {
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(folder, path), "type": 2 }] }));
}

#[test]
fn the_server_finds_what_the_command_line_finds() {
    let tree = coalition("agree");
    tree.write("broken/upr.toml", "sesion = 53").write("broken/brief.md", BRIEF);
    let ran = tree.run(&["lint", "--format", "json", ".", "--no-config"]);
    let all: Value = serde_json::from_str(&ran.out).unwrap();
    let paths: Vec<&str> = all["summary"]["briefs"].as_array().unwrap().iter().map(|brief| brief["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["brief.md", "broken/brief.md", "drafts/brief.md", "geneva/brief.md", "geneva/nepal/brief.md", "geneva/own.md", "national/brief.md"]);
    let ran = tree.run(&["lint", "--format", "json", "."]);
    assert!(ran.code == 2 && ran.err.contains("broken/upr.toml cannot be used"), "{ran:?}");
    let configured: Value = serde_json::from_str(&ran.out).unwrap();
    let editor = start(&tree, json!({ "general": { "positionEncodings": ["utf-32"] } }));
    for path in paths {
        // Under a configuration that is wrong the editor goes on as if there were none.
        let told = if path.starts_with("broken") { &all } else { &configured };
        let expected: Vec<(u64, u64, String, u64)> = told["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["path"] == path)
            .map(|finding| {
                let severity = ["error", "warning", "advice"].iter().position(|name| finding["severity"] == *name).unwrap() as u64 + 1;
                (finding["line"].as_u64().unwrap() - 1, finding["column"].as_u64().unwrap() - 1, finding["rule"].as_str().unwrap().to_owned(), severity)
            })
            .collect();
        let found = editor.open(&uri(&tree, path), &fs::read_to_string(tree.0.join(path)).unwrap());
        let found: Vec<(u64, u64, String, u64)> = found
            .iter()
            .map(|found| {
                let start = &found["range"]["start"];
                (
                    start["line"].as_u64().unwrap(),
                    start["character"].as_u64().unwrap(),
                    found["code"].as_str().unwrap().to_owned(),
                    found["severity"].as_u64().unwrap(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{path}");
        assert_eq!(found.is_empty(), path.starts_with("drafts"), "{path}");
    }
    editor.stop();
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|found| found["code"].as_str().unwrap()).collect()
}

#[test]
fn a_configuration_that_changes_is_read_again_and_a_broken_one_is_shown_in_its_file() {
    let tree = Folder::new("server-config-reread");
    tree.write("upr.toml", "[rules]\ntone = \"off\"");
    let editor = start(&tree, json!({}));
    let (brief, own) = (uri(&tree, "brief.md"), uri(&tree, "upr.toml"));
    assert!(!codes(&editor.open(&brief, BRIEF)).contains(&"tone/shouting"));
    assert!(!codes(&editor.open("untitled:Untitled-1", BRIEF)).contains(&"tone/shouting"));
    tree.write("upr.toml", "[rules]\ntoen = \"off\"");
    changed(&editor, &tree, "upr.toml");
    let faults = editor.published(&own);
    assert_eq!((codes(&faults), &faults[0]["range"]["start"]), (vec!["configuration"], &json!({ "line": 1, "character": 0 })));
    assert!(faults[0]["message"].as_str().unwrap().contains("Did you mean “tone”?"), "{faults:?}");
    assert!(codes(&editor.published(&brief)).contains(&"tone/shouting"));
    // Another fault takes the place of the first one.
    tree.write("upr.toml", "sesion = 3");
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": own } }));
    assert!(editor.published(&own)[0]["message"].as_str().unwrap().contains("sesion"));
    tree.write("upr.toml", "[rules]\ntone = \"error\"");
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": own } }));
    assert_eq!(editor.published(&own), Vec::<Value>::new());
    let found = editor.published(&brief);
    let shouting = found.iter().find(|found| found["code"] == "tone/shouting").unwrap();
    assert_eq!(shouting["severity"], 1);
    editor.stop();
}

#[test]
fn an_editor_that_asks_itself_is_told_to_ask_again_and_to_watch() {
    let tree = Folder::new("server-config-pull");
    tree.write("upr.toml", "[rules]\ntone = \"off\"");
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true }, "diagnostics": { "refreshSupport": true } },
    });
    let mut editor = start(&tree, capabilities);
    let registered = editor.asked("client/registerCapability").params["registrations"][0].clone();
    assert!(registered["method"] == "workspace/didChangeWatchedFiles" && registered.to_string().contains("**/*.toml"), "{registered}");
    let brief = uri(&tree, "brief.md");
    editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": brief, "languageId": "markdown", "version": 1, "text": BRIEF } }));
    let document = json!({ "textDocument": { "uri": brief } });
    let first = editor.ask("textDocument/diagnostic", document).unwrap();
    assert!(!codes(first["items"].as_array().unwrap()).contains(&"tone/shouting"));
    tree.write("upr.toml", "");
    changed(&editor, &tree, "upr.toml");
    editor.asked("workspace/diagnostic/refresh");
    let again = json!({ "textDocument": { "uri": brief }, "previousResultId": first["resultId"] });
    let second = editor.ask("textDocument/diagnostic", again).unwrap();
    assert!(second["kind"] == "full" && codes(second["items"].as_array().unwrap()).contains(&"tone/shouting"), "{second}");
    editor.stop();
}

#[test]
fn all_briefs_of_the_folder_have_their_own_configuration() {
    let tree = coalition("workspace");
    let capabilities = json!({ "textDocument": { "diagnostic": {} }, "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut editor = start(&tree, capabilities);
    let mut briefs = |previous: Value| {
        let told = editor.ask("workspace/diagnostic", json!({ "previousResultIds": previous })).unwrap();
        let brief = |item: &Value| (item["uri"].as_str().unwrap().trim_start_matches(&uri(&tree, "")).to_owned(), item.clone());
        told["items"].as_array().unwrap().iter().map(brief).collect::<Vec<(String, Value)>>()
    };
    let lint = tree.run(&["lint", "--format", "json", "."]).out;
    let lint: Value = serde_json::from_str(&lint).unwrap();
    for (path, item) in briefs(json!([])) {
        let expected: Vec<&str> =
            lint["findings"].as_array().unwrap().iter().filter(|found| found["path"] == *path).map(|found| found["rule"].as_str().unwrap()).collect();
        assert_eq!(codes(item["items"].as_array().unwrap()), expected, "{path}");
        assert_eq!(expected.is_empty(), path.starts_with("drafts"), "{path}");
    }
}

#[test]
fn what_the_user_says_of_the_review_goes_before_the_configuration() {
    let tree = Folder::new("server-config-review");
    tree.write("upr.toml", "session = 54\nreview = \"2027-05\"");
    let limit = |options: Value| {
        let (mut editor, _) = Editor::begin(json!({ "rootUri": uri(&tree, ""), "initializationOptions": options, "capabilities": {} }));
        let brief = uri(&tree, "brief.md");
        editor.open(&brief, BRIEF);
        let position = json!({ "textDocument": { "uri": brief }, "position": { "line": 9, "character": 12 } });
        let card = editor.ask("textDocument/hover", position).unwrap()["contents"]["value"].as_str().unwrap().to_owned();
        editor.stop();
        card
    };
    assert!(limit(json!({})).contains("2031") && !limit(json!({})).contains("May 2031"), "{}", limit(json!({})));
    assert!(limit(json!({ "review": "2026-11-05" })).contains("5 May 2031"), "{}", limit(json!({ "review": "2026-11-05" })));
}

#[test]
fn rules_that_only_a_configuration_brings_along_are_explained_and_a_broken_one_is_shown_in_its_file() {
    let tree = coalition("explained");
    let mut editor = start(&tree, json!({}));
    let brief = uri(&tree, "geneva/own.md");
    assert_eq!(editor.ask("upr/explain", json!({ "rule": "tone/regret" })).unwrap(), Value::Null);
    editor.open(&brief, &fs::read_to_string(tree.0.join("geneva/own.md")).unwrap());
    let page = editor.ask("upr/explain", json!({ "rule": "tone/regret" })).unwrap();
    assert!(page.as_str().is_some_and(|page| page.contains("tone/regret")), "{page}");
    let rule = "rules-of-ours/tone/regret.toml";
    let text = fs::read_to_string(tree.0.join(rule)).unwrap();
    tree.write(rule, text.replace("severity", "severty"));
    changed(&editor, &tree, rule);
    assert!(editor.published(&uri(&tree, rule))[0]["message"].as_str().unwrap().contains("severty"));
    tree.write(rule, text);
    changed(&editor, &tree, rule);
    assert_eq!(editor.published(&uri(&tree, rule)), Vec::<Value>::new());
    editor.stop();
}

#[test]
fn an_editor_that_watches_no_files_has_its_configuration_read_again_when_it_saves_a_brief() {
    let folder = Folder::new("saves");
    folder.write("brief.md", BRIEF).write("upr.toml", "[rules]\n\"specific/continuing-verb\" = \"off\"\n");
    let editor = start(&folder, json!({}));
    let speaks = |found: &[Value]| found.iter().any(|found| found["code"] == "specific/continuing-verb");
    assert!(!speaks(&editor.open(&uri(&folder, "brief.md"), BRIEF)));
    folder.write("upr.toml", "");
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": uri(&folder, "brief.md") } }));
    assert!(speaks(&editor.published(&uri(&folder, "brief.md"))));
    editor.stop();
}
