//! Configurations: which one counts, what it changes, and that wrong ones are told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail loudly")]

#[path = "config/coalition.rs"]
mod coalition;
mod program;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use coalition::{BRIEF, coalition};
use program::{Folder, Ran};
use serde_json::{Value, json};
use upr_lint::config::search::{Choice, Resolver};

/// A folder with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(&format!("config-{name}"));
    for (file, text) in files {
        folder.write(file, text);
    }
    folder
}

/// The findings of a run with `--format concise`, as `path rule severity`.
fn found(ran: &Ran) -> Vec<(String, String, String)> {
    let parts = |line: &str| {
        let (path, rest) = line.split_once(':').unwrap();
        let (severity, rule) = rest.split_whitespace().nth(1).unwrap().trim_end_matches(']').split_once('[').unwrap();
        (path.to_owned(), rule.to_owned(), severity.to_owned())
    };
    ran.out.lines().map(parts).collect()
}

/// The severity of a rule's first finding in `brief.md`.
fn severity(folder: &Folder, arguments: &[&str], rule: &str) -> Option<String> {
    let ran = folder.run(&[&["lint", "--format", "concise", "brief.md"], arguments].concat());
    assert!(ran.code < 2, "{ran:?}");
    found(&ran).into_iter().find(|(_, known, _)| known == rule).map(|(.., severity)| severity)
}

/// Checks the severity of a rule under a configuration; none if it says nothing.
#[track_caller]
fn weighs(name: &str, configuration: &str, rule: &str, expected: Option<&str>) {
    let folder = folder(name, &[("upr.toml", configuration), ("brief.md", BRIEF)]);
    assert_eq!(severity(&folder, &[], rule).as_deref(), expected, "{configuration}");
}

#[test]
fn a_rule_is_off_or_weighs_what_the_configuration_says() {
    weighs("usual", "", "tone/shouting", Some("advice"));
    weighs("off", "[rules]\n\"tone/shouting\" = \"off\"", "tone/shouting", None);
    weighs("short", "[rules]\nshouting = \"off\"", "tone/shouting", None);
    weighs("folder", "[rules]\ntone = \"off\"", "tone/shouting", None);
    weighs("error", "[rules]\ntone = \"error\"", "tone/shouting", Some("error"));
    weighs("one", "[rules]\n\"tone/shouting\" = \"warning\"\ntone = \"off\"", "tone/shouting", Some("warning"));
    weighs("table", "[rules]\n\"tone/shouting\" = { severity = \"error\" }", "tone/shouting", Some("error"));
    weighs("limit", "[rules]\n\"brief/too-many-issues\" = { limit = 0 }", "brief/too-many-issues", Some("error"));
    weighs("light", "[rules]\n\"brief/too-many-issues\" = { limit = 0, severity = \"advice\" }", "brief/too-many-issues", Some("advice"));
    weighs("no-limit", "[rules]\n\"brief/issue-without-explanation\" = { limit = 2 }", "brief/issue-without-explanation", None);
    weighs("fewer", "[rules]\n\"brief/issue-without-explanation\" = { limit = 20 }", "brief/issue-without-explanation", Some("warning"));
}

#[test]
fn a_limit_is_the_limit_everywhere() {
    let folder =
        folder("limits", &[("upr.toml", "[rules]\n\"brief/too-long\" = { limit = 1 }\n\"brief/too-many-issues\" = { limit = 3 }"), ("brief.md", BRIEF)]);
    let ran = folder.run(&["lint", "brief.md"]);
    assert!(ran.out.contains("0.3 of 1 page") && ran.out.contains("1 of 3 issues"), "{ran:?}");
    let ran = folder.run(&["pages", "--format", "json", "brief.md"]);
    assert!(ran.out.contains("\"limit\":1,"), "{ran:?}");
}

#[test]
fn a_rule_that_is_off_counts_against_no_letter() {
    let letters = |name: &str, configuration: &str| {
        let folder = folder(name, &[("upr.toml", configuration), ("brief.md", BRIEF)]);
        let ran = folder.run(&["outline", "--format", "json", "brief.md"]);
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        let smart = &told["briefs"][0]["recommendations"][0]["smart"];
        ["specific", "time_bound"].map(|letter| smart[letter]["verdict"].as_str().unwrap().to_owned())
    };
    assert_eq!(letters("letters", ""), ["not-met", "not-met"]);
    assert_eq!(letters("letters-off", "[rules]\ntime-bound = \"off\"\nspecific = \"off\""), ["cannot-tell", "cannot-tell"]);
}

#[test]
fn no_other_rule_speaks_in_the_place_of_one_that_is_off() {
    let text = BRIEF.replace("Continue efforts to protect children.", "Continue efforts as soon as possible.");
    let rules = |configuration: &str| {
        let folder = folder("in-its-place", &[("upr.toml", configuration), ("brief.md", &text)]);
        let ran = folder.run(&["lint", "--format", "concise", "-q", "brief.md"]);
        found(&ran).into_iter().map(|(_, rule, _)| rule).collect::<Vec<String>>()
    };
    let mut usual = rules("");
    for rule in usual.clone() {
        let without: Vec<String> = usual.iter().filter(|known| **known != rule).cloned().collect();
        assert_eq!(rules(&format!("[rules]\n\"{rule}\" = \"off\"")), without, "{rule}");
    }
    usual.clear();
    let all = "achievable brief measurable relevant safety specific time-bound tone ignore".split(' ').map(|folder| format!("{folder} = \"off\"\n"));
    assert_eq!(rules(&format!("[rules]\n{}", all.collect::<String>())), usual);
}

#[test]
fn a_comment_about_a_rule_that_is_off_is_not_useless_and_comments_can_be_let_be() {
    let text = BRIEF.replace("- Ratify", "<!-- upr-ignore late-deadline: agreed -->\n- Ratify").replace("- Continue", "<!-- upr-ignore tone: -->\n- Continue");
    let ignore = |configuration: &str| {
        let folder = folder("comments", &[("upr.toml", configuration), ("brief.md", &text)]);
        let ran = folder.run(&["lint", "--format", "concise", "-q", "--review", "2026-11", "brief.md"]);
        found(&ran)
            .into_iter()
            .filter(|(_, rule, _)| rule.starts_with("ignore/") || rule.contains("late"))
            .map(|(_, rule, severity)| format!("{rule} {severity}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(ignore(""), ["ignore/no-reason warning", "ignore/unused warning"]);
    assert_eq!(ignore("[rules]\ntime-bound = \"off\""), ["ignore/no-reason warning", "ignore/unused warning"]);
    assert_eq!(ignore("[rules]\n\"ignore/no-reason\" = \"error\"\n\"ignore/unused\" = \"off\""), ["ignore/no-reason error"]);
}

#[test]
fn what_a_rule_hides_stays_hidden_when_it_is_off() {
    let text = BRIEF.replace("Half of", "Her brother, jon.tal@mail.example, says that half of");
    let said = |configuration: &str| {
        let folder = folder("hidden", &[("upr.toml", configuration), ("brief.md", &text)]);
        let ran = folder.run(&["lint", "--review", "2026-11", "brief.md"]);
        assert!(ran.code < 2, "{ran:?}");
        ran.out
    };
    assert!(said("").contains("safety/private-identifier"));
    let quiet = said("[rules]\nsafety = \"off\"");
    assert!(!quiet.contains("safety/") && quiet.contains("half of"), "{quiet}");
    assert!(!quiet.contains("jon.tal"), "{quiet}");
}

#[test]
fn the_nearest_file_counts_alone_and_a_repository_ends_the_search() {
    let far = "[rules]\ntone = \"off\"";
    let files = [("upr.toml", far), ("brief.md", BRIEF), ("near/upr.toml", ""), ("near/brief.md", BRIEF), ("far/off/brief.md", BRIEF)];
    let tree = folder("nearest", &files);
    tree.write("repository/.git/HEAD", "").write("repository/briefs/brief.md", BRIEF);
    tree.write("own/.git", "gitdir: elsewhere").write("own/upr.toml", far).write("own/brief.md", BRIEF);
    let ran = tree.run(&["lint", "--format", "concise", "--select", "tone", "."]);
    let paths: Vec<String> = found(&ran).into_iter().map(|(path, ..)| path).collect();
    assert_eq!(paths, ["near/brief.md", "repository/briefs/brief.md"], "{ran:?}");
    // The same from a folder in the middle, where paths begin elsewhere.
    let from = |inside: &str, path: &str| {
        let output = tree.command(&["lint", "--format", "concise", "-q", "--select", "tone", path]).current_dir(tree.0.join(inside)).output().unwrap();
        found(&Ran::new(&output)).len()
    };
    assert_eq!([from("far", "off/brief.md"), from("far/off", "../../brief.md"), from("far", "../near/brief.md")], [0, 0, 1]);
}

#[test]
fn what_extends_counts_more_than_what_is_extended() {
    let base = |severity: &str| {
        format!("session = 40\n[rules]\ntone = \"{severity}\"\n[[overrides]]\npaths = [\"**\"]\n[overrides.rules]\n\"tone/shouting\" = \"{severity}\"")
    };
    let advice = base("advice");
    let error = base("error");
    let check = |name: &str, own: &str, expected: Option<&str>| {
        let tree =
            folder(name, &[("a.toml", &advice), ("b.toml", &error), ("c.toml", "extends = [\"b.toml\", \"a.toml\"]"), ("upr.toml", own), ("brief.md", BRIEF)]);
        assert_eq!(severity(&tree, &[], "tone/shouting").as_deref(), expected, "{own}");
    };
    check("later", "extends = [\"a.toml\", \"b.toml\"]", Some("error"));
    check("earlier", "extends = [\"b.toml\", \"a.toml\"]", Some("advice"));
    check("own", "extends = [\"a.toml\", \"b.toml\"]\n[rules]\ntone = \"off\"", None);
    check("twice", "extends = [\"c.toml\", \"b.toml\"]", Some("error"));
    check("again", "extends = [\"b.toml\", \"c.toml\"]", Some("advice"));
}

#[test]
fn what_is_said_for_some_paths_counts_for_them_only() {
    let configuration = "session = 53\n[[overrides]]\npaths = [\"geneva\", \"*-draft.md\"]\n[overrides.rules]\ntone = \"error\"\n[[overrides]]\npaths = [\"**/late.md\"]\nsession = 54\nlanguage = \"fr\"\n[overrides.rules]\ntone = \"off\"";
    let paths = ["a-draft.md", "brief.md", "geneva/a/brief.md", "geneva/late.md", "vienna/a-draft.md"];
    let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, BRIEF)).collect();
    files.push(("upr.toml", configuration));
    let tree = folder("overrides", &files);
    let severities: Vec<Option<String>> = paths
        .iter()
        .map(|path| {
            found(&tree.run(&["lint", "--format", "concise", path])).into_iter().find(|(_, rule, _)| rule == "tone/shouting").map(|(.., severity)| severity)
        })
        .collect();
    assert_eq!(severities, [Some("error"), Some("advice"), Some("error"), None, Some("advice")].map(|severity| severity.map(str::to_owned)));
    let told: Value = serde_json::from_str(&tree.run(&["outline", "--format", "json", "geneva/a/brief.md", "geneva/late.md"]).out).unwrap();
    let sessions: Vec<(&Value, &Value)> = told["briefs"].as_array().unwrap().iter().map(|brief| (&brief["session"], &brief["language"])).collect();
    assert_eq!(sessions, [(&json!(53), &json!("en")), (&json!(54), &json!("fr"))]);
}

#[test]
fn the_front_matter_of_a_brief_counts_more_than_its_configuration() {
    let configuration = "state = \"Nepal\"\nsession = 53\nlanguage = \"es\"\n[page]\npaper = \"Letter\"\nsize-pt = 14\n[rules]\ntone = \"error\"\n";
    let front = "---\nsession: 54\nupr:\n  ignore: [tone, nothing-to-verify, brif]\n  language: fr\n  page: 12 pt\n---\n\n";
    let tree = folder("front", &[("upr.toml", configuration), ("brief.md", &format!("{front}{BRIEF}"))]);
    let told: Value = serde_json::from_str(&tree.run(&["outline", "--format", "json", "brief.md"]).out).unwrap();
    let brief = &told["briefs"][0];
    assert_eq!((&brief["state"], &brief["session"], &brief["language"]), (&json!("Népal"), &json!(54), &json!("fr")));
    assert_eq!((&brief["pages"]["printed_on"]["paper"], &brief["pages"]["printed_on"]["size_pt"]), (&json!("Letter"), &json!(12.0)));
    let ran = tree.run(&["lint", "brief.md"]);
    assert!(!ran.out.contains("tone/"), "{ran:?}");
    // A wrong name is a finding, since no brief is ever wrong.
    assert!(ran.out.contains("warning[ignore/unknown-rule]: There is no rule “brif”.") && ran.out.contains("Did you mean brief?") && ran.code == 1, "{ran:?}");
}

#[test]
fn the_command_line_counts_more_than_the_configuration() {
    let configuration = "state = \"Nepal\"\nsession = 40\nreview = \"2020-01\"\nfail-on = \"never\"\n[rules]\ntone = \"off\"\n\"brief/no-contact\" = \"off\"";
    let tree = folder("flags", &[("upr.toml", configuration), ("other.toml", "[rules]\ntone = \"error\""), ("brief.md", BRIEF)]);
    let figures = |arguments: &[&str]| {
        tree.run(&[&["lint", "brief.md"], arguments].concat()).out.lines().find(|line| line.contains(" session · ")).unwrap().trim().to_owned()
    };
    assert!(figures(&[]).starts_with("Nepal · 40th session · limit 31 July 2024"), "{}", figures(&[]));
    assert!(figures(&["--state", "Zemland"]).starts_with("Zemland · 40th session"));
    assert!(figures(&["--session", "41"]).starts_with("Nepal · 41st session"));
    assert!(figures(&["--review", "2026-11"]).contains("limit 30 May 2031"));
    assert_eq!(tree.run(&["lint", "brief.md"]).code, 0);
    assert_eq!(tree.run(&["lint", "--fail-on", "advice", "brief.md"]).code, 1);
    assert_eq!(severity(&tree, &[], "tone/shouting"), None);
    assert_eq!(severity(&tree, &["--select", "tone"], "tone/shouting"), None);
    assert_eq!(severity(&tree, &["--select", "tone/shouting"], "tone/shouting").as_deref(), Some("advice"));
    assert_eq!(severity(&tree, &["--ignore", "brief"], "brief/no-questions"), None);
    assert_eq!(severity(&tree, &["--config", "other.toml"], "tone/shouting").as_deref(), Some("error"));
    assert_eq!(severity(&tree, &["--no-config"], "tone/shouting").as_deref(), Some("advice"));
    assert_eq!(tree.run(&["lint", "--config", "upr.toml", "--no-config", "brief.md"]).code, 2);
    let ran = tree.run(&["lint", "--config", "none.toml", "brief.md"]);
    assert!(ran.code == 2 && ran.out.contains("none.toml:1:1") && ran.out.contains("there is no such file"), "{ran:?}");
}

#[test]
fn standard_input_has_the_configuration_of_the_name_that_it_is_given() {
    let tree = folder("stdin", &[("upr.toml", "[rules]\ntone = \"error\""), ("geneva/upr.toml", "[rules]\ntone = \"off\"")]);
    let shouting = |arguments: &[&str]| {
        let mut command = tree.command(&[&["lint", "--format", "concise", "-"], arguments].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(BRIEF.as_bytes()).unwrap();
        Ran::new(&child.wait_with_output().unwrap()).out.contains("error[tone/shouting]")
    };
    assert!(shouting(&[]));
    assert!(shouting(&["--stdin-filename", "brief.md"]));
    assert!(!shouting(&["--stdin-filename", "geneva/brief.md"]));
}

#[test]
fn files_of_a_folder_can_be_left_out_and_named_files_are_read() {
    let configuration = "include = [\"geneva/**\", \"*.md\"]\nexclude = [\"geneva/drafts\", \"README.md\"]";
    let tree = folder("exclude", &[("upr.toml", configuration)]);
    for path in ["README.md", "brief.md", "geneva/brief.md", "geneva/drafts/brief.md", "vienna/brief.md"] {
        tree.write(path, BRIEF);
    }
    let paths = |arguments: &[&str]| {
        let told: Value = serde_json::from_str(&tree.run(&[&["outline", "--format", "json"], arguments].concat()).out).unwrap();
        told["briefs"].as_array().unwrap().iter().map(|brief| brief["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&["."]), ["brief.md", "geneva/brief.md"]);
    assert_eq!(paths(&["vienna/brief.md"]), ["vienna/brief.md"]);
    let ran = tree.run(&["lint", "vienna"]);
    assert!(ran.code == 2 && ran.err.contains("leaves out all of these files"), "{ran:?}");
}

/// Checks that a configuration is refused, at these words and with this message, and part of this help.
#[track_caller]
fn refused(configuration: &str, words: &str, message: &str, help: &str) {
    let tree = folder("refused", &[("upr.toml", configuration), ("brief.md", BRIEF)]);
    let ran = tree.run(&["lint", "--format", "json", "brief.md"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    let finding = &told["findings"][0];
    let place = |end: &str| finding["span"][end].as_u64().unwrap() as usize;
    assert_eq!((finding["path"].as_str(), finding["rule"].as_str()), (Some("upr.toml"), Some("configuration")), "{configuration}");
    assert_eq!((configuration[place("start")..place("end")].trim_end(), finding["message"].as_str().unwrap()), (words, message), "{configuration}");
    assert!(finding["help"].as_str().unwrap_or_default().contains(help), "{finding}");
    assert_eq!(told["summary"]["failed"][0]["path"], "brief.md");
}

#[test]
fn what_is_wrong_with_a_configuration_is_told_at_its_place() {
    refused("sesion = 53", "sesion", "There is no key “sesion” here.", "Did you mean “session”?");
    refused("session = \"53\"", "\"53\"", "The text “53” cannot stand here; a whole number from 0 on is needed.", "");
    refused("session = 0", "0", "There is no session 0.", "");
    refused("session = 99999", "99999", "The number 99999 cannot stand here; a whole number from 0 on is needed.", "");
    refused("review = \"soon\"", "\"soon\"", "“soon” is no date of a review.", "\"2026-11\"");
    refused("review = 2026-11-05", "2026-11-05", "A date must stand in quotation marks.", "");
    refused("language = \"de\"", "\"de\"", "There is no language “de”.", "en, fr, es");
    refused("fail-on = \"eror\"", "\"eror\"", "There is no weight “eror”.", "Did you mean “error”?");
    refused("state = \" \"", "\" \"", "The State has no name.", "");
    refused("state = \"a\"\nstate = \"b\"", "state", "This key stands here a second time.", "");
    refused("extends = [\"none.toml\"]", "\"none.toml\"", "There is no file “none.toml”.", "");
    refused("extends = [\"./upr.toml\"]", "\"./upr.toml\"", "This leads round in a circle: upr.toml → upr.toml.", "");
    refused("extends = \"a.toml\"", "\"a.toml\"", "The text “a.toml” cannot stand here; a list in square brackets is needed.", "");
    refused("rule-folders = [\"none\"]", "\"none\"", "These rules cannot be read: none: there is no such folder.", "");
    refused("exclude = [\"a\", \"[\"]", "\"[\"", "This pattern cannot be read: unclosed character class; missing ']'.", "two stars");
    refused("exclude = ['geneva\\*.md']", "'geneva\\*.md'", "This pattern cannot be read: folders are parted by /, on Windows too.", "");
    refused("include = [\"../*.md\"]", "\"../*.md\"", "This pattern cannot be read: paths begin in the folder of this file and stay in it.", "");
    refused("[page]\npaper = \"A3\"", "\"A3\"", "There is no paper “A3”.", "A4, Letter");
    refused("[page]\nsize-pt = 90", "90", "No brief is printed on such a page.", "6 to 24");
    refused("[rules]\nbrief/too-long = \"off\"", "/", "The name of a rule must stand in quotation marks.", "\"brief/too-long\" = \"off\"");
    refused("[rules]\n\"brief/to-long\" = \"off\"", "\"brief/to-long\"", "There is no rule or folder “brief/to-long”.", "Did you mean “brief/too-long”?");
    refused("[rules]\ntoen = \"off\"", "toen", "There is no rule or folder “toen”.", "Did you mean “tone”?");
    refused("[rules]\ntone = \"of\"", "\"of\"", "There is no severity “of”.", "Did you mean “off”?");
    refused("[rules]\ntone = { limit = 3 }", "3", "A limit belongs to one rule, and “tone” is a folder of rules.", "");
    refused("[rules]\n\"brief/no-issue\" = { limit = 3 }", "3", "The rule brief/no-issue has no limit.", "brief/too-many-issues");
    refused("[rules]\nshouting = \"off\"\n\"tone/shouting\" = \"off\"", "\"tone/shouting\"", "This table speaks of tone/shouting twice.", "");
    refused("[[overrides]]\nsession = 3", "[[overrides]]", "This `[[overrides]]` has no `paths`.", "geneva/**");
    // What is said for other paths must be right too.
    refused("[[overrides]]\npaths = [\"geneva\"]\n[overrides.rules]\ntoen = \"off\"", "toen", "There is no rule or folder “toen”.", "");
}

#[test]
fn all_that_is_wrong_with_a_configuration_is_told_in_one_run() {
    let configuration = "sesion = \"53\"\nlanguage = \"de\"\n[page]\npapr = \"A3\"\nsize-pt = 90\n[[overrides]]\npaths = \"geneva\"\nfail-on = 1\n";
    let tree = folder("refused-all", &[("upr.toml", configuration), ("brief.md", BRIEF)]);
    let ran = tree.run(&["lint", "--format", "concise", "-q", "brief.md"]);
    let told: Vec<&str> = ran.out.lines().filter_map(|line| line.split_once("error[configuration] ")).map(|(_, message)| message).collect();
    let message = |at: usize, message: &str| assert!(told.get(at).is_some_and(|told| told.starts_with(message)), "{at} {message}: {told:#?}");
    message(0, "There is no key “sesion” here.");
    message(1, "The text “53” cannot stand here");
    message(2, "There is no language “de”.");
    message(3, "There is no key “papr” here.");
    message(4, "There is no paper “A3”.");
    message(5, "No brief is printed on such a page.");
    message(6, "The text “geneva” cannot stand here");
    message(7, "There is no key “fail-on” here.");
    assert_eq!((ran.code, told.len()), (2, 8), "{told:#?}");
}

#[test]
fn rules_of_every_configuration_are_known_by_their_names() {
    let rule = fs::read_to_string("rules/tone/shouting.toml").unwrap();
    let tree = folder(
        "names",
        &[("a/upr.toml", ""), ("a/brief.md", BRIEF), ("b/upr.toml", "rule-folders = [\"rules\"]"), ("b/rules/tone/loud.toml", &rule), ("b/brief.md", BRIEF)],
    );
    let ran = tree.run(&["lint", "--select", "tone/loud", "--format", "concise", "-q", "a", "b"]);
    assert_eq!((ran.out.lines().count(), ran.code), (1, 0), "{ran:?}");
    assert!(ran.out.starts_with("b/brief.md:") && ran.out.contains("advice[tone/loud]"), "{ran:?}");
    let sarif: Value = serde_json::from_str(&tree.run(&["lint", "--select", "tone", "--format", "sarif", "a", "b"]).out).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let names: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert!(names.contains(&"tone/loud") && names.iter().filter(|name| **name == "tone/shouting").count() == 1, "{names:?}");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(!results.is_empty() && results.iter().all(|result| names[result["ruleIndex"].as_u64().unwrap() as usize] == result["ruleId"]), "{results:?}");
    let ran = tree.run(&["lint", "--select", "tone/lout", "a", "b"]);
    assert!(ran.code == 2 && ran.err.contains("there is no rule or folder “tone/lout”"), "{ran:?}");
}

#[test]
fn a_circle_of_configurations_is_told_where_it_closes() {
    let tree = folder(
        "circle",
        &[
            ("upr.toml", "extends = [\"a.toml\"]"),
            ("a.toml", "extends = [\"b.toml\"]"),
            ("b.toml", "session = 53\nextends = [\"a.toml\"]"),
            ("brief.md", BRIEF),
        ],
    );
    let ran = tree.run(&["lint", "--format", "concise", "brief.md"]);
    assert_eq!(ran.out, "b.toml:2:12: error[configuration] This leads round in a circle: a.toml → b.toml → a.toml.\n", "{ran:?}");
    // Many files, each extending the next one twice, are no endless work; too long a line of them is told.
    let tree = folder("long", &[("brief.md", BRIEF), ("upr.toml", "extends = [\"0.toml\"]")]);
    for number in 0..40 {
        tree.write(&format!("{number}.toml"), format!("extends = [\"{0}.toml\", \"{0}.toml\"]", number + 1));
    }
    let ran = tree.run(&["lint", "--format", "concise", "brief.md"]);
    assert!(ran.code == 2 && ran.out.contains("This goes on through more than 32 files."), "{ran:?}");
    assert_eq!(ran.out.lines().count(), 2, "{ran:?}");
}

#[test]
fn briefs_under_other_configurations_are_done_and_each_fault_is_told_once() {
    let tree = coalition("others");
    tree.write("geneva/upr.toml", "sesion = 53").write("geneva/more.md", BRIEF);
    for format in ["full", "concise", "json"] {
        let outputs: Vec<Ran> = ["1", "2", "7"].map(|threads| tree.run(&["lint", "--format", format, "--threads", threads])).into();
        let first = &outputs[0];
        assert!(outputs.iter().all(|ran| ran.out == first.out && ran.err == first.err && ran.code == 2), "{format}");
        assert_eq!(first.out.matches("There is no key “sesion” here.").count(), 1, "{first:?}");
        assert_eq!(first.err.matches("geneva/upr.toml cannot be used").count(), 1, "{first:?}");
        assert!(first.out.contains("national/brief.md") && first.out.contains("geneva/nepal/brief.md"), "{first:?}");
    }
    for command in ["outline", "pages"] {
        let ran = tree.run(&[command]);
        assert!(ran.code == 2 && ran.out.contains("national/brief.md") && ran.err.matches("There is no key “sesion” here.").count() == 1, "{ran:?}");
    }
}

#[test]
fn rules_of_the_coalition_speak_and_can_be_adjusted() {
    let tree = coalition("rules");
    let rule = |path: &str| {
        found(&tree.run(&["lint", "--format", "concise", path])).into_iter().find(|(_, rule, _)| rule == "tone/regret").map(|(.., severity)| severity)
    };
    // The folder of rules counts where it is configured; `tone` is advice in what it extends.
    assert_eq!([rule("brief.md"), rule("geneva/brief.md"), rule("geneva/nepal/brief.md")], [Some("advice".to_owned()), Some("advice".to_owned()), None]);
    assert_eq!(tree.run(&["lint", "--select", "tone/regret", "--format", "concise", "-q"]).out.lines().count(), 4);
}

#[test]
fn rules_that_are_wrong_are_told_in_their_own_file() {
    let tree = folder("wrong-rules", &[("upr.toml", "rule-folders = [\".\"]"), ("tone/mine.toml", "titel = \"x\""), ("brief.md", BRIEF)]);
    let ran = tree.run(&["lint", "--format", "concise", "brief.md"]);
    assert!(ran.code == 2 && ran.out.contains("./tone/mine.toml:1:1: error[rule-file] There is no key “titel” here."), "{ran:?}");
    assert!(ran.err.contains("upr.toml cannot be used"), "{ran:?}");
}

#[test]
fn each_setting_is_shown_with_its_place() {
    let tree = coalition("show");
    let given = |arguments: &[&str]| {
        let ran = tree.run(&[&["config"], arguments].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        let lines = ran.out.lines().filter(|line| !line.ends_with("default") && !line.contains(" rules.relevant/"));
        lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let expected = [
        "geneva/upr.toml, which extends upr.toml, house.toml",
        "language en geneva/own.md:6",
        "state Zemland upr.toml:2",
        "session 55 geneva/own.md:2",
        "review 2026-11-05 geneva/upr.toml:3",
        "fail-on error house.toml:2",
        "rule-folders rules-of-ours upr.toml:4",
        "exclude drafts upr.toml:5",
        "page.paper Letter house.toml:5",
        "page.font Liberation Serif geneva/own.md:7",
        "page.size-pt 12.0 geneva/upr.toml:6",
        "rules.brief/too-many-issues.limit 3 house.toml:8",
        "rules.specific/continuing-verb off geneva/own.md:5",
        "rules.tone/accusatory-wording advice house.toml:10",
        "rules.tone/forceful-wording advice house.toml:10",
        "rules.tone/regret advice house.toml:10",
        "rules.tone/shouting off upr.toml:8",
        "rules.tone/wrong-term advice house.toml:10",
    ];
    assert_eq!(given(&["--for", "geneva/own.md"]), expected);
    assert_eq!(given(&["--no-config"]), ["no configuration"]);
    let told: Value = serde_json::from_str(&tree.run(&["config", "--format", "json", "--for", "national/brief.md"]).out).unwrap();
    assert_eq!((&told["version"], &told["for"], &told["configuration"]), (&json!(1), &json!("national/brief.md"), &json!(["upr.toml", "house.toml"])));
    let setting = |key: &str| told["settings"].as_array().unwrap().iter().find(|setting| setting["key"] == key).unwrap().clone();
    assert_eq!(setting("session"), json!({ "key": "session", "value": 54, "file": "upr.toml", "line": 12 }));
    assert_eq!(setting("rules.brief/no-contact"), json!({ "key": "rules.brief/no-contact", "value": "off", "file": "upr.toml", "line": 15 }));
    assert_eq!(setting("review"), json!({ "key": "review", "value": null, "file": null, "line": null }));
    assert_eq!(tree.run(&["config", "--for", "none.md"]).code, 2);
    let ran = folder("show-broken", &[("upr.toml", "sesion = 3")]).run(&["config"]);
    assert!(ran.code == 2 && ran.err.contains("Did you mean “session”?"), "{ran:?}");
}

#[test]
fn briefs_of_which_the_same_is_said_share_one_rulebook() {
    let tree = coalition("shared");
    let resolver = Resolver::new(Choice::Nearest, &tree.0);
    let of = |path: &str| resolver.resolve(Path::new(path)).unwrap();
    assert!(Arc::ptr_eq(&of("brief.md"), &of("another.md")) && Arc::ptr_eq(&of("brief.md"), &of("drafts/./../vienna/brief.md")));
    assert!(!Arc::ptr_eq(&of("brief.md"), &of("national/brief.md")) && !Arc::ptr_eq(&of("brief.md"), &of("geneva/brief.md")));
    let before = of("brief.md");
    resolver.forget();
    assert!(!Arc::ptr_eq(&before, &of("brief.md")));
}

#[test]
fn the_sample_in_the_readme_is_right() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let section = readme.split("## One configuration for a coalition").nth(1).unwrap();
    let sample = |kind: &str| section.split(&format!("```{kind}\n")).nth(1).unwrap().split("```").next().unwrap();
    let tree = folder("readme", &[("upr.toml", sample("toml")), ("french/brief.md", &format!("{}\n{BRIEF}", sample("yaml")))]);
    let ran = tree.run(&["config", "--for", "french/brief.md"]);
    let given = ran.out.lines().filter(|line| !line.ends_with("default")).count();
    assert_eq!((ran.code, given), (0, 18), "{ran:?}");
    assert!(!tree.run(&["lint", "french/brief.md"]).out.contains("ignore/unknown-rule"));
}

/// What has something to mend, known findings and a letter that is not met.
const MENDABLE: &str = "# UPR of Zemland\n\n## Prison\n\nIn 2021 Zemland rejected recommendations on child labour!\n\n### Recommendations\n\n- Ratify the Convention against Torture.\n- Consider ratifying the Optional Protocol by 2033.\n";

/// Two folders with the same brief, of which one has a configuration.
fn twice(name: &str, configuration: &str) -> Folder {
    folder(name, &[("with/upr.toml", configuration), ("with/brief.md", MENDABLE), ("without/brief.md", MENDABLE)])
}

fn read(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.0.join(path)).unwrap()
}

/// The findings of `lint --format json`, as `folder rule`.
fn told(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let ran = folder.run(&[&["lint", "--format", "json", "with", "without"], arguments].concat());
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let one = |found: &Value| format!("{} {}", found["path"].as_str().unwrap().trim_end_matches("/brief.md"), found["rule"].as_str().unwrap());
    json["findings"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn each_brief_fails_by_its_own_configuration() {
    let tree = twice("fail-on", "fail-on = \"never\"");
    assert_eq!(tree.run(&["lint", "with"]).code, 0);
    assert_eq!(tree.run(&["lint", "with", "without"]).code, 1);
    assert_eq!(tree.run(&["lint", "--fail-on", "advice", "with"]).code, 1);
    let junit = tree.run(&["lint", "--format", "junit", "with", "without"]).out;
    let suites: Vec<&str> = junit.lines().filter(|line| line.contains("<testsuite ")).collect();
    assert!(suites[0].contains("\"with/brief.md\"") && suites[0].contains("failures=\"0\""), "{junit}");
    assert!(suites[1].contains("\"without/brief.md\"") && !suites[1].contains("failures=\"0\""), "{junit}");
}

#[test]
fn a_rule_that_is_off_is_not_mended_and_not_silenced() {
    let tree = twice("mend", "[rules]\n\"tone/wrong-term\" = \"off\"");
    assert!(tree.run(&["lint", "--fix", "with", "without"]).out.contains("1 finding mended: tone/wrong-term (1)\n"));
    assert_eq!(read(&tree, "with/brief.md"), MENDABLE);
    assert_eq!(read(&tree, "without/brief.md"), MENDABLE.replace("rejected", "noted"));
    let tree = twice("silence", "[rules]\n\"tone/wrong-term\" = \"off\"");
    tree.run(&["lint", "--add-ignores", "--reason", "agreed", "with", "without"]);
    assert!(!read(&tree, "with/brief.md").contains("wrong-term") && read(&tree, "without/brief.md").contains("tone/wrong-term: agreed"));
    assert!(read(&tree, "with/brief.md").contains("upr-ignore tone/shouting: agreed"));
    assert_eq!(told(&tree, &[]), Vec::<String>::new());
}

#[test]
fn the_review_of_the_configuration_is_that_of_fixes_and_of_comments_with_a_day() {
    let text = MENDABLE.replace("labour!", "labour! <!-- upr-ignore tone until 2026-12: agreed -->");
    let tree = twice("until", "review = \"2027-05\"");
    tree.write("with/brief.md", &text).write("without/brief.md", &text);
    let told = told(&tree, &["--select", "ignore,tone/shouting"]);
    assert!(told.contains(&"with tone/shouting".to_owned()) && !told.contains(&"without tone/shouting".to_owned()), "{told:?}");
}

#[test]
fn a_baseline_holds_what_the_configuration_lets_speak() {
    let tree = twice("baseline", "[rules]\ntone = \"off\"\n\"brief/too-many-issues\" = { limit = 0 }");
    // The key of a finding does not say in which brief it is.
    tree.write("without/brief.md", MENDABLE.replace("labour", "marriage"));
    let all = told(&tree, &[]);
    assert!(all.contains(&"with brief/too-many-issues".to_owned()) && all.contains(&"without tone/shouting".to_owned()));
    assert!(!all.contains(&"with tone/shouting".to_owned()) && !all.contains(&"without brief/too-many-issues".to_owned()));
    let written = tree.run(&["lint", "--baseline", "known.json", "--write-baseline", "with", "without"]);
    assert!(written.code == 0 && written.out.contains(&format!("findings written to known.json: {}\n", all.len())), "{written:?}");
    assert_eq!(told(&tree, &["--baseline", "known.json"]), Vec::<String>::new());
    // What the configuration lets speak later is new.
    tree.write("with/upr.toml", "[rules]\n\"brief/too-many-issues\" = { limit = 0 }");
    assert!(told(&tree, &["--baseline", "known.json"]).contains(&"with tone/shouting".to_owned()));
}

#[test]
fn an_earlier_revision_is_read_under_the_same_configuration() {
    let tree = twice("since", "[rules]\n\"brief/too-many-issues\" = { limit = 0 }");
    for arguments in [&["init", "-q"][..], &["add", "-A"], &["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-q", "-m", "first"]] {
        assert!(Command::new("git").args(arguments).current_dir(&tree.0).status().unwrap().success());
    }
    assert_eq!(told(&tree, &["--since", "HEAD"]), Vec::<String>::new());
    let more = format!("{MENDABLE}- Shout!\n");
    tree.write("with/brief.md", &more).write("without/brief.md", &more);
    let changed = told(&tree, &["--since", "HEAD"]);
    assert!(!changed.is_empty() && !changed.contains(&"with brief/too-many-issues".to_owned()), "{changed:?}");
}

#[test]
fn a_letter_is_required_by_the_configuration_of_its_brief_and_the_table_shows_its_figures() {
    let tree = twice("require", "state = \"Samland\"\n[rules]\ntime-bound = \"off\"");
    let ran = tree.run(&["lint", "--fail-on", "never", "--require", "T", "with", "without"]);
    assert!(ran.code == 1 && ran.err.contains("1 of 3 recommendations do not meet --require T"), "{ran:?}");
    assert_eq!(tree.run(&["lint", "--fail-on", "never", "--require", "T", "with"]).code, 0);
    let table = tree.run(&["lint", "--fail-on", "never", "--summary", "with", "without"]).out;
    let rows: Vec<&str> = table.lines().filter(|line| line.contains("/brief.md")).collect();
    assert!(rows[0].starts_with("with/brief.md") && rows[0].contains("Samland") && rows[1].contains("Zemland"), "{table}");
}

#[test]
fn under_a_configuration_that_is_wrong_nothing_is_changed_and_every_format_says_so() {
    let tree = twice("wrong", "sesion = 53");
    let ran = tree.run(&["lint", "--fix", "with"]);
    assert_eq!((ran.code, read(&tree, "with/brief.md").as_str()), (2, MENDABLE));
    let ran = tree.run(&["lint", "--baseline", "known.json", "--write-baseline", "with", "without"]);
    assert!(ran.code == 2 && ran.err.contains("not written, since not all files could be read") && !tree.0.join("known.json").exists(), "{ran:?}");
    for format in ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown", "csv"] {
        let ran = tree.run(&["lint", "--format", format, "with", "without"]);
        assert!(ran.code == 2 && ran.out.contains("sesion"), "{format}: {ran:?}");
        assert!(
            ["json", "sarif", "gitlab", "rdjson"].iter().all(|json| *json != format) || serde_json::from_str::<Value>(&ran.out).is_ok(),
            "{format}: {}",
            ran.out
        );
        // A configuration has no pages and no recommendations.
        assert_eq!((ran.out.matches("0.0 of").count(), ran.out.matches("| with/upr.toml |").count()), (0, 0), "{format}: {}", ran.out);
    }
    let ran = tree.run(&["lint", "--summary", "with", "without"]);
    assert!(ran.code == 2 && ran.out.contains("sesion") && ran.out.contains("without/brief.md"), "{ran:?}");
}
