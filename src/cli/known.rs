//! Findings that are known already and not told again: those of a baseline, and those that stood in an earlier revision of the brief.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clap::Args;
use rustc_hash::FxHashSet;

use crate::brief::review::Review;
use crate::diagnostic::Diagnostic;
use crate::files::{self, in_words};
use crate::report::summary::HeldBack;
use crate::rules::Rulebook;
use crate::rules::condition::Unit;
use crate::shown::key::{Key, Keys};
use crate::text::{Source, Span};
use crate::{Checked, check, shown};

use super::baseline::{self, Baseline, Entry};
use super::inputs::Input;

/// Which findings are known already.
#[derive(Args)]
#[command(next_help_heading = "Known findings")]
pub(super) struct KnownArguments {
    /// Leave out the findings that are listed in this file, so that only new ones are told.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all present findings to the file of --baseline, and tell none of them. The file names the briefs, and holds no words of them.
    #[arg(long, requires = "baseline", conflicts_with = "diff")]
    write_baseline: bool,
    /// Only findings in what was changed since this commit, branch or tag. Needs git.
    #[arg(long, value_name = "GITREF", conflicts_with = "write_baseline")]
    since: Option<String>,
}

/// What is known of findings before a run.
pub(super) struct Known<'a> {
    arguments: &'a KnownArguments,
    baseline: Option<Baseline>,
}

/// What was known of the findings of a brief.
#[derive(Default)]
pub(super) struct Held {
    /// The name of the brief in the baseline.
    brief: Option<String>,
    /// The entries of the baseline that were met, or that are to be written.
    listed: Vec<Entry>,
    /// How many other findings stood in the earlier revision.
    unchanged: usize,
}

impl KnownArguments {
    /// The file of the baseline, if it is to be written.
    pub(super) fn baseline_to_write(&self) -> Option<&Path> {
        self.baseline.as_deref().filter(|_| self.write_baseline)
    }

    /// Reads the baseline.
    ///
    /// # Errors
    /// A sentence that says why it cannot be read.
    pub(super) fn read(&self) -> Result<Known<'_>, String> {
        if let Some(reference) = &self.since
            && (reference.starts_with('-') || reference.is_empty() || reference.contains(':'))
        {
            return Err(format!("--since {reference}: this is not the name of a commit, branch or tag"));
        }
        let baseline = self.baseline.as_ref().map(|path| {
            if self.write_baseline { Ok(Baseline::empty(path)) } else { Baseline::read(path).map_err(|message| format!("{}: {message}", path.display())) }
        });
        Ok(Known { arguments: self, baseline: baseline.transpose()? })
    }
}

impl Known<'_> {
    /// Takes the known findings out of those of a brief that are `wanted`.
    ///
    /// # Errors
    /// Why the earlier revision cannot be read.
    pub(super) fn hold_back(
        &self,
        input: &Input,
        source: &Source,
        checked: &mut Checked,
        book: &Rulebook,
        review: &Review,
        wanted: impl Fn(&Diagnostic) -> bool,
    ) -> Result<Held, String> {
        let mut held = Held::default();
        if self.arguments.baseline.is_none() && self.arguments.since.is_none() {
            return Ok(held);
        }
        let before = match &self.arguments.since {
            Some(reference) => match earlier(input, reference)? {
                Some(text) => {
                    let source = Source::from_bytes(source.name().to_owned(), text).map_err(|error| format!("as it was in {reference}: {error}"))?;
                    let checked = check(&source, book, review);
                    keys(&source, &checked, book).into_iter().map(|(key, _)| key).collect()
                }
                None => FxHashSet::default(),
            },
            None => FxHashSet::default(),
        };
        let keys = keys(source, checked, book);
        let is_whole = |(_, is_whole): &(Key, bool)| *is_whole && !self.baseline.as_ref().is_some_and(Baseline::is_unnamed);
        let entry = |(found, key): (&Diagnostic, &(Key, bool))| if is_whole(key) { found.rule.to_string() } else { key.0.to_string() };
        let written: Vec<String> = self.baseline.iter().flat_map(|_| checked.diagnostics.iter().zip(&keys).map(entry)).collect();
        let brief = self.baseline.as_ref().map(|baseline| baseline.name(input.path()));
        let known = self.baseline.as_ref().zip(brief.as_deref()).map(|(baseline, brief)| baseline.of(brief, &written));
        let mut key = keys.into_iter().enumerate();
        checked.diagnostics.retain(|found| {
            let Some((number, (key, _))) = key.next() else { return true };
            if !wanted(found) {
                return true;
            }
            if let Some(((name, listed), written)) = known.as_ref().zip(written.get(number))
                && (self.arguments.write_baseline || listed.contains(written))
            {
                held.listed.push((name.clone().into_owned(), written.clone()));
                return false;
            }
            let is_unchanged = before.contains(&key);
            held.unchanged += usize::from(is_unchanged);
            !is_unchanged
        });
        held.brief = brief;
        Ok(held)
    }

    /// What was known in the whole run; writes the baseline if that was asked for and all briefs could be read.
    ///
    /// # Errors
    /// Why the file could not be written.
    pub(super) fn finish(&self, held: Vec<Held>, all_read: bool) -> Result<Option<HeldBack>, String> {
        let unchanged = held.iter().map(|held| held.unchanged).sum();
        let listed = held.iter().map(|held| held.listed.len()).sum();
        let read: BTreeSet<String> = held.iter().filter_map(|held| held.brief.clone()).collect();
        let met: BTreeSet<Entry> = held.into_iter().flat_map(|held| held.listed).collect();
        let (Some(path), Some(baseline)) = (&self.arguments.baseline, &self.baseline) else {
            return Ok(self.arguments.since.as_ref().map(|_| HeldBack { listed: 0, not_needed: 0, unchanged }));
        };
        if self.arguments.write_baseline {
            if !all_read {
                return Err(format!("{}: not written, since not all files could be read", path.display()));
            }
            baseline::write(path, met).map_err(|error| error.to_string())?;
            return Ok(Some(HeldBack { listed, not_needed: 0, unchanged }));
        }
        Ok(Some(HeldBack { listed, not_needed: baseline.not_needed(&read, &met), unchanged }))
    }

    /// Says for a person what was held back.
    pub(super) fn tell(&self, held: HeldBack, out: &mut dyn Write) -> std::io::Result<()> {
        match &self.arguments.baseline {
            Some(path) if self.arguments.write_baseline => writeln!(out, "findings written to {}: {}", files::shown(path), held.listed)?,
            Some(path) => {
                let path = files::shown(path);
                writeln!(out, "findings in {path}, not told again: {}; entries of it that were not found any more: {}", held.listed, held.not_needed)?;
                if self.baseline.as_ref().is_some_and(Baseline::is_unnamed) {
                    writeln!(out, "{path} does not say to which briefs its entries belong, and holds for all: write it again with --write-baseline")?;
                }
            }
            None => {}
        }
        match &self.arguments.since {
            Some(reference) => writeln!(out, "findings that were there in {reference} already, not told again: {}", held.unchanged),
            None => Ok(()),
        }
    }
}

/// The keys of the findings of a brief, in their order, each with whether it speaks of the whole brief and not of words in it.
fn keys(source: &Source, checked: &Checked, book: &Rulebook) -> Vec<(Key, bool)> {
    let hidden = shown::hidden(source, checked, book);
    let mut keys = Keys::new(checked, &hidden);
    let end = source.text().len() as u32;
    let nowhere = Span { start: end, end };
    let of = |found: &Diagnostic| {
        // Of a whole brief that is too long, or lacks something, no sentence speaks: the place moves with every change.
        let is_whole = book.rule(found.rule.as_str()).is_some_and(|rule| rule.condition.each == Unit::Brief && rule.condition.with.is_empty());
        let key = if is_whole { keys.key(&Diagnostic { span: nowhere, ..found.clone() }) } else { keys.key(found) };
        (key, is_whole)
    };
    checked.diagnostics.iter().map(of).collect()
}

/// The text of a brief in an earlier revision; `None` if it was not there.
fn earlier(input: &Input, reference: &str) -> Result<Option<Vec<u8>>, String> {
    let (Input::Named(path) | Input::InFolder(path)) = input else {
        return Err("--since needs a file: what comes from standard input has no earlier revision".to_owned());
    };
    let path = fs::canonicalize(path).map_err(|error| in_words(&error))?;
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(None) };
    let git = |arguments: &[OsString]| -> Result<Output, String> {
        // Nothing is fetched for a revision that is not here: this program uses no network.
        let mut command = Command::new("git");
        command.arg("--literal-pathspecs").arg("-C").arg(folder).args(arguments).env("GIT_NO_LAZY_FETCH", "1").env("GIT_OPTIONAL_LOCKS", "0");
        command.output().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "--since needs the program git, which was not found".to_owned(),
            _ => format!("git could not be started: {error}"),
        })
    };
    let mut object = OsString::from(format!("{reference}:./"));
    object.push(name);
    let shown = git(&["cat-file".into(), "blob".into(), object])?;
    if shown.status.success() {
        return Ok(Some(shown.stdout));
    }
    if !git(&["rev-parse".into(), "--is-inside-work-tree".into()])?.status.success() {
        return Err("--since: this file is in no git repository".to_owned());
    }
    if !git(&["rev-parse".into(), "--verify".into(), "--quiet".into(), format!("{reference}^{{commit}}").into()])?.status.success() {
        return Err(format!("--since {reference}: git knows no commit, branch or tag of this name"));
    }
    let listed = git(&["ls-tree".into(), "--name-only".into(), reference.into(), "--".into(), name.to_owned()])?;
    if listed.status.success() && listed.stdout.is_empty() {
        let Some(before) = name_before(&git, reference, name)? else { return Ok(None) };
        let mut object = OsString::from(format!("{reference}:"));
        object.push(before);
        let shown = git(&["cat-file".into(), "blob".into(), object])?;
        return Ok(shown.status.success().then_some(shown.stdout));
    }
    Err(format!("--since {reference}: git cannot give the file as it was: {}", String::from_utf8_lossy(&shown.stderr).trim()))
}

/// The path in the repository that a file with this name had in an earlier revision, if git finds that it was renamed since.
fn name_before(git: &impl Fn(&[OsString]) -> Result<Output, String>, reference: &str, name: &OsStr) -> Result<Option<OsString>, String> {
    let prefix = git(&["rev-parse".into(), "--show-prefix".into()])?;
    let options = ["diff", "--no-ext-diff", "--no-textconv", "--find-renames", "--diff-filter=R", "--name-status", "-z", reference, "--"];
    let renamed = git(&options.map(OsString::from))?;
    let (Ok(prefix), Ok(renamed), Some(name)) = (String::from_utf8(prefix.stdout), String::from_utf8(renamed.stdout), name.to_str()) else { return Ok(None) };
    let now = format!("{}{name}", prefix.trim_end_matches('\n'));
    // “R086”, the old path and the new one, each with a zero byte behind it.
    let mut fields = renamed.split('\0');
    while let (Some(_), Some(old), Some(new)) = (fields.next(), fields.next(), fields.next()) {
        if new == now {
            return Ok(Some(old.into()));
        }
    }
    Ok(None)
}
