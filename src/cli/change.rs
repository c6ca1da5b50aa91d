//! What `upr lint` may do to a brief: mend what it found, or silence it with a reason. Either is written to the file, or shown as a patch.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;

use crate::brief::review::Review;
use crate::diagnostic::Diagnostic;
use crate::fixes::{self, Which, ignores};
use crate::report::fixes::Fixes;
use crate::rules::Rulebook;
use crate::text::Source;
use crate::{Checked, check};

use super::inputs::{Input, InputArguments};
use super::{patch, whole};

/// What is done to a brief.
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
#[derive(Args)]
#[command(next_help_heading = "Changing the brief")]
pub(super) struct ChangeArguments {
    /// Mend what has one right answer, and write the file. Standard input goes to standard output, and the findings to standard error.
    #[arg(long)]
    fix: bool,
    /// With --fix or --diff: also write what may change the meaning, such as a stronger verb. Look at every line of it.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix (or --add-ignores) would change as a patch for `git apply`, and write nothing. Exit code 1 if there is anything.
    #[arg(long)]
    diff: bool,
    /// Write a comment behind each finding that silences it, with the reason of --reason.
    #[arg(long, requires = "reason", conflicts_with_all = ["fix", "unsafe_fixes"])]
    add_ignores: bool,
    /// Why the findings are silenced, for those who read the brief after you.
    #[arg(long, value_name = "TEXT", requires = "add_ignores", value_parser = reason)]
    reason: Option<String>,
}

/// A reason that can stand in a comment.
fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text {
        "" => Err("say why in a few words".to_owned()),
        _ if text.contains(['\n', '\r']) || text.contains("--") => Err("a reason is one line, without “--”, which would end the comment".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

/// A change that was asked for.
#[derive(Debug)]
pub(super) struct Change {
    what: What,
    /// Whether it is only shown.
    pub(super) is_shown: bool,
    /// Whether what is changed goes to standard output, so that findings have to go elsewhere.
    pub(super) fills_stdout: bool,
    /// The files and folders that were named, without links; what a link leads to must be one of them or stand in one.
    named: Vec<PathBuf>,
}

#[derive(Debug)]
enum What {
    Fix(Which),
    AddIgnores(String),
}

/// A brief after a change.
pub(super) struct Changed {
    pub(super) source: Source,
    pub(super) checked: Checked,
    pub(super) fixes: Option<Fixes>,
    /// How many findings were silenced.
    pub(super) silenced: usize,
    /// What goes to standard output: the patch, or the text of standard input.
    pub(super) out: Option<String>,
}

impl ChangeArguments {
    /// The change that was asked for, if one was.
    ///
    /// # Errors
    /// A sentence about options that do not go together.
    pub(super) fn change(&self, inputs: &InputArguments) -> Result<Option<Change>, String> {
        let what = match &self.reason {
            Some(reason) if self.add_ignores => What::AddIgnores(reason.clone()),
            _ if self.fix || self.diff => What::Fix(if self.unsafe_fixes { Which::SafeAndUnsafe } else { Which::Safe }),
            _ if self.unsafe_fixes => return Err("--unsafe-fixes goes with --fix or --diff".to_owned()),
            _ => return Ok(None),
        };
        let here = [PathBuf::from(".")];
        let paths = if inputs.paths.is_empty() { &here[..] } else { &inputs.paths };
        let named = paths.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
        let fills_stdout = self.diff || paths.iter().any(|path| path.as_os_str() == "-");
        Ok(Some(Change { what, is_shown: self.diff, fills_stdout, named }))
    }
}

impl Change {
    /// Changes a brief and writes it, unless it is only shown.
    ///
    /// # Errors
    /// Why the file could not be written.
    pub(super) fn apply(
        &self,
        input: &Input,
        (source, checked): (Source, Checked),
        book: &Rulebook,
        review: &Review,
        wanted: impl Fn(&Diagnostic) -> bool,
    ) -> Result<Changed, String> {
        let (changed, old) = match &self.what {
            What::Fix(which) => {
                let applied = fixes::apply(&source, book, review, *which, wanted);
                let fixes = Some(Fixes::of(&applied));
                (Changed { source: applied.source, checked: applied.checked, fixes, silenced: 0, out: None }, source)
            }
            What::AddIgnores(reason) => {
                let (text, silenced) = ignores::add(&source, &checked, reason, book, review, wanted);
                let changed = Source::new(source.name().to_owned(), text);
                let checked = check(&changed, book, review);
                (Changed { source: changed, checked, fixes: None, silenced, out: None }, source)
            }
        };
        let out = match input {
            _ if self.is_shown => Some(patch::patch(input.path(), old.text(), changed.source.text())),
            Input::Stdin(_) => Some(changed.source.text().to_owned()),
            Input::Named(path) | Input::InFolder(path) if old.text() != changed.source.text() => {
                let allowed = |target: &Path| matches!(input, Input::Named(_)) || self.named.iter().any(|named| target.starts_with(named));
                whole::replace(path, old.text().as_bytes(), changed.source.text().as_bytes(), allowed)?;
                None
            }
            Input::Named(_) | Input::InFolder(_) | Input::Failed(..) => None,
        };
        Ok(Changed { out, ..changed })
    }

    /// Whether it silences findings.
    pub(super) fn silences(&self) -> bool {
        matches!(self.what, What::AddIgnores(_))
    }

    /// Says for a person what was done.
    pub(super) fn tell(&self, fixes: Option<&Fixes>, silenced: usize, out: &mut dyn io::Write) -> io::Result<()> {
        match &self.what {
            What::Fix(_) => fixes.map_or(Ok(()), |fixes| fixes.write(out, self.is_shown)),
            What::AddIgnores(_) if self.is_shown => writeln!(out, "findings that can be silenced: {silenced}"),
            What::AddIgnores(_) => writeln!(out, "findings silenced: {silenced}"),
        }
    }
}
