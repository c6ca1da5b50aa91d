//! Verbs and the lists that hold them: what a verb, or the noun that stands for one, asks for by itself.

use crate::words::{Entry, Hit, Language, Lexicon};

use super::super::{Context, Lists};
use super::Category;

/// How a verb is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Class {
    /// In the list of a category.
    Of(Category),
    /// Its object decides.
    ByObject,
    /// A verb that is known only as a means ("by planting …"), or no known verb.
    Other,
}

impl Class {
    /// The class of a verb that was found.
    pub(in super::super) fn of(context: &Context<'_>, verb: Hit) -> Class {
        let lists = context.lists();
        if verb.list == lists.verb_nominals {
            return context.grammar.nominal(context.lexicon, verb.entry);
        }
        by_list(lists).into_iter().find(|&(list, _)| list == verb.list).map_or(Class::Other, |(_, class)| class)
    }

    /// The category of a verb that needs no object to have one.
    pub(in super::super) fn category(self) -> Option<Category> {
        match self {
            Class::Of(category) => Some(category),
            Class::ByObject | Class::Other => None,
        }
    }

    /// The classes of the verbs for which the entries of the list "verb nominals" stand, in their order.
    pub(in super::super) fn of_nominals(lists: &Lists, lexicon: &Lexicon) -> Vec<Class> {
        let entries = |list| lexicon.entries(Language::English, list);
        let class = |entry: &Entry| {
            let holds = |list| entries(list).iter().any(|verb| entry.instead.as_deref() == Some(&verb.phrase));
            by_list(lists).into_iter().find(|&(list, _)| holds(list)).map_or(Class::Other, |(_, class)| class)
        };
        entries(lists.verb_nominals).iter().map(class).collect()
    }
}

fn by_list(lists: &Lists) -> [(crate::words::ListId, Class); 6] {
    [
        (lists.minimal_verbs, Class::Of(Category::Minimal)),
        (lists.continuing_verbs, Class::Of(Category::Continuing)),
        (lists.considering_verbs, Class::Of(Category::Considering)),
        (lists.general_verbs, Class::Of(Category::General)),
        (lists.specific_verbs, Class::Of(Category::Specific)),
        (lists.verbs_decided_by_object, Class::ByObject),
    ]
}

/// The longest entry of the verb lists at this word.
pub(in super::super) fn verb_at(context: &Context<'_>, at: u32) -> Option<Hit> {
    let verbs = by_list(context.lists()).map(|(list, _)| list);
    let here = context.words.hits(at..u32::MAX).take_while(|hit| hit.first == at);
    // Of two lists with the same words the one decided by the object goes first, since it knows more.
    here.filter(|hit| verbs.contains(&hit.list)).max_by_key(|hit| (hit.last, hit.list == context.lists().verbs_decided_by_object))
}

/// The number of the word after the adverbs here.
pub(in super::super) fn past_adverbs(context: &Context<'_>, at: u32) -> u32 {
    let mut at = at;
    while let Some(adverb) = context.words.at(context.lists().opening_adverbs, at) {
        at = adverb.last;
    }
    at
}

/// The number of the word after the adverbs and the "to" here.
pub(super) fn skip_adverbs(context: &Context<'_>, at: u32) -> u32 {
    let at = past_adverbs(context, at);
    if context.is(at, &["to"]) { at + 1 } else { at }
}
