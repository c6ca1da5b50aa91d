//! `upr server`: the language server for editors, on standard input and output.

use std::io;

use clap::Args;

use crate::server::{self, Ended, wire};

use super::book::{BookArguments, NoBook};
use super::{CLEAN, FAILED, complain};

/// `upr server`.
#[derive(Args)]
pub(super) struct Server {
    #[command(flatten)]
    book: BookArguments,
    /// Accepted for editors that say how they speak to a server; there is no other way.
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Server {
    pub(super) fn run(&self) -> io::Result<u8> {
        let book = match self.book.load(Vec::new()) {
            Ok(book) => book,
            Err(NoBook::Unreadable(message)) => {
                complain(&message);
                return Ok(FAILED);
            }
            Err(NoBook::Broken(files)) => {
                let names: Vec<&str> = files.iter().map(|file| file.source.name()).collect();
                complain(&format!("a rule file is wrong, so nothing can be checked: {}. “upr lint” with the same --rules shows where", names.join(", ")));
                return Ok(FAILED);
            }
        };
        let (connection, carriers) = wire::stdio();
        let ended = server::run(&connection, &book);
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
