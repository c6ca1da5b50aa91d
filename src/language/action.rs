//! What is asked for: the opening verb and its category on McMahon's scale.
//!
//! E. McMahon, "A Work in Progress: Evaluating the UPR" (2012), and UPR Info's database: 1 minimal, 2 continuing, 3 considering,
//! 4 general, 5 specific. The first verb decides in most cases; some verbs are decided by their object ("adopt a law", "adopt
//! measures"); a general verb with a specific means ("by amending …") is specific.

mod clauses;
mod opening;
mod points;

use crate::text::prose::WordRange;
use crate::words::{Form, Hit};

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

/// The longest entry of the verb lists at this word.
fn verb_at(context: &Context<'_>, at: u32) -> Option<Hit> {
    let lists = context.lists();
    let verbs =
        [lists.minimal_verbs, lists.continuing_verbs, lists.considering_verbs, lists.general_verbs, lists.specific_verbs, lists.verbs_decided_by_object];
    let here = context.words.hits(at..u32::MAX).take_while(|hit| hit.first == at);
    // Of two lists with the same words the one decided by the object goes first, since it knows more.
    here.filter(|hit| verbs.contains(&hit.list)).max_by_key(|hit| (hit.last, hit.list == lists.verbs_decided_by_object))
}

/// The verbs of the separate actions. Verbs that belong to one act ("sign and ratify") count as one, and so do those of a
/// purpose or of a relative clause ("to protect and assist", "who exploit and sell").
pub(super) fn separate(context: &Context<'_>, words: WordRange, action: &Action) -> Vec<WordRange> {
    let numbers = context.words.numbers(words);
    let mut verbs = vec![action.verb];
    let mut previous = action.first;
    let mut embedded = false;
    for at in action.last..numbers.end {
        let Some(before) = at.checked_sub(1) else { continue };
        let purpose = context.is(at, &["to"]) && next_verb(context, at + 1).is_some();
        if purpose || context.is(at, &["who", "which", "that", "where", "whose", "whether", "including"]) {
            embedded = true;
        }
        let gap = between(context, before, at);
        let ended = gap.contains(';') || gap.contains(". ");
        if ended {
            embedded = false;
        }
        let joined_by_comma = gap.contains(',') || ended;
        let after_conjunction = context.is(before, &["and", "or"]) || is_as_well_as(context, before);
        if !joined_by_comma && !after_conjunction {
            continue;
        }
        // A conjunction after a comma or semicolon leads back to the act itself; without one it goes on with the clause it is in.
        let conjunction_gap = after_conjunction.then(|| before.checked_sub(1).map(|earlier| between(context, earlier, before))).flatten();
        let parted = conjunction_gap.is_some_and(|gap| gap.contains([',', ';']));
        if embedded && !(parted && opens_clause(context, at)) && !ended {
            continue;
        }
        if joined_by_comma && !after_conjunction && !ended && !list_goes_on(context, at, numbers.end) {
            continue;
        }
        let Some(verb) = next_verb(context, at) else { continue };
        if is_pair(context, previous, verb.first) {
            previous = verb.first;
            continue;
        }
        embedded = false;
        previous = verb.first;
        verbs.push(context.words.range(verb));
    }
    verbs
}

fn between<'a>(context: &Context<'a>, before: u32, at: u32) -> &'a str {
    let end = context.words.word(before).map_or(0, |word| word.range().end);
    let start = context.words.word(at).map_or(end, |word| word.range().start);
    context.prose.slice(WordRange { start: end, end: start.max(end) })
}

fn is_as_well_as(context: &Context<'_>, last: u32) -> bool {
    last >= 2 && context.is(last, &["as"]) && context.is(last - 1, &["well"]) && context.is(last - 2, &["as"])
}

/// After a comma a verb counts only as part of a list of verbs ("ratify X, amend Y and train Z"): a conjunction comes later.
fn list_goes_on(context: &Context<'_>, at: u32, end: u32) -> bool {
    (at..end).any(|later| context.is(later, &["and"]))
}

/// Whether a verb after "…, and" opens a clause of its own: it has an object or a complement of its own.
fn opens_clause(context: &Context<'_>, at: u32) -> bool {
    next_verb(context, at)
        .is_some_and(|verb| context.is(verb.last, &["the", "a", "an", "all", "its", "that", "their", "on", "any", "each", "every", "to", "with"]))
}

/// A base verb here or after an adverb or "to", that is not a noun ("and support", "and access").
fn next_verb(context: &Context<'_>, at: u32) -> Option<Hit> {
    let lists = context.lists();
    let at = skip_adverbs(context, at);
    let verb = verb_at(context, at).or_else(|| lists.opening_verb(context.words, at)).filter(|hit| hit.form == Form::Base)?;
    let noun = context.words.at(lists.verbs_that_are_nouns, at).is_some();
    let object = context.is(verb.last, &["the", "a", "an", "all", "its", "their", "that", "these", "those", "any", "each", "every", "on"]);
    (!noun || object).then_some(verb)
}

fn skip_adverbs(context: &Context<'_>, at: u32) -> u32 {
    let mut at = at;
    while let Some(adverb) = context.words.at(context.lists().opening_adverbs, at) {
        at = adverb.last;
    }
    if context.is(at, &["to"]) { at + 1 } else { at }
}

/// Whether two neighbouring verbs belong to one act.
fn is_pair(context: &Context<'_>, first: u32, second: u32) -> bool {
    let pairs = context.words.at(context.lists().single_action_pairs, first);
    pairs.is_some_and(|pair| pair.last > second)
}
