//! The words of a text, with what stands between them.
//!
//! One pass over the text makes a short list of [`Word`]s that the grammars read instead of letters: a word known to the word
//! lists is a number by then, digits are a value, and quotes, line breaks and no-break spaces are one kind of gap each. This
//! module knows how text is cut, not what any word means.

use std::ops::Range;

use crate::text::eight::letters_ahead;

use super::vocabulary::{Lists, TimeWords};

/// A word, or a run of digits.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// What stands between the word before and this one.
    pub gap: Gap,
    /// The number of the word in the vocabulary; 0 for a word that no list has.
    pub id: u16,
    /// The lists with a phrase that begins with this word.
    pub begins: Lists,
    /// Digits as they are written, 0 for a word of letters.
    pub digits: u8,
    /// The value of the digits.
    pub number: u32,
    /// Whether the first letter is a capital.
    pub capital: bool,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// White space of any kind.
    Space,
    /// `’` or `'`.
    Apostrophe,
    /// A hyphen without spaces.
    Hyphen,
    /// Nothing, between digits and letters: `5th`.
    Glued,
    /// A point or comma between two digits: `4.5`.
    Point,
    /// `/`.
    Slash,
    /// A dash, or a hyphen with spaces.
    Dash,
    /// A comma.
    Comma,
    /// A full stop after a word and before another: the end of a sentence or an abbreviation.
    Period,
    /// Quotes, brackets and other marks.
    Mark,
    /// `;`, `:`, `!`, `?`, an ellipsis, or the beginning of the text.
    Stop,
}

impl Gap {
    /// Whether words so joined can be one phrase.
    pub fn joins(self) -> bool {
        self <= Gap::Hyphen
    }

    /// Whether a sentence, or a part of one that stands alone, may begin after it.
    pub fn ends_sentence(self) -> bool {
        matches!(self, Gap::Period | Gap::Stop)
    }
}

/// The words of `text`.
pub fn split(text: &str, vocabulary: &TimeWords) -> Vec<Word> {
    // A word of this kind of text takes six to seven bytes with its space.
    let mut words = Vec::with_capacity(text.len() / 5 + 4);
    let bytes = text.as_bytes();
    let mut gap = Gap::Stop;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' => {
                at += 1;
                // By far the commonest gap is one space before a letter.
                if gap == Gap::Glued {
                    gap = Gap::Space;
                } else {
                    gap = wider(gap, Gap::Space);
                }
            }
            b'0'..=b'9' => {
                let end = run(bytes, at, u8::is_ascii_digit);
                words.push(digits(bytes, at..end, gap));
                gap = Gap::Glued;
                at = end;
            }
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => match letters(text, at) {
                Lexeme::Word(end, capital) => {
                    let (id, begins) = vocabulary.look_up(text.get(at..end).unwrap_or_default());
                    words.push(Word { start: at, end, gap, id, begins, digits: 0, number: 0, capital });
                    gap = Gap::Glued;
                    at = end;
                }
                Lexeme::Gap(end, found) => {
                    gap = wider(gap, found);
                    at = end;
                }
            },
            _ => {
                gap = wider(gap, ascii_gap(bytes, at));
                at += 1;
            }
        }
    }
    words
}

/// The gap that two marks in a row make: the one that parts more, and a hyphen with a space is a dash.
fn wider(before: Gap, found: Gap) -> Gap {
    match (before, found) {
        (Gap::Glued, found) => found,
        (Gap::Space, Gap::Hyphen) | (Gap::Hyphen, Gap::Space) => Gap::Dash,
        // An apostrophe beside a space is a quotation mark or a genitive: “2 years’ time” is one phrase.
        (Gap::Apostrophe, Gap::Space) | (Gap::Space, Gap::Apostrophe) => Gap::Space,
        (before, found) => before.max(found),
    }
}

fn ascii_gap(bytes: &[u8], at: usize) -> Gap {
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let between_digits = || digit(at.checked_sub(1)) && digit(Some(at + 1));
    match bytes.get(at) {
        Some(b'\'') => Gap::Apostrophe,
        Some(b'-') => Gap::Hyphen,
        Some(b'/') => Gap::Slash,
        Some(b'.' | b',') if between_digits() => Gap::Point,
        // “1.º de enero”: the point belongs to the ordinal.
        Some(b'.') if bytes.get(at + 1..at + 3) == Some("º".as_bytes()) => Gap::Glued,
        Some(b',') => Gap::Comma,
        Some(b'.') => Gap::Period,
        Some(b';' | b':' | b'!' | b'?') => Gap::Stop,
        Some(byte) if byte.is_ascii_whitespace() => Gap::Space,
        _ => Gap::Mark,
    }
}

enum Lexeme {
    /// Letters up to this byte; whether the first is a capital.
    Word(usize, bool),
    /// A mark up to this byte.
    Gap(usize, Gap),
}

/// What begins at a byte that is an ASCII letter or begins a longer character.
fn letters(text: &str, at: usize) -> Lexeme {
    let bytes = text.as_bytes();
    let mut end = at;
    let mut capital = false;
    loop {
        let mut ascii = end + letters_ahead(bytes.get(end..).unwrap_or_default());
        if bytes.get(ascii).is_some_and(u8::is_ascii_digit) {
            ascii = run(bytes, ascii, u8::is_ascii_alphanumeric);
        }
        capital |= ascii > at && end == at && bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        end = ascii;
        let Some(next) = bytes.get(end).filter(|byte| !byte.is_ascii()).and_then(|_| text.get(end..)?.chars().next()) else {
            break;
        };
        // A fraction such as “½” is a word of its own after digits and before letters.
        let fraction = matches!(next, '¼' | '½' | '¾');
        if !(next.is_alphabetic() || next == '\u{ad}' || fraction && end == at) {
            break;
        }
        capital |= end == at && next.is_uppercase();
        end += next.len_utf8();
        if fraction {
            break;
        }
    }
    if end > at {
        return Lexeme::Word(end, capital);
    }
    let Some(mark) = text.get(at..).and_then(|rest| rest.chars().next()) else {
        return Lexeme::Gap(at + 1, Gap::Mark);
    };
    let gap = match mark {
        '’' | '‘' | 'ʼ' => Gap::Apostrophe,
        '\u{2010}' | '\u{2011}' => Gap::Hyphen,
        '–' | '—' | '−' => Gap::Dash,
        '…' => Gap::Stop,
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Gap::Space,
        _ if mark.is_whitespace() => Gap::Space,
        _ => Gap::Mark,
    };
    Lexeme::Gap(at + mark.len_utf8(), gap)
}

fn digits(bytes: &[u8], range: Range<usize>, gap: Gap) -> Word {
    let count = range.len();
    let value = bytes.get(range.clone()).unwrap_or_default().iter();
    // Longer numbers are no year, day or duration; they are held as the largest number.
    let number = if count > 9 { u32::MAX } else { value.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')) };
    Word { start: range.start, end: range.end, gap, id: 0, begins: Lists::default(), digits: count.min(99) as u8, number, capital: false }
}

fn run(bytes: &[u8], from: usize, holds: impl Fn(&u8) -> bool) -> usize {
    from + bytes.get(from..).unwrap_or_default().iter().take_while(|byte| holds(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::{Gap, split};
    use crate::language::time::vocabulary::TimeWords;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Gap)]) {
        let words = split(text, &TimeWords::new(|_| Vec::new()));
        let found: Vec<_> = words.iter().map(|word| (&text[word.start..word.end], word.gap)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn white_space_of_any_kind_is_one_gap() {
        check("by\u{a0}June\n 2029", &[("by", Gap::Stop), ("June", Gap::Space), ("2029", Gap::Space)]);
        check("by\u{202f}2029", &[("by", Gap::Stop), ("2029", Gap::Space)]);
    }

    #[test]
    fn marks_between_words_are_told_apart() {
        check("d’ici l'an", &[("d", Gap::Stop), ("ici", Gap::Apostrophe), ("l", Gap::Space), ("an", Gap::Apostrophe)]);
        check("mid-2029", &[("mid", Gap::Stop), ("2029", Gap::Hyphen)]);
        check("2026–2030", &[("2026", Gap::Stop), ("2030", Gap::Dash)]);
        check("2026 - 2030", &[("2026", Gap::Stop), ("2030", Gap::Dash)]);
        check("years' time", &[("years", Gap::Stop), ("time", Gap::Space)]);
        check("4½ 4.5 1/2", &[("4", Gap::Stop), ("½", Gap::Glued), ("4", Gap::Space), ("5", Gap::Point), ("1", Gap::Space), ("2", Gap::Slash)]);
        check("the 5th", &[("the", Gap::Stop), ("5", Gap::Space), ("th", Gap::Glued)]);
        check("Act, (2010). Été", &[("Act", Gap::Stop), ("2010", Gap::Mark), ("Été", Gap::Mark)]);
        check("end. By; so", &[("end", Gap::Stop), ("By", Gap::Period), ("so", Gap::Stop)]);
    }
}
