//! `upr assess`: recommendations one by one, without a brief around them.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::brief::review::ReviewDate;
use crate::report::assess::Row;
use crate::report::assess_table::Shares;
use crate::report::{Style, assess, assess_table};
use crate::rules::single::Judge;
use crate::words::Language;

use super::book::BookArguments;
use super::in_order::in_order;
use super::rows::{self, Batch, Columns, Shape};
use super::{CLEAN, Colour, FAILED, FOUND, complain, review_date, stdout, style};

/// `upr assess`.
#[derive(Args)]
pub(super) struct Assess {
    /// A file with recommendations; without one, or with `-`, standard input.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// How the recommendations are written down. Without it, the ending of the file tells: .csv, .jsonl, else lines.
    #[arg(long, value_enum, value_name = "SHAPE")]
    input: Option<Shape>,
    /// The column or field that holds the recommendation.
    #[arg(long, value_name = "NAME", default_value = "text")]
    column: String,
    /// The date of the review, for all: 2026-11 or 2026-11-05.
    #[arg(long, value_name = "DATE", value_parser = review_date)]
    review: Option<ReviewDate>,
    /// The column or field that holds the date of the review; where it is empty, --review counts. Without this option it is `review`, if there is one.
    #[arg(long, value_name = "NAME")]
    review_column: Option<String>,
    /// The language: en, fr or es. Without it, each recommendation tells.
    #[arg(long, value_name = "CODE", value_parser = language)]
    lang: Option<Language>,
    /// How the result is written.
    #[arg(long, value_enum, default_value_t = Format::Json, value_name = "FORMAT")]
    format: Format,
    /// How many processors work at the same time. Without it, all.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    #[command(flatten)]
    book: BookArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object on each line, for other programs.
    Json,
    /// A line for each recommendation, and the shares at the end.
    Table,
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "write en, fr or es".to_owned())
}

/// What came of a batch of rows.
struct Done {
    written: Vec<u8>,
    shares: Shares,
    /// What is wrong with which lines.
    faults: Vec<(u64, String)>,
}

impl Assess {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        let mut out = stdout();
        let style = style(colour);
        let book = match self.book.load_or_complain(style)? {
            Ok(book) => book,
            Err(code) => return Ok(code),
        };
        let columns = Columns { text: self.column.clone(), review: self.review_column.clone() };
        let (name, batches) = match rows::open(self.file.as_deref(), self.input, &columns) {
            Ok(opened) => opened,
            Err(message) => {
                complain(&message);
                return Ok(FAILED);
            }
        };
        let judge = Judge::new(&book);
        let work = |batch: io::Result<Batch>| batch.map(|batch| self.assess(&judge, &batch, &columns, style));
        let threads = self.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get), usize::from);
        let mut shares = Shares::default();
        let (mut wrong, mut unreadable) = (false, None);
        if self.format == Format::Table {
            assess_table::begin(&mut out)?;
        }
        in_order(batches, threads, work, |done| {
            match done {
                Ok(done) => {
                    out.write_all(&done.written)?;
                    shares.add(&done.shares);
                    wrong |= !done.faults.is_empty();
                    done.faults.iter().for_each(|(line, fault)| complain(&format!("{name}:{line}: {fault}")));
                }
                Err(error) => unreadable = Some(error),
            }
            Ok(())
        })?;
        if self.format == Format::Table {
            shares.write(&mut out)?;
        }
        out.flush()?;
        if let Some(error) = unreadable {
            complain(&format!("{name}: the input cannot be read to its end: {error}"));
            return Ok(FAILED);
        }
        Ok(if wrong { FOUND } else { CLEAN })
    }

    fn assess(&self, judge: &Judge<'_>, batch: &Batch, columns: &Columns, style: Style) -> Done {
        let mut done = Done { written: Vec::with_capacity(batch.size() * 6), shares: Shares::default(), faults: Vec::new() };
        for (line, row) in batch.rows(columns) {
            let (text, review) = match row {
                Ok(row) => row,
                Err(fault) => {
                    done.faults.push((line, fault));
                    continue;
                }
            };
            let review = review.or(self.review);
            let assessed = judge.assess(&text, self.lang, review);
            let row = Row { line, text: &text, review, assessed: &assessed };
            match self.format {
                Format::Json => assess::write(&mut done.written, &row),
                Format::Table => {
                    // Writing to memory does not fail.
                    let written = assess_table::write(&mut done.written, style, &row);
                    debug_assert!(written.is_ok());
                    done.shares.count(&row);
                }
            }
        }
        done
    }
}
