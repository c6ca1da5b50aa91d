//! The grammar of durations: “two years”, “four and a half years”, “4½ years of the review”, “los dos años siguientes al examen”.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, map_opt, opt};
use nom::sequence::{pair, preceded};

use super::split::{Gap, Word};
use super::vocabulary::{List, Parsed, TimeWords, Words, entry};

/// A length of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length {
    /// Whole months.
    pub months: u32,
    /// And days: both are kept because a month has no fixed number of them.
    pub days: u32,
}

/// A duration as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    /// How long.
    pub length: Length,
    /// Whether it says that it counts from the review: “of the review”.
    pub anchored: bool,
}

/// Reads a duration after “within” and its like.
pub fn duration<'a>(vocabulary: &'a TimeWords) -> impl Fn(Words<'a>) -> Parsed<'a, Duration> {
    move |words| {
        let next = || opt(entry(vocabulary, List::NextWords));
        let one = || map(entry(vocabulary, List::OneWords), |_| 12);
        // “A” is an article in “a two-year period” and a number in “a year”: both are tried.
        let led = preceded(pair(opt(entry(vocabulary, List::DurationLeads)), next()), alt((count(vocabulary), one())));
        let (words, twelfths) = alt((led, preceded(next(), one()))).parse(words)?;
        // “Within 12 to 18 months”: the longer one is still within it.
        let (words, twelfths) = map(opt(up_to(vocabulary)), |more| more.unwrap_or(twelfths).max(twelfths)).parse(words)?;
        let (words, _) = opt(entry(vocabulary, List::NextWords)).parse(words)?;
        let hyphen = words.first().is_some_and(|word| word.gap == Gap::Hyphen);
        let (words, unit) = alt((entry(vocabulary, List::TimeUnits), in_brackets(vocabulary))).parse(words)?;
        let (words, half) = opt(entry(vocabulary, List::Halves)).parse(words)?;
        let (words, tail) = opt(entry(vocabulary, List::DurationTails)).parse(words)?;
        // “The 14-day statutory deadline”, “a two-year plan”: the duration belongs to the noun that follows.
        if hyphen && tail.is_none() && words.first().is_some_and(|word| word.gap.joins()) {
            return Err(nom::Err::Error(()));
        }
        let length = length(twelfths + if half.is_some() { 6 } else { 0 }, unit);
        let (words, anchor) = opt(preceded(opt(entry(vocabulary, List::NextWords)), entry(vocabulary, List::DurationAnchors))).parse(words)?;
        // “Within two months of the arrest”, “twelve months after valuation”: counted from something that happens again and again.
        let of_another = anchor.is_none() && words.first().is_some_and(|word| word.gap.joins()) && vocabulary.phrase(words, List::DurationOf).is_some();
        match length {
            Some(length) if !of_another => Ok((words, Duration { length, anchored: anchor.is_some() })),
            _ => Err(nom::Err::Error(())),
        }
    }
}

/// How many units, in twelfths, so that a half is a whole number and twelfths of a year are months.
fn count(vocabulary: &TimeWords) -> impl Parser<Words<'_>, Output = u32, Error = ()> {
    let half = || map(opt(entry(vocabulary, List::Halves)), |half| if half.is_some() { 6 } else { 0 });
    let in_words = map_opt(entry(vocabulary, List::NumberWords), |value| u32::try_from(value).ok().filter(|value| *value <= LARGEST));
    alt((
        map(pair(alt((decimal, fraction, whole)), half()), |(twelfths, half)| twelfths + half),
        map(pair(in_words, half()), |(number, half)| number * 12 + half),
    ))
}

/// The second number of “12 to 18 months”, “two or three years”.
fn up_to(vocabulary: &TimeWords) -> impl Parser<Words<'_>, Output = u32, Error = ()> {
    alt((preceded(entry(vocabulary, List::RangeLinks), count(vocabulary)), after_dash))
}

/// The second number of “12–18 months”.
fn after_dash(words: Words) -> Parsed<u32> {
    match words {
        [word, rest @ ..] if word.digits > 0 && word.number <= LARGEST && matches!(word.gap, Gap::Dash | Gap::Hyphen) => Ok((rest, word.number * 12)),
        _ => Err(nom::Err::Error(())),
    }
}

/// The unit after a number that is repeated in brackets: “one (1) year”, “12 (twelve) months”.
fn in_brackets<'a>(vocabulary: &'a TimeWords) -> impl Fn(Words<'a>) -> Parsed<'a, i64> {
    move |words: Words<'a>| match words {
        [number, rest @ ..] if number.gap == Gap::Mark && rest.first().is_some_and(|unit| unit.gap == Gap::Mark) => {
            let repeated = number.digits > 0 || vocabulary.is(number, List::NumberWords);
            let (unit, length) = vocabulary.phrase(rest, List::TimeUnits).filter(|_| repeated).ok_or(nom::Err::Error(()))?;
            Ok((rest.get(length..).unwrap_or_default(), unit))
        }
        _ => Err(nom::Err::Error(())),
    }
}

/// Nobody counts more than this in units of time; larger numbers are something else, and need not fit into a duration.
const LARGEST: u32 = 1000;

/// “18”.
fn whole(words: Words) -> Parsed<u32> {
    match words {
        [word, rest @ ..] if is_count(word) => Ok((rest, word.number * 12)),
        _ => Err(nom::Err::Error(())),
    }
}

/// “4.5”, “4,5”.
fn decimal(words: Words) -> Parsed<u32> {
    match words {
        [word, part, rest @ ..] if is_count(word) && part.gap == Gap::Point && part.digits == 1 => Ok((rest, word.number * 12 + part.number * 12 / 10)),
        _ => Err(nom::Err::Error(())),
    }
}

/// “4 1/2”.
fn fraction(words: Words) -> Parsed<u32> {
    match words {
        [word, over, under, rest @ ..] if is_count(word) && over.gap.joins() && over.number == 1 && under.gap == Gap::Slash && under.number == 2 => {
            Ok((rest, word.number * 12 + 6))
        }
        _ => Err(nom::Err::Error(())),
    }
}

fn is_count(word: &Word) -> bool {
    word.digits > 0 && word.gap.joins() && word.number <= LARGEST
}

fn length(twelfths: u32, unit: i64) -> Option<Length> {
    let length = match unit {
        1 => Length { months: 0, days: twelfths / 12 },
        2 => Length { months: 0, days: twelfths * 7 / 12 },
        3 => Length { months: twelfths / 12, days: twelfths % 12 * 30 / 12 },
        4 => Length { months: twelfths, days: 0 },
        5 => Length { months: twelfths * 3 / 12, days: 0 },
        6 => Length { months: twelfths * 6 / 12, days: 0 },
        _ => return None,
    };
    (length > Length::default()).then_some(length)
}
