//! Words as numbers, so that one is found in a table without a walk over its letters.

use crate::text::eight::{HIGH, small};

/// How many bytes of a word are in its key.
pub(super) const WIDTH: usize = 16;

/// The first [`WIDTH`] bytes of a word in small letters, and its length. Two words of no more bytes are the same if their keys are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    low: u64,
    high: u64,
    length: u32,
}

impl Key {
    /// The key of a word, which is made small in `lower` if it needs more than ASCII; and whether it did.
    pub(crate) fn of(word: &str, lower: &mut String) -> (Key, bool) {
        let (low, high) = load(word.as_bytes());
        let is_ascii = (low | high) & HIGH == 0 && (word.len() <= WIDTH || word.is_ascii());
        if is_ascii || is_small_but_for_ascii(word.as_bytes()) {
            return (Key { low: small(low), high: small(high), length: word.len() as u32 }, false);
        }
        make_lower(word, lower);
        let (low, high) = load(lower.as_bytes());
        (Key { low, high, length: lower.len() as u32 }, true)
    }

    /// Whether all of the word is in the key.
    pub(crate) fn is_whole(self) -> bool {
        self.length as usize <= WIDTH
    }

    /// The numbers of a key as they are laid down in a table.
    pub(super) fn pack(self) -> [u32; 5] {
        [self.low as u32, (self.low >> 32) as u32, self.high as u32, (self.high >> 32) as u32, self.length]
    }

    /// Whether these are the numbers of this key.
    pub(super) fn is_packed(self, &[a, b, c, d, length]: &[u32; 5]) -> bool {
        let eight = |low: u32, high: u32| u64::from(low) | u64::from(high) << u32::BITS;
        // One answer at the end: a branch for each number takes more time.
        (self.low ^ eight(a, b)) | (self.high ^ eight(c, d)) | u64::from(self.length ^ length) == 0
    }

    /// A number that is spread over all of its bits, the same on any machine, since the build and the program may run on different ones.
    pub(super) fn hash(self) -> u32 {
        spread(self.low ^ mix(self.high ^ u64::from(self.length)).rotate_left(29))
    }
}

/// Spreads what differs in a few bits over all of them: the golden ratio.
fn mix(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A number of half as many bits that depends on all of them.
pub(super) fn spread(number: u64) -> u32 {
    (mix(number) >> u32::BITS) as u32
}

/// The first bytes of a word, and zeros where it is shorter. No word has a zero in it.
fn load(word: &[u8]) -> (u64, u64) {
    let word = word.get(..WIDTH).unwrap_or(word);
    let bits = 8 * word.len() as u32;
    // Two reads that overlap take the place of a loop over the letters.
    if let (Some(first), Some(last)) = (word.first_chunk::<8>(), word.last_chunk::<8>()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last).checked_shr(128 - bits).unwrap_or(0))
    } else if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        (u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (bits - 32), 0)
    } else if let (Some(first), Some(middle), Some(last)) = (word.first(), word.get(word.len() / 2), word.last()) {
        (u64::from(*first) | u64::from(*middle) << (bits / 16 * 8) | u64::from(*last) << (bits - 8), 0)
    } else {
        (0, 0)
    }
}

/// Whether all of a word that is not ASCII is small letters of Latin-1, as in “é”: nearly all of it is.
fn is_small_but_for_ascii(word: &[u8]) -> bool {
    const LEAD: u8 = 0xC3;
    let mut led = false;
    word.iter().all(|&byte| {
        let small = if led { byte >= 0x9F } else { byte.is_ascii() || byte == LEAD };
        led = !led && byte == LEAD;
        small
    })
}

/// A word in small letters.
pub(super) fn make_lower(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        for character in word.chars() {
            // Most of what is not ASCII is a small letter of Latin-1: “é”.
            if matches!(character, 'ß'..='ÿ') { lower.push(character) } else { lower.extend(character.to_lowercase()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(word: &str) -> Key {
        Key::of(word, &mut String::new()).0
    }

    #[test]
    fn every_byte_of_a_word_is_in_its_key() {
        let letters = "AbCdEfGhIjKlMnOpQrStUv";
        for length in 0..letters.len() {
            let word = letters.get(..length).unwrap();
            let mut bytes = word.to_lowercase().into_bytes();
            bytes.truncate(WIDTH);
            bytes.resize(WIDTH, 0);
            let numbers = key(word).pack();
            let packed: Vec<u8> = numbers.iter().take(4).flat_map(|number| number.to_le_bytes()).collect();
            assert_eq!(packed, bytes, "{word}");
            assert_eq!(numbers[4] as usize, length);
        }
    }

    proptest! {
        #[test]
        fn words_of_one_key_are_the_same_in_small_letters(one in "[@-\\[`-{0-9.éÉß]{0,17}", other in "[aAbB]{0,3}") {
            for (one, other) in [(one.as_str(), other.as_str()), (&one, &one.to_uppercase()), (&one, &one.to_lowercase())] {
                let (mut small_one, mut small_other) = (String::new(), String::new());
                make_lower(one, &mut small_one);
                make_lower(other, &mut small_other);
                let short = small_one.len() <= WIDTH && small_other.len() <= WIDTH;
                if short {
                    prop_assert_eq!(key(one) == key(other), small_one == small_other, "{} {}", one, other);
                }
            }
        }
    }
}
