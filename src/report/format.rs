//! What all formats have in common: each brief is written by itself, whatever the others are, so that briefs can be read at the same
//! time and written as they come; something may stand before the first, between two and after the last.

use std::io::{self, Write};

use crate::diagnostic::FailOn;
use crate::shown::Silenced;
use crate::shown::key::Key;

use super::Findings;
use super::across::Across;
use super::judged::Judged;
use super::summary::{Summary, Totals};

/// A brief with its findings, as a format has it; or a configuration or rule file with what is wrong in it.
#[derive(Debug)]
pub struct Brief<'a> {
    /// What was found.
    pub findings: Findings<'a>,
    /// What was found and silenced; empty unless the format wants it.
    pub silenced: &'a [Silenced],
    /// The keys of the findings, then of the silenced ones; empty unless the format wants them.
    pub keys: &'a [Key],
    /// The recommendations; empty unless the format wants them.
    pub recommendations: &'a [Judged],
    /// The figures; none if this is no brief.
    pub summary: Option<&'a Summary>,
    /// From which weight on a finding is a failure.
    pub fail_on: FailOn,
}

impl<'a> Brief<'a> {
    /// A file that is no brief, with what is wrong in it.
    pub fn of_file(findings: Findings<'a>, keys: &'a [Key]) -> Brief<'a> {
        Brief { findings, silenced: &[], keys, recommendations: &[], summary: None, fail_on: FailOn::Advice }
    }

    /// What its findings are about that are about no recommendation.
    pub fn name(&self) -> &'static str {
        if self.summary.is_some() { "The brief" } else { "The file" }
    }
}

/// What is known when all briefs are written.
#[derive(Debug)]
pub struct Ending<'a> {
    /// The figures of each brief, in order; empty unless a format wants them.
    pub briefs: &'a [Summary],
    /// The figures of all.
    pub totals: &'a Totals,
    /// Whether it was asked how often each rule spoke.
    pub statistics: bool,
    /// What briefs of one State have in common, if that was asked.
    pub across: Option<&'a Across>,
}

/// What a format needs to be told; what nobody wants is not made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four things that may be wanted, each whatever the others are")]
pub struct Wants {
    /// The findings that are silenced.
    pub silenced: bool,
    /// The keys of findings.
    pub keys: bool,
    /// The recommendations.
    pub recommendations: bool,
    /// The figures of all briefs at the end.
    pub summaries: bool,
}

impl Wants {
    /// What one of the two wants.
    #[must_use]
    pub fn or(self, other: Wants) -> Wants {
        Wants {
            silenced: self.silenced || other.silenced,
            keys: self.keys || other.keys,
            recommendations: self.recommendations || other.recommendations,
            summaries: self.summaries || other.summaries,
        }
    }
}

/// A format in which findings are written. Every error is one of the writer.
pub trait Format: Sync {
    /// What it needs to be told.
    fn wants(&self) -> Wants {
        Wants::default()
    }

    /// Writes what stands before the first brief.
    ///
    /// # Errors
    /// Those of the writer.
    fn begin(&self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes a brief; nothing at all if there is nothing to say of it.
    ///
    /// # Errors
    /// Those of the writer.
    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()>;

    /// What stands between two briefs of which something was written.
    fn between(&self) -> &'static str {
        ""
    }

    /// Writes what stands after the last brief.
    ///
    /// # Errors
    /// Those of the writer.
    fn end(&self, _out: &mut dyn Write, _ending: &Ending<'_>) -> io::Result<()> {
        Ok(())
    }

    /// Whether it tells the figures of briefs; if not, they are for standard error.
    fn tells_figures(&self) -> bool {
        false
    }
}

/// Writes `before` when the first byte comes, and nothing if none does.
pub struct After<'w> {
    out: &'w mut dyn Write,
    before: &'static str,
    /// Whether something was written.
    pub written: bool,
}

impl<'w> After<'w> {
    /// A writer that writes `before` ahead of anything else.
    pub fn new(out: &'w mut dyn Write, before: &'static str) -> After<'w> {
        After { out, before, written: false }
    }
}

impl Write for After<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.written && !bytes.is_empty() {
            self.written = true;
            self.out.write_all(self.before.as_bytes())?;
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
