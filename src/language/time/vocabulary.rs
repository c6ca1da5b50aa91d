//! The words of time of one language, made ready for the grammars.
//!
//! Word lists are data and this is their compiled form: a number for each distinct word and one tree of all phrases, so that a
//! position of a text is looked at once whatever the number of lists. This module knows which lists there are, not what they say.

use std::borrow::Cow;

use nom::IResult;
use rustc_hash::FxHashMap;

use crate::words::Key;

use super::split::{Gap, Word, split};

/// The rest of a text as the grammars see it.
pub type Words<'a> = &'a [Word];
/// What a grammar makes of it: the rest after what was read, and its value.
pub type Parsed<'a, T> = IResult<Words<'a>, T, ()>;

/// Declares the lists and the file each is kept in, so that the two cannot drift apart.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $stem:literal,)*) => {
        /// A word list that the grammars of time read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum List { $($(#[$doc])* $name,)* }

        impl List {
            pub(super) const ALL: &[(List, &str)] = &[$((List::$name, $stem),)*];
        }
    };
}

lists! {
    /// Names of months; the value is 1 to 12.
    Months = "months",
    /// Parts of a year or month; the value is first month × 100 + last month.
    YearParts = "year-parts",
    /// Numbers in words.
    NumberWords = "number-words",
    /// “A”, “an” before a unit of time.
    OneWords = "one-words",
    /// “First” to “tenth”.
    Ordinals = "ordinals",
    /// What follows the digits of “5th”.
    OrdinalEndings = "ordinal-endings",
    /// Day 1, week 2, month 3, year 4, quarter 5, half-year 6.
    TimeUnits = "time-units",
    /// “And a half”.
    Halves = "halves",
    /// Small words between the parts of a date.
    DateLinks = "date-links",
    /// “The year” before its number.
    YearLeads = "year-leads",
    /// “This year” is 0, “next year” 1.
    NamedYears = "named-years",
    /// What a year can be of: budget, school year.
    YearOccasions = "year-occasions",
    /// What makes the year before it a part of a name: Agenda, Act.
    YearNames = "year-names",
    /// “By”.
    DeadlineBy = "deadline-by",
    /// “No later than”: goes with durations too.
    DeadlineLatest = "deadline-latest",
    /// “At the latest” after the date.
    LatestTails = "latest-tails",
    /// “Before”.
    DeadlineBefore = "deadline-before",
    /// “Within”.
    DeadlineWithin = "deadline-within",
    /// “A period of”, between “within” and the number.
    DurationLeads = "duration-leads",
    /// “Next” between the number and the unit, or after the unit.
    NextWords = "next-words",
    /// “Time frame” after the unit.
    DurationTails = "duration-tails",
    /// “Of the review” after a duration.
    DurationAnchors = "duration-anchors",
    /// “Of”, “after”: what follows makes it another event's duration.
    DurationOf = "duration-of",
    /// “From” before the day on which something begins.
    DeadlineFrom = "deadline-from",
    /// “In”: a deadline only when the date is still to come.
    DeadlineIn = "deadline-in",
    /// “Until”: much more often says how long a plan runs.
    DeadlineUntil = "deadline-until",
    /// “Next review”.
    ReviewAnchors = "review-anchors",
    /// “Of the UPR” after it.
    ReviewTails = "review-tails",
    /// “Cycle”, “review”, after an ordinal number.
    CycleAnchors = "cycle-anchors",
    /// “End of” before a cycle.
    CycleEnds = "cycle-ends",
    /// “Mid-term report”.
    MidTermAnchors = "mid-term-anchors",
    /// “Mid-term” alone, after a preposition.
    MidTermPoints = "mid-term-points",
    /// “Elections”; the value 2 for a term of office.
    EventWords = "event-words",
    /// What may stand between the preposition and the event: “presidential”, “holding of the”.
    EventAdjectives = "event-adjectives",
    /// “Upcoming”: makes an event one that is still to come.
    EventNext = "event-next",
    /// “All”, “future”: the event is none in particular.
    EventAny = "event-any",
    /// “Due in”, “scheduled for”: between an event and its date.
    EventDates = "event-dates",
    /// “Ends”, between an event and its date.
    EventEnds = "event-ends",
    /// “Of the current Government” after a term of office.
    EventTails = "event-tails",
    /// “The due date”, after a preposition.
    ExternalDates = "external-dates",
    /// Strategy, plan: “until 2030” after them is their run.
    PlanWords = "plan-words",
    /// “Made”, “issued”: what follows has happened.
    PastActs = "past-acts",
    /// Words that open a passage about the content; the value is its kind.
    ContentOpenings = "content-openings",
    /// “And”, “or”.
    Coordinators = "coordinators",
    /// “Are”, “be”.
    PassiveVerbs = "passive-verbs",
    /// Participles that no ending tells: “brought”.
    Participles = "participles",
    /// “Of”, “to”: the noun that an adjective goes with stands before them.
    PhraseEnds = "phrase-ends",
    /// “As soon as possible”.
    VagueTime = "vague-time",
    /// “In the coming years”.
    VaguePeriods = "vague-periods",
    /// The same, only at the end of a clause: “in the future”.
    VagueTimeAtEnd = "vague-time-at-end",
    /// “Promptly”.
    HurryAdverbs = "hurry-adverbs",
    /// “Prompt”.
    HurryAdjectives = "hurry-adjectives",
    /// “Accelerate”.
    HurryVerbs = "hurry-verbs",
    /// “Efforts to”, before “accelerate”.
    EffortWords = "effort-words",
    /// “Ratification”, “steps”: what a State does itself, as nouns and participles.
    StateActs = "state-acts",
    /// “Early marriage”: looks like a vague time and is none.
    NotVagueTime = "not-vague-time",
    /// “Annually”.
    Periodic = "periodic",
    /// “Every” before a number of years.
    PeriodicEvery = "periodic-every",
    /// “Timetable”.
    Timetables = "timetables",
    /// “To” before a verb.
    Infinitives = "infinitives",
    /// “To”, “or”, between two numbers.
    RangeLinks = "range-links",
    /// “’s”.
    Possessives = "possessives",
    /// “Current”, before a cycle.
    CurrentWords = "current-words",
    /// “-ed”; endings, not words.
    ParticipleEndings = "participle-endings",
    /// “-ly”; endings, not words.
    AdverbEndings = "adverb-endings",
    /// “-ing”; endings, not words.
    GerundEndings = "gerund-endings",
}

impl List {
    /// The bit that stands for a list in a set of lists. Lists of endings come last and have none: no word begins with an ending.
    fn bit(self) -> u64 {
        1_u64.checked_shl(self as u32).unwrap_or_default()
    }
}

/// The words of time of one language, built once from word lists.
#[derive(Debug, Default)]
pub struct TimeWords {
    words: FxHashMap<Key, Known>,
    /// The words that are longer than their keys, in small letters.
    long_words: FxHashMap<String, Known>,
    /// For each first byte, the lengths of the words that begin with it as bits: most words of a text are in no list, and
    /// this tells without a search.
    lengths: Vec<u64>,
    /// For each word by its number, the node of the phrases that begin with it; 0 if none does.
    roots: Vec<u32>,
    nodes: Vec<Node>,
    participle_endings: Vec<Box<[u8]>>,
    adverb_endings: Vec<Box<[u8]>>,
    gerund_endings: Vec<Box<[u8]>>,
}

/// A place in the tree of phrases. The first one is no place, so that 0 can stand for none.
#[derive(Debug, Default)]
struct Node {
    /// The lists with a phrase here or further down, as bits.
    lists: u64,
    /// The phrases that end here.
    ends: Vec<(List, i64)>,
    /// The next words, in order.
    next: Vec<(u16, u32)>,
}

/// A word of the lists: its number, and the lists with a phrase that begins with it.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    id: u16,
    begins: Lists,
}

impl TimeWords {
    /// Builds the vocabulary. `list` gives the entries of the word list with a file stem (`deadline-by`): each phrase with its
    /// value, which is its position from 1 where the list carries no values. A list that does not exist is empty.
    pub fn new(list: impl Fn(&str) -> Vec<(Cow<'static, str>, i64)>) -> TimeWords {
        let mut vocabulary = TimeWords { lengths: vec![0; 256], nodes: vec![Node::default()], roots: vec![0], ..TimeWords::default() };
        let empty = TimeWords::default();
        for &(name, stem) in List::ALL {
            let entries = list(stem);
            let endings = || entries.iter().map(|(ending, _)| ending.as_bytes().into()).collect();
            match name {
                List::ParticipleEndings => vocabulary.participle_endings = endings(),
                List::AdverbEndings => vocabulary.adverb_endings = endings(),
                List::GerundEndings => vocabulary.gerund_endings = endings(),
                _ => entries.iter().for_each(|(phrase, value)| vocabulary.add(name, phrase, *value, &empty)),
            }
        }
        vocabulary
    }

    /// Adds an entry of a list. `empty` is a vocabulary without words, with which a phrase is cut into words that are not known yet.
    fn add(&mut self, list: List, phrase: &str, value: i64, empty: &TimeWords) {
        let mut node = 0;
        for word in split(phrase, empty) {
            // A word of digits would be a number of the grammar and no entry of a list.
            let Some(known) = phrase.get(word.start..word.end).and_then(|word| self.intern(word)) else { return };
            let id = known.id;
            if node == 0 {
                known.begins.0 |= list.bit();
                node = self.root(id);
            } else {
                node = self.step_or_grow(node, id);
            }
            if let Some(node) = self.nodes.get_mut(node) {
                node.lists |= list.bit();
            }
        }
        if let Some(node) = self.nodes.get_mut(node).filter(|_| node > 0) {
            node.ends.push((list, value));
        }
    }

    /// What is known of a word, which gets a number now if it has none.
    fn intern(&mut self, word: &str) -> Option<&mut Known> {
        let fresh = u16::try_from(self.roots.len()).ok()?;
        let lengths =
            word.bytes().next().filter(|first| !first.is_ascii_digit()).and_then(|first| self.lengths.get_mut(usize::from(first.to_ascii_lowercase())))?;
        let mut lower = String::new();
        let (key, made) = Key::of(word, &mut lower);
        let known = if key.is_whole() {
            self.words.entry(key).or_default()
        } else {
            self.long_words.entry(if made { lower } else { word.to_lowercase() }).or_default()
        };
        if known.id == 0 {
            known.id = fresh;
            *lengths |= length_bit(word);
            self.roots.push(0);
        }
        Some(known)
    }

    /// The node of the phrases that begin with a word.
    fn root(&mut self, id: u16) -> usize {
        let fresh = self.nodes.len();
        match self.roots.get_mut(usize::from(id)) {
            Some(root) if *root == 0 => {
                *root = fresh as u32;
                self.nodes.push(Node::default());
                fresh
            }
            Some(root) => *root as usize,
            None => 0,
        }
    }

    fn step_or_grow(&mut self, node: usize, id: u16) -> usize {
        let fresh = self.nodes.len();
        let Some(Node { next, .. }) = self.nodes.get_mut(node) else { return 0 };
        match next.binary_search_by_key(&id, |&(id, _)| id) {
            Ok(at) => next.get(at).map_or(0, |&(_, node)| node as usize),
            Err(at) => {
                next.insert(at, (id, fresh as u32));
                self.nodes.push(Node::default());
                fresh
            }
        }
    }

    /// The number of a word and the lists with a phrase that begins with it; 0 and none if it is in no list.
    pub(super) fn look_up(&self, word: &str) -> (u16, Lists) {
        let Known { id, begins } = self.known(word).unwrap_or_default();
        (id, begins)
    }

    fn known(&self, word: &str) -> Option<Known> {
        let lengths = self.lengths.get(usize::from(word.bytes().next()?.to_ascii_lowercase()))?;
        if lengths & length_bit(word) == 0 {
            return None;
        }
        let mut lower = String::new();
        let (key, made) = Key::of(word, &mut lower);
        let known = if key.is_whole() { self.words.get(&key) } else { self.long_words.get(if made { lower } else { word.to_lowercase() }.as_str()) };
        known.copied()
    }

    /// The longest phrase of a list at the beginning of `words`, whatever stands before it: its value and number of words.
    pub(super) fn phrase(&self, words: Words, list: List) -> Option<(i64, usize)> {
        let mut node = self.node(words.first().filter(|word| word.begins.0 & list.bit() != 0)?)?;
        let mut longest = None;
        let mut length = 1;
        while node.lists & list.bit() != 0 {
            if let Some(&(_, value)) = node.ends.iter().find(|(of, _)| *of == list) {
                longest = Some((value, length));
            }
            let Some(next) = words.get(length).filter(|word| word.gap.joins() && word.id > 0) else { break };
            let Ok(at) = node.next.binary_search_by_key(&next.id, |&(id, _)| id) else { break };
            let Some(further) = node.next.get(at).and_then(|&(_, node)| self.nodes.get(node as usize)) else { break };
            node = further;
            length += 1;
        }
        longest
    }

    /// Whether this one word alone is in a list.
    pub(super) fn is(&self, word: &Word, list: List) -> bool {
        word.begins.0 & list.bit() != 0 && self.node(word).is_some_and(|node| node.ends.iter().any(|(of, _)| *of == list))
    }

    /// Whether a word of the text has the ending of a past participle (“adopted”).
    pub(super) fn is_participle(&self, text: &str, word: &Word) -> bool {
        ends_with(text, word, &self.participle_endings)
    }

    /// Whether a word of the text has the ending of an adverb (“fully”).
    pub(super) fn is_adverb(&self, text: &str, word: &Word) -> bool {
        ends_with(text, word, &self.adverb_endings)
    }

    /// Whether a word of the text has the ending of a gerund (“adopting”).
    pub(super) fn is_gerund(&self, text: &str, word: &Word) -> bool {
        ends_with(text, word, &self.gerund_endings)
    }

    fn node(&self, word: &Word) -> Option<&Node> {
        let root = self.roots.get(usize::from(word.id)).copied().filter(|root| *root > 0)?;
        self.nodes.get(root as usize)
    }
}

/// Several lists at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists(u64);

impl Lists {
    pub(super) const fn of(lists: &[List]) -> Lists {
        let mut bits = 0;
        let mut rest = lists;
        while let [first, others @ ..] = rest {
            bits |= 1 << *first as u32;
            rest = others;
        }
        Lists(bits)
    }

    pub(super) const fn or(self, other: Lists) -> Lists {
        Lists(self.0 | other.0)
    }

    pub(super) fn meet(self, other: Lists) -> bool {
        self.0 & other.0 != 0
    }
}

/// Reads the longest phrase of a list that is joined to the word before.
pub fn entry<'a>(vocabulary: &'a TimeWords, list: List) -> impl Fn(Words<'a>) -> Parsed<'a, i64> {
    move |words: Words<'a>| {
        let joined = words.first().is_some_and(|word| word.gap.joins() || word.gap == Gap::Glued);
        let found = if joined { vocabulary.phrase(words, list) } else { None };
        let (value, length) = found.ok_or(nom::Err::Error(()))?;
        Ok((words.get(length..).unwrap_or_default(), value))
    }
}

/// Reads a number written in digits that is joined to the word before.
pub fn number<'a>(holds: impl Fn(&Word) -> bool) -> impl Fn(Words<'a>) -> Parsed<'a, u32> {
    move |words: Words<'a>| match words {
        [word, rest @ ..] if word.digits > 0 && word.gap.joins() && holds(word) => Ok((rest, word.number)),
        _ => Err(nom::Err::Error(())),
    }
}

fn ends_with(text: &str, word: &Word, endings: &[Box<[u8]>]) -> bool {
    let bytes = text.as_bytes().get(word.start..word.end).unwrap_or_default();
    endings.iter().any(|ending| bytes.len() > ending.len() + 1 && bytes.len().checked_sub(ending.len()).and_then(|from| bytes.get(from..)) == Some(ending))
}

/// The bit that stands for the length of a word; those of many bytes share one.
fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}
