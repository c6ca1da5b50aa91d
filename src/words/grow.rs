//! Growing the tree of words from word lists.

use rustc_hash::FxHashMap;

use super::forms::{Form, Forms};
use super::key::{Key, WIDTH, make_lower};
use super::tree::{Leaf, NOWHERE, NUMBER, OF_NODE, OF_WORD, Tree, bit, hash_step};
use super::{ListId, WordList, split};

/// Phrases made of one part of each row.
struct Pattern {
    leaf: Leaf,
    rows: Vec<Row>,
}

/// The parts of which one stands at a place of a pattern, as a tree.
struct Row {
    root: u32,
    optional: bool,
    /// The words with which its parts begin.
    first_words: Vec<u32>,
}

/// A tree that still grows.
#[derive(Default)]
pub(super) struct Growing {
    ids: FxHashMap<Box<str>, u32>,
    /// How many phrases have each word.
    uses: Vec<u32>,
    roots: Vec<u32>,
    edges: FxHashMap<(u32, u32), u32>,
    /// What ends where.
    leaves: Vec<(u32, Leaf)>,
    /// How many nodes there are.
    nodes: u32,
    spelled_text: String,
    spelled_starts: Vec<u32>,
    patterns: Vec<Pattern>,
    /// The nodes at which a phrase of a row ends, with its ending.
    row_ends: FxHashMap<u32, Form>,
    /// List, and another that licenses it.
    licences: Vec<(u32, u32)>,
    grants: Vec<u32>,
    licensed: Vec<u32>,
    /// One more than the highest number of a list.
    lists: usize,
}

impl Growing {
    /// Adds the phrases of a list.
    pub(super) fn add(&mut self, id: ListId, list: &WordList, licences: &[ListId]) {
        self.nodes = self.nodes.max(NOWHERE + 1);
        self.lists = self.lists.max(usize::from(id.0) + 1);
        for (number, entry) in list.entries.iter().enumerate() {
            let exact = if list.exact { self.spelling(&entry.phrase) } else { 0 };
            let leaf = Leaf { list: id, entry: number as u32, form: Form::Base, licence: false, exact };
            self.add_phrase(&entry.phrase, list.forms, &leaf);
        }
        let pattern = Leaf { list: id, entry: u32::MAX, form: Form::Base, licence: false, exact: 0 };
        if !list.rows.is_empty() {
            self.add_rows(&list.rows, list.forms, &pattern);
        }
        for phrase in list.except.iter() {
            self.add_phrase(phrase, list.forms, &Leaf { licence: true, ..pattern });
        }
        if !licences.is_empty() || !list.except.is_empty() {
            for other in licences {
                mark(&mut self.grants, usize::from(other.0));
                self.licences.push((u32::from(id.0), u32::from(other.0)));
            }
            mark(&mut self.licensed, usize::from(id.0));
        }
    }

    /// One more than the place of this phrase among the spelled ones.
    fn spelling(&mut self, phrase: &str) -> u32 {
        self.spelled_starts.push(self.spelled_text.len() as u32);
        for (number, (_, word)) in split::words(phrase).into_iter().enumerate() {
            if number > 0 {
                self.spelled_text.push(' ');
            }
            self.spelled_text.push_str(word);
        }
        self.spelled_starts.len() as u32
    }

    fn add_phrase(&mut self, phrase: &str, forms: Forms, leaf: &Leaf) {
        for (form, phrase) in forms.of(phrase) {
            let node = self.grow(NOWHERE, &phrase);
            self.leaves.push((node, Leaf { form, ..*leaf }));
        }
    }

    /// Adds a pattern: each row is a small tree of its own, and they are walked one after the other, so that the cost is the sum of the
    /// rows and not their product. The endings go with the first row for verbs, with the last for nouns.
    fn add_rows(&mut self, rows: &[super::Row], forms: Forms, leaf: &Leaf) {
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
                for (form, phrase) in if inflected { forms.of(phrase) } else { vec![(Form::Base, phrase.to_string())] } {
                    let node = self.grow(root, &phrase);
                    self.row_ends.entry(node).or_insert(form);
                    if let Some(&(_, first)) = split::words(&phrase).first() {
                        first_words.push(self.intern(first, &mut lower));
                    }
                }
            }
            pattern.rows.push(Row { root, optional: row.iter().any(|phrase| phrase.is_empty()), first_words });
        }
        self.patterns.push(pattern);
    }

    /// The node to which the words of a phrase lead from a node; it is made if need be.
    fn grow(&mut self, from: u32, phrase: &str) -> u32 {
        let mut node = from;
        let mut lower = String::new();
        split::each_word(phrase, |word, _| {
            let id = self.intern(phrase.get(word).unwrap_or_default(), &mut lower);
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

    fn intern(&mut self, word: &str, lower: &mut String) -> u32 {
        make_lower(word, lower);
        if let Some(&id) = self.ids.get(lower.as_str()) {
            if let Some(uses) = self.uses.get_mut(id as usize) {
                *uses += 1;
            }
            return id;
        }
        let fresh = self.ids.len() as u32;
        self.uses.push(1);
        self.ids.insert(lower.as_str().into(), fresh);
        fresh
    }

    /// Lays everything out as tables.
    pub(super) fn finish(mut self) -> Tree {
        self.put_together();
        let (pattern_places, pattern_numbers) = self.index_patterns();
        self.leaves.sort_by_key(|&(node, _)| node);
        let first_leaf = starts(self.nodes as usize, self.leaves.iter().map(|&(node, _)| node));
        let mut nodes: Vec<[u32; OF_NODE]> = first_leaf.into_iter().map(|leaf| [leaf, 0, 0, 0]).collect();
        let mut steps: Vec<(u32, u32)> = Vec::with_capacity(self.edges.len());
        for (&(node, word), &next) in &self.edges {
            if let Some([_, followers, ..]) = nodes.get_mut(node as usize) {
                *followers |= bit(word);
            }
            if let Some([.., from, by]) = nodes.get_mut(next as usize) {
                (*from, *by) = (node, word);
            }
            steps.push((next, hash_step(node, word)));
        }
        let (words, long_words) = self.words(&pattern_places);
        let mut row_ends = vec![0; self.nodes as usize];
        for (&node, &form) in &self.row_ends {
            if let Some(end) = row_ends.get_mut(node as usize) {
                *end = form as u32 + 1;
            }
        }
        self.grants.resize(self.lists, 0);
        self.licensed.resize(self.lists, 0);
        self.licences.sort_unstable();
        self.spelled_starts.push(self.spelled_text.len() as u32);
        let mut rows = Vec::new();
        let mut patterns = Vec::new();
        for pattern in &self.patterns {
            let from = rows.len() as u32 / 2;
            rows.extend(pattern.rows.iter().flat_map(|row| [row.root, u32::from(row.optional)]));
            patterns.extend(pattern.leaf.pack());
            patterns.extend([from, rows.len() as u32 / 2]);
        }
        let words_in_order = self.in_order();
        let keys = words_in_order.iter().zip(0..).map(|(word, id)| (id, Key::of(word, &mut String::new()).0.hash()));
        Tree {
            word_slots: slots(keys.collect()).into(),
            node_slots: slots(steps).into(),
            nodes: nodes.concat().into(),
            words: words.into(),
            long_words: long_words.into(),
            leaves: self.leaves.iter().flat_map(|(_, leaf)| leaf.pack()).collect(),
            spelled_text: self.spelled_text.into(),
            spelled_starts: self.spelled_starts.into(),
            patterns: patterns.into(),
            rows: rows.into(),
            pattern_numbers: pattern_numbers.into(),
            row_ends: row_ends.into(),
            licence_starts: starts(self.lists, self.licences.iter().map(|&(list, _)| list)).into(),
            licence_lists: self.licences.iter().map(|&(_, other)| other).collect(),
            grants: self.grants.into(),
            licensed: self.licensed.into(),
        }
    }

    /// One more than where the patterns stand that may begin with each word, and their numbers: those whose first rows, up to one that
    /// must be there, have it.
    fn index_patterns(&self) -> (Vec<u32>, Vec<u32>) {
        let mut pairs = Vec::new();
        for (number, pattern) in self.patterns.iter().enumerate() {
            let leading = pattern.rows.iter().position(|row| !row.optional).map_or(pattern.rows.len(), |first| first + 1);
            let words = pattern.rows.iter().take(leading).flat_map(|row| &row.first_words);
            pairs.extend(words.map(|&word| (word, number as u32)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut places = vec![0; self.ids.len()];
        let mut numbers = Vec::new();
        for of_word in pairs.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some(place) = of_word.first().and_then(|&(word, _)| places.get_mut(word as usize)) {
                *place = numbers.len() as u32 + 1;
            }
            numbers.push(of_word.len() as u32);
            numbers.extend(of_word.iter().map(|(_, number)| number));
        }
        (places, numbers)
    }

    /// Numbers the words by how many phrases they are in, and the nodes to which they lead alone in the same order: texts are mostly made
    /// of a few hundred words, and what is known of those then lies together, where a processor finds it sooner.
    fn put_together(&mut self) {
        let mut words: Vec<u32> = (0..self.uses.len() as u32).collect();
        words.sort_by_key(|&word| std::cmp::Reverse(self.uses.get(word as usize)));
        self.roots.resize(words.len(), NOWHERE);
        let root = |&word: &u32| self.roots.get(word as usize).copied().unwrap_or(NOWHERE);
        let roots: Vec<u32> = words.iter().map(root).collect();
        let mut is_root = vec![false; self.nodes as usize];
        for &root in &roots {
            if let Some(flag) = is_root.get_mut(root as usize) {
                *flag = true;
            }
        }
        let others = (NOWHERE + 1..self.nodes).filter(|&node| is_root.get(node as usize) == Some(&false));
        let nodes: Vec<u32> = std::iter::once(NOWHERE).chain(roots.iter().copied().filter(|&root| root != NOWHERE)).chain(others).collect();
        let (word, node) = (places(&words), places(&nodes));
        let of = |places: &[u32], old: u32| places.get(old as usize).copied().unwrap_or(old);
        self.ids.values_mut().for_each(|id| *id = of(&word, *id));
        self.roots = roots.into_iter().map(|root| of(&node, root)).collect();
        self.edges = self.edges.drain().map(|((from, by), to)| ((of(&node, from), of(&word, by)), of(&node, to))).collect();
        self.leaves.iter_mut().for_each(|(at, _)| *at = of(&node, *at));
        self.row_ends = self.row_ends.drain().map(|(at, form)| (of(&node, at), form)).collect();
        for row in self.patterns.iter_mut().flat_map(|pattern| &mut pattern.rows) {
            row.root = of(&node, row.root);
            row.first_words.iter_mut().for_each(|first| *first = of(&word, *first));
        }
    }

    /// What the tree says of each word, and the long ones.
    fn words(&self, pattern_places: &[u32]) -> (Vec<u32>, String) {
        let mut long = String::new();
        let mut words = Vec::with_capacity(self.ids.len() * OF_WORD);
        for ((word, &root), &patterns) in self.in_order().into_iter().zip(&self.roots).zip(pattern_places) {
            let (key, _) = Key::of(word, &mut String::new());
            words.extend(key.pack());
            words.extend([root, patterns, long.len() as u32]);
            if word.len() > WIDTH {
                long.push_str(word);
            }
        }
        (words, long)
    }

    /// The words by their numbers.
    fn in_order(&self) -> Vec<&str> {
        let mut words: Vec<(&str, u32)> = self.ids.iter().map(|(word, &id)| (word.as_ref(), id)).collect();
        words.sort_unstable_by_key(|&(_, id)| id);
        words.into_iter().map(|(word, _)| word).collect()
    }
}

/// Numbers by their hashes, for a search that begins at the place that the hash says.
fn slots(mut hashes: Vec<(u32, u32)>) -> Vec<u32> {
    // The same tables come out whatever the order of a map was.
    hashes.sort_unstable();
    // A power of two, and always an empty slot at which a search ends.
    let room = (hashes.len() * 2 + 1).next_power_of_two();
    let mut slots = vec![0; room];
    for (number, hash) in hashes {
        let mut at = hash as usize & (room - 1);
        while slots.get(at).is_some_and(|&slot| slot != 0) {
            at = (at + 1) & (room - 1);
        }
        if let Some(slot) = slots.get_mut(at) {
            *slot = (number + 1) & NUMBER | hash & !NUMBER;
        }
    }
    slots
}

/// Where the entries of each key begin, in a list sorted by its keys, and the end.
fn starts(keys: usize, sorted: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0; keys + 1];
    for key in sorted {
        if let Some(count) = starts.get_mut(key as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

/// The place of each number in a list of all numbers.
fn places(numbers: &[u32]) -> Vec<u32> {
    let mut places = vec![0; numbers.len()];
    for (place, &number) in numbers.iter().enumerate() {
        if let Some(slot) = places.get_mut(number as usize) {
            *slot = place as u32;
        }
    }
    places
}

fn mark(flags: &mut Vec<u32>, at: usize) {
    flags.resize(flags.len().max(at + 1), 0);
    if let Some(flag) = flags.get_mut(at) {
        *flag = 1;
    }
}
