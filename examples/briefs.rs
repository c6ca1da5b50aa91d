//! Measures how well briefs are understood: reads each `*.md` of a folder that has a `*.expected.json` beside it, and prints
//! recall and precision for recommendations, issues, questions, State, session, deadlines and findings.
//!
//! `cargo run --release --example briefs -- FOLDER [--verbose]`; exits with 1 if a figure is below the floor.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, clippy::indexing_slicing, reason = "a program of the workshop, not of its users")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use serde_json::Value;
use upr_lint::brief::date::Date;
use upr_lint::brief::review::Review;
use upr_lint::builtin;
use upr_lint::diagnostic::Severity;
use upr_lint::language::time::DeadlineKind;
use upr_lint::text::Source;
use upr_lint::words::Language;
use upr_lint::{Checked, check};

const FLOOR: f64 = 0.97;

/// How often something was rightly found, missed or invented.
struct Score {
    name: &'static str,
    right: usize,
    missed: usize,
    invented: usize,
    notes: Vec<String>,
}

impl Score {
    fn new(name: &'static str) -> Score {
        Score { name, right: 0, missed: 0, invented: 0, notes: Vec::new() }
    }

    fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.invented)
    }

    /// Compares two lists as sets, in the name of a brief.
    fn compare(&mut self, brief: &str, expected: &[String], found: &[String]) {
        let wanted: BTreeSet<&String> = expected.iter().collect();
        let got: BTreeSet<&String> = found.iter().collect();
        self.right += wanted.intersection(&got).count();
        for missed in wanted.difference(&got) {
            self.missed += 1;
            self.notes.push(format!("{brief}: missed {missed}"));
        }
        for invented in got.difference(&wanted) {
            self.invented += 1;
            self.notes.push(format!("{brief}: invented {invented}"));
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Measures the briefs of a folder and prints the figures; whether all reach the floor.
pub fn measured(folder: &Path, verbose: bool) -> bool {
    let files = briefs(folder);
    if files.is_empty() {
        eprintln!("{} holds no brief with an expected.json beside it", folder.display());
        return false;
    }
    let mut scores = [
        "recommendations",
        "lines",
        "issues",
        "issue lines",
        "questions",
        "organisation",
        "state",
        "session",
        "deadlines",
        "limit",
        "flags (en)",
        "not (en)",
        "clean (en)",
    ]
    .map(Score::new);
    for file in &files {
        measure(file, &mut scores);
    }
    println!("{} briefs", files.len());
    println!("{:18} {:>6} {:>7} {:>9} {:>7} {:>10}", "", "right", "missed", "invented", "recall", "precision");
    let mut good = true;
    for score in &scores {
        println!("{:18} {:>6} {:>7} {:>9} {:>7.3} {:>10.3}", score.name, score.right, score.missed, score.invented, score.recall(), score.precision());
        good &= score.recall() >= FLOOR && score.precision() >= FLOOR;
        if verbose || score.recall() < FLOOR || score.precision() < FLOOR {
            score.notes.iter().for_each(|note| println!("    {note}"));
        }
    }
    good
}

#[cfg_attr(test, expect(dead_code, reason = "the test calls what measures, not the program"))]
fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: briefs FOLDER [--verbose]");
        return ExitCode::from(2);
    };
    if measured(Path::new(&folder), arguments.next().is_some()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn briefs(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md") && path.with_extension("expected.json").exists());
    files.sort();
    files
}

fn measure(file: &Path, scores: &mut [Score; 13]) {
    let [recommendations, lines, issues, issue_lines, questions, organisation, state, session, deadlines, limits, flags, not, clean] = scores;
    let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let text = fs::read_to_string(file).expect("a brief can be read");
    let expected = fs::read_to_string(file.with_extension("expected.json")).expect("what is expected can be read");
    let expected: Value = serde_json::from_str(&expected).expect("what is expected is JSON");
    let source = Source::new(name.clone(), text);
    let checked = check(&source, builtin::rulebook(), &Review::default());
    let brief = &checked.brief;
    let prose = &checked.document.prose;
    let list = |key: &str| expected[key].as_array().cloned().unwrap_or_default();
    let wanted = list("recommendations");

    let wanted_texts: Vec<String> = wanted.iter().map(|one| trimmed(one["text"].as_str().unwrap_or_default())).collect();
    let texts: Vec<String> = brief.recommendations.iter().map(|one| trimmed(&prose.plain(one.words))).collect();
    recommendations.compare(&name, &wanted_texts, &texts);
    let line_of = |at: u32| source.line_number(at);
    let wanted_lines: Vec<String> = wanted.iter().zip(&wanted_texts).map(|(one, text)| format!("{}: {}", one["line"], short(text))).collect();
    let found_lines: Vec<String> =
        brief.recommendations.iter().zip(&texts).map(|(one, text)| format!("{}: {}", line_of(prose.span(one.words).start), short(text))).collect();
    lines.compare(&name, &wanted_lines, &found_lines);

    let with_recommendations = |title: &str, places: &[usize]| format!("{} {places:?}", trimmed(title));
    let wanted_issues: Vec<String> = list("issues")
        .iter()
        .map(|issue| {
            let places: Vec<usize> = issue["recommendations"].as_array().into_iter().flatten().filter_map(Value::as_u64).map(|place| place as usize).collect();
            with_recommendations(issue["title"].as_str().unwrap_or_default(), &places)
        })
        .collect();
    let found_issues: Vec<String> = brief.issues.iter().map(|issue| with_recommendations(&prose.plain(issue.title), &issue.recommendations)).collect();
    issues.compare(&name, &wanted_issues, &found_issues);
    let wanted_issue_lines: Vec<String> = list("issues").iter().filter_map(|issue| issue["line"].as_u64()).map(|line| line.to_string()).collect();
    if !wanted_issue_lines.is_empty() {
        let found: Vec<String> = brief.issues.iter().map(|issue| line_of(prose.span(issue.title).start).to_string()).collect();
        issue_lines.compare(&name, &wanted_issue_lines, &found);
    }

    let wanted_questions: Vec<String> = list("questions").iter().filter_map(Value::as_str).map(trimmed).collect();
    let found_questions: Vec<String> = brief.questions.iter().map(|question| trimmed(&prose.plain(question.words))).collect();
    questions.compare(&name, &wanted_questions, &found_questions);
    let one = |value: Option<String>| value.into_iter().collect::<Vec<String>>();
    let has = expected["organisation_paragraph"].as_bool().unwrap_or(false);
    organisation.compare(&name, &[has.to_string()], &[brief.organisation.is_some().to_string()]);
    state.compare(&name, &one(expected["state"].as_str().map(str::to_owned)), &one(brief.frame.state.clone()));
    session.compare(&name, &one(expected["session"].as_u64().map(|session| session.to_string())), &one(brief.frame.session.map(|session| session.to_string())));
    if let Some(limit) = expected.get("limit") {
        // The last day of a session in the calendar may differ by a day or two from that of its month.
        let month = |date: &str| date.get(..7).unwrap_or(date).to_owned();
        limits.compare(&name, &one(limit.as_str().map(month)), &one(brief.frame.limit().map(|limit| month(&limit.iso()))));
    }
    // French and Spanish durations were reckoned from the end of the review's month, so there the month decides.
    let exact = brief.language == Language::English;
    let rough = |date: String| if exact || date.starts_with('n') { date } else { date.get(..7).unwrap_or(&date).to_owned() };
    let wanted_deadlines: Vec<String> = wanted
        .iter()
        .zip(&wanted_texts)
        .filter_map(|(one, text)| wanted_deadline(&one["deadline"]).map(|date| format!("{}: {}", rough(date), short(text))))
        .collect();
    let found_deadlines: Vec<String> =
        (0..texts.len()).filter_map(|at| found_deadline(&checked, at).map(|date| format!("{}: {}", rough(date), short(&texts[at])))).collect();
    deadlines.compare(&name, &wanted_deadlines, &found_deadlines);

    if brief.language == Language::English {
        findings(&name, &expected, &wanted, &checked, flags, not);
        if expected["clean"].as_bool() == Some(true) {
            let heavy: Vec<String> = checked
                .diagnostics
                .iter()
                .filter(|one| one.severity > Severity::Advice)
                .map(|one| format!("{} “{}”", one.rule, source.slice(one.span)))
                .collect();
            clean.compare(&name, &[], &heavy);
        }
    }
}

/// What must and what must not be found, for rules that exist.
fn findings(name: &str, expected: &Value, wanted: &[Value], checked: &Checked, flags: &mut Score, not: &mut Score) {
    let exists = |rule: &&str| builtin::rulebook().rule(rule).is_some();
    let strings =
        |value: &Value| -> Vec<String> { value.as_array().into_iter().flatten().filter_map(Value::as_str).filter(exists).map(str::to_owned).collect() };
    let mut of_recommendation: Vec<BTreeSet<String>> = vec![BTreeSet::new(); wanted.len()];
    let mut of_brief: BTreeSet<String> = BTreeSet::new();
    for diagnostic in &checked.diagnostics {
        let at = checked.brief.recommendations.iter().position(|one| checked.document.prose.span(one.words).contains(diagnostic.span));
        match at.and_then(|at| of_recommendation.get_mut(at)) {
            Some(rules) => _ = rules.insert(diagnostic.rule.to_string()),
            None => _ = of_brief.insert(diagnostic.rule.to_string()),
        }
    }
    let mut judge = |place: String, found: &BTreeSet<String>, must: Vec<String>, must_not: Vec<String>, one_of: Vec<Vec<String>>| {
        for rule in must {
            flags.compare(&place, std::slice::from_ref(&rule), &found.iter().filter(|known| **known == rule).cloned().collect::<Vec<_>>());
        }
        for group in one_of {
            let raised = group.iter().any(|rule| found.contains(rule));
            flags.compare(&place, &[format!("one of {group:?}")], &if raised { vec![format!("one of {group:?}")] } else { Vec::new() });
        }
        for rule in must_not {
            not.right += 1;
            if found.contains(&rule) {
                not.right -= 1;
                not.invented += 1;
                not.notes.push(format!("{place}: {rule}"));
            }
        }
    };
    for (at, one) in wanted.iter().enumerate() {
        let groups = one["flags_one_of"].as_array().into_iter().flatten().map(strings).collect();
        judge(
            format!("{name} #{at} {}", short(one["text"].as_str().unwrap_or_default())),
            &of_recommendation[at],
            strings(&one["flags"]),
            strings(&one["not"]),
            groups,
        );
    }
    judge(format!("{name} brief"), &of_brief, strings(&expected["brief_flags"]), strings(&expected["brief_not"]), Vec::new());
}

fn wanted_deadline(deadline: &Value) -> Option<String> {
    let latest = deadline.get("latest")?;
    latest.as_str().map(str::to_owned)
}

fn found_deadline(checked: &Checked, at: usize) -> Option<String> {
    let review = checked.brief.frame.review.map(|review| review.date);
    let (_, deadline) = checked.readings[at].deadline()?;
    match deadline.kind {
        DeadlineKind::NextReview => Some("next-review".to_owned()),
        _ => deadline.latest(review).map(Date::iso),
    }
}

fn trimmed(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches([' ', ';', '.', ',']).to_owned()
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
