//! The phrases of all lists of a language as one tree of words, and the search for them in a text.
//!
//! The tree is nothing but tables of numbers, so that it can be a constant of the program: the build grows the trees of the built-in
//! lists ([`super::grow`]) and writes them down as code, which is how a tree is displayed; so a start has nothing to grow. Lists that
//! come from a folder of the user's are grown when they are needed.

use std::borrow::Cow;
use std::fmt;

use super::forms::Form;
use super::{Hit, ListId, Word};

/// Numbers that stand in the program or were made at run time.
pub(crate) type Table = Cow<'static, [u32]>;

/// Declares the tree and how each of its tables is written down, so that the two cannot drift apart.
macro_rules! tree {
    ($($(#[$doc:meta])* $field:ident: $kind:ident,)*) => {
        /// The tree. Its fields are in sight of the crate because the code that the build writes names them.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub(crate) struct Tree { $($(#[$doc])* pub(crate) $field: tree!(@type $kind),)* }

        /// The tree as a Rust expression.
        impl fmt::Display for Tree {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("Tree {\n")?;
                $(writeln!(f, "    {}: Cow::Borrowed({}{:?}),", stringify!($field), tree!(@mark $kind), &*self.$field)?;)*
                f.write_str("}")
            }
        }
    };
    (@type text) => { Cow<'static, str> };
    (@type table) => { Table };
    (@mark text) => { "" };
    (@mark table) => { "&" };
}

tree! {
    /// The words of all lists in small letters, one after the other; a word's number is its place.
    word_text: text,
    /// Where each word begins in it, and the end.
    word_starts: table,
    /// The words by their hash: the hash, the number plus one; the last is 0 in an empty slot.
    word_slots: table,
    /// The node of each word with which a phrase begins.
    roots: table,
    /// For each node, the words that may follow there, as bits: see [`bit`].
    followers: table,
    /// From a node by a word to a node, by hash: node, word, next node; the last is 0 in an empty slot.
    edge_slots: table,
    /// What ends at the nodes, node by node: three numbers each, see [`Leaf`].
    leaves: table,
    /// For each node, where its leaves begin; the first node is none.
    first_leaf: table,
    /// The phrases of exact entries as they must be spelled, their words parted by spaces.
    spelled_text: text,
    /// Where each of them begins.
    spelled_starts: table,
    /// The patterns: a leaf, the first row, the row after the last one.
    patterns: table,
    /// The rows of the patterns: the root, 1 if the row may be left out.
    rows: table,
    /// For each word, where its numbers in the next table begin.
    pattern_starts: table,
    /// The patterns that may begin with each word.
    pattern_numbers: table,
    /// For each node, 0, or one more than the form in which a phrase of a row ends there.
    row_ends: table,
    /// For each list, where its numbers in the next table begin.
    licence_starts: table,
    /// For each list, the lists whose entries license it.
    licence_lists: table,
    /// For each list, 1 if its entries license those of another.
    grants: table,
    /// For each list, 1 if its own entries may be licensed.
    licensed: table,
}

/// What a phrase of the tree stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    pub(super) list: ListId,
    pub(super) form: Form,
    /// Whether the phrase only licenses the entries of its list that lie in it.
    pub(super) licence: bool,
    pub(super) entry: u32,
    /// One more than the place among the spelled phrases, if capital letters count; else 0.
    pub(super) exact: u32,
}

impl Leaf {
    /// The leaf as numbers.
    pub(super) fn pack(self) -> [u32; 3] {
        [u32::from(self.list.0) | (self.form as u32) << 16 | u32::from(self.licence) << 24, self.entry, self.exact]
    }

    fn unpack(numbers: &[u32]) -> Option<Leaf> {
        let &[first, entry, exact, ..] = numbers else { return None };
        let form = form((first >> 16) & 0xFF)?;
        Some(Leaf { list: ListId(first as u16), form, licence: first >> 24 != 0, entry, exact })
    }
}

/// The form of this number.
fn form(number: u32) -> Option<Form> {
    Form::ALL.get(number as usize).copied()
}

pub(super) const NOWHERE: u32 = 0;

/// No phrase that licenses others is longer than this number of words.
const LONGEST_LICENCE: u32 = 24;

/// Spreads what differs in a few bits over all of them: the golden ratio.
fn mix(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The hash of a word, the same on any machine, since the build and the program may run on different ones, and the same for small
/// and capital ASCII letters, which differ in one bit.
pub(super) fn hash_word(word: &[u8]) -> u32 {
    const SMALL: u64 = u64::from_ne_bytes([b' '; 8]);
    let (eights, rest) = word.as_chunks();
    let first = eights.iter().fold(word.len() as u64, |hash, eight| mix(hash ^ (u64::from_le_bytes(*eight) | SMALL)).rotate_left(29));
    let last = rest.iter().fold(0, |last, byte| last << 8 | u64::from(*byte));
    (mix(first ^ (last | SMALL)) >> 32) as u32
}

/// The hash of an edge.
pub(super) fn hash_edge(node: u32, word: u32) -> u32 {
    (mix(u64::from(node) << 32 | u64::from(word)) >> 32) as u32
}

/// The bit that stands for a word among those that may follow at a node. Words share bits; most that do not follow are told so
/// nevertheless, without a search.
pub(super) fn bit(word: u32) -> u32 {
    1 << (word % u32::BITS)
}

impl Tree {
    /// The numbers of a table between two places that another one gives.
    fn part<'t>(starts: &[u32], numbers: &'t [u32], at: usize, width: usize) -> &'t [u32] {
        let bounds = starts.get(at).zip(starts.get(at + 1));
        bounds.and_then(|(&from, &to)| numbers.get(from as usize * width..to as usize * width)).unwrap_or_default()
    }

    fn text<'t>(starts: &[u32], text: &'t str, at: usize) -> &'t str {
        let bounds = starts.get(at).zip(starts.get(at + 1));
        bounds.and_then(|(&from, &to)| text.get(from as usize..to as usize)).unwrap_or_default()
    }

    /// The number of a word whose letters hash to `hash` and that is `same`.
    fn word(&self, hash: u32, same: impl Fn(&str) -> bool) -> Option<u32> {
        let mask = (self.word_slots.len() / 2).checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let &[known, number] = self.word_slots.get(at * 2..at * 2 + 2)? else { return None };
            let number = number.checked_sub(1)?;
            if known == hash && same(Tree::text(&self.word_starts, &self.word_text, number as usize)) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// The node to which a word leads from a node.
    fn next(&self, node: u32, word: u32) -> Option<u32> {
        self.followers.get(node as usize).filter(|&&followers| followers & bit(word) != 0)?;
        let mask = (self.edge_slots.len() / 3).checked_sub(1)?;
        let mut at = hash_edge(node, word) as usize & mask;
        loop {
            let &[from, by, to] = self.edge_slots.get(at * 3..at * 3 + 3)? else { return None };
            if to == NOWHERE {
                return None;
            }
            if from == node && by == word {
                return Some(to);
            }
            at = (at + 1) & mask;
        }
    }

    fn leaves(&self, node: u32) -> impl Iterator<Item = Leaf> {
        Tree::part(&self.first_leaf, &self.leaves, node as usize, 3).chunks_exact(3).filter_map(Leaf::unpack)
    }

    /// Whether the words stand in `text` as a leaf wants them.
    fn is_spelled(&self, leaf: &Leaf, text: &str, words: &[Word]) -> bool {
        let Some(place) = leaf.exact.checked_sub(1) else { return true };
        let exact = Tree::text(&self.spelled_starts, &self.spelled_text, place as usize).split(' ');
        exact.zip(words).all(|(wanted, word)| text.get(word.range().range()) == Some(wanted))
    }

    /// The longest way in which the rows of a pattern stand at the beginning of `words`: the number of words and the ending.
    fn match_rows(&self, rows: &[u32], words: &[Word], first: bool) -> Option<(usize, Form)> {
        let Some((&[root, optional], rest)) = rows.split_first_chunk() else { return Some((0, Form::Base)) };
        let mut best = if optional == 0 { None } else { self.match_rows(rest, words, first) };
        let mut node = root;
        for (length, word) in words.iter().enumerate() {
            let may_follow = word.is_joined() || (first && length == 0);
            let Some(next) = may_follow.then(|| self.next(node, word.id())).flatten() else { break };
            node = next;
            let ends = self.row_ends.get(node as usize).and_then(|end| end.checked_sub(1)).and_then(form);
            let Some(form) = ends else { continue };
            if let Some((more, later)) = self.match_rows(rest, words.get(length + 1..).unwrap_or_default(), false) {
                let total = length + 1 + more;
                if best.is_none_or(|(known, _)| total > known) {
                    best = Some((total, if form == Form::Base { later } else { form }));
                }
            }
        }
        best.filter(|&(length, _)| length > 0 || !first)
    }

    /// Gives each word of a text its number, if it stands in some list.
    pub(super) fn name(&self, text: &str, tokens: &mut [Word]) {
        let mut lower = String::new();
        for token in tokens {
            let word = text.get(token.range().range()).unwrap_or_default();
            let found = if word.is_ascii() {
                // Most words are in small letters already.
                self.word(hash_word(word.as_bytes()), |known| known == word || known.eq_ignore_ascii_case(word))
            } else {
                make_lower(word, &mut lower);
                self.word(hash_word(lower.as_bytes()), |known| known == lower)
            };
            if let Some(number) = found {
                token.name(number);
            }
        }
    }

    /// Calls `found` with the number of words and the leaf, for each phrase that begins with the word of a root and goes on with the
    /// `following` ones, shorter phrases first.
    fn walk(&self, root: u32, following: &[Word], mut found: impl FnMut(usize, &Leaf)) {
        let mut node = root;
        let mut length = 1;
        let mut rest = following.iter();
        loop {
            for leaf in self.leaves(node) {
                found(length, &leaf);
            }
            let next = rest.next().filter(|word| word.is_joined());
            let Some(next) = next.and_then(|word| self.next(node, word.id())) else { return };
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
        let mut ends = vec![0_u32; self.grants.len()];
        for (first, word) in tokens.iter().enumerate() {
            let root = self.roots.get(word.id() as usize).copied().unwrap_or(NOWHERE);
            let patterns = Tree::part(&self.pattern_starts, &self.pattern_numbers, word.id() as usize, 1);
            // With most words no phrase begins.
            if root == NOWHERE && patterns.is_empty() {
                continue;
            }
            let here = found.len();
            let following = tokens.get(first + 1..).unwrap_or_default();
            self.walk(root, following, |length, leaf| {
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
            for pattern in patterns.iter().filter_map(|&number| self.patterns.get(number as usize * 5..number as usize * 5 + 5)) {
                let (Some(leaf), Some(&[from, to])) = (Leaf::unpack(pattern), pattern.last_chunk()) else { continue };
                let overlaps = ends.get(usize::from(leaf.list.0)).is_some_and(|&end| end > first as u32);
                if overlaps {
                    continue;
                }
                let rows = self.rows.get(from as usize * 2..to as usize * 2).unwrap_or_default();
                let Some((length, form)) = self.match_rows(rows, tokens.get(first..).unwrap_or_default(), true) else { continue };
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
                if is_marked(&self.grants, usize::from(hit.list.0)) {
                    grants.push((*hit, false));
                }
            }
        }
        if !grants.is_empty() {
            found.retain(|&hit| !(is_marked(&self.licensed, usize::from(hit.list.0)) && self.is_licensed(&grants, hit)));
        }
        found
    }

    fn is_licensed(&self, grants: &[(Hit, bool)], hit: Hit) -> bool {
        let licences = Tree::part(&self.licence_starts, &self.licence_lists, usize::from(hit.list.0), 1);
        let covers = |(other, licence): &(Hit, bool)| {
            let grants = if *licence { other.list == hit.list } else { licences.contains(&u32::from(other.list.0)) };
            grants && other.first <= hit.first && hit.last <= other.last
        };
        let from = grants.partition_point(|(other, _)| other.first + LONGEST_LICENCE < hit.first);
        grants.get(from..).unwrap_or_default().iter().take_while(|(other, _)| other.first <= hit.first).any(covers)
    }
}

fn is_marked(flags: &[u32], at: usize) -> bool {
    flags.get(at).is_some_and(|&flag| flag != 0)
}

/// A word in small letters.
pub(super) fn make_lower(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        for character in word.chars() {
            // Most of what is not ASCII is a small letter of Latin-1: “é”.
            if matches!(character, 'ß'..='ÿ') { lower.push(character) } else { lower.extend(character.to_lowercase()) }
        }
    }
}
