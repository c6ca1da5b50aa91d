//! Word lists, and where their entries stand in a text.
//!
//! All lists of a language are one tree of words ([`tree`]), so that a text is read once however many lists there are. A list
//! entry is found whatever its case and ending ([`forms`]), as whole words with no punctuation between them. This module knows
//! what a word list is, not what any list is for.

pub mod forms;
mod tree;

use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::prose::WordRange;
use forms::Forms;
pub use forms::Form;
use tree::{Leaf, Tree};

/// A language for which there are word lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

impl Language {
    /// All languages, in the order in which they are documented.
    pub const ALL: [Language; 3] = [Language::English, Language::French, Language::Spanish];

    /// The two-letter code: also the name of the folder of its word lists.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::Spanish => "es",
        }
    }

    /// The language of this code (`fr`, `fr-CH`) in whatever case.
    pub fn from_code(code: &str) -> Option<Language> {
        let code = code.trim().to_lowercase();
        let main = code.split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.code() == main)
    }
}

/// Looks word lists up once by their names: `named_lists!(pub struct Names { field = "list name"; })` makes a struct of
/// [`ListId`]s with a `new` that gives the name of the first list that is missing.
macro_rules! named_lists {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident { $($(#[$doc:meta])* $field:ident = $list:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        $visibility struct $name { $($(#[$doc])* pub(crate) $field: $crate::words::ListId,)* }

        impl $name {
            pub(crate) fn new(lexicon: &$crate::words::Lexicon) -> Result<$name, &'static str> {
                Ok($name { $($field: lexicon.list($list).ok_or($list)?,)* })
            }
        }
    };
}
pub(crate) use named_lists;

/// A word list as meant.
#[derive(Clone, Debug)]
pub struct WordList {
    /// The name: the file's stem with spaces for hyphens.
    pub name: String,
    /// The language.
    pub language: Language,
    /// The entries.
    pub entries: Vec<Entry>,
    /// Which endings an entry may take.
    pub forms: Forms,
    /// Whether capital letters count.
    pub exact: bool,
    /// Longer phrases inside which an entry does not count.
    pub except: Vec<String>,
    /// Names of lists whose entries license ours in the same way.
    pub except_in: Vec<String>,
}

/// An entry of a word list.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// One or more words.
    pub phrase: String,
    /// The number that the entry carries; else its place in the list, from 1.
    pub value: i64,
    /// The better wording.
    pub instead: Option<String>,
}

/// The number of a word list, the same in all languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(u16);

/// All word lists, ready to be found.
#[derive(Debug, Default)]
pub struct Lexicon {
    names: Vec<String>,
    ids: FxHashMap<Box<str>, u32>,
    /// For each known word, the languages of which it is a stop word, as bits.
    stop: Vec<u8>,
    languages: [Lists; Language::ALL.len()],
}

/// The lists of one language.
#[derive(Debug, Default)]
struct Lists {
    tree: Tree,
    lists: FxHashMap<ListId, WordList>,
    licences: FxHashMap<ListId, Vec<ListId>>,
}

/// The name of the lists that tell a language by its small words.
pub const STOP_WORDS: &str = "stop words";

impl Lexicon {
    /// The lexicon of these lists. Of two lists of the same name and language the later one counts.
    pub fn new(lists: Vec<WordList>) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let mut last: FxHashMap<(Language, String), WordList> = FxHashMap::default();
        let mut order = Vec::new();
        for list in lists {
            let key = (list.language, list.name.clone());
            if last.insert(key.clone(), list).is_none() {
                order.push(key);
            }
        }
        for key in order {
            if let Some(list) = last.remove(&key) {
                lexicon.add(list);
            }
        }
        lexicon
    }

    fn add(&mut self, list: WordList) {
        let id = self.intern_list(&list.name);
        let language = list.language;
        for (number, entry) in list.entries.iter().enumerate() {
            for (form, phrase) in list.forms.of(&entry.phrase) {
                let words = self.phrase(&phrase);
                let exact = list.exact.then(|| word_indices(&phrase).map(|(_, word)| word.into()).collect());
                let leaf = Leaf { list: id, entry: number as u32, form, licence: false, exact };
                self.lists_mut(language).tree.insert(&words, leaf);
                if list.name == STOP_WORDS {
                    self.mark_stop_words(language, &words);
                }
            }
        }
        for phrase in &list.except {
            for (form, phrase) in list.forms.of(phrase) {
                let words = self.phrase(&phrase);
                let leaf = Leaf { list: id, entry: 0, form, licence: true, exact: None };
                self.lists_mut(language).tree.insert(&words, leaf);
            }
        }
        let licences: Vec<ListId> = list.except_in.iter().map(|name| self.intern_list(name)).collect();
        if !licences.is_empty() || !list.except.is_empty() {
            self.lists_mut(language).licences.insert(id, licences);
        }
        self.lists_mut(language).lists.insert(id, list);
    }

    fn mark_stop_words(&mut self, language: Language, words: &[u32]) {
        for &word in words {
            let at = word as usize;
            if self.stop.len() <= at {
                self.stop.resize(at + 1, 0);
            }
            if let Some(bits) = self.stop.get_mut(at) {
                *bits |= 1 << language as u8;
            }
        }
    }

    fn lists(&self, language: Language) -> &Lists {
        let [english, french, spanish] = &self.languages;
        match language {
            Language::English => english,
            Language::French => french,
            Language::Spanish => spanish,
        }
    }

    fn lists_mut(&mut self, language: Language) -> &mut Lists {
        let [english, french, spanish] = &mut self.languages;
        match language {
            Language::English => english,
            Language::French => french,
            Language::Spanish => spanish,
        }
    }

    fn intern_list(&mut self, name: &str) -> ListId {
        let known = self.names.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        ListId(number as u16)
    }

    fn phrase(&mut self, phrase: &str) -> Vec<u32> {
        let next = self.ids.len() as u32;
        let mut words = Vec::new();
        for (_, word) in word_indices(phrase) {
            let fresh = next.max(self.ids.len() as u32);
            words.push(*self.ids.entry(word.to_lowercase().into()).or_insert(fresh));
        }
        words
    }

    /// The list of this name, if any language has one.
    pub fn list(&self, name: &str) -> Option<ListId> {
        let number = self.names.iter().position(|known| known == name)?;
        let id = ListId(number as u16);
        Language::ALL.iter().any(|&language| self.has(language, id)).then_some(id)
    }

    /// Whether this language has that list.
    pub fn has(&self, language: Language, list: ListId) -> bool {
        self.lists(language).lists.contains_key(&list)
    }

    /// The names of all lists, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The entries of a list in one language; none if there is no such list.
    pub fn entries(&self, language: Language, list: ListId) -> &[Entry] {
        self.lists(language).lists.get(&list).map_or(&[], |list| &list.entries)
    }

    /// The entry that was found.
    pub fn entry(&self, words: &Words, hit: Hit) -> Option<&Entry> {
        self.entries(words.language, hit.list).get(hit.entry as usize)
    }

    /// The words of `text`, and where entries of the lists stand in it. Without a language, the small words of the text tell it.
    pub fn read(&self, text: &str, language: Option<Language>) -> Words {
        let mut tokens = Vec::with_capacity(text.len() / 6);
        let mut lower = String::new();
        let mut end = 0;
        for (start, word) in word_indices(text) {
            let joined = text.get(end..start).is_some_and(joins);
            end = start + word.len();
            let id = self.id(word, &mut lower);
            tokens.push(Word { start: start as u32, end: end as u32, id, joined });
        }
        let language = language.unwrap_or_else(|| self.vote(&tokens));
        let hits = self.lists(language).find(text, &tokens);
        Words { language, tokens, hits }
    }

    fn id(&self, word: &str, lower: &mut String) -> u32 {
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        self.ids.get(lower.as_str()).copied().unwrap_or(Word::UNKNOWN)
    }

    /// The language whose small words are the most among the first 600 words; English if there are none.
    fn vote(&self, tokens: &[Word]) -> Language {
        let mut votes = [0_u32; Language::ALL.len()];
        for token in tokens.iter().take(600) {
            let bits = self.stop.get(token.id as usize).copied().unwrap_or(0);
            for (language, count) in votes.iter_mut().enumerate() {
                *count += u32::from(bits >> language & 1);
            }
        }
        let most = votes.iter().copied().max().unwrap_or(0);
        let winner = Language::ALL.into_iter().zip(votes).find(|&(_, count)| count == most);
        winner.map_or(Language::English, |(language, _)| language)
    }
}

impl Lists {
    fn find(&self, text: &str, tokens: &[Word]) -> Vec<Hit> {
        let mut found: Vec<(Hit, bool)> = Vec::with_capacity(tokens.len() / 2);
        // The end of the last hit of each list: of two overlapping entries of one list the first counts.
        let mut ends: FxHashMap<(ListId, bool), u32> = FxHashMap::default();
        for first in 0..tokens.len() {
            let here = found.len();
            self.tree.walk(tokens.get(first..).unwrap_or_default(), |length, leaf| {
                let last = (first + length) as u32;
                if ends.get(&(leaf.list, leaf.licence)).is_some_and(|&end| end > first as u32) && !leaf.licence {
                    return;
                }
                if !leaf.spelled(text, tokens.get(first..first + length).unwrap_or_default()) {
                    return;
                }
                let hit = Hit { list: leaf.list, entry: leaf.entry, first: first as u32, last, form: leaf.form };
                let shorter = found.iter_mut().skip(here).find(|(known, licence)| known.list == leaf.list && *licence == leaf.licence);
                match shorter {
                    Some((known, _)) if known.last < last => *known = hit,
                    Some(_) => {}
                    None => found.push((hit, leaf.licence)),
                }
            });
            for (hit, licence) in found.iter().skip(here) {
                ends.insert((hit.list, *licence), hit.last);
            }
        }
        let licensed = |at: usize, hit: Hit| {
            let Some(licences) = self.licences.get(&hit.list) else { return false };
            let covers = |(other, licence): &(Hit, bool)| {
                let grants = if *licence { other.list == hit.list } else { licences.contains(&other.list) };
                grants && other.first <= hit.first && hit.last <= other.last
            };
            let before = found.iter().take(at).rev().take_while(|(other, _)| other.first + LONGEST_LICENCE >= hit.first);
            let beside = found.iter().skip(at + 1).take_while(|(other, _)| other.first == hit.first);
            before.chain(beside).any(covers)
        };
        let kept = found.iter().enumerate().filter(|&(at, &(hit, licence))| !licence && !licensed(at, hit));
        kept.map(|(_, &(hit, _))| hit).collect()
    }
}

/// No phrase that licenses others is longer than this number of words.
const LONGEST_LICENCE: u32 = 24;

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    start: u32,
    end: u32,
    id: u32,
    /// Whether only white space, a hyphen, an apostrophe or a quotation mark stands between it and the word before.
    joined: bool,
}

impl Word {
    const UNKNOWN: u32 = u32::MAX;

    /// Its bytes in the text.
    pub fn range(self) -> WordRange {
        WordRange { start: self.start, end: self.end }
    }

    /// Whether no punctuation stands between it and the word before.
    pub fn is_joined(self) -> bool {
        self.joined
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

/// The words of a text, and the entries of word lists found in it.
#[derive(Debug)]
pub struct Words {
    /// The language whose lists were used.
    pub language: Language,
    tokens: Vec<Word>,
    /// In the order of their first words.
    hits: Vec<Hit>,
}

impl Words {
    /// All words, in order.
    pub fn tokens(&self) -> &[Word] {
        &self.tokens
    }

    /// The numbers of the words that lie wholly in `range`.
    pub fn numbers(&self, range: WordRange) -> Range<u32> {
        let first = self.tokens.partition_point(|word| word.start < range.start);
        let last = self.tokens.partition_point(|word| word.end <= range.end);
        first as u32..last.max(first) as u32
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
        let end = numbers.end.checked_sub(1).and_then(|last| self.word(last)).map_or(start, |word| word.end);
        WordRange { start, end: end.max(start) }
    }

    /// The hits of all lists among the words with these numbers, in order.
    pub fn hits(&self, numbers: Range<u32>) -> impl Iterator<Item = Hit> {
        let from = self.hits.partition_point(|hit| hit.first < numbers.start);
        let candidates = self.hits.iter().skip(from).take_while(move |hit| hit.first < numbers.end);
        candidates.copied().filter(move |hit| hit.last <= numbers.end)
    }

    /// The hits of one list in `range`, in order.
    pub fn of(&self, list: ListId, range: WordRange) -> impl Iterator<Item = Hit> {
        self.hits(self.numbers(range)).filter(move |hit| hit.list == list)
    }

    /// The hit of `list` that begins at the word of this number.
    pub fn at(&self, list: ListId, number: u32) -> Option<Hit> {
        self.hits(number..u32::MAX).take_while(|hit| hit.first == number).find(|hit| hit.list == list)
    }
}

/// The words of a text with the byte at which each begins. A word ends at an apostrophe, so that "Zemland's", "l'État" and a
/// typographic apostrophe make no difference to a list.
pub fn word_indices(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.unicode_word_indices().flat_map(|(start, word)| {
        let mut from = 0;
        let cuts = if word.contains(['\'', '\u{2019}']) { word.len() } else { 0 };
        std::iter::from_fn(move || {
            let rest = word.get(from..).filter(|rest| !rest.is_empty())?;
            let begin = from;
            if cuts == 0 {
                from = word.len();
                return Some((start + begin, rest));
            }
            let end = rest.find(['\'', '\u{2019}']).unwrap_or(rest.len());
            let skip = rest.get(end..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8);
            from += end + skip;
            Some((start + begin, rest.get(..end).unwrap_or_default()))
        })
        .filter(|(_, word)| !word.is_empty())
    })
}

fn joins(between: &str) -> bool {
    !between.contains("\n\n")
        && between.chars().all(|c| {
            c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2018}' | '\u{2019}' | '"' | '\u{201c}' | '\u{201d}' | '«' | '»')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(name: &str, forms: Forms, words: &[&str], except: &[&str]) -> WordList {
        WordList {
            name: name.to_owned(),
            language: Language::English,
            entries: words.iter().map(|&word| Entry { phrase: word.to_owned(), ..Entry::default() }).collect(),
            forms,
            exact: false,
            except: except.iter().map(|&word| word.to_owned()).collect(),
            except_in: Vec::new(),
        }
    }

    #[track_caller]
    fn check(list: WordList, text: &str, expected: &[&str]) {
        let lexicon = Lexicon::new(vec![list]);
        let words = lexicon.read(text, Some(Language::English));
        let found: Vec<&str> = words.hits(0..u32::MAX).map(|hit| text.get(words.range(hit).range()).unwrap()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn whole_words_are_found_whatever_their_case() {
        check(list("x", Forms::None, &["step up"], &[]), "Step up, step upwards, STEP\nUP and step, up", &["Step up", "STEP\nUP"]);
        check(list("x", Forms::None, &["mid-term"], &[]), "the mid term, the mid\u{2011}term", &["mid term", "mid\u{2011}term"]);
        check(list("x", Forms::None, &["zemland"], &[]), "Zemland's law, Zemland\u{2019}s", &["Zemland", "Zemland"]);
        check(list("x", Forms::None, &["état"], &[]), "l'État, l\u{2019}état", &["État", "état"]);
    }

    #[test]
    fn an_entry_is_found_with_its_endings() {
        check(list("x", Forms::Verb, &["set up", "ratify"], &[]), "setting up, ratified, sets up", &["setting up", "ratified", "sets up"]);
        check(list("x", Forms::Noun, &["body"], &[]), "bodies, body", &["bodies", "body"]);
    }

    #[test]
    fn the_longest_entry_counts_and_overlaps_do_not() {
        check(list("x", Forms::None, &["a", "a b", "b c"], &[]), "a b c", &["a b"]);
    }

    #[test]
    fn an_entry_inside_a_licensed_phrase_does_not_count() {
        let words = || list("x", Forms::None, &["best", "adequate"], &["best interests of the child"]);
        check(words(), "the best interests of the child, the best law", &["best"]);
        let licensed = WordList { except_in: vec!["terms".into()], ..words() };
        let terms = list("terms", Forms::None, &["adequate housing"], &[]);
        let lexicon = Lexicon::new(vec![licensed, terms]);
        let words = lexicon.read("adequate housing, adequate means", None);
        let x = lexicon.list("x").unwrap();
        assert_eq!(words.of(x, WordRange { start: 0, end: 99 }).count(), 1);
    }

    #[test]
    fn capital_letters_count_in_an_exact_list() {
        check(WordList { exact: true, ..list("x", Forms::None, &["WHO"], &[]) }, "who asked WHO", &["WHO"]);
    }

    #[test]
    fn small_words_tell_the_language() {
        let stop = |language, words: &[&str]| WordList { language, ..list(STOP_WORDS, Forms::None, words, &[]) };
        let lexicon = Lexicon::new(vec![stop(Language::English, &["the", "of"]), stop(Language::French, &["le", "de", "la"])]);
        assert_eq!(lexicon.read("le droit de la loi of", None).language, Language::French);
        assert_eq!(lexicon.read("1 2 3", None).language, Language::English);
    }
}
