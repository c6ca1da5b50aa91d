//! Vague times: “as soon as possible”, “promptly”, “immediate steps”, where they are about the act that is asked for.
//!
//! About one in four such words describes the content instead: “prompt and impartial investigations”, “immediate access to a
//! lawyer”, “ensure that complaints are promptly investigated”. Of those the State is asked to make a rule, not to hurry.

use super::clause::{Aside, Clause};
use super::split::{Gap, Word};
use super::vocabulary::{List, Lists, TimeWords, Words};

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

/// The vague time that begins at word `at`, if one does.
pub fn vague(text: &str, words: Words, at: usize, vocabulary: &TimeWords, clause: &Clause) -> Vague {
    let here = Here { text, words, at, vocabulary, clause };
    let Some(rest) = words.get(at..) else { return Vague::No };
    let length = |list| vocabulary.phrase(rest, list).map_or(0, |(_, length)| length);
    let (phrase, end_phrase) = (length(List::VagueTime).max(length(List::VaguePeriods)), length(List::VagueTimeAtEnd));
    let (adverb, adjective, verb) = (length(List::HurryAdverbs), length(List::HurryAdjectives), length(List::HurryVerbs));
    let longest = phrase.max(end_phrase).max(adverb).max(adjective).max(verb);
    let exception = length(List::NotVagueTime);
    if exception > 0 && exception >= longest {
        return Vague::Content(exception);
    }
    let act = phrase > 0 && phrase == longest && here.phrase_is_about_the_act()
        || end_phrase > 0 && end_phrase == longest && here.ends_a_clause(end_phrase) && here.phrase_is_about_the_act()
        || verb > 0 && verb == longest && here.verb_is_about_the_act()
        || adjective > 0 && adjective == longest && here.adjective_is_about_the_act(adjective)
        || adverb > 0 && adverb == longest && here.adverb_is_about_the_act(adverb);
    match longest {
        0 => Vague::No,
        _ if act => Vague::Act(longest),
        _ => Vague::Content(longest),
    }
}

/// A word in its text.
#[derive(Clone, Copy)]
struct Here<'a> {
    text: &'a str,
    words: Words<'a>,
    at: usize,
    vocabulary: &'a TimeWords,
    clause: &'a Clause,
}

/// How far back a passive verb is looked for: “are brought before a judge of the nearest court without delay”.
const PASSIVE_REACH: usize = 9;

/// How many words an adjective may stand before its noun: “prompt, effective, independent and impartial investigations”.
const NOUN_REACH: usize = 5;

impl<'a> Here<'a> {
    fn word(self, at: Option<usize>) -> Option<&'a Word> {
        at.and_then(|at| self.words.get(at))
    }

    fn is(self, at: Option<usize>, list: List) -> bool {
        self.word(at).is_some_and(|word| self.vocabulary.is(word, list))
    }

    /// “As soon as possible” dates the main verb from wherever it stands, except where it goes with a passive verb about persons
    /// or cases: “ensure that detainees are brought before a judge without delay”.
    fn phrase_is_about_the_act(self) -> bool {
        self.clause.aside != Aside::Duty && self.passive_before().is_none_or(|participle| self.vocabulary.is(participle, List::StateActs))
    }

    fn ends_a_clause(self, length: usize) -> bool {
        self.words.get(self.at + length).is_none_or(|next| !next.gap.joins())
    }

    /// “Accelerate”, “efforts to accelerate”; not “revise the Act to accelerate the advancement of women”, which is a purpose.
    fn verb_is_about_the_act(self) -> bool {
        matches!(self.clause.aside, Aside::Main | Aside::Result) && self.is_asked_infinitive(self.at.checked_sub(1))
    }

    /// “Immediate steps”, “speedy ratification”: the noun is an act of the State. “Immediate access”, “prompt investigations”: not.
    fn adjective_is_about_the_act(self, length: usize) -> bool {
        let name = self.words.get(self.at).is_some_and(|word| word.capital && !word.gap.ends_sentence() && self.at > 0);
        if name || matches!(self.clause.aside, Aside::Duty) {
            return false;
        }
        for word in self.words.iter().skip(self.at + length).take(NOUN_REACH) {
            if !(word.gap.joins() || word.gap == Gap::Comma) || self.vocabulary.is(word, List::PhraseEnds) {
                return false;
            }
            if self.vocabulary.is(word, List::StateActs) {
                return true;
            }
        }
        false
    }

    /// “Promptly establish”, “release immediately all prisoners”; not “are promptly investigated”, “provisions to cooperate promptly”.
    fn adverb_is_about_the_act(self, length: usize) -> bool {
        if let Some(participle) = self.passive_after(self.at + length).or_else(|| self.passive_before()) {
            return self.clause.aside != Aside::Duty && self.vocabulary.is(participle, List::StateActs);
        }
        if !matches!(self.clause.aside, Aside::Main | Aside::Result) {
            return false;
        }
        // The infinitive that the adverb goes with stands before it, with at most a verb and another adverb between.
        let infinitive = (1..=4).filter_map(|back| self.at.checked_sub(back)).take_while(|at| self.joined_after(*at)).find(|at| self.is(Some(*at), List::Infinitives));
        self.is_asked_infinitive(infinitive)
    }

    /// Whether an infinitive is what the State is asked to do: after “efforts”, “steps”, “continue”, at the beginning or after
    /// “and”, but not after “a law” or “provisions”. True where there is no infinitive.
    fn is_asked_infinitive(self, infinitive: Option<usize>) -> bool {
        let Some(at) = infinitive.filter(|at| self.is(Some(*at), List::Infinitives)) else { return true };
        let before = at.checked_sub(1);
        before.is_none() || self.is(before, List::EffortWords) || self.is(before, List::Coordinators)
    }

    fn joined_after(self, at: usize) -> bool {
        self.words.get(at + 1).is_some_and(|next| next.gap.joins())
    }

    /// The participle of a passive verb shortly before: “are brought before a judge …”.
    fn passive_before(self) -> Option<&'a Word> {
        let mut participle = None;
        for at in (0..self.at).rev().take(PASSIVE_REACH) {
            let word = self.words.get(at)?;
            if self.vocabulary.is(word, List::PassiveVerbs) {
                return participle;
            }
            if participle.is_none() && self.is_participle(word) {
                participle = Some(word);
            }
            if word.gap.ends_sentence() || word.gap == Gap::Comma && participle.is_none() {
                return None;
            }
        }
        None
    }

    /// The participle that follows with at most other adverbs between: “promptly, impartially and effectively investigated”.
    fn passive_after(self, from: usize) -> Option<&'a Word> {
        for word in self.words.get(from..)?.iter().take(6) {
            if !(word.gap.joins() || word.gap == Gap::Comma) {
                return None;
            }
            if self.is_participle(word) {
                return Some(word);
            }
            if !(self.vocabulary.is(word, List::Coordinators) || self.vocabulary.is_adverb(self.text, word)) {
                return None;
            }
        }
        None
    }

    fn is_participle(self, word: &Word) -> bool {
        self.vocabulary.is(word, List::Participles) || !word.capital && self.vocabulary.is_participle(self.text, word)
    }
}
