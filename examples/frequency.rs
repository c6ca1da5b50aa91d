//! Counts of how many real recommendations each rule speaks, and how often a person who judged them agrees, and writes it to
//! `rules/frequency.toml`, from which `upr explain` tells it.
//!
//! `cargo run --release --example frequency -- [--check] TABLE.csv JUDGED.jsonl…`: a CSV file as for `agreement`, and files of
//! judgements. With `--check` nothing is written, and a file that says something else is an error.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, clippy::indexing_slicing, reason = "a program of the workshop, not of its users")]

mod data;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use serde_json::Value;
use upr_lint::builtin;
use upr_lint::rules::Rule;
use upr_lint::rules::condition::Unit;
use upr_lint::rules::single::{Assessed, Judge};
use upr_lint::rules::verdict::{Answer, Letter};

/// What the table holds, as the file and `upr explain` say it.
const OF: &str = "recommendations that States made in sessions 1 to 20 of the UPR";

#[derive(Default)]
struct Figures {
    speaks: usize,
    judged: usize,
    right: usize,
}

fn main() -> ExitCode {
    let (options, files): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let (tables, judgements): (Vec<&String>, Vec<&String>) = files.iter().partition(|file| file.ends_with(".csv"));
    let [table] = tables.as_slice() else {
        eprintln!("usage: frequency [--check] TABLE.csv JUDGED.jsonl…");
        return ExitCode::from(2);
    };
    let book = builtin::rulebook();
    let judge = Judge::new(book);
    let speaks = |rule: &&Rule| matches!(rule.condition.each, Unit::Recommendation | Unit::Passage);
    let mut figures: BTreeMap<&str, Figures> = book.rules.iter().filter(speaks).map(|rule| (rule.id.as_str(), Figures::default())).collect();

    let table = data::Table::read(table);
    for (text, review) in table.recommendations() {
        for name in spoken(&judge.assess(text, None, review)) {
            figures.get_mut(name).expect("a rule that speaks of a recommendation").speaks += 1;
        }
    }
    for row in judgements.iter().flat_map(|file| data::lines(file)) {
        let Some(text) = row["text"].as_str() else { continue };
        let assessed = judge.assess(text, None, data::review(&row));
        for name in spoken(&assessed) {
            let rule = book.rule(name).expect("a rule that has spoken");
            let Some(right) = is_right(rule, &assessed, &row) else { continue };
            let figures = figures.get_mut(name).expect("a rule that speaks of a recommendation");
            figures.judged += 1;
            figures.right += usize::from(right);
        }
    }
    let text = written(&figures, table.rows.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/frequency.toml");
    if options.iter().any(|option| option == "--check") {
        if fs::read_to_string(&path).is_ok_and(|known| known == text) {
            println!("rules/frequency.toml says what is measured");
            return ExitCode::SUCCESS;
        }
        eprintln!("rules/frequency.toml says something else than what is measured; run this program without --check");
        return ExitCode::FAILURE;
    }
    fs::write(&path, text).expect("the file can be written");
    println!("rules/frequency.toml is written: {} rules", figures.len());
    ExitCode::SUCCESS
}

/// The rules that speak of a recommendation, each once.
fn spoken<'b>(assessed: &Assessed<'b>) -> Vec<&'b str> {
    let mut names: Vec<&str> = assessed.findings.iter().map(|finding| finding.rule.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether the person who judged a recommendation agrees with a rule that spoke of it; none if the judgement does not tell.
///
/// A rule that takes a letter away is judged by that letter. Three are judged by what they say itself: how many actions there are,
/// whether there is a deadline, whether a time word is vague. Borderline cases and unsure judgements are left out.
fn is_right(rule: &Rule, assessed: &Assessed<'_>, row: &Value) -> Option<bool> {
    let no = |field: &str| match row[field].as_str() {
        Some("no") => Some(true),
        Some("yes") => Some(false),
        _ => None,
    };
    match rule.id.as_str() {
        "specific/several-actions" => return row["compound"].as_u64().map(|actions| actions > 1),
        "time-bound/vague-deadline" => return row["vague_time"].as_str().map(|words| !words.is_empty()),
        "time-bound/missing-deadline" if row["borderline"] == Value::Bool(false) => return no("has_deadline"),
        _ => {}
    }
    let taken = |letter: Letter| {
        rule.verdicts.iter().any(|says| says.letter == letter && says.is == Answer::NotMet) && assessed.letters[letter].answer == Answer::NotMet
    };
    let judged = [(Letter::Specific, "specific"), (Letter::Measurable, "measurable"), (Letter::Achievable, "achievable"), (Letter::TimeBound, "time_bound")];
    // A rule that takes two letters away is right if one of them was rightly taken.
    judged.into_iter().filter(|&(letter, _)| taken(letter)).filter_map(|(_, field)| no(field)).reduce(|one, other| one || other)
}

fn written(figures: &BTreeMap<&str, Figures>, recommendations: usize) -> String {
    let mut text = String::from(
        "# How often each rule speaks of real recommendations, and how often a person who judged them by hand agrees.\n\
         # Written by `cargo run --release --example frequency -- TABLE.csv JUDGED.jsonl…`; not by hand.\n",
    );
    let mut line = |line: String| writeln!(text, "{line}").expect("a text can be added to");
    line(format!("\n[data]\nof = {OF:?}\nrecommendations = {recommendations}"));
    for (name, Figures { speaks, judged, right }) in figures {
        line(format!("\n[rule.{name:?}]\nspeaks = {speaks}"));
        if *judged > 0 {
            line(format!("judged = {judged}\nright  = {right}"));
        }
    }
    text
}
