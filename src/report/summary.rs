//! The figures that a drafter cares about: pages, issues, recommendations and how many of them are S, M, A, R and T.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::rules::verdict::{Answer, Letter, Letters};

use super::fixes::Fixes;
use super::{Style, counted, fold, one_line};

/// A number with the most that it should be.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct Limited<T> {
    /// The number.
    pub count: T,
    /// The most that it should be, if a rule sets a limit.
    pub limit: Option<usize>,
}

/// The figures of recommendations.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct Recommendations {
    /// How many there are.
    pub count: usize,
    /// How many meet each criterion.
    #[serde(flatten)]
    pub met: PerLetter,
    /// Of how many that cannot be told.
    pub unknown: PerLetter,
}

/// A number for each criterion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PerLetter {
    /// Specific.
    pub specific: usize,
    /// Measurable.
    pub measurable: usize,
    /// Achievable.
    pub achievable: usize,
    /// Relevant.
    pub relevant: usize,
    /// Time-bound.
    #[serde(rename = "time-bound")]
    pub time_bound: usize,
}

impl PerLetter {
    fn all(self) -> [usize; 5] {
        [self.specific, self.measurable, self.achievable, self.relevant, self.time_bound]
    }

    fn of(&mut self, letter: Letter) -> &mut usize {
        match letter {
            Letter::Specific => &mut self.specific,
            Letter::Measurable => &mut self.measurable,
            Letter::Achievable => &mut self.achievable,
            Letter::Relevant => &mut self.relevant,
            Letter::TimeBound => &mut self.time_bound,
        }
    }
}

impl Recommendations {
    /// The figures of recommendations with these verdicts.
    pub fn of(all: &[Letters]) -> Recommendations {
        let mut figures = Recommendations::default();
        for letters in all {
            figures.count(letters);
        }
        figures
    }

    /// Counts a recommendation.
    pub fn count(&mut self, letters: &Letters) {
        self.count += 1;
        for (letter, verdict) in letters.all() {
            match verdict.answer {
                Answer::Met => *self.met.of(letter) += 1,
                Answer::CannotTell => *self.unknown.of(letter) += 1,
                Answer::NotMet => {}
            }
        }
    }

    fn add(&mut self, other: Recommendations) {
        self.count += other.count;
        for &(letter, _) in Letter::ALL {
            let mut more = other;
            *self.met.of(letter) += *more.met.of(letter);
            *self.unknown.of(letter) += *more.unknown.of(letter);
        }
    }

    /// Whether there is a letter of which it cannot be told of some.
    pub(super) fn has_unknown(self) -> bool {
        self.unknown.all().into_iter().any(|number| number > 0)
    }

    /// For each letter how many meet it, with a question mark if it cannot be told of some, and nothing else if it can be told of none.
    pub(super) fn marks(self) -> [String; Letter::ALL.len()] {
        let mut marks: [String; Letter::ALL.len()] = Default::default();
        for (mark, (met, unknown)) in marks.iter_mut().zip(self.met.all().into_iter().zip(self.unknown.all())) {
            *mark = match unknown {
                0 => met.to_string(),
                all if all == self.count => "?".to_owned(),
                _ => format!("{met}?"),
            };
        }
        marks
    }

    /// `6 recommendations: 6 S, 6 M, 6 A, 4 R (1 unknown), 5 T`; a question mark where it can be told of none.
    fn in_words(self) -> String {
        if self.count == 0 {
            return "no recommendation".to_owned();
        }
        let figures = Letter::ALL.iter().zip(self.met.all().into_iter().zip(self.unknown.all())).map(|((letter, _), (met, unknown))| {
            let letter = letter.initial();
            match unknown {
                0 => format!("{met} {letter}"),
                all if all == self.count => format!("? {letter}"),
                some => format!("{met} {letter} ({some} unknown)"),
            }
        });
        format!("{}: {}", counted(self.count, "recommendation", "recommendations"), figures.collect::<Vec<_>>().join(", "))
    }
}

/// How many findings there are of each weight.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct Weights {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Advice.
    pub advice: usize,
}

impl Weights {
    /// Counts a finding.
    pub fn count(&mut self, severity: Severity) {
        *match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Advice => &mut self.advice,
        } += 1;
    }

    fn add(&mut self, other: Weights) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.advice += other.advice;
    }

    /// `1 error, 2 warnings, 1 piece of advice`.
    pub(super) fn in_words(self) -> String {
        let counts = [
            (self.errors, counted(self.errors, "error", "errors")),
            (self.warnings, counted(self.warnings, "warning", "warnings")),
            (self.advice, counted(self.advice, "piece of advice", "pieces of advice")),
        ];
        let told: Vec<String> = counts.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| words).collect();
        if told.is_empty() { "no findings".to_owned() } else { told.join(", ") }
    }
}

/// The figures of a brief.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Its path.
    pub path: String,
    /// The State under review.
    pub state: Option<String>,
    /// Its ISO 3166 code, if the calendar knows it.
    pub code: Option<String>,
    /// The session.
    pub session: Option<u16>,
    /// The day on which the 4½ years end, as `2031-05-05` and as `5 May 2031`.
    pub limit: Option<(String, String)>,
    /// Its pages.
    pub pages: Limited<f64>,
    /// Its issues.
    pub issues: Limited<usize>,
    /// Its questions.
    pub questions: usize,
    /// Its recommendations.
    pub recommendations: Recommendations,
    /// Its findings.
    pub weights: Weights,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct JsonSummary<'a> {
    path: &'a str,
    state: Option<&'a str>,
    session: Option<u16>,
    limit: Option<&'a str>,
    pages: Limited<f64>,
    issues: Limited<usize>,
    questions: usize,
    recommendations: Recommendations,
    findings: Weights,
}

impl Summary {
    pub(super) fn json(&self) -> JsonSummary<'_> {
        JsonSummary {
            path: &self.path,
            state: self.state.as_deref(),
            session: self.session,
            limit: self.limit.as_ref().map(|(iso, _)| iso.as_str()),
            pages: self.pages,
            issues: self.issues,
            questions: self.questions,
            recommendations: self.recommendations,
            findings: self.weights,
        }
    }

    /// `Zemland · 53rd session · limit 5 May 2031 · 1.8 of 2 pages · 4 of 4 issues · 6 recommendations: 6 S, 6 M, 6 A, 4 R (1 unknown), 5 T`.
    fn figures(&self) -> Vec<String> {
        let pages = match self.pages.limit {
            Some(limit) => format!("{:.1} of {}", self.pages.count, counted(limit, "page", "pages")),
            None => format!("{:.1} pages", self.pages.count),
        };
        let issues = match self.issues.limit {
            Some(limit) => format!("{} of {}", self.issues.count, counted(limit, "issue", "issues")),
            None => counted(self.issues.count, "issue", "issues"),
        };
        vec![
            self.state.as_ref().map_or_else(|| "State not found".to_owned(), |state| one_line(state).into_owned()),
            self.session.map_or_else(|| "session not found".to_owned(), |session| format!("{} session", ordinal(session))),
            self.limit.as_ref().map_or_else(|| "limit not known".to_owned(), |(_, limit)| format!("limit {limit}")),
            pages,
            issues,
            self.recommendations.in_words(),
        ]
    }

    /// Writes the figures for a person.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        head(out, style, &one_line(&self.path), &self.weights.in_words())?;
        joined(out, style, &self.figures())
    }
}

/// Writes figures with dots between them, in lines that fit.
fn joined(out: &mut dyn Write, style: Style, figures: &[String]) -> io::Result<()> {
    let mut line = String::new();
    for figure in figures {
        if !line.is_empty() && fold::columns(&line) + fold::columns(figure) + 3 > style.width {
            writeln!(out, "{line}")?;
            line.clear();
        }
        line.push_str(if line.is_empty() { "  " } else { " · " });
        line.push_str(figure);
    }
    writeln!(out, "{line}")
}

fn head(out: &mut dyn Write, style: Style, name: &str, what: &str) -> io::Result<()> {
    if style.colour { writeln!(out, "\x1b[1m{name}\x1b[0m: {what}") } else { writeln!(out, "{name}: {what}") }
}

fn ordinal(number: u16) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// How many findings were known before and are not told again.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct HeldBack {
    /// Those that the baseline lists.
    pub listed: usize,
    /// Entries of the baseline that were not found any more.
    pub not_needed: usize,
    /// Others that stood in the earlier revision.
    pub unchanged: usize,
}

/// The figures of all briefs.
#[derive(Debug, Default)]
pub struct Totals {
    briefs: usize,
    recommendations: Recommendations,
    weights: Weights,
    rules: BTreeMap<RuleId, (Severity, usize)>,
    /// Markdown files in folders that are no briefs.
    pub not_briefs: usize,
    /// Files that could not be read, with the reason.
    pub failed: Vec<(String, String)>,
    /// What was mended, if that was asked for.
    pub fixes: Option<Fixes>,
    /// What was known before, if that was asked for.
    pub held_back: Option<HeldBack>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct JsonTotals {
    briefs: usize,
    not_briefs: usize,
    failed: usize,
    recommendations: Recommendations,
    findings: Weights,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct JsonStatistics<'a> {
    rules: BTreeMap<&'a str, usize>,
    letters: BTreeMap<&'static str, usize>,
}

impl Totals {
    /// Counts a finding.
    pub fn count(&mut self, diagnostic: &Diagnostic) {
        let (severity, number) = self.rules.entry(diagnostic.rule.clone()).or_insert((diagnostic.severity, 0));
        *severity = diagnostic.severity.max(*severity);
        *number += 1;
    }

    /// Counts a brief.
    pub fn add(&mut self, summary: &Summary) {
        self.briefs += 1;
        self.recommendations.add(summary.recommendations);
        self.weights.add(summary.weights);
    }

    /// The number of briefs.
    pub fn briefs(&self) -> usize {
        self.briefs
    }

    /// The findings of all briefs.
    pub(super) fn weights(&self) -> Weights {
        self.weights
    }

    /// Writes what stands at the end for a person: the sums, if there are several briefs, and how often each rule spoke if asked for.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_ending(&self, out: &mut dyn Write, style: Style, quiet: bool, statistics: bool) -> io::Result<()> {
        if self.is_of_many() && !quiet {
            self.write(out, style)?;
        }
        if statistics { self.write_statistics(out) } else { Ok(()) }
    }

    /// Whether there was more than one text, so that the sums say something new.
    pub(super) fn is_of_many(&self) -> bool {
        self.briefs > 0 && self.briefs + self.not_briefs > 1
    }

    pub(super) fn json(&self) -> JsonTotals {
        JsonTotals {
            briefs: self.briefs,
            not_briefs: self.not_briefs,
            failed: self.failed.len(),
            recommendations: self.recommendations,
            findings: self.weights,
        }
    }

    pub(super) fn statistics_json(&self) -> JsonStatistics<'_> {
        JsonStatistics {
            rules: self.rules.iter().map(|(id, (_, number))| (id.as_str(), *number)).collect(),
            letters: Letter::ALL.iter().map(|(_, name)| *name).zip(self.recommendations.met.all()).collect(),
        }
    }

    /// Writes the figures of all briefs for a person.
    fn write(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let briefs = counted(self.briefs, "brief", "briefs");
        head(out, style, &briefs, &self.weights.in_words())?;
        let mut figures = vec![self.recommendations.in_words()];
        if self.not_briefs > 0 {
            // Said aloud, since a brief that nobody recognises would be missed.
            figures.push(format!("{} skipped: no State, session or recommendation found", counted(self.not_briefs, "Markdown file", "Markdown files")));
        }
        joined(out, style, &figures)
    }

    /// Writes how often each rule spoke and how many recommendations meet each criterion.
    fn write_statistics(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut rules: Vec<(&RuleId, Severity, usize)> = self.rules.iter().map(|(id, &(severity, number))| (id, severity, number)).collect();
        rules.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(b.0)));
        if !rules.is_empty() {
            writeln!(out, "Findings by rule:")?;
        }
        for (id, severity, number) in rules {
            writeln!(out, "{number:>6}  {:<7}  {id}", severity.name())?;
        }
        let all = self.recommendations.count;
        if all > 0 {
            writeln!(out, "Of {}:", counted(all, "recommendation", "recommendations"))?;
        }
        let numbers = self.recommendations.met.all().into_iter().zip(self.recommendations.unknown.all());
        for ((_, name), (number, unknown)) in Letter::ALL.iter().zip(numbers).filter(|_| all > 0) {
            let unknown = if unknown == 0 { String::new() } else { format!(" ({unknown} unknown)") };
            writeln!(out, "{number:>6}  {:>3} %    {name}{unknown}", number * 100 / all)?;
        }
        if self.not_briefs > 0 {
            writeln!(out, "Skipped, since they look like no briefs:\n{:>6}  Markdown files", self.not_briefs)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_a_person_would() {
        for (number, words) in [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (21, "21st"), (53, "53rd"), (111, "111th")] {
            assert_eq!(ordinal(number), words);
        }
        assert_eq!(Weights { errors: 1, warnings: 0, advice: 2 }.in_words(), "1 error, 2 pieces of advice");
        assert_eq!(Weights::default().in_words(), "no findings");
    }

    #[test]
    fn what_cannot_be_told_is_said() {
        let unknown = PerLetter { specific: 2, relevant: 1, ..PerLetter::default() };
        let met = PerLetter { measurable: 2, relevant: 1, ..PerLetter::default() };
        assert_eq!(Recommendations { count: 2, met, unknown }.in_words(), "2 recommendations: ? S, 2 M, 0 A, 1 R (1 unknown), 0 T");
    }

    #[test]
    fn the_summary_has_the_figures_in_one_line() {
        let summary = Summary {
            path: "brief.md".to_owned(),
            state: Some("Zemland".to_owned()),
            code: None,
            session: Some(53),
            limit: Some(("2031-05-05".to_owned(), "5 May 2031".to_owned())),
            pages: Limited { count: 1.8, limit: Some(2) },
            issues: Limited { count: 4, limit: Some(4) },
            questions: 4,
            recommendations: Recommendations {
                count: 6,
                met: PerLetter { specific: 6, measurable: 6, achievable: 6, relevant: 4, time_bound: 5 },
                unknown: PerLetter { relevant: 1, ..PerLetter::default() },
            },
            weights: Weights { errors: 0, warnings: 1, advice: 0 },
        };
        let mut out = Vec::new();
        summary.write(&mut out, Style { colour: false, width: 140 }).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "brief.md: 1 warning\n  Zemland · 53rd session · limit 5 May 2031 · 1.8 of 2 pages · 4 of 4 issues · 6 recommendations: 6 S, 6 M, 6 A, 4 R (1 unknown), 5 T\n"
        );
    }
}
