//! The clauses of a recommendation beside its main one: examples, further acts, purposes.

use std::ops::Range;

use crate::words::{Form, Hit, Word};

use super::super::Context;
use super::verbs::{skip_adverbs, verb_at};

/// Words after the verb among which its object is looked for.
pub(super) const CLAUSE_WORDS: u32 = 8;

/// How an example is joined to what it explains: the values of the list "means leads".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// "by", "through", "including by".
    Means,
    /// "including", "such as".
    Example,
    /// "in particular", "especially".
    Emphasis,
    /// "with a view to": an aim, not a means.
    Aim,
}

/// A verb with its object, as a part of a recommendation.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// The verb, or the noun that stands for one.
    pub verb: Option<Hit>,
    /// The words of the object.
    pub objects: Range<u32>,
}

/// An example and what it says.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    /// How it is joined.
    pub lead: Lead,
    /// The number of its first word, the lead itself.
    pub first: u32,
    /// Verb and object; without a verb, a thing.
    pub clause: Clause,
}

/// The words after `from` that belong to the object: up to a punctuation mark, the lead of an example, or eight words.
pub(super) fn objects(context: &Context<'_>, from: u32, end: u32) -> Range<u32> {
    let limit = end.min(from.saturating_add(CLAUSE_WORDS));
    let stop = (from..limit).find(|&at| {
        let parted = at > from && context.words.word(at).is_none_or(|word| !word.is_joined());
        parted || (at > from && context.words.at(context.lists().means_leads, at).is_some())
    });
    from..stop.unwrap_or(limit).max(from)
}

/// All examples of a recommendation after the word `from`.
pub(super) fn tails(context: &Context<'_>, from: u32, end: u32) -> Vec<Tail> {
    let lists = context.lists();
    let mut found = Vec::new();
    let mut at = from;
    while at < end {
        let Some(lead) = context.words.at(lists.means_leads, at) else {
            at += 1;
            continue;
        };
        let kind = match context.lexicon.entry(context.words, lead).map(|entry| entry.value) {
            Some(1) => Lead::Means,
            Some(2) => Lead::Example,
            Some(3) => Lead::Emphasis,
            _ => Lead::Aim,
        };
        let first = at;
        at = past_small_words(context, lead.last, end);
        if at >= end {
            break;
        }
        let mut add = |clause| found.push(Tail { lead: kind, first, clause });
        if let Some(verb) = tail_verb(context, at) {
            add(Clause { verb: Some(verb), objects: objects(context, verb.last, end) });
            at = verb.last;
            // "by amending the Code, training judges and opening shelters": each counts.
            for next in verb.last..end.min(verb.last + COORDINATED_WORDS) {
                let joined = context.words.word(next).is_some_and(Word::is_joined);
                if joined && !context.is(next.saturating_sub(1), &["and", "or", "as"]) {
                    continue;
                }
                if let Some(verb) = tail_verb(context, past_small_words(context, next, end)) {
                    add(Clause { verb: Some(verb), objects: objects(context, verb.last, end) });
                }
            }
            continue;
        }
        let words = objects(context, at, end);
        let nominal = context.words.hits(words.start..words.end.min(words.start + NOMINAL_WORDS)).find(|hit| hit.list == lists.verb_nominals);
        match nominal {
            Some(noun) => add(Clause { verb: Some(noun), objects: objects(context, noun.last, end) }),
            None => add(Clause { verb: None, objects: words }),
        }
    }
    found
}

/// Words after the first verb of an example among which other verbs are looked for.
const COORDINATED_WORDS: u32 = 25;
/// Words at the beginning of an example among which a noun that stands for a verb is looked for.
const NOMINAL_WORDS: u32 = 5;

fn past_small_words(context: &Context<'_>, from: u32, end: u32) -> u32 {
    let mut at = from;
    while at < end {
        let next = skip_adverbs(context, at);
        if next > at {
            at = next;
        } else if context
            .is(at, &["by", "through", "the", "a", "an", "its", "all", "also", "as", "of", "in", "both", "alia", "inter", "means", "among", "others", "and"])
        {
            at += 1;
        } else {
            break;
        }
    }
    at
}

fn tail_verb(context: &Context<'_>, at: u32) -> Option<Hit> {
    let lists = context.lists();
    let own = verb_at(context, at).or_else(|| context.words.at(lists.rescue_verbs, at));
    own.filter(|hit| hit.form == Form::Ing)
}

/// "Strengthen the commission and amend its law": other acts that are asked for, each with its object.
pub(super) fn further_acts(context: &Context<'_>, from: u32, end: u32) -> Vec<Clause> {
    let mut found = Vec::new();
    for at in from + 1..end {
        let parted = context.words.word(at).is_some_and(|word| !word.is_joined());
        let conjunction = context.is(at - 1, &["and", "or"]) || (context.is(at - 1, &["as"]) && context.is(at.saturating_sub(2), &["well"]));
        if !parted && !conjunction {
            continue;
        }
        let after = if parted && context.is(at, &["and", "or"]) { at + 1 } else { at };
        let before = after.saturating_sub(1);
        let comma = parted || (conjunction && context.words.word(before).is_some_and(|word| !word.is_joined()));
        let Some(verb) = verb_at(context, skip_adverbs(context, after)).filter(|hit| hit.form == Form::Base) else { continue };
        let object = context.is(verb.last, &["the", "a", "an", "its", "all", "that", "their", "any", "to", "on"]);
        if comma || object {
            found.push(Clause { verb: Some(verb), objects: objects(context, verb.last, end) });
        }
    }
    found
}

/// "Take measures to abolish …": the act for which something is done.
pub(super) fn purpose(context: &Context<'_>, from: u32, end: u32) -> Option<Clause> {
    let window = objects(context, from, end);
    (window.start..window.end).find_map(|at| {
        if !context.is(at, &["to"]) {
            return None;
        }
        let verb = verb_at(context, skip_adverbs(context, at + 1)).filter(|hit| hit.form == Form::Base)?;
        Some(Clause { verb: Some(verb), objects: objects(context, verb.last, end) })
    })
}
