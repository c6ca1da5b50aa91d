//! Which parts of a source no output may show: personal data that a safety rule found.

use std::borrow::Cow;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use crate::text::{Source, Span};

/// What stands in the place of each hidden letter.
pub const BLOCK: char = '█';

/// The parts of a source that are not shown, and the words that stand there.
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    /// Sorted, none touching the next.
    spans: Vec<Span>,
    words: Words,
}

/// Words that are not shown.
#[derive(Clone, Debug, Default)]
enum Words {
    #[default]
    None,
    These(Box<AhoCorasick>),
    /// More than can be looked for at once: then no word is shown.
    All,
}

impl Words {
    fn new(mut words: Vec<String>) -> Words {
        words.retain(|word| word.chars().count() > 1);
        words.sort();
        words.dedup();
        if words.is_empty() {
            return Words::None;
        }
        AhoCorasick::new(&words).map_or(Words::All, |words| Words::These(Box::new(words)))
    }

    /// Where these words stand in a text as whole words, sorted, none touching the next.
    fn places(&self, text: &str) -> Vec<Span> {
        match self {
            Words::None => Vec::new(),
            Words::All => vec![Span::new(0..text.len())],
            Words::These(words) => {
                let found = words.find_overlapping_iter(text).filter(|found| is_whole(text, found.range()));
                join(found.map(|found| Span::new(found.range())).collect())
            }
        }
    }
}

impl Hidden {
    /// Hides these places, and these words wherever else they stand in the source.
    pub fn new(source: &Source, mut spans: Vec<Span>, words: Vec<String>) -> Hidden {
        let words = Words::new(words);
        spans.extend(words.places(source.text()));
        Hidden { spans: join(spans), words }
    }

    /// Whether nothing is hidden.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Whether the byte `offset` of the source is hidden.
    pub fn covers(&self, offset: u32) -> bool {
        let after = self.spans.partition_point(|span| span.start <= offset);
        after.checked_sub(1).and_then(|at| self.spans.get(at)).is_some_and(|span| offset < span.end)
    }

    /// Whether a part of `span` is hidden.
    pub fn touches(&self, span: Span) -> bool {
        let next = self.spans.partition_point(|hidden| hidden.end <= span.start);
        self.spans.get(next).is_some_and(|hidden| hidden.start < span.end)
    }

    /// The text without the words that are hidden.
    pub fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        black_out(text, &self.words.places(text))
    }
}

/// The text without these words.
pub fn clean(text: &str, words: Vec<String>) -> Cow<'_, str> {
    black_out(text, &Words::new(words).places(text))
}

/// What is shown in the place of a hidden character: spaces stay, so that the text folds as before.
pub fn blacked(character: char) -> char {
    if character.is_whitespace() { character } else { BLOCK }
}

fn black_out<'t>(text: &'t str, places: &[Span]) -> Cow<'t, str> {
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut places = places.iter().copied().peekable();
    let shown = text.char_indices().map(|(at, character)| {
        let at = at as u32;
        while places.next_if(|place| place.end <= at).is_some() {}
        if places.peek().is_some_and(|place| place.start <= at) { blacked(character) } else { character }
    });
    Cow::Owned(shown.collect())
}

fn join(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// Whether a range of a text does not begin or end inside a word.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let last = |part: Option<&str>| part.and_then(|part| part.chars().next_back()).is_some_and(char::is_alphanumeric);
    let first = |part: Option<&str>| part.and_then(|part| part.chars().next()).is_some_and(char::is_alphanumeric);
    let cut_before = last(text.get(..range.start)) && first(text.get(range.clone()));
    let cut_after = last(text.get(range.clone())) && first(text.get(range.end..));
    !cut_before && !cut_after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_hidden_wherever_they_stand_as_whole_words() {
        let source = Source::new("a.md", "Amina was hurt. Aminas. AMINA. (Amina)");
        let hidden = Hidden::new(&source, vec![Span::new(0..5)], vec!["Amina".to_owned(), "a".to_owned()]);
        let shown: String = source.text().char_indices().map(|(at, c)| if hidden.covers(at as u32) { BLOCK } else { c }).collect();
        assert_eq!(shown, "█████ was hurt. Aminas. AMINA. (█████)");
        assert_eq!(hidden.clean("Do not name “Amina Kor” or Aminas."), "Do not name “█████ Kor” or Aminas.");
        assert!(hidden.touches(Span::new(4..9)) && !hidden.touches(Span::new(5..9)));
    }

    #[test]
    fn words_inside_words_are_hidden_and_spaces_stay() {
        let source = Source::new("a.md", "");
        let hidden = Hidden::new(&source, Vec::new(), vec!["Kor".to_owned(), "Amina Kor".to_owned()]);
        assert_eq!(hidden.clean("Amina Kor, Kor"), "█████ ███, ███");
    }
}
