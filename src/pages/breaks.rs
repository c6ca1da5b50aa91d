//! Where Unicode lets a line end (UAX 14), found fast where the text is plain.
//!
//! Most words of a brief are letters, figures and a mark at their end. Between two of them a line may always end, inside of them
//! never; only what stands between other words is given to the library. The test holds that the places are those of the library.

use unicode_linebreak::linebreaks;

/// A piece of text in which no line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Its first byte in the text.
    pub(super) start: usize,
    /// Its characters.
    pub(super) text: &'a str,
    /// Whether it is one word of letters, figures and marks, with the space or hyphen after it if there is one.
    pub(super) plain: bool,
}

/// The pieces of a text, in order.
pub(super) struct Pieces<'a> {
    text: &'a str,
    /// Where the next piece begins.
    from: usize,
    /// The places at which a line may end that the library has found in the last stretch, and how many of them were told.
    found: Vec<usize>,
    told: usize,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(text: &'a str) -> Pieces<'a> {
        Pieces { text, from: 0, found: Vec::new(), told: 0 }
    }

    /// The pieces of a text as the library finds them, none of them told to be plain.
    #[cfg(test)]
    pub(super) fn of_the_library(text: &'a str) -> Pieces<'a> {
        Pieces { text, from: 0, found: linebreaks(text).map(|(at, _)| at).collect(), told: 0 }
    }

    /// The end of the stretch that begins at `from`: after the first space or hyphen between two plain characters; and whether all of
    /// it is plain.
    fn stretch(&self) -> (usize, bool) {
        let mut rest = self.text.as_bytes().get(self.from..).unwrap_or_default();
        let mut plain = true;
        let mut before = Kind::Opening;
        loop {
            // Most of a word is letters and figures.
            let run = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if let Some((word, after)) = rest.split_at_checked(run).filter(|_| run > 0) {
                before = if word.last().is_some_and(u8::is_ascii_digit) { Kind::Figure } else { Kind::Letter };
                rest = after;
            }
            let Some((kind, after)) = first(rest) else { break };
            let next = || first(after).map(|(kind, _)| kind);
            // After a mark, the library lets a line end before a bracket: "):(".
            let goes_on = match kind {
                Kind::Letter | Kind::Figure | Kind::Mark => true,
                Kind::Opening => before == Kind::Opening,
                Kind::Apostrophe => before == Kind::Letter && next() == Some(Kind::Letter),
                Kind::Space | Kind::Hyphen | Kind::Other => false,
            };
            let ends = match kind {
                Kind::Space => {
                    matches!(before, Kind::Letter | Kind::Figure | Kind::Mark) && matches!(next(), Some(Kind::Letter | Kind::Figure | Kind::Opening))
                }
                Kind::Hyphen => matches!(before, Kind::Letter | Kind::Figure) && next() == Some(Kind::Letter),
                _ => false,
            };
            if ends {
                return (self.text.len() - after.len(), plain);
            }
            plain &= goes_on;
            before = kind;
            rest = after;
        }
        (self.text.len(), plain)
    }

    /// Passes over as many bytes as `passed` says of the text that follows, if what follows is a piece that is not looked at yet.
    pub(super) fn pass(&mut self, passed: impl FnOnce(&'a str) -> usize) {
        if self.told == self.found.len() {
            self.from += passed(self.text.get(self.from..).unwrap_or_default());
        }
    }

    /// The piece from here to `end`.
    fn piece(&mut self, end: usize, plain: bool) -> Option<Piece<'a>> {
        let start = std::mem::replace(&mut self.from, end);
        Some(Piece { start, text: self.text.get(start..end)?, plain })
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(&end) = self.found.get(self.told) {
            self.told += 1;
            return self.piece(end, false);
        }
        if self.from >= self.text.len() {
            return None;
        }
        let (end, plain) = self.stretch();
        if plain {
            return self.piece(end, true);
        }
        let start = self.from;
        self.found.clear();
        self.found.extend(linebreaks(self.text.get(start..end)?).map(|(at, _)| start + at));
        self.told = 0;
        self.next()
    }
}

/// What a character is where lines are broken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Figure,
    /// A mark at the end of a word, before which a line never ends.
    Mark,
    /// A bracket, after which a line never ends.
    Opening,
    Apostrophe,
    Space,
    Hyphen,
    /// What only the library knows.
    Other,
}

/// The kind of the first character, and the bytes after it.
fn first(bytes: &[u8]) -> Option<(Kind, &[u8])> {
    let (&byte, rest) = bytes.split_first()?;
    let (kind, more) = match (byte, rest) {
        (0..0x80, _) => (KINDS.get(usize::from(byte)).copied().unwrap_or(Kind::Other), 0),
        // The letters of Latin-1, without × and ÷, and those of Latin Extended-A up to ň.
        (0xC3, [0x97 | 0xB7, ..]) => (Kind::Other, 1),
        (0xC3 | 0xC4, [0x80..0xC0, ..]) | (0xC5, [0x80..0x89, ..]) => (Kind::Letter, 1),
        (0xE2, [0x80, 0x99, ..]) => (Kind::Apostrophe, 2),
        // Each byte of another character is a kind of its own: it is only passed over.
        _ => (Kind::Other, 0),
    };
    Some((kind, rest.get(more..).unwrap_or_default()))
}

/// The kinds of ASCII.
#[expect(clippy::indexing_slicing, reason = "reckoned by the compiler, which would refuse a place outside")]
const KINDS: [Kind; 128] = {
    let mut kinds = [Kind::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
            b'0'..=b'9' => Kind::Figure,
            b'.' | b',' | b';' | b':' | b')' => Kind::Mark,
            b'(' => Kind::Opening,
            b'\'' => Kind::Apostrophe,
            b' ' => Kind::Space,
            b'-' => Kind::Hyphen,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str) {
        let pieces: Vec<&str> = Pieces::of(text).map(|piece| piece.text).collect();
        let expected: Vec<&str> = Pieces::of_the_library(text).map(|piece| piece.text).collect();
        assert_eq!(pieces, expected, "{text:?}");
        assert_eq!(pieces.concat(), text);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

        #[test]
        fn the_places_are_those_of_the_library(text in "[a-cX0-2 .,;:()'\"“”’«»!?/\\\\%&$€+*#@=<>\\[\\]{}|~^_\u{a0}\u{ad}\u{2011}\u{200b}\u{2014}é界ع…\t\n-]{0,24}") {
            check(&text);
        }

        #[test]
        fn the_places_in_plain_text_are_those_of_the_library(text in "[aXéœ0 .,;:()'’-]{0,12}") {
            check(&text);
        }
    }
}
