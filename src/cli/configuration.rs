//! `--config` and `--no-config`: which `upr.toml` counts, and telling that one is wrong.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::config::search::{Broken, Choice, Resolver};
use crate::report::format::{Brief, Format};
use crate::report::{Findings, Style, terminal};
use crate::rules::BrokenFile;
use crate::shown::Finding;
use crate::shown::hidden::Hidden;
use crate::shown::key::{Key, hash};

use super::book::{self, BookArguments, NoBook};
use super::complain;
use super::formats::Sink;

/// Where the configuration comes from.
#[derive(Args)]
#[command(next_help_heading = "The configuration")]
pub(super) struct ConfigArguments {
    /// Use this configuration for all briefs. Without it, the nearest upr.toml in the folder of a brief or above it counts.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Use no configuration.
    #[arg(long)]
    no_config: bool,
}

impl ConfigArguments {
    /// The configuration that was chosen.
    pub(super) fn choice(&self) -> Choice {
        match &self.config {
            Some(file) => Choice::Only(file.clone()),
            None if self.no_config => Choice::Never,
            None => Choice::Nearest,
        }
    }

    /// Says what holds for a brief, with the rules of the command line, and where it selects some of them.
    pub(super) fn resolver(&self, book: &BookArguments, selected: &[String]) -> Result<Resolver, NoBook> {
        // Without a current folder, paths are reckoned as they stand.
        let here = std::env::current_dir().unwrap_or_default();
        Resolver::new(self.choice(), &here).selecting(selected.to_vec()).with_rules(book.files()?).map_err(NoBook::Broken)
    }
}

/// A resolver whose rules can be read; else says why they cannot, and gives the exit code.
pub(super) fn resolver_or_complain(config: &ConfigArguments, book: &BookArguments, style: Style) -> io::Result<Result<Resolver, u8>> {
    match config.resolver(book, &[]) {
        Ok(resolver) => Ok(Ok(resolver)),
        Err(no_book) => book::complain_in_full(no_book, style).map(Err),
    }
}

/// What has been told of configurations that are wrong: each file is told once, however many briefs stand under it.
#[derive(Default)]
pub(super) struct Told {
    files: HashSet<PathBuf>,
    configurations: HashSet<String>,
}

impl Told {
    /// Says on standard error that the briefs under a configuration are left out, if that was not said, and gives the files that were
    /// not told yet.
    pub(super) fn news<'b>(&mut self, broken: &'b Broken) -> impl Iterator<Item = &'b Arc<BrokenFile>> {
        if self.configurations.insert(broken.configuration.clone()) {
            complain(&format!("{}, so no brief under it was read", is_wrong(broken)));
        }
        broken.files.iter().filter(|(path, _)| self.files.insert(path.clone())).map(|(_, file)| file)
    }

    /// Tells it for a person, on standard error.
    pub(super) fn tell(&mut self, broken: &Broken, style: Style) -> io::Result<()> {
        let hidden = Hidden::default();
        for file in self.news(broken) {
            let all = findings(file);
            terminal::write(&mut io::stderr().lock(), style, &Findings { source: &file.source, all: &all, hidden: &hidden })?;
        }
        Ok(())
    }
}

/// Why a brief is left out: “upr.toml cannot be used”.
pub(super) fn is_wrong(broken: &Broken) -> String {
    format!("{} cannot be used", if broken.configuration.is_empty() { "the configuration" } else { &broken.configuration })
}

/// Writes what is wrong with a configuration or rule file, in the formats that were asked for.
pub(super) fn write(file: &BrokenFile, formats: &[Box<dyn Format + '_>], sinks: &mut [Sink<'_>]) -> io::Result<()> {
    let (all, hidden) = (findings(file), Hidden::default());
    let keys = keys(&all);
    let written = Brief::of_file(Findings { source: &file.source, all: &all, hidden: &hidden }, &keys);
    formats.iter().zip(sinks).try_for_each(|(format, sink)| sink.brief(format.as_ref(), &written, None))
}

/// The keys of findings in a configuration or rule file, which has no recommendations and no roles.
pub(super) fn keys(all: &[Finding]) -> Vec<Key> {
    (1..).zip(all).map(|(ordinal, finding)| Key { hash: hash(&finding.diagnostic.message), ordinal }).collect()
}

/// What is wrong with a configuration or rule file, ready to be shown.
fn findings(file: &BrokenFile) -> Vec<Finding> {
    file.diagnostics.iter().map(|diagnostic| Finding { diagnostic: diagnostic.clone(), role: None, recommendation: None }).collect()
}
