//! `upr lint`: briefs in, findings out.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use crate::brief::date::Date;
use crate::brief::review::Review;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::fixes::Fixes;
use crate::report::summary::{Limited, Recommendations, Summary, Totals};
use crate::report::{Findings, Style, concise, json, terminal};
use crate::rules::Rulebook;
use crate::shown::hidden::Hidden;
use crate::shown::{self, Finding};
use crate::text::Source;
use crate::{Checked, check};

use super::book::{self, BookArguments, Name};
use super::change::{Change, ChangeArguments};
use super::in_order::in_order;
use super::inputs::{Input, InputArguments};
use super::known::{Held, Known, KnownArguments};
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
    change: ChangeArguments,
    #[command(flatten)]
    known: KnownArguments,
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
    /// What was known before.
    held: Held,
    fixes: Option<Fixes>,
    /// How many findings were silenced.
    silenced: usize,
    /// What goes to standard output in the place of the findings.
    changed: Option<String>,
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
        let (change, known) = match self.change.change(&self.inputs).and_then(|change| Ok((change, self.known.read()?))) {
            Ok(asked) => asked,
            Err(message) => {
                complain(&message);
                return Ok(FAILED);
            }
        };
        let style = match &change {
            Some(change) if change.fills_stdout => Style { colour: is_coloured(colour, io::IsTerminal::is_terminal(&io::stderr())), ..style },
            _ => style,
        };
        let run = Run {
            lint: self,
            book: &book,
            change,
            known,
            select,
            ignore,
            review: Review { today: self.today, as_of: self.as_of, ..self.review.review() },
            style,
        };
        run.all(&mut out)
    }
}

/// One run, with all that it needs.
struct Run<'a> {
    lint: &'a Lint,
    book: &'a Rulebook,
    change: Option<Change>,
    known: Known<'a>,
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
    reached: bool,
    any: bool,
    held: Vec<Held>,
    silenced: usize,
    /// Whether a patch was written.
    patched: bool,
}

impl Run<'_> {
    fn all(&self, out: &mut (dyn Write + Send)) -> io::Result<u8> {
        let inputs = self.lint.inputs.inputs();
        let threads = self.lint.inputs.threads(inputs.len());
        let mut tally = Tally::default();
        let findings: Option<Box<dyn Write + Send>> = match &self.change {
            Some(change) if change.is_shown => Some(Box::new(io::sink())),
            Some(change) if change.fills_stdout => Some(Box::new(io::BufWriter::new(io::stderr()))),
            _ => None,
        };
        let mut out = Out { out, findings };
        if self.lint.format == Format::Json {
            json::begin(out.findings())?;
        }
        in_order(&inputs, threads, |input| self.one(input), |outcome| self.take(outcome, &mut tally, &mut out))?;
        match self.known.finish(std::mem::take(&mut tally.held), tally.totals.failed.is_empty()) {
            Ok(held) => tally.totals.held_back = held,
            Err(message) => {
                complain(&message);
                tally.totals.failed.push(("baseline".to_owned(), message));
            }
        }
        self.end(&tally, inputs.len(), out.findings())?;
        out.findings().flush()?;
        out.out.flush()?;
        if !tally.totals.failed.is_empty() || tally.totals.briefs() == 0 {
            return Ok(FAILED);
        }
        let found = if self.is_shown() { tally.patched } else { tally.reached };
        Ok(if found { FOUND } else { CLEAN })
    }

    /// Whether a patch is shown, and no findings.
    fn is_shown(&self) -> bool {
        self.change.as_ref().is_some_and(|change| change.is_shown)
    }

    fn is_wanted(&self, diagnostic: &Diagnostic) -> bool {
        let selected = self.select.is_empty() || self.select.iter().any(|name| name.holds(&diagnostic.rule));
        selected && !self.ignore.iter().any(|name| name.holds(&diagnostic.rule))
    }

    /// Reads and checks one input.
    fn one(&self, input: &Input) -> Outcome {
        let mut source = match input.read() {
            Ok(source) => source,
            Err((path, message)) => return Outcome::Failed(path, message),
        };
        let name = source.name().to_owned();
        let mut checked = check(&source, self.book, &self.review);
        if !input.is_named() && !shown::looks_like_a_brief(&source, &checked, &self.review) {
            return Outcome::NotABrief;
        }
        let failed = |message: String| Outcome::Failed(name.clone(), message);
        let wanted = |diagnostic: &Diagnostic| self.is_wanted(diagnostic);
        let known = |source: &Source, checked: &mut Checked| self.known.hold_back(input, source, checked, self.book, &self.review, wanted);
        let (mut fixes, mut silenced, mut changed) = (None, 0, None);
        if let Some(change) = &self.change {
            // What is known already needs no comment.
            if change.silences()
                && let Err(message) = known(&source, &mut checked)
            {
                return failed(message);
            }
            match change.apply(input, (source, checked), self.book, &self.review, wanted) {
                Ok(done) => {
                    (source, checked) = (done.source, done.checked);
                    (fixes, silenced, changed) = (done.fixes, done.silenced, done.out);
                }
                Err(message) => return failed(message),
            }
        }
        let held = match known(&source, &mut checked) {
            Ok(held) => held,
            Err(message) => return failed(message),
        };
        let mut summary = summary(&source, &checked, self.book);
        let (findings, hidden) = shown::findings(&source, &mut checked, self.book, wanted);
        for finding in &findings {
            summary.weights.count(finding.diagnostic.severity);
        }
        let mut linted = Linted { source, findings, hidden, summary, held, fixes, silenced, changed, written: None };
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
        if let Some(text) = &linted.changed {
            out.out.write_all(text.as_bytes())?;
            tally.patched |= !text.is_empty();
        }
        let out = out.findings();
        tally.held.push(std::mem::take(&mut linted.held));
        tally.silenced += linted.silenced;
        if let Some(fixes) = linted.fixes.take() {
            tally.totals.fixes.get_or_insert_default().add(fixes);
        }
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
                    self.tell(tally, out)?;
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
                    self.tell(tally, &mut err)?;
                }
            }
        }
        if self.is_shown() && !self.lint.quiet {
            self.tell(tally, &mut io::stderr().lock())?;
        }
        if totals.briefs() == 0 && totals.failed.len() < inputs {
            complain(
                "no brief was found: none of these Markdown files recommends something or names a State, session or review. Name the file itself to check it nevertheless",
            );
        }
        Ok(())
    }

    /// Says what was changed, and what was known before.
    fn tell(&self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        if let Some(change) = &self.change {
            change.tell(tally.totals.fixes.as_ref(), tally.silenced, out)?;
        }
        tally.totals.held_back.map_or(Ok(()), |held| self.known.tell(held, out))
    }

    /// Whether only findings are wanted, or not even these.
    fn is_quiet(&self) -> bool {
        self.lint.quiet || self.is_shown()
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
