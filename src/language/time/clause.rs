//! Where in its sentence a word of time stands: in what is asked of the State, or in what is told about it.
//!
//! A recommendation asks for an act and describes its content. “Publish the report within six months” dates the act; “require
//! courts to hear a case within 30 days” describes a law. No grammar of English is attempted: a few words open a passage about
//! the content, and the end of the sentence or “, and” closes it.

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

/// What the words before say about the one that is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clause {
    /// The passage.
    pub aside: Aside,
    /// Whether a plan, strategy or the like has been named in the sentence: “until 2030” is its run.
    pub plan: bool,
    /// Whether a thing of the past has been told: “recommendations made by …”.
    pub past: bool,
    /// Whether the word before is a participle: “adopted in 2028”.
    pub after_participle: bool,
    /// Whether the word before is the name of a plan: “Vision by 2030”.
    pub after_plan_name: bool,
    /// Words still to come of the phrase that opened the passage: in “ensure that” the second opens none of its own.
    covered: usize,
    /// Whether the word before makes an event none in particular: “all upcoming elections”.
    pub any: bool,
}

const MARKS: Lists = Lists::of(&[List::ContentOpenings, List::PlanWords, List::PastActs, List::EventAny]);

impl Clause {
    /// Before a word is read: what its gap ends.
    pub fn enter(&mut self, word: &Word, vocabulary: &TimeWords) {
        if word.gap.ends_sentence() {
            *self = Clause::default();
        } else if word.gap == Gap::Comma && vocabulary.is(word, List::Coordinators) {
            // “Ensure that victims are heard, and publish the report within 30 days.”
            self.aside = Aside::Main;
            self.past = false;
        }
        if !word.gap.joins() {
            self.after_participle = false;
            self.after_plan_name = false;
            self.any = false;
        }
    }

    /// After the first of `words` has been read: what it says about the following ones.
    pub fn leave(&mut self, text: &str, words: Words, vocabulary: &TimeWords) {
        let Some(word) = words.first() else { return };
        // “The United Nations” ends like a participle, and no participle inside a sentence has a capital.
        let participle = !word.capital && vocabulary.is_participle(text, word);
        self.after_participle = participle;
        self.past |= participle;
        self.after_plan_name = false;
        self.any = false;
        if !vocabulary.may_begin(word, MARKS) {
            self.covered = self.covered.saturating_sub(1);
            return;
        }
        if self.covered > 0 {
            self.covered -= 1;
        } else if let Some((value, length)) = vocabulary.phrase(words, List::ContentOpenings).filter(|_| !word.gap.ends_sentence()) {
            // “That the Government urgently adopt …”, “If possible, adopt …”: at the beginning nothing is left.
            self.covered = length - 1;
            self.aside = match value {
                0 => Aside::Main,
                1 => Aside::Result,
                2 => Aside::Relative,
                3 => Aside::Purpose,
                _ => Aside::Duty,
            };
        }
        let plan = vocabulary.is(word, List::PlanWords);
        self.plan |= plan;
        self.after_plan_name = plan && word.capital;
        self.any = vocabulary.is(word, List::EventAny);
        if vocabulary.is(word, List::PastActs) {
            self.after_participle = true;
            self.past = true;
        }
    }
}
