//! Texts and places in them.
//!
//! A [`Source`] is one file or buffer as it was read; a [`Span`] is a range of its bytes and the only coordinate that travels
//! between the stages. Lines and columns are made from it at the last moment ([`lines`]); words without markup have a
//! coordinate of their own ([`prose`]), so that the two cannot be mixed up. This module knows nothing of Markdown or of the UPR.

pub mod eight;
pub mod lines;
pub mod prose;

use std::borrow::Cow;
use std::ops::Range;

use lines::LineIndex;

/// A range of bytes of a [`Source`], the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span of the bytes `range`.
    pub fn new(range: Range<usize>) -> Span {
        Span { start: range.start as u32, end: range.end as u32 }
    }

    /// The span as a range of `usize`, to slice a text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A text with the name under which it is shown: a path, or `-` for standard input.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: Cow<'static, str>,
    lines: LineIndex,
}

/// Why some bytes cannot be a [`Source`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotText {
    /// The bytes are not UTF-8; the line (from 1) of the first that is not.
    NotUtf8 {
        /// Line from 1.
        line: usize,
    },
    /// The bytes begin as UTF-16 text does.
    Utf16,
    /// The bytes hold a zero byte, as no text does.
    Binary,
    /// More than 4 GiB.
    TooLarge,
}

impl std::fmt::Display for NotText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NotText::NotUtf8 { line } => {
                write!(f, "line {line} holds a character that is not UTF-8; save the file as UTF-8 text and try again")
            }
            NotText::Utf16 => f.write_str("the file is UTF-16 text; save it as UTF-8 text and try again"),
            NotText::Binary => f.write_str("the file is not a text (a Word or PDF file, perhaps); save it as Markdown text and try again"),
            NotText::TooLarge => f.write_str("the file is larger than 4 GiB"),
        }
    }
}

impl std::error::Error for NotText {}

impl Source {
    /// A source of this name and text. A text above 4 GiB has spans that wrap: read files with [`Source::from_bytes`].
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Source {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Source { name: name.into(), text, lines }
    }

    /// A source from the bytes of a file.
    ///
    /// # Errors
    /// [`NotText`] if the bytes are not UTF-8 text.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Source, NotText> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(NotText::TooLarge);
        }
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(NotText::Utf16);
        }
        let beginning = bytes.get(..1024).unwrap_or(&bytes);
        if beginning.contains(&0) {
            return Err(NotText::Binary);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(name, text)),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let newlines = error.as_bytes().iter().take(good).filter(|&&byte| byte == b'\n').count();
                Err(NotText::NotUtf8 { line: newlines + 1 })
            }
        }
    }

    /// The name under which the source is shown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the lines of the text begin.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The bytes of `span`; empty if the span is not one of this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line, from 1, that holds the byte `offset`.
    pub fn line_number(&self, offset: u32) -> usize {
        self.lines.line(offset) as usize + 1
    }

    /// Line and column, both from 1, the column in characters (Unicode scalar values).
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let position = self.lines.position(&self.text, offset, lines::Encoding::Utf32);
        (position.line as usize + 1, position.column as usize + 1)
    }
}
