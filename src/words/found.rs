//! The words of a text, and what was found in it.

use std::ops::Range;

use super::{Form, Language, ListId};
use crate::text::prose::WordRange;

/// A word of a text. A text has one for every six bytes, so that its size counts: what is told of it shares a number with its length.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    start: u32,
    mark: u32,
}

/// Whether only white space, a hyphen, an apostrophe or a quotation mark stands between a word and the one before.
const JOINED: u32 = 1 << 31;
/// Whether a word holds an ASCII digit.
const DIGIT: u32 = 1 << 30;
/// The bytes of a word. One of more than a gibibyte is cut.
const LENGTH: u32 = DIGIT - 1;

impl Word {
    pub(super) fn new(range: Range<usize>, joined: bool, digit: bool) -> Word {
        let length = range.len().min(LENGTH as usize) as u32;
        Word { start: range.start as u32, mark: length | if joined { JOINED } else { 0 } | if digit { DIGIT } else { 0 } }
    }

    /// Its bytes in the text.
    pub fn range(self) -> WordRange {
        WordRange { start: self.start, end: self.end() }
    }

    fn end(self) -> u32 {
        self.start + (self.mark & LENGTH)
    }

    /// Whether no punctuation stands between it and the word before.
    pub fn is_joined(self) -> bool {
        self.mark & JOINED != 0
    }

    /// Whether an ASCII digit stands in it.
    pub fn has_digit(self) -> bool {
        self.mark & DIGIT != 0
    }
}

/// An entry of a word list, found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The list.
    pub list: ListId,
    /// The number of the entry in the list.
    pub entry: u32,
    /// The number of its first word in the text.
    pub first: u32,
    /// The number of the word after its last one.
    pub last: u32,
    /// The ending in which it stands.
    pub form: Form,
}

/// The most words that an entry can have to be found.
pub(super) const LONGEST: usize = 1 << 13;

/// A [`Hit`] as it is kept. There can be several for each word, so that its size counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    first: u32,
    entry: u32,
    list: ListId,
    /// The number of words, less one, and above it that of the form.
    shape: u16,
}

impl Kept {
    /// Keeps a hit of at most [`LONGEST`] words.
    pub(super) fn new(hit: Hit) -> Kept {
        let more = (hit.last - hit.first).saturating_sub(1) % LONGEST as u32;
        Kept { first: hit.first, entry: hit.entry, list: hit.list, shape: more as u16 | (hit.form as u16 * LONGEST as u16) }
    }

    pub(super) fn list(self) -> ListId {
        self.list
    }

    /// The number of the word after its last one.
    pub(super) fn last(self) -> u32 {
        self.first + u32::from(self.shape) % LONGEST as u32 + 1
    }

    pub(super) fn hit(self) -> Hit {
        let form = Form::ALL.get(usize::from(self.shape) / LONGEST).copied().unwrap_or_default();
        Hit { list: self.list, entry: self.entry, first: self.first, last: self.last(), form }
    }
}

/// The words of a text, and the entries of word lists found in it.
#[derive(Debug)]
pub struct Words {
    /// The language whose lists were used.
    pub language: Language,
    tokens: Vec<Word>,
    /// For each [`STRETCH`] of the text, where words begin in it.
    stretches: Vec<Stretch>,
    /// In the order of their first words.
    hits: Vec<Kept>,
    /// For each [`STEP`] of the words, where the hits of each begin.
    steps: Vec<Step>,
    /// The numbers of the hits, list by list, and where each list begins.
    by_list: Vec<u32>,
    list_starts: Vec<u32>,
}

/// Words are looked for by their place all the time: so many bytes of a text are looked up at once.
const STRETCH: u32 = u64::BITS;

/// Where words begin in a stretch of a text: the number of its first word, and a bit for each byte that begins one.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    first: u32,
    // In two halves, so that there is no gap between stretches.
    bits: [u32; 2],
}

impl Stretch {
    fn bits(self) -> u64 {
        u64::from(self.bits[0]) | u64::from(self.bits[1]) << u32::BITS
    }
}

/// And hits by their first word: so many words at once.
const STEP: usize = 4;

/// Where the hits of some words begin: the number of hits before those of the first, and how many more there are before each other one.
#[derive(Clone, Copy, Debug)]
struct Step {
    before: u32,
    more: [u16; STEP],
}

impl Words {
    /// `lists` is one more than the highest number of a list.
    pub(super) fn new(language: Language, tokens: Vec<Word>, hits: Vec<Kept>, lists: usize) -> Words {
        // Where each list begins is counted two places further on, is summed up, and moves to its own place while the hits are put down.
        let mut list_starts = vec![0_u32; lists + 2];
        for hit in &hits {
            if let Some(count) = list_starts.get_mut(usize::from(hit.list.0) + 2) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut list_starts {
            sum += *start;
            *start = sum;
        }
        let mut by_list = vec![0_u32; hits.len()];
        for (number, hit) in hits.iter().enumerate() {
            let Some(next) = list_starts.get_mut(usize::from(hit.list.0) + 1) else { continue };
            if let Some(slot) = by_list.get_mut(*next as usize) {
                *slot = number as u32;
            }
            *next += 1;
        }
        let stretches = stretches(&tokens);
        let steps = steps(tokens.len(), &hits);
        Words { language, tokens, stretches, hits, steps, by_list, list_starts }
    }

    /// Whether an entry of a list stands anywhere in the text.
    pub fn has(&self, list: ListId) -> bool {
        !self.of_list(list).is_empty()
    }

    /// The numbers of the hits of a list, in order.
    fn of_list(&self, list: ListId) -> &[u32] {
        let at = usize::from(list.0);
        let bounds = self.list_starts.get(at).zip(self.list_starts.get(at + 1));
        bounds.and_then(|(&from, &to)| self.by_list.get(from as usize..to as usize)).unwrap_or_default()
    }

    /// All words, in order.
    pub fn tokens(&self) -> &[Word] {
        &self.tokens
    }

    /// The numbers of the words that lie wholly in `range`.
    pub fn numbers(&self, range: WordRange) -> Range<u32> {
        let first = self.first_from(range.start);
        let last = self.first_from(range.end);
        // Of the words that begin in the range only the last one can end outside.
        let cut = last.checked_sub(1).and_then(|last| self.word(last)).is_some_and(|word| word.end() > range.end);
        first..(last - u32::from(cut)).max(first)
    }

    /// The number of the first word that begins at a byte or later.
    fn first_from(&self, at: u32) -> u32 {
        let Some(stretch) = self.stretches.get((at / STRETCH) as usize) else { return self.tokens.len() as u32 };
        let before = (1 << (at % STRETCH)) - 1;
        stretch.first + (stretch.bits() & before).count_ones()
    }

    /// Those of the words with these numbers that hold a digit.
    pub fn with_digits(&self, numbers: Range<u32>) -> impl Iterator<Item = u32> {
        let words = self.tokens.get(numbers.start as usize..numbers.end as usize).unwrap_or_default();
        numbers.zip(words).filter(|(_, word)| word.has_digit()).map(|(number, _)| number)
    }

    /// The word of this number.
    pub fn word(&self, number: u32) -> Option<Word> {
        self.tokens.get(number as usize).copied()
    }

    /// The words of a hit.
    pub fn range(&self, hit: Hit) -> WordRange {
        self.between(hit.first..hit.last)
    }

    /// From the first to the last of the words with these numbers.
    pub fn between(&self, numbers: Range<u32>) -> WordRange {
        let start = self.word(numbers.start).map_or(0, |word| word.start);
        let end = numbers.end.checked_sub(1).and_then(|last| self.word(last)).map_or(start, Word::end);
        WordRange { start, end: end.max(start) }
    }

    /// The hits that begin at the word of this number or later, as they are kept.
    fn hits_from(&self, number: u32) -> &[Kept] {
        let step = self.steps.get(number as usize / STEP);
        let from = step.map_or(self.hits.len(), |step| step.before as usize + step.more.get(number as usize % STEP).map_or(0, |&more| usize::from(more)));
        let near = self.hits.get(from..).unwrap_or_default();
        // There are more than are counted only where ten thousands begin at one word.
        let skipped = near.iter().take_while(|hit| hit.first < number).count();
        near.get(skipped..).unwrap_or_default()
    }

    /// The hits that begin at the word of this number.
    fn hits_at(&self, number: u32) -> impl Iterator<Item = &Kept> {
        self.hits_from(number).iter().take_while(move |hit| hit.first == number)
    }

    /// The hits of all lists among the words with these numbers, in order.
    pub fn hits(&self, numbers: Range<u32>) -> impl Iterator<Item = Hit> {
        let near = self.hits_from(numbers.start).iter().take_while(move |hit| hit.first < numbers.end);
        near.map(|kept| kept.hit()).filter(move |hit| hit.last <= numbers.end)
    }

    /// The hits of one list in `range`, in order.
    pub fn of(&self, list: ListId, range: WordRange) -> impl Iterator<Item = Hit> {
        let own = self.of_list(list);
        let hit = |number: u32| self.hits.get(number as usize).map(|kept| kept.hit());
        let from = own.partition_point(|&number| hit(number).is_some_and(|hit| self.range(hit).start < range.start));
        let rest = own.get(from..).unwrap_or_default().iter().filter_map(move |&number| hit(number));
        let places = rest.map(move |hit| (hit, self.range(hit)));
        places.take_while(move |(_, words)| words.start < range.end).filter(move |(_, words)| words.end <= range.end).map(|(hit, _)| hit)
    }

    /// The longest hit of one of these lists that begins at the word of this number.
    pub fn at_any(&self, lists: &[ListId], number: u32) -> Option<Hit> {
        self.hits_at(number).filter(|hit| lists.contains(&hit.list)).map(|kept| kept.hit()).max_by_key(|hit| hit.last)
    }

    /// The hit of `list` that begins at the word of this number.
    pub fn at(&self, list: ListId, number: u32) -> Option<Hit> {
        // Most lists have no entry in a text.
        if !self.has(list) {
            return None;
        }
        self.hits_at(number).find(|hit| hit.list == list).map(|kept| kept.hit())
    }
}

fn stretches(tokens: &[Word]) -> Vec<Stretch> {
    let count = tokens.last().map_or(0, |last| last.start / STRETCH + 1);
    let mut stretches = vec![Stretch { first: 0, bits: [0; 2] }; count as usize];
    for word in tokens {
        if let Some(stretch) = stretches.get_mut((word.start / STRETCH) as usize) {
            let bit = 1_u64 << (word.start % STRETCH);
            stretch.bits[0] |= bit as u32;
            stretch.bits[1] |= (bit >> u32::BITS) as u32;
        }
    }
    let mut first = 0;
    for stretch in &mut stretches {
        stretch.first = first;
        first += stretch.bits().count_ones();
    }
    stretches
}

fn steps(words: usize, hits: &[Kept]) -> Vec<Step> {
    let mut steps = vec![Step { before: 0, more: [0; STEP] }; words / STEP + 1];
    // How many hits each word has, and then how many there are before it.
    for hit in hits {
        let step = steps.get_mut(hit.first as usize / STEP);
        if let Some(count) = step.and_then(|step| step.more.get_mut(hit.first as usize % STEP)) {
            *count = count.saturating_add(1);
        }
    }
    let mut before = 0;
    for step in &mut steps {
        step.before = before;
        let mut sum = 0_u16;
        for more in &mut step.more {
            let count = std::mem::replace(more, sum);
            before += u32::from(count);
            sum = sum.saturating_add(count);
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::super::{Entry, Lexicon, WordList};
    use super::*;
    use crate::words::forms::Forms;

    #[test]
    fn what_is_kept_of_a_hit_gives_it_back() {
        for form in Form::ALL {
            for words in [1, 2, 24, LONGEST as u32] {
                let hit = Hit { list: ListId(u16::MAX), entry: u32::MAX, first: 7, last: 7 + words, form };
                assert_eq!(Kept::new(hit).hit(), hit);
            }
        }
    }

    #[test]
    fn words_and_hits_are_found_by_their_place() {
        let text = "the law, the law of Zemland and the laws of 2029; a-very-long-chain_of_words_without_any_space law  \n\n  the law";
        let entry = |phrase: &'static str| Entry { phrase: phrase.into(), ..Entry::default() };
        let list = WordList {
            name: "laws".into(),
            language: Language::English,
            entries: vec![entry("law"), entry("law of zemland")].into(),
            rows: [].as_slice().into(),
            forms: Forms::Noun,
            exact: false,
            except: [].as_slice().into(),
            except_in: [].as_slice().into(),
        };
        let lexicon = Lexicon::new(vec![list]);
        let words = lexicon.read(text, Some(Language::English));
        let laws = lexicon.list("laws").unwrap();
        let all: Vec<Hit> = words.hits(0..u32::MAX).collect();
        assert_eq!(all.len(), 5);
        for start in 0..=text.len() as u32 {
            for end in start..=text.len() as u32 {
                let range = WordRange { start, end };
                let inside = words.tokens().iter().filter(|word| range.contains(word.range())).count();
                assert_eq!(words.numbers(range).len(), inside, "{range:?}");
                let expected: Vec<Hit> = all.iter().copied().filter(|&hit| range.contains(words.range(hit))).collect();
                assert_eq!(words.of(laws, range).collect::<Vec<Hit>>(), expected, "{range:?}");
                assert_eq!(words.hits(words.numbers(range)).collect::<Vec<Hit>>(), expected, "{range:?}");
            }
        }
        assert_eq!(words.with_digits(0..9).count(), 0);
        assert_eq!(words.with_digits(0..words.tokens().len() as u32).count(), 1);
    }

    #[test]
    fn hits_are_found_however_many_begin_at_one_word() {
        let entry = Entry { phrase: "law".into(), ..Entry::default() };
        let list = |number: u32| WordList {
            name: format!("list {number}").into(),
            language: Language::English,
            entries: vec![entry.clone()].into(),
            rows: [].as_slice().into(),
            forms: Forms::None,
            exact: false,
            except: [].as_slice().into(),
            except_in: [].as_slice().into(),
        };
        let lexicon = Lexicon::new((0..300).map(list).collect());
        let words = lexicon.read("law, law, the law, law", Some(Language::English));
        let counts: Vec<usize> = (0..6).map(|number| words.hits(number..number + 1).count()).collect();
        assert_eq!(counts, [300, 300, 0, 300, 300, 0]);
        assert!((0..300).all(|number| lexicon.list(&format!("list {number}")).is_some_and(|list| words.at(list, 3).is_some())));
    }
}
