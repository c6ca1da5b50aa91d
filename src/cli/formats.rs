//! The formats of `upr lint` by name, and where each of them is written: standard output, or a file that appears when it is whole.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::files::shown;
use crate::report::Style;
use crate::report::checkstyle::Checkstyle;
use crate::report::concise::Concise;
use crate::report::csv::Csv;
use crate::report::format::{After, Brief, Format};
use crate::report::full::Full;
use crate::report::github::GitHub;
use crate::report::gitlab::GitLab;
use crate::report::json::{Json, JsonLines};
use crate::report::junit::JUnit;
use crate::report::markdown::Markdown;
use crate::report::overview::Overview;
use crate::report::place::Root;
use crate::report::rdjson::RdJson;
use crate::report::sarif::Sarif;
use crate::rules::Rulebook;

use super::whole::Whole;

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// With the words that they speak of.
    Full,
    /// One line each.
    Concise,
    /// For other programs: one object.
    Json,
    /// For other programs: one object on each line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// A JUnit report: one test for each recommendation.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// Reviewdog's Diagnostic Format.
    Rdjson,
    /// A report to paste into a pull request.
    Markdown,
    /// A table for a spreadsheet.
    Csv,
}

/// What a format is made from.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    /// The rulebooks of all configurations; none if one could not be read.
    pub(super) books: &'a [&'a Rulebook],
    pub(super) style: Style,
    pub(super) quiet: bool,
    /// Whether a table of briefs was asked for.
    pub(super) summary: bool,
}

impl Kind {
    /// Whether the format can hold what `--summary` asks for.
    pub(super) fn holds_summary(self) -> bool {
        matches!(self, Kind::Full | Kind::Concise | Kind::Json | Kind::Jsonl | Kind::Markdown)
    }

    pub(super) fn make<'a>(self, making: Making<'a>) -> Box<dyn Format + 'a> {
        let Making { books, style, quiet, summary } = making;
        match self {
            Kind::Full | Kind::Concise if summary => Box::new(Overview { style }),
            Kind::Full => Box::new(Full { style, quiet }),
            Kind::Concise => Box::new(Concise),
            Kind::Json => Box::new(Json),
            Kind::Jsonl => Box::new(JsonLines),
            Kind::Sarif => Box::new(Sarif::new(root(), books)),
            Kind::Github => Box::new(GitHub { root: root() }),
            Kind::Gitlab => Box::new(GitLab { root: root() }),
            Kind::Junit => Box::new(JUnit { root: root() }),
            Kind::Checkstyle => Box::new(Checkstyle { root: root() }),
            Kind::Rdjson => Box::new(RdJson { root: root() }),
            Kind::Markdown => Box::new(Markdown { root: root() }),
            Kind::Csv => Box::new(Csv),
        }
    }
}

/// The folder in which the program runs.
pub(super) fn root() -> Root {
    Root::new(std::env::current_dir().ok().map(|folder| shown(&folder)))
}

/// `--output sarif:report.sarif`: a format and the file into which it is written.
#[derive(Clone, Debug)]
pub(super) struct Output {
    pub(super) kind: Kind,
    pub(super) path: PathBuf,
}

impl Output {
    /// Reads the option.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Output, String> {
        let (name, path) = text.split_once(':').ok_or("write a format, a colon and a file: sarif:report.sarif")?;
        let kind = Kind::from_str(name, true).map_err(|_| {
            let names: Vec<String> =
                Kind::value_variants().iter().filter_map(|kind| kind.to_possible_value().map(|value| value.get_name().to_owned())).collect();
            format!("there is no format “{name}”; there are: {}", names.join(", "))
        })?;
        match path {
            "" => Err("name a file after the colon: sarif:report.sarif".to_owned()),
            "-" => Err("name a file after the colon; what goes to standard output is said by --format".to_owned()),
            _ => Ok(Output { kind, path: path.into() }),
        }
    }
}

/// A format with the place where it is written.
pub(super) struct Sink<'a> {
    out: Target<'a>,
    /// Whether a brief was written before.
    any: bool,
}

enum Target<'a> {
    Stream(&'a mut (dyn Write + Send)),
    File(Whole),
}

impl<'a> Sink<'a> {
    /// Writes to a stream.
    pub(super) fn stream(out: &'a mut (dyn Write + Send)) -> Sink<'a> {
        Sink { out: Target::Stream(out), any: false }
    }

    /// Writes to a file.
    ///
    /// # Errors
    /// If it cannot be written, with its name.
    pub(super) fn file(path: &Path) -> io::Result<Sink<'a>> {
        Ok(Sink { out: Target::File(Whole::new(path)?), any: false })
    }

    /// Where to write.
    pub(super) fn out(&mut self) -> &mut dyn Write {
        match &mut self.out {
            Target::Stream(out) => *out,
            Target::File(file) => file,
        }
    }

    /// Writes a brief, from its bytes if they are known.
    pub(super) fn brief(&mut self, format: &dyn Format, brief: &Brief<'_>, written: Option<&[u8]>) -> io::Result<()> {
        let before = if self.any { format.between() } else { "" };
        let mut out = After::new(self.out(), before);
        match written {
            Some(bytes) => out.write_all(bytes)?,
            None => format.brief(&mut out, brief)?,
        }
        let wrote = out.written;
        self.any |= wrote;
        Ok(())
    }

    /// Nothing more is to be written.
    pub(super) fn finish(self) -> io::Result<()> {
        match self.out {
            Target::Stream(out) => out.flush(),
            Target::File(file) => file.finish(),
        }
    }
}
