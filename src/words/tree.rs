//! The phrases of all lists of a language as one tree of words, and the search for them in a text.
//!
//! The tree is nothing but tables of numbers, so that it can be a constant of the program: the build grows the trees of the built-in
//! lists ([`super::grow`]) and writes them down as code, which is how a tree is displayed; so a start has nothing to grow. Lists that
//! come from a folder of the user's are grown when they are needed.

use std::borrow::Cow;
use std::fmt;

use super::forms::Form;
use super::found::{Kept, LONGEST};
use super::key::{Key, WIDTH, spread};
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
    /// The words of all lists by their hash: one more than the number of a word, and above it the first bits of its hash; 0 in an
    /// empty slot. A word's number is its place in the next table.
    word_slots: table,
    /// For each word its key, the node of the phrases that begin with it or [`NOWHERE`], one more than where the patterns that may begin
    /// with it stand in the table of their numbers or 0, and where a long word stands as a whole: all that is asked of a word together.
    words: table,
    /// The words that are longer than their keys, in small letters.
    long_words: text,
    /// For each node, where its leaves begin, the words that may follow as bits (see [`bit`]), and the node and the word that lead to it;
    /// and the end.
    nodes: table,
    /// The nodes by what leads to them, laid out like the words by their hash.
    node_slots: table,
    /// What ends at the nodes, node by node: three numbers each, see [`Leaf`].
    leaves: table,
    /// The phrases of exact entries as they must be spelled, their words parted by spaces.
    spelled_text: text,
    /// Where each of them begins.
    spelled_starts: table,
    /// The patterns: a leaf, the first row, the row after the last one.
    patterns: table,
    /// The rows of the patterns: the root, 1 if the row may be left out.
    rows: table,
    /// The patterns that may begin with a word, word by word: how many, and their numbers.
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

    fn unpack(&[first, entry, exact]: &[u32; 3]) -> Leaf {
        let form = form((first >> 16) & 0xFF).unwrap_or_default();
        Leaf { list: ListId(first as u16), form, licence: first >> 24 != 0, entry, exact }
    }
}

/// The form of this number.
fn form(number: u32) -> Option<Form> {
    Form::ALL.get(number as usize).copied()
}

pub(super) const NOWHERE: u32 = 0;

/// No phrase that licenses others is longer than this number of words.
const LONGEST_LICENCE: u32 = 24;

/// How many numbers there are of each word.
pub(super) const OF_WORD: usize = 8;

/// How many numbers there are of each node.
pub(super) const OF_NODE: usize = 4;

/// The part of a slot that is one more than a number. The rest is what its hash begins with, so that hardly anything else is looked at.
pub(super) const NUMBER: u32 = (1 << 24) - 1;

/// The number with a hash that `is` what is looked for.
fn look_up(slots: &[u32], hash: u32, is: impl Fn(u32) -> bool) -> Option<u32> {
    let mask = slots.len().checked_sub(1)?;
    let mut at = hash as usize & mask;
    loop {
        let slot = *slots.get(at)?;
        let number = (slot & NUMBER).checked_sub(1)?;
        if (slot ^ hash) & !NUMBER == 0 && is(number) {
            return Some(number);
        }
        at = (at + 1) & mask;
    }
}

/// The hash of the step that a word makes from a node.
pub(super) fn hash_step(node: u32, word: u32) -> u32 {
    spread(u64::from(node) << u32::BITS | u64::from(word))
}

/// The bit that stands for a word among those that may follow at a node. Words share bits; most that do not follow are told so
/// nevertheless, without a search.
pub(super) fn bit(word: u32) -> u32 {
    1 << (word % u32::BITS)
}

impl Tree {
    /// The numbers of a table between two places that another one gives.
    fn part<'t>(starts: &[u32], numbers: &'t [u32], at: usize) -> &'t [u32] {
        let bounds = starts.get(at).zip(starts.get(at + 1));
        bounds.and_then(|(&from, &to)| numbers.get(from as usize..to as usize)).unwrap_or_default()
    }

    fn text<'t>(starts: &[u32], text: &'t str, at: usize) -> &'t str {
        let bounds = starts.get(at).zip(starts.get(at + 1));
        bounds.and_then(|(&from, &to)| text.get(from as usize..to as usize)).unwrap_or_default()
    }

    /// The number of a word in a text. `lower` is room for it in small letters.
    fn word(&self, word: &str, lower: &mut String) -> Option<u32> {
        let (key, made) = Key::of(word, lower);
        let small = if made { lower.as_str() } else { word };
        look_up(&self.word_slots, key.hash(), |number| self.is_word(number, key, small))
    }

    /// Whether the word of this number is one of this key: `small` but for capital letters of ASCII.
    fn is_word(&self, number: u32, key: Key, small: &str) -> bool {
        let Some(word) = self.of_word(number) else { return false };
        let (Some(packed), [.., whole]) = (word.first_chunk(), word) else { return false };
        key.is_packed(packed) && (small.len() <= WIDTH || self.is_long_word(*whole as usize, small))
    }

    fn is_long_word(&self, at: usize, small: &str) -> bool {
        self.long_words.as_bytes().get(at..at + small.len()).is_some_and(|known| known.eq_ignore_ascii_case(small.as_bytes()))
    }

    fn of_word(&self, number: u32) -> Option<&[u32; OF_WORD]> {
        self.words.get(number as usize * OF_WORD..)?.first_chunk()
    }

    /// The node of the phrases that begin with a word, and the patterns that may.
    fn beginning(&self, word: u32) -> Option<(u32, &[u32])> {
        let &[.., root, patterns, _] = self.of_word(word)?;
        let patterns = patterns.checked_sub(1).and_then(|at| self.pattern_numbers.get(at as usize..)).and_then(<[u32]>::split_first);
        Some((root, patterns.and_then(|(&count, numbers)| numbers.get(..count as usize)).unwrap_or_default()))
    }

    /// Whether a phrase or a pattern begins with a word.
    fn begins(&self, word: u32) -> bool {
        self.of_word(word).is_some_and(|&[.., root, patterns, _]| root != NOWHERE || patterns != 0)
    }

    /// What the table of nodes says of one: where its leaves begin, what may follow, what leads to it, and where its leaves end.
    fn node(&self, node: u32) -> [u32; OF_NODE + 1] {
        let at = node as usize * OF_NODE;
        self.nodes.get(at..).and_then(|nodes| nodes.first_chunk()).copied().unwrap_or_default()
    }

    /// The node to which a word leads from a node.
    fn next(&self, node: u32, word: u32) -> Option<u32> {
        let [_, followers, ..] = self.node(node);
        if followers & bit(word) == 0 {
            return None;
        }
        look_up(&self.node_slots, hash_step(node, word), |next| {
            let [_, _, from, by, _] = self.node(next);
            from == node && by == word
        })
    }

    fn leaves(&self, node: u32) -> impl Iterator<Item = Leaf> {
        let [from, .., to] = self.node(node);
        let (leaves, _) = self.leaves.get(from as usize * 3..to as usize * 3).unwrap_or_default().as_chunks();
        leaves.iter().map(Leaf::unpack)
    }

    /// Whether the words stand in `text` as a leaf wants them.
    fn is_spelled(&self, leaf: &Leaf, text: &str, words: &[Word]) -> bool {
        let Some(place) = leaf.exact.checked_sub(1) else { return true };
        let exact = Tree::text(&self.spelled_starts, &self.spelled_text, place as usize).split(' ');
        exact.zip(words).all(|(wanted, word)| text.get(word.range().range()) == Some(wanted))
    }

    /// The longest way in which the rows of a pattern stand at the beginning of `words`: the number of words and the ending.
    fn match_rows(&self, rows: &[u32], words: &[Known], first: bool) -> Option<(usize, Form)> {
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

    /// The words of a text as the tree knows them.
    fn know(&self, text: &str, tokens: &[Word]) -> Vec<Known> {
        let mut lower = String::new();
        let known = tokens.iter().map(|token| {
            let number = self.word(text.get(token.range().range()).unwrap_or_default(), &mut lower);
            Known::new(number, token.is_joined(), number.is_some_and(|number| self.begins(number)))
        });
        known.collect()
    }

    /// Calls `found` with the number of words and the leaf, for each phrase that begins with the word of a root and goes on with the
    /// `following` ones, shorter phrases first.
    fn walk(&self, root: u32, following: &[Known], mut found: impl FnMut(usize, &Leaf)) {
        let mut node = root;
        let mut length = 1;
        let mut rest = following.iter().take(LONGEST - 1);
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
    pub(super) fn find(&self, text: &str, tokens: &[Word]) -> Vec<Kept> {
        let words = self.know(text, tokens);
        let mut found: Vec<Kept> = Vec::with_capacity(words.len() / 2);
        // What licenses others; few, so that each entry is compared with these alone.
        let mut grants: Vec<(Hit, bool)> = Vec::new();
        // The end of the last hit of each list.
        let mut ends = vec![0_u32; self.grants.len()];
        for (first, word) in words.iter().enumerate() {
            // With most words nothing begins.
            let Some((root, patterns)) = word.begins().then(|| self.beginning(word.id())).flatten() else { continue };
            let overlaps = |leaf: &Leaf| ends.get(usize::from(leaf.list.0)).is_some_and(|&end| end > first as u32);
            let hit =
                |leaf: &Leaf, length: usize, form: Form| Hit { list: leaf.list, entry: leaf.entry, first: first as u32, last: (first + length) as u32, form };
            let here = found.len();
            self.walk(root, words.get(first + 1..).unwrap_or_default(), |length, leaf| {
                if (!leaf.licence && overlaps(leaf)) || !self.is_spelled(leaf, text, tokens.get(first..first + length).unwrap_or_default()) {
                    return;
                }
                if leaf.licence { grants.push((hit(leaf, length, leaf.form), true)) } else { put(&mut found, here, hit(leaf, length, leaf.form)) }
            });
            for &[first_number, entry, exact, from, to] in patterns.iter().filter_map(|&number| self.patterns.get(number as usize * 5..)?.first_chunk()) {
                let leaf = Leaf::unpack(&[first_number, entry, exact]);
                if overlaps(&leaf) {
                    continue;
                }
                let rows = self.rows.get(from as usize * 2..to as usize * 2).unwrap_or_default();
                let following = words.get(first..words.len().min(first + LONGEST)).unwrap_or_default();
                if let Some((length, form)) = self.match_rows(rows, following, true) {
                    put(&mut found, here, hit(&leaf, length, form));
                }
            }
            for kept in found.get(here..).unwrap_or_default() {
                let list = usize::from(kept.list().0);
                if let Some(end) = ends.get_mut(list) {
                    *end = kept.last();
                }
                if is_marked(&self.grants, list) {
                    grants.push((kept.hit(), false));
                }
            }
        }
        if !grants.is_empty() {
            found.retain(|kept| !(is_marked(&self.licensed, usize::from(kept.list().0)) && self.is_licensed(&grants, kept.hit())));
        }
        found
    }

    fn is_licensed(&self, grants: &[(Hit, bool)], hit: Hit) -> bool {
        let licences = Tree::part(&self.licence_starts, &self.licence_lists, usize::from(hit.list.0));
        let covers = |(other, licence): &(Hit, bool)| {
            let grants = if *licence { other.list == hit.list } else { licences.contains(&u32::from(other.list.0)) };
            grants && other.first <= hit.first && hit.last <= other.last
        };
        let from = grants.partition_point(|(other, _)| other.first + LONGEST_LICENCE < hit.first);
        grants.get(from..).unwrap_or_default().iter().take_while(|(other, _)| other.first <= hit.first).any(covers)
    }
}

/// A word of a text as the tree knows it: its number, and whether nothing parts it from the word before.
#[derive(Clone, Copy)]
struct Known(u32);

impl Known {
    /// The number of a word that is in no list, beyond all others.
    const NOT: u32 = NUMBER;
    /// Whether nothing parts it from the word before.
    const JOINED: u32 = 1 << 31;
    /// Whether something begins with it.
    const BEGINS: u32 = 1 << 30;

    fn new(number: Option<u32>, joined: bool, begins: bool) -> Known {
        Known(number.unwrap_or(Known::NOT) | if joined { Known::JOINED } else { 0 } | if begins { Known::BEGINS } else { 0 })
    }

    fn id(self) -> u32 {
        self.0 & NUMBER
    }

    fn is_joined(self) -> bool {
        self.0 & Known::JOINED != 0
    }

    fn begins(self) -> bool {
        self.0 & Known::BEGINS != 0
    }
}

/// Puts a hit among those that begin at the same word, which stand at `from` and after it: of one list only the longest counts.
fn put(found: &mut Vec<Kept>, from: usize, hit: Hit) {
    let mut here = found.get_mut(from..).unwrap_or_default().iter_mut();
    match here.find(|known| known.list() == hit.list) {
        Some(known) if known.last() < hit.last => *known = Kept::new(hit),
        Some(_) => {}
        None => found.push(Kept::new(hit)),
    }
}

fn is_marked(flags: &[u32], at: usize) -> bool {
    flags.get(at).is_some_and(|&flag| flag != 0)
}
