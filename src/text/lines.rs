//! From bytes to lines and columns and back: the one home of that arithmetic.
//!
//! A line ends at `\n`, `\r\n` or a lone `\r`, as CommonMark and the Language Server Protocol have it. Columns are counted in the
//! units of an [`Encoding`]; both conversions clamp to the line and to whole characters, so they never point inside one.

/// The unit in which columns are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units.
    Utf16,
    /// Unicode scalar values: what a person would call characters.
    Utf32,
}

impl Encoding {
    fn width(self, character: char) -> u32 {
        match self {
            Encoding::Utf8 => character.len_utf8() as u32,
            Encoding::Utf16 => character.len_utf16() as u32,
            Encoding::Utf32 => 1,
        }
    }
}

/// A place as line and column, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// The column, from 0, in the units of an [`Encoding`].
    pub column: u32,
}

/// Where each line of a text begins.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// The first byte of each line; the first entry is 0.
    starts: Vec<u32>,
    /// Places on the way through lines that are longer than [`STEP`], in order: no column is counted from farther away.
    marks: Vec<Mark>,
}

/// Bytes between two marks. A paragraph that is written on one line is shorter.
const STEP: usize = 4096;

/// A place in a long line with its columns.
#[derive(Clone, Copy, Debug)]
struct Mark {
    offset: u32,
    utf16: u32,
    utf32: u32,
}

impl LineIndex {
    /// The index of `text`.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        // The first half of `\r\n` ends no line yet.
        let ends = |at: &usize| bytes.get(*at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n');
        let starts = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends).map(|at| at as u32 + 1);
        let mut index = LineIndex { starts: std::iter::once(0).chain(starts).collect(), marks: Vec::new() };
        let ends = index.starts.iter().skip(1).copied().chain([text.len() as u32]);
        let is_long = |(start, end): &(u32, u32)| (end - start) as usize > STEP;
        let long: Vec<u32> = index.starts.iter().copied().zip(ends).filter(is_long).map(|(start, _)| start).collect();
        for start in long {
            index.mark(text, start);
        }
        index
    }

    /// Sets the marks of the line that begins at this byte.
    fn mark(&mut self, text: &str, start: u32) {
        let line = self.text(text, self.line(start));
        let (mut utf16, mut utf32) = (0, 0);
        let mut next = STEP;
        for (at, character) in line.char_indices() {
            if at >= next {
                self.marks.push(Mark { offset: start + at as u32, utf16, utf32 });
                next = at + STEP;
            }
            utf16 += character.len_utf16() as u32;
            utf32 += 1;
        }
    }

    /// The last place in a line, by byte and column, of which `is_before` is true; its beginning without such a mark.
    fn near(&self, line: u32, encoding: Encoding, is_before: impl Fn(u32, u32) -> bool) -> (u32, u32) {
        let start = self.start(line).unwrap_or(0);
        let end = self.start(line + 1).unwrap_or(u32::MAX);
        let place = |mark: &Mark| match encoding {
            Encoding::Utf8 => (mark.offset, mark.offset - start),
            Encoding::Utf16 => (mark.offset, mark.utf16),
            Encoding::Utf32 => (mark.offset, mark.utf32),
        };
        let first = self.marks.partition_point(|mark| mark.offset < start);
        let marks = self.marks.get(first..).unwrap_or_default();
        let after = marks.partition_point(|mark| {
            let (offset, column) = if mark.offset < end { place(mark) } else { return false };
            is_before(offset, column)
        });
        after.checked_sub(1).and_then(|at| marks.get(at)).map_or((start, 0), place)
    }

    /// The number of lines; an empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, that holds the byte `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1) as u32
    }

    /// The first byte of `line` (from 0), or `None` past the last line.
    pub fn start(&self, line: u32) -> Option<u32> {
        self.starts.get(line as usize).copied()
    }

    /// The bytes of `line` (from 0) in `text`, without its line ending; empty past the last line.
    pub fn text<'a>(&self, text: &'a str, line: u32) -> &'a str {
        let Some(start) = self.start(line) else { return "" };
        let end = self.start(line + 1).unwrap_or(text.len() as u32);
        text.get(start as usize..end as usize).unwrap_or_default().trim_end_matches(['\r', '\n'])
    }

    /// What stands in `line` from the byte `offset` of the text on.
    fn rest<'a>(&self, text: &'a str, line: u32, offset: u32) -> &'a str {
        let start = self.start(line).unwrap_or(0);
        self.text(text, line).get((offset - start) as usize..).unwrap_or_default()
    }

    /// The position of the byte `offset`, which is moved back to the beginning of its character and to the end of its line if need be.
    pub fn position(&self, text: &str, offset: u32, encoding: Encoding) -> Position {
        let line = self.line(offset);
        let (mut at, mut column) = self.near(line, encoding, |mark, _| mark <= offset);
        for character in self.rest(text, line, at).chars() {
            at += character.len_utf8() as u32;
            if at > offset {
                break;
            }
            column += encoding.width(character);
        }
        Position { line, column }
    }

    /// The byte at `position`; a column past the end of the line gives its end, a line past the last gives the end of the text.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> u32 {
        if self.start(position.line).is_none() {
            return text.len() as u32;
        }
        let (mut offset, mut column) = self.near(position.line, encoding, |_, mark| mark <= position.column);
        for character in self.rest(text, position.line, offset).chars() {
            column += encoding.width(character);
            if column > position.column {
                break;
            }
            offset += character.len_utf8() as u32;
        }
        offset
    }
}

/// A place that moves through a text from front to back. Each step costs only the text since the last one, so that a thousand
/// places on one long line cost no more than reading it once.
#[derive(Clone, Copy, Debug)]
pub struct Walk<'a> {
    index: &'a LineIndex,
    text: &'a str,
    encoding: Encoding,
    offset: u32,
    position: Position,
}

impl<'a> Walk<'a> {
    /// A walk that begins at the beginning of `text`.
    pub fn new(index: &'a LineIndex, text: &'a str, encoding: Encoding) -> Walk<'a> {
        Walk { index, text, encoding, offset: 0, position: Position { line: 0, column: 0 } }
    }

    /// The position of the byte `offset`, as [`LineIndex::position`] gives it. Going back is allowed; it is counted anew.
    pub fn to(&mut self, offset: u32) -> Position {
        let line = self.index.line(offset);
        if line != self.position.line || offset < self.offset {
            let (near, column) = self.index.near(line, self.encoding, |mark, _| mark <= offset);
            self.offset = near;
            self.position = Position { line, column };
        }
        for character in self.index.rest(self.text, line, self.offset).chars() {
            if self.offset + character.len_utf8() as u32 > offset {
                break;
            }
            self.offset += character.len_utf8() as u32;
            self.position.column += self.encoding.width(character);
        }
        self.position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_has_the_same_columns_with_its_marks() {
        let long = "aé😀\u{301} ".repeat(2000);
        let text = format!("short é\n{long}\r\n\n{long}{long}\nend");
        let marked = LineIndex::new(&text);
        let plain = LineIndex { marks: Vec::new(), ..marked.clone() };
        assert!(marked.marks.len() > 10 && marked.starts == plain.starts);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut walk = Walk::new(&marked, &text, encoding);
            let near_marks = marked.marks.iter().flat_map(|mark| mark.offset - 5..mark.offset + 5);
            for offset in near_marks.clone().chain((0..=text.len() as u32 + 1).step_by(977)).chain(near_marks.rev()) {
                let position = plain.position(&text, offset, encoding);
                assert_eq!(marked.position(&text, offset, encoding), position, "{encoding:?} {offset}");
                assert_eq!(walk.to(offset), position, "{encoding:?} {offset}");
                for column in [position.column, position.column + 1, u32::MAX] {
                    let position = Position { column, ..position };
                    assert_eq!(marked.offset(&text, position, encoding), plain.offset(&text, position, encoding), "{encoding:?} {position:?}");
                }
            }
        }
    }

    #[test]
    fn a_walk_gives_the_same_positions_forwards_and_backwards() {
        let text = "\u{feff}é x\r\n😀\ra\n\nlast";
        let index = LineIndex::new(text);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut walk = Walk::new(&index, text, encoding);
            let there = 0..=text.len() as u32 + 1;
            for offset in there.clone().chain(there.rev()) {
                assert_eq!(walk.to(offset), index.position(text, offset, encoding), "{encoding:?} {offset}");
            }
        }
    }

    #[track_caller]
    fn check(text: &str, offset: u32, line: u32, columns: [u32; 3]) {
        let index = LineIndex::new(text);
        for (encoding, column) in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].into_iter().zip(columns) {
            let position = Position { line, column };
            assert_eq!(index.position(text, offset, encoding), position, "{encoding:?}");
            assert_eq!(index.offset(text, position, encoding), offset, "{encoding:?} back");
        }
    }

    #[test]
    fn columns_count_bytes_units_or_characters() {
        check("abc", 2, 0, [2, 2, 2]);
        check("é x", 2, 0, [2, 1, 1]);
        check("😀x", 4, 0, [4, 2, 1]);
        check("a\n😀é!", 8, 1, [6, 3, 2]);
    }

    #[test]
    fn all_three_line_endings_end_a_line() {
        check("a\r\nb", 3, 1, [0, 0, 0]);
        check("a\rb", 2, 1, [0, 0, 0]);
        check("a\nb", 2, 1, [0, 0, 0]);
        check("", 0, 0, [0, 0, 0]);
        check("a\n", 2, 1, [0, 0, 0]);
    }

    #[test]
    fn a_place_outside_is_clamped() {
        let text = "é\nb";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 1, Encoding::Utf8), Position { line: 0, column: 0 }, "inside a character");
        assert_eq!(index.offset(text, Position { line: 0, column: 9 }, Encoding::Utf16), 2, "past the line");
        assert_eq!(index.offset(text, Position { line: 7, column: 0 }, Encoding::Utf16), 4, "past the text");
        assert_eq!(index.position(text, 99, Encoding::Utf8), Position { line: 1, column: 1 });
    }
}
