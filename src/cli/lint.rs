//! `upr lint`: briefs in, findings out.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use crate::brief::date::Date;
use crate::brief::review::Review;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::summary::{Limited, Recommendations, Summary, Totals};
use crate::report::{Findings, Style, concise, json, terminal};
use crate::rules::Rulebook;
use crate::shown::hidden::Hidden;
use crate::shown::{self, Finding};
use crate::text::Source;
use crate::{Checked, check};

use super::book::{self, BookArguments, Name};
use super::in_order::in_order;
use super::inputs::{Input, InputArguments};
use super::treatment::{AllTreated, Treated, Treatment, TreatmentArguments};
use super::{CLEAN, Colour, FAILED, FOUND, ReviewArguments, complain, is_coloured, stdout, style};

/// `upr lint`.
#[derive(Args)]
pub(super) struct Lint {
    #[command(flatten)]
    inputs: InputArguments,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    format: Format,
    /// Only these rules or folders of rules: time-bound, brief/too-long. Several with commas, or the option again.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these rules or folders of rules.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// From which weight on a finding makes the exit code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "WEIGHT")]
    fail_on: FailOn,
    /// Only findings, without the figures of the brief. JSON keeps its shape.
    #[arg(long, short)]
    quiet: bool,
    /// Say at the end how often each rule spoke, and how many recommendations meet each criterion.
    #[arg(long)]
    statistics: bool,
    #[command(flatten)]
    book: BookArguments,
    #[command(flatten)]
    review: ReviewArguments,
    /// The day on which you send the brief, as 2026-10-01: says whether it comes in time. No clock is read.
    #[arg(long, value_name = "DAY", value_parser = super::day, help_heading = "The review")]
    today: Option<Date>,
    /// The day on which an `upr-ignore … until` has to hold, as 2026-10-01. Without it, the day of the review; if that is not known, it
    /// holds.
    #[arg(long, value_name = "DAY", value_parser = super::day, help_heading = "The review")]
    as_of: Option<Date>,
    #[command(flatten)]
    treatment: TreatmentArguments,
}

/// How findings are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the words that they speak of.
    Full,
    /// One line each.
    Concise,
    /// For other programs.
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Advice,
    Never,
}

impl FailOn {
    fn is_reached(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Advice => true,
            FailOn::Never => false,
        }
    }
}

/// What came of an input.
enum Outcome {
    Failed(String, String),
    NotABrief,
    Linted(Box<Linted>),
}

/// A brief with its findings.
struct Linted {
    source: Source,
    findings: Vec<Finding>,
    hidden: Hidden,
    summary: Summary,
    treated: Treated,
    /// The findings as they are written, unless the brief is so large that they are better written as they come.
    written: Option<Vec<u8>>,
}

/// Above so many bytes the findings of a brief are not held as text.
const LARGE: usize = 1 << 20;

impl Lint {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        let mut out = stdout();
        let style = style(colour);
        let book = match self.book.load(Vec::new()) {
            Ok(book) => book,
            Err(no_book) => return book::complain_of(no_book, &mut out, style, self.format),
        };
        let names = |list: &[String]| list.iter().map(|name| Name::find(&book, name)).collect::<Result<Vec<Name>, String>>();
        let (select, ignore) = match (names(&self.select), names(&self.ignore)) {
            (Ok(select), Ok(ignore)) => (select, ignore),
            (Err(message), _) | (_, Err(message)) => {
                complain(&message);
                return Ok(FAILED);
            }
        };
        let treatment = match self.treatment.treatment(&self.inputs) {
            Ok(treatment) => treatment,
            Err(message) => {
                complain(&message);
                return Ok(FAILED);
            }
        };
        let style = treatment.style(style, colour);
        let run =
            Run { lint: self, book: &book, treatment, select, ignore, review: Review { today: self.today, as_of: self.as_of, ..self.review.review() }, style };
        run.all(&mut out)
    }
}

/// One run, with all that it needs.
struct Run<'a> {
    lint: &'a Lint,
    book: &'a Rulebook,
    treatment: Treatment<'a>,
    select: Vec<Name>,
    ignore: Vec<Name>,
    review: Review,
    style: Style,
}

/// Where a run writes.
struct Out<'o> {
    /// Standard output.
    out: &'o mut (dyn Write + Send),
    /// Where findings go, if standard output is taken.
    findings: Option<Box<dyn Write + Send>>,
}

impl Out<'_> {
    fn findings(&mut self) -> &mut dyn Write {
        match &mut self.findings {
            Some(findings) => findings,
            None => self.out,
        }
    }
}

/// What is counted during a run.
#[derive(Default)]
struct Tally {
    totals: Totals,
    /// Kept for JSON only, where they stand at the end.
    summaries: Vec<Summary>,
    treated: AllTreated,
    reached: bool,
    any: bool,
}

impl Run<'_> {
    fn all(&self, out: &mut (dyn Write + Send)) -> io::Result<u8> {
        let inputs = self.lint.inputs.inputs();
        let threads = self.lint.inputs.threads(inputs.len());
        let mut tally = Tally::default();
        let mut out = Out { out, findings: self.treatment.findings() };
        if self.lint.format == Format::Json {
            json::begin(out.findings())?;
        }
        in_order(&inputs, threads, |input| self.one(input), |outcome| self.take(outcome, &mut tally, &mut out))?;
        self.treatment.finish(&mut tally.treated, &mut tally.totals);
        self.end(&tally, inputs.len(), out.findings())?;
        out.findings().flush()?;
        out.out.flush()?;
        let found = if self.treatment.is_shown() { tally.treated.is_patched } else { tally.reached };
        if tally.totals.failed.is_empty() && tally.totals.briefs() > 0 { Ok(if found { FOUND } else { CLEAN }) } else { Ok(FAILED) }
    }

    /// Reads and checks one input.
    fn one(&self, input: &Input) -> Outcome {
        let source = match input.read() {
            Ok(source) => source,
            Err((path, message)) => return Outcome::Failed(path, message),
        };
        let checked = check(&source, self.book, &self.review);
        if !input.is_named() && !shown::looks_like_a_brief(&source, &checked, &self.review) {
            return Outcome::NotABrief;
        }
        let wanted = |diagnostic: &Diagnostic| {
            let selected = self.select.is_empty() || self.select.iter().any(|name| name.holds(&diagnostic.rule));
            selected && !self.ignore.iter().any(|name| name.holds(&diagnostic.rule))
        };
        let path = source.name().to_owned();
        let (source, mut checked, treated) = match self.treatment.apply(input, (source, checked), self.book, &self.review, wanted) {
            Ok(treated) => treated,
            Err(message) => return Outcome::Failed(path, message),
        };
        let mut summary = summary(&source, &checked, self.book);
        let (findings, hidden) = shown::findings(&source, &mut checked, self.book, wanted);
        for finding in &findings {
            summary.weights.count(finding.diagnostic.severity);
        }
        let mut linted = Linted { source, findings, hidden, summary, treated, written: None };
        if linted.source.text().len() < LARGE {
            let mut written = Vec::with_capacity(linted.source.text().len());
            // Writing to memory does not fail.
            if self.write(&linted, &mut written).is_ok() {
                linted.written = Some(written);
            }
        }
        Outcome::Linted(Box::new(linted))
    }

    fn write(&self, linted: &Linted, out: &mut dyn Write) -> io::Result<()> {
        let findings = Findings { source: &linted.source, all: &linted.findings, hidden: &linted.hidden };
        match self.lint.format {
            Format::Full => terminal::write(out, self.style, &findings),
            Format::Concise => concise::write(out, &findings),
            Format::Json => json::write(out, &findings),
        }
    }

    /// Writes what came of one input and counts it.
    fn take(&self, outcome: Outcome, tally: &mut Tally, out: &mut Out<'_>) -> io::Result<()> {
        let mut linted = match outcome {
            Outcome::Failed(path, message) => {
                complain(&format!("{path}: {message}"));
                tally.totals.failed.push((path, message));
                return Ok(());
            }
            Outcome::NotABrief => {
                tally.totals.not_briefs += 1;
                return Ok(());
            }
            Outcome::Linted(linted) => *linted,
        };
        tally.treated.add(std::mem::take(&mut linted.treated), &mut tally.totals, out.out)?;
        let out = out.findings();
        if self.lint.format == Format::Json && tally.any && !linted.findings.is_empty() {
            out.write_all(b",")?;
        }
        tally.any |= !linted.findings.is_empty();
        match &linted.written {
            Some(written) => out.write_all(written)?,
            None => self.write(&linted, out)?,
        }
        for finding in &linted.findings {
            tally.reached |= self.lint.fail_on.is_reached(finding.diagnostic.severity);
            tally.totals.count(&finding.diagnostic);
        }
        tally.totals.add(&linted.summary);
        match self.lint.format {
            Format::Json => tally.summaries.push(linted.summary),
            Format::Full if !self.is_quiet() => {
                linted.summary.write(out, self.style)?;
                writeln!(out)?;
            }
            Format::Concise if !self.is_quiet() => linted.summary.write(&mut io::stderr().lock(), self.plain())?,
            Format::Full | Format::Concise => {}
        }
        Ok(())
    }

    /// Writes what stands at the end.
    fn end(&self, tally: &Tally, inputs: usize, out: &mut dyn Write) -> io::Result<()> {
        let totals = &tally.totals;
        let many = totals.briefs() > 0 && totals.briefs() + totals.not_briefs > 1;
        match self.lint.format {
            Format::Json => json::end(out, &tally.summaries, totals, self.lint.statistics)?,
            Format::Full => {
                if many && !self.is_quiet() {
                    totals.write(out, self.style)?;
                }
                if self.lint.statistics {
                    totals.write_statistics(out)?;
                }
                if !self.is_quiet() {
                    self.treatment.tell(&tally.treated, totals, out)?;
                }
            }
            Format::Concise => {
                let mut err = io::stderr().lock();
                if many && !self.is_quiet() {
                    totals.write(&mut err, self.plain())?;
                }
                if self.lint.statistics {
                    totals.write_statistics(&mut err)?;
                }
                if !self.is_quiet() {
                    self.treatment.tell(&tally.treated, totals, &mut err)?;
                }
            }
        }
        if self.treatment.is_shown() && !self.lint.quiet {
            self.treatment.tell(&tally.treated, totals, &mut io::stderr().lock())?;
        }
        if totals.briefs() == 0 && totals.failed.len() < inputs {
            complain(
                "no brief was found: none of these Markdown files recommends something or names a State, session or review. Name the file itself to check it nevertheless",
            );
        }
        Ok(())
    }

    /// Whether only findings are wanted, or not even these.
    fn is_quiet(&self) -> bool {
        self.lint.quiet || self.treatment.is_shown()
    }

    /// The style of figures on standard error.
    fn plain(&self) -> Style {
        Style { colour: self.style.colour && is_coloured(Colour::Auto, io::IsTerminal::is_terminal(&io::stderr())), width: self.style.width }
    }
}

/// The figures of a brief, without its findings.
fn summary(source: &Source, checked: &Checked, book: &Rulebook) -> Summary {
    let frame = &checked.brief.frame;
    Summary {
        path: source.name().to_owned(),
        state: frame.state.clone(),
        session: frame.session,
        limit: frame.limit().map(|limit| (limit.iso(), limit.to_string())),
        pages: Limited { count: checked.pages.rounded(), limit: book.limit("brief/too-long") },
        issues: Limited { count: checked.brief.issues.len(), limit: book.limit("brief/too-many-issues") },
        questions: checked.brief.questions.len(),
        recommendations: Recommendations::of(&checked.letters),
        weights: crate::report::summary::Weights::default(),
    }
}
