//! `upr completions` and `upr man`: what a shell proposes, and the pages of the manual, both made from the command line as clap sees it.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man as Page;

use crate::builtin;
use crate::files;
use crate::rules::suppress::OWN_RULES;

use super::{Arguments, CLEAN, FAILED, complain, stdout};

/// `upr completions`.
#[derive(Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> io::Result<u8> {
        let mut out = stdout();
        clap_complete::generate(self.shell, &mut with_rules(Arguments::command()), "upr", &mut out);
        out.flush()?;
        Ok(CLEAN)
    }
}

/// The command line, with the names of the rules where one is asked for, so that a shell can propose them.
fn with_rules(command: Command) -> Command {
    let book = builtin::rulebook();
    let mut names: Vec<&'static str> = book.rules.iter().flat_map(|rule| [rule.id.as_str(), rule.id.folder()]).chain(OWN_RULES.map(|(id, ..)| id)).collect();
    names.sort_unstable();
    names.dedup();
    let one_of_them = || PossibleValuesParser::new(names.clone());
    command.mut_subcommand("explain", |explain| explain.mut_arg("rule", |rule| rule.value_parser(one_of_them()))).mut_subcommand("lint", |lint| {
        lint.mut_arg("select", |select| select.value_parser(one_of_them())).mut_arg("ignore", |ignore| ignore.value_parser(one_of_them()))
    })
}

/// `upr man`.
#[derive(Args)]
pub(super) struct Man {
    /// A folder for the page of the program and one for each command: upr.1, upr-lint.1, …. Without it, the page of the program goes
    /// to standard output.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(&self) -> io::Result<u8> {
        let command = Arguments::command();
        let Some(folder) = &self.to else {
            let mut out = stdout();
            Page::new(command).render(&mut out)?;
            out.flush()?;
            return Ok(CLEAN);
        };
        if let Err(error) = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder)) {
            complain(&format!("{}: the manual cannot be written: {error}", files::shown(folder)));
            return Ok(FAILED);
        }
        Ok(CLEAN)
    }
}
