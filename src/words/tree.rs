//! The phrases of all lists of a language as one tree of words, and the search for them in a text.
//!
//! The tree is nothing but tables of numbers, so that it can be a constant of the program: the build grows the trees of the built-in
//! lists ([`super::grow`]) and writes them down as code, which is how a tree is displayed; so a start has nothing to grow. Lists that
//! come from a folder of the user's are grown when they are needed.

use std::borrow::Cow;
use std::fmt;

use super::forms::Form;
use super::found::{Kept, LONGEST};
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
    /// For each word, the node of the phrases that begin with it or [`NOWHERE`], and where the patterns that may begin with it stand
    /// in the table of their numbers; and the end of that.
    beginnings: table,
    /// For each node, where its leaves begin, where its edges begin, and the words that may follow, as bits: see [`bit`]; and the ends.
    nodes: table,
    /// Node by node, the words that follow, in order: the word, the next node.
    edges: table,
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
    /// The patterns that may begin with each word, word by word.
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

    /// The number of a word whose letters hash to `hash` and that is `same`.
    fn word(&self, hash: u32, same: impl Fn(&[u8]) -> bool) -> Option<u32> {
        let mask = (self.word_slots.len() / 2).checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let &[known, number] = self.word_slots.get(at * 2..at * 2 + 2)? else { return None };
            let number = number.checked_sub(1)?;
            let place = self.word_starts.get(number as usize).zip(self.word_starts.get(number as usize + 1));
            let text = place.and_then(|(&from, &to)| self.word_text.as_bytes().get(from as usize..to as usize));
            if known == hash && text.is_some_and(&same) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// What the table of nodes says of one: where its leaves and its edges begin, what may follow, and where both end.
    fn node(&self, node: u32) -> [u32; 5] {
        let at = node as usize * 3;
        self.nodes.get(at..).and_then(|nodes| nodes.first_chunk()).copied().unwrap_or_default()
    }

    /// The node to which a word leads from a node.
    fn next(&self, node: u32, word: u32) -> Option<u32> {
        let [_, from, followers, _, to] = self.node(node);
        if followers & bit(word) == 0 {
            return None;
        }
        let (edges, _) = self.edges.get(from as usize * 2..to as usize * 2)?.as_chunks();
        let at = edges.binary_search_by_key(&word, |&[by, _]| by).ok()?;
        edges.get(at).map(|&[_, next]| next)
    }

    fn leaves(&self, node: u32) -> impl Iterator<Item = Leaf> {
        let [from, _, _, to, _] = self.node(node);
        self.leaves.get(from as usize * 3..to as usize * 3).unwrap_or_default().chunks_exact(3).filter_map(Leaf::unpack)
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
            let range = token.range().range();
            let word = text.as_bytes().get(range.clone()).unwrap_or_default();
            let number = if word.is_ascii() {
                // Most words are in small letters already.
                self.word(hash_word(word), |known| known == word || known.eq_ignore_ascii_case(word))
            } else {
                make_lower(text.get(range).unwrap_or_default(), &mut lower);
                self.word(hash_word(lower.as_bytes()), |known| known == lower.as_bytes())
            };
            Known::new(number, token.is_joined())
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
        // Those that begin at the same word.
        let mut here: Vec<Hit> = Vec::new();
        // What licenses others; few, so that each entry is compared with these alone.
        let mut grants: Vec<(Hit, bool)> = Vec::new();
        // The end of the last hit of each list.
        let mut ends = vec![0_u32; self.grants.len()];
        for (first, word) in words.iter().enumerate() {
            let Some(&[root, from, _, to]) = self.beginnings.get(word.id() as usize * 2..).and_then(|words| words.first_chunk()) else { continue };
            // With most words no phrase begins.
            if root == NOWHERE && from == to {
                continue;
            }
            let overlaps = |leaf: &Leaf| ends.get(usize::from(leaf.list.0)).is_some_and(|&end| end > first as u32);
            let hit =
                |leaf: &Leaf, length: usize, form: Form| Hit { list: leaf.list, entry: leaf.entry, first: first as u32, last: (first + length) as u32, form };
            self.walk(root, words.get(first + 1..).unwrap_or_default(), |length, leaf| {
                if (!leaf.licence && overlaps(leaf)) || !self.is_spelled(leaf, text, tokens.get(first..first + length).unwrap_or_default()) {
                    return;
                }
                if leaf.licence { grants.push((hit(leaf, length, leaf.form), true)) } else { put(&mut here, hit(leaf, length, leaf.form)) }
            });
            let patterns = self.pattern_numbers.get(from as usize..to as usize).unwrap_or_default();
            for pattern in patterns.iter().filter_map(|&number| self.patterns.get(number as usize * 5..number as usize * 5 + 5)) {
                let (Some(leaf), Some(&[from, to])) = (Leaf::unpack(pattern), pattern.last_chunk()) else { continue };
                if overlaps(&leaf) {
                    continue;
                }
                let rows = self.rows.get(from as usize * 2..to as usize * 2).unwrap_or_default();
                let following = words.get(first..words.len().min(first + LONGEST)).unwrap_or_default();
                if let Some((length, form)) = self.match_rows(rows, following, true) {
                    put(&mut here, hit(&leaf, length, form));
                }
            }
            for hit in here.drain(..) {
                if let Some(end) = ends.get_mut(usize::from(hit.list.0)) {
                    *end = hit.last;
                }
                if is_marked(&self.grants, usize::from(hit.list.0)) {
                    grants.push((hit, false));
                }
                found.push(Kept::new(hit));
            }
        }
        if !grants.is_empty() {
            found.retain(|kept| {
                let hit = kept.hit();
                !(is_marked(&self.licensed, usize::from(hit.list.0)) && self.is_licensed(&grants, hit))
            });
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
    /// The number of a word that is in no list.
    const NOT: u32 = JOINED - 1;

    fn new(number: Option<u32>, joined: bool) -> Known {
        Known(number.unwrap_or(Known::NOT) | if joined { JOINED } else { 0 })
    }

    fn id(self) -> u32 {
        self.0 & Known::NOT
    }

    fn is_joined(self) -> bool {
        self.0 & JOINED != 0
    }
}

const JOINED: u32 = 1 << 31;

/// Puts a hit among those that begin at the same word: of one list only the longest counts.
fn put(here: &mut Vec<Hit>, hit: Hit) {
    match here.iter_mut().find(|known| known.list == hit.list) {
        Some(known) if known.last < hit.last => *known = hit,
        Some(_) => {}
        None => here.push(hit),
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
