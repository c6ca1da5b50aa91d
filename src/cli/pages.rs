//! `upr pages`: how long a brief is when it is printed.

use std::io;

use clap::Args;

use crate::brief::review::Review;
use crate::report::pages::{self as report, Brief, Ending, Length, PrintedOn};
use crate::rules::Rulebook;
use crate::text::Source;
use crate::{Checked, shown};

use super::book::BookArguments;
use super::configuration::{ConfigArguments, resolver_or_complain};
use super::each_brief::{Format, tell_each_brief};
use super::inputs::InputArguments;
use super::{Colour, style};

/// `upr pages`.
#[derive(Args)]
pub(super) struct Pages {
    #[command(flatten)]
    inputs: InputArguments,
    /// How the figures are written.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    book: BookArguments,
    #[command(flatten)]
    config: ConfigArguments,
}

impl Pages {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        let style = style(colour);
        let resolver = match resolver_or_complain(&self.config, &self.book, style)? {
            Ok(resolver) => resolver,
            Err(code) => return Ok(code),
        };
        let make = |source: &Source, checked: &Checked, book: &Rulebook| Brief { path: source.name().to_owned(), length: length(source, checked, book) };
        tell_each_brief(&self.inputs, &resolver, &Review::default(), (self.format, style), make, |out, brief| report::write_text(out, style, brief))
    }
}

/// How long a brief is, ready to be shown.
pub(super) fn length(source: &Source, checked: &Checked, book: &Rulebook) -> Length {
    let pages = &checked.pages;
    let limit = book.limit("brief/too-long");
    let hidden = shown::hidden(source, checked, book);
    let prose = &checked.document.prose;
    let endings = pages.sheets.iter().enumerate().map(|(number, page)| Ending {
        page: number + 1,
        lines: page.lines,
        words: page.words,
        line: source.line_number(prose.span(page.last).end.saturating_sub(1)),
        last_words: shown::plain(checked, &hidden, page.last),
    });
    let setting = &pages.setting;
    Length {
        count: pages.rounded(),
        limit,
        words: pages.words,
        words_per_page: pages.words_per_page(),
        lines_on_last_page: pages.sheets.last().map_or(0, |page| page.lines),
        lines_over: limit.map_or(0, |limit| pages.lines_after(limit)),
        words_over: limit.map_or(0, |limit| pages.words_after(limit)),
        endings: endings.collect(),
        printed_on: PrintedOn {
            paper: setting.paper.name(),
            margin_cm: setting.margin,
            font: setting.font.name(),
            size_pt: setting.size,
            line_spacing: setting.spacing,
            in_words: setting.in_words(),
        },
    }
}
