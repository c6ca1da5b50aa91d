//! How many actions one recommendation asks for.
//!
//! Verbs that belong to one act ("sign and ratify") count as one, and so do those of a purpose or of a relative clause ("to
//! protect and assist", "who exploit and sell"). Where the opening only carries another verb ("take measures to …", "continue
//! to …", "consider …ing"), that verb is the act.

use std::ops::Range;

use crate::text::prose::WordRange;
use crate::words::{Form, Hit};

use super::super::Context;
use super::verbs::{Class, skip_adverbs, verb_at};
use super::{Action, Category};

/// Words after a carrying verb among which the verb that it carries is looked for: "take all necessary and appropriate steps to".
const CARRIED_WITHIN: u32 = 8;

/// What the words at hand belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// The act itself.
    Act,
    /// "to protect and assist": a base verb may go on with the purpose.
    Purpose,
    /// "who exploit and sell": a base verb may go on with the clause.
    Relative,
}

/// The verbs of the separate actions; the first is the opening verb.
pub(in super::super) fn separate(context: &Context<'_>, words: WordRange, action: &Action) -> Vec<WordRange> {
    let numbers = context.words.numbers(words);
    let mut verbs = vec![action.verb];
    let carried = carried(context, action, numbers.end);
    let form = carried.map_or(Form::Base, |verb| verb.form);
    let mut previous = carried.or_else(|| verb_at(context, action.first));
    let mut inside = Inside::Act;
    let last_and = numbers.clone().rev().find(|&word| context.is(word, &["and"]));
    for at in carried.map_or(action.last, |verb| verb.last)..numbers.end {
        let Some(before) = at.checked_sub(1) else { continue };
        inside = enter(context, at, numbers.end).unwrap_or(inside);
        let gap = between(context, before, at);
        let ended = gap.contains(';') || gap.contains(". ");
        if ended {
            inside = Inside::Act;
        }
        let parted = gap.contains(',') || ended;
        let conjunction = context.is(before, &["and", "or"]) || is_as_well_as(context, before);
        if !parted && !conjunction {
            continue;
        }
        // A comma or semicolon before the conjunction leads back to the act itself.
        let before_conjunction = conjunction.then(|| before.checked_sub(1).map(|earlier| between(context, earlier, before))).flatten();
        let led_back = before_conjunction.is_some_and(|gap| gap.contains([',', ';']));
        let Some(next) = next_verb(context, at, form) else { continue };
        let counts = match inside {
            // After a comma a verb counts only as part of a list of verbs ("ratify X, amend Y and train Z"): a conjunction comes later.
            Inside::Act => ended || conjunction || last_and.is_some_and(|and| and >= at),
            Inside::Purpose | Inside::Relative => ended || (led_back && !next.after_to && (next.has_object || next.after_adverb)),
        };
        if !counts {
            continue;
        }
        if !previous.is_some_and(|previous| is_pair(context, previous, next.verb)) {
            inside = Inside::Act;
            verbs.push(context.words.range(next.verb));
        }
        previous = Some(next.verb);
    }
    verbs
}

/// How many actions there are if each treaty to be ratified counts: "ratify the Convention and its Protocol" asks for two.
pub(in super::super) fn with_treaties(context: &Context<'_>, words: WordRange, action: &Action, actions: usize, treaties: &[WordRange]) -> usize {
    let numbers = context.words.numbers(words);
    let joins = |hit: &Hit| context.words.at(context.lists().treaty_verbs, hit.first).is_some();
    let opening = context.words.hits(action.first..numbers.end.min(action.last + CARRIED_WITHIN));
    let Some(verb) = opening.filter(joins).map(|hit| context.words.range(hit)).next() else { return actions };
    let protocols = context.words.of(context.lists().further_protocols, words).count();
    let named = treaties.iter().filter(|treaty| treaty.start >= verb.end).count() + protocols;
    actions + named.saturating_sub(1)
}

/// How many verbs may carry one another: "continue to make efforts to promote".
const CARRIERS: usize = 3;

/// The verb that the opening carries: "ratify" in "consider ratifying", "limit" in "take measures to limit".
fn carried(context: &Context<'_>, action: &Action, end: u32) -> Option<Hit> {
    let mut last = None;
    let mut from = action.first..action.last;
    for _ in 0..CARRIERS {
        let Some(verb) = carried_by(context, from.clone(), end) else { break };
        last = Some(verb);
        from = verb.first..verb.last;
    }
    last
}

fn carried_by(context: &Context<'_>, carrier: Range<u32>, end: u32) -> Option<Hit> {
    let lists = context.lists();
    let verb = verb_at(context, carrier.start)?;
    let light = matches!(Class::of(context, verb), Class::Of(Category::Continuing | Category::Considering));
    let after = |at: u32, form: Form| verb_at(context, skip_adverbs(context, at)).filter(|hit| hit.form == form && hit.last <= end);
    if light && let Some(gerund) = after(carrier.end, Form::Ing) {
        return Some(gerund);
    }
    if light && context.is(carrier.end, &["to"]) {
        return after(carrier.end + 1, Form::Base);
    }
    // "Take measures to …", "intensify efforts for …ing", but not the measures of "continue the training and take measures to …".
    let window = carrier.end..end.min(carrier.end + CARRIED_WITHIN);
    let other_act = |at: &u32| context.is(*at, &["and", "or"]) && next_verb(context, at + 1, Form::Base).is_some();
    let window = window.start..window.clone().find(other_act).unwrap_or(window.end);
    let effort = context.words.hits(window).find(|hit| hit.list == lists.carrying_nouns)?;
    if context.is(effort.last, &["to"]) { after(effort.last + 1, Form::Base) } else { after(effort.last + 1, Form::Ing) }
}

/// Whether the word opens a purpose or a relative clause.
fn enter(context: &Context<'_>, at: u32, end: u32) -> Option<Inside> {
    if context.is(at, &["to"]) {
        return next_verb(context, at + 1, Form::Base).map(|_| Inside::Purpose);
    }
    if !context.is(at, &["who", "which", "that", "where", "whose", "whether", "including"]) {
        return None;
    }
    // After "a law that protects" only the act itself can go on with a base verb.
    let clause = at + 1..end.min(at + 4);
    let third =
        clause.clone().any(|word| verb_at(context, word).is_some_and(|hit| hit.form == Form::Third) || context.is(word, &["is", "was", "does", "has", "had"]));
    Some(if third { Inside::Act } else { Inside::Relative })
}

fn between<'a>(context: &Context<'a>, before: u32, at: u32) -> &'a str {
    let end = context.words.word(before).map_or(0, |word| word.range().end);
    let start = context.words.word(at).map_or(end, |word| word.range().start);
    context.prose.slice(WordRange { start: end, end: start.max(end) })
}

fn is_as_well_as(context: &Context<'_>, last: u32) -> bool {
    last >= 2 && context.is(last, &["as"]) && context.is(last - 1, &["well"]) && context.is(last - 2, &["as"])
}

/// A verb that may be another act.
struct Next {
    verb: Hit,
    after_adverb: bool,
    after_to: bool,
    /// Whether an object of its own follows.
    has_object: bool,
}

/// A verb of this form here or after an adverb or "to", that is not a noun ("and support", "and access").
fn next_verb(context: &Context<'_>, at: u32, form: Form) -> Option<Next> {
    let lists = context.lists();
    let from = skip_adverbs(context, at);
    let after_to = context.is(from.saturating_sub(1), &["to"]) && from > at;
    let after_adverb = from > at + u32::from(after_to);
    let verb = verb_at(context, from).or_else(|| lists.opening_verb(context.words, from)).filter(|hit| hit.form == form || hit.form == Form::Base)?;
    let noun = verb.form == Form::Base && context.words.at(lists.verbs_that_are_nouns, from).is_some();
    let object = context.is(verb.last, &["the", "a", "an", "all", "its", "their", "that", "these", "those", "any", "each", "every", "on", "such"]);
    let number = context.words.at(lists.number_words, verb.last).is_some() || context.text(verb.last).starts_with(|c: char| c.is_ascii_digit());
    // "… all children and open schools", not "fair and open trials".
    let plural = from >= 2 && context.text(from - 2).ends_with('s') && context.words.at(lists.verbs_that_are_adjectives, from).is_some();
    let has_object = object || number || context.is(verb.last, &["to", "with"]);
    (!noun || object || number || plural || (after_adverb && !after_to)).then_some(Next { verb, after_adverb, after_to, has_object })
}

/// Whether two neighbouring verbs belong to one act.
fn is_pair(context: &Context<'_>, first: Hit, second: Hit) -> bool {
    let list = context.lists().single_action_pairs;
    if second.form == Form::Base {
        return context.words.at(list, first.first).is_some_and(|pair| pair.last > second.first);
    }
    // "signing and ratifying": the list has the pair as "sign and ratify".
    let phrase = |hit| context.lexicon.entry(context.words, hit).map(|entry| entry.phrase.as_ref());
    let (Some(first), Some(second)) = (phrase(first), phrase(second)) else { return false };
    let is_these = |pair: &str| pair.split_once(" and ").is_some_and(|(one, other)| one == first && other == second);
    context.lexicon.entries(context.words.language, list).iter().any(|entry| is_these(&entry.phrase))
}
