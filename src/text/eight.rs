//! Eight bytes of a text at once, without a branch for each: most of a brief is short words of ASCII letters.

const ONES: u64 = u64::from_ne_bytes([1; 8]);

/// The highest bit of each of eight bytes.
pub const HIGH: u64 = 0x80 * ONES;

/// The highest bit of each byte that lies between two of ASCII, both counted.
fn between(eight: u64, first: u8, last: u8) -> u64 {
    let low = eight & !HIGH;
    let from_first = low + (0x80 - u64::from(first)) * ONES;
    let past_last = low + (0x7F - u64::from(last)) * ONES;
    from_first & !past_last & !eight & HIGH
}

/// The bytes with small letters for the capital ones of ASCII.
pub fn small(eight: u64) -> u64 {
    eight | between(eight, b'A', b'Z') >> 2
}

/// How many of the first bytes are letters of ASCII.
pub fn letters(eight: u64) -> usize {
    let others = !between(eight | (0x20 * ONES), b'a', b'z') & HIGH;
    (others.trailing_zeros() / u8::BITS) as usize
}

/// How many bytes at the beginning of a text are letters of ASCII.
pub fn letters_ahead(text: &[u8]) -> usize {
    let mut count = 0;
    let (eights, rest) = text.as_chunks();
    for eight in eights {
        let letters = letters(u64::from_le_bytes(*eight));
        count += letters;
        if letters < eight.len() {
            return count;
        }
    }
    count + rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eight_bytes_at_once_are_as_one_after_the_other(bytes in proptest::collection::vec(prop_oneof![Just(b'a'), Just(b'Z'), any::<u8>()], 0..40), at in 0_usize..32) {
            prop_assert_eq!(letters_ahead(&bytes), bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count());
            if let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
                prop_assert_eq!(small(u64::from_le_bytes(*eight)).to_le_bytes().to_vec(), eight.to_ascii_lowercase());
                prop_assert_eq!(letters(u64::from_le_bytes(*eight)), eight.iter().take_while(|byte| byte.is_ascii_alphabetic()).count());
            }
        }
    }
}
