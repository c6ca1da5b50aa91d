//! The widths of plain words, reckoned in one pass over their bytes.

use crate::text::eight::letters;

use super::super::setting::Font;
use super::{FIRST, Typeface, carlito, liberation_serif};

/// What each letter and figure adds to the width of a word in one style, in 2048ths of an em.
pub(in super::super) struct Letters {
    /// Those of ASCII in three [rows](row_after): after a letter with which none is drawn as one, after an `f`, and after a `t`; 0 for
    /// other bytes.
    ascii: [u16; 3 * ROW],
    /// The letters from À to ÿ; 0 for × and ÷.
    latin: [u16; 64],
    /// The marks of ASCII, and the apostrophe as it is printed.
    marks: [u16; 128],
    apostrophe: u16,
}

static CARLITO: [Letters; 4] = Letters::of_styles(&carlito::TYPEFACE);
static LIBERATION_SERIF: [Letters; 4] = Letters::of_styles(&liberation_serif::TYPEFACE);

/// How many widths are in a row.
const ROW: usize = 256;

/// Where the row begins in which a letter is that stands after this one.
const fn row_after(letter: u8) -> usize {
    match letter {
        b'f' => ROW,
        b't' => 2 * ROW,
        _ => 0,
    }
}

impl Letters {
    /// The letters of a font in its four styles.
    pub(in super::super) fn of(font: Font) -> &'static [Letters; 4] {
        match font {
            Font::Sans => &CARLITO,
            Font::Serif => &LIBERATION_SERIF,
        }
    }

    const fn of_styles(typeface: &Typeface) -> [Letters; 4] {
        [Letters::new(typeface, 0), Letters::new(typeface, 1), Letters::new(typeface, 2), Letters::new(typeface, 3)]
    }

    #[expect(clippy::indexing_slicing, reason = "reckoned by the compiler, which would refuse a place outside")]
    const fn new(typeface: &Typeface, style: usize) -> Letters {
        let widths = typeface.widths[style];
        let mut letters = Letters { ascii: [0; 3 * ROW], latin: [0; 64], marks: [0; 128], apostrophe: 0 };
        let mut code = FIRST as usize;
        // The tables begin with `FIRST`, and no character up to ÿ is missing in them that is looked for here.
        while code < 0x100 {
            let width = widths[code - FIRST as usize];
            if code < 0x80 && (code as u8).is_ascii_alphanumeric() {
                letters.ascii[code] = width;
                letters.ascii[ROW + code] = width;
                letters.ascii[2 * ROW + code] = width;
            } else if code < 0x80 {
                letters.marks[code] = width;
            } else if code >= 0xC0 && code != 0xD7 && code != 0xF7 {
                letters.latin[code - 0xC0] = width;
            }
            code += 1;
        }
        let mut at = 0;
        while at < typeface.ranges.len() {
            let (from, to, place) = typeface.ranges[at];
            if from <= '’' as u32 && ('’' as u32) < to {
                letters.apostrophe = widths['’' as usize - from as usize + place as usize];
            }
            at += 1;
        }
        let ligatures = typeface.ligatures[style];
        let mut at = 0;
        while at < ligatures.len() {
            let (first, second, wider) = ligatures[at];
            if wider < 0 && second.is_ascii_alphanumeric() {
                letters.ascii[row_after(first) + second as usize] -= wider.unsigned_abs() as u16;
            }
            at += 1;
        }
        letters
    }

    /// The letters and figures with which a text begins, and apostrophes between letters: how many bytes, and how wide they are.
    pub(in super::super) fn word(&self, text: &[u8]) -> (usize, u32) {
        let (mut at, mut width, mut row) = text.first_chunk().map_or((0, 0, 0), |eight| self.eight(u64::from_le_bytes(*eight)));
        while let Some(rest) = text.get(at..) {
            let &[byte, ..] = rest else { break };
            let letter = self.ascii.get(row + usize::from(byte)).copied().unwrap_or_default();
            if letter > 0 {
                at += 1;
                width += u32::from(letter);
                row = row_after(byte);
                continue;
            }
            let (length, other) = match rest {
                [0xC3, ..] => (2, self.latin(rest)),
                [b'\'', after @ ..] if self.parts_letters(text, at, after) => (1, self.apostrophe),
                [0xE2, 0x80, 0x99, after @ ..] if self.parts_letters(text, at, after) => (3, self.apostrophe),
                _ => break,
            };
            if other == 0 {
                break;
            }
            at += length;
            width += u32::from(other);
            row = 0;
        }
        (at, width)
    }

    /// The letters with which eight bytes begin: how many, how wide they are, and the row in which the next one is. It takes eight steps
    /// whatever their number, which is faster than to find out when to stop.
    fn eight(&self, eight: u64) -> (usize, u32, usize) {
        let count = letters(eight);
        let only_letters = eight & u64::MAX.checked_shr(u64::BITS - 8 * count as u32).unwrap_or_default();
        let mut width = 0;
        let mut row = 0;
        for byte in only_letters.to_le_bytes() {
            width += self.ascii.get(row + usize::from(byte)).copied().map_or(0, u32::from);
            row = row_after(byte);
        }
        let last = only_letters.to_le_bytes().get(count.wrapping_sub(1)).copied().unwrap_or_default();
        (count, width, row_after(last))
    }

    /// Whether letters stand before a place and at the beginning of what follows.
    fn parts_letters(&self, text: &[u8], at: usize, after: &[u8]) -> bool {
        let before = at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(u8::is_ascii_alphabetic);
        before && (after.first().is_some_and(u8::is_ascii_alphabetic) || self.latin(after) > 0)
    }

    /// The width of the letter from À to ÿ with which a text begins.
    fn latin(&self, text: &[u8]) -> u16 {
        let &[0xC3, second, ..] = text else { return 0 };
        second.checked_sub(0x80).and_then(|place| self.latin.get(usize::from(place))).copied().unwrap_or_default()
    }

    /// Whether a letter, a figure or a bracket begins a text.
    pub(in super::super) fn begin(&self, text: &[u8]) -> bool {
        text.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'(') || self.latin(text) > 0
    }

    /// The width of a mark of ASCII.
    pub(in super::super) fn mark(&self, mark: u8) -> u32 {
        self.marks.get(usize::from(mark)).copied().map_or(0, u32::from)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::printed;
    use super::*;

    #[test]
    fn a_word_is_as_wide_as_its_characters() {
        for font in [Font::Sans, Font::Serif] {
            let typeface = Typeface::of(font);
            let every: String = ('\0'..='ÿ').filter(|c| c.is_ascii_alphanumeric() || (*c >= 'À' && c.is_alphabetic())).collect();
            for (style, letters) in Letters::of(font).iter().enumerate() {
                for word in ["attitudes", "Effort", "sniffing", "2450", "l'été", "d’eau", "", &every] {
                    let wide: u32 = word.chars().map(|c| typeface.width(style, printed(c))).sum();
                    let narrow: u32 = word.chars().zip(word.chars().skip(1)).map(|(a, b)| typeface.narrowing(style, a, b)).sum();
                    assert_eq!(letters.word(word.as_bytes()), (word.len(), wide - narrow), "{word}");
                    assert_eq!(letters.word(format!("{word}–x").as_bytes()).0, word.len());
                }
                assert!(".,;:)".chars().all(|mark| letters.mark(mark as u8) == typeface.width(style, mark)));
                assert_eq!(["'a", "1'a", "a'1", "a' b", "×", "é'a"].map(|text| letters.word(text.as_bytes()).0), [0, 1, 1, 1, 0, 2]);
            }
        }
    }
}
