//! Word lists, and where their entries stand in a text.
//!
//! All lists of a language are one tree of words (`tree`), so that a text is read once however many lists there are. A list
//! entry is found whatever its case and ending ([`forms`]), as whole words with no punctuation between them. This module knows
//! what a word list is, not what any list is for.

pub mod forms;
mod found;
mod grow;
mod key;
mod language;
pub mod split;
pub(crate) mod tree;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

pub use forms::Form;
use forms::Forms;
pub use found::{Hit, Word, Words};
pub(crate) use key::Key;
pub use language::Language;
use tree::Tree;

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

            pub(crate) fn ids(&self) -> Vec<$crate::words::ListId> {
                vec![$(self.$field,)*]
            }
        }
    };
}
pub(crate) use named_lists;

/// A word list as meant.
///
/// It may be a constant of the program: see `builtin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    /// The name: the file's stem with spaces for hyphens.
    pub name: Cow<'static, str>,
    /// The language.
    pub language: Language,
    /// The entries.
    pub entries: Cow<'static, [Entry]>,
    /// Patterns: one word or phrase of each row, in order. An empty one makes its row optional.
    pub rows: Cow<'static, [Row]>,
    /// Which endings an entry may take.
    pub forms: Forms,
    /// Whether capital letters count.
    pub exact: bool,
    /// Longer phrases inside which an entry does not count.
    pub except: Cow<'static, [Cow<'static, str>]>,
    /// Names of lists whose entries license ours in the same way.
    pub except_in: Cow<'static, [Cow<'static, str>]>,
}

/// The words or phrases of which one stands at a place of a pattern.
pub type Row = Cow<'static, [Cow<'static, str>]>;

/// An entry of a word list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// One or more words.
    pub phrase: Cow<'static, str>,
    /// The number that the entry carries; else its place in the list, from 1.
    pub value: i64,
    /// The better wording.
    pub instead: Option<Cow<'static, str>>,
}

/// The number of a word list, the same in all languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(u16);

/// All word lists, ready to be found.
#[derive(Debug, Default)]
pub struct Lexicon {
    names: Vec<String>,
    /// The lists that are looked for in texts; if empty, all.
    wanted: Vec<ListId>,
    /// The small words of all languages, with a bit for each language. None is longer than its key.
    stop: FxHashMap<Key, u8>,
    /// The most bytes of one of them: most words are longer, and need no look.
    longest_stop: usize,
    languages: [Lists; Language::ALL.len()],
}

/// Reads the lists of a language when they are needed.
pub type ReadLater = Box<dyn Fn() -> Vec<WordList> + Send + Sync>;

/// The lists of one language.
#[derive(Default)]
struct Lists {
    /// By the numbers of the lists: whether there is one.
    present: Vec<bool>,
    later: Option<ReadLater>,
    /// By the numbers of the lists. Read when the first text of the language is: most users write in one.
    read: OnceLock<Vec<Option<WordList>>>,
    compiled: OnceLock<Cow<'static, Tree>>,
}

impl std::fmt::Debug for Lists {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lists").field("present", &self.present.len()).finish_non_exhaustive()
    }
}

/// What is known of the lists of a language before they are read.
pub(crate) struct LanguageLists {
    /// The names of the lists.
    pub(crate) names: Vec<String>,
    /// The small words by which the language is told.
    pub(crate) stop_words: Vec<String>,
    /// How the lists are read.
    pub(crate) later: ReadLater,
    /// The tree of the lists, if it has grown already.
    pub(crate) tree: Option<&'static Tree>,
}

/// The lists of a language and their tree, made when the program was built.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grown {
    /// The lists, in the order in which they are numbered.
    pub(crate) lists: &'static [WordList],
    /// Their tree.
    pub(crate) tree: &'static Tree,
}

/// The name of the lists that tell a language by its small words.
pub const STOP_WORDS: &str = "stop words";

/// Up to how many words are looked at to tell the language.
const WORDS_THAT_VOTE: usize = 150;

impl Lexicon {
    /// The lexicon of these lists. Of two lists of the same name and language the later one counts.
    pub fn new(lists: Vec<WordList>) -> Lexicon {
        let mut by_language: [Vec<WordList>; Language::ALL.len()] = Default::default();
        for list in lists {
            if let Some(own) = by_language.get_mut(list.language as usize) {
                own.push(list);
            }
        }
        let mut languages = by_language.into_iter();
        Lexicon::reading_later(|language| {
            let lists = languages.next().unwrap_or_default();
            let names = lists.iter().flat_map(|list| std::iter::once(&list.name).chain(list.except_in.iter()).map(ToString::to_string)).collect();
            let stop = lists.iter().filter(|list| list.name == STOP_WORDS && list.language == language);
            let stop_words = stop.flat_map(|list| list.entries.iter().map(|entry| entry.phrase.to_string())).collect();
            LanguageLists { names, stop_words, later: Box::new(move || lists.clone()), tree: None }
        })
    }

    /// The lexicon of lists that are read when a text of their language comes.
    pub(crate) fn reading_later(mut lists: impl FnMut(Language) -> LanguageLists) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for language in Language::ALL {
            let LanguageLists { names, stop_words, later, tree } = lists(language);
            let ids: Vec<ListId> = names.iter().map(|name| lexicon.intern(name)).collect();
            for word in stop_words {
                lexicon.longest_stop = lexicon.longest_stop.max(word.len());
                *lexicon.stop.entry(Key::of(&word, &mut String::new()).0).or_default() |= 1 << language as u8;
            }
            let own = lexicon.lists_mut(language);
            for id in ids {
                own.present.resize(own.present.len().max(usize::from(id.0) + 1), false);
                if let Some(flag) = own.present.get_mut(usize::from(id.0)) {
                    *flag = true;
                }
            }
            own.later = Some(later);
            own.compiled = tree.map(|tree| OnceLock::from(Cow::Borrowed(tree))).unwrap_or_default();
        }
        lexicon
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

    fn intern(&mut self, name: &str) -> ListId {
        let known = self.names.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        ListId(number as u16)
    }

    fn id(&self, name: &str) -> Option<ListId> {
        self.names.iter().position(|known| known == name).map(|number| ListId(number as u16))
    }

    /// The list of this name, if any language has one.
    pub fn list(&self, name: &str) -> Option<ListId> {
        let id = self.id(name)?;
        Language::ALL.iter().any(|&language| self.has(language, id)).then_some(id)
    }

    fn list_in(&self, language: Language, list: ListId) -> Option<&WordList> {
        self.read_lists(language).get(usize::from(list.0)).and_then(Option::as_ref)
    }

    fn read_lists(&self, language: Language) -> &[Option<WordList>] {
        let own = self.lists(language);
        own.read.get_or_init(|| {
            let mut lists: Vec<Option<WordList>> = self.names.iter().map(|_| None).collect();
            for list in own.later.iter().flat_map(|later| later()) {
                if let Some(place) = self.id(&list.name).and_then(|id| lists.get_mut(usize::from(id.0))) {
                    *place = Some(list);
                }
            }
            lists
        })
    }

    /// Whether this language has that list.
    pub fn has(&self, language: Language, list: ListId) -> bool {
        self.lists(language).present.get(usize::from(list.0)).copied().unwrap_or(false)
    }

    /// The names of all lists, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The single entries of a list in one language, without its patterns; none if there is no such list.
    pub fn entries(&self, language: Language, list: ListId) -> &[Entry] {
        self.list_in(language, list).map_or(&[], |list| &list.entries)
    }

    /// The phrases that the patterns of a list stand for, in one language.
    pub fn combinations(&self, language: Language, list: ListId) -> Vec<String> {
        let Some(rows) = self.list_in(language, list).map(|list| &list.rows).filter(|rows| !rows.is_empty()) else { return Vec::new() };
        let mut phrases = vec![String::new()];
        for row in rows.iter() {
            let longer = |phrase: &String| -> Vec<String> {
                let with = |word: &Cow<'static, str>| if phrase.is_empty() || word.is_empty() { format!("{phrase}{word}") } else { format!("{phrase} {word}") };
                row.iter().map(with).collect()
            };
            phrases = phrases.iter().flat_map(longer).collect();
        }
        phrases.retain(|phrase| !phrase.is_empty());
        phrases
    }

    /// The entry that was found; `None` for a pattern.
    pub fn entry(&self, words: &Words, hit: Hit) -> Option<&Entry> {
        self.entries(words.language, hit.list).get(hit.entry as usize)
    }

    /// Says which lists are looked for in texts. Others (endings, words of the time grammar) are only asked for their entries.
    pub(crate) fn look_only_for(&mut self, lists: impl IntoIterator<Item = ListId>) {
        self.wanted.extend(lists);
        self.wanted.sort();
        self.wanted.dedup();
    }

    /// All lists of a language, in the order of their numbers.
    pub fn all(&self, language: Language) -> impl Iterator<Item = &WordList> {
        self.read_lists(language).iter().flatten()
    }

    /// The tree of the lists of a language.
    pub(crate) fn tree(&self, language: Language) -> &Tree {
        self.lists(language).compiled.get_or_init(|| {
            let lists = self.read_lists(language);
            let numbered = || lists.iter().enumerate().filter_map(|(number, list)| Some((ListId(number as u16), list.as_ref()?)));
            let is_wanted = |id: ListId| self.wanted.is_empty() || self.wanted.binary_search(&id).is_ok();
            // What licenses entries of a list that is looked for has to be looked for too.
            let licences: Vec<ListId> =
                numbered().filter(|(id, _)| is_wanted(*id)).flat_map(|(_, list)| list.except_in.iter()).filter_map(|name| self.id(name)).collect();
            let mut tree = grow::Growing::default();
            for (id, list) in numbered().filter(|(id, _)| is_wanted(*id) || licences.contains(id)) {
                let licences: Vec<ListId> = list.except_in.iter().filter_map(|name| self.id(name)).collect();
                tree.add(id, list, &licences);
            }
            Cow::Owned(tree.finish())
        })
    }

    /// The words of `text`, and where entries of the lists stand in it. Without a language, the small words of the text tell it.
    pub fn read(&self, text: &str, language: Option<Language>) -> Words {
        let mut tokens = Vec::with_capacity(text.len() / 6);
        let mut end = 0;
        split::each_word(text, |word, digit| {
            let joined = joins(text, end..word.start);
            end = word.end;
            tokens.push(Word::new(word, joined, digit));
        });
        let language = language.unwrap_or_else(|| self.vote(text, &tokens));
        let tree = self.tree(language);
        let hits = tree.find(text, &tokens);
        Words::new(language, tokens, hits, tree.grants.len())
    }

    /// The languages of which this is one of the small words, as bits.
    fn small_word(&self, word: &str) -> u8 {
        if word.len() > self.longest_stop {
            return 0;
        }
        let (key, _) = Key::of(word, &mut String::new());
        self.stop.get(&key).copied().unwrap_or(0)
    }

    /// Whether this is one of the commonest small words of any language.
    pub fn is_small_word(&self, word: &str) -> bool {
        self.small_word(word) != 0
    }

    /// Whether some words of a text are in another language than the text: of the small words that only one language has, at least
    /// three are of another one, and less than one in four is of its own.
    pub(crate) fn reads_as_another(&self, text: &str, words: &Words, numbers: std::ops::Range<u32>) -> bool {
        const ENOUGH: u32 = 3;
        let own = 1 << words.language as u8;
        let (mut ours, mut others) = (0_u32, 0_u32);
        for word in numbers.filter_map(|number| words.word(number)) {
            let bits = self.small_word(text.get(word.range().range()).unwrap_or_default());
            ours += u32::from(bits == own);
            others += u32::from(bits & own == 0 && bits != 0);
            // Two of its own and none of another language tell enough: most paragraphs are left after a few words.
            if others == 0 && ours > 1 {
                return false;
            }
        }
        others >= ENOUGH && ours * 4 < ours + others
    }

    /// The language whose small words are the most among the first words; English if there are none.
    fn vote(&self, text: &str, tokens: &[Word]) -> Language {
        let mut votes = [0_u32; Language::ALL.len()];
        let mut left = tokens.len().min(WORDS_THAT_VOTE) as u32;
        for token in tokens.iter().take(WORDS_THAT_VOTE) {
            let word = text.get(token.range().range()).unwrap_or_default();
            let bits = self.small_word(word);
            for (language, count) in votes.iter_mut().enumerate() {
                *count += u32::from(bits >> language & 1);
            }
            left -= 1;
            // No other language can catch up.
            let most = votes.iter().copied().max().unwrap_or(0);
            if votes.iter().filter(|&&count| count + left >= most).count() == 1 {
                break;
            }
        }
        let most = votes.iter().copied().max().unwrap_or(0);
        let winner = Language::ALL.into_iter().zip(votes).find(|&(_, count)| count == most);
        winner.map_or(Language::English, |(language, _)| language)
    }
}

/// Whether nothing stands at a place between two words that would part them.
fn joins(text: &str, place: Range<usize>) -> bool {
    // By far the commonest is one space.
    if place.len() == 1 && text.as_bytes().get(place.start) == Some(&b' ') {
        return true;
    }
    let between = text.get(place).unwrap_or_default();
    between
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2018}' | '\u{2019}' | '"' | '\u{201c}' | '\u{201d}' | '«' | '»'))
        && !between.contains("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(name: &str, forms: Forms, words: &[&str], except: &[&str]) -> WordList {
        WordList {
            name: name.to_owned().into(),
            language: Language::English,
            entries: words.iter().map(|&word| Entry { phrase: word.to_owned().into(), ..Entry::default() }).collect(),
            rows: Cow::default(),
            forms,
            exact: false,
            except: except.iter().map(|&word| word.to_owned().into()).collect(),
            except_in: Cow::default(),
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
        let licensed = WordList { except_in: Cow::Owned(vec!["terms".into()]), ..words() };
        let terms = list("terms", Forms::None, &["adequate housing"], &[]);
        let lexicon = Lexicon::new(vec![licensed, terms]);
        let words = lexicon.read("adequate housing, adequate means", None);
        let x = lexicon.list("x").unwrap();
        assert_eq!(words.of(x, crate::text::prose::WordRange { start: 0, end: 99 }).count(), 1);
    }

    #[test]
    fn capital_letters_count_in_an_exact_list() {
        check(WordList { exact: true, ..list("x", Forms::None, &["WHO"], &[]) }, "who asked WHO", &["WHO"]);
    }

    #[test]
    fn a_paragraph_in_another_language_is_told_by_the_small_words_that_only_one_has() {
        let stop = |language, words: &[&str]| WordList { language, ..list(STOP_WORDS, Forms::None, words, &[]) };
        let lexicon = Lexicon::new(vec![stop(Language::English, &["the", "of", "to", "in"]), stop(Language::French, &["le", "de", "la", "les", "dans"])]);
        let another = |text: &str| {
            let words = lexicon.read(text, Some(Language::English));
            lexicon.reads_as_another(text, &words, 0..words.tokens().len() as u32)
        };
        assert!(another("le droit de la loi dans les prisons"));
        assert!(!another("the law of the land to keep le droit de la loi in force"));
        assert!(!another("Ley y derecho") && !another(""));
    }

    #[test]
    fn small_words_tell_the_language() {
        let stop = |language, words: &[&str]| WordList { language, ..list(STOP_WORDS, Forms::None, words, &[]) };
        let lexicon = Lexicon::new(vec![stop(Language::English, &["the", "of"]), stop(Language::French, &["le", "de", "la"])]);
        assert_eq!(lexicon.read("le droit de la loi of", None).language, Language::French);
        assert_eq!(lexicon.read("1 2 3", None).language, Language::English);
    }
}
