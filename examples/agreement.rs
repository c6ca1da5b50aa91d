//! Measures how well the facts read in recommendations agree with people who read them: action category, number of actions,
//! deadlines, vague times.
//!
//! `cargo run --release --example agreement -- FILE… [--floor] [--misses]`: a CSV file with the columns `text`, `action` and
//! `session`, and JSONL files of which the fields tell what they judge. A file with `census` in its name holds all deadlines of
//! the CSV file. `--misses` lists the disagreements; `--floor` exits with 1 if a figure is below its floor.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, clippy::indexing_slicing, reason = "a program of the workshop, not of its users")]

mod data;

use std::collections::{HashMap, HashSet};
use std::env;
use std::process::ExitCode;
use std::time::Instant;

use serde_json::Value;
use upr_lint::brief::date::Date;
use upr_lint::builtin;
use upr_lint::language::time::{Deadline, DeadlineKind};
use upr_lint::language::{Reading, read_text};
use upr_lint::rules::single::Judge;
use upr_lint::rules::verdict::{Answer, Letter};

/// What the figures are compared with, and which disagreements are shown.
#[derive(Default)]
struct Report {
    below: Vec<String>,
    misses: bool,
}

impl Report {
    fn figure(&mut self, name: &str, value: f64, floor: f64) {
        let low = value < floor;
        println!("  {name:34} {value:.4}   floor {floor:.3}{}", if low { "   BELOW" } else { "" });
        if low {
            self.below.push(format!("{name}: {value:.4} < {floor}"));
        }
    }

    fn miss(&self, what: &str, text: &str) {
        if self.misses {
            println!("    {what}: {text}");
        }
    }
}

fn main() -> ExitCode {
    let (options, files): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|argument| argument.starts_with("--"));
    if files.is_empty() {
        eprintln!("usage: agreement FILE… [--floor] [--misses]");
        return ExitCode::from(2);
    }
    let mut report = Report { misses: options.iter().any(|option| option == "--misses"), ..Report::default() };
    let is_table = |file: &&String| file.ends_with(".csv");
    let census: Vec<Value> = files.iter().filter(|file| file.contains("census")).flat_map(|file| data::lines(file)).collect();
    for file in files.iter().filter(is_table) {
        table(file, &census, &mut report);
    }
    for file in files.iter().filter(|file| !is_table(file) && !file.contains("census")) {
        gold(file, &mut report);
    }
    for low in &report.below {
        eprintln!("below the floor: {low}");
    }
    let fails = options.iter().any(|option| option == "--floor") && !report.below.is_empty();
    if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn read(text: &str, review: Option<Date>) -> Reading {
    let book = builtin::rulebook();
    read_text(text, &book.lexicon, &book.grammar, review)
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Right, missed and invented.
#[derive(Default, Clone, Copy)]
struct Found {
    right: usize,
    missed: usize,
    invented: usize,
}

impl Found {
    fn add(&mut self, expected: bool, found: bool) {
        self.right += usize::from(expected && found);
        self.missed += usize::from(expected && !found);
        self.invented += usize::from(!expected && found);
    }

    fn precision(self) -> f64 {
        ratio(self.right, self.right + self.invented)
    }

    fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.missed + self.invented)
    }
}

/// The action categories of a table, and its deadlines against a census of them.
fn table(file: &str, census: &[Value], report: &mut Report) {
    println!("{file}");
    let table = data::Table::read(file);
    let rows = &table.rows;
    let (text, action) = (table.column("text").expect("a column of texts"), table.column("action"));
    let begun = Instant::now();
    let readings: Vec<Reading> = table.recommendations().map(|(text, review)| read(text, review.map(|review| review.date))).collect();
    let seconds = begun.elapsed().as_secs_f64();
    println!("  {} recommendations, {:.1} µs each", rows.len(), seconds * 1e6 / rows.len() as f64);
    if let Some(action) = action {
        let mut confusion = [[0_usize; 5]; 5];
        for (row, reading) in rows.iter().zip(&readings) {
            let Some(expected) = row[action].parse::<usize>().ok().filter(|class| (1..=5).contains(class)) else { continue };
            let found = reading.action.category.map_or(4, |category| category as usize + 1);
            confusion[expected - 1][found - 1] += 1;
            if expected != found {
                report.miss(&format!("{expected} read as {found} {}", because(reading, &row[text])), &row[text]);
            }
        }
        categories(&confusion, report);
    }
    if !census.is_empty() {
        let is = |row: &Value, borderline: bool| row["borderline"].as_bool() == Some(borderline);
        let texts = |rows: Vec<&Value>| -> HashSet<String> { rows.into_iter().filter_map(|row| row["text"].as_str().map(str::to_owned)).collect() };
        let clear = texts(census.iter().filter(|row| is(row, false)).collect());
        let all = texts(census.iter().collect());
        let mut found = Found::default();
        let mut clear_found = Found::default();
        for (row, reading) in rows.iter().zip(&readings) {
            let has = reading.deadline().is_some();
            found.add(all.contains(&row[text]), has);
            clear_found.add(clear.contains(&row[text]), has);
            if has && !all.contains(&row[text]) {
                report.miss("invented deadline", &row[text]);
            }
            if !has && clear.contains(&row[text]) {
                report.miss("missed deadline", &row[text]);
            }
        }
        report.figure("deadlines, census: precision", found.precision(), 0.90);
        report.figure("deadlines, census: recall of clear", clear_found.recall(), 0.95);
    }
}

/// The words that decided the category.
fn because(reading: &Reading, text: &str) -> String {
    let slice = |range: upr_lint::text::prose::WordRange| text.get(range.range()).unwrap_or_default().to_owned();
    format!("[{}]", slice(reading.action.verb))
}

fn categories(confusion: &[[usize; 5]; 5], report: &mut Report) {
    let total: usize = confusion.iter().flatten().sum();
    let right: usize = (0..5).map(|class| confusion[class][class]).sum();
    let accuracy = ratio(right, total);
    let coded = |class: usize| confusion[class].iter().sum::<usize>();
    let given = |class: usize| confusion.iter().map(|row| row[class]).sum::<usize>();
    let chance: f64 = (0..5).map(|class| ratio(coded(class), total) * ratio(given(class), total)).sum();
    let scores: Vec<Found> = (0..5)
        .map(|class| {
            let right = confusion[class][class];
            Found { right, missed: coded(class) - right, invented: given(class) - right }
        })
        .collect();
    let macro_f1 = scores.iter().map(|score| score.f1()).sum::<f64>() / 5.0;
    report.figure("action category: accuracy", accuracy, 0.905);
    report.figure("action category: kappa", (accuracy - chance) / (1.0 - chance), 0.862);
    report.figure("action category: macro-F1", macro_f1, 0.902);
    report.figure("action category 5: F1", scores[4].f1(), 0.87);
    report.figure("action category 1: F1", scores[0].f1(), 0.82);
    println!("  coded \\ read {:>6} {:>6} {:>6} {:>6} {:>6}   precision recall     F1", 1, 2, 3, 4, 5);
    for (class, score) in scores.iter().enumerate() {
        let row = confusion[class].map(|count| format!(" {count:>6}")).concat();
        println!("  {:>12}{row}      {:.4} {:.4} {:.4}", class + 1, score.precision(), score.recall(), score.f1());
    }
}

/// Texts that were judged one by one: what is measured depends on what was judged.
fn gold(file: &str, report: &mut Report) {
    let rows = data::lines(file);
    println!("{file}: {} texts", rows.len());
    let review = |row: &Value| data::review(row).map(|review| review.date);
    let readings: Vec<(&Value, &str, Reading)> = rows
        .iter()
        .filter_map(|row| {
            let text = row["text"].as_str()?;
            Some((row, text, read(text, review(row))))
        })
        .collect();
    let has = |field: &str| rows.iter().any(|row| row.get(field).is_some_and(|value| !value.is_null()));
    if has("compound") {
        compound(&readings, report);
    }
    for (letter, field, floor) in LETTERS.into_iter().filter(|(_, field, _)| has(field)) {
        verdicts(&rows, letter, field, floor, report);
    }
    if has("has_deadline") {
        deadlines(&readings, report);
    } else if has("value") {
        other_language(&readings, report);
    }
}

fn compound(readings: &[(&Value, &str, Reading)], report: &mut Report) {
    let mut right = 0;
    for (row, text, reading) in readings {
        let expected = row["compound"].as_u64().unwrap_or(1) as usize;
        right += usize::from(expected == reading.actions_in_all);
        if expected != reading.actions_in_all {
            let verbs: Vec<&str> = reading.actions.iter().filter_map(|verb| text.get(verb.range())).collect();
            report.miss(&format!("{expected} actions read as {} {verbs:?}", reading.actions_in_all), text);
        }
    }
    report.figure("actions counted: exact", ratio(right, readings.len()), 0.88);
}

/// The letters that were judged one by one, with the floor of the agreement.
const LETTERS: [(Letter, &str, f64); 4] = [
    (Letter::Specific, "specific", 0.85),
    (Letter::Measurable, "measurable", 0.87),
    (Letter::Achievable, "achievable", 0.95),
    (Letter::TimeBound, "time_bound", 0.99),
];

/// A letter against the judgement of a reader; where the reader was not sure, nothing is counted.
fn verdicts(rows: &[Value], letter: Letter, field: &str, floor: f64, report: &mut Report) {
    let judge = Judge::new(builtin::rulebook());
    // By what the reader said (yes, no) and by what the program says (met, cannot tell, not met).
    let mut confusion = [[0_usize; 3]; 2];
    let mut missed = Vec::new();
    for row in rows {
        let (Some(text), Some(said @ ("yes" | "no"))) = (row["text"].as_str(), row[field].as_str()) else { continue };
        let assessed = judge.assess(text, None, data::review(row));
        let verdict = &assessed.letters[letter];
        confusion[usize::from(said == "no")][verdict.answer as usize] += 1;
        if verdict.answer != (if said == "yes" { Answer::Met } else { Answer::NotMet }) {
            let words: Vec<&str> = verdict.words.iter().filter_map(|words| text.get(words.range())).collect();
            missed.push((format!("{} {said} ({}) read as {} {words:?}", letter.name(), row[format!("{field}_words")], verdict.answer.name()), text));
        }
    }
    let [yes, no] = confusion;
    report.figure(&format!("{}: accuracy", letter.name()), ratio(yes[0] + no[2], yes.iter().chain(&no).sum()), floor);
    println!("  said \\ read {:>6} {:>11} {:>7}", "met", "cannot tell", "not met");
    for (said, [met, unknown, not]) in [("yes", yes), ("no", no)] {
        println!("  {said:>11} {met:>6} {unknown:>11} {not:>7}");
    }
    for (what, text) in missed {
        report.miss(&what, text);
    }
}

fn deadlines(readings: &[(&Value, &str, Reading)], report: &mut Report) {
    let clear = readings.iter().filter(|(row, ..)| row["borderline"].as_bool() != Some(true));
    let (mut found, mut vague, mut words, mut values, mut expected) = (Found::default(), Found::default(), 0, 0, 0);
    for (row, text, reading) in clear {
        let yes = row["has_deadline"].as_str() == Some("yes");
        found.add(yes, reading.deadline().is_some());
        let said = reading.deadline().map(|(place, deadline)| (text.get(place.range()).unwrap_or_default(), normalised(deadline)));
        if yes != said.is_some() {
            report.miss(if yes { "missed deadline" } else { "invented deadline" }, text);
        }
        if yes {
            expected += 1;
            let same_words = said.as_ref().is_some_and(|(said, _)| Some(*said) == row["deadline"].as_str());
            let same_value = said.as_ref().is_some_and(|(_, value)| Some(value.as_str()) == row["normalised"].as_str());
            words += usize::from(same_words);
            values += usize::from(same_value);
            if !same_words || !same_value {
                report.miss(&format!("{} {} read as {said:?}", row["deadline"], row["normalised"]), text);
            }
        }
    }
    if expected == 0 {
        println!("  taken for a deadline: {} of {}", found.invented, readings.iter().filter(|(row, ..)| row["borderline"].as_bool() != Some(true)).count());
        let all = readings.iter().filter(|(.., reading)| reading.deadline().is_some()).count();
        report.figure("hard negatives: left alone", 1.0 - ratio(all, readings.len()), 1.0);
        return;
    }
    for (row, text, reading) in readings {
        let yes = row["vague_time"].as_str().is_some_and(|words| !words.is_empty());
        vague.add(yes, !reading.times.vague.is_empty());
        if yes == reading.times.vague.is_empty() {
            report.miss(if yes { "missed vague time" } else { "invented vague time" }, text);
        }
    }
    report.figure("deadlines: found F1", found.f1(), 0.97);
    report.figure("deadlines: exact words", ratio(words, expected), 0.95);
    report.figure("deadlines: normalised value", ratio(values, expected), 0.97);
    report.figure("vague time: F1", vague.f1(), 0.93);
}

/// French and Spanish sentences: there is no floor, only the figure. The verbs of these languages are counted where they are known.
fn other_language(readings: &[(&Value, &str, Reading)], report: &Report) {
    let mut found = Found::default();
    let mut same: HashMap<&str, (usize, usize)> = HashMap::new();
    for (row, text, reading) in readings {
        found.add(row["deadline"].is_string(), reading.deadline().is_some());
        if row["deadline"].is_string() != reading.deadline().is_some() {
            report.miss("deadline", text);
        }
        if let (Some(category), Some(expected)) = (reading.action.category, row["action"].as_u64()) {
            let (right, all) = same.entry("action").or_default();
            *right += usize::from(category as u64 + 1 == expected);
            *all += 1;
        }
    }
    println!("  deadlines: precision {:.3}, recall {:.3}", found.precision(), found.recall());
    for (what, (right, all)) in same {
        println!("  {what}: {right} of {all}");
    }
}

/// The value of a deadline as the gold sets write it.
fn normalised(deadline: &Deadline) -> String {
    match deadline.kind {
        DeadlineKind::NextReview => "next-review".to_owned(),
        DeadlineKind::MidTerm => "mid-term".to_owned(),
        DeadlineKind::Cycle { number, .. } => format!("end-of-cycle-{number}"),
        DeadlineKind::External => "external".to_owned(),
        DeadlineKind::Duration { .. } => format!("P{}M", deadline.months().unwrap_or_default()),
        DeadlineKind::Date { latest, .. } | DeadlineKind::Event { latest: Some(latest) } => latest.iso().get(..7).unwrap_or_default().to_owned(),
        DeadlineKind::Event { latest: None } => "event".to_owned(),
    }
}
