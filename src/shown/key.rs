//! What stays of a finding while the brief around it is edited: its rule, the role of its block and the words of the recommendation
//! or block in which it stands. Lines may be renumbered and paragraphs moved; the key is the same.
//!
//! The words are those that may be shown, so that no key can be made by guessing a name. Numbers of lists and of paragraphs,
//! punctuation and capitals do not count. Findings that agree in all this are numbered in their order.

use std::fmt;

use rustc_hash::FxHashMap;

use crate::Checked;
use crate::brief::Role;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::prose::WordRange;

use super::hidden::{BLOCK, Hidden};
use super::{block_at, holding, plain};

/// The key of a finding, unique in its brief. It is written as sixteen hexadecimal digits, a colon and a number from 1, and never
/// changes its meaning within a major version: baselines and other programs keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The rule, the role and the words as one number.
    pub hash: u64,
    /// Which one it is of the findings with this number, from 1.
    pub ordinal: u32,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}:{}", self.hash, self.ordinal)
    }
}

impl Key {
    /// The key among all files: sixteen digits for the path, those of the key, a hyphen and the number.
    pub fn in_file(self, path: &str) -> String {
        format!("{:016x}{:016x}-{}", hash(path), self.hash, self.ordinal)
    }
}

/// Gives the findings of a checked brief their keys, one after the other in their order.
pub struct Keys<'a> {
    checked: &'a Checked,
    hidden: &'a Hidden,
    recommendations: Vec<Span>,
    counts: FxHashMap<u64, u32>,
    /// The last recommendation and the last block with the hash of their words: many findings can stand in one.
    in_recommendation: Option<(usize, Hash)>,
    in_block: Option<(usize, Hash)>,
}

impl<'a> Keys<'a> {
    /// The keys of this brief, of which `hidden` is not shown.
    pub fn new(checked: &'a Checked, hidden: &'a Hidden) -> Keys<'a> {
        let recommendations = super::recommendations(checked);
        Keys { checked, hidden, recommendations, counts: FxHashMap::default(), in_recommendation: None, in_block: None }
    }

    /// The key of the next finding.
    pub fn key(&mut self, diagnostic: &Diagnostic) -> Key {
        let block = block_at(self.checked, diagnostic.span);
        let role = block.and_then(|at| self.checked.brief.roles.get(at)).map_or("", |role| role.name());
        let hash = self.words(diagnostic.span, block).text(diagnostic.rule.as_str()).text(role).0;
        let ordinal = self.counts.entry(hash).or_default();
        *ordinal += 1;
        Key { hash, ordinal: *ordinal }
    }

    /// The hash of the words among which a place lies.
    fn words(&mut self, span: Span, block: Option<usize>) -> Hash {
        let of = |words: WordRange| Hash::NEW.text(&normalised(&plain(self.checked, self.hidden, words)));
        if let Some(at) = holding(&self.recommendations, span) {
            let known = self.in_recommendation.filter(|(known, _)| *known == at);
            let words = || self.checked.brief.recommendations.get(at).map_or(Hash::NEW, |recommendation| of(recommendation.words));
            return self.in_recommendation.insert(known.unwrap_or_else(|| (at, words()))).1;
        }
        let Some(at) = block else { return Hash::NEW };
        let known = self.in_block.filter(|(known, _)| *known == at);
        let words = || {
            // The title of an issue stands there without its number.
            let title = match self.checked.brief.roles.get(at) {
                Some(Role::IssueTitle(issue)) => self.checked.brief.issues.get(*issue).map(|issue| issue.title),
                _ => None,
            };
            title.or_else(|| self.checked.document.blocks.get(at).map(|block| block.words)).map_or(Hash::NEW, of)
        };
        self.in_block.insert(known.unwrap_or_else(|| (at, words()))).1
    }
}

/// The words of a text in small letters with one space between them, without punctuation and without the number or label before them.
pub fn normalised(text: &str) -> String {
    let text = text.trim_start();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let text = if is_label(first) { rest } else { text };
    let mut words = String::with_capacity(text.len());
    for word in text.split(|character: char| !character.is_alphanumeric() && character != BLOCK).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words
}

/// Whether a word is the number of a paragraph or the label of an item: `3.`, `2.1`, `(4)`, `R1.`, `b)`.
fn is_label(word: &str) -> bool {
    let inner = word.trim_matches(['(', ')', '[', ']', '.', ':']);
    let digits = inner.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    let letters = inner.len() - digits.len();
    let numbered =
        digits.starts_with(|character: char| character.is_ascii_digit()) && digits.chars().all(|character| character.is_ascii_digit() || character == '.');
    let marked = word.ends_with(['.', ')', ']', ':']) || digits.contains('.');
    marked && letters <= 1 && (numbered || (digits.is_empty() && letters == 1))
}

/// A text as a number that is the same on every machine and in every version.
pub fn hash(text: &str) -> u64 {
    Hash::NEW.text(text).0
}

/// The hash FNV-1a of 64 bits (Fowler, Noll and Vo), which is the same on every machine and in every version.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    const NEW: Hash = Hash(0xcbf2_9ce4_8422_2325);

    /// Adds a text and its end.
    fn text(self, text: &str) -> Hash {
        // No text holds this byte, since it is in no UTF-8.
        text.bytes().chain([0xff]).fold(self, |Hash(hash), byte| Hash((hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::review::Review;
    use crate::text::Source;

    use super::*;

    const BRIEF: &str = "# UPR of Zemland\n\n## Issue 1: Prison\n\nIn 2024 62 % of children were in cells.\n\n### Recommendations\n\n1. Continue efforts.\n2. Consider more efforts.\n";

    /// The findings of a brief by rule, each with its key.
    fn keys(text: &str) -> Vec<(String, Key)> {
        let source = Source::new("a.md", text.to_owned());
        let book = crate::builtin::rulebook();
        let checked = crate::check(&source, book, &Review::default());
        let hidden = super::super::hidden(&source, &checked, book);
        let mut keys = Keys::new(&checked, &hidden);
        let mut found: Vec<(String, Key)> = checked.diagnostics.iter().map(|diagnostic| (diagnostic.rule.to_string(), keys.key(diagnostic))).collect();
        found.sort();
        found
    }

    #[test]
    fn a_key_survives_moving_renumbering_and_another_layout() {
        let before = keys(BRIEF);
        assert!(before.len() > 5, "{before:?}");
        let moved = BRIEF.replace("1. Continue efforts.\n2. Consider more efforts.", "- Consider more\n  efforts\n- **Continue** efforts");
        assert_eq!(before, keys(&moved.replace("Issue 1: Prison", "Issue 2: Prison")));
        assert_eq!(before, keys(&BRIEF.replace('\n', "\r\n")));
    }

    #[test]
    fn a_key_changes_with_the_words_and_equal_ones_are_numbered() {
        let verb = |text: &str| keys(text).into_iter().filter(|(rule, _)| rule == "specific/continuing-verb").map(|(_, key)| key).collect::<Vec<_>>();
        let one = verb(BRIEF);
        let other = verb(&BRIEF.replace("Continue efforts", "Continue the efforts"));
        assert!(one.len() == 1 && other.len() == 1 && one != other, "{one:?} {other:?}");
        let two = verb(&BRIEF.replace("Consider more", "Continue"));
        assert_eq!(two, [Key { ordinal: 1, ..one[0] }, Key { ordinal: 2, ..one[0] }]);
        // Reckoned by another program; other programs keep it, so that it must never change.
        assert_eq!(one[0].to_string(), "3fa2c94e6f7dd460:1");
    }

    #[test]
    fn no_key_depends_on_a_name_that_is_hidden() {
        let about = |name: &str| keys(&BRIEF.replace("In 2024", &format!("{name}, 12, was beaten in May. In 2024")));
        let named = about("Amina Kor");
        assert!(named.iter().any(|(rule, _)| rule == "safety/named-child"), "{named:?}");
        assert_eq!(named, about("Samia Lar"));
    }

    #[test]
    fn labels_and_punctuation_do_not_count() {
        for text in ["Adopt “the” Act, now.", "3. Adopt the ACT now", "R1. adopt the act - now", "b) Adopt the act now!", "2.1 Adopt the act now"] {
            assert_eq!(normalised(text), "adopt the act now", "{text}");
        }
        assert_eq!(normalised("62 % of Aske’s schools"), "62 of aske s schools");
        assert_eq!(normalised(""), "");
    }
}
