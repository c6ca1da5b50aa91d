//! Where sentences end.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::prose::{Prose, WordRange};

/// Abbreviations after whose full stop a sentence goes on.
const ABBREVIATIONS: [&str; 30] = [
    "no", "nos", "art", "arts", "para", "paras", "p", "pp", "cap", "sec", "ch", "vol", "ed", "eds", "mr", "ms", "mrs", "dr", "prof", "st", "e.g",
    "i.e", "cf", "par", "párr", "núm", "n.º", "inc", "approx", "al",
];

/// The sentences of a range, without the white space between them.
pub fn sentences(prose: &Prose, range: WordRange) -> Vec<WordRange> {
    let text = prose.slice(range);
    let mut sentences: Vec<WordRange> = Vec::new();
    let mut goes_on = false;
    for (start, piece) in text.split_sentence_bound_indices() {
        let piece_range = WordRange { start: range.start + start as u32, end: range.start + (start + piece.len()) as u32 };
        match sentences.last_mut() {
            Some(last) if goes_on => last.end = piece_range.end,
            _ => sentences.push(piece_range),
        }
        goes_on = ends_in_abbreviation(piece) || !piece.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '’', '»', ')', '…']);
    }
    let trimmed = sentences.into_iter().map(|sentence| prose.trim(sentence));
    trimmed.filter(|sentence| !sentence.is_empty()).collect()
}

fn ends_in_abbreviation(piece: &str) -> bool {
    let Some(before) = piece.trim_end().strip_suffix('.') else { return false };
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
