//! Rows of a file with a recommendation each: lines, CSV or JSON lines, read in batches so that no file is too large.
//!
//! A [`Reader`] cuts the input into batches of whole rows, one after the other; what a row says is made out by whoever takes the
//! batch, on any thread. What is wrong with a row is told with its line and spoils no other row.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::path::Path;

use clap::ValueEnum;

use crate::brief::review::ReviewDate;
use crate::files::{self, in_words};

/// How recommendations are written down in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shape {
    /// One on each line.
    Lines,
    /// A table with a header, parted by commas.
    Csv,
    /// A JSON object on each line.
    Jsonl,
}

/// The names of columns or fields.
#[derive(Debug)]
pub(super) struct Columns {
    /// The recommendation.
    pub(super) text: String,
    /// The date of the review, if the user named it.
    pub(super) review: Option<String>,
}

/// The column or field of the date of the review when the user names none.
const REVIEW: &str = "review";

/// Bytes after which a batch is full.
const BATCH: usize = 1 << 16;

/// The longest row, in bytes: the longest recommendation known has 144 words.
const LONGEST: usize = 1 << 20;

/// Some rows.
pub(super) struct Batch {
    shape: Shape,
    bytes: Vec<u8>,
    rows: Vec<RawRow>,
}

struct RawRow {
    line: u64,
    found: Found,
}

enum Found {
    /// A row: the recommendation, or a whole line of JSON; and the date of the review, if the row has one.
    Row(Range<usize>, Option<Range<usize>>),
    /// What is wrong with it.
    Fault(String),
}

/// A row as meant: the recommendation and the date of its review; or what is wrong with it.
pub(super) type Meant<'b> = Result<(Cow<'b, str>, Option<ReviewDate>), String>;

impl Batch {
    /// Its size in bytes.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The rows with the lines on which they begin; empty ones are left out.
    pub(super) fn rows<'b>(&'b self, columns: &'b Columns) -> impl Iterator<Item = (u64, Meant<'b>)> {
        let meant = |row: &'b RawRow| {
            let (text, review) = match &row.found {
                Found::Row(text, review) => (text.clone(), review.clone()),
                Found::Fault(fault) => return Some(Err(fault.clone())),
            };
            let bytes = self.bytes.get(text).unwrap_or_default();
            let Ok(text) = std::str::from_utf8(bytes) else { return Some(Err("the line is not UTF-8 text".to_owned())) };
            if text.trim().is_empty() {
                return None;
            }
            if self.shape == Shape::Jsonl {
                return Some(object(text, columns));
            }
            let review = review.map(|review| self.bytes.get(review).unwrap_or_default());
            let review = review.map_or(Ok(None), |bytes| std::str::from_utf8(bytes).map_or_else(|_| Err(BAD_DATE.to_owned()), date));
            Some(review.map(|review| (Cow::Borrowed(text), review)))
        };
        self.rows.iter().filter_map(move |row| Some((row.line, meant(row)?)))
    }
}

const BAD_DATE: &str = "the date of the review is none: write a month as 2026-11 or a day as 2026-11-05";

/// The date of a review; none if the cell is empty.
fn date(text: &str) -> Result<Option<ReviewDate>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    ReviewDate::parse(text).map(Some).ok_or_else(|| BAD_DATE.to_owned())
}

/// A line of JSON as meant.
fn object<'b>(line: &str, columns: &Columns) -> Meant<'b> {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(line) else { return Err("the line is not JSON".to_owned()) };
    let Some(fields) = value.as_object() else { return Err("the line is JSON, but no object".to_owned()) };
    let Some(text) = fields.get(&columns.text) else { return Err(format!("there is no field “{}”", columns.text)) };
    let Some(text) = text.as_str() else { return Err(format!("the field “{}” is no text", columns.text)) };
    let review = match (fields.get(columns.review.as_deref().unwrap_or(REVIEW)), &columns.review) {
        (None, Some(name)) => return Err(format!("there is no field “{name}”")),
        (None | Some(serde_json::Value::Null), _) => None,
        (Some(value), _) => date(value.as_str().ok_or_else(|| BAD_DATE.to_owned())?)?,
    };
    Ok((Cow::Owned(text.to_owned()), review))
}

type Source = BufReader<Box<dyn Read + Send>>;

/// Opens the input: the name under which faults are told, and its batches.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn open(file: Option<&Path>, shape: Option<Shape>, columns: &Columns) -> Result<(String, Reader), String> {
    let file = file.filter(|file| file.as_os_str() != "-");
    let name = file.map_or_else(|| "standard input".to_owned(), files::shown);
    let input: Box<dyn Read + Send> = match file {
        None => Box::new(io::stdin()),
        Some(file) => Box::new(File::open(file).map_err(|error| format!("{name}: {}", in_words(&error)))?),
    };
    let ending = file.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    let shape = shape.unwrap_or(match ending.as_deref() {
        Some("csv") => Shape::Csv,
        Some("jsonl" | "ndjson") => Shape::Jsonl,
        _ => Shape::Lines,
    });
    let mut input = BufReader::with_capacity(BATCH, input);
    let unreadable = |error: &io::Error| format!("{name}: {}", in_words(error));
    let mark = input.fill_buf().map_err(|error| unreadable(&error))?.starts_with(b"\xef\xbb\xbf");
    if mark {
        input.consume(3);
    }
    if shape != Shape::Csv {
        return Ok((name, Reader { shape, rows: Rows::Lines(input, 0) }));
    }
    // With the end of line that the library would find by itself, its line numbers lag behind by one in files from Windows.
    let mut table = csv::ReaderBuilder::new().flexible(true).has_headers(false).terminator(csv::Terminator::Any(b'\n')).from_reader(input);
    let mut header = csv::ByteRecord::new();
    table.read_byte_record(&mut header).map_err(|error| format!("{name}: the header cannot be read: {error}"))?;
    let header: Vec<&[u8]> = header.iter().map(without_return).collect();
    let place = |column: &str| header.iter().position(|known| *known == column.as_bytes());
    let no_column = |column: &str| {
        let known: Vec<Cow<'_, str>> = header.iter().map(|name| String::from_utf8_lossy(name)).collect();
        format!("{name}: there is no column “{column}”; there are: {}", known.join(", "))
    };
    if header.is_empty() {
        return Ok((
            name,
            Reader { shape, rows: Rows::Table(Box::new(Table { reader: table, record: csv::ByteRecord::new(), width: 0, text: 0, review: None })) },
        ));
    }
    let text = place(&columns.text).ok_or_else(|| no_column(&columns.text))?;
    let review = match &columns.review {
        Some(column) => Some(place(column).ok_or_else(|| no_column(column))?),
        None => place(REVIEW),
    };
    let table = Table { width: header.len(), reader: table, record: csv::ByteRecord::new(), text, review };
    Ok((name, Reader { shape, rows: Rows::Table(Box::new(table)) }))
}

/// The batches of an input.
pub(super) struct Reader {
    shape: Shape,
    rows: Rows,
}

enum Rows {
    /// The input, and the number of lines read.
    Lines(Source, u64),
    Table(Box<Table>),
    /// Nothing more can be read.
    Ended,
}

struct Table {
    reader: csv::Reader<Source>,
    record: csv::ByteRecord,
    /// The number of columns.
    width: usize,
    text: usize,
    review: Option<usize>,
}

impl Iterator for Reader {
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<io::Result<Batch>> {
        let mut batch = Batch { shape: self.shape, bytes: Vec::with_capacity(BATCH + BATCH / 4), rows: Vec::new() };
        while batch.bytes.len() < BATCH {
            let more = match &mut self.rows {
                Rows::Lines(input, line) => read_line(input, line, &mut batch),
                Rows::Table(table) => table.read(&mut batch),
                Rows::Ended => Ok(false),
            };
            match more {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    self.rows = Rows::Ended;
                    return Some(Err(error));
                }
            }
        }
        (!batch.rows.is_empty()).then_some(Ok(batch))
    }
}

/// Reads a line into a batch; whether there was one.
fn read_line(input: &mut Source, line: &mut u64, batch: &mut Batch) -> io::Result<bool> {
    let start = batch.bytes.len();
    let read = input.take(LONGEST as u64 + 1).read_until(b'\n', &mut batch.bytes)?;
    if read == 0 {
        return Ok(false);
    }
    *line += 1;
    let ended = batch.bytes.last() == Some(&b'\n');
    let found = if read > LONGEST && !ended {
        batch.bytes.truncate(start);
        input.skip_until(b'\n')?;
        Found::Fault(too_long())
    } else {
        let mut end = batch.bytes.len() - usize::from(ended);
        if end > start && batch.bytes.get(end - 1) == Some(&b'\r') {
            end -= 1;
        }
        Found::Row(start..end, None)
    };
    batch.rows.push(RawRow { line: *line, found });
    Ok(true)
}

fn too_long() -> String {
    format!("the row has more than {LONGEST} bytes, which no recommendation has")
}

/// The last cell of a line that ends as on Windows, without the return.
fn without_return(cell: &[u8]) -> &[u8] {
    cell.strip_suffix(b"\r").unwrap_or(cell)
}

impl Table {
    /// Reads a row into a batch; whether there was one.
    fn read(&mut self, batch: &mut Batch) -> io::Result<bool> {
        if !self.reader.read_byte_record(&mut self.record).map_err(io::Error::other)? {
            return Ok(false);
        }
        if self.record.len() == 1 && self.record.get(0) == Some(b"\r") {
            return Ok(true);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        let found = match self.record.get(self.text).filter(|_| self.record.len() == self.width) {
            None => Found::Fault(format!("the row has {}, the header {}", columns(self.record.len()), columns(self.width))),
            Some(text) if text.len() > LONGEST => Found::Fault(too_long()),
            Some(text) => {
                let mut add = |bytes: &[u8]| {
                    let start = batch.bytes.len();
                    batch.bytes.extend_from_slice(bytes);
                    start..batch.bytes.len()
                };
                let text = add(without_return(text));
                Found::Row(text, self.review.and_then(|review| self.record.get(review)).map(|review| add(without_return(review))))
            }
        };
        batch.rows.push(RawRow { line, found });
        Ok(true)
    }
}

fn columns(number: usize) -> String {
    if number == 1 { "1 column".to_owned() } else { format!("{number} columns") }
}
