//! The length of a brief in printed pages.
//!
//! For now by words: OHCHR's limits of 5 and 10 pages became 2,815 and 5,630 words, which is 563 words a page. What the rest of
//! the program sees ([`Pages`]) does not depend on how it is reckoned.

use crate::markdown::{BlockKind, Document};
use crate::text::prose::WordRange;

/// Words of a printed page (OHCHR's conversion of pages into words).
const WORDS_A_PAGE: usize = 563;

/// The length of a document in printed pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The number of pages, with the part of the last one that is used.
    pub count: f64,
    /// Words that are printed, footnotes left out.
    pub words: usize,
    /// The first words of each page after the first.
    pub breaks: Vec<WordRange>,
}

impl Pages {
    /// The number of pages to one decimal, rounded up, so that a brief over the limit never looks as if it were at it.
    pub fn rounded(&self) -> f64 {
        (self.count * 10.0).ceil() / 10.0
    }
}

/// How many words are shown as the first ones of a page.
const FIRST_WORDS: usize = 4;

fn first_words(text: &str, offset: usize, start: u32) -> WordRange {
    let rest = text.get(offset..).unwrap_or_default();
    let words = rest.split_inclusive(char::is_whitespace).take(FIRST_WORDS).map(str::len).sum();
    let shown = rest.get(..words).unwrap_or_default().trim_end().len();
    WordRange { start: start + offset as u32, end: start + (offset + shown) as u32 }
}

/// Reckons the pages of a document.
pub fn typeset(document: &Document) -> Pages {
    let mut words = 0;
    let mut breaks = Vec::new();
    for block in &document.blocks {
        if document.container(block.container).footnote || block.kind == BlockKind::Code {
            continue;
        }
        let here = document.prose.count_words(block.words);
        if words / WORDS_A_PAGE == (words + here) / WORDS_A_PAGE && words > 0 {
            words += here;
            continue;
        }
        let text = document.words(block);
        let mut offset = 0;
        for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let trimmed = word.trim_ascii();
            if !trimmed.is_empty() {
                if words > 0 && words % WORDS_A_PAGE == 0 {
                    breaks.push(first_words(text, offset, block.words.start));
                }
                words += 1;
            }
            offset += word.len();
        }
    }
    Pages { count: words as f64 / WORDS_A_PAGE as f64, words, breaks }
}
