//! The recommendations of a brief with their verdicts, for formats and figures that go through them one by one.

use crate::Checked;
use crate::brief::date::Date;
use crate::language::time::{Deadline, DeadlineKind};
use crate::rules::verdict::{Answer, Letter};
use crate::shown::hidden::Hidden;
use crate::shown::key::{hash, normalised};
use crate::shown::plain;
use crate::text::Source;
use crate::text::prose::WordRange;

/// A recommendation with the verdict on each letter.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its line, from 1.
    pub line: usize,
    /// Its words, as they may be shown.
    pub text: String,
    /// The answers, in the order of [`Letter::ALL`].
    pub answers: [Answer; Letter::ALL.len()],
    /// The last day of its deadline, where that can be told.
    pub(super) latest: Option<Date>,
    /// A hash of its words.
    pub(super) words: u64,
    /// A hash of its words without those of the deadline.
    pub(super) undated: u64,
}

impl Judged {
    /// The recommendations of a brief, in order.
    pub fn all(source: &Source, checked: &Checked, hidden: &Hidden) -> Vec<Judged> {
        let read = checked.brief.recommendations.iter().zip(&checked.readings).zip(&checked.letters);
        let frame = &checked.brief.frame;
        let latest = |deadline: &Deadline| match deadline.kind {
            DeadlineKind::NextReview => frame.limit(),
            _ => deadline.latest(frame.review.map(|review| review.date)),
        };
        let judged = read.map(|((recommendation, reading), letters)| {
            let words = recommendation.words;
            let text = plain(checked, hidden, words);
            let deadline = reading.deadline();
            let place = deadline.map(|(place, _)| place).filter(|&place| words.contains(place));
            let without = place.map(|place| {
                let part = |start, end| plain(checked, hidden, WordRange { start, end });
                format!("{} {}", part(words.start, place.start), part(place.end, words.end))
            });
            let mut answers = [Answer::CannotTell; Letter::ALL.len()];
            for (answer, (_, verdict)) in answers.iter_mut().zip(letters.all()) {
                *answer = verdict.answer;
            }
            Judged {
                line: source.line_number(checked.document.prose.span(words).start),
                answers,
                latest: deadline.and_then(|(_, deadline)| latest(deadline)),
                words: hash(&normalised(&text)),
                undated: hash(&normalised(without.as_ref().unwrap_or(&text))),
                text,
            }
        });
        judged.collect()
    }

    /// The answers with their letters.
    pub fn letters(&self) -> impl Iterator<Item = (Letter, Answer)> {
        Letter::ALL.iter().map(|&(letter, _)| letter).zip(self.answers)
    }

    /// The letters that are met, a dash for each that is not, a question mark for each that cannot be told: `SM–?T`.
    pub(super) fn marks(&self) -> String {
        self.letters().map(|(letter, answer)| answer.mark(letter)).collect()
    }

    /// The first words, in quotation marks, on one line.
    pub(super) fn beginning(&self, most: usize) -> String {
        beginning(&self.text, most)
    }
}

/// The first characters of a text in quotation marks, on one line.
pub(super) fn beginning(text: &str, most: usize) -> String {
    let text = super::one_line(text);
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("“{}…”", text.get(..end).unwrap_or_default().trim_end()),
        None => format!("“{text}”"),
    }
}
