//! Dates in figures: “2029-06-30”, “30/06/2029”, “06/2029”.
//!
//! The day comes first, as in the documents of the United Nations, unless only the second number can be a day. Whether a date in
//! figures is clear enough is not for this module to say; it gives the other reading, if there is one.

use std::ops::Range;

use super::Precision;
use super::dates::YEARS;
use super::split::{Gap, Word};
use super::vocabulary::Words;
use crate::brief::date::Date;

/// A date that is written in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Its place, as bytes of the text.
    pub words: Range<usize>,
    /// The day, or the last day of the month.
    pub date: Date,
    /// Whether it names a day or a month.
    pub precision: Precision,
    /// The day for a reader who takes the month to come first: 6 December for “12/06/2029”.
    pub other: Option<Date>,
}

impl Figures {
    /// The last day that is “before” it.
    pub(super) fn before(&self) -> Date {
        let first = if self.precision == Precision::Day { self.date } else { Date::new(self.date.year(), self.date.month(), 1).unwrap_or(self.date) };
        first.previous()
    }
}

/// Reads a date in figures at the beginning of `words`, and tells how many words it takes.
pub(super) fn figures(words: Words) -> Option<(Figures, usize)> {
    let (read, length) = day(words).map(|read| (read, 3)).or_else(|| month(words).map(|read| (read, 2)))?;
    let (first, last) = (words.first()?, words.get(length - 1)?);
    // “12/06/2029-3” is the number of something.
    let goes_on = words.get(length).is_some_and(|next| next.gap == Gap::Glued || next.digits > 0 && is_mark(next.gap));
    (first.gap.joins() && !goes_on).then_some((Figures { words: first.start..last.end, ..read }, length))
}

fn is_mark(gap: Gap) -> bool {
    matches!(gap, Gap::Slash | Gap::Point | Gap::Hyphen)
}

/// `2029-06-30`, `30/06/2029`, `30.6.2029`, `06/30/2029`.
fn day(words: Words) -> Option<Figures> {
    let [first, second, third, ..] = words else { return None };
    if !is_mark(second.gap) || second.gap != third.gap {
        return None;
    }
    let (date, other) = match (first.digits, second.digits, third.digits) {
        (4, 1..=2, 1..=2) => (date(first, second, third), None),
        (1..=2, 1..=2, 4) => match (date(third, second, first), date(third, first, second)) {
            (Some(date), other) => (Some(date), other.filter(|other| *other != date)),
            (None, other) => (other, None),
        },
        _ => return None,
    };
    Some(Figures { words: 0..0, date: date?, precision: Precision::Day, other })
}

/// `06/2029`, `2029-06`; not the school year `2011-12`.
fn month(words: Words) -> Option<Figures> {
    let [first, second, ..] = words else { return None };
    let (year, month) = match (first.digits, second.gap, second.digits) {
        // With a point or comma between them they would be an amount.
        (1..=2, Gap::Slash | Gap::Hyphen, 4) => (second, first),
        (4, Gap::Hyphen, 2) if second.number != (first.number + 1) % 100 => (first, second),
        _ => return None,
    };
    let date = Date::end_of_month(year_of(year)?, u8::try_from(month.number).ok()?)?;
    Some(Figures { words: 0..0, date, precision: Precision::Month, other: None })
}

fn date(year: &Word, month: &Word, day: &Word) -> Option<Date> {
    Date::new(year_of(year)?, u8::try_from(month.number).ok()?, u8::try_from(day.number).ok()?)
}

/// The year that a word is: “by 5/1000” is a share.
fn year_of(word: &Word) -> Option<u16> {
    YEARS.contains(&word.number).then_some(word.number as u16)
}
