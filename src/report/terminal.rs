//! Findings with the words they speak of, for a person at a terminal. The only file that names `codespan_reporting`.
//!
//! codespan prints whole source lines, and a paragraph of a brief is one line. So it is given an [`Excerpt`]: the folded rows around
//! the labels and nothing else, with line and column numbers of the file.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic as Shown, Label as ShownLabel, LabelStyle, Severity as ShownSeverity};
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::{Config, GeneralWriteResult, WriteStyle, emit_to_write_style};

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Source, Span};

use super::hidden::{Hidden, blacked};
use super::{Findings, Style, fold, harmless, one_line};

/// Rows of a long finding that are shown: so many at its beginning, and its last.
const FIRST_ROWS: usize = 3;

/// Writes findings.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, style: Style, findings: &Findings<'_>) -> io::Result<()> {
    if findings.all.is_empty() {
        return Ok(());
    }
    let digits = findings.source.lines().count().to_string().len();
    // Line number, space, border, space.
    let folded = Folded::new(findings.source, style.width.saturating_sub(digits + 3));
    let name = one_line(findings.source.name()).into_owned();
    let mut walk = findings.walk();
    let mut painter = Painter { out, colour: style.colour, own_name: None };
    for finding in findings.all {
        let diagnostic = &finding.diagnostic;
        let place = walk.to(diagnostic.span.start);
        let location = Location { line_number: place.line as usize + 1, column_number: place.column as usize + 1 };
        let mut excerpt = Excerpt { name: &name, location, text: String::new(), rows: BTreeMap::new() };
        let labels = excerpt.fill(&folded, findings.source, findings.hidden, diagnostic);
        let shown = shown(diagnostic, labels, style, digits);
        emit_to_write_style(&mut painter, &Config::default(), &excerpt, &shown).map_err(|error| match error {
            Error::Io(error) => error,
            other => io::Error::other(other),
        })?;
    }
    Ok(())
}

/// A finding as codespan has it.
fn shown(diagnostic: &Diagnostic, labels: Vec<ShownLabel<()>>, style: Style, digits: usize) -> Shown<()> {
    let head = format!("{}[{}]: ", diagnostic.severity, diagnostic.rule);
    let rule = diagnostic.rule.as_str();
    // The message is wrapped as if it began after the name of the rule, which codespan writes.
    let message = fold::wrap(&format!("{head}{}", one_line(&diagnostic.message)), style.width, "  ");
    let message = message.get(head.len().min(message.len())..).unwrap_or_default().to_owned();
    let room = style.width.saturating_sub(digits + 3);
    let mut notes = Vec::new();
    if let Some(help) = &diagnostic.help {
        notes.push(fold::wrap(&one_line(help), room, ""));
    }
    if rule.contains('/') {
        notes.push(format!("why: upr explain {rule}"));
    }
    Shown { severity: shown_severity(diagnostic.severity), code: Some(rule.to_owned()), message, labels, notes }
}

fn shown_severity(severity: Severity) -> ShownSeverity {
    match severity {
        Severity::Error => ShownSeverity::Error,
        Severity::Warning => ShownSeverity::Warning,
        Severity::Advice => ShownSeverity::Note,
    }
}

/// A source as rows that fit a terminal.
struct Folded {
    /// First byte and line (from 0) of each row.
    rows: Vec<(u32, u32)>,
}

impl Folded {
    fn new(source: &Source, width: usize) -> Folded {
        let lines = source.lines();
        let mut rows = Vec::with_capacity(lines.count());
        for line in 0..lines.count() as u32 {
            let start = lines.start(line).unwrap_or(0);
            let folded = fold::rows(lines.text(source.text(), line), width);
            rows.extend(folded.into_iter().map(|row| (start + row.start as u32, line)));
        }
        Folded { rows }
    }

    /// The row that holds a byte.
    fn at(&self, offset: u32) -> usize {
        self.rows.partition_point(|&(start, _)| start <= offset).saturating_sub(1)
    }

    fn line(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |&(_, line)| line)
    }

    /// The bytes of a row without the spaces at its end.
    fn span(&self, row: usize, source: &Source) -> Span {
        let start = self.rows.get(row).map_or(0, |&(start, _)| start);
        let end = self.rows.get(row + 1).map_or(source.text().len() as u32, |&(next, _)| next);
        let text = source.slice(Span { start, end });
        Span { start, end: start + text.trim_end().len() as u32 }
    }
}

/// The rows of a source that one finding speaks of, as text that is safe to show.
struct Excerpt<'a> {
    name: &'a str,
    location: Location,
    text: String,
    /// Line number, from 1, and bytes in `text` of each row that is shown.
    rows: BTreeMap<usize, (usize, Range<usize>)>,
}

impl Excerpt<'_> {
    /// Takes the rows of a finding; gives its labels, one for each row.
    fn fill(&mut self, folded: &Folded, source: &Source, hidden: &Hidden, diagnostic: &Diagnostic) -> Vec<ShownLabel<()>> {
        let mut labels = Vec::new();
        let mut parts: Vec<(usize, Span, LabelStyle, &str)> = Vec::new();
        parts.extend(by_row(folded, diagnostic.span).into_iter().map(|row| (row, diagnostic.span, LabelStyle::Primary, "")));
        for label in &diagnostic.labels {
            let rows = by_row(folded, label.span);
            let last = rows.last().copied();
            parts.extend(rows.into_iter().map(|row| {
                let message = if Some(row) == last { label.message.as_str() } else { "" };
                (row, label.span, LabelStyle::Secondary, message)
            }));
        }
        let mut wanted: Vec<usize> = parts.iter().map(|&(row, ..)| row).collect();
        wanted.sort_unstable();
        // codespan shows the single row between two others instead of a mark that one is left out.
        let between: Vec<usize> =
            wanted.windows(2).filter(|pair| matches!(pair, &&[a, b] if b == a + 2)).filter_map(|pair| pair.first().map(|a| a + 1)).collect();
        wanted.extend(between);
        wanted.sort_unstable();
        wanted.dedup();
        for row in wanted {
            let span = folded.span(row, source);
            let places = self.add(row, folded.line(row), span, source, hidden);
            for &(_, label, style, message) in parts.iter().filter(|&&(own, ..)| own == row) {
                let start = place(&places, label.start.max(span.start));
                let end = place(&places, label.end.min(span.end)).max(start);
                labels.push(ShownLabel { style, file_id: (), range: start..end, message: message.to_owned() });
            }
        }
        labels
    }

    /// Adds a row; gives for each of its characters the byte in the source and in the excerpt, and for its end.
    fn add(&mut self, row: usize, line: u32, span: Span, source: &Source, hidden: &Hidden) -> Vec<(u32, usize)> {
        let start = self.text.len();
        let mut places = Vec::new();
        for (at, character) in source.slice(span).char_indices() {
            let offset = span.start + at as u32;
            places.push((offset, self.text.len()));
            self.text.push(if hidden.covers(offset) { blacked(character) } else { harmless(character) });
        }
        places.push((span.end, self.text.len()));
        self.rows.insert(row, (line as usize + 1, start..self.text.len()));
        self.text.push('\n');
        places
    }
}

/// The byte of the excerpt for a byte of the source.
fn place(places: &[(u32, usize)], offset: u32) -> usize {
    let at = places.partition_point(|&(own, _)| own < offset);
    places.get(at).or(places.last()).map_or(0, |&(_, place)| place)
}

/// The rows of a span: all if there are few, else the first ones and the last.
fn by_row(folded: &Folded, span: Span) -> Vec<usize> {
    let first = folded.at(span.start);
    let last = folded.at(span.end.saturating_sub(1).max(span.start));
    let all = first..=last;
    if last - first > FIRST_ROWS + 1 { all.take(FIRST_ROWS).chain([last]).collect() } else { all.collect() }
}

impl<'a> Files<'a> for Excerpt<'_> {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(self.name)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'a self, (): (), byte: usize) -> Result<usize, Error> {
        let row = self.rows.iter().find(|(_, (_, range))| range.start <= byte && byte <= range.end);
        row.map(|(&row, _)| row).ok_or(Error::IndexTooLarge { given: byte, max: self.text.len() })
    }

    fn line_number(&'a self, (): (), row: usize) -> Result<usize, Error> {
        self.rows.get(&row).map(|(number, _)| *number).ok_or(Error::LineTooLarge { given: row, max: row })
    }

    fn line_range(&'a self, (): (), row: usize) -> Result<Range<usize>, Error> {
        self.rows.get(&row).map(|(_, range)| range.clone()).ok_or(Error::LineTooLarge { given: row, max: row })
    }

    fn location(&'a self, (): (), _byte: usize) -> Result<Location, Error> {
        Ok(self.location)
    }
}

/// Writes what codespan renders, with our colours and our names of severities.
struct Painter<'w> {
    out: &'w mut dyn Write,
    colour: bool,
    /// What is written in the place of codespan's next word.
    own_name: Option<&'static str>,
}

impl Painter<'_> {
    fn paint(&mut self, code: &str) -> GeneralWriteResult {
        if self.colour { write!(self.out, "\x1b[{code}m") } else { Ok(()) }
    }
}

impl Write for Painter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.own_name.take() {
            Some(name) => self.out.write_all(name.as_bytes()).map(|()| bytes.len()),
            None => self.out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn colour_of(severity: ShownSeverity) -> &'static str {
    match severity {
        ShownSeverity::Error | ShownSeverity::Bug => "31",
        ShownSeverity::Warning => "33",
        ShownSeverity::Note | ShownSeverity::Help => "36",
    }
}

impl WriteStyle for Painter<'_> {
    fn set_header(&mut self, severity: ShownSeverity) -> GeneralWriteResult {
        // codespan has no “advice”; the word after this call is the name that it has instead.
        self.own_name = (severity == ShownSeverity::Note).then(|| Severity::Advice.name());
        self.paint("1")?;
        self.paint(colour_of(severity))
    }

    fn set_header_message(&mut self) -> GeneralWriteResult {
        self.paint("0")?;
        self.paint("1")
    }

    fn set_line_number(&mut self) -> GeneralWriteResult {
        self.paint("2")
    }

    fn set_note_bullet(&mut self) -> GeneralWriteResult {
        self.paint("2")
    }

    fn set_source_border(&mut self) -> GeneralWriteResult {
        self.paint("2")
    }

    fn set_label(&mut self, severity: ShownSeverity, style: LabelStyle) -> GeneralWriteResult {
        match style {
            LabelStyle::Primary => self.paint(colour_of(severity)),
            LabelStyle::Secondary => self.paint("34"),
        }
    }

    fn reset(&mut self) -> GeneralWriteResult {
        self.paint("0")
    }
}
