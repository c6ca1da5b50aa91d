//! Measures the page count against a word processor: for each `NAME.md` of a folder there is a `NAME.txt`, the text of the PDF that
//! LibreOffice Writer made of it, as `pdftotext -layout` writes it.
//!
//! `cargo run --release --example pages -- FOLDER TEXTS [--verbose]` prints how often both agree; it exits with 1 if a figure is
//! below the floor. `tests/pages/measure.sh` makes the texts and calls it.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, reason = "a program of the workshop, not of its users")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use upr_lint::builtin;
use upr_lint::markdown;
use upr_lint::pages::{self, Pages};
use upr_lint::text::Source;

/// Of so many in a hundred documents, the number of pages must be the same.
const SAME_COUNT: f64 = 95.0;
/// The same for the verdict "more than two pages", near the edge and away from it.
const SAME_VERDICT: f64 = 97.0;
const SAME_CLEAR_VERDICT: f64 = 100.0;
/// The same for the first page break, which may be so many lines away.
const SAME_BREAK: f64 = 95.0;
const LINES_AWAY: usize = 2;
/// A document is near the edge of two pages if so many lines more or less would change the verdict.
const NEAR: usize = 3;
/// The most pages that a brief may have.
const LIMIT: usize = 2;

/// The pages of a PDF as text: the letters of each line that has any.
struct Printed {
    pages: Vec<Vec<String>>,
}

impl Printed {
    fn read(text: &str) -> Printed {
        let text = text.strip_suffix('\u{c}').unwrap_or(text);
        let page = |page: &str| page.lines().map(letters).filter(|line| !line.is_empty()).collect();
        Printed { pages: text.split('\u{c}').map(page).collect() }
    }

    fn lines(&self, page: usize) -> usize {
        self.pages.get(page).map_or(0, Vec::len)
    }

    /// How many lines before (below zero) or after its own first page break a text begins; none if it is not found.
    fn lines_from_break(&self, text: &str) -> Option<isize> {
        let mut all = String::new();
        let mut starts = Vec::new();
        for line in self.pages.iter().flatten() {
            starts.push(all.len());
            all.push_str(line);
        }
        let line_of = |at: usize| starts.partition_point(|&start| start <= at) as isize - 1;
        let found = all.match_indices(text).map(|(at, _)| line_of(at) - self.lines(0) as isize);
        found.min_by_key(|away| away.abs())
    }
}

/// The letters of a text, without what a converter changes or adds: spaces, quotation marks, marks of lists, numbers of footnotes.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// So many letters at the beginning of a page are looked for: they stand in one line, even in a narrow column.
const LETTERS: usize = 14;

struct Score {
    name: &'static str,
    floor: f64,
    right: usize,
    of: usize,
}

impl Score {
    fn new(name: &'static str, floor: f64) -> Score {
        Score { name, floor, right: 0, of: 0 }
    }

    fn count(&mut self, right: bool) -> bool {
        self.of += 1;
        self.right += usize::from(right);
        right
    }

    fn share(&self) -> f64 {
        if self.of == 0 { 100.0 } else { self.right as f64 * 100.0 / self.of as f64 }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, texts, more @ ..] = arguments.as_slice() else {
        eprintln!("usage: pages FOLDER TEXTS [--verbose]");
        return ExitCode::from(2);
    };
    let documents = documents(Path::new(folder));
    let mut scores = [
        Score::new("same number of pages", SAME_COUNT),
        Score::new("same verdict on more than two pages", SAME_VERDICT),
        Score::new("the same, more than 3 lines away from the edge", SAME_CLEAR_VERDICT),
        Score::new("first page break within 2 lines", SAME_BREAK),
        Score::new("first page break at the same line", 0.0),
    ];
    for path in &documents {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(text) = fs::read_to_string(Path::new(texts).join(format!("{name}.txt"))) else {
            eprintln!("{name}: there is no text of its PDF");
            return ExitCode::from(2);
        };
        compare(&name, path, &Printed::read(&text), &mut scores, !more.is_empty());
    }
    println!("{} documents against LibreOffice Writer", documents.len());
    let mut good = !documents.is_empty();
    for score in &scores {
        println!("{:48} {:>4} of {:>4}  {:>5.1} %  (floor {} %)", score.name, score.right, score.of, score.share(), score.floor);
        good &= score.share() >= score.floor;
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    files
}

fn compare(name: &str, path: &Path, printed: &Printed, scores: &mut [Score; 5], verbose: bool) {
    let text = fs::read_to_string(path).expect("a document can be read");
    let source = Source::new(name.to_owned(), text);
    let document = markdown::parse(&source);
    let pages: Pages = pages::typeset(&source, &document, &builtin::rulebook().page);
    let (ours, theirs) = (pages.sheets.len(), printed.pages.len());
    let [count, verdict, clear, within, exact] = scores;
    let mut notes = Vec::new();
    if !count.count(ours == theirs) {
        notes.push(format!("{ours} pages for {theirs}"));
    }
    let same = (ours > LIMIT) == (theirs > LIMIT);
    verdict.count(same);
    let over: usize = printed.pages.iter().skip(LIMIT).map(Vec::len).sum();
    let left = printed.lines(0).saturating_sub(printed.lines(LIMIT - 1));
    if if theirs > LIMIT { over > NEAR } else { theirs < LIMIT || left > NEAR } {
        clear.count(same);
    }
    if !same {
        notes.push("another verdict".to_owned());
    }
    if let (Some(page), true) = (pages.sheets.get(1), theirs > 1) {
        let rest = document.prose.text().get(page.first.start as usize..).unwrap_or_default();
        let first: String = letters(rest.split("\n\n").find(|paragraph| !paragraph.starts_with('{')).unwrap_or_default()).chars().take(LETTERS).collect();
        let away = printed.lines_from_break(&first);
        within.count(away.is_some_and(|away| away.unsigned_abs() <= LINES_AWAY));
        if !exact.count(away == Some(0)) {
            let theirs = printed.pages.get(1).and_then(|page| page.first()).cloned().unwrap_or_default();
            notes.push(format!("first break {} lines away, at {first} for {theirs}", away.map_or("?".to_owned(), |away| away.to_string())));
        }
    } else if theirs > 1 || ours > 1 {
        within.count(false);
        exact.count(false);
    }
    if verbose || (ours != theirs) {
        println!("{name}: {:.2} of {theirs}  {}", pages.count, notes.join("; "));
    }
}
