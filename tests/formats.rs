//! The formats of `upr lint`: what each of them writes, byte by byte, and what all of them keep to.
//!
//! The files in `tests/formats/golden` are promises to those who read them with other programs. `UPDATE_FORMATS=1 cargo test --test
//! formats` writes them anew; `tests/formats/validate.sh` lets the programs that read such files read them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail loudly")]

mod program;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use program::{Folder, Ran};
use serde_json::Value;

/// The formats with the files that hold what they write.
const FORMATS: [(&str, &str); 12] = [
    ("full", "full.txt"),
    ("concise", "concise.txt"),
    ("json", "findings.json"),
    ("jsonl", "findings.jsonl"),
    ("sarif", "findings.sarif"),
    ("github", "github.txt"),
    ("gitlab", "gitlab.json"),
    ("junit", "junit.xml"),
    ("checkstyle", "checkstyle.xml"),
    ("rdjson", "findings.rdjson"),
    ("markdown", "report.md"),
    ("csv", "findings.csv"),
];

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)
}

fn brief(name: &str) -> String {
    fs::read_to_string(here(name)).unwrap()
}

/// A folder with the three briefs: one with a silenced finding, one with personal data, and one with the line endings of Windows,
/// accents, emoji, and a name that has to be encoded.
fn briefs(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("plain.md", brief("plain.md")).write("private.md", brief("private.md"));
    folder.write("briefs/été 1.md", brief("accents.md").replace('\n', "\r\n"));
    folder
}

/// Compares with the golden file, or writes it anew.
#[track_caller]
fn same_as_golden(name: &str, written: &str) {
    let file = here("golden").join(name);
    if env::var_os("UPDATE_FORMATS").is_some() {
        fs::write(&file, written).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert!(kept == written, "tests/formats/golden/{name} is not what is written; if that is right: UPDATE_FORMATS=1 cargo test --test formats\n{written}");
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

#[test]
fn each_format_writes_what_is_promised() {
    let folder = briefs("golden");
    for (format, golden) in FORMATS {
        let ran = folder.run(&["lint", "--format", format]);
        assert_eq!(ran.code, 1, "{format}: {ran:?}");
        same_as_golden(golden, &ran.out);
    }
    let ran = folder.run(&["lint", "--summary"]);
    same_as_golden("summary.txt", &ran.out);
    let mut command = folder.command(&["lint", "--format", "github"]);
    command.env("GITHUB_STEP_SUMMARY", folder.0.join("step.md")).output().unwrap();
    same_as_golden("step-summary.md", &fs::read_to_string(folder.0.join("step.md")).unwrap());
    let known = folder.run(&["lint", "--output", "nonsense:a"]).err;
    let names = FORMATS.map(|(name, _)| name).join(", ");
    assert!(known.contains(&format!("there are: {names}")), "a format without a golden file: {known}");
}

#[test]
fn no_format_colours_shows_personal_data_or_depends_on_threads() {
    let folder = briefs("private-formats");
    for number in 0..20 {
        folder.write(&format!("more/{number}.md"), brief(if number % 2 == 0 { "private.md" } else { "plain.md" }));
    }
    for (format, _) in FORMATS {
        let one = folder.run(&["lint", "--format", format, "--threads", "1", "--color", "always"]);
        let many = folder.run(&["lint", "--format", format, "--threads", "7", "--color", "always"]);
        assert_eq!(one.out, many.out, "{format}");
        assert!(format == "full" || !one.out.contains('\u{1b}'), "{format}");
        for secret in ["Amina", "Kor", "0199"] {
            assert!(!one.out.contains(secret) && !one.err.contains(secret), "{format} shows {secret}: {ran}", ran = one.out);
        }
    }
    for arguments in [&["--summary"][..], &["--summary", "--format", "json"], &["--summary", "--format", "markdown"], &["--require", "S,M,T"]] {
        let ran = folder.run(&[&["lint"], arguments].concat());
        assert!(!ran.out.contains("Amina") && !ran.err.contains("Amina"), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn formats_are_written_to_files_besides() {
    let folder = briefs("outputs");
    folder.write("out/old.xml", "old");
    let mut arguments = vec!["lint".to_owned(), "--format".to_owned(), "concise".to_owned()];
    for (format, name) in FORMATS {
        arguments.extend(["--output".to_owned(), format!("{format}:out/{name}")]);
    }
    arguments.extend(["--output".to_owned(), "junit:out/old.xml".to_owned()]);
    let ran = folder.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.out, fs::read_to_string(here("golden/concise.txt")).unwrap());
    for (format, name) in FORMATS {
        assert_eq!(fs::read_to_string(folder.0.join("out").join(name)).unwrap(), fs::read_to_string(here("golden").join(name)).unwrap(), "{format}");
    }
    assert_eq!(fs::read_to_string(folder.0.join("out/old.xml")).unwrap(), fs::read_to_string(here("golden/junit.xml")).unwrap());
    assert_eq!(fs::read_dir(folder.0.join("out")).unwrap().count(), FORMATS.len() + 1, "nothing else is left");
    assert_eq!(folder.run(&["lint", "--output", "json:a.json", "--fail-on", "never"]).code, 0);
    assert_eq!(folder.run(&["lint", "--format", "concise"]).out, ran.out, "a report is no brief");
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_an_old_one_stays() {
    let folder = briefs("unwritable");
    folder.write("old.sarif", "old");
    for (output, reason) in [("sarif:nowhere/a.sarif", "nowhere/a.sarif: there is no such folder"), ("sarif:briefs", "briefs: this is a folder")] {
        let ran = folder.run(&["lint", "plain.md", "--output", "json:old.sarif", "--output", output]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(reason), "{ran:?}");
        assert_eq!(fs::read_to_string(folder.0.join("old.sarif")).unwrap(), "old");
    }
    for wrong in ["sarif", "sarif:", "nonsense:a", ":a"] {
        assert_eq!(folder.run(&["lint", "plain.md", "--output", wrong]).code, 2, "{wrong}");
    }
    assert_eq!(folder.run(&["lint", "plain.md", "--output", "json:a", "--output", "csv:a"]).code, 2);
    let left: Vec<String> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(left.iter().all(|name| !name.ends_with(".part")), "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_a_device_is_no_file() {
    let folder = briefs("link");
    folder.write("real/a.json", "old");
    std::os::unix::fs::symlink("real/a.json", folder.0.join("link.json")).unwrap();
    let ran = folder.run(&["lint", "plain.md", "--output", "json:link.json", "--output", "csv:/dev/null"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(fs::symlink_metadata(folder.0.join("link.json")).unwrap().is_symlink());
    assert!(fs::read_to_string(folder.0.join("real/a.json")).unwrap().starts_with("{\"version\":1"));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    if Path::new("/dev/full").exists() {
        let ran = folder.run(&["lint", "plain.md", "--output", "sarif:/dev/full", "--output", "json:link.json"]);
        assert!(ran.code == 2 && ran.err.contains("the output could not be written: /dev/full: "), "{ran:?}");
    }
}

/// The fingerprints of SARIF and of GitLab.
fn fingerprints(folder: &Folder) -> (Vec<String>, Vec<String>) {
    let sarif = json(&folder.run(&["lint", "--format", "sarif", "a.md"]));
    let gitlab = json(&folder.run(&["lint", "--format", "gitlab", "a.md"]));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut sarif: Vec<String> = sarif["runs"][0]["results"].as_array().unwrap().iter().map(|result| text(&result["partialFingerprints"]["upr/v1"])).collect();
    let mut gitlab: Vec<String> = gitlab.as_array().unwrap().iter().map(|issue| text(&issue["fingerprint"])).collect();
    sarif.sort();
    gitlab.sort();
    (sarif, gitlab)
}

#[test]
fn fingerprints_survive_moving_and_renumbering_and_are_unique() {
    let folder = Folder::new("fingerprints");
    let text = brief("plain.md");
    let before = fingerprints(folder.write("a.md", &text));
    let moved = text.replace("- Establish an independent inspectorate of children’s homes by December 2028.\n", "");
    let moved = moved.replace("### Recommendations\n", "\n\n### Recommendations\n");
    let moved = moved.replace(
        "- Take all necessary measures to close the home of Vell.\n",
        "- Take all necessary measures to close the home of Vell.\n\n- Establish an independent inspectorate of children’s homes by December 2028.\n",
    );
    assert_ne!(moved, text);
    assert_eq!(before, fingerprints(folder.write("a.md", moved)));
    assert_eq!(before, fingerprints(folder.write("a.md", text.replace('\n', "\r\n"))));
    assert_ne!(before, fingerprints(folder.write("a.md", text.replace("Continue efforts", "Continue all efforts"))));
    let twice = text.replace("- Take all necessary", "- Continue efforts to protect children in care, as soon as possible.\n- Take all necessary");
    let (sarif, gitlab) = fingerprints(folder.write("a.md", twice));
    assert_eq!(sarif.iter().collect::<BTreeSet<_>>().len(), sarif.len());
    assert_eq!(gitlab.iter().collect::<BTreeSet<_>>().len(), gitlab.len());
}

#[test]
fn sarif_keeps_what_is_silenced_with_the_reason() {
    let folder = briefs("silenced-sarif");
    let sarif = json(&folder.run(&["lint", "--format", "sarif", "plain.md"]));
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let silenced: Vec<&Value> = results.iter().filter(|result| result.get("suppressions").is_some()).collect();
    assert_eq!(silenced.len(), 1, "{silenced:?}");
    assert_eq!(silenced[0]["ruleId"], "time-bound/missing-deadline");
    assert_eq!(silenced[0]["suppressions"], serde_json::json!([{ "kind": "inSource", "justification": "agreed with the mission & the <coalition>" }]));
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
    }
}

#[test]
fn columns_count_in_the_units_of_the_format() {
    let folder = Folder::new("columns");
    folder.write("a.md", "# UPR of Zemland\n\n## Prison\n\n### Recommendations\n\n- é😀 Continue efforts.\n");
    let at =
        |value: &Value, rule: &str, key: &str| value.as_array().unwrap().iter().find(|found| found.pointer(key).is_some_and(|id| id == rule)).unwrap().clone();
    let verb = "specific/continuing-verb";
    let characters = at(&json(&folder.run(&["lint", "--format", "json", "a.md"]))["findings"], verb, "/rule");
    assert_eq!((characters["column"].as_u64(), characters["end_column"].as_u64()), (Some(6), Some(14)));
    let units = at(&json(&folder.run(&["lint", "--format", "sarif", "a.md"]))["runs"][0]["results"], verb, "/ruleId");
    assert_eq!(units["locations"][0]["physicalLocation"]["region"]["startColumn"], 7);
    let bytes = at(&json(&folder.run(&["lint", "--format", "rdjson", "a.md"]))["diagnostics"], verb, "/code/value");
    assert_eq!(bytes["location"]["range"]["start"]["column"], 10);
}

#[test]
fn names_of_files_are_escaped_in_each_format() {
    let folder = Folder::new("names");
    let name = "=a,b c%\"&<x>_1.md";
    folder.write(name, brief("plain.md"));
    let all: String = FORMATS.iter().map(|(format, _)| folder.run(&["lint", "--format", format, name]).out).collect();
    for shown in [
        "file==a%2Cb c%25\"&<x>_1.md,line=",
        "\"uri\":\"%3Da%2Cb%20c%25%22%26%3Cx%3E_1.md\"",
        "<file name=\"=a,b c%&quot;&amp;&lt;x&gt;_1.md\">",
        "\n\"'=a,b c%\"\"&<x>_1.md\",",
        "## =a,b c%\"&amp;\\<x\\>\\_1.md: ",
    ] {
        assert!(all.contains(shown), "{shown}");
    }
    let absolute = folder.0.join(name);
    let ran = folder.run(&["lint", "--format", "sarif", absolute.to_str().unwrap()]);
    assert!(ran.out.contains("\"uri\":\"%3Da%2Cb%20c%25%22%26%3Cx%3E_1.md\""), "a path from the folder of the run");
}

#[test]
fn the_summary_of_a_step_is_added_only_for_github() {
    let folder = briefs("step");
    let run = |format: &str, file: &str| {
        let mut command = folder.command(&["lint", "--format", format, "plain.md"]);
        Ran::new(&command.env("GITHUB_STEP_SUMMARY", folder.0.join(file)).output().unwrap())
    };
    folder.write("step.md", "before\n");
    assert_eq!(run("github", "step.md").code, 1);
    let added = fs::read_to_string(folder.0.join("step.md")).unwrap();
    assert!(added.starts_with("before\n## upr\n\n| Brief |") && added.contains("| plain.md | Zemland | 53 |"), "{added}");
    assert_eq!(run("json", "other.md").code, 1);
    assert!(!folder.0.join("other.md").exists());
    let ran = run("github", "nowhere/step.md");
    assert!(ran.code == 2 && ran.err.contains("nowhere/step.md: there is no such folder"), "{ran:?}");
}

#[test]
fn a_text_that_cannot_be_read_leaves_each_format_whole() {
    let folder = briefs("unreadable-formats");
    for (format, _) in FORMATS {
        let ran = folder.run(&["lint", "--format", format, "plain.md", "missing & <none>.md"]);
        assert_eq!(ran.code, 2, "{format}: {ran:?}");
        assert!(ran.err.contains("missing & <none>.md: there is no such file"), "{format}: {ran:?}");
        match format {
            "json" | "sarif" | "gitlab" | "rdjson" => drop(json(&ran)),
            "junit" => assert!(ran.out.contains("<error message=\"there is no such file\"/>") && ran.out.ends_with("</testsuites>\n"), "{ran:?}"),
            "checkstyle" => assert!(ran.out.ends_with("</checkstyle>\n"), "{ran:?}"),
            "markdown" => assert!(ran.out.contains("**Not read:** missing &amp; \\<none\\>.md"), "{ran:?}"),
            _ => {}
        }
    }
}

#[test]
fn a_rule_that_is_wrong_is_told_in_each_format() {
    let folder = Folder::new("broken-formats");
    folder.write("a.md", brief("plain.md")).write("mine/specific/x.toml", "title = \"x\"\n");
    for (format, _) in FORMATS {
        let ran = folder.run(&["lint", "--format", format, "--rules", "mine", "a.md"]);
        assert_eq!(ran.code, 2, "{format}: {ran:?}");
        assert!(ran.out.contains("x.toml"), "{format}: {ran:?}");
        if ["json", "sarif", "gitlab", "rdjson"].contains(&format) {
            json(&ran);
        }
    }
}

#[test]
fn letters_can_be_required() {
    let folder = briefs("gate");
    let run = |arguments: &[&str]| folder.run(&[&["lint", "--fail-on", "never", "--format", "concise", "plain.md"], arguments].concat());
    let ran = run(&["--require", "S,T"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for said in [
        "plain.md:16: this recommendation is not specific, not time-bound",
        "plain.md:19: this recommendation is not time-bound",
        "2 of 3 recommendations do not meet --require S,T",
    ] {
        assert!(ran.err.contains(said), "{said}: {ran:?}");
    }
    assert!(!ran.err.contains("plain.md:15"), "{ran:?}");
    assert_eq!(run(&["--require", "achievable"]).code, 0);
    let ran = run(&["--min-share", "80", "--require", "S"]);
    assert!(ran.code == 1 && ran.err.contains("2 of 3 recommendations meet S, which is less than --min-share 80"), "{ran:?}");
    assert_eq!(run(&["--min-share", "66", "--require", "S"]).code, 0);
    let ran = run(&["--min-share", "50"]);
    assert!(ran.code == 1 && ran.err.contains("1 of 3 recommendations meet S,M,A,R,T"), "{ran:?}");
    for wrong in [&["--require", "X"][..], &["--min-share", "101"], &["--min-share", "many"]] {
        assert_eq!(run(wrong).code, 2, "{wrong:?}");
    }
    // In French it cannot be told whether a recommendation is specific: that is no fault, and no merit.
    folder.write("fr.md", "# Examen périodique universel du Népal\n\n## Prison\n\nLes enfants sont en prison.\n\n### Recommandations\n\n- Poursuivre les efforts d’ici décembre 2028.\n");
    let french = |arguments: &[&str]| folder.run(&[&["lint", "--fail-on", "never", "fr.md"], arguments].concat());
    assert_eq!(french(&["--require", "S"]).code, 0);
    assert_eq!(french(&["--min-share", "100", "--require", "S"]).code, 0);
}

#[test]
fn what_briefs_of_one_state_have_in_common_is_told() {
    let folder = Folder::new("across");
    let write = |name: &str, recommendation: &str| {
        folder.write(name, brief("plain.md").replace("- Establish an independent inspectorate of children’s homes by December 2028.", recommendation));
    };
    write("a.md", "- Open a court for children in Vell by June 2028.");
    write("b.md", "- Open a court for children in Vell by June 2029.");
    let ran = folder.run(&["lint", "--summary"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for said in [
        "Zemland: one recommendation with different deadlines\n  “Open a court for children in Vell by June 2028.”\n    a.md:15  by 2028-06-30\n    b.md:15  by 2029-06-30\n",
        "Zemland: the same recommendation in more than one brief\n  “Continue efforts to protect children in care, as soon as possible.”\n    a.md:16\n    b.md:16\n",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    for format in ["json", "jsonl"] {
        let ran = folder.run(&["lint", "--summary", "--format", format]);
        let whole: Value = serde_json::from_str(if format == "json" { &ran.out } else { ran.out.lines().last().unwrap() }).unwrap();
        let across = &whole["summary"]["across"];
        assert_eq!(across["contradictions"][0]["places"][1], serde_json::json!({ "path": "b.md", "line": 15, "deadline": "2029-06-30" }));
        assert_eq!(across["duplicates"].as_array().unwrap().len(), 2, "{across}");
    }
    assert!(json(&folder.run(&["lint", "--format", "json"]))["summary"].get("across").is_none());
    let ran = folder.run(&["lint", "--summary", "--format", "sarif"]);
    assert!(ran.code == 2 && ran.err.contains("--summary goes with"), "{ran:?}");
}
