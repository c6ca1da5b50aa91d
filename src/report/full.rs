//! Findings for a person at a terminal: each with the words that it speaks of, then the figures of the brief.

use std::io::{self, Write};

use super::format::{Brief, Ending, Format};
use super::{Style, terminal};

/// Findings with their words, and figures.
pub struct Full {
    /// How the text is laid out.
    pub style: Style,
    /// Whether the figures are left out.
    pub quiet: bool,
}

impl Format for Full {
    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        terminal::write(out, self.style, &brief.findings)?;
        if let Some(summary) = brief.summary.filter(|_| !self.quiet) {
            summary.write(out, self.style)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn end(&self, out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
        ending.totals.write_ending(out, self.style, self.quiet, ending.statistics)
    }

    fn tells_figures(&self) -> bool {
        true
    }
}
