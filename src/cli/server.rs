//! `upr server`: the language server for editors, on standard input and output.

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::config::search::Choice;
use crate::server::settings::Settings;
use crate::server::{self, Ended, wire};

use super::book::BookArguments;
use super::configuration::ConfigArguments;
use super::{CLEAN, FAILED, ReviewArguments, complain};

/// `upr server`.
#[derive(Args)]
pub(super) struct Server {
    #[command(flatten)]
    book: BookArguments,
    #[command(flatten)]
    config: ConfigArguments,
    #[command(flatten)]
    review: ReviewArguments,
    /// Accepted for editors that say how they speak to a server; there is no other way.
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Server {
    pub(super) fn run(&self) -> io::Result<u8> {
        let absolute = |folder: &PathBuf| std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
        let choice = match self.config.choice() {
            Choice::Only(file) => Choice::Only(absolute(&file)),
            other => other,
        };
        let settings = Settings { rules: self.book.folders.iter().map(absolute).collect(), choice, review: self.review.review() };
        let (connection, carriers) = wire::stdio();
        let ended = server::run(&connection, &settings);
        drop(connection);
        carriers.join()?;
        match ended {
            Ok(Ended::InOrder) => Ok(CLEAN),
            Ok(Ended::Abruptly) => Ok(FAILED),
            Err(error) => {
                complain(&format!("this command is started by an editor, which begins with “initialize”: {error}"));
                Ok(FAILED)
            }
        }
    }
}
