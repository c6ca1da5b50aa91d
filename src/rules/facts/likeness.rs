//! Which recommendations say nearly the same, which are put in another way than their neighbours, and which have nothing to do with
//! their issue.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::language::Reading;
use crate::markdown::{ContainerId, ContainerKind};
use crate::rules::apply::{Case, Found};
use crate::text::prose::WordRange;
use crate::words::{Form, Word};

/// Two recommendations are nearly equal if they share at least four of five of all their words of content (Jaccard's index).
const NEARLY_EQUAL: (usize, usize) = (4, 5);
/// Fewer words of content are too few to be compared.
const FEWEST_WORDS: usize = 3;
/// Shorter words carry little content, unless they are names or numbers.
const LETTERS_OF_CONTENT: usize = 4;
/// With how many recommendations before it each one is compared, so that the cost stays linear. A brief has six.
const COMPARED: usize = 40;

/// Recommendations that say nearly the same as an earlier one, each with the place of that one.
pub(super) fn near_duplicates(case: &Case<'_>) -> Vec<Found> {
    if case.readings.len() < 2 {
        return Vec::new();
    }
    let contents: Vec<Content> = case.readings.iter().map(|reading| Content::of(case, reading)).collect();
    let mut found = Vec::new();
    for (at, (content, reading)) in contents.iter().zip(case.readings).enumerate() {
        let first = at.saturating_sub(COMPARED);
        let mut earlier = contents.iter().zip(case.readings).skip(first).take(at - first);
        if let Some((_, twin)) = earlier.find(|(other, _)| content.is_nearly(other)) {
            found.push(Found { beside: Some(twin.words), ..Found::at(reading.action.verb) });
        }
    }
    found
}

/// How many recommendations before and behind one show how those of its list are put.
const NEIGHBOURS: usize = 2;

/// The "To" of "To ratify …", where its neighbours in the list begin with their verbs.
pub(super) fn to_before_verb(case: &Case<'_>, at: usize) -> Option<WordRange> {
    let context = case.context();
    let first = |reading: &Reading| case.words.numbers(reading.words).start;
    let is_verb = |number: u32| context.lists().opening_verb(case.words, number).is_some_and(|verb| verb.form == Form::Base);
    // "To end violence, adopt the law": the verb behind the comma says what is asked.
    let is_purpose = |reading: &Reading| {
        let rest = case.words.numbers(reading.words).skip(2);
        rest.into_iter().any(|number| is_verb(number) && case.document.prose.slice(case.words.between(number - 1..number + 1)).contains(','))
    };
    let has_to = |reading: &Reading| context.is(first(reading), &["to"]) && is_verb(first(reading) + 1) && !is_purpose(reading);
    let reading = case.readings.get(at).filter(|reading| has_to(reading))?;
    let list = list_of(case, reading)?;
    let near = case.readings.iter().enumerate().skip(at.saturating_sub(NEIGHBOURS)).take_while(|(other, _)| *other <= at + NEIGHBOURS);
    let neighbours: Vec<&Reading> = near.filter(|(other, reading)| *other != at && list_of(case, reading) == Some(list)).map(|(_, reading)| reading).collect();
    let is_odd = neighbours.len() >= 2 && neighbours.iter().all(|reading| is_verb(first(reading)));
    is_odd.then(|| case.words.between(first(reading)..first(reading) + 1))
}

/// The list in which a recommendation stands as an item.
fn list_of(case: &Case<'_>, reading: &Reading) -> Option<ContainerId> {
    let blocks = &case.document.blocks;
    let block = blocks.get(blocks.partition_point(|block| block.words.end <= reading.words.start))?;
    case.document.ancestors(block).find(|(_, container)| matches!(container.kind, ContainerKind::List(_))).map(|(id, _)| id)
}

/// The words of a recommendation that carry its content, as sorted hashes.
struct Content {
    words: Vec<u64>,
    /// Names and numbers: what makes two recommendations of the same form two.
    names: Vec<u64>,
}

impl Content {
    fn of(case: &Case<'_>, reading: &Reading) -> Content {
        let prose = &case.document.prose;
        let times: Vec<WordRange> = reading.times.deadlines.iter().map(|deadline| reading.place(&deadline.words)).collect();
        let mut content = Content { words: Vec::new(), names: Vec::new() };
        let numbers = case.words.numbers(reading.words);
        for (place, word) in numbers.filter_map(|at| case.words.word(at)).map(Word::range).enumerate() {
            let text = prose.slice(word);
            let is_small = text.len() < LETTERS_OF_CONTENT && !text.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
            if is_small || times.iter().any(|time| time.contains(word)) {
                continue;
            }
            let is_name = place > 0 && text.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
            let hash = FxBuildHasher.hash_one(text);
            if is_name { content.names.push(hash) } else { content.words.push(hash) }
        }
        for hashes in [&mut content.words, &mut content.names] {
            hashes.sort_unstable();
            hashes.dedup();
        }
        content
    }

    fn is_nearly(&self, other: &Content) -> bool {
        if self.names != other.names || self.words.len() + self.names.len() < FEWEST_WORDS {
            return false;
        }
        let both = self.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
        let all = self.words.len() + other.words.len() - both + self.names.len();
        let (part, whole) = NEARLY_EQUAL;
        (both + self.names.len()) * whole >= all * part
    }
}

/// Letters by which a word is known whatever its ending.
const LETTERS_OF_A_STEM: usize = 5;

/// The title of another issue to which a recommendation seems to belong: no word of it stands in its own issue, and a word of it
/// stands in the title of the other one. That it shares no word with its own issue says little alone: a good explanation speaks of
/// what happens, and the recommendation of what to do.
pub(super) fn misplaced(case: &Case<'_>, reading: &Reading, own: usize) -> Option<WordRange> {
    let issue = case.brief.issues.get(own)?;
    let length: usize = issue.explanation.iter().map(|part| part.range().len()).sum();
    if case.brief.issues.len() < 2 || !(1..=BYTES_COMPARED).contains(&length) {
        return None;
    }
    let prose = &case.document.prose;
    let words_of = |range: WordRange| case.words.numbers(range).filter_map(|at| case.words.word(at)).map(|word| prose.slice(word.range()));
    // The titles of other issues that share a word with the recommendation: mostly none, and then nothing else is looked at.
    let others = case.brief.issues.iter().take(ISSUES_COMPARED).enumerate().filter(|(at, _)| *at != own).map(|(_, issue)| issue.title);
    let own_words: Vec<&str> = words_of(reading.words).filter(|word| word.len() >= LETTERS_OF_A_STEM).collect();
    let shares = |title: &WordRange| words_of(*title).any(|named| own_words.iter().any(|word| begin_alike(word, named)));
    let others: Vec<WordRange> = others.filter(shares).collect();
    if others.is_empty() {
        return None;
    }
    let times: Vec<WordRange> = reading.times.deadlines.iter().map(|deadline| reading.place(&deadline.words)).collect();
    let lists = &case.book.grammar.lists;
    let mut telling: Vec<&str> = Vec::new();
    for at in case.words.numbers(reading.words) {
        let Some(word) = case.words.word(at).map(Word::range) else { continue };
        let text = prose.slice(word);
        // An acronym may be written out in the issue.
        let is_acronym = text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_acronym {
            return None;
        }
        let is_time = times.iter().any(|time| time.contains(word));
        let Some(stem) = stem(text).filter(|_| !is_time) else { continue };
        let holds = |part: WordRange| prose.slice(part).contains(stem);
        if holds(issue.title) || issue.explanation.iter().any(|&part| holds(part)) {
            // "which" and "their" stand everywhere.
            if case.book.lexicon.is_small_word(text) {
                continue;
            }
            return None;
        }
        let general = case.words.at(lists.child_words, at).is_some() || case.context().is_general(at);
        if !general && !(reading.action.first..reading.action.last).contains(&at) {
            telling.push(text);
        }
    }
    let names = |title: &WordRange| words_of(*title).any(|named| telling.iter().any(|word| begin_alike(word, named)));
    others.into_iter().find(names)
}

/// Letters that two words must share at their beginning.
const LETTERS_ALIKE: usize = 6;
fn lower(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(char::to_lowercase)
}

/// Letters of an ending: "court" and "courts".
const LETTERS_OF_AN_ENDING: usize = 2;

/// Whether two words of at least five letters begin with the same six letters, or one is the other with a short ending, whatever
/// their case.
fn begin_alike(one: &str, other: &str) -> bool {
    // Most words differ in their first letter.
    let first = |word: &str| word.as_bytes().first().copied().filter(u8::is_ascii);
    if let (Some(one), Some(other)) = (first(one), first(other))
        && !one.eq_ignore_ascii_case(&other)
    {
        return false;
    }
    let shared = lower(one).zip(lower(other)).take_while(|(one, other)| one == other).count();
    if shared < LETTERS_OF_A_STEM {
        return false;
    }
    let (one, other) = (lower(one).count(), lower(other).count());
    shared >= LETTERS_ALIKE || (shared == one.min(other) && one.abs_diff(other) <= LETTERS_OF_AN_ENDING)
}

/// An explanation of more bytes is not compared: a brief of two pages has fewer in all.
const BYTES_COMPARED: usize = 16_384;
/// With how many issues a recommendation is compared, so that the cost stays linear. A brief has four.
const ISSUES_COMPARED: usize = 12;

/// The beginning of a long word without its first letter, which may be a capital.
fn stem(text: &str) -> Option<&str> {
    let (start, _) = text.char_indices().nth(1)?;
    let mut rest = text.char_indices().skip(LETTERS_OF_A_STEM - 1);
    rest.next()?;
    text.get(start..rest.next().map_or(text.len(), |(end, _)| end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_by_their_beginning() {
        assert!(begin_alike("courts", "Court") && begin_alike("registered", "Registration") && begin_alike("kilns", "kilns"));
        assert!(!begin_alike("protest", "protection") && !begin_alike("land", "lands") && !begin_alike("éducation", "réduction"));
        assert_eq!((stem("kilns"), stem("Éducation"), stem("land")), (Some("ilns"), Some("duca"), None));
    }
}
