//! The words of a document without its markup, and the way back to the bytes of the source.
//!
//! The words of a recommendation do not stand together in Markdown: emphasis, links, entities and the indentation of a
//! continued line lie between them. [`Prose`] holds them as one string; a [`WordRange`] is a range of that string, and
//! [`Prose::span`] is the only bridge from it to a [`Span`].

use std::ops::Range;

use super::Span;

/// A range of bytes of a [`Prose`], the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordRange {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl WordRange {
    /// The range of the bytes `range`.
    pub fn new(range: Range<usize>) -> WordRange {
        WordRange { start: range.start as u32, end: range.end as u32 }
    }

    /// The range as a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether nothing lies in the range.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: WordRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn to(self, other: WordRange) -> WordRange {
        WordRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A stretch of prose with its place in the source.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// First byte in the prose.
    words: u32,
    /// Length in the prose.
    length: u32,
    /// First byte in the source.
    source: u32,
    /// Length in the source: differs from `length` for an entity, which stands for other bytes.
    source_length: u32,
}

impl Piece {
    fn is_verbatim(self) -> bool {
        self.length == self.source_length
    }
}

/// What the markup said of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Code.
    Code,
    /// The text of a link.
    Link,
    /// The description of an image.
    Image,
    /// A reference to a footnote; it has a place but no words.
    FootnoteReference,
    /// A line that ends because the author said so (two spaces, a backslash, `<br>`).
    HardBreak,
}

/// Words that carry markup.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The words; empty for a footnote reference.
    pub words: WordRange,
    /// The markup.
    pub kind: MarkKind,
}

/// The words of a document. Line breaks inside a paragraph are one `\n`; between two paragraphs stand two.
#[derive(Debug, Default)]
pub struct Prose {
    text: String,
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
}

impl Prose {
    /// An empty prose with room for the words of a source of so many bytes.
    pub(crate) fn with_room(bytes: usize) -> Prose {
        Prose { text: String::with_capacity(bytes), ..Prose::default() }
    }

    /// All words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of `range`; empty if the range is not one of this prose.
    pub fn slice(&self, range: WordRange) -> &str {
        self.text.get(range.range()).unwrap_or_default()
    }

    /// The words of `range` with every run of white space made one space, and none at the ends.
    pub fn plain(&self, range: WordRange) -> String {
        let mut plain = String::with_capacity(range.range().len());
        for word in self.slice(range).split_whitespace() {
            if !plain.is_empty() {
                plain.push(' ');
            }
            plain.push_str(word);
        }
        plain
    }

    /// How many words stand in `range`, a word being what stands between spaces and line breaks. A no-break space parts no words.
    pub fn count_words(&self, range: WordRange) -> usize {
        let bytes = self.slice(range).as_bytes();
        let begins = |before: u8, here: u8| before.is_ascii_whitespace() & !here.is_ascii_whitespace();
        let first = bytes.first().is_some_and(|&first| begins(b' ', first));
        // Without a branch and with counts that fit into a byte, so that many bytes are looked at together.
        let after = bytes.get(1..).unwrap_or_default();
        let stretches = bytes.chunks(usize::from(u8::MAX)).zip(after.chunks(usize::from(u8::MAX)));
        let begun = stretches.map(|(before, here)| before.iter().zip(here).map(|(&before, &here)| u8::from(begins(before, here))).sum::<u8>());
        usize::from(first) + begun.map(usize::from).sum::<usize>()
    }

    /// Whether at least so many words stand in `range`, a word being what stands between white space of any kind. Looks no further
    /// than it must.
    pub fn has_words(&self, range: WordRange, least: usize) -> bool {
        least == 0 || self.slice(range).split_whitespace().nth(least - 1).is_some()
    }

    /// The bytes of the source from the first to the last of these words, markup between them included.
    pub fn span(&self, range: WordRange) -> Span {
        let start = self.source_start(range.start);
        let end = if range.is_empty() { start } else { self.source_end(range.end) };
        Span { start, end: end.max(start) }
    }

    fn source_start(&self, at: u32) -> u32 {
        let next = self.pieces.partition_point(|piece| piece.words <= at);
        let Some(piece) = next.checked_sub(1).and_then(|here| self.pieces.get(here)) else {
            return self.pieces.first().map_or(0, |piece| piece.source);
        };
        let within = at - piece.words;
        if within < piece.length {
            return if piece.is_verbatim() { piece.source + within } else { piece.source };
        }
        // Between two pieces: the next words are meant, or the end of the last ones.
        self.pieces.get(next).map_or(piece.source + piece.source_length, |piece| piece.source)
    }

    fn source_end(&self, at: u32) -> u32 {
        let next = self.pieces.partition_point(|piece| piece.words < at);
        let Some(piece) = next.checked_sub(1).and_then(|here| self.pieces.get(here)) else { return 0 };
        let within = at - piece.words;
        if within < piece.length && piece.is_verbatim() { piece.source + within } else { piece.source + piece.source_length }
    }

    /// The marks that begin in `range`, in order; a footnote reference at its very end belongs to it too.
    pub fn marks(&self, range: WordRange) -> impl Iterator<Item = &Mark> {
        let first = self.marks.partition_point(|mark| mark.words.start < range.start);
        self.marks
            .iter()
            .skip(first)
            .take_while(move |mark| mark.words.start < range.end || (mark.words.start == range.end && mark.kind == MarkKind::FootnoteReference))
    }

    /// The range without white space at its ends.
    pub fn trim(&self, range: WordRange) -> WordRange {
        let words = self.slice(range);
        let start = range.start + (words.len() - words.trim_start().len()) as u32;
        let end = range.end - (words.len() - words.trim_end().len()) as u32;
        WordRange { start, end: end.max(start) }
    }

    /// The number of bytes so far: where the next words will stand.
    pub(crate) fn end(&self) -> u32 {
        self.text.len() as u32
    }

    /// Adds words that stand at `source`. Words that follow on those before, in both, are joined with them.
    pub(crate) fn push(&mut self, words: &str, source: Range<usize>) {
        if words.is_empty() {
            return;
        }
        let piece = Piece { words: self.end(), length: words.len() as u32, source: source.start as u32, source_length: source.len() as u32 };
        match self.pieces.last_mut() {
            Some(last)
                if last.is_verbatim() && piece.is_verbatim() && last.words + last.length == piece.words && last.source + last.source_length == piece.source =>
            {
                last.length += piece.length;
                last.source_length += piece.length;
            }
            _ => self.pieces.push(piece),
        }
        self.text.push_str(words);
    }

    /// Adds a break that stands nowhere in the source.
    pub(crate) fn push_break(&mut self, between: &str) {
        self.text.push_str(between);
    }

    /// Opens a mark here; close it with the number returned.
    pub(crate) fn open_mark(&mut self, kind: MarkKind) -> usize {
        let at = self.end();
        self.marks.push(Mark { words: WordRange { start: at, end: at }, kind });
        self.marks.len() - 1
    }

    /// Closes the mark of this number here.
    pub(crate) fn close_mark(&mut self, mark: usize) {
        let end = self.end();
        if let Some(mark) = self.marks.get_mut(mark) {
            mark.words.end = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_between_spaces() {
        let long = "word ".repeat(300);
        for text in ["", " ", "one", " one\ttwo\n three ", "four\u{a0}five é", long.as_str()] {
            let mut prose = Prose::default();
            prose.push(text, 0..text.len());
            let all = WordRange::new(0..text.len());
            assert_eq!(prose.count_words(all), text.split_ascii_whitespace().count(), "{text:?}");
            let words = text.split_whitespace().count();
            assert!(prose.has_words(all, words) && !prose.has_words(all, words + 1), "{text:?}");
        }
    }
}
