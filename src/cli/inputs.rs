//! Which files are read, and reading them.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::files::{self, in_words, markdown_below, shown};
use crate::text::Source;

/// What is read.
#[derive(Args)]
pub(super) struct InputArguments {
    /// Files and folders; `-` is standard input. In a folder every *.md file that looks like a brief is read, except what .gitignore
    /// leaves out. Without a path, the current folder.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The name under which standard input is shown, and by which its configuration is found.
    #[arg(long, value_name = "PATH", default_value = "-", hide_default_value = true)]
    pub(super) stdin_filename: String,
    /// Pass over files that are no briefs, even if you name them; finding no brief at all is then no error. For checks before a commit.
    #[arg(long)]
    pub(super) only_briefs: bool,
    /// How many files are read at the same time. Without it, as many as the machine has processors.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) threads: Option<u16>,
}

/// A text to be read.
#[derive(Debug)]
pub(super) enum Input {
    /// Standard input, shown under this name.
    Stdin(String),
    /// A file that the user named.
    Named(PathBuf),
    /// A file that the user did not name, or named with `--only-briefs`: perhaps not a brief.
    InFolder(PathBuf),
    /// What cannot be read, with the reason.
    Failed(String, String),
}

impl InputArguments {
    /// What is to be read, in order; a file that is named twice comes once.
    pub(super) fn inputs(&self) -> Vec<Input> {
        let here = [PathBuf::from(".")];
        let paths = if self.paths.is_empty() { &here[..] } else { &self.paths };
        let mut inputs = Vec::new();
        let mut seen = HashSet::new();
        for path in paths {
            if path.as_os_str() == "-" {
                if seen.insert(PathBuf::from("-")) {
                    inputs.push(Input::Stdin(self.stdin_filename.clone()));
                }
            } else if path.is_dir() {
                walk(path, &mut seen, &mut inputs);
            } else if seen.insert(tidy(path)) {
                inputs.push(if self.only_briefs { Input::InFolder(path.clone()) } else { Input::Named(path.clone()) });
            }
        }
        inputs
    }

    /// How many threads are worth it for so many inputs.
    pub(super) fn threads(&self, inputs: usize) -> usize {
        // A brief takes less time than starting a thread for it.
        const WORTH_A_THREAD: usize = 4;
        let machine = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(inputs / WORTH_A_THREAD);
        self.threads.map_or_else(machine, usize::from).clamp(1, inputs.max(1))
    }
}

/// Takes the Markdown files below a folder.
fn walk(folder: &Path, seen: &mut HashSet<PathBuf>, inputs: &mut Vec<Input>) {
    let (found, failed) = markdown_below(folder);
    inputs.extend(failed.into_iter().map(|error| Input::Failed(shown(folder), error)));
    if found.is_empty() {
        inputs.push(Input::Failed(shown(folder), "there is no Markdown file (*.md) in this folder".to_owned()));
    }
    inputs.extend(found.iter().map(|path| tidy(path)).filter(|path| seen.insert(path.clone())).map(Input::InFolder));
}

/// The path without a leading `./`.
fn tidy(path: &Path) -> PathBuf {
    path.strip_prefix(".").map_or_else(|_| path.to_owned(), Path::to_owned)
}

impl Input {
    /// Reads the text.
    ///
    /// # Errors
    /// The path with the reason why it cannot be read.
    pub(super) fn read(&self) -> Result<Source, (String, String)> {
        match self {
            Input::Stdin(name) => {
                let mut bytes = Vec::new();
                let read = io::stdin().lock().read_to_end(&mut bytes).map_err(|error| in_words(&error));
                read.and_then(|_| Source::from_bytes(name.clone(), bytes).map_err(|error| error.to_string())).map_err(|message| (name.clone(), message))
            }
            Input::Named(path) | Input::InFolder(path) => {
                let name = shown(path);
                files::text(path, &name).map_err(|message| (name, message))
            }
            Input::Failed(name, message) => Err((name.clone(), message.clone())),
        }
    }

    /// The path by which its configuration is found.
    pub(super) fn path(&self) -> &Path {
        match self {
            Input::Stdin(name) | Input::Failed(name, _) => Path::new(name),
            Input::Named(path) | Input::InFolder(path) => path,
        }
    }

    /// Whether the user asked for this very text, so that it is a brief whatever it looks like.
    pub(super) fn is_named(&self) -> bool {
        !matches!(self, Input::InFolder(_))
    }
}
