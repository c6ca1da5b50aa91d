//! What a recommendation says about time: deadlines as dates, vague words, duties that come again, a timetable asked for.
//!
//! The words of time are data (word lists), their grammar is code. The text is cut into words once ([`split`]); at each word that
//! begins a phrase of some list a grammar is tried on the words that follow ([`dates`], [`durations`], [`deadlines`]). Whether
//! the phrase dates the act or describes its content is judged by the words around it ([`clause`], [`vague`]). This module gives
//! facts; which of them is a weakness is for the rules to say.

mod clause;
mod dates;
mod deadlines;
mod durations;
mod figures;
mod split;
mod vague;
mod vocabulary;

use std::ops::Range;

use crate::brief::date::Date;
use clause::Place;
pub use durations::Length;
pub use figures::Figures;
use vague::Vague;
pub use vocabulary::TimeWords;
use vocabulary::{List, Lists};

/// What is said about time in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// The deadlines, the surest first and else in the order of the text.
    pub deadlines: Vec<Deadline>,
    /// Vague times about the act that is asked for, not about its content; as bytes of the text.
    pub vague: Vec<Range<usize>>,
    /// Words for a duty that comes again: “annually”.
    pub periodic: Vec<Range<usize>>,
    /// The words that ask for a timetable.
    pub timetable: Option<Range<usize>>,
}

/// A time after which one can say whether an act was done in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Its words from the preposition on, as bytes of the text: “by December 2027”.
    pub words: Range<usize>,
    /// What kind of limit it is.
    pub kind: DeadlineKind,
    /// Its date, if that is written in figures.
    pub figures: Option<Figures>,
}

/// The kinds of limit that a deadline can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineKind {
    /// A date: “by June 2029”.
    Date {
        /// The last day that satisfies it.
        latest: Date,
        /// How exactly it is said.
        precision: Precision,
    },
    /// A length of time: “within two years”.
    Duration {
        /// How long.
        length: Length,
        /// Whether it says that it counts from the review: “of the review”.
        anchored: bool,
    },
    /// “Before the next review”.
    NextReview,
    /// “By the mid-term report”.
    MidTerm,
    /// “By the fifth cycle”, when that is not the next one or the review is not known.
    Cycle {
        /// The cycle's number.
        number: u8,
        /// Whether its end is meant.
        end: bool,
    },
    /// “Before the elections”, with the date if one is said.
    Event {
        /// The last day of the month or year that is said.
        latest: Option<Date>,
    },
    /// “By the due date”: a date that is set elsewhere.
    External,
}

/// How exactly a date is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month, or to a part of a year.
    Month,
    /// Only the year: “by 2029”.
    Year,
}

/// Months from a review to the mid-term, at which States are encouraged to report: the middle of 4½ years and a quarter.
const MONTHS_TO_MID_TERM: u32 = 30;

impl Deadline {
    /// The last day that satisfies it, where that can be told. A duration and the mid-term count from the review.
    pub fn latest(&self, review: Option<Date>) -> Option<Date> {
        match self.kind {
            DeadlineKind::Date { latest, .. } => Some(latest),
            DeadlineKind::Duration { length, .. } => Some(review?.add_months(length.months).add_days(length.days)),
            DeadlineKind::MidTerm => Some(review?.add_months(MONTHS_TO_MID_TERM)),
            DeadlineKind::Event { latest } => latest,
            DeadlineKind::NextReview | DeadlineKind::Cycle { .. } | DeadlineKind::External => None,
        }
    }

    /// The months of a duration, begun ones counted as whole.
    pub fn months(&self) -> Option<u32> {
        match self.kind {
            DeadlineKind::Duration { length, .. } => Some(length.months + length.days.div_ceil(30)),
            _ => None,
        }
    }
}

/// Reads what `text` says about time. Without the review's date the weak forms (“in 2029”) do not count, as nothing then tells
/// what is still to come from what is past.
pub fn read(text: &str, words: &TimeWords, review: Option<Date>) -> Times {
    let cut = split::split(text, words);
    let present = cut.iter().fold(Lists::default(), |present, word| present.or(word.begins));
    let mut reading = Reading { text, cut: &cut, words, present, review, times: Times::default(), doubts: Vec::new() };
    // Most recommendations have no number of a year, no unit of time and no review in them: then no “by” or “in” need be tried.
    let limits = present.meet(deadlines::LIMITS) || cut.iter().any(|word| word.digits == 4);
    let triggers = if limits { TRIGGERS } else { WITHOUT_DEADLINES };
    let mut read_to = 0;
    for (at, word) in cut.iter().enumerate() {
        if at >= read_to && word.begins.meet(triggers) {
            read_to = at + reading.read_at(at);
        }
    }
    reading.finish()
}

const WITHOUT_DEADLINES: Lists = vague::TRIGGERS.or(Lists::of(&[List::Periodic, List::PeriodicEvery, List::Timetables]));
const TRIGGERS: Lists = WITHOUT_DEADLINES.or(deadlines::TRIGGERS);

/// A text half read.
struct Reading<'a> {
    text: &'a str,
    cut: &'a [split::Word],
    words: &'a TimeWords,
    /// The lists with a phrase that begins with some word of the text.
    present: Lists,
    review: Option<Date>,
    times: Times,
    /// How doubtful each deadline is.
    doubts: Vec<u8>,
}

impl Reading<'_> {
    /// Reads what begins at a word and answers how many words it takes.
    fn read_at(&mut self, at: usize) -> usize {
        let place = Place { text: self.text, words: self.cut, at, vocabulary: self.words, present: self.present };
        let Some((word, rest)) = self.cut.get(at).zip(self.cut.get(at..)) else { return 0 };
        if word.begins.meet(deadlines::TRIGGERS)
            && let Some(found) = deadlines::deadline(place, self.review)
        {
            self.times.deadlines.push(found.deadline);
            self.doubts.push(found.doubt);
            return found.length;
        }
        if let Some(length) = self.periodic(rest) {
            self.times.periodic.extend(self.span(at, length));
            return length;
        }
        if word.begins.meet(vague::TRIGGERS) {
            match vague::vague(place) {
                Vague::Act(length) => {
                    self.times.vague.extend(self.span(at, length));
                    return length;
                }
                Vague::Content(length) => return length,
                Vague::No => {}
            }
        }
        if let Some((_, length)) = self.words.phrase(rest, List::Timetables) {
            let span = self.span(at, length);
            self.times.timetable = self.times.timetable.take().or(span);
            return length;
        }
        // « La stratégie jusqu’en 2030 » was refused as a whole; its « en 2030 » must not be taken alone.
        self.words.phrase(rest, List::DeadlineUntil).map_or(0, |(_, length)| length)
    }

    /// “Annually”, “every two years”.
    fn periodic(&self, rest: &[split::Word]) -> Option<usize> {
        let every = || {
            let (_, length) = self.words.phrase(rest, List::PeriodicEvery)?;
            let after = rest.get(length..)?;
            let (left, _) = durations::duration(self.words)(after).ok()?;
            Some(rest.len() - left.len())
        };
        self.words.phrase(rest, List::Periodic).map(|(_, length)| length).or_else(every)
    }

    fn span(&self, at: usize, length: usize) -> Option<Range<usize>> {
        let words = self.cut.get(at..at + length)?;
        Some(words.first()?.start..words.last()?.end)
    }

    fn finish(self) -> Times {
        let Reading { mut times, doubts, .. } = self;
        if doubts.iter().any(|doubt| *doubt > 0) {
            let mut order: Vec<_> = doubts.into_iter().zip(times.deadlines).collect();
            order.sort_by_key(|(doubt, _)| *doubt);
            times.deadlines = order.into_iter().map(|(_, deadline)| deadline).collect();
        }
        times
    }
}

/// The cycle of a review held on this day. The cycles of the Council began in April 2008, May 2012, May 2017 and November 2022;
/// each later one is reckoned at the pace of 4½ years that the Council has set, from November 2022 on.
fn cycle_of(review: Date) -> u8 {
    match (review.year(), review.month()) {
        (..=2011, _) | (2012, ..=4) => 1,
        (..=2016, _) | (2017, ..=4) => 2,
        (..=2021, _) | (2022, ..=10) => 3,
        (year, month) => {
            let months = (u32::from(year) - 2022) * 12 + u32::from(month) - 11;
            4 + (months / MONTHS_OF_A_CYCLE).min(200) as u8
        }
    }
}

/// Months that a cycle lasts: 4½ years.
const MONTHS_OF_A_CYCLE: u32 = 54;

#[cfg(test)]
mod tests;
