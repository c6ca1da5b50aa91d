//! Where in its sentence a word of time stands: in what is asked of the State, or in what is told about it.
//!
//! A recommendation asks for an act and describes its content. “Publish the report within six months” dates the act; “require
//! courts to hear a case within 30 days” describes a law. No grammar of English is attempted: a few words open a passage about
//! the content, and the end of the sentence or “, and” closes it. The words before are looked at only when something was found
//! that needs them, which is rare.

use super::split::{Gap, Word};
use super::vocabulary::{List, Lists, TimeWords, Words};

/// The kind of passage a word stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aside {
    /// None: what is asked for.
    #[default]
    Main,
    /// “Ensure that”: a result wanted.
    Result,
    /// “Which”, “who”, “when”: told about a thing or a case.
    Relative,
    /// “In order to”.
    Purpose,
    /// “Require”, “the right to”: what others must do or may have.
    Duty,
}

/// A word of a text with what stands around it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub words: Words<'a>,
    /// The word's number.
    pub at: usize,
    /// The words of the language.
    pub vocabulary: &'a TimeWords,
    /// The lists with a phrase that begins with some word of the text.
    pub present: Lists,
}

/// How many words before are looked at: more than a long recommendation has, and a bound that keeps the reading linear.
const REACH: usize = 120;

const MARKS: Lists = Lists::of(&[List::ContentOpenings, List::Coordinators]);
const PLANS: Lists = Lists::of(&[List::PlanWords]);

impl<'a> Place<'a> {
    /// The word itself and all that follow.
    pub fn rest(self) -> Words<'a> {
        self.words.get(self.at..).unwrap_or_default()
    }

    /// The word so many words further on.
    pub fn after(self, words: usize) -> Option<&'a Word> {
        self.words.get(self.at + words)
    }

    /// The word so many words further back.
    pub fn before(self, words: usize) -> Option<&'a Word> {
        self.at.checked_sub(words).and_then(|at| self.words.get(at))
    }

    /// The word before, if nothing but a space or hyphen stands between.
    pub fn joined_before(self) -> Option<&'a Word> {
        let joined = self.words.get(self.at).is_some_and(|word| word.gap.joins());
        self.before(1).filter(|_| joined)
    }

    /// The place of the word so many words further back.
    fn back(self, words: usize) -> Place<'a> {
        Place { at: self.at.saturating_sub(words), ..self }
    }

    /// The words of the sentence before this one, at most [`REACH`].
    fn sentence(self) -> impl DoubleEndedIterator<Item = Place<'a>> {
        let earliest = self.at.saturating_sub(REACH);
        let here = self.words.get(self.at).is_some_and(|word| word.gap.ends_sentence());
        let starts = |at: &usize| self.words.get(*at).is_some_and(|word| word.gap.ends_sentence());
        let start = if here { self.at } else { (earliest..self.at).rev().find(starts).unwrap_or(earliest) };
        (start..self.at).map(move |at| Place { at, ..self })
    }

    /// The passage, and where it opened.
    pub fn aside(self) -> (Aside, usize) {
        let mut found = (Aside::Main, self.at);
        let mut covered = 0;
        for place in self.sentence() {
            let Some(word) = place.after(0).filter(|word| place.at >= covered && word.begins.meet(MARKS)) else { continue };
            // “Ensure that victims are heard, and publish the report within 30 days.”
            if word.gap == Gap::Comma && self.vocabulary.is(word, List::Coordinators) {
                found = (Aside::Main, place.at);
            }
            if let Some((value, length)) = self.vocabulary.phrase(place.rest(), List::ContentOpenings) {
                covered = place.at + length;
                let first = word.gap.ends_sentence();
                let aside = match value {
                    1 => Aside::Result,
                    // “Require courts to …” as the act itself: half act, half content.
                    4.. if first => Aside::Result,
                    4.. => Aside::Duty,
                    // “That the Government urgently adopt …”, “When it reforms the police, adopt …”: what follows is asked for.
                    2 if !first => Aside::Relative,
                    3 if !first => Aside::Purpose,
                    _ => Aside::Main,
                };
                found = (aside, place.at);
            }
        }
        found
    }

    /// Whether a plan, a strategy or the like has been named in the sentence: “until 2030” is its run.
    pub fn follows_plan(self) -> bool {
        self.sentence().any(|place| place.after(0).is_some_and(|word| self.vocabulary.is(word, List::PlanWords)))
    }

    /// Whether the word before is the name of a plan: “Vision by 2030”.
    pub fn follows_plan_name(self) -> bool {
        self.joined_before().is_some_and(|word| word.capital && word.begins.meet(PLANS) && self.vocabulary.is(word, List::PlanWords))
    }

    /// Whether the word before is a participle that tells of the past: “adopted in 2028”, not “to be adopted in 2028”.
    pub fn follows_participle(self) -> bool {
        self.joined_before().is_some() && self.back(1).tells_the_past()
    }

    /// Whether a thing of the past has been told since the clause began: “recommendations made by the Committee in 2026”.
    pub fn follows_past(self) -> bool {
        for place in self.sentence().rev() {
            if place.tells_the_past() {
                return true;
            }
            if place.after(0).is_some_and(|word| word.gap == Gap::Comma && self.vocabulary.is(word, List::Coordinators)) {
                return false;
            }
        }
        false
    }

    fn tells_the_past(self) -> bool {
        let Some(word) = self.after(0) else { return false };
        // “Invite the Rapporteur to visit in 2027”: an infinitive is still to come, and so is “to be adopted”.
        let to_come = self.joined_before().is_some_and(|before| {
            self.vocabulary.is(before, List::Infinitives)
                || self.vocabulary.phrase(std::slice::from_ref(before), List::PassiveVerbs).is_some_and(|(value, _)| value == 2)
        });
        !to_come && (self.is_participle() && !word.begins.meet(SCHEDULED) || self.vocabulary.is(word, List::PastActs))
    }

    /// Whether the word is a past participle, by its ending or in the list. “The United Nations” ends like one, but inside a
    /// sentence no participle has a capital.
    pub fn is_participle(self) -> bool {
        self.after(0).is_some_and(|word| self.vocabulary.is(word, List::Participles) || !word.capital && self.vocabulary.is_participle(self.text, word))
    }

    /// Whether the word so many words further on is in a list.
    pub fn is(self, list: List) -> bool {
        self.after(0).is_some_and(|word| self.vocabulary.is(word, list))
    }

    /// The place of the word so many words further on.
    pub fn forward(self, words: usize) -> Place<'a> {
        Place { at: self.at + words, ..self }
    }

    /// The place of the word before, if there is one.
    pub fn previous(self) -> Option<Place<'a>> {
        Some(Place { at: self.at.checked_sub(1)?, ..self })
    }
}

/// “Held as scheduled on 27 June”: participles that look ahead.
const SCHEDULED: Lists = Lists::of(&[List::EventDates]);
