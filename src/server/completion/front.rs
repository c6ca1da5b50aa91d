//! The front matter: its keys, and the States and sessions of the calendar.

use lsp_types::CompletionItemKind;

use crate::brief::keys::{self, Key};
use crate::brief::review::{Calendar, State};
use crate::pages::setting;
use crate::words::Language;

use super::{Cursor, Offer, begins};

pub(super) fn offers(cursor: &Cursor<'_>) -> Vec<Offer> {
    let Some((key, value)) = cursor.line.split_once(':') else { return keys(cursor) };
    let is = |known: &Key| known.names.contains(&plain(key).as_str());
    let calendar = &cursor.book.guide.calendar;
    let values: Vec<(String, String)> = if is(&keys::STATE) {
        states(cursor, calendar)
    } else if is(&keys::SESSION) {
        sessions(cursor, calendar)
    } else if is(&keys::REVIEW) {
        reviews(cursor, calendar)
    } else if is(&keys::LANGUAGE) {
        Language::ALL.map(|language| (language.code().to_owned(), format!("{language:?}"))).to_vec()
    } else if is(&keys::CONSENT) {
        vec![("yes".to_owned(), keys::CONSENT.about.to_owned())]
    } else {
        Vec::new()
    };
    let typed = value.trim_start();
    let fitting = values.into_iter().filter(|(value, detail)| begins(value, typed) || begins(detail, typed));
    let gap = if value.is_empty() { " " } else { "" };
    let offer = |(label, detail): (String, String)| Offer {
        text: format!("{gap}{label}"),
        label,
        detail,
        kind: CompletionItemKind::VALUE,
        place: cursor.typed(typed),
        snippet: false,
    };
    fitting.map(offer).collect()
}

fn plain(key: &str) -> String {
    key.trim().to_lowercase().replace('-', "_")
}

/// The keys that are not there yet.
fn keys(cursor: &Cursor<'_>) -> Vec<Offer> {
    let typed = cursor.line;
    if typed.starts_with([' ', '\t', '#', '-']) {
        return Vec::new();
    }
    let text = cursor.document.source.text();
    let here = cursor.document.source.lines().line(cursor.at) as usize;
    let yaml = text.lines().enumerate().skip(1).take_while(|(_, line)| line.trim_end() != "---");
    let written: Vec<String> = yaml.filter(|(at, _)| *at != here).filter_map(|(_, line)| Some(plain(line.split_once(':')?.0))).collect();
    let known = keys::ALL.iter().map(|key| (key.names, key.about)).chain([(&[setting::KEY][..], setting::ABOUT)]);
    let missing = known.filter(|(names, _)| !names.iter().any(|name| written.iter().any(|written| written == name)));
    let offers = missing.filter_map(|(names, about)| {
        let name = names.first().filter(|name| begins(name, typed))?;
        Some(Offer {
            label: (*name).to_owned(),
            detail: about.to_owned(),
            kind: CompletionItemKind::PROPERTY,
            place: cursor.typed(typed),
            text: format!("{name}: "),
            snippet: false,
        })
    });
    offers.collect()
}

/// The States by the names that the brief's language gives them, those of the session that is named first.
fn states(cursor: &Cursor<'_>, calendar: &Calendar) -> Vec<(String, String)> {
    let frame = &cursor.seen.checked.brief.frame;
    let reviewed = frame.session.and_then(|number| calendar.session(number)).map_or(&[][..], |session| session.states.as_slice());
    let mut all: Vec<(bool, &str, &State)> = Vec::new();
    for state in &calendar.states {
        let name = state.names(cursor.seen.checked.brief.language).first();
        all.extend(name.map(|name| (!reviewed.contains(&state.code), name.as_str(), state)));
    }
    all.sort_by_key(|&(other, name, _)| (other, name));
    let detail = |state: &State| match calendar.session_of(&state.code) {
        Some(session) => format!("{} · session {}, {}", state.code, session.number, session.month_end.month_in_words()),
        None => state.code.clone(),
    };
    all.into_iter().map(|(_, name, state)| (name.to_owned(), detail(state))).collect()
}

/// The sessions: that of the State that is named first, then from the latest to the earliest.
fn sessions(cursor: &Cursor<'_>, calendar: &Calendar) -> Vec<(String, String)> {
    let own = cursor.seen.checked.brief.frame.code.as_deref().and_then(|code| calendar.session_of(code)).map(|session| session.number);
    let mut all: Vec<_> = calendar.sessions.iter().collect();
    all.sort_by_key(|session| (Some(session.number) != own, std::cmp::Reverse(session.number)));
    all.into_iter().map(|session| (session.number.to_string(), session.month_end.month_in_words())).collect()
}

/// The day of the review if the calendar has it, and the month of its session.
fn reviews(cursor: &Cursor<'_>, calendar: &Calendar) -> Vec<(String, String)> {
    let frame = &cursor.seen.checked.brief.frame;
    let session = frame.session.and_then(|number| calendar.session(number));
    let session = session.or_else(|| frame.code.as_deref().and_then(|code| calendar.session_of(code)));
    let Some(session) = session else { return Vec::new() };
    let day = calendar.days.iter().find(|day| Some(day.state.as_str()) == frame.code.as_deref() && day.session == session.number);
    let day = day.map(|day| (day.day.iso(), day.day.to_string()));
    let month = session.month_end.iso().get(..7).map(|month| (month.to_owned(), format!("the month of session {}", session.number)));
    day.into_iter().chain(month).collect()
}
