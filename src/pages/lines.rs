//! Breaks the words of a block into lines: greedily, at the places that Unicode allows (UAX 14), as a word processor does.

use std::ops::Range;

use crate::markdown::Document;
use crate::text::Source;
use crate::text::prose::{MarkKind, WordRange};

use super::breaks::Pieces;
use super::image::{self, Image};
use super::metrics::{EM, Letters, MONOSPACED, MONOSPACED_PITCH, Typeface};
use super::setting::Setting;

mod plain;

/// A line of print. Heights are in twentieths of a point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// From the top of this line to the top of the next.
    pub(super) height: u32,
    /// Its first byte in the prose.
    pub(super) start: u32,
    /// The byte after its last one.
    pub(super) end: u32,
    /// How many words begin in it.
    pub(super) words: u32,
    /// How many references to footnotes there are up to its end.
    pub(super) cited: u32,
}

/// How a block is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// The width of its lines, in twentieths of a point.
    pub(super) width: u32,
    /// The size of its letters, in twentieths of a point.
    pub(super) size: u32,
    /// Bold, italic, or both.
    pub(super) style: u8,
}

pub(super) const BOLD: u8 = 1;
pub(super) const ITALIC: u8 = 2;
const CODE: u8 = 4;

/// A raised number is this much of the size of the text, in hundredths.
const RAISED: u32 = 58;

/// The lines of a document, as they are made.
pub(super) struct Press<'a> {
    pub(super) source: &'a Source,
    pub(super) document: &'a Document,
    pub(super) setting: Setting,
    pub(super) typeface: &'static Typeface,
    /// The letters of ASCII in its four styles.
    letters: &'static [Letters; 4],
    pub(super) lines: Vec<Line>,
    /// How many references to footnotes there are in the lines so far.
    pub(super) cited: u32,
    /// Where a style begins (`true`) or ends in the block at hand.
    turns: Vec<(u32, u8, bool)>,
}

impl<'a> Press<'a> {
    pub(super) fn new(source: &'a Source, document: &'a Document, setting: Setting) -> Press<'a> {
        Press {
            source,
            document,
            setting,
            typeface: Typeface::of(setting.font),
            letters: Letters::of(setting.font),
            lines: Vec::new(),
            cited: 0,
            turns: Vec::new(),
        }
    }

    /// The height of a line of letters of this size.
    pub(super) fn pitch(&self, size: u32) -> u32 {
        self.setting.spaced(rounded(size * self.typeface.pitch))
    }

    /// Sets words; `glued` are the places where the words of another block follow on, with the width of the mark before them.
    pub(super) fn set(&mut self, words: WordRange, manner: Manner, glued: &[(u32, u32)]) -> Range<usize> {
        let pieces = Pieces::of(self.document.prose.slice(words));
        self.set_pieces(words, pieces, manner, glued)
    }

    fn set_pieces(&mut self, words: WordRange, mut pieces: Pieces<'a>, manner: Manner, glued: &[(u32, u32)]) -> Range<usize> {
        let from = self.lines.len();
        self.turn(words);
        let images = image::inline(self.document, words);
        let mut setter = Setter::new(self, words, manner);
        let mut glued = glued.iter().copied().peekable();
        let mut images = images.into_iter().peekable();
        while let Some(piece) = pieces.next() {
            let start = words.start + piece.start as u32;
            if piece.start > 0 {
                setter.opportunity(start);
            }
            // A plain word needs no look at each letter, unless something begins or ends in it.
            let change = images.peek().map(|image| image.words.start).into_iter().chain(glued.peek().map(|&(place, _)| place)).min();
            let change = change.unwrap_or(u32::MAX);
            if piece.plain && change >= start + piece.text.len() as u32 && setter.word(start, piece.text) {
                pieces.pass(|rest| setter.words(start + piece.text.len() as u32, rest, change));
                continue;
            }
            for (within, character) in piece.text.char_indices() {
                let at = start + within as u32;
                if within > 0 && setter.breaks_anyway(character) {
                    setter.opportunity(at);
                }
                if let Some((_, mark)) = glued.next_if(|&(place, _)| place <= at) {
                    setter.widen(at, mark);
                }
                while let Some(image) = images.next_if(|image| image.words.end <= at) {
                    setter.leave(&image);
                }
                match images.peek() {
                    Some(image) if image.words.start <= at => setter.place(image, at),
                    _ => setter.character(at, character),
                }
            }
        }
        setter.finish(words.end);
        from..self.lines.len()
    }

    /// Finds where bold, italic and code begin and end in a block.
    fn turn(&mut self, words: WordRange) {
        self.turns.clear();
        for mark in self.document.prose.marks(words) {
            let style = match mark.kind {
                MarkKind::Strong => BOLD,
                MarkKind::Emphasis => ITALIC,
                MarkKind::Code => CODE,
                _ => continue,
            };
            self.turns.extend([(mark.words.start, style, true), (mark.words.end, style, false)]);
        }
        self.turns.sort_unstable();
    }

    /// Sets a block of code: its own lines, in letters that are all as wide.
    pub(super) fn set_code(&mut self, words: WordRange, width: u32) -> Range<usize> {
        /// Code has its own size, whatever the size of the text.
        const SIZE: u32 = 220;
        let from = self.lines.len();
        let columns = ((width * EM) / (SIZE * MONOSPACED)).max(1) as usize;
        let height = self.setting.spaced(rounded(SIZE * MONOSPACED_PITCH));
        let blank = self.pitch(self.setting.twips());
        let mut start = words.start;
        for line in self.document.prose.slice(words).trim_end_matches('\n').split('\n') {
            let mut used = 0;
            let mut begin = start;
            let mut at = start;
            for word in line.split_inclusive(' ') {
                let letters = word.trim_end_matches(' ').chars().count();
                if used > 0 && used + letters > columns {
                    self.lines.push(Line { height, start: begin, end: at, words: 0, cited: self.cited });
                    (used, begin) = (0, at);
                }
                // A word that is wider than the page goes on over as many lines as it takes.
                let full = (used + letters).saturating_sub(1) / columns;
                self.lines.extend(std::iter::repeat_n(Line { height, start: begin, end: at, words: 0, cited: self.cited }, full));
                used = used + word.chars().count() - full * columns;
                at += word.len() as u32;
            }
            let height = if line.is_empty() { blank } else { height };
            let words = line.split_ascii_whitespace().count() as u32;
            self.lines.push(Line { height, start: begin, end: at, words, cited: self.cited });
            start += line.len() as u32 + 1;
        }
        from..self.lines.len()
    }
}

/// Quotation marks and apostrophes are printed round, but in code.
pub(super) fn printed(character: char) -> char {
    match character {
        '"' => '”',
        '\'' => '’',
        _ => character,
    }
}

/// A height in 2048ths of a twentieth of a point, to the nearest twentieth of a point.
fn rounded(height: u32) -> u32 {
    (height + EM / 2) / EM
}

/// Sets one block. Widths are in 2048ths of a twentieth of a point.
struct Setter<'p, 'a> {
    press: &'p mut Press<'a>,
    manner: Manner,
    limit: u32,
    /// The next turn of style, and how often each style is on.
    turn: usize,
    styles: [u16; 3],
    /// The style of the next character: its place among the widths, or the monospaced face.
    face: Option<usize>,
    /// How wide a space is in it.
    space: u32,
    /// The two characters before.
    before: (char, char),
    /// The next reference to a footnote.
    note: usize,

    /// Where the line begins, how wide it is, the space at its end, its words, its references, and its height.
    start: u32,
    line: u32,
    gap: u32,
    words: u32,
    cited: u32,
    height: u32,
    /// The same of what stands after the last place where the line could end.
    piece: u32,
    piece_line: u32,
    piece_gap: u32,
    piece_words: u32,
    piece_height: u32,
    /// The end of the last piece that stands in the line.
    end: u32,
}

impl<'p, 'a> Setter<'p, 'a> {
    fn new(press: &'p mut Press<'a>, words: WordRange, manner: Manner) -> Setter<'p, 'a> {
        let note = press.document.notes.partition_point(|note| note.at < words.start);
        let height = press.pitch(manner.size);
        let cited = press.cited;
        let mut setter = Setter {
            press,
            manner,
            limit: manner.width * EM,
            turn: 0,
            styles: [0; 3],
            face: None,
            space: 0,
            before: (' ', ' '),
            note,
            start: words.start,
            line: 0,
            gap: 0,
            words: 0,
            cited,
            height,
            piece: words.start,
            piece_line: 0,
            piece_gap: 0,
            piece_words: 0,
            piece_height: height,
            end: words.start,
        };
        setter.choose_face();
        setter
    }

    fn choose_face(&mut self) {
        let [bold, italic, code] = self.styles.map(|times| times > 0);
        let bold = bold || self.manner.style & BOLD != 0;
        let italic = italic || self.manner.style & ITALIC != 0;
        self.face = (!code).then_some(usize::from(bold) + 2 * usize::from(italic));
        self.space = self.width(' ');
    }

    /// The word processor also breaks after a hyphen before a figure, and after a stroke between a letter and a figure.
    fn breaks_anyway(&self, character: char) -> bool {
        let (earlier, last) = self.before;
        character.is_ascii_digit() && ((last == '-' && !earlier.is_whitespace()) || (last == '/' && earlier.is_alphabetic()))
    }

    /// The line may end here.
    fn opportunity(&mut self, at: u32) {
        if self.follows_abbreviation(at) {
            return;
        }
        self.join();
        self.piece = at;
        self.end = at;
    }

    /// Puts what stands after the last opportunity into the line, or into a new one if it does not fit.
    fn join(&mut self) {
        if self.line > 0 && self.line + self.gap + self.piece_line > self.limit {
            self.push(self.piece);
        }
        if self.line > 0 {
            self.line += self.gap;
        }
        self.line += std::mem::take(&mut self.piece_line);
        self.gap = std::mem::take(&mut self.piece_gap);
        self.words += std::mem::take(&mut self.piece_words);
        self.height = self.height.max(self.piece_height);
        self.piece_height = 0;
        self.cited = self.press.cited;
    }

    /// Ends the line before `next`.
    fn push(&mut self, next: u32) {
        self.press.lines.push(Line { height: self.height, start: self.start, end: self.end, words: self.words, cited: self.cited });
        self.start = next;
        (self.line, self.gap, self.words) = (0, 0, 0);
        self.height = self.press.pitch(self.manner.size);
    }

    /// Adds to the width of the piece; if it is wider than a whole line, it goes on in the next.
    fn widen(&mut self, at: u32, width: u32) {
        if self.piece_line + self.piece_gap + width > self.limit && self.piece_line > 0 {
            if self.line > 0 {
                self.push(self.piece);
            }
            self.join();
            self.end = at;
            self.push(at);
            self.piece = at;
        }
        self.piece_line += std::mem::take(&mut self.piece_gap) + width;
    }

    fn character(&mut self, at: u32, character: char) {
        if !self.before.1.is_whitespace() {
            self.notes(at);
        }
        self.style(at);
        if character == '\n' && self.is_hard_break(at) {
            if self.is_markup(at) {
                return;
            }
            self.join();
            self.end = at;
            self.push(at + 1);
            self.piece = at + 1;
            self.before = (' ', ' ');
            return;
        }
        if matches!(character, ' ' | '\n' | '\t' | '\r') {
            if !self.before.1.is_whitespace() {
                self.piece_gap += self.space;
            }
        } else {
            let width = self.width(if self.face.is_some() { printed(character) } else { character });
            if self.before.1.is_whitespace() {
                self.piece_words += 1;
                self.notes(at);
            }
            self.widen(at, width);
            if let Some(style) = self.face {
                self.piece_line = self.piece_line.saturating_sub(self.press.typeface.narrowing(style, self.before.1, character) * self.manner.size);
            }
        }
        self.before = (self.before.1, character);
    }

    fn width(&self, character: char) -> u32 {
        /// Inline code has its own size, whatever the size of the text.
        const CODE_SIZE: u32 = 220;
        match self.face {
            Some(style) => self.press.typeface.width(style, character) * self.manner.size,
            None => MONOSPACED * CODE_SIZE,
        }
    }

    /// Turns styles on and off that begin or end here.
    fn style(&mut self, at: u32) {
        let mut turned = false;
        while let Some(&(_, style, on)) = self.press.turns.get(self.turn).filter(|(place, ..)| *place <= at) {
            let times = match style {
                BOLD => &mut self.styles[0],
                ITALIC => &mut self.styles[1],
                _ => &mut self.styles[2],
            };
            *times = if on { *times + 1 } else { times.saturating_sub(1) };
            self.turn += 1;
            turned = true;
        }
        if turned {
            self.choose_face();
        }
    }

    /// Sets the raised numbers of the footnotes that are cited here.
    fn notes(&mut self, at: u32) {
        while self.press.document.notes.get(self.note).is_some_and(|note| note.at <= at) {
            self.note += 1;
            self.press.cited += 1;
            let digits = self.press.cited.ilog10() + 1;
            let width = self.press.typeface.width(0, '0') * (self.manner.size * RAISED / 100);
            self.widen(at, digits * width);
        }
    }

    fn is_hard_break(&self, at: u32) -> bool {
        let here = WordRange { start: at, end: at + 1 };
        self.press.document.prose.marks(here).any(|mark| mark.kind == MarkKind::HardBreak)
    }

    /// Whether a line break is `<br>`, which Word files do not keep.
    fn is_markup(&self, at: u32) -> bool {
        let span = self.press.document.prose.span(WordRange { start: at, end: at + 1 });
        self.press.source.slice(span).starts_with('<')
    }

    /// Whether the last word is an abbreviation, after which a line does not end: “No. 5”, “pp. 20”.
    fn follows_abbreviation(&self, at: u32) -> bool {
        if self.before != ('.', ' ') {
            return false;
        }
        let line = self.press.document.prose.slice(WordRange { start: self.start, end: at }).trim_end();
        let word = line.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
        ABBREVIATIONS.binary_search(&word).is_ok()
    }

    /// Sets an image that stands among words: its width, and a line that is high enough for it.
    fn place(&mut self, image: &Image, at: u32) {
        if at == image.words.start || self.before.1 != IMAGE {
            if self.before.1.is_whitespace() {
                self.piece_words += 1;
            }
            let (width, height) = image.fit(self.manner.width);
            self.widen(at, width * EM);
            let below = rounded(self.manner.size * self.press.typeface.below);
            self.piece_height = self.piece_height.max(height + below);
            self.before = (IMAGE, IMAGE);
        }
    }

    /// Goes on after an image.
    fn leave(&mut self, image: &Image) {
        self.style(image.words.end);
    }

    fn finish(mut self, end: u32) {
        self.notes(end);
        self.join();
        self.end = end;
        self.push(end);
    }
}

/// Stands for an image among the characters before.
const IMAGE: char = '\u{fffc}';

/// After these, a converter from Markdown puts a space at which no line ends (those of pandoc). Sorted.
const ABBREVIATIONS: [&str; 80] = [
    "Apr.", "Aug.", "Bros.", "Capt.", "Co.", "Corp.", "Dec.", "Dr.", "Feb.", "Fr.", "Gen.", "Gov.", "Hon.", "Inc.", "Jan.", "Jr.", "Jul.", "Jun.", "Ltd.",
    "M.A.", "M.D.", "Mar.", "Mr.", "Mrs.", "Ms.", "No.", "Nov.", "Oct.", "Ph.D.", "Pres.", "Prof.", "Rep.", "Rev.", "Sen.", "Sep.", "Sept.", "Sgt.", "Sr.",
    "St.", "aet.", "aetat.", "al.", "bk.", "c.", "cf.", "ch.", "chap.", "chs.", "col.", "cp.", "d.", "e.g.", "ed.", "eds.", "esp.", "f.", "fasc.", "ff.",
    "fig.", "fl.", "fol.", "fols.", "i.e.", "ill.", "incl.", "n.", "n.b.", "nn.", "p.", "pp.", "pt.", "q.v.", "s.v.", "s.vv.", "saec.", "sec.", "univ.",
    "viz.", "vol.", "vs.",
];

/// The most letters of one that has no full stop inside: “aetat.”.
const LONGEST_ABBREVIATION: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;
    use proptest::prelude::*;

    #[test]
    fn no_abbreviation_is_longer() {
        assert!(ABBREVIATIONS.iter().all(|word| word.split('.').all(|letters| letters.len() <= LONGEST_ABBREVIATION)));
    }

    proptest! {
        #[test]
        fn a_word_at_once_is_set_like_its_letters(text in "([a-zA-Zé]{1,9}[ ,.;:)-]{0,2} ?|[a-z]{1,3}['’][a-zé]{1,3} |[*]{1,2}|\\(|[0-9]{1,3} ?|’|é|\\[\\^1\\]|`x y`|No\\. ){0,60}", width in 400u32..4000) {
            let source = Source::new("test.md", format!("{text}\n\n[^1]: note\n"));
            let document = markdown::parse(&source);
            let words = document.blocks.first().map_or(WordRange { start: 0, end: 0 }, |block| block.words);
            let set = |plain: bool| {
                let mut press = Press::new(&source, &document, Setting::default());
                let text = document.prose.slice(words);
                let pieces = if plain { Pieces::of(text) } else { Pieces::of_the_library(text) };
                press.set_pieces(words, pieces, Manner { width, size: 220, style: 0 }, &[]);
                press.lines.iter().map(|line| (line.start, line.end, line.words, line.cited, line.height)).collect::<Vec<_>>()
            };
            prop_assert_eq!(set(true), set(false));
        }
    }
}
