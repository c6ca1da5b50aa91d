//! Folds long lines at spaces. A paragraph of a brief is one line of a thousand characters; a terminal has a hundred columns.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// The fewest columns into which anything is folded: below that, words would be cut more often than not.
const NARROWEST: usize = 20;

fn width_of(character: char) -> usize {
    // A control character is shown as a replacement character, which is one column wide; a tab as one space.
    character.width().unwrap_or(1)
}

/// The rows of a line: ranges of bytes that follow on each other. The space at which a row ends belongs to it. A word that is wider
/// than a row is cut, but never between a letter and the accents that follow it.
pub(super) fn rows(line: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(NARROWEST);
    let mut rows = Vec::new();
    let mut start = 0;
    let mut columns = 0;
    // The last place in this row at which a new one may begin, with the columns up to there.
    let mut space = None;
    for (at, character) in line.char_indices() {
        let own = width_of(character);
        if !character.is_whitespace() && columns + own > width && at > start && own > 0 {
            let (end, before) = space.take().unwrap_or((at, columns));
            rows.push(start..end);
            start = end;
            columns -= before;
        }
        columns += own;
        if character.is_whitespace() {
            space = Some((at + character.len_utf8(), columns));
        }
    }
    rows.push(start..line.len());
    rows
}

/// A text in lines of this width; every line after the first begins with `indent`.
pub(super) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for paragraph in text.lines() {
        for row in rows(paragraph, width.saturating_sub(indent.len())) {
            if !wrapped.is_empty() {
                wrapped.push('\n');
                wrapped.push_str(indent);
            }
            wrapped.push_str(paragraph.get(row).unwrap_or_default().trim());
        }
    }
    wrapped
}

/// The columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, width: usize, expected: &[&str]) {
        let found: Vec<&str> = rows(line, width).into_iter().map(|row| &line[row]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_folded_after_a_space() {
        check("", 20, &[""]);
        check("one two", 20, &["one two"]);
        check("12345 78901 34567 901", 20, &["12345 78901 34567 ", "901"]);
        check("12345 78901 34567 90", 20, &["12345 78901 34567 90"]);
        check("12345678901234567890 x", 20, &["12345678901234567890 ", "x"]);
    }

    #[test]
    fn a_word_wider_than_a_row_is_cut_between_letters() {
        check("1234567890123456789012345", 20, &["12345678901234567890", "12345"]);
        check("123456789012345678é\u{301}0 x", 20, &["123456789012345678é\u{301}0 ", "x"]);
        check("1234567890123456789e\u{301}0", 20, &["1234567890123456789e\u{301}", "0"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        check("一二三四五六七八九十一二", 20, &["一二三四五六七八九十", "一二"]);
        assert_eq!(columns("一é"), 3);
    }

    #[test]
    fn paragraphs_keep_their_lines_and_are_indented() {
        assert_eq!(wrap("one two three four five six seven", 22, "  "), "one two three four\n  five six seven");
        assert_eq!(wrap("one\ntwo", 40, "    "), "one\n    two");
    }
}
