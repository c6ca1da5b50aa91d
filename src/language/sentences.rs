//! Where sentences end.

use crate::text::prose::{Prose, WordRange};

/// Abbreviations after whose full stop a sentence goes on.
const ABBREVIATIONS: [&str; 30] = [
    "no", "nos", "art", "arts", "para", "paras", "p", "pp", "cap", "sec", "ch", "vol", "ed", "eds", "mr", "ms", "mrs", "dr", "prof", "st", "e.g", "i.e", "cf",
    "par", "párr", "núm", "n.º", "inc", "approx", "al",
];

/// The sentences of a range, without the white space between them. A sentence ends at a full stop, a question mark or an
/// exclamation mark before white space, unless small letters or an abbreviation say that it goes on.
pub fn sentences(prose: &Prose, range: WordRange) -> Vec<WordRange> {
    let text = prose.slice(range);
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()) {
        let full_stop = text.as_bytes().get(at) == Some(&b'.');
        let after = text.get(at + 1..).unwrap_or_default();
        let closed = after.trim_start_matches(['"', '”', '’', '»', ')', '\'', ']']);
        let end = text.len() - closed.len();
        let next = closed.trim_start();
        let goes_on = closed.starts_with(|c: char| !c.is_whitespace())
            || next.starts_with(char::is_lowercase)
            || (full_stop && ends_in_abbreviation(text.get(start..at).unwrap_or_default()));
        if !goes_on && end > start {
            sentences.push(WordRange { start: range.start + start as u32, end: range.start + end as u32 });
            start = end;
        }
    }
    sentences.push(WordRange { start: range.start + start as u32, end: range.end });
    let trimmed = sentences.into_iter().map(|sentence| prose.trim(sentence));
    trimmed.filter(|sentence| !sentence.is_empty()).collect()
}

/// Whether the words before a full stop end in an abbreviation.
fn ends_in_abbreviation(before: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default().to_lowercase();
    // A single letter is an initial.
    ABBREVIATIONS.contains(&last.as_str()) || last.chars().count() == 1 && last.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut prose = Prose::default();
        prose.push(text, 0..text.len());
        let found: Vec<&str> = sentences(&prose, WordRange::new(0..text.len())).into_iter().map(|range| prose.slice(range)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_sentence_ends_at_its_full_stop() {
        check("One. Two! Three?", &["One.", "Two!", "Three?"]);
        check("It rose\nto 4.5 per cent. Then it fell.", &["It rose\nto 4.5 per cent.", "Then it fell."]);
    }

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        check("See Convention No. 182 and para. 27. Then art. 5.", &["See Convention No. 182 and para. 27.", "Then art. 5."]);
        check("Mr. A. Kor spoke.", &["Mr. A. Kor spoke."]);
    }
}
