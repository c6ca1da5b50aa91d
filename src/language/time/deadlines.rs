//! Deadlines: a preposition with a date, a duration, a review or an event after it.
//!
//! A year is a deadline only after a preposition that makes it one. Prepositions are strong (“by 2029” is a deadline wherever it
//! stands) or weak: “in 2029” is one only when the year is still to come and nothing in the sentence says that it is the run of a
//! plan or a thing of the past.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, map_opt, opt};
use nom::sequence::{pair, preceded, terminated};

use super::clause::{Aside, Place};
use super::dates::{Moment, YEARS, date};
use super::durations::{Duration, Length, duration};
use super::figures::{Figures, figures};
use super::split::Gap;
use super::vocabulary::{List, Lists, Parsed, TimeWords, Words, entry, number};
use super::{Deadline, DeadlineKind, Precision, cycle_of};
use crate::brief::date::Date;

/// The lists with which a deadline may begin.
pub const TRIGGERS: Lists = Lists::of(&[
    List::DeadlineBy,
    List::DeadlineLatest,
    List::DeadlineBefore,
    List::DeadlineWithin,
    List::DeadlineFrom,
    List::DeadlineIn,
    List::DeadlineUntil,
    List::MidTermAnchors,
    List::EventNext,
    List::EventDates,
    List::NamedYears,
]);

/// The lists of which a word must be there, if not the number of a year, for anything to be a deadline.
pub const LIMITS: Lists = Lists::of(&[
    List::NamedYears,
    List::TimeUnits,
    List::ReviewAnchors,
    List::CycleAnchors,
    List::MidTermAnchors,
    List::MidTermPoints,
    List::EventWords,
    List::ExternalDates,
]);

/// A deadline and how sure it is: of several, the surest is given first.
pub struct Found {
    /// The deadline.
    pub deadline: Deadline,
    /// Words that it takes from the word on at which it was found.
    pub length: usize,
    /// 0 for a date, a duration, a review or an event that is plainly meant; 1 for a weak date; 2 for an event without “before”.
    pub doubt: u8,
}

/// The deadline that begins at a word, if one does.
pub fn deadline(place: Place, review: Option<Date>) -> Option<Found> {
    let reader = Reader { vocabulary: place.vocabulary, place, review };
    let words = place.rest();
    let (rest, (kind, doubt)) = reader
        .after(words, List::DeadlineLatest, |rest| reader.latest(rest))
        .or_else(|| reader.after(words, List::DeadlineBy, |rest| reader.by(rest)))
        .or_else(|| reader.after(words, List::DeadlineBefore, |rest| reader.before(rest)))
        .or_else(|| reader.after(words, List::DeadlineWithin, |rest| reader.within(rest)))
        .or_else(|| reader.after(words, List::DeadlineFrom, |rest| reader.from(rest)))
        .or_else(|| reader.after(words, List::DeadlineIn, |rest| reader.in_(rest)))
        .or_else(|| reader.after(words, List::DeadlineUntil, |rest| reader.until(rest)))
        .or_else(|| reader.after(words, List::EventDates, |rest| reader.weak_date(rest)))
        .or_else(|| reader.alone(words))?;
    let length = words.len() - rest.len();
    let end = words.get(length.checked_sub(1)?)?.end;
    let figures = in_figures(words.get(..length)?, kind);
    Some(Found { deadline: Deadline { words: reader.start(doubt)?..end, kind, figures }, length, doubt })
}

/// The date of a deadline, if these words of it have it in figures.
fn in_figures(words: Words, kind: DeadlineKind) -> Option<Figures> {
    let (DeadlineKind::Date { latest, .. } | DeadlineKind::Event { latest: Some(latest) }) = kind else { return None };
    let read = (0..words.len()).filter_map(|at| figures(words.get(at..)?)).map(|(figures, _)| figures);
    read.into_iter().find(|figures| latest == figures.date || latest == figures.before())
}

/// What was read, with its doubt.
type Limit = (DeadlineKind, u8);

#[derive(Clone, Copy)]
struct Reader<'a> {
    vocabulary: &'a TimeWords,
    place: Place<'a>,
    review: Option<Date>,
}

impl<'a> Reader<'a> {
    fn after(self, words: Words<'a>, list: List, limit: impl Fn(Words<'a>) -> Parsed<'a, Limit>) -> Option<(Words<'a>, Limit)> {
        let (_, length) = self.vocabulary.phrase(words, list)?;
        // “A by-election” is no “by elections”.
        let rest = words.get(length..).filter(|rest| rest.first().is_some_and(|word| word.gap != Gap::Hyphen))?;
        limit(rest).ok()
    }

    /// Refuses at once where the text has no word that would be needed: most texts have few of them.
    fn expect(self, lists: Lists) -> Result<(), nom::Err<()>> {
        if self.place.present.meet(lists) { Ok(()) } else { Err(nom::Err::Error(())) }
    }

    /// Where the deadline's words begin: at the word at which it was found, or a little before.
    fn start(self, doubt: u8) -> Option<usize> {
        let here = self.place.after(0)?;
        // “The upcoming elections”, where no preposition is the beginning.
        let article = (doubt == 2 && self.vocabulary.is(here, List::EventNext)).then(|| self.place.joined_before()).flatten();
        if let Some(article) = article.filter(|word| self.vocabulary.is(word, List::DateLinks)) {
            return Some(article.start);
        }
        // “When the pilot phase ends in 2028”: the deadline is the end of the phase.
        let opening = self.follows_end().then(|| self.place.aside()).filter(|(aside, _)| *aside == Aside::Relative);
        Some(opening.and_then(|(_, at)| self.place.words.get(at)).unwrap_or(here).start)
    }

    /// Whether the word before says that something ends then: “when the pilot phase ends in 2028”.
    fn follows_end(self) -> bool {
        self.place.joined_before().is_some_and(|word| self.vocabulary.is(word, List::EventEnds))
    }

    /// “By”: a date, a review, an event.
    fn by(self, words: Words<'a>) -> Parsed<'a, Limit> {
        alt((|words: Words<'a>| self.date_or_reject(words, |moment| moment.last), |words: Words<'a>| self.review_or_event(words))).parse(words)
    }

    /// “No later than”: a duration too.
    fn latest(self, words: Words<'a>) -> Parsed<'a, Limit> {
        alt((|words: Words<'a>| self.by(words), |words: Words<'a>| self.duration(words, true))).parse(words)
    }

    /// “Before”.
    fn before(self, words: Words<'a>) -> Parsed<'a, Limit> {
        alt((|words: Words<'a>| self.date_or_reject(words, |moment| moment.before), |words: Words<'a>| self.review_or_event(words))).parse(words)
    }

    /// “Within”: a duration, or a term that is set elsewhere.
    fn within(self, words: Words<'a>) -> Parsed<'a, Limit> {
        // “Within the period of the next review”.
        let review = preceded(opt(entry(self.vocabulary, List::DurationLeads)), |words: Words<'a>| self.review(words));
        // “Within the current cycle” is by its end; “recommendations made in the current cycle” is no limit.
        let current = preceded(opt(entry(self.vocabulary, List::DateLinks)), entry(self.vocabulary, List::CurrentWords));
        let cycle = map_opt(preceded(current, entry(self.vocabulary, List::CycleAnchors)), |_| {
            let number = cycle_of(self.review.filter(|_| !self.place.follows_past())?);
            Some((DeadlineKind::Cycle { number, end: true }, 0))
        });
        alt((|words: Words<'a>| self.duration(words, false), review, cycle, |words: Words<'a>| self.external(words), |words: Words<'a>| self.term(words)))
            .parse(words)
    }

    /// “From September 2028” says when the act is due; “from 2009 to 2012” is a stretch of time.
    fn from(self, words: Words<'a>) -> Parsed<'a, Limit> {
        let (rest, limit) = self.weak_date(words)?;
        let goes_on = rest.iter().take(2).any(|word| word.gap.joins() && word.digits > 0)
            || rest.first().is_some_and(|word| word.gap.joins() && self.vocabulary.phrase(rest, List::DeadlineUntil).is_some());
        if goes_on { Err(nom::Err::Error(())) } else { Ok((rest, limit)) }
    }

    /// “In”: a date still to come, the next review, or elections.
    fn in_(self, words: Words<'a>) -> Parsed<'a, Limit> {
        alt((
            |words: Words<'a>| self.weak_date(words),
            |words: Words<'a>| self.review(words),
            |words: Words<'a>| self.event_to_come(words),
            |words: Words<'a>| self.term(words),
        ))
        .parse(words)
    }

    /// “Until the next review” is a deadline; “until 2030” is one if no plan is there to run until then.
    fn until(self, words: Words<'a>) -> Parsed<'a, Limit> {
        if self.place.follows_plan() {
            self.review(words)
        } else {
            alt((|words: Words<'a>| self.weak_date(words), |words: Words<'a>| self.review(words))).parse(words)
        }
    }

    /// What is a deadline without a preposition.
    fn alone(self, words: Words<'a>) -> Option<(Words<'a>, Limit)> {
        let rest_after = |list| self.vocabulary.phrase(words, list).and_then(|(_, length)| words.get(length..));
        if let Some(rest) = rest_after(List::MidTermAnchors).filter(|rest| !self.is_of_another(rest)) {
            return Some((rest, (DeadlineKind::MidTerm, 1)));
        }
        if let (Some((years, length)), Some(review)) = (self.vocabulary.phrase(words, List::NamedYears), self.review) {
            let rest = words.get(length..)?;
            // “Later this year”; not “in April this year”, of which April decides, and not “this year’s report”.
            let month = self.place.joined_before().is_some_and(|word| self.vocabulary.is(word, List::Months));
            let latest = Date::end_of_month(review.year() + u16::try_from(years).ok()?, 12)?;
            let alone = !month && rest.first().is_none_or(|word| word.gap != Gap::Apostrophe);
            return alone.then_some((rest, (DeadlineKind::Date { latest, precision: Precision::Year }, 1)));
        }
        // “The upcoming elections”; not “all upcoming elections”.
        let any = self.place.joined_before().is_some_and(|word| self.vocabulary.is(word, List::EventAny));
        let (_, length) = self.vocabulary.phrase(words, List::EventNext).filter(|_| !any)?;
        self.event(words.get(length..)?).ok()
    }

    fn date_or_reject(self, words: Words<'a>, choose: impl Fn(Moment) -> Date) -> Parsed<'a, Limit> {
        let (rest, moment) = date(self.vocabulary, self.review)(words)?;
        let (rest, _) = opt(entry(self.vocabulary, List::LatestTails)).parse(rest)?;
        Ok((rest, (DeadlineKind::Date { latest: choose(moment), precision: moment.precision }, 0)))
    }

    /// A date that counts only if it is still to come.
    fn weak_date(self, words: Words<'a>) -> Parsed<'a, Limit> {
        let (rest, moment) = date(self.vocabulary, self.review)(words)?;
        let kind = DeadlineKind::Date { latest: moment.last, precision: moment.precision };
        let (rest, at_the_latest) = opt(entry(self.vocabulary, List::LatestTails)).parse(rest)?;
        if at_the_latest.is_some() {
            return Ok((rest, (kind, 0)));
        }
        // In the year of the review itself, “made by the Committee in 2026” is more often past than to come.
        let still_to_come = self.review.is_some_and(|review| moment.before >= review || moment.last >= review && !self.place.follows_past());
        let told = || {
            let aside = matches!(self.place.aside().0, Aside::Relative | Aside::Duty) && !self.follows_end() && !self.is_set_off(rest);
            aside || self.place.follows_participle() || self.place.follows_plan_name()
        };
        if still_to_come && !told() { Ok((rest, (kind, 1))) } else { Err(nom::Err::Error(())) }
    }

    /// “Withhold money from districts that do not spend it, in the 2028 budget, and appoint …”: between commas before the next act, a
    /// date belongs to the act and not to the clause before it.
    fn is_set_off(self, rest: Words) -> bool {
        let before = self.place.after(0).is_some_and(|word| word.gap == Gap::Comma);
        before && rest.first().is_some_and(|word| word.gap == Gap::Comma && self.vocabulary.is(word, List::Coordinators))
    }

    fn duration(self, words: Words<'a>, strong: bool) -> Parsed<'a, Limit> {
        self.expect(Lists::of(&[List::TimeUnits]))?;
        let (rest, Duration { length, anchored }) = duration(self.vocabulary)(words)?;
        let limit = (DeadlineKind::Duration { length, anchored }, 0);
        let short = length < Length { months: 6, days: 0 };
        let content = !anchored
            && match self.place.aside().0 {
                Aside::Main | Aside::Purpose => length.months == 0 && strong,
                // “Ensure that detainees are brought to trial within two months”, but “ensure that all wells are safe within two years”.
                Aside::Result | Aside::Relative => short,
                // “Require courts to hear a case within 30 days”: whose duty it is, and how long, is the content of the law.
                Aside::Duty => true,
            };
        if content { Err(nom::Err::Error(())) } else { Ok((rest, limit)) }
    }

    fn review_or_event(self, words: Words<'a>) -> Parsed<'a, Limit> {
        alt((
            |words: Words<'a>| self.review(words),
            |words: Words<'a>| self.cycle(words),
            |words: Words<'a>| self.external(words),
            |words: Words<'a>| self.event_ahead(words),
        ))
        .parse(words)
    }

    /// “The next review”, “its mid-term report”.
    fn review(self, words: Words<'a>) -> Parsed<'a, Limit> {
        self.expect(REVIEWS)?;
        let anchor = alt((
            map(entry(self.vocabulary, List::ReviewAnchors), |_| (DeadlineKind::NextReview, 0)),
            map(entry(self.vocabulary, List::MidTermAnchors), |_| (DeadlineKind::MidTerm, 0)),
            map(terminated(entry(self.vocabulary, List::MidTermPoints), not_joined), |_| (DeadlineKind::MidTerm, 0)),
        ));
        let whose = alt((|words: Words<'a>| self.owner(words), entry(self.vocabulary, List::DateLinks)));
        let (rest, limit) = preceded(opt(whose), anchor).parse(words)?;
        let rest = self.review_tail(rest);
        if self.is_of_another(rest) { Err(nom::Err::Error(())) } else { Ok((rest, limit)) }
    }

    /// “Zemland’s”, “the country’s”.
    fn owner(self, words: Words<'a>) -> Parsed<'a, i64> {
        let joined = words.iter().take(LONGEST_NAME).take_while(|word| word.gap.joins());
        let mark = joined.enumerate().find(|(_, word)| word.gap == Gap::Apostrophe && self.vocabulary.is(word, List::Possessives));
        mark.and_then(|(at, _)| Some((words.get(at + 1..)?, 0))).ok_or(nom::Err::Error(()))
    }

    /// “The next review of the Penal Code” is not the State's.
    fn is_of_another(self, rest: Words) -> bool {
        rest.first().is_some_and(|word| word.gap.joins() && self.vocabulary.is(word, List::DurationOf))
    }

    /// What goes on with the name of a review: “session of the UPR”, “of Zemland under the UPR”.
    fn review_tail(self, words: Words<'a>) -> Words<'a> {
        let tail = |words: Words<'a>| entry(self.vocabulary, List::ReviewTails)(words).map_or(words, |(rest, _)| rest);
        let rest = tail(tail(words));
        match rest {
            // The name of a State: “of” with words in capitals after it.
            [of, name, ..] if of.gap.joins() && self.vocabulary.is(of, List::DurationOf) && name.capital => {
                let capitals = rest.iter().skip(1).take(LONGEST_NAME).take_while(|word| word.gap.joins() && word.capital).count();
                tail(rest.get(1 + capitals..).unwrap_or_default())
            }
            _ => rest,
        }
    }

    /// “The fifth cycle”, “the 5th UPR cycle”, “the end of the third cycle”, “the third review of Zemland under the UPR”.
    fn cycle(self, words: Words<'a>) -> Parsed<'a, Limit> {
        self.expect(Lists::of(&[List::CycleAnchors]))?;
        let links = || opt(entry(self.vocabulary, List::DateLinks));
        // “By the 2031 UPR”: the review that is next.
        let year = number(|word| word.digits == 4 && YEARS.contains(&word.number));
        let by_year = (links(), year, entry(self.vocabulary, List::CycleAnchors)).parse(words);
        if let Ok((rest, (_, year, _))) = by_year {
            let next = self.review.is_some_and(|review| u32::from(review.year()) < year);
            return if next { Ok((self.review_tail(rest), (DeadlineKind::NextReview, 0))) } else { Err(nom::Err::Error(())) };
        }
        let current = self.review.map(|review| i64::from(cycle_of(review)));
        let ordinal = alt((
            entry(self.vocabulary, List::Ordinals),
            map(terminated(number(|word| word.digits <= 2), entry(self.vocabulary, List::OrdinalEndings)), i64::from),
            map_opt(entry(self.vocabulary, List::CurrentWords), |_| current),
        ));
        let (rest, (end, _, _, ordinal, _)) =
            (opt(preceded(links(), entry(self.vocabulary, List::CycleEnds))), links(), links(), ordinal, entry(self.vocabulary, List::CycleAnchors))
                .parse(words)?;
        let number = u8::try_from(ordinal).map_err(|_| nom::Err::Error(()))?;
        // A State is reviewed once in each cycle: by the beginning of the one after this is by its next review.
        let next = end.is_none() && self.review.is_some_and(|review| cycle_of(review) + 1 == number);
        let kind = if next { DeadlineKind::NextReview } else { DeadlineKind::Cycle { number, end: end.is_some() } };
        Ok((self.review_tail(rest), (kind, 0)))
    }

    /// “The due date”.
    fn external(self, words: Words<'a>) -> Parsed<'a, Limit> {
        self.expect(Lists::of(&[List::ExternalDates]))?;
        let (rest, _) = preceded(opt(entry(self.vocabulary, List::DateLinks)), entry(self.vocabulary, List::ExternalDates)).parse(words)?;
        Ok((rest, (DeadlineKind::External, 2)))
    }

    /// “The term of office of the current Government”: the value 2 of an event.
    fn term(self, words: Words<'a>) -> Parsed<'a, Limit> {
        self.expect(EVENTS)?;
        let (rest, (_, _, value, _)) = (
            opt(entry(self.vocabulary, List::DateLinks)),
            opt(alt((entry(self.vocabulary, List::EventNext), entry(self.vocabulary, List::EventAdjectives)))),
            entry(self.vocabulary, List::EventWords),
            opt(entry(self.vocabulary, List::EventTails)),
        )
            .parse(words)?;
        if value == 2 { Ok((rest, (DeadlineKind::Event { latest: None }, 2))) } else { Err(nom::Err::Error(())) }
    }

    /// “Before the elections”, “by the end of its term of office”; “by the legislature” says who acts, not when.
    fn event_ahead(self, words: Words<'a>) -> Parsed<'a, Limit> {
        let end = preceded(opt(entry(self.vocabulary, List::DateLinks)), entry(self.vocabulary, List::CycleEnds));
        let at_the_end = preceded(end, alt((|words: Words<'a>| self.term(words), |words: Words<'a>| self.event(words))));
        let (rest, (kind, _)) = alt((at_the_end, |words: Words<'a>| self.event(words))).parse(words)?;
        Ok((rest, (kind, 0)))
    }

    /// “In the 2029 elections”, “in the upcoming election”: only a definite one that is still to come.
    fn event_to_come(self, words: Words<'a>) -> Parsed<'a, Limit> {
        let next = words.iter().take(3).any(|word| word.begins.meet(NEXT));
        let (rest, limit) = self.event(words)?;
        match limit.0 {
            DeadlineKind::Event { latest: Some(latest) } if self.review.is_some_and(|review| latest >= review) => Ok((rest, limit)),
            DeadlineKind::Event { latest: None } if next => Ok((rest, limit)),
            _ => Err(nom::Err::Error(())),
        }
    }

    /// “The holding of the presidential and provincial elections due in 2028”, “the 2027 World Cup”.
    fn event(self, words: Words<'a>) -> Parsed<'a, Limit> {
        self.expect(EVENTS)?;
        let mut rest = words;
        let mut year = None;
        // Only known adjectives may stand before the event: “before the courts and the right to vote” is no deadline.
        for _ in 0..8 {
            if let Ok((after, 1)) = entry(self.vocabulary, List::EventWords)(rest) {
                let after = opt(entry(self.vocabulary, List::EventTails)).parse(after).map_or(after, |(after, _)| after);
                let link = alt((entry(self.vocabulary, List::EventDates), entry(self.vocabulary, List::DeadlineIn), entry(self.vocabulary, List::DateLinks)));
                let dated = pair(opt(link), date(self.vocabulary, self.review)).parse(after).ok();
                let (after, latest) = match (year, dated) {
                    (None, Some((after, (_, moment)))) => (after, Some(moment.last)),
                    (year, _) => (after, year),
                };
                return Ok((after, (DeadlineKind::Event { latest }, 2)));
            }
            let adjective = alt((
                map(entry(self.vocabulary, List::EventAdjectives), |_| None),
                map(entry(self.vocabulary, List::EventNext), |_| None),
                map(entry(self.vocabulary, List::DateLinks), |_| None),
                map(entry(self.vocabulary, List::Coordinators), |_| None),
                map(number(|word| word.digits == 4 && YEARS.contains(&word.number)), Some),
            ))
            .parse(rest);
            let (after, found) = adjective?;
            year = year.or(found.and_then(|year| Date::end_of_month(u16::try_from(year).ok()?, 12)));
            rest = after;
        }
        Err(nom::Err::Error(()))
    }
}

/// How many words the name of a State may have.
const LONGEST_NAME: usize = 6;

/// Succeeds where no word is joined to what was read.
fn not_joined(words: Words) -> Parsed<()> {
    if words.first().is_some_and(|word| word.gap.joins()) { Err(nom::Err::Error(())) } else { Ok((words, ())) }
}

const NEXT: Lists = Lists::of(&[List::EventNext]);
const REVIEWS: Lists = Lists::of(&[List::ReviewAnchors, List::MidTermAnchors, List::MidTermPoints]);
const EVENTS: Lists = Lists::of(&[List::EventWords]);
