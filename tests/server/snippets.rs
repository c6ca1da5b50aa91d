//! Fixes with a gap: a place to fill in where the editor can, the same words as text where it cannot.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use upr_lint::text::Source;
use upr_lint::text::lines::{Encoding, Position};

use crate::editor::{BRIEF, Editor, edited_in};

const URI: &str = "file:///a.md";
const GAP: &str = "Add “, by [DATE]”";

/// A brief whose first recommendation has no date; a character of four bytes stands before the place of the gap.
fn brief() -> String {
    BRIEF.replace("Ratify OPCAT by December 2028", "Ratify “😀” and OPCAT")
}

/// What an editor says of edits.
fn client(edits: Value, experimental: Value, encoding: &str) -> Value {
    json!({ "workspace": { "workspaceEdit": edits }, "experimental": experimental, "general": { "positionEncodings": [encoding] } })
}

fn standard() -> Value {
    client(json!({ "documentChanges": true, "snippetEditSupport": true }), Value::Null, "utf-16")
}

/// The actions that an editor gets for the whole of a text.
fn actions(capabilities: Value, text: &str) -> Vec<Value> {
    let (mut editor, _) = Editor::start(capabilities);
    editor.open(URI, text);
    let actions = all_actions(&mut editor);
    editor.stop();
    actions
}

fn all_actions(editor: &mut Editor) -> Vec<Value> {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": { "diagnostics": [] } });
    editor.ask("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    actions.iter().find(|action| action["title"] == title).unwrap_or_else(|| panic!("no “{title}” in {actions:?}"))
}

#[test]
fn a_gap_is_a_place_to_fill_in_for_an_editor_of_the_standard() {
    let actions = actions(standard(), &brief());
    let action = titled(&actions, GAP);
    assert_eq!(action["isPreferred"], false);
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 1 }));
    assert_eq!(change["edits"][0]["snippet"], json!({ "kind": "snippet", "value": ", by ${1:[DATE]}" }));
    assert_eq!(change["edits"][0].get("newText"), None);
    assert_eq!(action["edit"].get("changes"), None);
}

#[test]
fn a_gap_is_a_marked_edit_for_an_editor_that_knows_these() {
    let known = json!({ "snippetTextEdit": true });
    let actions = actions(client(json!({ "documentChanges": true }), known, "utf-16"), &brief());
    let edit = &titled(&actions, GAP)["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!((&edit["newText"], &edit["insertTextFormat"]), (&json!(", by ${1:[DATE]}"), &json!(2)));
    assert_eq!(edit.get("snippet"), None);
}

#[test]
fn any_other_editor_gets_the_words_as_text() {
    for capabilities in [
        json!({}),
        client(json!({ "documentChanges": true }), Value::Null, "utf-16"),
        // An edit without a version cannot be a snippet.
        client(json!({ "snippetEditSupport": true }), json!({ "snippetTextEdit": true }), "utf-16"),
        client(json!({ "documentChanges": true, "snippetEditSupport": "yes" }), json!(["snippetTextEdit"]), "utf-16"),
    ] {
        let actions = actions(capabilities.clone(), &brief());
        let action = titled(&actions, GAP);
        let (text, places) = edited_in(&brief(), action, Encoding::Utf16);
        assert!(text.contains("- Ratify “😀” and OPCAT, by [DATE].\n") && places.is_empty(), "{capabilities}: {text}");
        assert!(!action.to_string().contains("${1:"), "{action}");
    }
}

#[test]
fn the_snippet_left_as_it_is_gives_the_words_of_the_plain_edit_in_every_encoding() {
    for (name, encoding) in [("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("utf-32", Encoding::Utf32)] {
        let plain = actions(client(Value::Null, Value::Null, name), &brief());
        let both = [
            client(json!({ "documentChanges": true, "snippetEditSupport": true }), Value::Null, name),
            client(json!({ "documentChanges": true }), json!({ "snippetTextEdit": true }), name),
        ];
        for capabilities in both {
            let snippets = actions(capabilities, &brief());
            assert_eq!(plain.len(), snippets.len());
            let mut selected = Vec::new();
            for (plain, snippet) in plain.iter().zip(&snippets) {
                assert_eq!(plain["title"], snippet["title"]);
                let (text, places) = edited_in(&brief(), snippet, encoding);
                assert_eq!((text, Vec::new()), edited_in(&brief(), plain, encoding), "{snippet}");
                selected.extend(places);
            }
            assert!(selected.contains(&"[DATE]".to_owned()) && selected.contains(&"say why here".to_owned()), "{selected:?}");
        }
        let edit = &titled(&plain, GAP)["edit"]["changes"][URI][0];
        let source = Source::new("a.md", brief());
        let at = brief().find("OPCAT.").unwrap() + "OPCAT".len();
        let Position { line, column } = source.lines().position(source.text(), at as u32, encoding);
        assert_eq!(edit["range"]["start"], json!({ "line": line, "character": column }), "{name}");
    }
}

#[test]
fn the_reason_of_a_comment_is_a_place_to_fill_in() {
    for (text, rule) in [(BRIEF.to_owned(), "time-bound/vague-deadline"), (BRIEF.replace("# Zemland", "Zemland"), "brief/no-contact")] {
        let actions = actions(standard(), &text);
        let (ignored, places) = edited_in(&text, titled(&actions, &format!("Ignore {rule} here")), Encoding::Utf16);
        assert_eq!(places, ["say why here"]);
        assert!(ignored.contains(&format!("{rule}: say why here -->")), "{ignored}");
    }
}

#[test]
fn what_is_wrong_with_a_comment_cannot_be_ignored_by_another() {
    let text = BRIEF.replace("Text.", "Text. <!-- upr-ignore brief/too-long: agreed -->");
    let titles: Vec<String> = actions(standard(), &text).iter().map(|action| action["title"].as_str().unwrap().to_owned()).collect();
    assert!(titles.contains(&"Remove it".to_owned()) && !titles.iter().any(|title| title.contains("ignore/unused")), "{titles:?}");
}

#[test]
fn a_gap_is_never_filled_in_bulk() {
    let text = brief().replace("Text.", "Zemland rejected recommendation 12.");
    let actions = actions(standard(), &text);
    let (mended, places) = edited_in(&text, titled(&actions, "Mend all that has one right answer"), Encoding::Utf16);
    assert_eq!(mended, text.replace("rejected", "noted"));
    assert_eq!(places, Vec::<String>::new());
}

const RULE: &str = r#"
title      = "A treaty without a sum"
severity   = "advice"
message    = "Say how much it costs."
rationale  = "Our house style."

[source]
work = "The house style of the coalition"
says = "Write plainly."

[match]
each = "recommendation"
with = "house words"

[fix]
is    = "placeholder"
after = "(for $5 \\ [SUM] of ${1:all}, see [the law](law.md), by [WHO, in {2028\\}])"

[examples]
flags = ["[[Ratify]] OPCAT by 2028.", "[[Ratify]] the Rome Statute by 2028."]
allows = ["Abolish school fees by 2028.", "Open ten schools by 2028."]
"#;

#[test]
fn each_gap_of_a_rule_of_the_users_own_is_a_place_and_nothing_else_is() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("server/gaps");
    fs::create_dir_all(folder.join("tone")).unwrap();
    fs::create_dir_all(folder.join("words/en")).unwrap();
    fs::write(folder.join("tone/house-word.toml"), RULE.replace("{2028", "2028").replace("${1:all}", "$1")).unwrap();
    fs::write(folder.join("words/en/house-words.toml"), "title = \"House words\"\nabout = \"Words of our own.\"\nwords = [\"ratify\"]\n").unwrap();
    let (mut editor, _) = Editor::begin(json!({ "capabilities": standard(), "initializationOptions": { "rules": [folder] } }));
    editor.open(URI, BRIEF);
    let actions = all_actions(&mut editor);
    let action = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with("Add “(for")).unwrap_or_else(|| panic!("{actions:?}"));
    let (text, places) = edited_in(BRIEF, action, Encoding::Utf16);
    assert!(text.contains("- Ratify (for $5 \\ [SUM] of $1, see [the law](law.md), by [WHO, in 2028\\}]) OPCAT"), "{text}");
    assert_eq!(places, ["[SUM]", "[WHO, in 2028\\}]"]);
    editor.stop();
}

#[test]
fn to_mend_all_waits_until_it_is_chosen_if_the_editor_can_wait() {
    let text = BRIEF.replace("Text.", "Zemland rejected recommendation 12.");
    let resolves = json!({ "textDocument": { "codeAction": { "dataSupport": true, "resolveSupport": { "properties": ["edit"] } } } });
    let (mut editor, offered) = Editor::start(resolves);
    assert_eq!(offered["capabilities"]["codeActionProvider"]["resolveProvider"], true);
    editor.open(URI, &text);
    let mut action = titled(&all_actions(&mut editor), "Mend all that has one right answer").clone();
    assert_eq!(action.get("edit"), None);
    // An editor may send it back with more than it got.
    action["diagnostics"] = json!([]);
    let whole = editor.ask("codeAction/resolve", action.clone()).unwrap();
    assert_eq!(edited_in(&text, &whole, Encoding::Utf16).0, text.replace("rejected", "noted"));
    // Some editors ask for what they have already.
    let other = titled(&all_actions(&mut editor), "Write “noted”").clone();
    assert_eq!(editor.ask("codeAction/resolve", other.clone()).unwrap(), other);
    editor.change(URI, 2, json!([{ "text": BRIEF }]));
    assert_eq!(editor.ask("codeAction/resolve", action), Err("the text has changed".to_owned()));
    assert!(editor.ask("codeAction/resolve", json!({ "title": "x", "data": [1] })).is_err());
    assert_eq!(editor.ask("codeAction/resolve", json!(null)).unwrap(), Value::Null);
    editor.stop();
}

#[test]
fn a_rule_is_explained_by_an_editor_that_can_show_its_page() {
    let of = |options: Value| {
        let (mut editor, _) = Editor::begin(json!({ "capabilities": standard(), "initializationOptions": options }));
        editor.open(URI, BRIEF);
        let actions = all_actions(&mut editor);
        editor.stop();
        actions
    };
    let with = of(json!({ "explain": true }));
    let action = titled(&with, "Explain time-bound/vague-deadline");
    assert_eq!(action["command"]["command"], "upr.explainRule");
    assert_eq!(action["command"]["arguments"], json!(["time-bound/vague-deadline"]));
    assert!(of(json!({})).iter().all(|action| action.get("command").is_none()));
}
