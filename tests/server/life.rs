//! From `initialize` to `exit`: findings, what is asked for about a text, and what goes wrong on the way.

use std::io::{BufReader, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use lsp_server::{Connection, Message};
use proptest::prelude::*;
use serde_json::{Value, json};
use upr_lint::brief::review::Review;
use upr_lint::builtin;
use upr_lint::fixes::{self, Which};
use upr_lint::server::settings::Settings;
use upr_lint::server::{self, Ended};
use upr_lint::text::Source;
use upr_lint::text::lines::Encoding;

use crate::editor::{BRIEF, Editor, edited, expected, in_encoding, told, utf16};

#[test]
fn findings_are_those_of_the_command_line_in_every_encoding() {
    for (name, encoding) in [("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("utf-32", Encoding::Utf32)] {
        let (editor, offered) = Editor::start(in_encoding(name));
        assert_eq!(offered["capabilities"]["positionEncoding"], name);
        let found = editor.open("file:///a.md", BRIEF);
        assert!(!found.is_empty());
        assert_eq!(told(&found), expected(BRIEF, encoding));
        assert_eq!(editor.stop(), Ended::InOrder);
    }
}

#[test]
fn any_address_is_a_name() {
    let (editor, _) = Editor::start(utf16());
    for uri in ["untitled:Untitled-1", "file:///c%3A/Users/a%20b/brief.md", "file:///briefs/r%C3%A9sum%C3%A9.md", "vscode-vfs://github/x/brief.md"] {
        assert_eq!(told(&editor.open(uri, BRIEF)), expected(BRIEF, Encoding::Utf16), "{uri}");
    }
    editor.stop();
}

#[test]
fn a_text_that_is_no_brief_stays_quiet() {
    let (mut editor, _) = Editor::start(utf16());
    assert_eq!(editor.open("file:///README.md", "# A project\n\n## Use\n\nText that must be good!\n"), Vec::<Value>::new());
    let lenses = editor.ask("textDocument/codeLens", json!({ "textDocument": { "uri": "file:///README.md" } })).unwrap();
    assert_eq!(lenses, Value::Null);
    editor.stop();
}

#[test]
fn findings_can_be_asked_for() {
    let (mut editor, offered) = Editor::start(json!({ "textDocument": { "diagnostic": {} } }));
    assert_eq!(offered["capabilities"]["diagnosticProvider"]["identifier"], "upr");
    editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": BRIEF } }));
    let full = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": "file:///a.md" } })).unwrap();
    assert_eq!(full["kind"], "full");
    assert_eq!(told(full["items"].as_array().unwrap()), expected(BRIEF, Encoding::Utf16));
    let again = json!({ "textDocument": { "uri": "file:///a.md" }, "previousResultId": full["resultId"] });
    assert_eq!(editor.ask("textDocument/diagnostic", again.clone()).unwrap()["kind"], "unchanged");
    editor.change("file:///a.md", 2, json!([{ "text": "# Zemland: UPR, 53rd session\n" }]));
    assert_eq!(editor.ask("textDocument/diagnostic", again).unwrap()["kind"], "full");
    editor.stop();
}

#[test]
fn each_finding_can_be_ignored_by_a_click_and_is_gone() {
    let (mut editor, _) = Editor::start(utf16());
    let found = editor.open("file:///a.md", BRIEF);
    for finding in &found {
        let params = json!({ "textDocument": { "uri": "file:///a.md" }, "range": finding["range"], "context": { "diagnostics": [] } });
        let actions = editor.ask("textDocument/codeAction", params).unwrap();
        let code = finding["code"].as_str().unwrap();
        let wanted = format!("Ignore {code} here");
        let action =
            actions.as_array().unwrap().iter().find(|action| action["title"] == wanted.as_str()).unwrap_or_else(|| panic!("no “{wanted}” in {actions}"));
        let after = expected(&edited(BRIEF, action), Encoding::Utf16);
        assert!(
            after.iter().all(|(range, rule, _)| rule != code || range["start"]["line"] != finding["range"]["start"]["line"]),
            "{code} is still there: {after:?}"
        );
        assert!(after.iter().all(|(_, rule, _)| !rule.starts_with("ignore/")), "the comment is no good: {after:?}");
    }
    editor.stop();
}

#[test]
fn a_fix_is_offered_and_mends() {
    let text = BRIEF.replace("Text.", "Text. <!-- upr-ignore brief/too-long: agreed with the coalition -->");
    let (mut editor, _) = Editor::start(utf16());
    let found = editor.open("file:///a.md", &text);
    let unused = found.iter().find(|finding| finding["code"] == "ignore/unused").expect("the comment silences nothing");
    let params = json!({ "textDocument": { "uri": "file:///a.md" }, "range": unused["range"], "context": { "diagnostics": [], "only": ["quickfix"] } });
    let actions = editor.ask("textDocument/codeAction", params).unwrap();
    let first = &actions.as_array().unwrap()[0];
    assert_eq!((&first["title"], &first["isPreferred"]), (&json!("Remove it"), &json!(true)));
    let mended = edited(&text, first);
    assert!(!mended.contains("upr-ignore"), "{mended}");
    assert!(expected(&mended, Encoding::Utf16).iter().all(|(_, rule, _)| rule != "ignore/unused"));
    editor.stop();
}

#[test]
fn hovering_tells_why_and_what_was_understood() {
    let (mut editor, _) = Editor::start(json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } }));
    editor.open("file:///a.md", BRIEF);
    let mut hover = |line: u32, character: u32| {
        let params = json!({ "textDocument": { "uri": "file:///a.md" }, "position": { "line": line, "character": character } });
        editor.ask("textDocument/hover", params).unwrap()["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert!(hover(8, 3).contains("specific/general-verb"), "{}", hover(8, 3));
    let understood = hover(9, 12);
    assert!(understood.contains("Recommendation 2") && understood.contains("31 December 2028") && understood.contains("5 May 2031"), "{understood}");
    assert_eq!(hover(1, 0), "");
    editor.stop();
}

#[test]
fn the_shape_of_the_brief_is_shown() {
    let nested = json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    let (mut editor, _) = Editor::start(nested);
    editor.open("file:///a.md", BRIEF);
    let document = json!({ "textDocument": { "uri": "file:///a.md" } });
    let symbols = editor.ask("textDocument/documentSymbol", document.clone()).unwrap();
    assert_eq!(symbols[0]["name"], "Children in prison 😀");
    assert_eq!(symbols[0]["children"].as_array().unwrap().len(), 2);
    let folds = editor.ask("textDocument/foldingRange", document.clone()).unwrap();
    assert_eq!((&folds[0]["startLine"], &folds[0]["endLine"]), (&json!(2), &json!(9)));
    let lenses = editor.ask("textDocument/codeLens", document).unwrap();
    assert!(lenses[0]["command"]["title"].as_str().unwrap().contains("1 of 4 issues · 2 recommendations"), "{lenses}");
    assert_eq!(lenses.as_array().unwrap().len(), 3);
    editor.stop();
}

#[test]
fn nothing_that_is_said_ends_the_server() {
    let (mut editor, _) = Editor::start(utf16());
    assert!(editor.ask("textDocument/hover", json!({ "wrong": true })).is_err());
    assert!(editor.ask("upr/unheardOf", json!({})).is_err());
    editor.tell("textDocument/didChange", json!("nonsense"));
    editor.tell("$/unheardOf", json!({}));
    editor.change("file:///never-opened.md", 3, json!([{ "text": "x" }]));
    let far = json!({ "textDocument": { "uri": "file:///a.md" }, "position": { "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 } });
    editor.open("file:///a.md", BRIEF);
    assert_eq!(editor.ask("textDocument/hover", far).unwrap(), Value::Null);
    // An older change than the one that we have is dropped.
    editor.change("file:///a.md", 5, json!([{ "text": "# Zemland: UPR, 53rd session\n" }]));
    editor.change("file:///a.md", 4, json!([{ "text": "" }]));
    let found = editor.published("file:///a.md");
    assert!(!found.is_empty());
    assert_eq!(editor.stop(), Ended::InOrder);
}

#[test]
fn a_cancelled_request_is_not_computed() {
    let (ours, theirs) = Connection::memory();
    let mut editor = Editor { connection: ours, server: None, next: 0 };
    let initialize = editor.send("initialize", json!({ "capabilities": {} }));
    editor.tell("initialized", json!({}));
    let hover = json!({ "textDocument": { "uri": "file:///a.md" }, "position": { "line": 0, "character": 0 } });
    let asked = editor.send("textDocument/hover", hover);
    editor.tell("$/cancelRequest", json!({ "id": 2 }));
    // The server begins only now, when all has been said.
    editor.server = Some(thread::spawn(move || server::run(&theirs, &Settings::default()).unwrap()));
    editor.answer(&initialize);
    assert_eq!(editor.answer(&asked).response_result.unwrap_err().code, -32800);
    editor.stop();
}

#[test]
fn a_burst_of_edits_ends_in_the_right_state() {
    let (editor, _) = Editor::start(utf16());
    editor.open("file:///a.md", BRIEF);
    let end = BRIEF.lines().count() as u32;
    for version in 2..10_002 {
        let at = json!({ "line": end, "character": version - 2 });
        editor.change("file:///a.md", version, json!([{ "range": { "start": at, "end": at }, "text": "x" }]));
    }
    let whole = format!("{BRIEF}{}", "x".repeat(10_000));
    let wanted = expected(&whole, Encoding::Utf16);
    // Findings may come in between; the last ones are those of the last text.
    let last = std::iter::repeat_with(|| told(&editor.published("file:///a.md"))).find(|found| *found == wanted);
    assert!(last.is_some());
    editor.stop();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// The name of a result is made from the text, so that two texts with one name are the same.
    #[test]
    fn after_any_edits_all_is_as_if_the_text_had_been_opened_so(
        encoding in 0_usize..3,
        edits in proptest::collection::vec((0_usize..400, 0_usize..40, "[a-z é😀\\n\\-#]{0,12}", any::<bool>()), 1..24),
    ) {
        let (name, encoding) = [("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("utf-32", Encoding::Utf32)][encoding];
        let (mut editor, _) = Editor::start(in_encoding(name));
        editor.open("file:///a.md", BRIEF);
        let mut text = BRIEF.to_owned();
        let mut together = Vec::new();
        for (version, (start, length, new, last)) in edits.into_iter().enumerate() {
            let start = text.floor_char_boundary(start);
            let end = text.floor_char_boundary(start + length);
            let source = Source::new("brief.md", text.clone());
            let position = |offset: usize| {
                let position = source.lines().position(source.text(), offset as u32, encoding);
                json!({ "line": position.line, "character": position.column })
            };
            together.push(json!({ "range": { "start": position(start), "end": position(end) }, "text": new }));
            text.replace_range(start..end, &new);
            if last {
                editor.change("file:///a.md", version as i32 + 2, Value::Array(std::mem::take(&mut together)));
            }
        }
        editor.change("file:///a.md", 99, Value::Array(together));
        editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": "file:///b.md", "languageId": "markdown", "version": 1, "text": text } }));
        for method in ["textDocument/diagnostic", "textDocument/documentSymbol", "textDocument/codeLens", "textDocument/semanticTokens/full"] {
            let mut of = |uri: &str| editor.ask(method, json!({ "textDocument": { "uri": uri } })).unwrap().to_string().replace(uri, "");
            prop_assert_eq!(of("file:///a.md"), of("file:///b.md"));
        }
        let found = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": "file:///a.md" } })).unwrap();
        let found = told(found["items"].as_array().unwrap());
        // A text that is no brief any more has no findings.
        let is_brief = editor.ask("textDocument/codeLens", json!({ "textDocument": { "uri": "file:///a.md" } })).unwrap() != Value::Null;
        prop_assert_eq!(found, if is_brief { expected(&text, encoding) } else { Vec::new() });
        editor.stop();
    }
}

#[test]
fn the_program_speaks_over_its_pipes_and_survives_garbage() {
    let mut program =
        Command::new(env!("CARGO_BIN_EXE_upr")).args(["server", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the server starts");
    let mut input = program.stdin.take().unwrap();
    let mut output = BufReader::new(program.stdout.take().unwrap());
    let mut say = |body: &str| write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    say(r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}"#);
    say("{ this is no JSON");
    say(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
    say(r#"{"jsonrpc":"2.0","id":"two","method":"shutdown"}"#);
    say(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    let mut ids = Vec::new();
    while let Some(message) = Message::read(&mut output).unwrap() {
        if let Message::Response(response) = message {
            ids.push(response.id.to_string());
        }
    }
    assert_eq!(ids, ["1", "\"two\""]);
    assert_eq!(program.wait().unwrap().code(), Some(0));
}

#[test]
fn all_that_has_one_right_answer_is_mended_by_one_action() {
    let text = BRIEF.replace(
        "Text.",
        "Zemland rejected recommendation 12.\r\n<!-- upr-ignore brief/too-long: agreed 😀 -->\r\n\r\nIt rejected recommendation 13 too. <!-- upr-ignore safety: calm -->",
    );
    let (mut editor, offered) = Editor::start(utf16());
    assert!(offered["capabilities"]["codeActionProvider"]["codeActionKinds"].as_array().unwrap().contains(&json!("source.fixAll.upr")));
    editor.open("file:///a.md", &text);
    let asked = |kind: &str| {
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
        json!({ "textDocument": { "uri": "file:///a.md" }, "range": range, "context": { "diagnostics": [], "only": [kind] } })
    };
    for kind in ["source", "source.fixAll", "source.fixAll.upr"] {
        let actions = editor.ask("textDocument/codeAction", asked(kind)).unwrap();
        let [action] = actions.as_array().unwrap().as_slice() else { panic!("{actions}") };
        assert_eq!(action["kind"], "source.fixAll.upr");
        let source = Source::new("a.md", text.clone());
        let mended = fixes::apply(&source, builtin::rulebook(), &Review::default(), Which::Safe, |_| true);
        assert!(!mended.source.text().contains("rejected") && !mended.source.text().contains("upr-ignore"), "{}", mended.source.text());
        assert_eq!(edited(&text, action), mended.source.text());
    }
    assert_eq!(editor.ask("textDocument/codeAction", asked("source.organizeImports")).unwrap(), json!([]));
    editor.change("file:///a.md", 2, json!([{ "text": BRIEF }]));
    assert_eq!(editor.ask("textDocument/codeAction", asked("source.fixAll")).unwrap(), json!([]));
    editor.stop();
}
