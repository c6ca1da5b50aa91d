//! Where words begin and end.
//!
//! The boundaries of Unicode (UAX 29, by `unicode_segmentation`), with one change: a word ends at an apostrophe, so that
//! "Zemland's", "l'État" and a typographic apostrophe make no difference to a list. No word crosses white space; so the text is
//! cut there first, and what is made of Latin letters, digits and the usual marks, nearly all of it, takes a shorter way to the
//! same answer.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::eight::letters_ahead;

/// What the bytes of a text are for the short way, as bits, so that one look says which of them a stretch of text holds.
mod class {
    pub(super) const LETTER: u8 = 1;
    pub(super) const DIGIT: u8 = 2;
    pub(super) const UNDERSCORE: u8 = 4;
    /// What can stand inside a word.
    pub(super) const WORD: u8 = LETTER | DIGIT | UNDERSCORE;
    pub(super) const SPACE: u8 = 8;
    /// A mark that can join what stands before and after it.
    pub(super) const JOINER: u8 = 16;
    /// Any other mark.
    pub(super) const MARK: u8 = 32;
    /// The first byte of a longer character, or one of those after it.
    pub(super) const LONG: u8 = 64;

    const fn of(byte: u8) -> u8 {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => UNDERSCORE,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0C => SPACE,
            b'.' | b':' | b',' | b';' => JOINER,
            0x80.. => LONG,
            _ => MARK,
        }
    }

    #[expect(clippy::indexing_slicing, reason = "reckoned by the compiler, which would refuse a place outside")]
    pub(super) static OF: [u8; 256] = {
        let mut classes = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            classes[byte] = of(byte as u8);
            byte += 1;
        }
        classes
    };
}

fn class_of(byte: u8) -> u8 {
    class::OF.get(usize::from(byte)).copied().unwrap_or_default()
}

/// The class and the length of the character at a byte, if the short way knows it: ASCII, the Latin letters of U+00C0 to U+017F,
/// and the dashes, quotation marks and spaces that typesetting has in their place.
fn short(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match bytes.get(at..)? {
        [byte, ..] if byte.is_ascii() => Some((class_of(*byte), 1)),
        // × and ÷ are no letters.
        [0xC3, 0x97 | 0xB7, ..] => None,
        [0xC3..=0xC5, _, ..] => Some((class::LETTER, 2)),
        // A no-break space, « and ».
        [0xC2, 0xA0 | 0xAB | 0xBB, ..] => Some((class::MARK, 2)),
        // – — ’ “ ” …; an apostrophe ends a word.
        [0xE2, 0x80, 0x93 | 0x94 | 0x99 | 0x9C | 0x9D | 0xA6, ..] => Some((class::MARK, 3)),
        _ => None,
    }
}

/// Calls `found` with the bytes of each word, and whether it holds an ASCII digit, in order.
pub fn each_word(text: &str, mut found: impl FnMut(Range<usize>, bool)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        // Most words are letters of ASCII with a space after them.
        at += letters_ahead(bytes.get(at..).unwrap_or_default());
        let mut classes = if at > start { class::LETTER } else { 0 };
        // Up to the next white space.
        while let Some(class) = bytes.get(at).map(|&byte| class_of(byte)).filter(|class| class & class::SPACE == 0) {
            classes |= class;
            at += 1;
        }
        if classes == class::LETTER {
            found(start..at, false);
            at += 1;
            continue;
        }
        let chunk = bytes.get(start..at).unwrap_or_default();
        if let Some(word) = bare_word(chunk, classes) {
            found(start + word.start..start + word.end, false);
        } else if classes & class::LONG == 0 || is_short(chunk) {
            short_words(chunk, |word, digit| found(start + word.start..start + word.end, digit));
        } else {
            for (within, word) in text.get(start..at).unwrap_or_default().unicode_word_indices() {
                let digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
                let first = start + within;
                at_apostrophes(word, |inner, part| found(first + inner..first + inner + part.len(), digit(part)));
            }
        }
        at += 1;
    }
}

/// The word of a chunk of one word of ASCII letters with marks around it: "(word" or "word,".
fn bare_word(chunk: &[u8], classes: u8) -> Option<Range<usize>> {
    if classes & !(class::LETTER | class::JOINER | class::MARK) != 0 {
        return None;
    }
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic();
    let start = chunk.iter().position(is_letter)?;
    let letters = chunk.iter().skip(start).take_while(|byte| is_letter(byte)).count();
    let rest = chunk.get(start + letters..)?;
    (!rest.iter().any(is_letter)).then_some(start..start + letters)
}

/// Whether the short way knows all characters of a text.
fn is_short(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        let Some((_, length)) = short(bytes, at) else { return false };
        at += length;
    }
    true
}

/// The words of a short text, such as an entry of a word list.
pub fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    each_word(text, |word, _| words.push((word.start, text.get(word).unwrap_or_default())));
    words
}

fn at_apostrophes<'a>(word: &'a str, mut found: impl FnMut(usize, &'a str)) {
    let mut start = 0;
    for part in word.split(['\'', '\u{2019}']) {
        if !part.is_empty() {
            found(start, part);
        }
        let mark = word.get(start + part.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start += part.len() + mark;
    }
}

/// UAX 29 for what [`short`] knows: letters, digits and underscores stay together, and so do letters around `.` or `:`, digits
/// around `.`, `,` or `;`.
fn short_words(bytes: &[u8], mut found: impl FnMut(Range<usize>, bool)) {
    let look = |at: usize| short(bytes, at).unwrap_or((class::MARK, 1));
    let mut at = 0;
    while at < bytes.len() {
        let (class, length) = look(at);
        if class & class::WORD == 0 {
            at += length;
            continue;
        }
        let start = at;
        let mut seen = 0;
        let mut last = 0;
        loop {
            let (class, length) = look(at);
            if class & class::WORD != 0 {
                last = class;
                seen |= class;
                at += length;
                continue;
            }
            let (after, _) = look(at + 1);
            let joins = match bytes.get(at) {
                Some(b'.') => last == after && last & (class::LETTER | class::DIGIT) != 0,
                Some(b':') => last == after && last == class::LETTER,
                Some(b',' | b';') => last == after && last == class::DIGIT,
                _ => false,
            };
            if !joins {
                break;
            }
            at += 1;
        }
        if seen != class::UNDERSCORE {
            found(start..at, seen & class::DIGIT != 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).into_iter().map(|(_, word)| word).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_end_at_space_punctuation_and_apostrophes() {
        check("Zemland's law, l\u{2019}État", &["Zemland", "s", "law", "l", "État"]);
        check("121.45 and 1,900; mid-2029 e.g. A/HRC", &["121.45", "and", "1,900", "mid", "2029", "e.g", "A", "HRC"]);
        check("4½ years", &["4", "½", "years"]);
        check("''", &[]);
    }

    /// The words as the library gives them, cut at apostrophes.
    fn by_the_library(text: &str) -> Vec<(usize, &str)> {
        let mut words = Vec::new();
        for (start, word) in text.unicode_word_indices() {
            at_apostrophes(word, |within, part| words.push((start + within, part)));
        }
        words
    }

    #[test]
    fn the_short_way_knows_what_each_character_does_between_others() {
        for character in '\0'..'\u{2100}' {
            for text in [format!("a{character}b"), format!("1{character}2"), format!("a.{character}b"), format!("_{character}")] {
                assert_eq!(words(&text), by_the_library(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn the_short_way_gives_the_same_words_as_the_library() {
        let pieces = [
            "a", "B", "1", "23", ".", ",", ":", ";", "'", "_", "-", "/", "(", " ", "\n", "@", "é", "Œ", "ſ", "×", "½", "ª", "\u{a0}", "«", "’", "‘", "–", "“",
            "”", "…", "\u{200b}", "\u{301}",
        ];
        // A linear congruential generator: the texts are the same in each run.
        let mut state = 1_u32;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
            }
            assert_eq!(words(&text), by_the_library(&text), "{text:?}");
        }
    }
}
