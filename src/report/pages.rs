//! How long briefs are when they are printed: `{"version":1,"briefs":[{"path":…,"count":…,…}]}` for machines, a few lines for people.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Style, counted, fold, one_line};

/// A brief and its length. Its fields are those of the JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Brief {
    /// The name under which it is shown.
    pub path: String,
    /// How long it is.
    #[serde(flatten)]
    pub length: Length,
}

/// How long a brief is. Its fields are those of the JSON, in that order.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Length {
    /// The pages, to one decimal, rounded up.
    pub count: f64,
    /// The most pages that a brief should have, if a rule sets a limit.
    pub limit: Option<usize>,
    /// The words that are printed, footnotes left out.
    pub words: usize,
    /// The words of a full page.
    pub words_per_page: usize,
    /// The lines on the last page, footnotes left out.
    pub lines_on_last_page: usize,
    /// The lines after the limit.
    pub lines_over: usize,
    /// The words after the limit.
    pub words_over: usize,
    /// Where each page ends.
    pub endings: Vec<Ending>,
    /// The page on which the brief was set.
    pub printed_on: PrintedOn,
}

/// Where a page ends.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Ending {
    /// The page, from 1.
    pub page: usize,
    /// Its lines, footnotes left out.
    pub lines: usize,
    /// Its words, footnotes left out.
    pub words: usize,
    /// The line of the source in which it ends, from 1.
    pub line: usize,
    /// Its last words.
    pub last_words: String,
}

/// The page on which a brief is set.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PrintedOn {
    /// The paper: `A4` or `Letter`.
    pub paper: &'static str,
    /// The margins, in centimetres.
    pub margin_cm: f64,
    /// The typeface.
    pub font: &'static str,
    /// The size of the text, in points.
    pub size_pt: f64,
    /// The line spacing; 1 is single.
    pub line_spacing: f64,
    /// All of this in words.
    #[serde(skip)]
    pub in_words: String,
}

impl Length {
    /// `2.3 of 2 pages: 14 lines over, 120 words`.
    pub fn in_words(&self) -> String {
        let Some(limit) = self.limit else { return format!("{:.1} pages", self.count) };
        let over = match self.lines_over {
            0 => String::new(),
            lines => format!(": {} over, {}", counted(lines, "line", "lines"), counted(self.words_over, "word", "words")),
        };
        format!("{:.1} of {}{over}", self.count, counted(limit, "page", "pages"))
    }

    /// `page 1 ends at line 33: … the last words`, a line for each page but the last.
    pub fn ends(&self) -> impl Iterator<Item = String> {
        let all_but_last = self.endings.len().saturating_sub(1);
        self.endings.iter().take(all_but_last).map(|ending| format!("page {} ends at line {}: “… {}”", ending.page, ending.line, ending.last_words))
    }
}

/// Writes the length of a brief for a person.
///
/// # Errors
/// Those of the writer.
pub fn write_text(out: &mut dyn Write, style: Style, Brief { path, length }: &Brief) -> io::Result<()> {
    writeln!(out, "{}: {}", one_line(path), length.in_words())?;
    let last = counted(length.lines_on_last_page, "line", "lines");
    let words = counted(length.words, "word", "words");
    let figures = format!("{last} on the last page, {words} in all, {} on a full page ({})", length.words_per_page, length.printed_on.in_words);
    for line in std::iter::once(figures).chain(length.ends()) {
        writeln!(out, "  {}", fold::wrap(&one_line(&line), style.width, "  "))?;
    }
    Ok(())
}
