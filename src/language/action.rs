//! What is asked for: the opening verb and its category on McMahon's scale.
//!
//! E. McMahon, "A Work in Progress: Evaluating the UPR" (2012), and UPR Info's database: 1 minimal, 2 continuing, 3 considering,
//! 4 general, 5 specific. The first verb decides in most cases; some verbs are decided by their object ("adopt a law", "adopt
//! measures"); a general verb with a specific means ("by amending …") is specific.

mod clauses;
pub(super) mod count;
mod opening;
mod points;
pub(super) mod verbs;

use crate::text::prose::WordRange;

use super::Context;

/// The action category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// 1: seek assistance, share experience.
    Minimal,
    /// 2: continue.
    Continuing,
    /// 3: consider.
    Considering,
    /// 4: an action of a general nature.
    General,
    /// 5: a specific action.
    Specific,
}

impl Category {
    /// All categories with their names in rule files.
    pub const ALL: &'static [(Category, &'static str)] = &[
        (Category::Minimal, "minimal"),
        (Category::Continuing, "continuing"),
        (Category::Considering, "considering"),
        (Category::General, "general"),
        (Category::Specific, "specific"),
    ];

    /// The name in rule files.
    pub fn name(self) -> &'static str {
        Category::ALL.iter().find(|(category, _)| *category == self).map_or("", |&(_, name)| name)
    }

    /// The category of this name.
    pub fn from_name(name: &str) -> Option<Category> {
        Category::ALL.iter().find(|(_, known)| *known == name).map(|&(category, _)| category)
    }
}

/// What a recommendation asks for.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// How specific it is; `None` in a language whose verbs are not known.
    pub category: Option<Category>,
    /// The verb that decides: the opening verb, or the second of two; without a verb, the first word.
    pub verb: WordRange,
    /// Which words decided the category.
    pub reason: Reason,
    /// The example that makes a general or continuing action specific: "by amending …".
    pub means: Option<WordRange>,
    /// The number of the verb's first word in the text.
    pub(crate) first: u32,
    /// The number of the word after it.
    pub(crate) last: u32,
}

/// Which words decided the category of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The verb alone.
    Verb,
    /// What is done, and to what: the word of the object that weighed most.
    Object(WordRange),
    /// The example that follows.
    Example(WordRange),
    /// No verb was recognised.
    NoVerb,
}

/// Reads the opening of a recommendation and what it says about the act.
pub(super) fn read(context: &Context<'_>, words: WordRange) -> Action {
    let end = context.words.numbers(words).end;
    let opening = opening::find(context, words);
    let place = context.words.between(opening.first..opening.last);
    let mut action = Action { category: None, verb: place, reason: Reason::NoVerb, means: None, first: opening.first, last: opening.last };
    if context.grammar.knows_verbs(context.words.language) {
        let decision = points::decide(context, &opening, end);
        action.category = Some(decision.category);
        action.reason = decision.reason;
        action.means = decision.means;
    }
    action
}
