//! `upr outline`: what the program understood of a brief.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use crate::Checked;
use crate::brief::Brief;
use crate::language::time::{Deadline, DeadlineKind};
use crate::report::outline::{self, Place};
use crate::report::{outline_json, outline_text};
use crate::rules::Rulebook;
use crate::shown;
use crate::shown::hidden::Hidden;
use crate::text::Source;
use crate::text::prose::WordRange;

use super::book::{self, BookArguments};
use super::each_brief::each_brief;
use super::inputs::InputArguments;
use super::lint::Format as LintFormat;
use super::{Colour, ReviewArguments, pages, stdout, style};

/// `upr outline`.
#[derive(Args)]
pub(super) struct Outline {
    #[command(flatten)]
    inputs: InputArguments,
    /// How the outline is written.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    book: BookArguments,
    #[command(flatten)]
    review: ReviewArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a person.
    Text,
    /// For other programs.
    Json,
}

impl Outline {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        let mut out = stdout();
        let style = style(colour);
        let book = match self.book.load(Vec::new()) {
            Ok(book) => book,
            Err(no_book) => return book::complain_of(no_book, &mut io::stderr().lock(), style, LintFormat::Full),
        };
        if self.format == Format::Json {
            outline_json::begin(&mut out)?;
        }
        let review = self.review.review();
        let code = each_brief(&self.inputs, &book, &review, outline, |outline, number| match self.format {
            Format::Json => outline_json::write(&mut out, &outline, number == 0),
            Format::Text => {
                if number > 0 {
                    writeln!(out)?;
                }
                outline_text::write(&mut out, style, &outline)
            }
        })?;
        if self.format == Format::Json {
            outline_json::end(&mut out)?;
        }
        out.flush()?;
        Ok(code)
    }
}

fn outline(source: &Source, checked: &Checked, book: &Rulebook) -> outline::Outline {
    let brief: &Brief = &checked.brief;
    let hidden = shown::hidden(source, checked, book);
    let plain = |words: WordRange| shown::plain(checked, &hidden, words);
    let line = |words: WordRange| source.line_number(checked.document.prose.span(words).start);
    let issues =
        brief.issues.iter().map(|issue| outline::Issue { title: plain(issue.title), line: line(issue.title), recommendations: issue.recommendations.clone() });
    let read = checked.readings.iter().zip(&checked.letters);
    let recommendations = brief.recommendations.iter().zip(read).map(|(recommendation, (reading, letters))| outline::Recommendation {
        text: plain(recommendation.words),
        line: line(recommendation.words),
        issue: recommendation.issue,
        deadline: reading.deadline().map(|(words, deadline)| self::deadline(checked, &hidden, words, deadline)),
        smart: outline::Smart::of(letters, plain),
    });
    let questions = brief.questions.iter().map(|question| outline::Question { text: plain(question.words), line: line(question.words), issue: question.issue });
    outline::Outline {
        path: source.name().to_owned(),
        language: brief.language.code(),
        state: brief.frame.state.clone(),
        session: brief.frame.session,
        review: brief.frame.stated.map(|review| review.to_string()),
        limit: brief.frame.limit().map(crate::brief::date::Date::iso),
        organisation: brief.organisation.map(|words| Place { line: line(words) }),
        issues: issues.collect(),
        recommendations: recommendations.collect(),
        questions: questions.collect(),
        pages: pages::length(source, checked, book),
    }
}

fn deadline(checked: &Checked, hidden: &Hidden, words: WordRange, deadline: &Deadline) -> outline::Deadline {
    let review = checked.brief.frame.review.map(|review| review.date);
    let anchor = match deadline.kind {
        DeadlineKind::NextReview => Some("next-review"),
        DeadlineKind::MidTerm => Some("mid-term"),
        _ => None,
    };
    outline::Deadline { text: shown::plain(checked, hidden, words), latest: deadline.latest(review).map(crate::brief::date::Date::iso), anchor }
}
