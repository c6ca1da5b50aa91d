//! What `upr lint` does with a brief besides checking it: changes it as asked, and leaves out what is known.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::Args;

use crate::Checked;
use crate::brief::review::Review;
use crate::diagnostic::Diagnostic;
use crate::report::Style;
use crate::report::fixes::Fixes;
use crate::report::summary::Totals;
use crate::rules::Rulebook;
use crate::text::Source;

use super::change::{Change, ChangeArguments};
use super::inputs::{Input, InputArguments};
use super::known::{Held, Known, KnownArguments};
use super::{Colour, complain, is_coloured};

/// What is done with a brief besides checking it.
#[derive(Args)]
pub(super) struct TreatmentArguments {
    #[command(flatten)]
    change: ChangeArguments,
    #[command(flatten)]
    known: KnownArguments,
}

impl TreatmentArguments {
    /// The file of the baseline, if it is to be written.
    pub(super) fn baseline_to_write(&self) -> Option<&Path> {
        self.known.baseline_to_write()
    }

    /// What was asked for.
    ///
    /// # Errors
    /// A sentence about options that do not go together, or a baseline that cannot be read.
    pub(super) fn treatment(&self, inputs: &InputArguments) -> Result<Treatment<'_>, String> {
        Ok(Treatment { change: self.change.change(inputs)?, known: self.known.read()? })
    }
}

/// What is done with each brief of a run.
pub(super) struct Treatment<'a> {
    change: Option<Change>,
    known: Known<'a>,
}

/// What was done with a brief.
#[derive(Default)]
pub(super) struct Treated {
    held: Held,
    fixes: Option<Fixes>,
    silenced: usize,
    /// What goes to standard output in the place of the findings.
    out: Option<String>,
}

/// What was done with all briefs.
#[derive(Default)]
pub(super) struct AllTreated {
    held: Vec<Held>,
    silenced: usize,
    /// Whether a patch was written.
    pub(super) is_patched: bool,
}

impl Treatment<'_> {
    /// Whether only a patch is shown, and no findings.
    pub(super) fn is_shown(&self) -> bool {
        self.change.as_ref().is_some_and(|change| change.is_shown)
    }

    /// Where findings go, if standard output is taken.
    pub(super) fn findings(&self) -> Option<Box<dyn Write + Send>> {
        match &self.change {
            Some(change) if change.is_shown => Some(Box::new(io::sink())),
            Some(change) if change.fills_stdout => Some(Box::new(io::BufWriter::new(io::stderr()))),
            _ => None,
        }
    }

    /// The style of findings there.
    pub(super) fn style(&self, style: Style, colour: Colour) -> Style {
        let elsewhere = self.change.as_ref().is_some_and(|change| change.fills_stdout);
        if elsewhere { Style { colour: is_coloured(colour, io::stderr().is_terminal()), ..style } } else { style }
    }

    /// Changes a brief and takes out those of its findings that are known.
    ///
    /// # Errors
    /// Why the brief could not be written, or its earlier revision not be read.
    pub(super) fn apply(
        &self,
        input: &Input,
        brief: (Source, Checked),
        book: &Rulebook,
        review: &Review,
        wanted: impl Fn(&Diagnostic) -> bool,
    ) -> Result<(Source, Checked, Treated), String> {
        let (mut source, mut checked) = brief;
        let mut treated = Treated::default();
        if let Some(change) = &self.change {
            if change.silences() {
                // What is known already needs no comment.
                self.known.hold_back(input, &source, &mut checked, book, review, &wanted)?;
            }
            let changed = change.apply(input, (source, checked), book, review, &wanted)?;
            (source, checked) = (changed.source, changed.checked);
            treated = Treated { fixes: changed.fixes, silenced: changed.silenced, out: changed.out, ..treated };
        }
        treated.held = self.known.hold_back(input, &source, &mut checked, book, review, &wanted)?;
        Ok((source, checked, treated))
    }

    /// Writes what is left to write when all briefs are read, and counts it.
    pub(super) fn finish(&self, all: &mut AllTreated, totals: &mut Totals) {
        match self.known.finish(std::mem::take(&mut all.held), totals.failed.is_empty()) {
            Ok(held) => totals.held_back = held,
            Err(message) => {
                complain(&message);
                totals.failed.push(("baseline".to_owned(), message));
            }
        }
    }

    /// Says for a person what was done.
    pub(super) fn tell(&self, all: &AllTreated, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        if let Some(change) = &self.change {
            change.tell(totals.fixes.as_ref(), all.silenced, out)?;
        }
        totals.held_back.map_or(Ok(()), |held| self.known.tell(held, out))
    }
}

impl AllTreated {
    /// Counts what was done with one brief, and writes what goes to standard output.
    pub(super) fn add(&mut self, treated: Treated, totals: &mut Totals, out: &mut dyn Write) -> io::Result<()> {
        self.held.push(treated.held);
        self.silenced += treated.silenced;
        if let Some(fixes) = treated.fixes {
            totals.fixes.get_or_insert_default().add(fixes);
        }
        if let Some(text) = treated.out {
            out.write_all(text.as_bytes())?;
            self.is_patched |= !text.is_empty();
        }
        Ok(())
    }
}
