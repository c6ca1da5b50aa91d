//! Adopting the program step by step: a baseline of known findings, and only what was changed since a revision.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod program;

use std::fs;
use std::process::Command;

use program::Folder;

const BRIEF: &str = "# UPR of Zemland, 53rd session, 5 November 2026\n\n## Issue 1: Prison\n\nIn 2024 62 % of children were held in cells.\n\n### Recommendations\n\n1. Continue efforts for children in prison.\n2. Ratify the Convention against Torture.\n\n## Issue 2: Schools\n\nMany schools of the north were closed.\n\n### Recommendations\n\n3. Consider the reopening of schools.\n";

/// The rules that speak in a run, each with its line.
fn told(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let ran = folder.run(&[&["lint", "--format", "json", "--fail-on", "never"], arguments].concat());
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {} {}", ran.out, ran.err));
    json["findings"].as_array().unwrap().iter().map(|found| format!("{}:{}", found["rule"].as_str().unwrap(), found["line"])).collect()
}

fn known(folder: &Folder) -> Vec<String> {
    told(folder, &["--baseline", "known.json", "brief.md"])
}

fn write_baseline(folder: &Folder) -> String {
    let ran = folder.run(&["lint", "--baseline", "known.json", "--write-baseline", "brief.md"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    fs::read_to_string(folder.0.join("known.json")).unwrap()
}

#[test]
fn known_findings_are_not_told_again() {
    let folder = Folder::new("baseline");
    folder.write("brief.md", BRIEF);
    let all = told(&folder, &["brief.md"]).len();
    let file = write_baseline(&folder);
    assert!(all > 8 && known(&folder).is_empty());
    let ran = folder.run(&["lint", "--baseline", "known.json", "brief.md"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains(&format!("findings in known.json, not told again: {all}; entries of it that were not found any more: 0\n")), "{}", ran.out);
    folder.write("brief.md", BRIEF.replace("2. Ratify", "2. Continue efforts to ratify"));
    assert!(known(&folder).contains(&"specific/continuing-verb:10".to_owned()));
    assert_eq!(
        write_baseline(&folder),
        {
            let new = write_baseline(&folder);
            assert_ne!(new, file);
            new
        },
        "the same bytes each time"
    );
}

#[test]
fn moving_renumbering_and_laying_out_anew_bring_nothing_back() {
    let folder = Folder::new("baseline-moved");
    folder.write("brief.md", BRIEF);
    write_baseline(&folder);
    let (before, schools) = BRIEF.split_once("## Issue 2").unwrap();
    let (title, prison) = before.split_once("## Issue 1").unwrap();
    let swapped = format!("{title}## Issue 1{}\n## Issue 2{prison}", schools.replace("3. ", "1. "));
    for text in
        [swapped, BRIEF.replace('\n', "\r\n"), BRIEF.replace("1. ", "- ").replace("2. ", "- ").replace("3. ", "- "), BRIEF.replace("held in", "held\nin")]
    {
        folder.write("brief.md", &text);
        assert_eq!(known(&folder), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_finding_on_the_whole_brief_stays_known_while_the_brief_is_edited() {
    let folder = Folder::new("baseline-whole");
    let long = |paragraphs: usize| format!("{BRIEF}\n{}", "A paragraph on the schools of the north, of which nothing is to be said.\n\n".repeat(paragraphs));
    folder.write("brief.md", long(120));
    assert!(told(&folder, &["brief.md"]).iter().any(|found| found.starts_with("brief/too-long")));
    write_baseline(&folder);
    let text = long(110).replace("UPR of Zemland", "Review of Zemland").replace("Many schools", "Most of the schools");
    folder.write("brief.md", text);
    let left = known(&folder);
    assert!(left.iter().all(|found| !found.starts_with("brief/")), "{left:?}");
}

#[test]
fn a_baseline_says_which_entries_are_not_needed_any_more() {
    let folder = Folder::new("baseline-done");
    folder.write("brief.md", BRIEF);
    write_baseline(&folder);
    folder.write("brief.md", BRIEF.replace("Convention against Torture.", "Convention against Torture by 2028."));
    let json: serde_json::Value = serde_json::from_str(&folder.run(&["lint", "--format", "json", "--baseline", "known.json", "brief.md"]).out).unwrap();
    assert!(json["summary"]["held_back"]["not_needed"].as_u64().unwrap() > 0, "{}", json["summary"]);
}

#[test]
fn a_baseline_holds_no_words_and_says_when_it_cannot_be_read() {
    let folder = Folder::new("baseline-file");
    folder.write("brief.md", BRIEF);
    let file = write_baseline(&folder);
    let json: serde_json::Value = serde_json::from_str(&file).unwrap();
    assert_eq!(json["version"], 2);
    assert_eq!(json["briefs"].as_object().unwrap().keys().collect::<Vec<_>>(), ["brief.md"]);
    let entries: Vec<&str> = json["briefs"]["brief.md"].as_array().unwrap().iter().map(|entry| entry.as_str().unwrap()).collect();
    assert!(entries.is_sorted() && entries.iter().all(|entry| entry.contains('/') || entry.chars().all(|c| c.is_ascii_hexdigit() || c == ':')), "{entries:?}");
    for wrong in [
        "",
        "{}",
        "[1]",
        "{\"version\":3,\"briefs\":{}}",
        "{\"version\":2,\"findings\":[]}",
        "{\"version\":2,\"briefs\":{\"brief.md\":1}}",
        "{\"version\":1,\"findings\":[],\"more\":1}",
    ] {
        folder.write("known.json", wrong);
        let ran = folder.run(&["lint", "--baseline", "known.json", "brief.md"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{wrong}");
        assert!(ran.err.starts_with("error: known.json: this "), "{}", ran.err);
    }
    let ran = folder.run(&["lint", "--baseline", "nowhere.json", "brief.md"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: nowhere.json: there is no such file\n"));
    assert_eq!(folder.run(&["lint", "--write-baseline", "brief.md"]).code, 2);
    let unread = folder.run(&["lint", "--baseline", "new.json", "--write-baseline", "brief.md", "missing.md"]);
    assert_eq!(unread.code, 2);
    assert!(unread.err.contains("new.json: not written, since not all files could be read") && !folder.0.join("new.json").exists(), "{}", unread.err);
}

/// A brief with one recommendation of [`BRIEF`], and another title and subject.
const OTHER: &str = "# UPR of Zemland, 53rd session, 5 November 2026\n\n## Roads\n\nRoads are bad in the south since 2020.\n\n### Recommendations\n\n- Continue efforts for children in prison.\n- Build two bridges by 2028.\n\n### Questions\n\n- What was built since 2021?\n";

#[test]
fn an_entry_silences_nothing_in_another_brief() {
    let folder = Folder::new("baseline-two");
    folder.write("brief.md", BRIEF);
    write_baseline(&folder);
    folder.write("other.md", OTHER);
    let both = ["--baseline", "known.json", "brief.md", "other.md"];
    assert_eq!(told(&folder, &both), told(&folder, &["other.md"]));
    assert!(told(&folder, &both).contains(&"specific/continuing-verb:9".to_owned()), "{:?}", told(&folder, &both));
    // Nor when the brief with the entry is gone: the two share too little for a new name.
    fs::remove_file(folder.0.join("brief.md")).unwrap();
    assert_eq!(told(&folder, &["--baseline", "known.json", "other.md"]), told(&folder, &["other.md"]));
}

#[test]
fn a_brief_that_is_renamed_and_edited_keeps_its_entries() {
    let folder = Folder::new("baseline-renamed");
    folder.write("brief.md", BRIEF);
    write_baseline(&folder);
    fs::remove_file(folder.0.join("brief.md")).unwrap();
    folder.write("briefs/zemland.md", BRIEF.replace("2. Ratify", "2. Continue efforts to ratify"));
    let left = told(&folder, &["--baseline", "known.json", "briefs"]);
    assert!(!left.is_empty() && left.iter().all(|found| found.ends_with(":10")), "{left:?}");
    let json: serde_json::Value = serde_json::from_str(&folder.run(&["lint", "--format", "json", "--baseline", "known.json", "briefs"]).out).unwrap();
    assert!(json["summary"]["held_back"]["listed"].as_u64().unwrap() > 5, "{}", json["summary"]);
}

#[test]
fn the_baseline_is_found_from_any_folder_and_other_briefs_are_not_missed() {
    let folder = Folder::new("baseline-folder");
    folder.write("a/brief.md", BRIEF);
    folder.write("a/other.md", OTHER);
    assert_eq!(folder.run(&["lint", "--baseline", "known.json", "--write-baseline", "a"]).code, 0);
    let mut inside = folder.command(&["lint", "--format", "json", "--baseline", "../known.json", "brief.md"]);
    let output = inside.current_dir(folder.0.join("a")).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((json["findings"].as_array().unwrap().len(), &json["summary"]["held_back"]["not_needed"]), (0, &serde_json::json!(0)), "{json}");
}

#[test]
fn a_baseline_of_an_earlier_program_holds_for_all_briefs() {
    let folder = Folder::new("baseline-old");
    folder.write("brief.md", BRIEF);
    // Written by the program that had no other version.
    let findings = [
        "1088dcb884c670c2:1",
        "12a241db24511ded:1",
        "2abd423ab944b9ef:1",
        "37b916f4209bdcb9:1",
        "44cf14f350845052:1",
        "640c94bcb4a3db48:1",
        "6899428e37bb0022:1",
        "773ad339f2a5194f:1",
        "7ba4e42ae6006262:1",
        "7e82fc77420e4e4c:1",
        "7f28fb34106ce1aa:1",
        "8fb91ae7a9f4df2a:1",
        "bb29d3fba99c0dfe:1",
        "dafea797c4522368:1",
        "edd5b228be535000:1",
    ];
    folder.write("known.json", serde_json::json!({ "version": 1, "findings": findings }).to_string());
    assert!(known(&folder).is_empty());
    let ran = folder.run(&["lint", "--baseline", "known.json", "brief.md"]);
    assert!(ran.out.contains("known.json does not say to which briefs its entries belong, and holds for all"), "{}", ran.out);
}

fn git(folder: &Folder, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "core.autocrlf=false"]).args(arguments);
    let output = command.current_dir(&folder.0).output().expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn only_what_was_changed_since_a_revision_is_told() {
    let folder = Folder::new("since");
    folder.write("briefs/zwölf *.md", BRIEF);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-q", "-m", "first"]);
    assert_eq!(told(&folder, &["--since", "HEAD", "briefs"]), Vec::<String>::new());
    folder.write("briefs/zwölf *.md", format!("\n{}", BRIEF.replace("2. Ratify", "2. Continue efforts to ratify")));
    let changed = told(&folder, &["--since", "HEAD", "briefs"]);
    assert!(!changed.is_empty() && changed.iter().all(|found| found.ends_with(":11")), "{changed:?}");
    folder.write("briefs/new.md", BRIEF);
    assert_eq!(told(&folder, &["--since", "HEAD", "briefs/new.md"]), told(&folder, &["briefs/new.md"]));
    let ran = folder.run(&["lint", "--since", "HEAD", "briefs/zwölf *.md"]);
    assert!(ran.out.contains("findings that were there in HEAD already, not told again: "), "{}", ran.out);
}

#[test]
fn a_brief_that_was_renamed_since_a_revision_is_compared_with_what_it_was() {
    let folder = Folder::new("since-renamed");
    folder.write("briefs/old é.md", BRIEF);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-q", "-m", "first"]);
    fs::create_dir(folder.0.join("geneva")).unwrap();
    git(&folder, &["mv", "briefs/old é.md", "geneva/new *.md"]);
    assert_eq!(told(&folder, &["--since", "HEAD", "geneva"]), Vec::<String>::new());
    folder.write("geneva/new *.md", BRIEF.replace("2. Ratify", "2. Continue efforts to ratify"));
    let changed = told(&folder, &["--since", "HEAD", "geneva"]);
    assert!(!changed.is_empty() && changed.iter().all(|found| found.ends_with(":10")), "{changed:?}");
}

#[test]
fn a_file_that_the_program_writes_is_no_brief_of_the_run_and_no_other_file_of_it() {
    let folder = Folder::new("own-files");
    folder.write("brief.md", BRIEF).write("other.md", BRIEF);
    for (arguments, message) in [
        (&["--output", "sarif:brief.md"][..], "--output brief.md: this file is read as a brief; name another one"),
        (&["--output", "json:./other.md", "."], "--output ./other.md: this file is read as a brief; name another one"),
        (&["--baseline", "brief.md", "--write-baseline"], "--baseline brief.md: this file is read as a brief; name another one"),
        (&["--output", "sarif:new.txt", "--output", "json:./new.txt"], "--output names ./new.txt twice"),
        (&["--output", "json:new.txt", "--baseline", "new.txt", "--write-baseline"], "--output and --baseline both name new.txt"),
        (&["--output", "json:-"], "what goes to standard output is said by --format"),
        (&["--baseline", "new.json", "--write-baseline", "--diff"], "cannot be used with '--diff'"),
    ] {
        let ran = folder.run(&[&["lint", "brief.md"], arguments].concat());
        assert!(ran.code == 2 && ran.out.is_empty() && ran.err.contains(message), "{arguments:?}: {ran:?}");
        assert_eq!(fs::read_to_string(folder.0.join("brief.md")).unwrap(), BRIEF);
    }
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 2, "nothing was written");
}

#[test]
fn what_git_cannot_give_is_said() {
    let folder = Folder::new("since-wrong");
    folder.write("brief.md", BRIEF);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-q", "-m", "first"]);
    for (reference, message) in [
        ("--output=x", "this is not the name of a commit, branch or tag"),
        ("-p", "this is not the name of a commit, branch or tag"),
        ("HEAD:brief.md", "this is not the name of a commit, branch or tag"),
        ("", "this is not the name of a commit, branch or tag"),
        ("nowhere", "git knows no commit, branch or tag of this name"),
        ("HEAD; touch x", "git knows no commit, branch or tag of this name"),
    ] {
        let ran = folder.run(&["lint", &format!("--since={reference}"), "brief.md"]);
        assert_eq!(ran.code, 2, "{reference}");
        assert!(ran.err.contains(message), "{reference}: {}", ran.err);
    }
    assert!(!folder.0.join("x").exists());
    let mut without = folder.command(&["lint", "--since", "HEAD", "brief.md"]);
    let output = without.env("PATH", &folder.0).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--since needs the program git, which was not found"));
    // Above the folder there may be the repository of this very project.
    let outside = folder.command(&["lint", "--since", "HEAD", "brief.md"]).env("GIT_DIR", folder.0.join("no-repository")).output().unwrap();
    assert_eq!(outside.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&outside.stderr).contains("this file is in no git repository"), "{}", String::from_utf8_lossy(&outside.stderr));
}
