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

use super::{Findings, Style, fold, harmless, one_line};
use crate::shown::hidden::{Hidden, blacked};

/// Rows of a long finding that are shown: so many at its beginning, and its last.
const FIRST_ROWS: u32 = 3;

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
    let room = style.width.saturating_sub(digits + 3);
    let name = one_line(findings.source.name()).into_owned();
    let mut walk = findings.walk();
    let mut painter = Painter { out, colour: style.colour, own_name: None };
    let mut drawn = None;
    for finding in findings.all {
        let diagnostic = &finding.diagnostic;
        // Findings of the same place follow one another: the first one draws it, and the others stand beneath.
        let again = drawn == Some(diagnostic.span) && diagnostic.labels.is_empty();
        drawn = Some(diagnostic.span);
        let place = walk.to(diagnostic.span.start);
        let location = Location { line_number: place.line as usize + 1, column_number: place.column as usize + 1 };
        let mut excerpt = Excerpt { name: &name, location, text: String::new(), rows: BTreeMap::new() };
        let labels = if again { Vec::new() } else { excerpt.fill(findings.source, findings.hidden, diagnostic, room) };
        let shown = shown(diagnostic, labels, style.width, room);
        emit_to_write_style(&mut painter, &Config::default(), &excerpt, &shown).map_err(|error| match error {
            Error::Io(error) => error,
            other => io::Error::other(other),
        })?;
    }
    Ok(())
}

/// A finding as codespan has it.
fn shown(diagnostic: &Diagnostic, labels: Vec<ShownLabel<()>>, width: usize, room: usize) -> Shown<()> {
    let head = format!("{}[{}]: ", diagnostic.severity, diagnostic.rule);
    let rule = diagnostic.rule.as_str();
    // The message is wrapped as if it began after the name of the rule, which codespan writes.
    let message = fold::wrap(&format!("{head}{}", one_line(&diagnostic.message)), width, "  ");
    let message = message.get(head.len().min(message.len())..).unwrap_or_default().to_owned();
    let mut notes = Vec::new();
    if let Some(help) = &diagnostic.help {
        notes.push(fold::wrap(&format!("help: {}", one_line(help)), room, ""));
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

/// A part of one line that a label speaks of.
struct Part<'a> {
    span: Span,
    style: LabelStyle,
    message: &'a str,
}

/// The rows of a source that one finding speaks of, as text that is safe to show.
struct Excerpt<'a> {
    name: &'a str,
    location: Location,
    text: String,
    /// Line number, from 1, and bytes in `text` of each row. A number that is left out is shown as a gap.
    rows: BTreeMap<usize, (usize, Range<usize>)>,
}

impl Excerpt<'_> {
    /// Takes the rows of a finding; gives its labels, one for each row.
    fn fill(&mut self, source: &Source, hidden: &Hidden, diagnostic: &Diagnostic, room: usize) -> Vec<ShownLabel<()>> {
        let mut lines: BTreeMap<u32, Vec<Part<'_>>> = BTreeMap::new();
        let primary = (diagnostic.span, LabelStyle::Primary, "");
        let others = diagnostic.labels.iter().map(|label| (label.span, LabelStyle::Secondary, label.message.as_str()));
        for (span, style, message) in std::iter::once(primary).chain(others) {
            let shown = few(source.lines().line(span.start), source.lines().line(span.end.saturating_sub(1).max(span.start)));
            let last = shown.last().copied();
            for line in shown {
                let message = if Some(line) == last { message } else { "" };
                lines.entry(line).or_default().push(Part { span: clip(source, line, span), style, message });
            }
        }
        let mut labels = Vec::new();
        // The line before, if it is shown to its end.
        let mut before = None;
        for (line, parts) in &lines {
            let whole = whole_line(source, *line);
            let window = window(source.slice(whole), whole.start, parts, room);
            let follows = before == line.checked_sub(1) && before.is_some() && window.start == whole.start;
            before = self.add_line(source, hidden, (*line, window), parts, room, follows, &mut labels).then_some(*line);
        }
        labels
    }

    /// Adds the rows of a line that parts of labels stand in. Says whether the line is shown to its end.
    #[expect(clippy::too_many_arguments, reason = "what a row is made of; a struct for it would be used once")]
    fn add_line(
        &mut self,
        source: &Source,
        hidden: &Hidden,
        (line, window): (u32, Span),
        parts: &[Part<'_>],
        room: usize,
        follows: bool,
        labels: &mut Vec<ShownLabel<()>>,
    ) -> bool {
        let whole = whole_line(source, line);
        let rows: Vec<Span> = fold::rows(source.slice(window), room.saturating_sub(CUTS))
            .into_iter()
            .map(|row| Span::new(row.start + window.start as usize..row.end + window.start as usize))
            .collect();
        let row_of = |offset: u32| rows.partition_point(|row| row.start <= offset).saturating_sub(1) as u32;
        let mut wanted: BTreeMap<u32, Vec<&Part<'_>>> = BTreeMap::new();
        for part in parts {
            for row in few(row_of(part.span.start), row_of(part.span.end.saturating_sub(1).max(part.span.start))) {
                wanted.entry(row).or_default().push(part);
            }
        }
        // codespan shows the single row between two others instead of a mark that one is left out.
        let own: Vec<u32> = wanted.keys().copied().collect();
        for row in own.iter().filter(|&&row| own.contains(&(row + 2))) {
            wanted.entry(row + 1).or_default();
        }
        let last = wanted.keys().next_back().copied();
        let first_number = self.rows.keys().next_back().map_or(0, |&last| last + if follows { 1 } else { GAP });
        let mut shown_to_end = false;
        for (row, parts) in wanted {
            let Some(&span) = rows.get(row as usize) else { continue };
            let text = source.slice(span).trim_end();
            let span = Span { start: span.start, end: span.start + text.len() as u32 };
            let is_last = Some(row) == last;
            let cut_before = row == 0 && span.start > whole.start;
            let cut_after = is_last && !source.slice(Span { start: span.end, end: whole.end }).trim().is_empty();
            shown_to_end = is_last && !cut_after;
            let places = self.add_row(first_number + row as usize, line, span, source, hidden, (cut_before, cut_after));
            for part in parts {
                let start = place(&places, part.span.start.max(span.start));
                let end = place(&places, part.span.end.min(span.end)).max(start);
                let ends_here = part.span.end <= span.end || is_last;
                labels.push(ShownLabel {
                    style: part.style,
                    file_id: (),
                    range: start..end,
                    message: if ends_here { part.message.to_owned() } else { String::new() },
                });
            }
        }
        shown_to_end
    }

    /// Adds a row; gives for each of its characters the byte in the source and in the excerpt, and for its end.
    fn add_row(&mut self, number: usize, line: u32, span: Span, source: &Source, hidden: &Hidden, (cut_before, cut_after): (bool, bool)) -> Vec<(u32, usize)> {
        let start = self.text.len();
        if cut_before {
            self.text.push_str(ELISION);
            self.text.push(' ');
        }
        let mut places = Vec::new();
        for (at, character) in source.slice(span).char_indices() {
            let offset = span.start + at as u32;
            places.push((offset, self.text.len()));
            self.text.push(if hidden.covers(offset) { blacked(character) } else { harmless(character) });
        }
        places.push((span.end, self.text.len()));
        if cut_after {
            self.text.push(' ');
            self.text.push_str(ELISION);
        }
        self.rows.insert(number, (line as usize + 1, start..self.text.len()));
        self.text.push('\n');
        places
    }
}

/// What stands where a line is cut, next to a space.
const ELISION: &str = "…";
/// The columns that the marks of two cuts take.
const CUTS: usize = 4;
/// From this difference on, codespan marks that rows are left out.
const GAP: usize = 3;

/// The bytes of a line without its ending.
fn whole_line(source: &Source, line: u32) -> Span {
    let start = source.lines().start(line).unwrap_or(source.text().len() as u32);
    Span { start, end: start + source.lines().text(source.text(), line).len() as u32 }
}

/// The part of a span that lies in a line.
fn clip(source: &Source, line: u32, span: Span) -> Span {
    let whole = whole_line(source, line);
    let start = span.start.clamp(whole.start, whole.end);
    Span { start, end: span.end.clamp(start, whole.end) }
}

/// The part of a line that is shown: from the beginning of the sentence in which the first label stands, or from some words before
/// it, to the end of the row in which the last one ends.
fn window(line: &str, line_start: u32, parts: &[Part<'_>], room: usize) -> Span {
    let first = parts.iter().map(|part| part.span.start).min().unwrap_or(line_start) - line_start;
    let last = parts.iter().map(|part| part.span.end).max().unwrap_or(line_start) - line_start;
    let lead = line.get(..first as usize).unwrap_or_default();
    // Only what may fit is measured: the line can be a million characters long.
    let columns = |part: Option<&str>| part.map_or(0, |part| fold::columns(part.char_indices().nth(room).and_then(|(end, _)| part.get(..end)).unwrap_or(part)));
    let fits = columns(line.get(..last as usize)) + CUTS <= room;
    let own = columns(line.get(first as usize..last as usize));
    let start = if fits { 0 } else { start_near(lead, room, room.saturating_sub(own + CUTS)) };
    // So many characters fill a row, whatever they are.
    let rest = line.get(last as usize..).unwrap_or_default();
    let end = rest.char_indices().nth(room).map_or(line.len(), |(at, _)| last as usize + at);
    Span { start: line_start + start as u32, end: line_start + end as u32 }
}

/// Where to begin a row so that the words after `lead` have some context: with their sentence or cell if it begins at most
/// `farthest` columns before them, else with the words of half a row.
fn start_near(lead: &str, room: usize, farthest: usize) -> usize {
    let mut columns = 0;
    let mut word = lead.len();
    let mut after = '\0';
    for (at, character) in lead.char_indices().rev() {
        columns += fold::columns(character.encode_utf8(&mut [0; 4]));
        if columns > farthest.max(room / 2) {
            return word;
        }
        let begins = character.is_whitespace() && !after.is_whitespace();
        let next = at + character.len_utf8();
        let ends_before = lead.get(..at).is_some_and(|before| before.ends_with(['.', '!', '?', '|']));
        if begins && ends_before && !after.is_lowercase() && columns <= farthest {
            return next;
        }
        if begins && (columns <= room / 2 || word == lead.len()) {
            word = next;
        }
        after = character;
    }
    if columns <= farthest { 0 } else { word }
}

/// The byte of the excerpt for a byte of the source.
fn place(places: &[(u32, usize)], offset: u32) -> usize {
    let at = places.partition_point(|&(own, _)| own < offset);
    places.get(at).or(places.last()).map_or(0, |&(_, place)| place)
}

/// The numbers from `first` to `last`: all if they are few, else the first ones and the last.
fn few(first: u32, last: u32) -> Vec<u32> {
    if last - first > FIRST_ROWS + 1 { (first..first + FIRST_ROWS).chain([last]).collect() } else { (first..=last).collect() }
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
