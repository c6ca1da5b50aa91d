//! The phrases of all lists of a language as one tree of words, and the search for them in a text.

use std::num::NonZeroU32;

use rustc_hash::FxHashMap;

use super::forms::{Form, Forms};
use super::{Hit, ListId, Word, WordList, split};

/// What a phrase of the tree stands for.
#[derive(Clone, Copy, Debug)]
struct Leaf {
    list: ListId,
    form: Form,
    /// Whether the phrase only licenses the entries of its list that lie in it.
    licence: bool,
    entry: u32,
    /// The place in `Tree::spellings` of the words as they must be spelled, if capital letters count.
    exact: Option<NonZeroU32>,
}

/// Phrases made of one part of each row.
#[derive(Debug)]
struct Pattern {
    leaf: Leaf,
    rows: Vec<Row>,
}

/// The parts of which one stands at a place of a pattern, as a tree.
#[derive(Debug)]
struct Row {
    root: u32,
    optional: bool,
    /// The words with which its parts begin.
    first_words: Vec<u32>,
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The number of each word that stands in some list.
    ids: FxHashMap<Box<str>, u32>,
    /// The node of each word with which a phrase begins.
    roots: Vec<u32>,
    /// From a node by a word to a node.
    edges: FxHashMap<(u32, u32), u32>,
    /// What ends at the nodes, node by node, once the tree is finished; before, with the node of each.
    leaves: Vec<Leaf>,
    growing: Vec<(u32, Leaf)>,
    /// For each node, where its leaves begin; the first node is none.
    first_leaf: Vec<u32>,
    /// How many nodes there are.
    nodes: u32,
    /// How the words of exact entries must be spelled.
    spellings: Vec<Box<[Box<str>]>>,
    /// The patterns, and those that may begin with a word.
    patterns: Vec<Pattern>,
    pattern_starts: Vec<Vec<u32>>,
    /// For each word, whether it follows on another in some phrase.
    follows: Vec<bool>,
    /// The nodes at which a phrase of a row ends, with its ending.
    row_ends: FxHashMap<u32, Form>,
    /// For each list with licences, the lists whose entries license it.
    licences: FxHashMap<ListId, Vec<ListId>>,
    /// For each list, whether its entries license those of another, and whether its own may be licensed.
    grants: Vec<bool>,
    licensed: Vec<bool>,
    /// One more than the highest number of a list.
    lists: usize,
}

const NOWHERE: u32 = 0;

/// No phrase that licenses others is longer than this number of words.
const LONGEST_LICENCE: u32 = 24;

impl Tree {
    /// Adds the phrases of a list.
    pub(super) fn add(&mut self, id: ListId, list: &WordList, licences: Vec<ListId>) {
        self.nodes = self.nodes.max(NOWHERE + 1);
        for (number, entry) in list.entries.iter().enumerate() {
            let exact = list.exact.then(|| self.spelling(&entry.phrase)).flatten();
            let leaf = Leaf { list: id, entry: number as u32, form: Form::Base, licence: false, exact };
            self.add_phrase(&entry.phrase, list.forms, &leaf);
        }
        if !list.rows.is_empty() {
            self.lists = self.lists.max(usize::from(id.0) + 1);
            let leaf = Leaf { list: id, entry: u32::MAX, form: Form::Base, licence: false, exact: None };
            self.add_rows(&list.rows, list.forms, &leaf);
        }
        for phrase in &list.except {
            let leaf = Leaf { list: id, entry: u32::MAX, form: Form::Base, licence: true, exact: None };
            self.add_phrase(phrase, list.forms, &leaf);
        }
        if !licences.is_empty() || !list.except.is_empty() {
            for list in &licences {
                mark(&mut self.grants, *list);
            }
            mark(&mut self.licensed, id);
            self.licences.insert(id, licences);
        }
    }

    fn spelling(&mut self, phrase: &str) -> Option<NonZeroU32> {
        if self.spellings.is_empty() {
            self.spellings.push(Box::default());
        }
        self.spellings.push(split::words(phrase).into_iter().map(|(_, word)| word.into()).collect());
        NonZeroU32::new(self.spellings.len() as u32 - 1)
    }

    /// Lays the leaves out node by node. Nothing is found before.
    pub(super) fn finish(mut self) -> Tree {
        let mut growing = std::mem::take(&mut self.growing);
        growing.sort_by_key(|&(node, _)| node);
        self.leaves.reserve_exact(growing.len());
        let mut growing = growing.into_iter().peekable();
        for node in 0..=self.nodes {
            self.first_leaf.push(self.leaves.len() as u32);
            while let Some((_, leaf)) = growing.next_if(|&(of, _)| of == node) {
                self.leaves.push(leaf);
            }
        }
        self.index_patterns();
        self
    }

    fn leaves(&self, node: u32) -> &[Leaf] {
        let bounds = self.first_leaf.get(node as usize).zip(self.first_leaf.get(node as usize + 1));
        bounds.and_then(|(&from, &to)| self.leaves.get(from as usize..to as usize)).unwrap_or_default()
    }

    /// Whether the words stand in `text` as a leaf wants them.
    fn is_spelled(&self, leaf: &Leaf, text: &str, words: &[Word]) -> bool {
        let exact = leaf.exact.and_then(|place| self.spellings.get(place.get() as usize));
        exact.is_none_or(|exact| exact.iter().zip(words).all(|(wanted, word)| text.get(word.range().range()) == Some(wanted.as_ref())))
    }

    fn add_phrase(&mut self, phrase: &str, forms: Forms, leaf: &Leaf) {
        for (form, phrase) in forms.of(phrase) {
            let node = self.grow(NOWHERE, &phrase);
            self.put(node, Leaf { form, ..*leaf });
        }
    }

    /// Adds a pattern: each row is a small tree of its own, and they are walked one after the other, so that the cost is the sum of the
    /// rows and not their product. The endings go with the first row for verbs, with the last for nouns.
    fn add_rows(&mut self, rows: &[Vec<String>], forms: Forms, leaf: &Leaf) {
        let mut pattern = Pattern { leaf: *leaf, rows: Vec::new() };
        for (place, row) in rows.iter().enumerate() {
            let inflected = match forms {
                Forms::None => false,
                Forms::Verb => place == 0,
                Forms::Noun => place + 1 == rows.len(),
            };
            let root = self.nodes;
            self.nodes += 1;
            let mut first_words = Vec::new();
            let mut lower = String::new();
            for phrase in row.iter().filter(|phrase| !phrase.is_empty()) {
                for (form, phrase) in if inflected { forms.of(phrase) } else { vec![(Form::Base, phrase.clone())] } {
                    let node = self.grow(root, &phrase);
                    self.row_ends.entry(node).or_insert(form);
                    if let Some(&(_, first)) = split::words(&phrase).first() {
                        first_words.push(self.intern(first, &mut lower));
                    }
                }
            }
            pattern.rows.push(Row { root, optional: row.iter().any(String::is_empty), first_words });
        }
        self.patterns.push(pattern);
    }

    /// The patterns that may begin with each word: those whose first rows, up to one that must be there, have it.
    fn index_patterns(&mut self) {
        self.pattern_starts.resize_with(self.ids.len(), Vec::new);
        self.follows.resize(self.ids.len(), false);
        for &(_, word) in self.edges.keys() {
            if let Some(flag) = self.follows.get_mut(word as usize) {
                *flag = true;
            }
        }
        for (number, pattern) in self.patterns.iter().enumerate() {
            let leading = pattern.rows.iter().position(|row| !row.optional).map_or(pattern.rows.len(), |first| first + 1);
            for row in pattern.rows.iter().take(leading) {
                for &word in &row.first_words {
                    if let Some(starts) = self.pattern_starts.get_mut(word as usize).filter(|starts| !starts.contains(&(number as u32))) {
                        starts.push(number as u32);
                    }
                }
            }
        }
    }

    /// The longest way in which the rows of a pattern stand at the beginning of `words`: the number of words and the ending.
    fn match_rows(&self, rows: &[Row], words: &[Word], first: bool) -> Option<(usize, Form)> {
        let Some((row, rest)) = rows.split_first() else { return Some((0, Form::Base)) };
        let mut best = if row.optional { self.match_rows(rest, words, first) } else { None };
        let mut node = row.root;
        for (length, word) in words.iter().enumerate() {
            let may_follow = word.id != Word::UNKNOWN && (word.joined || (first && length == 0));
            let Some(&next) = self.edges.get(&(node, word.id)).filter(|_| may_follow) else { break };
            node = next;
            let Some(&form) = self.row_ends.get(&node) else { continue };
            if let Some((more, later)) = self.match_rows(rest, words.get(length + 1..).unwrap_or_default(), false) {
                let total = length + 1 + more;
                if best.is_none_or(|(known, _)| total > known) {
                    best = Some((total, if form == Form::Base { later } else { form }));
                }
            }
        }
        best.filter(|&(length, _)| length > 0 || !first)
    }

    /// The node to which the words of a phrase lead from a node; it is made if need be.
    fn grow(&mut self, from: u32, phrase: &str) -> u32 {
        let mut node = from;
        let mut lower = String::new();
        split::each_word(phrase, |_, word| {
            let id = self.intern(word, &mut lower);
            let fresh = self.nodes;
            if node == NOWHERE {
                if self.roots.len() <= id as usize {
                    self.roots.resize(id as usize + 1, NOWHERE);
                }
                if let Some(root) = self.roots.get_mut(id as usize) {
                    if *root == NOWHERE {
                        *root = fresh;
                    }
                    node = *root;
                }
            } else {
                node = *self.edges.entry((node, id)).or_insert(fresh);
            }
            if node == fresh {
                self.nodes += 1;
            }
        });
        node
    }

    fn put(&mut self, node: u32, leaf: Leaf) {
        self.lists = self.lists.max(usize::from(leaf.list.0) + 1);
        self.growing.push((node, leaf));
    }

    fn intern(&mut self, word: &str, lower: &mut String) -> u32 {
        make_lower(word, lower);
        if let Some(&id) = self.ids.get(lower.as_str()) {
            return id;
        }
        let fresh = self.ids.len() as u32;
        self.ids.insert(lower.as_str().into(), fresh);
        fresh
    }

    /// Gives each word of a text its number, if it stands in some list.
    pub(super) fn name(&self, text: &str, tokens: &mut [Word]) {
        let mut lower = String::new();
        for token in tokens {
            let word = text.get(token.range().range()).unwrap_or_default();
            let as_it_is = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
            if !as_it_is {
                make_lower(word, &mut lower);
            }
            token.id = self.ids.get(if as_it_is { word } else { lower.as_str() }).copied().unwrap_or(Word::UNKNOWN);
        }
    }

    /// Calls `found` with the number of words and the leaf, for each phrase with which `words` begin, shorter ones first.
    fn walk(&self, words: &[Word], mut found: impl FnMut(usize, &Leaf)) {
        let Some((first, rest)) = words.split_first() else { return };
        let mut node = self.roots.get(first.id as usize).copied().unwrap_or(NOWHERE);
        if node == NOWHERE {
            return;
        }
        let mut length = 1;
        let mut rest = rest.iter();
        loop {
            for leaf in self.leaves(node) {
                found(length, leaf);
            }
            let next = rest.next().filter(|word| word.joined && self.follows.get(word.id as usize).copied().unwrap_or(false));
            let Some(&next) = next.and_then(|word| self.edges.get(&(node, word.id))) else { return };
            node = next;
            length += 1;
        }
    }

    /// Where the phrases stand in a text, in the order of their first words. Of overlapping entries of one list the first counts,
    /// and of those that begin together the longest; an entry inside a phrase that licenses it does not count.
    pub(super) fn find(&self, text: &str, tokens: &[Word]) -> Vec<Hit> {
        let mut found: Vec<Hit> = Vec::with_capacity(tokens.len() / 2);
        // What licenses others; few, so that each entry is compared with these alone.
        let mut grants: Vec<(Hit, bool)> = Vec::new();
        // The end of the last hit of each list.
        let mut ends = vec![0_u32; self.lists];
        for first in 0..tokens.len() {
            let here = found.len();
            self.walk(tokens.get(first..).unwrap_or_default(), |length, leaf| {
                let last = (first + length) as u32;
                let overlaps = !leaf.licence && ends.get(usize::from(leaf.list.0)).is_some_and(|&end| end > first as u32);
                if overlaps || !self.is_spelled(leaf, text, tokens.get(first..first + length).unwrap_or_default()) {
                    return;
                }
                let hit = Hit { list: leaf.list, entry: leaf.entry, first: first as u32, last, form: leaf.form };
                if leaf.licence {
                    return grants.push((hit, true));
                }
                let shorter = found.get_mut(here..).unwrap_or_default().iter_mut();
                match shorter.into_iter().find(|known| known.list == leaf.list) {
                    Some(known) if known.last < last => *known = hit,
                    Some(_) => {}
                    None => found.push(hit),
                }
            });
            let word = tokens.get(first).map_or(Word::UNKNOWN, |word| word.id);
            for pattern in self.pattern_starts.get(word as usize).into_iter().flatten().filter_map(|&number| self.patterns.get(number as usize)) {
                let leaf = pattern.leaf;
                let overlaps = ends.get(usize::from(leaf.list.0)).is_some_and(|&end| end > first as u32);
                let Some((length, form)) = self.match_rows(&pattern.rows, tokens.get(first..).unwrap_or_default(), true).filter(|_| !overlaps) else {
                    continue;
                };
                let hit = Hit { list: leaf.list, entry: leaf.entry, first: first as u32, last: (first + length) as u32, form };
                let shorter = found.get_mut(here..).unwrap_or_default().iter_mut();
                match shorter.into_iter().find(|known| known.list == leaf.list) {
                    Some(known) if known.last < hit.last => *known = hit,
                    Some(_) => {}
                    None => found.push(hit),
                }
            }
            for hit in found.get(here..).unwrap_or_default() {
                if let Some(end) = ends.get_mut(usize::from(hit.list.0)) {
                    *end = hit.last;
                }
                if is_marked(&self.grants, hit.list) {
                    grants.push((*hit, false));
                }
            }
        }
        if !grants.is_empty() {
            found.retain(|&hit| !(is_marked(&self.licensed, hit.list) && self.is_licensed(&grants, hit)));
        }
        found
    }

    fn is_licensed(&self, grants: &[(Hit, bool)], hit: Hit) -> bool {
        let Some(licences) = self.licences.get(&hit.list) else { return false };
        let covers = |(other, licence): &(Hit, bool)| {
            let grants = if *licence { other.list == hit.list } else { licences.contains(&other.list) };
            grants && other.first <= hit.first && hit.last <= other.last
        };
        let from = grants.partition_point(|(other, _)| other.first + LONGEST_LICENCE < hit.first);
        grants.get(from..).unwrap_or_default().iter().take_while(|(other, _)| other.first <= hit.first).any(covers)
    }
}

fn mark(flags: &mut Vec<bool>, list: ListId) {
    let at = usize::from(list.0);
    flags.resize(flags.len().max(at + 1), false);
    if let Some(flag) = flags.get_mut(at) {
        *flag = true;
    }
}

fn is_marked(flags: &[bool], list: ListId) -> bool {
    flags.get(usize::from(list.0)).copied().unwrap_or(false)
}

fn make_lower(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase));
    }
}
