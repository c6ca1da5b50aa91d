//! A recommendation: a date behind “by”, “within” or “before”, the names of treaties and bodies, and a whole one to fill in.
//!
//! Dates are reckoned from the review and written in English, so that a brief in another language is offered none.

use std::collections::BTreeSet;

use lsp_types::CompletionItemKind;

use crate::brief::Role;
use crate::brief::date::Date;
use crate::brief::review::TimeFrame;
use crate::language::Reading;
use crate::markdown::Block;
use crate::text::Span;
use crate::text::prose::WordRange;
use crate::words::Language;

use super::super::edits;
use super::{Cursor, Offer, begins};

pub(super) fn offers(cursor: &Cursor<'_>) -> Vec<Offer> {
    if let Some(typed) = begun_item(cursor) {
        return whole(cursor, typed).into_iter().collect();
    }
    let Some((reading, span)) = recommendation(cursor) else { return Vec::new() };
    let text = cursor.document.source.slice(Span { start: span.start, end: cursor.at.max(span.start) });
    let dates = dates(cursor, reading, text);
    if dates.is_empty() { names(cursor, text) } else { dates }
}

/// The recommendation in which the cursor stands, or behind which it stands with nothing but white space between.
fn recommendation<'a>(cursor: &Cursor<'a>) -> Option<(&'a Reading, Span)> {
    let checked = &cursor.seen.checked;
    let mut found = checked.readings.iter().map(|reading| (reading, checked.document.prose.span(reading.words)));
    let before = found.rfind(|(_, span)| span.start < cursor.at)?;
    let between = cursor.document.source.slice(Span { start: before.1.end.min(cursor.at), end: cursor.at });
    (between.trim().is_empty() && !between.contains('\n')).then_some(before)
}

/// Months after the review for which a date is offered: the first leaves time to act, the last is still within the 4½ years.
const MONTHS: [u32; 4] = [24, 12, 36, 48];
/// Most words that may stand between “by” and the cursor.
const MOST_WORDS: usize = 3;

/// Dates behind the preposition before the cursor.
fn dates(cursor: &Cursor<'_>, reading: &Reading, text: &str) -> Vec<Offer> {
    let checked = &cursor.seen.checked;
    if checked.brief.language != Language::English {
        return Vec::new();
    }
    let Some((preposition, typed)) = behind_preposition(cursor, text) else { return Vec::new() };
    // One deadline is enough; the one at the cursor is being written.
    let here = |words: WordRange| {
        let span = checked.document.prose.span(words);
        span.start <= cursor.at && cursor.at <= span.end
    };
    if reading.deadline().is_some_and(|(words, _)| !here(words)) {
        return Vec::new();
    }
    let place = cursor.typed(typed);
    let offer = |(label, detail): (String, String)| Offer { text: label.clone(), label, detail, kind: CompletionItemKind::CONSTANT, place, snippet: false };
    times(preposition, &checked.brief.frame).into_iter().filter(|(label, _)| begins(label, typed)).map(offer).collect()
}

/// The prepositions of a deadline, by their word lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Preposition {
    By,
    Before,
    Within,
}

/// The preposition before the cursor, with what was typed behind it.
fn behind_preposition<'a>(cursor: &Cursor<'_>, text: &'a str) -> Option<(Preposition, &'a str)> {
    let mut ends: Vec<usize> = text.match_indices(char::is_whitespace).map(|(at, _)| at).collect();
    ends.dedup_by(|next, last| *next == *last + 1);
    ends.into_iter().rev().take(MOST_WORDS + 1).find_map(|end| {
        let (before, after) = text.split_at_checked(end)?;
        let word = before.rsplit(|character: char| !character.is_alphabetic()).next()?;
        Some((preposition(cursor, word)?, after.trim_start()))
    })
}

fn preposition(cursor: &Cursor<'_>, word: &str) -> Option<Preposition> {
    let lexicon = &cursor.book.lexicon;
    let lists = [("deadline by", Preposition::By), ("deadline before", Preposition::Before), ("deadline within", Preposition::Within)];
    // “In” begins a duration too, but far more often something else.
    let is_in = |name: &str| {
        let entries = lexicon.list(name).map_or(&[][..], |list| lexicon.entries(Language::English, list));
        word.len() > 2 && entries.iter().any(|entry| entry.phrase.eq_ignore_ascii_case(word)) || word.eq_ignore_ascii_case("by") && name == "deadline by"
    };
    lists.into_iter().find(|(name, _)| is_in(name)).map(|(_, preposition)| preposition)
}

/// What can stand behind a preposition, with what it means.
fn times(preposition: Preposition, frame: &TimeFrame) -> Vec<(String, String)> {
    let review = frame.review.map(|review| review.date);
    let after = |months: u32| format!("{months} months after the review");
    let next = ("the next review".to_owned(), frame.limit().map_or_else(|| "4½ years after this one".to_owned(), |limit| format!("that is, {limit}")));
    if preposition == Preposition::Within {
        let until = |months: u32| review.map_or_else(String::new, |review| format!("until {}", review.add_months(months)));
        return MONTHS.map(|months| (format!("{months} months of the review"), until(months))).to_vec();
    }
    let months = |review: Date| MONTHS.map(|months| (review.add_months(months).month_in_words(), after(months))).to_vec();
    let mut times = review.map(months).unwrap_or_default();
    if preposition == Preposition::By {
        times.extend(frame.limit().map(|limit| (limit.to_string(), "the limit: 4½ years after the review".to_owned())));
    }
    times.push(next);
    times
}

/// Letters of a name before it is completed.
const FEWEST_LETTERS: usize = 2;
/// Most words of a name that may be typed already.
const MOST_WORDS_OF_A_NAME: usize = 8;
/// The lists whose entries go by their names.
const NAMES: [&str; 6] = ["treaty names", "treaty acronyms", "protocol names", "un bodies", "un acronyms", "special procedures"];

/// The treaties and bodies whose names begin with what was typed, from a capital letter on.
fn names(cursor: &Cursor<'_>, text: &str) -> Vec<Offer> {
    let mut starts: Vec<usize> = text.match_indices(|character: char| character.is_uppercase()).map(|(at, _)| at).collect();
    starts.retain(|&at| !text.get(..at).is_some_and(|before| before.ends_with(|character: char| character.is_alphanumeric())));
    let near = starts.into_iter().rev().filter_map(|at| text.get(at..));
    // The longest beginning says the most. The last one that is tried must be near.
    let mut best: Option<(&str, BTreeSet<String>)> = None;
    for typed in near.take_while(|typed| typed.split_whitespace().count() <= MOST_WORDS_OF_A_NAME) {
        // After a space only a name of which two words stand there is meant: “Optional Protocol ”.
        let least = if typed.ends_with(' ') { typed.split_whitespace().count() >= 2 } else { typed.chars().count() >= FEWEST_LETTERS };
        let found = if least { named(cursor, typed) } else { BTreeSet::new() };
        if !found.is_empty() {
            best = Some((typed, found));
        }
    }
    let Some((typed, found)) = best else { return Vec::new() };
    let place = cursor.typed(typed);
    let offer = |name: String| Offer {
        text: name.clone(),
        detail: "a treaty or body by its name".to_owned(),
        label: name,
        kind: CompletionItemKind::REFERENCE,
        place,
        snippet: false,
    };
    found.into_iter().map(offer).collect()
}

/// The names that begin so, in the right spelling.
fn named(cursor: &Cursor<'_>, typed: &str) -> BTreeSet<String> {
    let lexicon = &cursor.book.lexicon;
    let language = cursor.seen.checked.brief.language;
    let entries = NAMES.iter().filter_map(|name| lexicon.list(name)).flat_map(|list| lexicon.entries(language, list));
    let right = entries.map(|entry| entry.instead.as_deref().unwrap_or(&entry.phrase));
    // “Convention No” waits for its number, and a name in small letters is a common noun.
    let is_name = |name: &&str| name.starts_with(char::is_uppercase) && !name.ends_with(" No") && !name.ends_with(" Nos");
    right.filter(is_name).filter(|name| begins(name, typed) && *name != typed).map(str::to_owned).collect()
}

/// What was typed of a new item, if its list is one of recommendations: nothing, or the beginning of a word.
fn begun_item<'a>(cursor: &Cursor<'a>) -> Option<&'a str> {
    let line = cursor.line.trim_start();
    let marked = line.strip_prefix(['-', '*', '+']).or_else(|| line.trim_start_matches(|digit: char| digit.is_ascii_digit()).strip_prefix(['.', ')']))?;
    let typed = marked.strip_prefix(' ')?.trim_start();
    let rest = cursor.document.source.text().get(cursor.at as usize..)?.lines().next().unwrap_or_default();
    let is_begun = rest.trim().is_empty() && typed.chars().all(char::is_alphabetic);
    (is_begun && is_among_recommendations(cursor)).then_some(typed)
}

/// Whether the last block before this line is a recommendation, what leads to some, or the heading over them.
fn is_among_recommendations(cursor: &Cursor<'_>) -> bool {
    let checked = &cursor.seen.checked;
    let start = cursor.at - cursor.line.len() as u32;
    let before = checked.document.blocks.partition_point(|block| block.span.start < start);
    let Some((block, role)) = before.checked_sub(1).and_then(|at| checked.document.blocks.get(at).zip(checked.brief.roles.get(at))) else { return false };
    match role {
        Role::Recommendation | Role::LeadIn => true,
        Role::Heading => is_heading_of_recommendations(cursor, block),
        _ => false,
    }
}

fn is_heading_of_recommendations(cursor: &Cursor<'_>, block: &Block) -> bool {
    let text = cursor.seen.checked.document.words(block);
    let words = cursor.book.lexicon.read(text, Some(cursor.seen.checked.brief.language));
    words.of(cursor.book.guide.lists.heading_recommendations, WordRange::new(0..text.len())).next().is_some()
}

/// A whole recommendation to fill in.
fn whole(cursor: &Cursor<'_>, typed: &str) -> Option<Offer> {
    let brief = &cursor.seen.checked.brief;
    let label = "S.M.A.R.T. recommendation";
    if brief.language != Language::English || !(begins(label, typed) || begins("recommendation", typed) || begins("smart", typed)) {
        return None;
    }
    let date = brief.frame.halfway().map(Date::month_in_words);
    let parts = [("[Amend, adopt, open, fund …]", " "), ("[what, with its name or number]", " "), ("[for whom or against what]", " by ")];
    let mut text = String::new();
    let mut gaps = Vec::new();
    // A date that is reckoned is good as it stands, and may be written over all the same.
    for (part, behind) in parts.into_iter().chain([(date.as_deref().unwrap_or("[month and year]"), ".")]) {
        gaps.push(text.len()..text.len() + part.len());
        text.push_str(part);
        text.push_str(behind);
    }
    let snippet = cursor.client.snippets;
    Some(Offer {
        label: label.to_owned(),
        detail: "one act, on one right, that can be checked, by a date".to_owned(),
        kind: CompletionItemKind::SNIPPET,
        place: cursor.typed(typed),
        text: if snippet { edits::snippet(&text, &gaps) } else { text },
        snippet,
    })
}
