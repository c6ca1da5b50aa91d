//! The grammar of dates: “30 June 2029”, “the end of 2028”, “mid-2029”, “the 2028 budget”.
//!
//! Everything here reads what stands after a preposition; whether there is one, and what it makes of the date, is
//! [`super::deadlines`]'s to know. The order of day, month and year is free enough for English, French and Spanish alike: the
//! small words between them are a word list.

use std::ops::RangeInclusive;

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map_opt, opt};
use nom::sequence::{pair, preceded, terminated};

use super::Precision;
use super::figures::figures;
use super::split::{Gap, Word};
use super::vocabulary::{List, Parsed, TimeWords, Words, entry, number};
use crate::brief::date::Date;

/// A date or stretch of time that words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The last day that is “by” it.
    pub last: Date,
    /// The last day that is “before” it.
    pub before: Date,
    /// How exactly it is said.
    pub precision: Precision,
}

/// Reads a date. `review` is what “this year” is counted from.
pub fn date<'a>(vocabulary: &'a TimeWords, review: Option<Date>) -> impl Fn(Words<'a>) -> Parsed<'a, Moment> {
    move |words| {
        // Almost every preposition of a text is followed by something else than a date.
        if !words.iter().take(8).any(|word| word.digits == 4 || word.begins.meet(NAMED)) {
            return Err(nom::Err::Error(()));
        }
        let (rest, moment) = alt((
            |words: Words<'a>| numeric(vocabulary, words),
            |words: Words<'a>| day_month_year(vocabulary, words),
            |words: Words<'a>| two_days(vocabulary, words),
            |words: Words<'a>| month_day_year(vocabulary, words),
            |words: Words<'a>| part_of_month(vocabulary, words),
            |words: Words<'a>| month_year(vocabulary, words),
            |words: Words<'a>| part_of_year(vocabulary, review, words),
            |words: Words<'a>| year_of_occasion(vocabulary, words),
            |words: Words<'a>| bare_year(vocabulary, words),
            |words: Words<'a>| named_year(vocabulary, review, words),
        ))
        .parse(words)?;
        // “In line with and by 2030 Agenda targets”: the year belongs to a name, which an English writer begins with a capital.
        let names = rest.first().is_some_and(|word| word.gap.joins() && word.capital);
        if names && vocabulary.phrase(rest, List::YearNames).is_some() { Err(nom::Err::Error(())) } else { Ok((rest, moment)) }
    }
}

const NAMED: super::vocabulary::Lists = super::vocabulary::Lists::of(&[List::NamedYears]);

/// `2029-06-30`, `30/06/2029`, `06/2029`.
fn numeric<'a>(vocabulary: &'a TimeWords, words: Words<'a>) -> Parsed<'a, Moment> {
    let (words, _) = opt(entry(vocabulary, List::DateLinks)).parse(words)?;
    let (figures, length) = figures(words).ok_or(nom::Err::Error(()))?;
    let moment = Moment { last: figures.date, before: figures.before(), precision: figures.precision };
    Ok((words.get(length..).unwrap_or_default(), moment))
}

/// “30 June 2029”, “the 30th of June 2029”, “30 de junio de 2029”, “le 1er juillet 2029”.
fn day_month_year<'a>(vocabulary: &'a TimeWords, words: Words<'a>) -> Parsed<'a, Moment> {
    let (rest, (_, day_number, _, month, _, year)) =
        (opt(links(vocabulary)), day_number(vocabulary), opt(links(vocabulary)), month(vocabulary), opt(year_links(vocabulary)), after_month(year))
            .parse(words)?;
    found(rest, day(year, month, day_number))
}

/// “27 June and 10 October 2028”: the first of two days is the one that counts.
fn two_days<'a>(vocabulary: &'a TimeWords, words: Words<'a>) -> Parsed<'a, Moment> {
    let day_and_month = || pair(day_number(vocabulary), preceded(opt(links(vocabulary)), month(vocabulary)));
    let second = preceded((entry(vocabulary, List::Coordinators), opt(links(vocabulary))), day_and_month());
    let (rest, (_, (day_number, month), _, _, year)) =
        (opt(links(vocabulary)), day_and_month(), second, opt(year_links(vocabulary)), after_month(year)).parse(words)?;
    found(rest, day(year, month, day_number))
}

/// “June 30, 2029”.
fn month_day_year<'a>(vocabulary: &'a TimeWords, words: Words<'a>) -> Parsed<'a, Moment> {
    let (rest, (month, day_number, year)) = (month(vocabulary), day_number(vocabulary), after_month(year)).parse(words)?;
    found(rest, day(year, month, day_number))
}

/// “The end of June 2029”, “mid-June 2029”, “early June 2029”.
fn part_of_month<'a>(vocabulary: &'a TimeWords, words: Words<'a>) -> Parsed<'a, Moment> {
    let (rest, (_, part, _, month, _, year)) =
        (opt(links(vocabulary)), part(vocabulary), opt(links(vocabulary)), month(vocabulary), opt(year_links(vocabulary)), after_month(year)).parse(words)?;
    // A part is given in months of a year; of a month it is that share of thirty days: “mid” to the 15th, “early” to the 7th.
    let moment = whole_month(year, month).and_then(|whole| {
        let last = if part.last >= 12 { whole.last } else { Date::new(whole.last.year(), whole.last.month(), part.last * 30 / 12)? };
        Some(Moment { last, before: if part.first > 1 { last } else { whole.before }, precision: Precision::Day })
    });
    found(rest, moment)
}

/// “June 2029”, “junio de 2029”.
fn month_year<'a>(vocabulary: &'a TimeWords, words: Words<'a>) -> Parsed<'a, Moment> {
    let (rest, (_, month, _, year)) = (opt(links(vocabulary)), month(vocabulary), opt(year_links(vocabulary)), after_month(year)).parse(words)?;
    found(rest, whole_month(year, month))
}

/// “The end of 2028”, “mid-2029”, “the first half of the year 2029”, “the end of the 2028 school year”, “the end of this year”.
fn part_of_year<'a>(vocabulary: &'a TimeWords, review: Option<Date>, words: Words<'a>) -> Parsed<'a, Moment> {
    // “The start of the 2028 school year” is not that of the calendar's year: only the year is known.
    let start = (opt(links(vocabulary)), part(vocabulary), |words: Words<'a>| year_of_occasion(vocabulary, words));
    if let Ok((rest, (_, Part { first: 1, last: ..12 }, whole))) = { start }.parse(words) {
        return Ok((rest, whole));
    }
    let year_of_part = alt((
        |words: Words<'a>| year_of_occasion(vocabulary, words),
        preceded(opt(year_links(vocabulary)), |words: Words<'a>| bare_year(vocabulary, words)),
        preceded(opt(links(vocabulary)), |words: Words<'a>| named_year(vocabulary, review, words)),
    ));
    let (rest, (_, part, whole)) = (opt(links(vocabulary)), part(vocabulary), year_of_part).parse(words)?;
    let year = whole.last.year();
    let last = Date::end_of_month(year, part.last);
    let before = match part {
        Part { first: 1, .. } => Some(whole.before),
        // “Before the end of 2028” allows the whole of 2028, “before mid-2029” its first half.
        Part { first, last } if first == last => Date::end_of_month(year, last),
        Part { first, .. } => Date::end_of_month(year, first - 1),
    };
    found(rest, last.zip(before).map(|(last, before)| Moment { last, before, precision: Precision::Month }))
}

/// “The 2028 budget”, “the 2028/29 school year”, “le budget de 2028”.
fn year_of_occasion<'a>(vocabulary: &'a TimeWords, words: Words<'a>) -> Parsed<'a, Moment> {
    let occasion = || entry(vocabulary, List::YearOccasions);
    let (rest, year) = alt((
        preceded(opt(links(vocabulary)), terminated(year, occasion())),
        preceded((opt(links(vocabulary)), occasion(), opt(year_links(vocabulary))), year),
    ))
    .parse(words)?;
    found(rest, whole_year(year))
}

/// “2029”, “the year 2029”; not “the 2009”, after which comes the law of that year.
fn bare_year<'a>(vocabulary: &'a TimeWords, words: Words<'a>) -> Parsed<'a, Moment> {
    let (rest, year) = preceded(opt(entry(vocabulary, List::YearLeads)), year).parse(words)?;
    found(rest, whole_year(year))
}

/// “This year”, “next year”; “27 June this year”.
fn named_year<'a>(vocabulary: &'a TimeWords, review: Option<Date>, words: Words<'a>) -> Parsed<'a, Moment> {
    let day_and_month = pair(day_number(vocabulary), month(vocabulary));
    // “On 27 June and 18 July this year”: the first of two days is the one that counts.
    let second = preceded(entry(vocabulary, List::Coordinators), pair(day_number(vocabulary), month(vocabulary)));
    let (rest, (day_and_month, years)) = pair(opt(terminated(day_and_month, opt(second))), entry(vocabulary, List::NamedYears)).parse(words)?;
    let year = review.map(|review| u32::from(review.year()) + u32::try_from(years).unwrap_or_default());
    let moment = match (year, day_and_month) {
        (Some(year), Some((day_number, month))) => day(year, month, day_number),
        (Some(year), None) => whole_year(year),
        (None, _) => None,
    };
    found(rest, moment)
}

/// A part of a year, by its first and last month.
#[derive(Clone, Copy)]
struct Part {
    first: u8,
    last: u8,
}

fn part(vocabulary: &TimeWords) -> impl Parser<Words<'_>, Output = Part, Error = ()> {
    map_opt(entry(vocabulary, List::YearParts), |value| {
        let (first, last) = (u8::try_from(value / 100).ok()?, u8::try_from(value % 100).ok()?);
        ((1..=12).contains(&first) && (first..=12).contains(&last)).then_some(Part { first, last })
    })
}

fn month(vocabulary: &TimeWords) -> impl Parser<Words<'_>, Output = u32, Error = ()> {
    map_opt(entry(vocabulary, List::Months), |month| u32::try_from(month).ok())
}

fn day_number(vocabulary: &TimeWords) -> impl Parser<Words<'_>, Output = u32, Error = ()> {
    terminated(number(|word| word.digits <= 2 && (1..=31).contains(&word.number)), opt(entry(vocabulary, List::OrdinalEndings)))
}

fn links(vocabulary: &TimeWords) -> impl Parser<Words<'_>, Output = i64, Error = ()> {
    entry(vocabulary, List::DateLinks)
}

fn year_links(vocabulary: &TimeWords) -> impl Parser<Words<'_>, Output = i64, Error = ()> {
    alt((entry(vocabulary, List::YearLeads), entry(vocabulary, List::DateLinks)))
}

/// The years of which a text of today can speak.
pub(super) const YEARS: RangeInclusive<u32> = 1900..=2199;

/// A year; of “2028/29” and “2028/2029” the second. Not the first year of “2026–2030”, which is how long a plan runs, and not
/// “2010s”.
fn year(words: Words) -> Parsed<u32> {
    let (rest, year) = number(|word| word.digits == 4 && YEARS.contains(&word.number))(words)?;
    let next = |year: u32, word: &Word| match word.digits {
        2 => word.number == (year + 1) % 100,
        4 => word.number == year + 1,
        _ => false,
    };
    match rest {
        [word, ..] if word.gap == Gap::Glued => Err(nom::Err::Error(())),
        [word, rest @ ..] if word.gap == Gap::Slash && next(year, word) => Ok((rest, year + 1)),
        [word, rest @ ..] if word.gap == Gap::Hyphen && word.digits == 2 && next(year, word) => Ok((rest, year + 1)),
        [word, ..] if word.digits > 0 && matches!(word.gap, Gap::Hyphen | Gap::Dash | Gap::Slash | Gap::Point) => Err(nom::Err::Error(())),
        _ => Ok((rest, year)),
    }
}

/// Lets a comma or the full stop of “Sept.” stand before what `parse` reads: “June 30, 2029”.
fn after_month<'a>(parse: impl Fn(Words<'a>) -> Parsed<'a, u32>) -> impl Fn(Words<'a>) -> Parsed<'a, u32> {
    move |words: Words<'a>| match words {
        [word, rest @ ..] if matches!(word.gap, Gap::Comma | Gap::Period) && word.digits == 4 && YEARS.contains(&word.number) => Ok((rest, word.number)),
        _ => parse(words),
    }
}

fn day(year: u32, month: u32, day: u32) -> Option<Moment> {
    let last = Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    Some(Moment { last, before: last.previous(), precision: Precision::Day })
}

fn whole_month(year: u32, month: u32) -> Option<Moment> {
    let (year, month) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?);
    Some(Moment { last: Date::end_of_month(year, month)?, before: Date::new(year, month, 1)?.previous(), precision: Precision::Month })
}

fn whole_year(year: u32) -> Option<Moment> {
    let year = u16::try_from(year).ok()?;
    Some(Moment { last: Date::new(year, 12, 31)?, before: Date::new(year, 1, 1)?.previous(), precision: Precision::Year })
}

fn found<T>(rest: Words<'_>, value: Option<T>) -> Parsed<'_, T> {
    value.map(|value| (rest, value)).ok_or(nom::Err::Error(()))
}
