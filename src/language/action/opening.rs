//! Where the action begins: past lead-ins, leading clauses and adverbs, in whatever form the verb stands.

use std::ops::Range;

use crate::text::prose::WordRange;
use crate::words::{Form, Hit};

use super::super::Context;
use super::verbs::{Class, skip_adverbs, verb_at};

/// The opening of a recommendation.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    /// The verb that decides, or the noun that stands for one.
    pub verb: Option<Hit>,
    /// The first of two verbs of which the second decides: "continue and strengthen".
    pub before: Option<Hit>,
    /// The number of the first word of the verb to show.
    pub first: u32,
    /// The number of the word after it.
    pub last: u32,
    /// Where its object begins.
    pub object: u32,
    /// The words of the subject, which is what a passive verb is about: "that legislation be introduced".
    pub subject: Option<Range<u32>>,
}

/// Words at the beginning among which the verb after a subject is looked for.
const SUBJECT_WORDS: u32 = 14;
/// Most words that are passed over to find a verb.
const SKIPPED_WORDS: u32 = 40;
/// Words among which the participle of a passive verb is looked for.
const PASSIVE_WORDS: u32 = 30;

/// Finds the opening; without any verb it is the first word.
pub(super) fn find(context: &Context<'_>, words: WordRange) -> Opening {
    let numbers = context.words.numbers(words);
    let at = begin(context, words);
    if context.is(at, &["be", "is", "are"])
        && let Some(opening) = passive(context, numbers.clone())
    {
        return opening;
    }
    let nominal = context.words.at(context.lists().verb_nominals, at);
    if let Some(verb) = verb_at(context, at).or(nominal) {
        return with_second(context, verb, numbers.end);
    }
    if let Some(opening) = passive(context, numbers.clone()) {
        return opening;
    }
    if context.lists().opening_verb(context.words, at).is_none()
        && let Some(verb) = after_subject(context, numbers.clone())
    {
        return with_second(context, verb, numbers.end);
    }
    let known = context.lists().opening_verb(context.words, at);
    let last = known.map_or(at + 1, |hit| hit.last).min(numbers.end.max(at + 1));
    Opening { verb: None, before: None, first: at, last, object: last, subject: None }
}

/// The published method: of two verbs at the beginning the second decides.
fn with_second(context: &Context<'_>, verb: Hit, end: u32) -> Opening {
    let alone = Opening { verb: Some(verb), before: None, first: verb.first, last: verb.last, object: verb.last, subject: None };
    let and = skip_adverbs(context, verb.last);
    if !context.is(and, &["and", "or"]) {
        return alone;
    }
    let second = verb_at(context, skip_adverbs(context, and + 1)).filter(|hit| hit.last <= end && matches!(hit.form, Form::Base | Form::Ing));
    let Some(second) = second else { return alone };
    // The first verb is shown unless the second changes the category ("continue and strengthen").
    let shown = if Class::of(context, verb).category() == Class::of(context, second).category() { verb } else { second };
    Opening { verb: Some(second), before: Some(verb), first: shown.first, last: shown.last, object: second.last, subject: None }
}

/// "That legislation be introduced": the participle is the verb and the subject its object.
fn passive(context: &Context<'_>, numbers: Range<u32>) -> Option<Opening> {
    let window = numbers.start..numbers.end.min(numbers.start.saturating_add(PASSIVE_WORDS));
    let to_be = window.clone().find(|&at| context.is(at, &["be", "is", "are", "being"]))?;
    let verb = verb_at(context, skip_adverbs(context, to_be + 1)).filter(|hit| hit.form == Form::Past && hit.last <= numbers.end)?;
    let subject = Some(window.start..to_be);
    Some(Opening { verb: Some(verb), before: None, first: verb.first, last: verb.last, object: verb.last, subject })
}

/// "To South Sudan to establish …", "In cooperation with UNESCO continue": the first verb that cannot be a noun here.
fn after_subject(context: &Context<'_>, numbers: Range<u32>) -> Option<Hit> {
    let lists = context.lists();
    let window = numbers.start + 1..numbers.end.min(numbers.start.saturating_add(SUBJECT_WORDS));
    window.into_iter().find_map(|at| {
        let verb = verb_at(context, at).filter(|hit| matches!(hit.form, Form::Base | Form::Third) && hit.last <= numbers.end)?;
        let noun = context.words.at(lists.verbs_that_are_nouns, at).is_some() && !context.is(at - 1, &["to"]);
        (!noun && !context.is(at - 1, &["the", "a", "an", "of", "in", "on", "for", "and", "its"])).then_some(verb)
    })
}

/// The number of the word with which the action begins.
fn begin(context: &Context<'_>, words: WordRange) -> u32 {
    let numbers = context.words.numbers(words);
    let lists = context.lists();
    let start = skip(context, numbers.start, numbers.end);
    let gerund = verb_at(context, start).is_some_and(|hit| hit.form == Form::Ing);
    if gerund && let Some(main) = after_leading_clause(context, words) {
        return main;
    }
    if start < numbers.end && is_opening(context, start) {
        return start;
    }
    // "The Government should …", "That the State …": after the modal verb, or after a short subject.
    let subject = numbers.start..numbers.end.min(numbers.start.saturating_add(SUBJECT_WORDS));
    if let Some(modal) = context.words.hits(subject.clone()).find(|hit| hit.list == lists.modal_verbs) {
        let after = skip(context, modal.last, numbers.end);
        return after.min(numbers.end.saturating_sub(1));
    }
    if context.is(numbers.start, &["that"]) || context.is(start.saturating_sub(1), &["that"]) {
        let found = (numbers.start + 1..subject.end).find(|&at| is_base_verb(context, at) && !context.is(at.saturating_sub(1), &["to", "the"]));
        return found.unwrap_or(start.min(numbers.end.saturating_sub(1)));
    }
    after_leading_clause(context, words).unwrap_or(if start < numbers.end { start } else { numbers.start })
}

/// "In line with …, amend", "Keeping to the calendar, open": the base verb after the comma of a leading clause.
fn after_leading_clause(context: &Context<'_>, words: WordRange) -> Option<u32> {
    let Range { start: first, end } = context.words.numbers(words);
    let leads = context.words.at(context.lists().leading_words, first).is_some() || context.text(first).ends_with("ing");
    if !leads {
        return None;
    }
    let commas = context.prose.slice(words).match_indices(',');
    commas.into_iter().find_map(|(comma, _)| {
        let rest = WordRange { start: words.start + comma as u32 + 1, end: words.end };
        let next = skip(context, context.words.numbers(rest).start, end);
        (next < end && is_base_verb(context, next)).then_some(next)
    })
}

/// Past "to", "not", "recommended that" and adverbs.
fn skip(context: &Context<'_>, from: u32, end: u32) -> u32 {
    let mut at = from;
    let end = end.min(from.saturating_add(SKIPPED_WORDS));
    while at < end {
        let adverb = context.words.at(context.lists().opening_adverbs, at);
        if adverb.is_none() && is_opening(context, at) {
            break;
        }
        let small =
            context.is(at, &["to", "not", "also", "the", "its", "a", "an", "please", "and", "that", "recommend", "recommends", "recommended", "it", "was"]);
        if let Some(adverb) = adverb {
            at = adverb.last;
        } else if small || (ends_like_adverb(context.text(at)) && at + 1 < end) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// "Forcefully", "exhaustively": no list has them all. Verbs in -ly are in the lists of verbs and are seen first.
fn ends_like_adverb(word: &str) -> bool {
    word.len() > 4 && word.get(word.len() - 2..).is_some_and(|end| end.eq_ignore_ascii_case("ly"))
}

fn is_opening(context: &Context<'_>, at: u32) -> bool {
    verb_at(context, at).is_some() || context.words.at(context.lists().verb_nominals, at).is_some() || context.lists().opening_verb(context.words, at).is_some()
}

fn is_base_verb(context: &Context<'_>, at: u32) -> bool {
    let base = |hit: Hit| hit.form == Form::Base;
    verb_at(context, at).is_some_and(base) || context.lists().opening_verb(context.words, at).is_some_and(base)
}
