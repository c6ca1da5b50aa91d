//! `upr new`: a brief to fill in, after the model of the factsheet.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::brief::review::{Calendar, Precision, ReviewDate};
use crate::builtin;
use crate::files;
use crate::words::Language;

use super::{CLEAN, FAILED, complain, stdout};

/// `upr new`.
#[derive(Args)]
pub(super) struct New {
    /// The file to write; it must not exist yet. Without one, the brief goes to standard output.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The State under review: its name or its ISO code (for example NPL).
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// The session of the UPR Working Group, as a number. Without it, the one in which the State is reviewed, if the calendar has it.
    #[arg(long, value_name = "NUMBER")]
    session: Option<u16>,
    /// The date of the review: 2026-11 or 2026-11-05. Without it, that of the session, if the calendar has it.
    #[arg(long, value_name = "DATE", value_parser = super::review_date)]
    review: Option<ReviewDate>,
    /// The language of the brief: en, fr or es.
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = language)]
    lang: Language,
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "write en, fr or es".to_owned())
}

impl New {
    pub(super) fn run(&self) -> io::Result<u8> {
        let text = match self.text(&builtin::rulebook().guide.calendar) {
            Ok(text) => text,
            Err(message) => {
                complain(&message);
                return Ok(FAILED);
            }
        };
        let Some(path) = &self.file else {
            let mut out = stdout();
            out.write_all(text.as_bytes())?;
            out.flush()?;
            return Ok(CLEAN);
        };
        let written = OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
        if let Err(error) = written {
            let reason = match error.kind() {
                io::ErrorKind::AlreadyExists => "there is such a file already, and it is left as it is".to_owned(),
                io::ErrorKind::NotFound => "there is no such folder".to_owned(),
                _ => format!("the file cannot be written: {error}"),
            };
            complain(&format!("{}: {reason}", files::shown(path)));
            return Ok(FAILED);
        }
        Ok(CLEAN)
    }

    /// The model with what is known of the review; what is not known stays a gap.
    fn text(&self, calendar: &Calendar) -> Result<String, String> {
        let state = self
            .state
            .as_deref()
            .map(|name| calendar.state(name).ok_or_else(|| format!("there is no State “{name}” in the calendar of the review")))
            .transpose()?;
        let own = || state.and_then(|state| calendar.session_of(&state.code)).map(|session| session.number);
        let session = self.session.or_else(|| if self.review.is_none() { own() } else { None });
        let review =
            self.review.or_else(|| {
                let session = calendar.session(session?)?;
                let own = state.and_then(|state| calendar.days.iter().find(|day| day.session == session.number && day.state == state.code));
                Some(own.map_or(ReviewDate { date: session.month_end, precision: Precision::Session }, |own| ReviewDate {
                    date: own.day,
                    precision: Precision::Day,
                }))
            });
        let name = state.and_then(|state| state.names(self.lang).first());
        let gap = match self.lang {
            Language::English => "[State under review]",
            Language::French => "[État examiné]",
            Language::Spanish => "[Estado examinado]",
        };
        let text = builtin::model(self.lang).replace("{state}", name.map_or(gap, String::as_str));
        let text = text.replace("{session}", &session.map_or_else(|| "[number]".to_owned(), |session| session.to_string()));
        Ok(text.replace("{review}", &review.map_or_else(|| "[year-month]".to_owned(), |review| review.to_string())))
    }
}
