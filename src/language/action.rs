//! What is asked for: the opening verb and its category on McMahon's scale.
//!
//! E. McMahon, "A Work in Progress: Evaluating the UPR" (2012), and UPR Info's database: 1 minimal, 2 continuing, 3 considering,
//! 4 general, 5 specific. The first verb decides in most cases; some verbs are decided by their object ("adopt a law", "adopt
//! measures"); a general verb with a specific means ("by amending …") is specific.

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
    /// The opening verb; without one, the first word.
    pub verb: WordRange,
    /// The number of the opening verb's first word in the text.
    pub(crate) first: u32,
    /// The number of the word after it.
    pub(crate) last: u32,
}

/// Words within which the object of a verb is looked for (guidance on UPR Info's coding: within six words of the verb).
const OBJECT_WINDOW: u32 = 7;
const OBJECT_WINDOW_OF_UNKNOWN_VERB: u32 = 10;

/// Reads the opening of a recommendation.
pub(super) fn read(context: &Context<'_>, words: WordRange, means: Option<WordRange>) -> Action {
    let numbers = context.words.numbers(words);
    let opening = opening(context, words);
    let verb = opening.and_then(|at| verb_at(context, at));
    let first = opening.unwrap_or(numbers.start);
    let last = verb.map_or(first + 1, |hit| hit.last).min(numbers.end.max(first + 1));
    let place = context.words.between(first..last);
    let knows = context.grammar.knows_verbs(context.words.language);
    let category = knows.then(|| {
        let category = categorise(context, verb, first, last, numbers.end);
        if category == Category::General && means.is_some() { Category::Specific } else { category }
    });
    Action { category, verb: place, first, last }
}

/// The number of the word with which the action begins.
fn opening(context: &Context<'_>, words: WordRange) -> Option<u32> {
    let numbers = context.words.numbers(words);
    let lists = context.lists();
    let start = skip(context, numbers.start, numbers.end);
    let gerund = verb_at(context, start).is_some_and(|hit| hit.form == Form::Ing);
    if gerund && let Some(main) = after_leading_clause(context, words) {
        return Some(main);
    }
    if start < numbers.end && is_opening(context, start) {
        return Some(start);
    }
    // "The Government should …", "That the State …": after the modal verb, or after a short subject.
    let subject = numbers.start..numbers.end.min(numbers.start + 14);
    if let Some(modal) = context.words.hits(subject).find(|hit| hit.list == lists.modal_verbs) {
        let after = skip(context, modal.last, numbers.end);
        return Some(after.min(numbers.end.saturating_sub(1)));
    }
    if context.is(numbers.start, &["that"]) {
        let found = (numbers.start + 1..numbers.end.min(numbers.start + 10)).find(|&at| is_base_verb(context, at));
        return found.or(Some(numbers.start));
    }
    after_leading_clause(context, words).or((start < numbers.end).then_some(start))
}

/// "In line with …, amend", "Keeping to the calendar, open": the base verb after the comma of a leading clause.
fn after_leading_clause(context: &Context<'_>, words: WordRange) -> Option<u32> {
    let end = context.words.numbers(words).end;
    let commas = context.prose.slice(words).match_indices(',');
    commas.into_iter().find_map(|(comma, _)| {
        let rest = WordRange { start: words.start + comma as u32 + 1, end: words.end };
        let next = skip(context, context.words.numbers(rest).start, end);
        (next < end && is_base_verb(context, next)).then_some(next)
    })
}

/// Past "to", "not" and adverbs.
fn skip(context: &Context<'_>, from: u32, end: u32) -> u32 {
    let mut at = from;
    while at < end {
        if is_opening(context, at) && context.words.at(context.lists().opening_adverbs, at).is_none() {
            break;
        }
        if let Some(adverb) = context.words.at(context.lists().opening_adverbs, at) {
            at = adverb.last;
        } else if context.is(at, &["to", "not", "also", "the", "please", "and"]) && !is_nominal(context, at) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

fn is_opening(context: &Context<'_>, at: u32) -> bool {
    verb_at(context, at).is_some() || is_nominal(context, at) || context.lists().opening_verb(context.words, at).is_some()
}

fn is_nominal(context: &Context<'_>, at: u32) -> bool {
    context.words.at(context.lists().verb_nominals, at).is_some()
}

fn is_base_verb(context: &Context<'_>, at: u32) -> bool {
    let base = |hit: Hit| hit.form == Form::Base;
    verb_at(context, at).is_some_and(base) || context.lists().opening_verb(context.words, at).is_some_and(base)
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

fn categorise(context: &Context<'_>, verb: Option<Hit>, first: u32, last: u32, end: u32) -> Category {
    let lists = context.lists();
    let Some(hit) = verb else {
        let nominal = context.words.at(lists.verb_nominals, first);
        let entry = nominal.and_then(|hit| context.lexicon.entry(context.words, hit));
        if let Some(base) = entry.and_then(|entry| entry.instead.as_deref()) {
            return category_of_base(context, base, last, end);
        }
        let window = last..end.min(last + OBJECT_WINDOW_OF_UNKNOWN_VERB);
        let concrete = context.words.hits(window).any(|hit| hit.list == lists.concrete_objects);
        return if concrete { Category::Specific } else { Category::General };
    };
    if hit.list == lists.minimal_verbs {
        Category::Minimal
    } else if hit.list == lists.continuing_verbs {
        Category::Continuing
    } else if hit.list == lists.considering_verbs {
        Category::Considering
    } else if hit.list == lists.general_verbs {
        Category::General
    } else if hit.list == lists.specific_verbs {
        Category::Specific
    } else {
        let without = context.words.at(lists.verbs_general_without_object, first).is_some();
        by_object(context, last, end).unwrap_or(if without { Category::General } else { Category::Specific })
    }
}

/// The category of a nominal opening by the verb for which it stands.
fn category_of_base(context: &Context<'_>, base: &str, last: u32, end: u32) -> Category {
    let lists = context.lists();
    let lists_by_category = [
        (lists.minimal_verbs, Category::Minimal),
        (lists.continuing_verbs, Category::Continuing),
        (lists.considering_verbs, Category::Considering),
        (lists.general_verbs, Category::General),
        (lists.specific_verbs, Category::Specific),
    ];
    let holds = |list| context.lexicon.entries(context.words.language, list).iter().any(|entry| entry.phrase == base);
    let known = lists_by_category.into_iter().find(|&(list, _)| holds(list)).map(|(_, category)| category);
    known.or_else(|| by_object(context, last, end)).unwrap_or(Category::Specific)
}

/// The first concrete or vague noun after the verb decides.
fn by_object(context: &Context<'_>, last: u32, end: u32) -> Option<Category> {
    let lists = context.lists();
    let window = last..end.min(last + OBJECT_WINDOW);
    let object = context.words.hits(window).find(|hit| hit.list == lists.concrete_objects || hit.list == lists.vague_objects)?;
    Some(if object.list == lists.concrete_objects { Category::Specific } else { Category::General })
}

/// The words that say by which act a result is to be reached: "by amending …", "including by …", "through a law …".
pub(super) fn means(context: &Context<'_>, words: WordRange) -> Option<WordRange> {
    let lists = context.lists();
    let numbers = context.words.numbers(words);
    for at in numbers.clone() {
        if !context.is(at, &["by", "through", "via", "including", "means"]) {
            continue;
        }
        let window = at + 1..numbers.end.min(at + 6);
        let gerund = context.words.hits(window.clone()).find(|hit| hit.list == lists.rescue_verbs && hit.form == Form::Ing);
        let noun = (!context.is(at, &["by"])).then(|| context.words.hits(window).find(|hit| hit.list == lists.named_measures)).flatten();
        if let Some(hit) = gerund.or(noun) {
            return Some(context.words.between(at..hit.last));
        }
    }
    None
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
