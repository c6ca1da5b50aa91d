//! Reads briefs, one after the other or several at the same time, and hands on what is made of each, in their order.

use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;
use serde::Serialize;

use crate::brief::review::Review;
use crate::config::search::{Broken, Resolver};
use crate::report::{Style, briefs_json};
use crate::rules::Rulebook;
use crate::text::Source;
use crate::{Checked, check, shown};

use super::configuration::Told;
use super::in_order::in_order;
use super::inputs::{Input, InputArguments};
use super::{CLEAN, FAILED, complain, stdout};

/// How what is told of briefs is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a person.
    Text,
    /// For other programs.
    Json,
}

/// Makes something of each brief and writes it to standard output: as JSON, or as text with an empty line between two briefs.
pub(super) fn tell_each_brief<T: Serialize + Send>(
    arguments: &InputArguments,
    resolver: &Resolver,
    review: &Review,
    (format, style): (Format, Style),
    make: impl Fn(&Source, &Checked, &Rulebook) -> T + Sync,
    text: impl Fn(&mut dyn Write, &T) -> io::Result<()> + Send + Sync,
) -> io::Result<u8> {
    let mut out = stdout();
    if format == Format::Json {
        briefs_json::begin(&mut out)?;
    }
    let code = each_brief(arguments, resolver, review, style, make, |brief, number| match format {
        Format::Json => briefs_json::write(&mut out, &brief, number == 0),
        Format::Text => {
            if number > 0 {
                writeln!(out)?;
            }
            text(&mut out, &brief)
        }
    })?;
    if format == Format::Json {
        briefs_json::end(&mut out)?;
    }
    out.flush()?;
    Ok(code)
}

/// Why there is nothing to tell of a brief.
enum Failure {
    /// It cannot be read.
    Unreadable(String, String),
    /// Its configuration is wrong.
    Misconfigured(Arc<Broken>),
}

/// Calls `make` with each brief and `write` with what it made and the number of briefs before. The exit code: whether all could be
/// read, and there was any.
fn each_brief<T: Send>(
    arguments: &InputArguments,
    resolver: &Resolver,
    review: &Review,
    style: Style,
    make: impl Fn(&Source, &Checked, &Rulebook) -> T + Sync,
    write: impl FnMut(T, usize) -> io::Result<()> + Send,
) -> io::Result<u8> {
    let mut write = write;
    let inputs = arguments.inputs();
    let (mut briefs, mut failed, mut told) = (0, 0, Told::default());
    let read = |input: &Input| {
        let effective = resolver.resolve(input.path()).map_err(Failure::Misconfigured)?;
        if !input.is_named() && effective.leaves_out(&resolver.absolute(input.path())) {
            return Ok(None);
        }
        let source = input.read().map_err(|(path, message)| Failure::Unreadable(path, message))?;
        let (book, review) = (&effective.book, effective.review(review));
        let checked = check(&source, book, &review);
        Ok((input.is_named() || shown::looks_like_a_brief(&source, &checked, &review)).then(|| make(&source, &checked, book)))
    };
    in_order(&inputs, arguments.threads(inputs.len()), read, |outcome: Result<Option<T>, Failure>| {
        match outcome {
            Err(failure) => {
                failed += 1;
                match failure {
                    Failure::Unreadable(path, message) => complain(&format!("{path}: {message}")),
                    Failure::Misconfigured(broken) => told.tell(&broken, style)?,
                }
            }
            Ok(None) => {}
            Ok(Some(brief)) => {
                write(brief, briefs)?;
                briefs += 1;
            }
        }
        Ok(())
    })?;
    if briefs == 0 && failed < inputs.len() && !arguments.only_briefs {
        complain("no brief was found");
    }
    Ok(if failed == 0 && (briefs > 0 || arguments.only_briefs) { CLEAN } else { FAILED })
}
