//! The phrases of all lists as one tree of words.

use rustc_hash::FxHashMap;

use super::forms::Form;
use super::{ListId, Word};

/// What a phrase of the tree stands for.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) list: ListId,
    pub(super) entry: u32,
    pub(super) form: Form,
    /// Whether the phrase only licenses the entries of its list that lie in it.
    pub(super) licence: bool,
    /// The words as they must be spelled, if capital letters count.
    pub(super) exact: Option<Box<[Box<str>]>>,
}

impl Leaf {
    /// Whether the words stand in `text` as the leaf wants them.
    pub(super) fn spelled(&self, text: &str, words: &[Word]) -> bool {
        self.exact.as_ref().is_none_or(|exact| {
            exact.iter().zip(words).all(|(wanted, word)| text.get(word.range().range()) == Some(wanted.as_ref()))
        })
    }
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The node of each word with which a phrase begins.
    roots: Vec<u32>,
    /// From a node by a word to a node.
    edges: FxHashMap<(u32, u32), u32>,
    /// What ends at each node; the first node is none.
    leaves: Vec<Vec<Leaf>>,
}

const NOWHERE: u32 = 0;

impl Tree {
    pub(super) fn insert(&mut self, words: &[u32], leaf: Leaf) {
        let Some((&first, rest)) = words.split_first() else { return };
        if self.leaves.is_empty() {
            self.leaves.push(Vec::new());
        }
        if self.roots.len() <= first as usize {
            self.roots.resize(first as usize + 1, NOWHERE);
        }
        let mut fresh = self.leaves.len() as u32;
        let mut node = fresh;
        if let Some(root) = self.roots.get_mut(first as usize) {
            if *root == NOWHERE {
                *root = fresh;
                fresh += 1;
            }
            node = *root;
        }
        for &word in rest {
            node = *self.edges.entry((node, word)).or_insert_with(|| {
                fresh += 1;
                fresh - 1
            });
        }
        self.leaves.resize_with(self.leaves.len().max(fresh as usize), Vec::new);
        if let Some(leaves) = self.leaves.get_mut(node as usize) {
            leaves.push(leaf);
        }
    }

    /// Calls `found` with the number of words and the leaf, for each phrase with which `words` begin, shorter ones first.
    pub(super) fn walk(&self, words: &[Word], mut found: impl FnMut(usize, &Leaf)) {
        let Some((first, rest)) = words.split_first() else { return };
        let mut node = self.roots.get(first.id as usize).copied().unwrap_or(NOWHERE);
        if node == NOWHERE {
            return;
        }
        let mut length = 1;
        let mut rest = rest.iter();
        loop {
            for leaf in self.leaves.get(node as usize).into_iter().flatten() {
                found(length, leaf);
            }
            let next = rest.next().filter(|word| word.joined && word.id != Word::UNKNOWN);
            let Some(&next) = next.and_then(|word| self.edges.get(&(node, word.id))) else { return };
            node = next;
            length += 1;
        }
    }
}
