//! Lead-ins: the words that say that what follows are recommendations or questions.
//!
//! Either a line that ends in a colon before a list ("The Government of Zemland should:"), or the beginning of a sentence that
//! holds the recommendations itself ("We recommend that Zemland ratify …; amend …").

use crate::text::prose::WordRange;
use crate::words::{Form, Language, Word};

use super::Context;
use super::items;

/// What a lead-in announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    Recommendations,
    Questions,
    /// Something of the past or of somebody else: what was accepted in 2021, what a committee urged.
    Elsewhere,
}

/// What the last sentence of a paragraph announces.
pub(super) fn kind(context: &Context<'_>, paragraph: WordRange) -> Option<Lead> {
    let sentence = last_sentence(context, paragraph);
    let guide = &context.guide.lists;
    let has = |list| context.has(list, sentence);
    let colon = context.document.prose.slice(sentence).trim_end().ends_with(':');
    let numbers = context.words.numbers(sentence);
    // "Uganda should:": a modal verb counts only at the end, before the colon.
    let modal = colon && context.words.of(guide.modal_verbs, sentence).any(|hit| hit.last + 2 >= numbers.end);
    if has(guide.lead_questions) && !modal {
        return Some(Lead::Questions);
    }
    if has(guide.lead_elsewhere) && !has(guide.first_person) {
        return Some(Lead::Elsewhere);
    }
    (has(guide.lead_recommendations) || modal).then_some(Lead::Recommendations)
}

fn last_sentence(context: &Context<'_>, paragraph: WordRange) -> WordRange {
    let text = context.document.prose.slice(paragraph).trim_end();
    let start = text.rfind(". ").map_or(0, |at| at + 2);
    WordRange { start: paragraph.start + start as u32, end: paragraph.end }
}

/// The recommendations that stand inside a sentence of this paragraph, and the words that lead to them.
pub(super) fn in_sentence(context: &Context<'_>, paragraph: WordRange) -> Option<(WordRange, Vec<WordRange>)> {
    let prose = &context.document.prose;
    let guide = &context.guide.lists;
    let lead = context.words.of(guide.lead_in_sentence, paragraph).find(|hit| {
        let before = WordRange { start: sentence_start(context, paragraph, context.words.range(*hit).start), end: context.words.range(*hit).start };
        let with = before.to(context.words.range(*hit));
        let elsewhere = context.has(guide.lead_elsewhere, before) && !context.has(guide.first_person, with);
        let asks = prose.slice(paragraph).trim_end().ends_with('?');
        !elsewhere && !asks
    })?;
    let numbers = context.words.numbers(paragraph);
    // The State is named within a few words, or it is not the State that is asked ("we call on all delegations to …").
    let window = lead.last..numbers.end.min(lead.last + 7);
    let named = |hit: crate::words::Hit| hit.list == guide.states || hit.list == guide.state_organs;
    let actor = context.words.hits(window.clone()).find(|&hit| named(hit)).map(|hit| hit.last);
    let stated = context.frame.state.as_deref().and_then(|state| find_words(context, &window, state));
    let after_actor = actor.max(stated)?;
    let first = first_action(context, after_actor..numbers.end.min(after_actor + 10))?;
    let start = context.words.word(first)?.range().start;
    let text = prose.slice(WordRange { start, end: paragraph.end });
    let sentence_end = text.match_indices(". ").map(|(at, _)| at + 1).find(|&at| !is_abbreviation(text, at)).unwrap_or(text.len());
    let run = WordRange { start, end: start + sentence_end as u32 };
    let lead_words = WordRange { start: sentence_start(context, paragraph, context.words.range(lead).start), end: start };
    Some((lead_words, items::cut_at_semicolons(context, run)))
}

/// Words of a subject before "should".
const WORDS_OF_A_SUBJECT: u32 = 7;

/// Whether a paragraph is one sentence in which the State is asked: "The Government should restore …".
pub(super) fn is_a_demand(context: &Context<'_>, paragraph: WordRange) -> bool {
    let text = context.document.prose.slice(paragraph).trim_end();
    if text.trim_end_matches('.').contains(". ") || text.ends_with(['?', ':']) {
        return false;
    }
    let lists = &context.guide.lists;
    let numbers = context.words.numbers(paragraph);
    let beginning = numbers.start..numbers.end.min(numbers.start + WORDS_OF_A_SUBJECT);
    let Some(modal) = context.words.hits(beginning.clone()).find(|hit| hit.list == lists.modal_verbs) else { return false };
    let subject = context.words.between(numbers.start..modal.first);
    let stated = context.frame.state.as_deref().is_some_and(|state| context.document.prose.slice(subject).contains(state));
    let organ = context.words.of(lists.state_organs, subject).next().is_some_and(|hit| hit.first <= numbers.start + 1);
    let state = context.words.of(lists.states, subject).next().is_some_and(|hit| hit.first <= numbers.start + 1);
    !context.document.prose.slice(subject).contains(',') && (stated || organ || state)
}

fn sentence_start(context: &Context<'_>, paragraph: WordRange, at: u32) -> u32 {
    let before = context.document.prose.slice(WordRange { start: paragraph.start, end: at });
    before.rfind(". ").map_or(paragraph.start, |full_stop| paragraph.start + full_stop as u32 + 2)
}

fn is_abbreviation(text: &str, full_stop: usize) -> bool {
    let word = text.get(..full_stop).unwrap_or_default().trim_end_matches('.').rsplit([' ', '(']).next().unwrap_or_default();
    matches!(word.to_lowercase().as_str(), "no" | "nos" | "art" | "arts" | "para" | "paras" | "cap" | "sec" | "ch" | "par" | "párr" | "núm" | "inc")
}

fn find_words(context: &Context<'_>, window: &std::ops::Range<u32>, name: &str) -> Option<u32> {
    let last = name.split_whitespace().last()?;
    window.clone().find(|&number| context.words.word(number).is_some_and(|word| context.document.prose.slice(word.range()) == last)).map(|at| at + 1)
}

/// The number of the first word that opens an action: a base verb, after "to" or not.
fn first_action(context: &Context<'_>, numbers: std::ops::Range<u32>) -> Option<u32> {
    let text = |at: u32| context.words.word(at).map_or("", |word: Word| context.document.prose.slice(word.range()));
    for at in numbers {
        let verb = context.guide.lists.opening_verb(context.words, at).is_some_and(|hit| hit.form == Form::Base);
        let infinitive = context.words.language != Language::English
            && items::is_infinitive(context, text(at))
            && at.checked_sub(1).is_some_and(|before| matches!(text(before), "de" | "à" | "a" | "d" | "que"));
        if verb || infinitive {
            let adverb = at.checked_sub(1).filter(|&before| context.words.at(context.guide.lists.opening_adverbs, before).is_some());
            return Some(adverb.unwrap_or(at));
        }
    }
    None
}
