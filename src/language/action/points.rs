//! Specific or general: points for the words of an act.
//!
//! UPR Info's coders tell a specific act (category 5) from a general one (category 4) by the verb, by what it is done to, and
//! by an example that follows ("…, including by amending the Penal Code"). Each of these carries points, positive where it speaks
//! for a specific act; the sum decides, and the words that weighed most are the reason. The points of single verbs and objects are
//! word lists; those of their classes are the constants here. All were fitted to UPR Info's coding of sessions 1 to 20 (a logistic
//! regression that keeps few words) and rounded: a point is a fifth of the natural logarithm of the odds.

use std::ops::Range;

use crate::text::prose::WordRange;
use crate::words::Hit;

use super::super::Context;
use super::clauses::{Clause, Lead, Tail, further_acts, objects, purpose, tails};
use super::opening::Opening;
use super::verbs::Class;
use super::{Category, Reason};

/// What is decided about an action.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub category: Category,
    pub reason: Reason,
    /// The example that makes the act specific.
    pub means: Option<WordRange>,
}

const START: i32 = -1;
const GENERAL_VERB: i32 = -14;
const SPECIFIC_VERB: i32 = 6;
const CONCRETE_OBJECT: i32 = 2;
const VAGUE_OBJECT: i32 = -2;
/// Of more objects of one kind only so many count.
const OBJECTS_THAT_COUNT: i32 = 2;
/// From so many points on an example or a further act is clearly specific (odds of four to one), from as many below zero clearly general.
const CLEAR: i32 = 7;

/// A verb clause with its points.
#[derive(Clone, Copy, Debug)]
struct Weighed {
    points: i32,
    /// The word of the object that weighed most, with its points.
    object: Option<(WordRange, i32)>,
}

/// Decides the category of the act that begins with `opening` and goes on up to the word `end`.
pub(super) fn decide(context: &Context<'_>, opening: &Opening, end: u32) -> Decision {
    let class = class_of(context, opening.verb);
    let by_verb = |category| Decision { category, reason: Reason::Verb, means: None };
    match class {
        Class::Of(Category::Minimal) => return by_verb(Category::Minimal),
        Class::Of(Category::Considering) => return by_verb(Category::Considering),
        _ => {}
    }
    let own = match &opening.subject {
        Some(subject) => subject.end.saturating_sub(super::clauses::CLAUSE_WORDS).max(subject.start)..subject.end,
        None => objects(context, opening.object, end),
    };
    if let Some(object) = considering_object(context, opening, &own) {
        return Decision { category: Category::Considering, reason: Reason::Object(object), means: None };
    }
    let tails = tails(context, opening.object, end);
    let place = |tail: &Tail| context.words.between(tail.first..tail.clause.objects.end.max(tail.first + 1));
    let acts = || tails.iter().filter(|tail| tail.clause.verb.is_some() && tail.lead != Lead::Aim);
    let best_act = best(acts().map(|tail| (tail, weigh(context, &tail.clause).points)));
    if class == Class::Of(Category::Continuing) {
        // "Continue its efforts by ratifying …": what is asked for is the act.
        let among = acts().filter(|tail| tail.lead != Lead::Emphasis);
        let Some((tail, points)) = best(among.map(|tail| (tail, weigh(context, &tail.clause).points))) else { return by_verb(Category::Continuing) };
        return match (points > 0, tail.lead) {
            (true, _) => Decision { category: Category::Specific, reason: Reason::Example(place(tail)), means: Some(place(tail)) },
            (false, Lead::Means) => Decision { category: Category::General, reason: Reason::Example(place(tail)), means: None },
            (false, _) => by_verb(Category::Continuing),
        };
    }
    let main = weigh(context, &Clause { verb: opening.verb, objects: own });
    let things = tails.iter().filter(|tail| tail.clause.verb.is_none() && tail.lead != Lead::Aim);
    let best_thing = best(things.map(|tail| (tail, weigh_thing(context, tail.clause.objects.clone()))));
    let from_act = best_act.map_or(0, |(tail, points)| points_of_example(class, tail.lead, points));
    let from_thing = best_thing.map_or(0, |(tail, points)| points_of_thing(tail.lead, points));
    let aims = tails.iter().any(|tail| tail.lead == Lead::Aim && tail.clause.verb.is_some() && weigh(context, &tail.clause).points <= 0);
    let further = further_acts(context, opening.object, end).iter().map(|act| weigh(context, act).points).max();
    let sum = main.points
        + opening.before.map_or(0, |before| points_of_two(class_of(context, Some(before)), class))
        + from_act
        + from_thing
        + further.map_or(0, points_of_further_act)
        + purpose(context, opening.object, end).map_or(0, |act| points_of_purpose(class, weigh(context, &act).points))
        - if aims { 2 } else { 0 };
    let category = if sum > 0 { Category::Specific } else { Category::General };
    // An example is a means if it says which act, or if it tips the scale.
    let act = best_act.filter(|&(_, points)| points > 0).map(|(tail, _)| tail);
    let thing = best_thing.filter(|&(tail, points)| points >= CLEAR || (tail.lead == Lead::Means && points > 0)).map(|(tail, _)| tail);
    let means = act.or(thing).map(place);
    let tipped = sum > 0 && sum - from_act - from_thing <= 0;
    let reason = match (means, main.object, opening.verb) {
        (Some(example), ..) if tipped => Reason::Example(example),
        (_, Some((object, points)), Some(_)) if class == Class::ByObject && (points > 0) == (sum > 0) => Reason::Object(object),
        (.., Some(_)) => Reason::Verb,
        (_, Some((object, _)), None) => Reason::Object(object),
        (_, None, None) => Reason::NoVerb,
    };
    Decision { category, reason, means }
}

fn best<'a>(tails: impl Iterator<Item = (&'a Tail, i32)>) -> Option<(&'a Tail, i32)> {
    // Of equals the first: it stands nearest to the act.
    tails.fold(None, |best: Option<(&Tail, i32)>, next| if best.is_none_or(|best| next.1 > best.1) { Some(next) } else { best })
}

/// "Undertake a review": the object makes it an act of considering.
fn considering_object(context: &Context<'_>, opening: &Opening, object: &Range<u32>) -> Option<WordRange> {
    let lists = context.lists();
    let verb = opening.verb?;
    context.words.at(lists.verbs_of_doing, verb.first).filter(|doing| doing.last == verb.last)?;
    let hit = context.words.hits(object.clone()).find(|hit| hit.list == lists.considering_objects)?;
    Some(context.words.range(hit))
}

fn class_of(context: &Context<'_>, verb: Option<Hit>) -> Class {
    verb.map_or(Class::Other, |verb| Class::of(context, verb))
}

/// The verb for which a noun stands: "ratify" for "the ratification of".
fn base_of<'a>(context: &Context<'a>, nominal: Hit) -> &'a str {
    context.lexicon.entry(context.words, nominal).and_then(|entry| entry.instead.as_deref()).unwrap_or_default()
}

/// The points that a verb has beyond those of its class.
fn points_of_verb(context: &Context<'_>, verb: Hit) -> i32 {
    let list = context.lists().verb_points;
    if verb.list == context.lists().verb_nominals {
        let base = base_of(context, verb);
        let entries = context.lexicon.entries(context.words.language, list);
        return entries.iter().find(|entry| entry.phrase == base).map_or(0, |entry| entry.value as i32);
    }
    let own = context.words.at(list, verb.first).filter(|hit| hit.last == verb.last);
    own.and_then(|hit| context.lexicon.entry(context.words, hit)).map_or(0, |entry| entry.value as i32)
}

/// A verb and its object, without examples.
fn weigh(context: &Context<'_>, clause: &Clause) -> Weighed {
    let class = class_of(context, clause.verb);
    let things = Things::of(context, clause.objects.clone());
    let by_class = match (class, things.first) {
        (Class::Of(Category::General | Category::Minimal | Category::Continuing | Category::Considering), _) => GENERAL_VERB,
        (Class::Of(Category::Specific), Some(true)) => SPECIFIC_VERB + 6,
        (Class::Of(Category::Specific), Some(false)) => SPECIFIC_VERB - 1,
        (Class::Of(Category::Specific), None) => SPECIFIC_VERB + 3,
        (Class::ByObject, Some(true)) => 5,
        (Class::ByObject | Class::Other, Some(false)) => -5,
        (Class::Other, None) => -1,
        (Class::ByObject, None) | (Class::Other, Some(true)) => 0,
    };
    let verb = clause.verb.map_or(0, |verb| points_of_verb(context, verb));
    Weighed { points: START + by_class + verb + things.points, object: things.heaviest }
}

/// An example without a verb: "including a hotline".
fn weigh_thing(context: &Context<'_>, words: Range<u32>) -> i32 {
    START + Things::of(context, words).points
}

/// The things that an act is done to.
struct Things {
    points: i32,
    /// Whether the first thing that a list knows is concrete.
    first: Option<bool>,
    heaviest: Option<(WordRange, i32)>,
}

impl Things {
    fn of(context: &Context<'_>, words: Range<u32>) -> Things {
        let lists = context.lists();
        let mut things = Things { points: 0, first: None, heaviest: None };
        let (mut concrete, mut vague) = (0, 0);
        let mut at = words.start;
        let mut seen: Vec<u32> = Vec::new();
        while at < words.end {
            let known = context.words.at_any(&[lists.concrete_objects, lists.vague_objects], at).filter(|hit| hit.last <= words.end);
            let extra = context.words.at(lists.object_points, at).filter(|hit| known.is_none_or(|known| known.last == hit.last) && hit.last <= words.end);
            let mut points = 0;
            if let Some(known) = known {
                let is_concrete = known.list == lists.concrete_objects;
                things.first = things.first.or(Some(is_concrete));
                let (count, each) = if is_concrete { (&mut concrete, CONCRETE_OBJECT) } else { (&mut vague, VAGUE_OBJECT) };
                *count += 1;
                if *count <= OBJECTS_THAT_COUNT {
                    points += each;
                }
            }
            // A word that comes twice counts once.
            if let Some(extra) = extra.filter(|extra| !seen.contains(&extra.entry)) {
                seen.push(extra.entry);
                points += context.lexicon.entry(context.words, extra).map_or(0, |entry| entry.value as i32);
            }
            let hit = known.or(extra);
            if let Some(hit) = hit {
                things.points += points;
                if things.heaviest.is_none_or(|(_, most)| points.abs() > most.abs()) {
                    things.heaviest = Some((context.words.range(hit), points));
                }
            }
            at = hit.map_or(at + 1, |hit| hit.last.max(at + 1));
        }
        things
    }
}

/// "Provide and improve", "improve and adopt": what the first of two verbs adds to the second.
fn points_of_two(first: Class, second: Class) -> i32 {
    match (first, second) {
        (Class::Of(Category::General), Class::Of(Category::Specific)) => -7,
        (Class::Of(Category::General), Class::ByObject) => -4,
        (Class::Of(Category::Considering | Category::Minimal | Category::Continuing), Class::Of(Category::General)) => -3,
        (Class::ByObject, Class::ByObject) => -1,
        (Class::Of(Category::Specific), Class::Of(Category::Specific)) => 5,
        (Class::Of(Category::Specific), Class::ByObject) => 8,
        (Class::Of(Category::Specific) | Class::ByObject, Class::Of(Category::General)) => 15,
        _ => 0,
    }
}

/// "…, including by amending the Code": a general act gains most by an example, even by a general one.
fn points_of_example(main: Class, lead: Lead, points: i32) -> i32 {
    let specific = points > 0;
    let clarity = match points {
        CLEAR.. => 6,
        1..CLEAR => 0,
        _ if points > -CLEAR => 3,
        _ => 0,
    };
    let by_lead = match (lead, specific) {
        (Lead::Means, true) => 7,
        (Lead::Means, false) | (Lead::Example, true) => 3,
        _ => 0,
    };
    let by_main = match (main, specific) {
        (Class::Of(Category::General), true) => 10,
        (Class::Of(Category::General), false) => 6,
        (Class::ByObject, true) => 2,
        _ => 0,
    };
    clarity + by_lead + by_main
}

/// "…, through a hotline", "…, such as a registry".
fn points_of_thing(lead: Lead, points: i32) -> i32 {
    match (lead, points) {
        (Lead::Means, CLEAR..) => 10,
        (Lead::Means, 1..CLEAR) => 4,
        (Lead::Example, 1..CLEAR) => 2,
        (Lead::Means, _) if points > -CLEAR => 1,
        (Lead::Emphasis, _) if points <= 0 && points > -CLEAR => -1,
        _ => 0,
    }
}

/// "… and repeal the Press Act".
fn points_of_further_act(points: i32) -> i32 {
    match points {
        CLEAR.. => 2,
        1..CLEAR => 1,
        _ if points > -CLEAR => 0,
        _ => -1,
    }
}

/// "Take measures to abolish …", "open talks to improve …".
fn points_of_purpose(main: Class, points: i32) -> i32 {
    match (main, points > 0) {
        (Class::Of(Category::General), false) => 1,
        (Class::ByObject, _) | (Class::Of(Category::Specific), false) => -2,
        _ => 0,
    }
}
