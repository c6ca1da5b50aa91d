//! Vague times: “as soon as possible”, “promptly”, “immediate steps”, where they are about the act that is asked for.
//!
//! About one in four such words describes the content instead: “prompt and impartial investigations”, “immediate access to a
//! lawyer”, “ensure that complaints are promptly investigated”. Of those the State is asked to make a rule, not to hurry.

use super::clause::{Aside, Place};
use super::split::Gap;
use super::vocabulary::{List, Lists};

/// The lists with which a vague time may begin.
pub const TRIGGERS: Lists =
    Lists::of(&[List::VagueTime, List::VaguePeriods, List::VagueTimeAtEnd, List::HurryAdverbs, List::HurryAdjectives, List::HurryVerbs, List::NotVagueTime]);

/// What is found at a word.
pub enum Vague {
    /// A vague time about the act; the number of its words.
    Act(usize),
    /// So many words that look like one and are about the content, or are a term of their own.
    Content(usize),
    /// Nothing.
    No,
}

/// The vague time that begins at a word, if one does.
pub fn vague(place: Place) -> Vague {
    let length = |list| place.vocabulary.phrase(place.rest(), list).map_or(0, |(_, length)| length);
    let candidates: [(List, Judge); 6] = [
        (List::VagueTime, phrase_is_about_the_act),
        (List::VaguePeriods, period_is_about_the_act),
        (List::VagueTimeAtEnd, end_phrase_is_about_the_act),
        (List::HurryVerbs, verb_is_about_the_act),
        (List::HurryAdjectives, adjective_is_about_the_act),
        (List::HurryAdverbs, adverb_is_about_the_act),
    ];
    let exception = length(List::NotVagueTime);
    let mut longest = exception;
    let mut act = false;
    for (list, is_about_the_act) in candidates {
        let length = length(list);
        // “Early marriage” goes before “early”, and the longer of two phrases before the shorter one.
        if length > longest {
            longest = length;
            act = is_about_the_act(place, length);
        } else if length == longest && length > exception {
            act |= is_about_the_act(place, length);
        }
    }
    match longest {
        0 => Vague::No,
        _ if act => Vague::Act(longest),
        _ => Vague::Content(longest),
    }
}

/// Tells whether so many words at a place are about the act.
type Judge = fn(Place, usize) -> bool;

/// How far back a passive verb is looked for: “are brought before a judge of the nearest court without delay”.
const PASSIVE_REACH: usize = 9;

/// How many words an adjective may stand before its noun: “prompt, effective, independent and impartial investigations”.
const NOUN_REACH: usize = 5;

/// “As soon as possible” dates the main verb from wherever it stands, except where it goes with a passive verb about persons or
/// cases: “ensure that detainees are brought before a judge without delay”.
fn phrase_is_about_the_act(place: Place, _: usize) -> bool {
    place.aside().0 != Aside::Duty && passive_before(place).is_none_or(|participle| participle.is(List::StateActs))
}

/// “In the coming years”; not “which foresees progress in the coming years”.
fn period_is_about_the_act(place: Place, length: usize) -> bool {
    place.aside().0 != Aside::Relative && phrase_is_about_the_act(place, length)
}

/// “In the future”; not “in the future Constitution”.
fn end_phrase_is_about_the_act(place: Place, length: usize) -> bool {
    place.after(length).is_none_or(|next| !next.gap.joins()) && phrase_is_about_the_act(place, length)
}

/// “Accelerate”, “efforts to accelerate”; not “revise the Act to accelerate the advancement of women”, which is a purpose.
fn verb_is_about_the_act(place: Place, _: usize) -> bool {
    let infinitive = place.previous().filter(|before| before.is(List::Infinitives));
    match place.aside().0 {
        Aside::Main | Aside::Result => infinitive.is_none_or(is_asked),
        // “Ratify the treaties that it has signed and accelerate the reform.”
        Aside::Relative => follows_and(place),
        Aside::Purpose | Aside::Duty => false,
    }
}

/// “Immediate steps”, “speedy ratification”: the noun is an act of the State. “Immediate access”, “prompt investigations”: not.
fn adjective_is_about_the_act(place: Place, length: usize) -> bool {
    let name = place.after(0).is_some_and(|word| word.capital && !word.gap.ends_sentence());
    if name || place.aside().0 == Aside::Duty {
        return false;
    }
    // “Des mesures immédiates”: in French and Spanish the noun comes first.
    if place.joined_before().is_some_and(|word| place.vocabulary.is(word, List::StateActs)) {
        return true;
    }
    for next in (length..length + NOUN_REACH).map(|words| place.forward(words)) {
        let part = next.after(0).is_some_and(|word| word.gap.joins() || word.gap == Gap::Comma);
        if !part || next.is(List::PhraseEnds) {
            return false;
        }
        if next.is(List::StateActs) {
            return true;
        }
    }
    false
}

/// “Promptly establish”, “release immediately all prisoners”; not “are promptly investigated”, “provisions to cooperate promptly”.
fn adverb_is_about_the_act(place: Place, length: usize) -> bool {
    // “Timely” is an adjective too (“timely compensation”) and an adverb only where a verb must follow (“to timely submit”).
    let opens = place.after(0).is_some_and(|word| word.gap.ends_sentence());
    let after_to = place.previous().is_some_and(|before| before.is(List::Infinitives));
    if place.is(List::HurryAdjectives) && !opens && !after_to {
        return false;
    }
    // “Halt immediately reported violations”: after the first verb, whatever follows.
    if place.joined_before().is_some_and(|word| word.gap.ends_sentence()) && !place.previous().is_some_and(|before| before.is(List::PassiveVerbs)) {
        return true;
    }
    let aside = place.aside().0;
    if let Some(participle) = passive_after(place.forward(length)).or_else(|| passive_before(place)) {
        return aside != Aside::Duty && participle.is(List::StateActs);
    }
    // The infinitive that the adverb goes with stands before it, with at most a verb and another adverb between.
    let mut earlier = place;
    for _ in 0..4 {
        let joined = earlier.joined_before().is_some();
        let Some(previous) = earlier.previous().filter(|_| joined) else { break };
        if previous.is(List::Infinitives) {
            return matches!(aside, Aside::Main | Aside::Result) && is_asked(previous);
        }
        // “To fully and promptly cooperate” is one infinitive, “with a view to abolition and immediately” is not.
        if previous.is(List::Coordinators)
            && !previous.previous().and_then(|before| before.after(0)).is_some_and(|word| place.vocabulary.is_adverb(place.text, word))
        {
            break;
        }
        earlier = previous;
    }
    // “Maintain the moratorium with a view to abolition and immediately commute all sentences.”
    let goes_on = place.after(length).is_some_and(|next| !place.vocabulary.is_gerund(place.text, next));
    matches!(aside, Aside::Main | Aside::Result) || aside != Aside::Duty && goes_on && follows_and(place)
}

/// Whether the word before is “and”, after which another act may be asked for.
fn follows_and(place: Place) -> bool {
    place.joined_before().is_some_and(|word| place.vocabulary.is(word, List::Coordinators))
}

/// Whether an infinitive is what the State is asked to do: after “efforts”, “steps”, “continue”, at the beginning or after “and”,
/// but not after “a law” or “provisions”.
fn is_asked(infinitive: Place) -> bool {
    infinitive.previous().is_none_or(|before| before.is(List::EffortWords) || before.is(List::Coordinators))
}

/// The participle of a passive verb shortly before: “are brought before a judge …”.
fn passive_before(place: Place) -> Option<Place> {
    let mut participle = None;
    let mut here = place;
    for _ in 0..PASSIVE_REACH {
        here = here.previous()?;
        let word = here.after(0)?;
        if here.is(List::PassiveVerbs) {
            return participle;
        }
        if participle.is_none() && here.is_participle() {
            participle = Some(here);
        }
        if word.gap.ends_sentence() || word.gap == Gap::Comma && participle.is_none() {
            return None;
        }
    }
    None
}

/// The participle that follows with at most other adverbs between: “promptly, impartially and effectively investigated”.
fn passive_after(place: Place) -> Option<Place> {
    for here in (0..6).map(|words| place.forward(words)) {
        let word = here.after(0).filter(|word| word.gap.joins() || word.gap == Gap::Comma)?;
        if here.is_participle() {
            return Some(here);
        }
        if !(here.is(List::Coordinators) || here.vocabulary.is_adverb(here.text, word)) {
            return None;
        }
    }
    None
}
