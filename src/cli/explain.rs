//! `upr explain`: one rule, or all of a folder, on a page.

use std::io::{self, Write};

use clap::Args;

use crate::report::explain;
use crate::rules::suppress::OWN_RULES;

use super::book::{BookArguments, Name};
use super::{CLEAN, Colour, FAILED, complain, stdout, style};

/// `upr explain`.
#[derive(Args)]
pub(super) struct Explain {
    /// The rule: time-bound/missing-deadline, or missing-deadline. Or a folder of rules: time-bound.
    #[arg(value_name = "RULE")]
    rule: String,
    #[command(flatten)]
    book: BookArguments,
}

impl Explain {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        let mut out = stdout();
        let style = style(colour);
        let book = match self.book.load_or_complain(style)? {
            Ok(book) => book,
            Err(code) => return Ok(code),
        };
        let name = match Name::find(&book, &self.rule) {
            Ok(name) => name,
            Err(message) => {
                complain(&message);
                return Ok(FAILED);
            }
        };
        let measured = book.measured();
        let mut first = true;
        let mut gap = |out: &mut dyn Write| if std::mem::take(&mut first) { Ok(()) } else { writeln!(out, "\n") };
        for rule in book.rules.iter().filter(|rule| name.holds(&rule.id)) {
            gap(&mut out)?;
            explain::write(&mut out, style, rule, measured.as_ref())?;
        }
        for (id, severity, title) in OWN_RULES {
            if name.0 == id || id.split('/').next() == Some(name.0.as_str()) {
                gap(&mut out)?;
                explain::write_own(&mut out, style, id, severity, title)?;
            }
        }
        out.flush()?;
        Ok(CLEAN)
    }
}
