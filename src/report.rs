//! Findings, outlines and rules as text for people and machines: one file per format.
//!
//! What is shown is put together by the command line; nothing here reads a brief. Only [`terminal`] knows `codespan_reporting`.
//! Personal data never gets this far as words: a [`Finding`] comes with its message cleaned, and [`Hidden`] says which bytes of a
//! source an excerpt must not show.

pub mod across;
pub mod assess;
pub mod assess_table;
pub mod briefs_json;
pub mod checkstyle;
pub mod concise;
pub mod config;
pub mod csv;
pub mod explain;
pub mod fixes;
mod fold;
pub mod format;
pub mod full;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod judged;
pub mod junit;
pub mod markdown;
pub mod outline;
pub mod outline_text;
pub mod overview;
pub mod pages;
pub mod place;
pub mod rdjson;
pub mod rules;
pub mod sarif;
pub mod summary;
pub mod terminal;
mod xml;

use std::borrow::Cow;

use crate::shown::Finding;
use crate::shown::hidden::Hidden;
use crate::text::Source;
use crate::text::lines::{Encoding, Walk};

/// How text for people is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether colours are used.
    pub colour: bool,
    /// The columns of a line.
    pub width: usize,
}

/// The findings of one source, in order.
#[derive(Debug)]
pub struct Findings<'a> {
    /// The source.
    pub source: &'a Source,
    /// What was found in it.
    pub all: &'a [Finding],
    /// What must not be shown of it.
    pub hidden: &'a Hidden,
}

impl<'a> Findings<'a> {
    /// A walk through the source, with columns in characters.
    fn walk(&self) -> Walk<'a> {
        Walk::new(self.source.lines(), self.source.text(), Encoding::Utf32)
    }
}

/// A text on one line, without characters that steer a terminal.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if text.chars().any(steers) { Cow::Owned(text.chars().map(harmless).collect()) } else { Cow::Borrowed(text) }
}

/// Whether a character moves the cursor, changes colours or turns the direction of the text around it.
fn steers(character: char) -> bool {
    character.is_control() || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A character that can be shown in the place of this one.
fn harmless(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        other if steers(other) => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

/// `1 error`, `2 errors`.
fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
