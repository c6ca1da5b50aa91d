//! What lies on the disk: all briefs of a folder, rules of the user's own, and settings.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use upr_lint::text::lines::Encoding;

use crate::editor::{BRIEF, Editor, expected, told};

/// A folder of its own for a test, empty at first.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("server").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display().to_string().replace(' ', "%20"))
}

/// What an editor says that asks for diagnostics and can be asked to watch files.
fn initialize(folder: &Path, options: Value) -> Value {
    json!({
        "rootUri": uri(folder),
        "workspaceFolders": [{ "uri": uri(folder), "name": "briefs" }],
        "initializationOptions": options,
        "capabilities": {
            "textDocument": { "diagnostic": {} },
            "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true }, "diagnostics": { "refreshSupport": true } },
        },
    })
}

fn ask(editor: &mut Editor, previous: &Value) -> Vec<Value> {
    let answer = editor.ask("workspace/diagnostic", json!({ "previousResultIds": previous })).unwrap();
    answer["items"].as_array().unwrap().clone()
}

/// The answers, as what an editor says it has next time.
fn ids(items: &[Value]) -> Value {
    items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect()
}

fn kinds(items: &[Value]) -> Vec<(&str, &str)> {
    items.iter().map(|item| (item["uri"].as_str().unwrap().rsplit('/').next().unwrap(), item["kind"].as_str().unwrap())).collect()
}

fn changed(editor: &Editor, path: &Path, kind: u32) {
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(path), "type": kind }] }));
}

#[test]
fn all_briefs_of_the_folder_are_checked_and_open_ones_as_they_stand_in_the_editor() {
    let folder = folder("all briefs");
    write(&folder.join("a.md"), BRIEF);
    write(&folder.join("b.md"), BRIEF);
    write(&folder.join("deep/README.md"), "# A project\n\nText.\n");
    write(&folder.join("drafts/c.md"), BRIEF);
    write(&folder.join(".gitignore"), "drafts/\n");
    let (mut editor, offered) = Editor::begin(initialize(&folder, json!({})));
    assert_eq!(offered["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    let watched = editor.asked("client/registerCapability");
    assert!(watched.params.to_string().contains("**/*.md"), "{watched:?}");

    let first = ask(&mut editor, &json!([]));
    assert_eq!(kinds(&first), [("a.md", "full"), ("b.md", "full"), ("README.md", "full")]);
    assert_eq!(told(first[0]["items"].as_array().unwrap()), expected(BRIEF, Encoding::Utf16));
    assert_eq!(first[2]["items"], json!([]));
    let again = ask(&mut editor, &ids(&first));
    assert!(kinds(&again).iter().all(|(_, kind)| *kind == "unchanged"), "{again:?}");

    // The text in the editor is another one than on the disk.
    let other = BRIEF.replace("as soon as possible", "by December 2027");
    editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": uri(&folder.join("b.md")), "languageId": "markdown", "version": 7, "text": other } }));
    let opened = ask(&mut editor, &ids(&first));
    assert_eq!(kinds(&opened), [("a.md", "unchanged"), ("b.md", "full"), ("README.md", "unchanged")]);
    assert_eq!(opened[1]["version"], 7);
    assert_eq!(told(opened[1]["items"].as_array().unwrap()), expected(&other, Encoding::Utf16));

    write(&folder.join("a.md"), &other);
    changed(&editor, &folder.join("a.md"), 2);
    fs::remove_file(folder.join("deep/README.md")).unwrap();
    changed(&editor, &folder.join("deep/README.md"), 3);
    let last = ask(&mut editor, &ids(&opened));
    assert_eq!(kinds(&last), [("README.md", "full"), ("a.md", "full"), ("b.md", "unchanged")]);
    assert_eq!(told(last[1]["items"].as_array().unwrap()), expected(&other, Encoding::Utf16));
    editor.stop();
}

const RULE: &str = r#"
title      = "A word of our own"
severity   = "advice"
message    = "We do not write “{words}”."
rationale  = "Our house style."

[source]
work = "The house style of the coalition"
says = "Write plainly."

[match]
each = "recommendation"
with = "house words"

[examples]
flags = ["[[Ratify]] OPCAT by 2028.", "[[Ratify]] the Rome Statute by 2028."]
allows = ["Abolish school fees by 2028.", "Open ten schools by 2028."]
"#;
const WORDS: &str = "title = \"House words\"\nabout = \"Words of our own.\"\nwords = [\"ratify\"]\n";

/// The next findings that are published for a document, until those are wanted.
fn until(editor: &Editor, uri: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    std::iter::repeat_with(|| editor.published(uri)).find(|found| wanted(found)).unwrap()
}

#[test]
fn rules_of_the_users_own_work_and_a_broken_one_is_told_in_its_file() {
    let folder = folder("rules");
    let rule = folder.join("own rules/tone/house-word.toml");
    write(&rule, RULE);
    write(&folder.join("own rules/words/en/house-words.toml"), WORDS);
    let mut said = initialize(&folder, json!({ "rules": ["own rules"] }));
    // This one is told all findings.
    said["capabilities"]["textDocument"] = json!({});
    let (mut editor, _) = Editor::begin(said);
    let speaks = |found: &[Value]| found.iter().any(|found| found["code"] == "tone/house-word");
    assert!(speaks(&editor.open("file:///a.md", BRIEF)));
    let explained = editor.ask("upr/explain", json!({ "rule": "tone/house-word" })).unwrap();
    assert!(explained.as_str().unwrap().contains("Our house style."), "{explained}");

    // The last good rules go on working.
    write(&rule, &RULE.replace("severity ", "severty "));
    changed(&editor, &rule, 2);
    let faults = until(&editor, &uri(&rule), |found| !found.is_empty());
    assert!(faults[0]["message"].as_str().unwrap().contains("severty"), "{faults:?}");
    assert_eq!(faults[0]["range"]["start"]["line"], 2);
    editor.change("file:///a.md", 2, json!([{ "text": BRIEF.replace("December 2028", "December 2027") }]));
    assert!(speaks(&editor.published("file:///a.md")));

    write(&rule, &RULE.replace("advice", "error"));
    changed(&editor, &rule, 2);
    assert_eq!(until(&editor, &uri(&rule), <[Value]>::is_empty), Vec::<Value>::new());
    let heavier = |found: &[Value]| found.iter().any(|found| found["code"] == "tone/house-word" && found["severity"] == 1);
    until(&editor, "file:///a.md", heavier);
    editor.stop();
}

#[test]
fn an_editor_that_watches_no_files_has_its_rules_read_again_when_it_saves() {
    let folder = folder("saved");
    let rule = folder.join("own/tone/house-word.toml");
    write(&rule, RULE);
    write(&folder.join("own/words/en/house-words.toml"), WORDS);
    let (editor, _) = Editor::begin(json!({ "rootUri": uri(&folder), "initializationOptions": { "rules": ["own"] }, "capabilities": {} }));
    let heavy = |found: &[Value]| found.iter().any(|found| found["code"] == "tone/house-word" && found["severity"] == 1);
    assert!(!heavy(&editor.open("file:///a.md", BRIEF)));
    write(&rule, &RULE.replace("advice", "error"));
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": "file:///a.md" } }));
    assert!(heavy(&editor.published("file:///a.md")));
    editor.stop();
}

#[test]
fn a_folder_of_rules_elsewhere_is_watched_as_the_editor_can() {
    let folder = folder("elsewhere");
    write(&folder.join("own/tone/house-word.toml"), RULE);
    write(&folder.join("own/words/en/house-words.toml"), WORDS);
    for relative in [true, false] {
        let mut said = initialize(&folder, json!({ "rules": ["own"] }));
        said["capabilities"]["workspace"]["didChangeWatchedFiles"]["relativePatternSupport"] = json!(relative);
        let (editor, _) = Editor::begin(said);
        let asked = editor.asked("client/registerCapability").params;
        let glob = &asked["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"];
        let own = folder.join("own");
        let expected =
            if relative { json!({ "baseUri": uri(&own), "pattern": "**/*.{toml,md}" }) } else { json!(format!("{}/**/*.{{toml,md}}", own.display())) };
        assert_eq!(*glob, expected);
        editor.stop();
    }
}

#[test]
fn a_folder_without_rules_is_told_and_the_built_in_rules_work() {
    let folder = folder("nothing");
    let mut said = initialize(&folder, json!({ "rules": ["missing"], "session": "autumn" }));
    said["capabilities"]["textDocument"] = json!({});
    let (editor, _) = Editor::begin(said);
    let shown: Vec<String> = (0..2).map(|_| editor.told("window/showMessage")["message"].as_str().unwrap().to_owned()).collect();
    assert!(shown.iter().any(|message| message.contains("missing")) && shown.iter().any(|message| message.contains("autumn")), "{shown:?}");
    assert_eq!(told(&editor.open("file:///a.md", BRIEF)), expected(BRIEF, Encoding::Utf16));
    editor.stop();
}

#[test]
fn settings_are_asked_for_and_followed_when_they_change() {
    let (mut editor, _) = Editor::begin(json!({
        "capabilities": { "workspace": { "configuration": true, "didChangeConfiguration": { "dynamicRegistration": true } } },
    }));
    let asked = editor.asked("workspace/configuration");
    assert_eq!(asked.params["items"][0]["section"], "upr");
    editor.reply(&asked, json!([{ "rules": [], "review": "2027-02" }]));
    editor.open("file:///a.md", BRIEF);
    let due = |editor: &mut Editor| {
        let position = json!({ "textDocument": { "uri": "file:///a.md" }, "position": { "line": 9, "character": 12 } });
        editor.ask("textDocument/hover", position).unwrap()["contents"]["value"].as_str().unwrap().to_owned()
    };
    let first = due(&mut editor);
    assert!(first.contains("28 August 2031"), "{first}");
    editor.tell("workspace/didChangeConfiguration", json!({ "settings": null }));
    let asked = editor.asked("workspace/configuration");
    editor.reply(&asked, json!([{ "rules": [], "review": "" }]));
    let second = due(&mut editor);
    assert!(second.contains("5 May 2031"), "{second}");
    editor.stop();
}

#[test]
fn an_editor_that_cannot_be_asked_tells_its_settings() {
    let (mut editor, _) = Editor::begin(json!({ "capabilities": {} }));
    editor.tell("workspace/didChangeConfiguration", json!({ "settings": { "upr": { "state": "NPL" } } }));
    editor.open("file:///a.md", "# A brief\n\nRecommendations:\n\n- Abolish school fees.\n");
    let described = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": "file:///a.md" } })).unwrap();
    let codes: Vec<&str> = described["items"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect();
    assert!(!codes.contains(&"brief/no-state"), "{codes:?}");
    editor.stop();
}

#[test]
fn an_address_of_our_own_only_goes_to_those_who_can_show_it() {
    let found = |options: Value| {
        let (editor, _) = Editor::begin(json!({ "capabilities": {}, "initializationOptions": options }));
        let found = editor.open("file:///a.md", BRIEF);
        editor.stop();
        found
    };
    assert!(found(json!({})).iter().all(|found| found.get("codeDescription").is_none()));
    let with = found(json!({ "explain": true }));
    assert!(with.iter().all(|found| found["codeDescription"]["href"] == format!("upr:/{}.txt", found["code"].as_str().unwrap())), "{with:?}");
}
