//! Where words begin and end.
//!
//! The boundaries of Unicode (UAX 29, by `unicode_segmentation`), with one change: a word ends at an apostrophe, so that
//! "Zemland's", "l'État" and a typographic apostrophe make no difference to a list. No word crosses white space; so the text is
//! cut there first, and what is plain ASCII, most of it, takes a shorter way to the same answer.

use unicode_segmentation::UnicodeSegmentation;

/// Calls `found` with the first byte and the text of each word, in order.
pub fn each_word<'a>(text: &'a str, mut found: impl FnMut(usize, &'a str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let start = at;
        let mut ascii = true;
        while let Some(byte) = bytes.get(at).filter(|byte| !byte.is_ascii_whitespace()) {
            ascii &= byte.is_ascii();
            at += 1;
        }
        let Some(chunk) = text.get(start..at) else { continue };
        if ascii {
            ascii_words(chunk, |within, word| found(start + within, word));
        } else {
            for (within, word) in chunk.unicode_word_indices() {
                at_apostrophes(word, |inner, part| found(start + within + inner, part));
            }
        }
    }
}

/// The words of a short text, such as an entry of a word list.
pub fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    each_word(text, |start, word| words.push((start, word)));
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

/// UAX 29 for ASCII: letters, digits and underscores stay together, and so do letters around `.` or `:`, digits around `.`, `,` or `;`.
fn ascii_words<'a>(chunk: &'a str, mut found: impl FnMut(usize, &'a str)) {
    let bytes = chunk.as_bytes();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let mut at = 0;
    while at < bytes.len() {
        if !is_word(byte(at)) {
            at += 1;
            continue;
        }
        let start = at;
        loop {
            while is_word(byte(at)) {
                at += 1;
            }
            let before = byte(at.saturating_sub(1));
            let after = byte(at + 1);
            let joins = match byte(at) {
                b'.' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic() || before.is_ascii_digit() && after.is_ascii_digit(),
                b':' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
                b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
                _ => false,
            };
            if !joins {
                break;
            }
            at += 1;
        }
        let word = chunk.get(start..at).unwrap_or_default();
        if word.bytes().any(|byte| byte != b'_') {
            found(start, word);
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

    #[test]
    fn the_short_way_gives_the_same_words_as_the_library() {
        let pieces = ["a", "B", "1", "23", ".", ",", ":", ";", "'", "_", "-", "/", "(", " ", "\n", "@", "é"];
        // A linear congruential generator: the texts are the same in each run.
        let mut state = 1_u32;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
            }
            let mut expected = Vec::new();
            for (start, word) in text.unicode_word_indices() {
                at_apostrophes(word, |within, part| expected.push((start + within, part)));
            }
            assert_eq!(words(&text), expected, "{text:?}");
        }
    }
}
