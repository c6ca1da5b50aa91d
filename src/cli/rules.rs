//! `upr rules`: the list of rules.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use crate::report::rules;

use super::book::BookArguments;
use super::{CLEAN, Colour, stdout, style};

/// `upr rules`.
#[derive(Args)]
pub(super) struct Rules {
    /// How the list is written.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    book: BookArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table.
    Text,
    /// For other programs.
    Json,
}

impl Rules {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        let mut out = stdout();
        let style = style(colour);
        let book = match self.book.load_or_complain(style)? {
            Ok(book) => book,
            Err(code) => return Ok(code),
        };
        match self.format {
            Format::Text => rules::write_table(&mut out, style, &book)?,
            Format::Json => rules::write_json(&mut out, &book)?,
        }
        out.flush()?;
        Ok(CLEAN)
    }
}
