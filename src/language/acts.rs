//! Which acts a recommendation names: deeds of which one can say, years later, that they were done or not.
//!
//! A weak opening does not make an act vague: "consider ratifying the Convention" names the ratification, and only leaves open
//! whether it must follow. So two facts are kept apart: the first act that is named at all, and the first that is asked for
//! outright. An act is a specific verb with its object, in any form ("to ratify", "ratifying", "the ratification of"), or a
//! thing with a name of its own that is to be dealt with ("ensure that the Penal Code …").

use std::ops::Range;

use crate::text::prose::WordRange;
use crate::words::{Form, Hit, ListId, Word};

use super::Context;
use super::action::verbs::{self, Class};
use super::action::{Action, Category};

/// The acts that a recommendation names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// The first act that is named, whether it must be done or only considered or continued.
    pub named: Option<WordRange>,
    /// The first act that is asked for outright.
    pub outright: Option<WordRange>,
}

/// Words within which the object of a verb is looked for: "put in place comprehensive and evidence-based sexual and reproductive health
/// education programmes".
const OBJECT_WINDOW: u32 = 10;
/// Words within which a treaty is named: "the outstanding instruments, in particular the Convention on …".
const WORDS_OF_A_TREATY: u32 = 40;
/// Words within which a thing with a name of its own is the object of a general verb.
const NAME_WINDOW: u32 = 6;

/// The acts among the words of a recommendation: `separate` are the verbs of its separate actions.
pub(super) fn read(context: &Context<'_>, words: WordRange, action: &Action, separate: &[WordRange]) -> Acts {
    let mut acts = Acts::default();
    let Some(category) = action.category else { return acts };
    let end = context.words.numbers(words).end;
    let means = action.means.filter(|means| !is_loose(context, context.words.numbers(*means).start..end, false));
    if let Some(means) = means {
        acts.named = Some(means);
        acts.outright = matches!(category, Category::Specific | Category::General).then_some(means);
    }
    let mut starts = separate.iter().skip(1).map(|verb| context.words.numbers(*verb).start);
    let mut clause = action.first..starts.next().unwrap_or(end);
    let mut weight = category;
    let mut from = action.last;
    loop {
        // What made a general verb specific is the means, which is an act already.
        let weight_of_verb = if means.is_some() && clause.start == action.first && weight == Category::Specific { Category::General } else { weight };
        in_clause(context, clause.start, from..clause.end, weight_of_verb, &mut acts);
        if acts.outright.is_some() || clause.end >= end {
            return acts;
        }
        clause = clause.end..starts.next().unwrap_or(end);
        let verb = verb_at(context, clause.start);
        weight = weight_of(context, verb, clause.end);
        from = verb.map_or(clause.start + 1, |hit| hit.last);
    }
}

/// The acts of one action: of the verb at `first`, and of those inside its object, `rest`.
fn in_clause(context: &Context<'_>, first: u32, rest: Range<u32>, weight: Category, acts: &mut Acts) {
    let lists = context.lists();
    let strategy = context.words.at(lists.strategies, first);
    if let Some(strategy) = strategy.filter(|_| matches!(weight, Category::General | Category::Specific)) {
        let act = context.words.range(strategy);
        acts.named = acts.named.or(Some(act));
        acts.outright = Some(act);
        return;
    }
    if weight == Category::Specific && !is_loose(context, rest.clone(), true) {
        let act = with_object(context, first, rest);
        acts.named = acts.named.or(Some(act));
        acts.outright = acts.outright.or(Some(act));
        return;
    }
    let asks = matches!(weight, Category::General | Category::Specific);
    let decided = || verb_at(context, first).is_some_and(|hit| hit.list == lists.verbs_decided_by_object);
    if asks && decided() && has_concrete_object(context, rest.start, rest.end) && !is_loose(context, rest.clone(), true) {
        let act = with_object(context, first, rest);
        acts.named = acts.named.or(Some(act));
        acts.outright = Some(act);
        return;
    }
    // "Take steps to ratify" asks for steps, "with a view to ratifying" for what stands before it.
    let mut hedged = !asks;
    let mut last = None;
    for at in context.words.hits(rest.clone()).map(|hit| hit.first) {
        // Several entries may begin at one word.
        if last.replace(at) == Some(at) {
            continue;
        }
        let example = asks && here(context, at).any(|hit| hit.form == Form::Ing) && at.checked_sub(1).is_some_and(|before| context.is(before, &["by", "as"]));
        hedged = (hedged || here(context, at).any(|hit| hit.list == lists.vague_objects || hit.list == lists.hedges)) && !example;
        let act = match inner_act(context, at, rest.end) {
            Some(last) if !is_loose(context, last..rest.end, false) => with_object(context, at, last..rest.end),
            Some(_) => continue,
            None if at < rest.start + NAME_WINDOW && is_name(context, at, rest.start) => context.words.between(first..at + 1),
            None => match here(context, at).find(|hit| hit.list == lists.act_nouns) {
                Some(noun) => context.words.range(noun),
                None => continue,
            },
        };
        acts.named = acts.named.or(Some(act));
        if !hedged {
            acts.outright = acts.outright.or(Some(act));
            return;
        }
    }
}

/// The entries of the word lists that begin at this word.
fn here<'a>(context: &Context<'a>, at: u32) -> impl Iterator<Item = Hit> + use<'a> {
    context.words.hits(at..u32::MAX).take_while(move |hit| hit.first == at)
}

/// How much a verb asks for.
fn weight_of(context: &Context<'_>, verb: Option<Hit>, end: u32) -> Category {
    let Some(hit) = verb else { return Category::General };
    let decided = || if has_concrete_object(context, hit.last, end) { Category::Specific } else { Category::General };
    Class::of(context, hit).category().unwrap_or_else(decided)
}

/// The longest verb that begins at this word or after the adverbs there.
fn verb_at(context: &Context<'_>, at: u32) -> Option<Hit> {
    verbs::verb_at(context, verbs::past_adverbs(context, at))
}

/// The longest entry of some lists at a word; of two with the same words the verb decided by its object, since it knows more.
fn longest(context: &Context<'_>, at: u32, lists: &[ListId]) -> Option<Hit> {
    let decided = context.lists().verbs_decided_by_object;
    here(context, at).filter(|hit| lists.contains(&hit.list)).max_by_key(|hit| (hit.last, hit.list == decided))
}

/// The number of the word after a specific verb inside a clause: "to ratify", "ratifying", "the ratification of".
fn inner_act(context: &Context<'_>, at: u32, end: u32) -> Option<u32> {
    let lists = context.lists();
    let before = at.checked_sub(1)?;
    if let Some(nominal) = here(context, at).find(|hit| hit.list == lists.verb_nominals) {
        let specific = match Class::of(context, nominal) {
            Class::Of(Category::Specific) => true,
            Class::ByObject => has_concrete_object(context, nominal.last, end),
            Class::Of(_) | Class::Other => return None,
        };
        // "The effective implementation of", "full application of": how well, not what.
        let how_well = context.words.at(lists.vague_qualifiers, before).is_some() || context.is(before, &["effective", "full", "proper", "better", "adequate"]);
        return (specific && !how_well).then_some(nominal.last);
    }
    let verbs = [lists.verbs_decided_by_object, lists.specific_verbs, lists.general_verbs];
    let hit = longest(context, at, &verbs).filter(|hit| hit.list != lists.general_verbs)?;
    let verbal = match hit.form {
        Form::Base => context.is(before, &["to", "and", "or"]) || context.words.at(lists.opening_adverbs, before).is_some(),
        Form::Ing => !is_noun(context, hit, end),
        _ => false,
    };
    let specific = hit.list == lists.specific_verbs || has_concrete_object(context, hit.last, end);
    (verbal && specific).then_some(hit.last)
}

/// Whether a form in -ing is a noun: "education and training in", "the building of", "decision-making posts"; not so "by opening
/// Y", "consider signing and ratifying Z".
fn is_noun(context: &Context<'_>, hit: Hit, end: u32) -> bool {
    let Some(place) = context.words.word(hit.first).map(Word::range) else { return true };
    let glued = context.prose.slice(WordRange { start: place.start.saturating_sub(1), end: place.start }) == "-";
    let goes_on = hit.last < end && context.words.word(hit.last).is_some_and(Word::is_joined);
    let pair = context.is(hit.last, &["and", "or"]) && here(context, hit.last + 1).any(|next| next.form == Form::Ing);
    let article = hit.first.checked_sub(1).is_some_and(|before| context.is(before, &["the", "a", "an", "and"]));
    glued || article || !goes_on || (!pair && context.is(hit.last, &["of", "in", "on", "for", "and", "or"]))
}

fn has_concrete_object(context: &Context<'_>, last: u32, end: u32) -> bool {
    let lists = context.lists();
    // A body of the United Nations is as concrete as a law: "provide the UNHCR with access".
    let concrete = [lists.concrete_objects, lists.un_bodies, lists.un_acronyms, lists.special_procedures];
    let window = last..end.min(last + OBJECT_WINDOW);
    let object = context.words.hits(window).find(|hit| hit.list == lists.vague_objects || concrete.contains(&hit.list));
    object.is_some_and(|hit| hit.list != lists.vague_objects)
}

/// Whether an object leaves open what is meant: "the outstanding instruments", "laws and measures", inside a clause also "obstacles".
fn is_loose(context: &Context<'_>, object: Range<u32>, main: bool) -> bool {
    let lists = context.lists();
    let window = |words: u32| object.start..object.end.min(object.start + words);
    let treaties = [lists.treaty_names, lists.treaty_acronyms, lists.protocol_names];
    let named = context.words.hits(window(WORDS_OF_A_TREATY)).any(|hit| treaties.contains(&hit.list));
    let mut objects = context.words.hits(window(OBJECT_WINDOW));
    let telling = [lists.loose_objects, lists.vague_bundles, lists.vague_objects, lists.concrete_objects];
    // A bundle begins with a thing that is concrete by itself: "laws and measures".
    let first = objects.find(|hit| telling.contains(&hit.list));
    let first = first.and_then(|hit| longest(context, hit.first, &telling));
    first.is_some_and(|hit| !named && hit.list != lists.concrete_objects && !(main && hit.list == lists.vague_objects))
}

/// Whether a thing with a name of its own ends at this word: "the Penal Code", "the “New Homes” project", "the draft law".
fn is_name(context: &Context<'_>, at: u32, first: u32) -> bool {
    let lists = context.lists();
    let law = context.words.at(lists.law_nouns, at).is_some();
    if at <= first || !(law || context.words.at(lists.project_nouns, at).is_some()) || context.is(first, &["under", "within"]) {
        return false;
    }
    let capital = |number: u32| context.text(number).starts_with(char::is_uppercase);
    let quoted = context.prose.slice(context.words.between(at - 1..at + 1)).contains(['"', '”', '»']);
    let draft = context.is(at - 1, &["draft"]) && context.is(at, &["law", "bill"]);
    quoted || draft || (capital(at - 1) && capital(at))
}

/// From a verb to the end of the thing that it is about.
fn with_object(context: &Context<'_>, first: u32, rest: Range<u32>) -> WordRange {
    let lists = context.lists();
    let window = rest.start..rest.end.min(rest.start + OBJECT_WINDOW);
    let things = [lists.concrete_objects, lists.treaty_names, lists.treaty_acronyms];
    let thing = context.words.hits(window).find(|hit| things.contains(&hit.list)).and_then(|hit| longest(context, hit.first, &things));
    let last = thing.map_or(rest.start, |hit| hit.last);
    context.words.between(first..last.max(first + 1))
}
