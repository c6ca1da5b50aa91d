//! `upr test`: runs the examples of rules, for people who write them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::files;
use crate::report::Findings;
use crate::report::format::{Brief, Ending};
use crate::report::summary::Totals;
use crate::rules::examples::{self, Outcome};
use crate::rules::{Rule, RuleFile};
use crate::shown::Finding;
use crate::shown::hidden::Hidden;

use super::book::{self, BookArguments};
use super::configuration;
use super::formats::{Kind, Making, Sink};
use super::{CLEAN, Colour, FAILED, FOUND, complain, stdout, style};

/// `upr test`.
#[derive(Args)]
pub(super) struct Test {
    /// Rule files, word lists or folders of rules. Of rule files only their own examples run, else those of all rules.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How failures are written: one of the formats of `upr lint`.
    #[arg(long, value_enum, default_value_t = Kind::Full, value_name = "FORMAT", hide_possible_values = true)]
    format: Kind,
    #[command(flatten)]
    book: BookArguments,
}

impl Test {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        let mut out = stdout();
        let style = style(colour);
        let (named, only) = match self.named() {
            Ok(named) => named,
            Err(message) => {
                complain(&message);
                return Ok(FAILED);
            }
        };
        let making = Making { books: &[], style, quiet: true, summary: false };
        let book = match self.book.load(named) {
            Ok(book) => book,
            Err(no_book) => return book::complain_of(no_book, &[self.format.make(making)], vec![Sink::stream(&mut out)]),
        };
        let books = [&*book];
        let format = self.format.make(Making { books: &books, ..making });
        let mut sink = Sink::stream(&mut out);
        let hidden = Hidden::default();
        let (mut rules, mut run, mut failed) = (0, 0, 0);
        format.begin(sink.out())?;
        for rule in book.rules.iter().filter(|rule| only.is_empty() || only.contains(&rule.id)) {
            rules += 1;
            let outcomes = examples::run(&book, rule);
            run += outcomes.len();
            let all: Vec<Finding> = outcomes.into_iter().filter_map(|outcome| finding(rule, outcome)).collect();
            let Some(source) = book.sources.get(&rule.id) else { continue };
            let findings = Findings { source, all: &all, hidden: &hidden };
            sink.brief(format.as_ref(), &Brief::of_file(findings, &configuration::keys(&all)), None)?;
            failed += all.len();
        }
        format.end(sink.out(), &Ending { briefs: &[], totals: &Totals::default(), statistics: false, across: None })?;
        sink.finish()?;
        if matches!(self.format, Kind::Full | Kind::Concise) {
            let outcome = if failed == 0 { "all pass".to_owned() } else { format!("{failed} failed") };
            writeln!(out, "{run} examples of {rules} rules: {outcome}")?;
        }
        out.flush()?;
        Ok(if failed == 0 { CLEAN } else { FOUND })
    }

    /// The files that were named, and the rules whose examples alone are to run (all, if there is none).
    fn named(&self) -> Result<(Vec<RuleFile>, Vec<RuleId>), String> {
        let mut files = Vec::new();
        let mut only = Vec::new();
        for path in &self.files {
            let inside = inside(path).ok_or_else(|| {
                format!("{}: a rule file stands in a folder of its criterion, like time-bound/missing-deadline.toml; a word list in words/en", path.display())
            })?;
            files.push(files::rule_file(path, path.display().to_string(), inside.clone()).map_err(|error| error.to_string())?);
            if let Some(id) = inside.strip_suffix(".toml").filter(|id| !id.starts_with("words/") && id.contains('/')) {
                only.push(RuleId::new(id));
            }
        }
        // A word list may change what any rule finds.
        if files.len() > only.len() {
            only.clear();
        }
        Ok((files, only))
    }
}

/// The path of a file inside the rulebook, from the end of its own: `folder/stem.toml`, `words/en/stem.toml`, `examples/name.md`.
fn inside(path: &Path) -> Option<String> {
    let whole = std::path::absolute(path).ok()?;
    let parts: Vec<String> = whole.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    match parts.as_slice() {
        [.., words, language, file] if words == "words" && file.ends_with(".toml") => Some(format!("words/{language}/{file}")),
        [.., folder, file] if folder == "examples" => Some(format!("examples/{file}")),
        [.., file] if file == "calendar.toml" => Some(file.clone()),
        [.., folder, file] if file.ends_with(".toml") => Some(format!("{folder}/{file}")),
        _ => None,
    }
}

/// A failed example as a finding in the rule file.
fn finding(rule: &Rule, outcome: Outcome) -> Option<Finding> {
    let failure = outcome.failure?;
    let (message, help) = if outcome.flags {
        (format!("The rule should find exactly the words in [[ ]] here: {failure}."), "Change the example, or what the rule looks for.")
    } else {
        (format!("The rule should leave this example alone: {failure}"), "Change the example, or what the rule looks for.")
    };
    let diagnostic = Diagnostic {
        rule: rule.id.clone(),
        severity: Severity::Error,
        message: message.into(),
        span: outcome.example.span,
        labels: Vec::new(),
        help: Some(help.into()),
        fix: None,
        private: false,
    };
    Some(Finding { diagnostic, role: None, recommendation: None })
}
