//! `upr outline`: what the program understood of a brief.

use std::io;

use clap::Args;

use crate::Checked;
use crate::brief::Brief;
use crate::language::time::{Deadline, DeadlineKind};
use crate::report::outline::{self, Place};
use crate::report::outline_text;
use crate::rules::Rulebook;
use crate::shown;
use crate::shown::hidden::Hidden;
use crate::text::Source;
use crate::text::prose::WordRange;

use super::book::BookArguments;
use super::configuration::{ConfigArguments, resolver_or_complain};
use super::each_brief::{Format, tell_each_brief};
use super::inputs::InputArguments;
use super::{Colour, ReviewArguments, pages, style};

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
    config: ConfigArguments,
    #[command(flatten)]
    review: ReviewArguments,
}

impl Outline {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        let style = style(colour);
        let resolver = match resolver_or_complain(&self.config, &self.book, style)? {
            Ok(resolver) => resolver,
            Err(code) => return Ok(code),
        };
        tell_each_brief(&self.inputs, &resolver, &self.review.review(), (self.format, style), outline, |out, outline| outline_text::write(out, style, outline))
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
