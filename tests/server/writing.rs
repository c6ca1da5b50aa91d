//! What helps while a recommendation is written: the card under the mouse, dates, colours, completions.

use serde_json::{Value, json};
use upr_lint::brief::review::Review;
use upr_lint::rules::verdict::{Answer, Letter};
use upr_lint::text::Source;
use upr_lint::text::lines::{Encoding, Position};
use upr_lint::{builtin, check};

use crate::editor::{Editor, utf16};

const URI: &str = "file:///a.md";

/// A brief with these recommendations; the first stands on line 8.
fn brief(recommendations: &[&str]) -> String {
    let items = recommendations.iter().fold(String::new(), |items, text| items + "- " + text + "\n");
    format!("# Zemland: UPR, 53rd session, 5 November 2026\n\n## Children in prison 😀\n\nText.\n\n### Recommendations\n\n{items}")
}

fn hover(recommendation: &str) -> String {
    let (mut editor, _) = Editor::start(json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } }));
    editor.open(URI, &brief(&[recommendation]));
    // The middle of the sentence: where no finding is, or the card comes after it.
    let position = json!({ "line": 8, "character": 4 });
    let hover = editor.ask("textDocument/hover", json!({ "textDocument": { "uri": URI }, "position": position })).unwrap();
    editor.stop();
    hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

/// The better wording that the card offers.
fn better(recommendation: &str) -> Option<String> {
    let card = hover(recommendation);
    let (_, wording) = card.split_once("For example: “")?;
    Some(wording.trim_end().trim_end_matches('”').replace('\\', ""))
}

#[test]
fn the_card_tells_each_letter_with_the_words_that_earned_it() {
    let card = hover("Ratify OPCAT by December 2028.");
    assert!(card.contains("**Recommendation 1** `S M A ? T`"), "{card}");
    for cell in ["**S** specific: met – “Ratify OPCAT”", "**A** achievable: met", "**T** time-bound: met – “by December 2028”"] {
        assert!(card.contains(cell), "{cell} is not in: {card}");
    }
    assert!(card.contains("Due by **31 December 2028** (the limit is 5 May 2031)"), "{card}");
    assert!(!card.contains("For example"), "there is nothing to better: {card}");
    let late = hover("Open a children’s court in each district within six years of the review.");
    assert!(late.contains("**5 November 2032** (the limit is 5 May 2031), 18 months after the limit"), "{late}");
    let next = hover("Open a children’s court in each district before the next review.");
    assert!(next.contains("Due by 5 May 2031, the limit"), "{next}");
}

#[test]
fn a_better_wording_has_a_place_for_the_date_and_nothing_made_up() {
    for (written, bettered) in [
        ("Ratify the Rome Statute.", "Ratify the Rome Statute, by [DATE]."),
        ("**Ratify** the Rome Statute", "Ratify the Rome Statute, by [DATE]"),
        ("Ratify the Rome Statute as soon as possible.", "Ratify the Rome Statute, by [DATE]."),
        ("Promptly ratify the Rome Statute.", "Ratify the Rome Statute, by [DATE]."),
        ("Ratify, without delay, the Rome Statute.", "Ratify the Rome Statute, by [DATE]."),
        ("Ratify the Rome Statute, without delay.", "Ratify the Rome Statute, by [DATE]."),
        ("Ratify the Rome Statute by 2035.", "Ratify the Rome Statute by [DATE]."),
    ] {
        assert_eq!(better(written).as_deref(), Some(bettered), "{written}");
    }
    // Here the sentence could come out crooked, or there is nothing to better.
    for written in [
        "Promptly and unconditionally release the three editors.",
        "Accelerate the adoption of the law on legal aid.",
        "Ratify the Rome Statute by December 2028.",
    ] {
        assert_eq!(better(written), None, "{written}");
    }
}

fn hints(text: &str) -> Vec<(u64, String)> {
    let (mut editor, offered) = Editor::start(utf16());
    assert_eq!(offered["capabilities"]["inlayHintProvider"], true);
    editor.open(URI, text);
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = editor.ask("textDocument/inlayHint", json!({ "textDocument": { "uri": URI }, "range": range })).unwrap();
    editor.stop();
    let one = |hint: &Value| (hint["position"]["character"].as_u64().unwrap(), hint["label"].as_str().unwrap().to_owned());
    hints.as_array().unwrap().iter().map(one).collect()
}

#[test]
fn a_relative_deadline_gets_its_date() {
    let text = brief(&[
        "Abolish school fees within two years of the review.",
        "Abolish exam fees by the next review.",
        "Abolish uniform fees within six years of the review.",
        "Abolish bus fees by December 2028.",
    ]);
    let found: Vec<String> = hints(&text).into_iter().map(|(_, label)| label).collect();
    assert_eq!(found, ["= by 5 November 2028", "= by 5 May 2031, the limit", "= by 5 November 2032, 18 months after the limit"]);
    let place = hints(&brief(&["Abolish school fees within two years."])).remove(0).0;
    assert_eq!(place as usize, "- Abolish school fees within two years".len());
    // Of a review of which only the month is known no day is told.
    let month = hints(&text.replace("5 November 2026", "November 2026")).remove(0).1;
    assert_eq!(month, "= by November 2028");
}

#[test]
fn the_deadline_of_a_lead_in_gets_its_date_once() {
    let text = brief(&[]) + "Within two years of the review, Zemland should:\n\n- abolish school fees;\n- open ten schools.\n";
    assert_eq!(hints(&text).len(), 1, "{:?}", hints(&text));
}

/// The tokens of a text: the words with their kinds.
fn tokens(text: &str, method: &str, range: Option<Value>) -> Vec<(String, String)> {
    let (mut editor, offered) = Editor::start(utf16());
    let legend = offered["capabilities"]["semanticTokensProvider"]["legend"]["tokenModifiers"].as_array().unwrap().clone();
    editor.open(URI, text);
    let answer = editor.ask(method, json!({ "textDocument": { "uri": URI }, "range": range })).unwrap();
    editor.stop();
    let source = Source::new("a.md", text.to_owned());
    let (mut line, mut column) = (0, 0);
    let data: Vec<u32> = answer["data"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap() as u32).collect();
    let mut found = Vec::new();
    for token in data.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let offset = |column| source.lines().offset(source.text(), Position { line, column }, Encoding::Utf16) as usize;
        assert_eq!(token[4], 1 << token[3]);
        found.push((text[offset(column)..offset(column + token[2])].to_owned(), legend[token[3] as usize].as_str().unwrap().to_owned()));
    }
    found
}

fn pairs(words: &[(&str, &str)]) -> Vec<(String, String)> {
    words.iter().map(|(word, kind)| ((*word).to_owned(), (*kind).to_owned())).collect()
}

#[test]
fn what_counts_in_a_recommendation_is_coloured() {
    let text = brief(&["Ratify the Rome Statute 😀 by December 2028.", "Raise the number of judges from 12 to 40,\n  as UNICEF has asked, by 2029."]);
    let whole = pairs(&[
        ("Ratify", "action"),
        ("Rome Statute", "treaty"),
        ("by December 2028", "deadline"),
        ("Raise", "action"),
        ("12", "measure"),
        ("40", "measure"),
        ("UNICEF", "body"),
        ("by 2029", "deadline"),
    ]);
    let found = tokens(&text, "textDocument/semanticTokens/full", None);
    let found: Vec<_> = found.into_iter().map(|(word, kind)| (word.trim_start_matches("to ").trim_start_matches("from ").to_owned(), kind)).collect();
    assert_eq!(found, whole);
    let second = json!({ "start": { "line": 9, "character": 0 }, "end": { "line": 9, "character": 5 } });
    assert_eq!(tokens(&text, "textDocument/semanticTokens/range", Some(second)).len(), 5);
}

#[test]
fn a_text_without_recommendations_has_no_colours() {
    let text = "# Zemland: UPR, 53rd session\n\nIn 2020 Zemland ratified the Rome Statute by a vote of 40 to 12.\n";
    assert_eq!(tokens(text, "textDocument/semanticTokens/full", None), []);
}

/// What is offered at the mark `|` of a text.
fn offered(text: &str, snippets: bool) -> Vec<Value> {
    let (before, after) = text.split_once('|').unwrap();
    let line = before.matches('\n').count();
    let character = before.rsplit('\n').next().unwrap().encode_utf16().count();
    let (mut editor, _) = Editor::start(json!({ "textDocument": { "completion": { "completionItem": { "snippetSupport": snippets } } } }));
    editor.open(URI, &format!("{before}{after}"));
    let position = json!({ "line": line, "character": character });
    let answer = editor.ask("textDocument/completion", json!({ "textDocument": { "uri": URI }, "position": position })).unwrap();
    editor.stop();
    answer.as_array().cloned().unwrap_or_default()
}

fn labels(text: &str) -> Vec<String> {
    offered(text, false).iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_preposition_of_time_offers_dates_that_the_rules_accept() {
    let by = labels(&brief(&["Abolish school fees by |"]));
    assert_eq!(by, ["November 2028", "November 2027", "November 2029", "November 2030", "5 May 2031", "the next review"]);
    assert_eq!(labels(&brief(&["Abolish school fees by Nov|"])), by[..4]);
    assert_eq!(labels(&brief(&["Abolish school fees within |"])).len(), 4);
    assert!(labels(&brief(&["Abolish school fees before |"])).contains(&"the next review".to_owned()));
    for preposition in ["by", "before", "within"] {
        for label in labels(&brief(&[&format!("Abolish school fees {preposition} |")])) {
            let text = brief(&[&format!("Abolish school fees {preposition} {label}.")]);
            let checked = check(&Source::new("a.md", text.clone()), builtin::rulebook(), &Review::default());
            assert_eq!(checked.letters[0][Letter::TimeBound].answer, Answer::Met, "{text}");
        }
    }
}

#[test]
fn prose_is_left_in_peace() {
    for text in [
        brief(&["Improve the schools by opening |"]),
        brief(&["Abolish school fees in |"]),
        brief(&["Abolish school fees by December 2028, by |"]),
        brief(&["Abolish school |"]),
        brief(&["Abolish school fees."]).replace("Text.", "The law was passed by |"),
        brief(&["Abolish school fees."]).replace("Text.", "- |"),
        "# A project\n\n- written by |\n".to_owned(),
    ] {
        assert_eq!(labels(&text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn names_are_offered_in_the_right_spelling() {
    let names = labels(&brief(&["Ratify the International Covenant on Ec|"]));
    assert_eq!(names, ["International Covenant on Economic, Social and Cultural Rights"]);
    assert!(labels(&brief(&["Accept the inquiry procedure of OPC|"])).contains(&"OPCAT".to_owned()));
    assert!(labels(&brief(&["Invite the Special Rapp|"])).contains(&"Special Rapporteur".to_owned()));
    let item = offered(&brief(&["Ratify the Optional Protocol to the Convention against T|"]), false).remove(0);
    assert_eq!(item["textEdit"]["range"]["start"]["character"], "- Ratify the ".len());
}

#[test]
fn a_new_item_offers_a_whole_recommendation() {
    let text = brief(&["Abolish school fees by 2028.", "|"]);
    let snippet = offered(&text, true).remove(0);
    assert_eq!(snippet["insertTextFormat"], 2);
    let written = snippet["textEdit"]["newText"].as_str().unwrap();
    assert!(written.starts_with("${1:[Amend, adopt, open, fund …]} ${2:[what, ") && written.ends_with("by ${4:February 2029}."), "{snippet}");
    let plain = offered(&text, false).remove(0);
    assert!(plain["textEdit"]["newText"].as_str().unwrap().ends_with("[for whom or against what] by February 2029."), "{plain}");
    assert_eq!(labels(&brief(&["rec|"])), ["S.M.A.R.T. recommendation"]);
}

#[test]
fn the_front_matter_offers_keys_states_and_sessions() {
    let front = |lines: &str| format!("---\nreview: 2026-11-05\n{lines}\n---\n\n# A brief\n");
    let keys = labels(&front("s|"));
    assert_eq!(keys, ["state", "session"]);
    assert!(!labels(&front("|")).contains(&"review".to_owned()));
    let states = offered(&front("session: 53\nstate: Ne|"), false);
    let nepal = states.iter().find(|item| item["label"] == "Nepal").expect("Nepal is a State");
    assert!(nepal["detail"].as_str().unwrap().starts_with("NPL · session "), "{nepal}");
    let sessions = labels(&front("session:|"));
    assert!(sessions.contains(&"53".to_owned()), "{sessions:?}");
    assert_eq!(labels(&front("lang: |")), ["en", "fr", "es"]);
    assert_eq!(labels(&front("organisation: |")), Vec::<String>::new());
}

#[test]
fn a_comment_offers_rules_the_nearest_finding_first() {
    let text = brief(&["Abolish school fees. <!-- upr-ignore |"]);
    assert_eq!(labels(&text)[0], "time-bound/missing-deadline");
    assert!(labels(&text).contains(&"tone".to_owned()));
    assert_eq!(labels(&brief(&["Abolish school fees. <!-- upr-ignore-file missing|"])), ["time-bound/missing-deadline"]);
    let reason = brief(&["Abolish school fees. <!-- upr-ignore time-bound/missing-deadline: by |"]);
    assert_eq!(labels(&reason), Vec::<String>::new());
}
