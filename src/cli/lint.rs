//! `upr lint`: briefs in, findings out.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::brief::date::Date;
use crate::brief::review::Review;
use crate::config::Effective;
use crate::config::search::{Broken, Resolver};
use crate::diagnostic::{Diagnostic, FailOn};
use crate::report::across::Collected;
use crate::report::format::{Brief, Ending, Format, Wants};
use crate::report::judged::Judged;
use crate::report::summary::{Limited, Recommendations, Summary, Totals};
use crate::report::{Findings, Style, github};
use crate::rules::Rulebook;
use crate::shown::hidden::Hidden;
use crate::shown::key::{Key, Keys};
use crate::shown::{self, Finding, Silenced};
use crate::text::{Source, Span};
use crate::{Checked, check};

use super::book::{self, BookArguments, Name};
use super::configuration::{self, ConfigArguments, Told};
use super::formats::{Kind, Making, Output, Sink, root};
use super::gate::{Gate, GateArguments};
use super::in_order::in_order;
use super::inputs::{Input, InputArguments};
use super::own_files;
use super::treatment::{AllTreated, Treated, Treatment, TreatmentArguments};
use super::whole::named;
use super::{CLEAN, Colour, FAILED, FOUND, ReviewArguments, complain, is_coloured, stdout, style};

/// `upr lint`.
#[derive(Args)]
pub(super) struct Lint {
    #[command(flatten)]
    inputs: InputArguments,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Kind::Full, value_name = "FORMAT", hide_possible_values = true)]
    format: Kind,
    /// Write findings to a file too, in a format of its own: sarif:report.sarif. May be given several times.
    #[arg(long, value_name = "FORMAT:FILE", value_parser = Output::parse)]
    output: Vec<Output>,
    /// Only these rules or folders of rules: time-bound, brief/too-long. Several with commas, or the option again.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these rules or folders of rules.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// From which weight on a finding makes the exit code 1. Without it, and without a configuration, a warning.
    #[arg(long, value_enum, value_name = "WEIGHT")]
    fail_on: Option<FailOn>,
    /// Hide all words of the briefs: where they are quoted or shown stand blocks. For logs that strangers can read.
    #[arg(long, conflicts_with = "diff")]
    redact: bool,
    #[command(flatten)]
    figures: FiguresArguments,
    #[command(flatten)]
    book: BookArguments,
    #[command(flatten)]
    config: ConfigArguments,
    #[command(flatten)]
    gate: GateArguments,
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

/// Which figures are told.
#[derive(Args)]
struct FiguresArguments {
    /// Only findings, without the figures of the brief. JSON keeps its shape.
    #[arg(long, short)]
    quiet: bool,
    /// Say at the end how often each rule spoke, and how many recommendations meet each criterion.
    #[arg(long)]
    statistics: bool,
    /// A table with one row for each brief in the place of findings, and what briefs of one State have in common.
    #[arg(long)]
    summary: bool,
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [FailOn] {
        &FailOn::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// What came of an input.
enum Outcome {
    Failed(String, String),
    /// Its configuration is wrong.
    Misconfigured(String, Arc<Broken>),
    /// Its configuration leaves it out.
    LeftOut,
    NotABrief,
    Linted(Box<Linted>),
}

/// A brief with its findings.
struct Linted {
    source: Source,
    findings: Vec<Finding>,
    silenced: Vec<Silenced>,
    keys: Vec<Key>,
    recommendations: Vec<Judged>,
    hidden: Hidden,
    summary: Summary,
    fail_on: FailOn,
    treated: Treated,
    /// The brief as each format writes it, unless it is so large that it is better written as it comes.
    written: Option<Vec<Vec<u8>>>,
}

impl Linted {
    fn brief(&self) -> Brief<'_> {
        Brief {
            findings: Findings { source: &self.source, all: &self.findings, hidden: &self.hidden },
            silenced: &self.silenced,
            keys: &self.keys,
            recommendations: &self.recommendations,
            summary: Some(&self.summary),
            fail_on: self.fail_on,
        }
    }
}

/// Above so many bytes the findings of a brief are not held as text.
const LARGE: usize = 1 << 20;

impl Lint {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        if let Err(message) = self.check_outputs() {
            complain(&message);
            return Ok(FAILED);
        }
        let mut out = stdout();
        let style = style(colour);
        let resolver = match self.config.resolver(&self.book, &self.select) {
            Ok(resolver) => resolver,
            Err(no_book) => return book::complain_of(no_book, &self.formats(&[], style, true), self.sinks(&mut out)?),
        };
        let inputs = self.inputs.inputs();
        let outputs = self.output.iter().map(|output| ("--output", output.path.as_path()));
        let own: Vec<(&str, &Path)> = outputs.chain(self.treatment.baseline_to_write().map(|path| ("--baseline", path))).collect();
        if let Err(message) = own_files::check(&own, &inputs) {
            complain(&message);
            return Ok(FAILED);
        }
        let effective = configurations(&resolver, &inputs);
        // A rule that only a configuration brings along is known under it.
        let books: Vec<&Rulebook> = effective.iter().map(|effective| &*effective.book).collect();
        let names = |list: &[String]| list.iter().map(|name| Name::find_all(&books, name)).collect::<Result<Vec<Vec<Name>>, String>>();
        let (select, ignore) = match (names(&self.select), names(&self.ignore)) {
            (Ok(select), Ok(ignore)) => (select.concat(), ignore.concat()),
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
        let review = Review { today: self.today, as_of: self.as_of, ..self.review.review() };
        let formats = self.formats(&books, style, self.figures.quiet || treatment.is_shown());
        let mut wants = formats.iter().fold(Wants::default(), |wants, format| wants.or(format.wants()));
        wants.recommendations |= self.figures.summary || self.gate.gate().is_some();
        wants.summaries |= self.figures.summary;
        let mut elsewhere = treatment.findings();
        let run = Run { lint: self, resolver: &resolver, treatment, select, ignore, review, style, formats, wants };
        // Where standard output is taken by what is changed, findings go elsewhere.
        match &mut elsewhere {
            Some(findings) => {
                let code = run.all(&inputs, self.sinks(findings)?, &mut out)?;
                out.flush()?;
                Ok(code)
            }
            None => run.all(&inputs, self.sinks(&mut out)?, &mut io::sink()),
        }
    }

    /// Whether the formats fit together.
    fn check_outputs(&self) -> Result<(), String> {
        let holds = self.format.holds_summary() || self.output.iter().any(|output| output.kind.holds_summary());
        if self.figures.summary && !holds {
            return Err("--summary goes with the formats full, concise, json, jsonl and markdown".to_owned());
        }
        Ok(())
    }

    /// The format for standard output, then those for files.
    fn formats<'a>(&self, books: &'a [&'a Rulebook], style: Style, quiet: bool) -> Vec<Box<dyn Format + 'a>> {
        let making = Making { books, style, quiet, summary: self.figures.summary };
        let in_file = Making { style: Style { colour: false, width: super::WIDTH }, ..making };
        std::iter::once(self.format.make(making)).chain(self.output.iter().map(|output| output.kind.make(in_file))).collect()
    }

    /// Where the formats are written.
    fn sinks<'a>(&self, out: &'a mut (dyn Write + Send)) -> io::Result<Vec<Sink<'a>>> {
        std::iter::once(Ok(Sink::stream(out))).chain(self.output.iter().map(|output| Sink::file(&output.path))).collect()
    }
}

/// What holds under each configuration of the inputs, the plain rules if there is none.
fn configurations(resolver: &Resolver, inputs: &[Input]) -> Vec<Arc<Effective>> {
    let mut seen = HashSet::new();
    // Folders of rules are named for a whole configuration, and all files of a folder have the same one.
    let of_folders = inputs.iter().map(Input::path).filter(|path| seen.insert(path.parent()));
    let mut files = HashSet::new();
    let of_files = of_folders.filter(|path| files.insert(resolver.configuration(path)));
    let found: Vec<Arc<Effective>> = of_files.filter_map(|path| resolver.resolve(path).ok()).collect();
    if found.is_empty() { vec![resolver.plain()] } else { found }
}

/// One run, with all that it needs.
struct Run<'a> {
    lint: &'a Lint,
    resolver: &'a Resolver,
    treatment: Treatment<'a>,
    select: Vec<Name>,
    ignore: Vec<Name>,
    review: Review,
    style: Style,
    formats: Vec<Box<dyn Format + 'a>>,
    /// What the formats, the figures and the gate want.
    wants: Wants,
}

/// What is counted during a run.
#[derive(Default)]
struct Tally {
    totals: Totals,
    /// Kept only if a format wants them at the end.
    summaries: Vec<Summary>,
    collected: Collected,
    gate: Option<Gate>,
    treated: AllTreated,
    reached: bool,
    /// How many files their configurations leave out.
    left_out: usize,
    told: Told,
}

impl Run<'_> {
    fn all(&self, inputs: &[Input], mut sinks: Vec<Sink<'_>>, changed: &mut (dyn Write + Send)) -> io::Result<u8> {
        let threads = self.lint.inputs.threads(inputs.len());
        let mut tally = Tally { gate: self.lint.gate.gate(), ..Tally::default() };
        for (format, sink) in self.formats.iter().zip(&mut sinks) {
            format.begin(sink.out())?;
        }
        in_order(inputs, threads, |input| self.one(input), |outcome| self.take(outcome, &mut tally, &mut sinks, changed))?;
        self.treatment.finish(&mut tally.treated, &mut tally.totals);
        self.end(&tally, inputs.len(), sinks)?;
        let reasons = tally.gate.as_ref().map(Gate::verdict).unwrap_or_default();
        for reason in &reasons {
            complain(reason);
        }
        let found = if self.treatment.is_shown() { tally.treated.is_patched } else { tally.reached || !reasons.is_empty() };
        let any = tally.totals.briefs() > 0 || self.lint.inputs.only_briefs;
        if tally.totals.failed.is_empty() && any { Ok(if found { FOUND } else { CLEAN }) } else { Ok(FAILED) }
    }

    /// Reads and checks one input.
    fn one(&self, input: &Input) -> Outcome {
        let effective = match self.resolver.resolve(input.path()) {
            Ok(effective) => effective,
            Err(broken) => return Outcome::Misconfigured(self.resolver.shown(input.path()), broken),
        };
        if !input.is_named() && effective.leaves_out(&self.resolver.absolute(input.path())) {
            return Outcome::LeftOut;
        }
        let source = match input.read() {
            Ok(source) => source,
            Err((path, message)) => return Outcome::Failed(path, message),
        };
        let (book, review) = (&effective.book, effective.review(&self.review));
        let checked = check(&source, book, &review);
        if !input.is_named() && !shown::looks_like_a_brief(&source, &checked, &review) {
            return Outcome::NotABrief;
        }
        let wanted = |diagnostic: &Diagnostic| {
            let selected = self.select.is_empty() || self.select.iter().any(|name| name.holds(&diagnostic.rule));
            selected && !self.ignore.iter().any(|name| name.holds(&diagnostic.rule))
        };
        let path = source.name().to_owned();
        let (source, mut checked, treated) = match self.treatment.apply(input, (source, checked), book, &review, wanted) {
            Ok(treated) => treated,
            Err(message) => return Outcome::Failed(path, message),
        };
        let mut summary = summary(&source, &checked, book);
        // Keys stay those of the words, which nobody can read in them.
        let of_words = (self.wants.keys && self.lint.redact).then(|| shown::hidden(&source, &checked, book));
        if self.lint.redact {
            checked.private = vec![Span::new(0..source.text().len())];
        }
        let (findings, hidden) = shown::findings(&source, &mut checked, book, wanted);
        for finding in &findings {
            summary.weights.count(finding.diagnostic.severity);
        }
        let silenced = if self.wants.silenced { shown::silenced(&mut checked, &hidden, wanted) } else { Vec::new() };
        let recommendations = if self.wants.recommendations { Judged::all(&source, &checked, &hidden) } else { Vec::new() };
        let mut keys = Vec::new();
        if self.wants.keys {
            let mut next = Keys::new(&checked, of_words.as_ref().unwrap_or(&hidden));
            let all = findings.iter().chain(silenced.iter().map(|silenced| &silenced.finding));
            keys.extend(all.map(|finding| next.key(&finding.diagnostic)));
        }
        let fail_on = self.lint.fail_on.unwrap_or_else(|| effective.fail_on());
        let mut linted = Linted { source, findings, silenced, keys, recommendations, hidden, summary, fail_on, treated, written: None };
        if linted.source.text().len() < LARGE {
            let brief = linted.brief();
            let written = self.formats.iter().map(|format| {
                let mut written = Vec::with_capacity(linted.source.text().len());
                format.brief(&mut written, &brief).map(|()| written)
            });
            // Writing to memory does not fail.
            linted.written = written.collect::<io::Result<Vec<Vec<u8>>>>().ok();
        }
        Outcome::Linted(Box::new(linted))
    }

    /// Writes what came of one input and counts it.
    fn take(&self, outcome: Outcome, tally: &mut Tally, sinks: &mut [Sink<'_>], changed: &mut dyn Write) -> io::Result<()> {
        let mut linted = match outcome {
            Outcome::Failed(path, message) => {
                complain(&format!("{path}: {message}"));
                tally.totals.failed.push((path, message));
                return Ok(());
            }
            Outcome::Misconfigured(path, broken) => {
                for file in tally.told.news(&broken) {
                    configuration::write(file, &self.formats, sinks)?;
                }
                tally.totals.failed.push((path, configuration::is_wrong(&broken)));
                return Ok(());
            }
            Outcome::LeftOut => {
                tally.left_out += 1;
                return Ok(());
            }
            Outcome::NotABrief => {
                tally.totals.not_briefs += 1;
                return Ok(());
            }
            Outcome::Linted(linted) => *linted,
        };
        tally.treated.add(std::mem::take(&mut linted.treated), &mut tally.totals, changed)?;
        let written = linted.written.as_deref().unwrap_or_default();
        for (number, (format, sink)) in self.formats.iter().zip(sinks).enumerate() {
            sink.brief(format.as_ref(), &linted.brief(), written.get(number).map(Vec::as_slice))?;
        }
        for finding in &linted.findings {
            tally.reached |= linted.fail_on.is_reached(finding.diagnostic.severity);
            tally.totals.count(&finding.diagnostic);
        }
        let Linted { summary, recommendations, .. } = linted;
        tally.totals.add(&summary);
        if self.has_figures_aside() && !self.is_quiet() {
            summary.write(&mut io::stderr().lock(), self.plain())?;
        }
        if let Some(gate) = &mut tally.gate {
            gate.count(&summary.path, &recommendations);
        }
        if self.lint.figures.summary {
            tally.collected.add(&summary, recommendations);
        }
        if self.wants.summaries {
            tally.summaries.push(summary);
        }
        Ok(())
    }

    /// Writes what stands at the end.
    fn end(&self, tally: &Tally, inputs: usize, sinks: Vec<Sink<'_>>) -> io::Result<()> {
        let totals = &tally.totals;
        let across = self.lint.figures.summary.then(|| tally.collected.compare());
        let ending = Ending { briefs: &tally.summaries, totals, statistics: self.lint.figures.statistics, across: across.as_ref() };
        for (number, (format, mut sink)) in self.formats.iter().zip(sinks).enumerate() {
            format.end(sink.out(), &ending)?;
            if number == 0 && self.lint.format == Kind::Full && !self.is_quiet() {
                self.treatment.tell(&tally.treated, totals, sink.out())?;
            }
            sink.finish()?;
        }
        if self.lint.format == Kind::Github || self.lint.output.iter().any(|output| output.kind == Kind::Github) {
            write_step_summary(&ending)?;
        }
        if self.has_figures_aside() {
            totals.write_ending(&mut io::stderr().lock(), self.plain(), self.is_quiet(), self.lint.figures.statistics)?;
        }
        if !self.lint.figures.quiet && (self.has_figures_aside() || self.treatment.is_shown()) {
            self.treatment.tell(&tally.treated, totals, &mut io::stderr().lock())?;
        }
        // Before a commit there need not be a brief.
        if self.lint.inputs.only_briefs {
            return Ok(());
        }
        if tally.left_out == inputs {
            complain("no brief was read: the configuration leaves out all of these files. Name the file itself to check it nevertheless");
        } else if totals.briefs() == 0 && totals.failed.len() < inputs {
            complain(
                "no brief was found: none of these Markdown files recommends something or names a State, session or review. Name the file itself to check it nevertheless",
            );
        }
        Ok(())
    }

    /// Whether what is written to standard output has no room for figures.
    fn has_figures_aside(&self) -> bool {
        self.formats.first().is_some_and(|format| !format.tells_figures())
    }

    /// Whether only findings are wanted, or not even these.
    fn is_quiet(&self) -> bool {
        self.lint.figures.quiet || self.treatment.is_shown()
    }

    /// The style of figures on standard error.
    fn plain(&self) -> Style {
        Style { colour: self.style.colour && is_coloured(Colour::Auto, io::IsTerminal::is_terminal(&io::stderr())), width: self.style.width }
    }
}

/// Adds the figures to the file that GitHub Actions shows as the summary of a run, if there is one.
fn write_step_summary(ending: &Ending<'_>) -> io::Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let path = Path::new(&path);
    let mut text = Vec::new();
    github::write_step_summary(&mut text, &root(), ending)?;
    let added = File::options().create(true).append(true).open(path).and_then(|mut file| file.write_all(&text));
    added.map_err(|error| named(path, &error))
}

/// The figures of a brief, without its findings.
fn summary(source: &Source, checked: &Checked, book: &Rulebook) -> Summary {
    let frame = &checked.brief.frame;
    Summary {
        path: source.name().to_owned(),
        state: frame.state.clone(),
        code: frame.code.clone(),
        session: frame.session,
        limit: frame.limit().map(|limit| (limit.iso(), limit.to_string())),
        pages: Limited { count: checked.pages.rounded(), limit: book.limit("brief/too-long") },
        issues: Limited { count: checked.brief.issues.len(), limit: book.limit("brief/too-many-issues") },
        questions: checked.brief.questions.len(),
        recommendations: Recommendations::of(&checked.letters),
        weights: crate::report::summary::Weights::default(),
    }
}
