//! The calendar as written and as meant.

use serde::Deserialize;
use toml::Spanned;

use crate::brief::date::Date;
use crate::brief::review::{Calendar, Cycle, ReviewDate, ReviewDay, Session, State};
use crate::diagnostic::Diagnostic;
use crate::text::{Source, Span};

use super::faults::Faults;
use super::tables::parse;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarAsWritten {
    cycle: Vec<CycleAsWritten>,
    session: Vec<SessionAsWritten>,
    #[serde(default)]
    day: Vec<DayAsWritten>,
    state: Vec<StateAsWritten>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CycleAsWritten {
    number: u16,
    first: u16,
    last: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SessionAsWritten {
    number: u16,
    month: Spanned<String>,
    first_day: Option<Spanned<String>>,
    last_day: Option<Spanned<String>>,
    dates: Spanned<String>,
    states: Vec<String>,
    states_are: Spanned<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayAsWritten {
    state: String,
    session: u16,
    day: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StateAsWritten {
    code: String,
    en: Vec<String>,
    fr: Vec<String>,
    es: Vec<String>,
}

/// Reads the calendar.
///
/// # Errors
/// Diagnostics that point into the file.
pub fn read(source: &Source) -> Result<Calendar, Vec<Diagnostic>> {
    let mut faults = Faults::of("rule-file");
    let calendar = parse::<CalendarAsWritten>(source, &mut faults).map(|written| meant(written, &mut faults));
    faults.into_result(calendar)
}

fn meant(written: CalendarAsWritten, faults: &mut Faults) -> Calendar {
    let cycles = written.cycle.into_iter().map(|cycle| Cycle { number: cycle.number, first: cycle.first, last: cycle.last });
    let sessions = written.session.into_iter().filter_map(|session| session_meant(session, faults)).collect();
    let day = |day: DayAsWritten, faults: &mut Faults| {
        let date = date(&day.day, faults)?;
        Some(ReviewDay { state: day.state, session: day.session, day: date })
    };
    let days = written.day.into_iter().filter_map(|written| day(written, faults)).collect();
    let states = written.state.into_iter().map(|state| State { code: state.code, names: [state.en, state.fr, state.es] });
    Calendar::new(states.collect(), sessions, cycles.collect(), days)
}

fn session_meant(session: SessionAsWritten, faults: &mut Faults) -> Option<Session> {
    let month = ReviewDate::parse(session.month.as_ref());
    if month.is_none() {
        faults.say(Span::new(session.month.span()), "A month is written year-month: “2026-11”.", None);
    }
    let first = session.first_day.as_ref().and_then(|day| date(day, faults));
    let last = session.last_day.as_ref().and_then(|day| date(day, faults));
    let dates = one_of(&session.dates, &["sourced", "unchecked", "month"], faults)?;
    let states_inferred = one_of(&session.states_are, &["sourced", "inferred"], faults)? == "inferred";
    Some(Session {
        number: session.number,
        month_end: month?.date,
        days: first.zip(last).filter(|_| dates == "sourced"),
        inferred: dates == "unchecked",
        states_inferred,
        states: session.states,
    })
}

fn one_of<'n>(written: &Spanned<String>, known: &[&'n str], faults: &mut Faults) -> Option<&'n str> {
    let found = known.iter().copied().find(|name| *name == written.as_ref().as_str());
    if found.is_none() {
        faults.say(Span::new(written.span()), format!("“{}” is none of: {}.", written.as_ref(), known.join(", ")), None);
    }
    found
}

fn date(written: &Spanned<String>, faults: &mut Faults) -> Option<Date> {
    let date = Date::parse(written.as_ref());
    if date.is_none() {
        faults.say(Span::new(written.span()), "A day is written year-month-day: “2026-11-05”.", None);
    }
    date
}
