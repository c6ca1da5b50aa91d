//! Whose words a brief repeats: quotations of children.
//!
//! "Do no harm": a child is quoted only with consent, and so that nobody can tell who it is (Factsheet 3, on the standards of the
//! Committee on the Rights of the Child).

use crate::text::prose::WordRange;
use crate::words::{Form, Word};

use super::Context;

/// Fewer words between quotation marks are a term ("reasonable correction") and no statement.
const WORDS_OF_A_STATEMENT: usize = 3;
/// How many words from a quotation its speaker is looked for.
const WORDS_AROUND: u32 = 12;
/// How many words may stand between a child and its verb: "a girl of the second home told us".
const WORDS_TO_THE_VERB: u32 = 6;

/// The first statement of a child between quotation marks in a block.
pub fn quoted_child(context: &Context<'_>, block: WordRange) -> Option<WordRange> {
    let text = context.prose.slice(block);
    // One mark after the other is found faster than any of three.
    let quotes = ['“', '"', '«'].into_iter().any(|mark| text.contains(mark));
    if !quotes || !context.has(context.lists().child_words, block) || context.has(context.lists().consent_words, block) {
        return None;
    }
    let all = context.words.numbers(block);
    quotations(text).into_iter().find_map(|(start, end)| {
        let quotation = WordRange { start: block.start + start as u32, end: block.start + end as u32 };
        let inside = context.words.numbers(quotation);
        if context.prose.count_words(quotation) < WORDS_OF_A_STATEMENT {
            return None;
        }
        let before = inside.start.saturating_sub(WORDS_AROUND).max(all.start)..inside.start;
        let after = inside.end..all.end.min(inside.end + WORDS_AROUND);
        let rest = text.get(end..).unwrap_or_default().trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '—' | '–'));
        let signed = rest.starts_with(['(', '—', '–']) && is_child(context, after.start..after.end.min(after.start + 4));
        (signed || speaks(context, before) || speaks(context, after)).then_some(quotation)
    })
}

/// Where quotations stand in a text, without their marks.
fn quotations(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, mark) in text.char_indices() {
        match (open, mark) {
            (None, '“') => open = Some((at + mark.len_utf8(), '”')),
            (None, '«') => open = Some((at + mark.len_utf8(), '»')),
            (None, '"') => open = Some((at + 1, '"')),
            (Some((start, close)), _) if mark == close => {
                found.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// A child among these words; "Child" with a capital letter is part of a name.
fn is_child(context: &Context<'_>, numbers: std::ops::Range<u32>) -> bool {
    context.words.hits(numbers).any(|hit| hit.list == context.lists().child_words)
}

/// A child that speaks: "a girl told us", "said one pupil".
fn speaks(context: &Context<'_>, numbers: std::ops::Range<u32>) -> bool {
    let lists = context.lists();
    let child = |at: u32| context.words.at(lists.child_words, at).is_some() && context.text(at).starts_with(char::is_lowercase);
    let of_somebody = |at: u32| context.is(at + 1, &["of"]) && context.is(at + 2, &["the", "a"]) && context.is(at + 3, &["committee", "ministry"]);
    context.words.hits(numbers.clone()).filter(|hit| hit.list == lists.quoting_verbs).any(|verb| {
        let before = numbers.start.max(verb.first.saturating_sub(WORDS_TO_THE_VERB))..verb.first;
        let after = verb.last..numbers.end.min(verb.last + 4);
        // After "told" stands who was spoken to.
        let told = context.is(verb.last - 1, &["told", "tells", "us", "tell"]);
        before.into_iter().any(|at| child(at) && !of_somebody(at)) || !told && after.into_iter().any(child)
    })
}

/// How many words may stand between the verb and the children: "we interviewed more than 64 younger children".
const WORDS_TO_THE_CHILDREN: u32 = 4;

/// The first place at which children are said to have told the authors something: "children told us", "we interviewed 64 pupils".
pub fn children_asked(context: &Context<'_>, range: WordRange) -> Option<WordRange> {
    let lists = context.lists();
    let child = |at: u32| context.words.at(lists.child_words, at).filter(|hit| hit.form != Form::Base || context.is(at, &["children"]));
    let heard = context.words.of(lists.asking_verbs, range).find_map(|verb| {
        let window = verb.last..verb.last + WORDS_TO_THE_CHILDREN;
        let reached = window.take_while(|&at| at == verb.last || context.words.word(at).is_some_and(Word::is_joined));
        // "we interviewed 30 parents of children": other people come first.
        let mut before = reached.take_while(|&at| !context.is(at, &["of", "from", "for", "in", "and", "who", "about", "with"]));
        before.find_map(child).map(|hit| context.words.between(verb.first..hit.last))
    });
    heard.or_else(|| {
        context.words.of(lists.telling_verbs, range).find_map(|verb| {
            let last = verb.first.checked_sub(1)?;
            child(last).filter(|hit| hit.last == verb.first).map(|hit| context.words.between(hit.first..verb.last))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::in_context;

    #[track_caller]
    fn check(fact: fn(&Context<'_>, WordRange) -> Option<WordRange>, text: &str, expected: Option<&str>) {
        in_context(text, |context, all| assert_eq!(fact(context, all).map(|place| context.prose.slice(place)), expected, "{text}"));
    }

    #[test]
    fn a_child_speaks_where_a_child_is_said_to() {
        check(quoted_child, "“I am afraid of him,” said a pupil.", Some("I am afraid of him,"));
        check(quoted_child, "A girl of the second home told us: «We sleep on the floor».", Some("We sleep on the floor"));
        check(quoted_child, "\"They beat us daily\" (boy, 14).", Some("They beat us daily"));
        check(quoted_child, "“They beat us daily” — Girl, 14", Some("They beat us daily"));
        for text in [
            "“I am afraid of him” (girl, 11, quoted with her consent).",
            "The law allows the “reasonable correction” of a child.",
            "The Committee on the Rights of the Child said that “the law has not changed”.",
            "A teacher told the children that “nobody will come to help”.",
            "The Ministry said: “Each child has a place at school”.",
        ] {
            check(quoted_child, text, None);
        }
    }

    #[test]
    fn children_are_asked_by_the_authors() {
        check(children_asked, "In 2026 we interviewed 64 children in Ost.", Some("we interviewed 64 children"));
        check(children_asked, "Girls told us that they are afraid.", Some("Girls told us"));
        check(children_asked, "We held focus groups with 30 older pupils.", Some("focus groups with 30 older pupils"));
        check(children_asked, "We interviewed 30 parents of children.", None);
        check(children_asked, "Parents told us that children are afraid.", None);
        check(children_asked, "The court heard 64 children.", None);
    }
}
