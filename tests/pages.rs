//! `upr pages` and what `brief/too-long` says of a long brief, as a user sees them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// Writes a brief and runs the program on it. Tests run at the same time, so each has briefs of its own names.
fn run(name: &str, text: &str, arguments: &[&str]) -> String {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_upr")).args(arguments).arg(name).current_dir(&folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn json(name: &str, text: &str) -> Value {
    let all: Value = serde_json::from_str(&run(name, text, &["pages", "--format", "json"])).unwrap();
    all["briefs"][0].clone()
}

/// A brief of 70 lines in paragraphs of one: 31 stand on a page, beside the heading 29.
fn long() -> String {
    let lines: Vec<String> = (1..=70).map(|number| format!("Line {number} of the brief.")).collect();
    format!("# Zemland\n\n{}\n", lines.join("\n\n"))
}

#[test]
fn the_figures_of_a_long_brief_are_told() {
    let brief = json("long.md", &long());
    assert_eq!(brief["path"], "long.md");
    assert_eq!([&brief["limit"], &brief["words"], &brief["lines_over"], &brief["words_over"]].map(|value| value.as_u64().unwrap()), [2, 351, 10, 50]);
    assert!((brief["count"].as_f64().unwrap() - 2.4).abs() < 0.01, "{brief}");
    let endings: Vec<(u64, &str)> =
        brief["endings"].as_array().unwrap().iter().map(|page| (page["lines"].as_u64().unwrap(), page["last_words"].as_str().unwrap())).collect();
    assert_eq!(endings, [(30, "29 of the brief."), (31, "60 of the brief."), (10, "70 of the brief.")]);
    let told = run("long.md", &long(), &["pages"]);
    assert!(told.starts_with("long.md: 2.4 of 2 pages: 10 lines over, 50 words\n  10 lines on the last page"), "{told}");
    assert!(told.contains("page 2 ends at line 121: “… 60 of the brief.”"), "{told}");
}

#[test]
fn a_brief_that_is_too_long_is_told_where_page_three_begins() {
    let told = run("told.md", &long(), &["lint", "--format", "concise", "--select", "brief/too-long"]);
    assert_eq!(told, "told.md:123:1: error[brief/too-long] The brief is 2.4 pages long; 2 are the most. It is 10 lines over, about 50 words.\n");
}

#[test]
fn the_front_matter_and_a_rule_folder_choose_the_page() {
    let small = json("small.md", &format!("---\npage: 8 pt\n---\n\n{}", long()));
    assert_eq!((small["printed_on"]["size_pt"].as_f64(), small["lines_over"].as_u64()), (Some(8.0), Some(0)));
    let rules = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages/rules");
    fs::create_dir_all(&rules).unwrap();
    fs::write(rules.join("page.toml"), "font = \"serif\"\nsize-pt = 12\n").unwrap();
    let told = run("serif.md", &long(), &["pages", "--rules", "rules"]);
    assert!(told.contains("12-point") && told.contains("Liberation"), "{told}");
}
