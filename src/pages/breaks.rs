//! Where Unicode lets a line end (UAX 14), found fast where the text is plain.
//!
//! Most words of a brief are ASCII letters, figures and commas. Between two of them a line may always end, inside of them never; only
//! what stands between other words is given to the library. The test holds that the places are those of the library.

use unicode_linebreak::linebreaks;

/// The places in a text at which a line may end, in bytes, in order; the end of the text is one.
pub(super) struct Breaks<'a> {
    text: &'a str,
    /// Where the next stretch begins.
    from: usize,
    /// The places that the library has found in the last stretch, and how many of them were told.
    found: Vec<usize>,
    told: usize,
}

impl<'a> Breaks<'a> {
    pub(super) fn of(text: &'a str) -> Breaks<'a> {
        Breaks { text, from: 0, found: Vec::new(), told: 0 }
    }

    /// The end of the stretch that begins at `from`: after the first space between two plain characters; and whether all of it is plain.
    fn stretch(&self) -> (usize, bool) {
        let rest = self.text.as_bytes().get(self.from..).unwrap_or_default();
        let mut plain = true;
        let mut before = b' ';
        for (at, &byte) in rest.iter().enumerate() {
            if byte == b' ' && ends_plainly(before) && rest.get(at + 1).is_some_and(|&next| begins_plainly(next)) {
                return (self.from + at + 1, plain);
            }
            // After a mark, the library lets a line end before a bracket: "):(".
            plain &= ends_plainly(byte) || (byte == b'(' && matches!(before, b' ' | b'('));
            before = byte;
        }
        (self.text.len(), plain)
    }
}

/// Letters, figures and marks after which a space lets the line end; between two of them it may not.
fn ends_plainly(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b';' | b':' | b')')
}

/// Letters, figures and the bracket before which a space lets the line end.
fn begins_plainly(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'('
}

impl Iterator for Breaks<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.told >= self.found.len() {
            if self.from >= self.text.len() {
                return None;
            }
            let start = self.from;
            let (end, plain) = self.stretch();
            self.from = end;
            if plain {
                return Some(end);
            }
            let stretch = self.text.get(start..end).unwrap_or_default();
            self.found.clear();
            self.found.extend(linebreaks(stretch).map(|(at, _)| start + at));
            self.told = 0;
        }
        self.told += 1;
        self.found.get(self.told - 1).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of_the_library(text: &str) -> Vec<usize> {
        linebreaks(text).map(|(at, _)| at).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

        #[test]
        fn the_places_are_those_of_the_library(text in "[a-cX0-2 .,;:()'\"“”’«»!?/\\\\%&$€+*#@=<>\\[\\]{}|~^_\u{a0}\u{ad}\u{2011}\u{200b}\u{2014}é界ع…\t\n-]{0,24}") {
            prop_assert_eq!(Breaks::of(&text).collect::<Vec<usize>>(), of_the_library(&text));
        }

        #[test]
        fn the_places_in_plain_text_are_those_of_the_library(text in "[aX0 .,;:()]{0,12}") {
            prop_assert_eq!(Breaks::of(&text).collect::<Vec<usize>>(), of_the_library(&text));
        }
    }
}
