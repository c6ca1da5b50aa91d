//! How wide each character is printed, in the typefaces that a brief is set in.
//!
//! The tables are those of Carlito and Liberation Serif, which have the widths of Calibri and of Times New Roman. A character that
//! a typeface does not have is taken from another one by the word processor; its width is then that of its script, roughly.

mod carlito;
mod letters;
mod liberation_serif;

pub(super) use letters::Letters;

use super::lines::printed;
use super::setting::Font;

/// The square on which the typefaces are drawn: widths are in 2048ths of an em.
pub(super) const EM: u32 = 2048;

/// The widths of a typeface in its four styles, in 2048ths of an em.
pub(super) struct Typeface {
    /// From one line to the next.
    pub(super) pitch: u32,
    /// From the line on which letters stand down to the next line.
    pub(super) below: u32,
    /// First character, the one after the last, and place of the first in `widths`.
    ranges: &'static [(u32, u32, u32)],
    /// The widths of the characters of all ranges: regular, bold, italic, bold italic. Zero if there is no such character.
    widths: [&'static [u16]; 4],
    /// Letters that are drawn as one, and by how much that is wider than both.
    ligatures: [&'static [(u8, u8, i32)]; 4],
}

/// The width of every character of the monospaced face, and the pitch of its lines (DejaVu Sans Mono, which stands in for Consolas).
pub(super) const MONOSPACED: u32 = 1233;
/// From one line of code to the next.
pub(super) const MONOSPACED_PITCH: u32 = 2384;

/// The first characters of the tables, which are all but all of a brief in English.
const FIRST: u32 = 0x20;

impl Typeface {
    /// The typeface of a font.
    pub(super) fn of(font: Font) -> &'static Typeface {
        match font {
            Font::Sans => &carlito::TYPEFACE,
            Font::Serif => &liberation_serif::TYPEFACE,
        }
    }

    /// The width of a character.
    pub(super) fn width(&self, style: usize, character: char) -> u32 {
        let code = u32::from(character);
        let widths = self.widths.get(style).copied().unwrap_or_default();
        let place = match self.ranges {
            [(FIRST, end, _), ..] if code < *end => code.checked_sub(FIRST),
            ranges => {
                let after = ranges.partition_point(|&(start, ..)| start <= code);
                let range = after.checked_sub(1).and_then(|at| ranges.get(at));
                range.filter(|(_, end, _)| code < *end).map(|(start, _, place)| code - start + place)
            }
        };
        match place.and_then(|place| widths.get(place as usize)) {
            Some(0) | None => elsewhere(code),
            Some(&width) => u32::from(width),
        }
    }

    /// The width of a word, and by how much it is narrower because letters are drawn as one.
    pub(super) fn word(&self, style: usize, word: &str) -> (u32, u32) {
        let widths = self.widths.get(style).copied().unwrap_or_default();
        let (mut width, mut narrowing) = (0, 0);
        let mut before = b' ';
        let mut other = false;
        for &byte in word.as_bytes() {
            // The tables begin with `FIRST`, and no letter, figure or mark of ASCII is missing in them.
            width += widths.get(usize::from(byte.wrapping_sub(FIRST as u8))).map_or(0, |&width| u32::from(width));
            if matches!(before, b'f' | b't') {
                narrowing += self.narrowing(style, char::from(before), char::from(byte));
            }
            other |= !byte.is_ascii() || byte == b'\'';
            before = byte;
        }
        if other {
            width = word.chars().map(|character| self.width(style, printed(character))).sum();
        }
        (width, narrowing)
    }

    /// By how much two letters that are drawn as one are narrower than both.
    pub(super) fn narrowing(&self, style: usize, first: char, second: char) -> u32 {
        if !matches!(first, 'f' | 't') {
            return 0;
        }
        let ligatures = self.ligatures.get(style).copied().unwrap_or_default();
        let found = ligatures.iter().find(|&&(a, b, _)| char::from(a) == first && char::from(b) == second);
        found.map_or(0, |&(_, _, wider)| wider.min(0).unsigned_abs())
    }
}

/// The width of a character that the typeface does not have.
fn elsewhere(code: u32) -> u32 {
    match code {
        // Marks that stand over or under a letter, and characters that are not seen.
        0..0x20
        | 0x7F..0xA0
        | 0xAD
        | 0x300..0x370
        | 0x483..0x48A
        | 0x591..0x5C8
        | 0x610..0x61B
        | 0x64B..0x660
        | 0x6D6..0x6EE
        | 0x200B..0x2010
        | 0x2028..0x202F
        | 0x2060..0x2070
        | 0x20D0..0x2100
        | 0xFE00..0xFE30
        | 0xFEFF
        | 0xE0000..0xE0200 => 0,
        // Arabic is joined and narrow, Hebrew a little wider, the scripts of India and South-East Asia wider still.
        0x600..0x780 | 0x8A0..0x900 | 0xFB50..0xFE00 | 0xFE70..0xFEFF => EM / 2,
        0x590..0x600 => EM * 11 / 20,
        0x900..0x1100 | 0x1780..0x1A00 => EM * 13 / 20,
        // Chinese, Japanese and Korean stand on a square; so do pictures.
        0x1100..0x1200 | 0x2E80..0xA4D0 | 0xAC00..0xD7B0 | 0xF900..0xFB00 | 0xFE30..0xFE50 | 0xFF00..0xFF61 | 0xFFE0..0xFFE7 | 0x1F000.. => EM,
        _ => EM * 3 / 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Widths as the font files give them.
    #[test]
    fn widths_are_those_of_the_font_files() {
        let carlito = Typeface::of(Font::Sans);
        let serif = Typeface::of(Font::Serif);
        assert_eq!([' ', 'n', 'W', 'é', 'ж', 'λ', '–'].map(|c| carlito.width(0, c)), [463, 1076, 1822, 1019, 1411, 948, 1020]);
        assert_eq!(['n', 'W'].map(|c| carlito.width(1, c)), [1099, 1856]);
        assert_eq!([' ', 'n', 'é', 'ж'].map(|c| serif.width(0, c)), [512, 1024, 909, 1415]);
        assert_eq!(['界', 'ع', '\u{301}'].map(|c| carlito.width(0, c)), [EM, EM / 2, 0]);
    }

    #[test]
    fn a_word_is_as_wide_as_its_characters() {
        for font in [Font::Sans, Font::Serif] {
            let typeface = Typeface::of(font);
            for (style, word) in [(0, "attitudes,"), (1, "(sniffing);"), (2, "Effort"), (3, "2,450"), (1, "l'été"), (0, "enfant’s"), (0, "")] {
                let width: u32 = word.chars().map(|c| typeface.width(style, printed(c))).sum();
                let narrowing: u32 = word.chars().zip(word.chars().skip(1)).map(|(a, b)| typeface.narrowing(style, a, b)).sum();
                assert_eq!(typeface.word(style, word), (width, narrowing), "{word}");
            }
        }
    }

    #[test]
    fn letters_drawn_as_one_are_narrower() {
        let carlito = Typeface::of(Font::Sans);
        assert_eq!([('t', 'i'), ('f', 'f'), ('n', 'i')].map(|(a, b)| carlito.narrowing(0, a, b)), [15, 55, 0]);
        assert_eq!(Typeface::of(Font::Serif).narrowing(0, 'f', 'i'), 0);
    }
}
