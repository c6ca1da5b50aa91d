//! Plain words, nearly all of a brief, are set at once and not letter by letter. A test in `lines` holds that this changes nothing.

use super::{LONGEST_ABBREVIATION, Setter};

/// No two letters that are drawn as one are narrower than both by so much, in 2048ths of an em.
const NARROWING: u32 = 128;

/// Stands for whatever is no full stop of an abbreviation among the characters before: it makes no difference what.
const LETTER: char = 'x';

impl Setter<'_, '_> {
    /// Sets a plain word, with the space after it, all at once; or does nothing, if a style or a footnote changes in it, or if it is
    /// wider than the line.
    pub(super) fn word(&mut self, at: u32, text: &str) -> bool {
        let Some(style) = self.face else { return false };
        let end = at + text.len() as u32;
        let turns = self.press.turns.get(self.turn).is_some_and(|(place, ..)| *place < end);
        let cites = self.press.document.notes.get(self.note).is_some_and(|note| note.at < end);
        let begins = self.before.1.is_whitespace();
        if turns || cites || !(begins || self.before.1 == '-') {
            return false;
        }
        let word = text.strip_suffix(' ').unwrap_or(text);
        let (width, narrowing) = self.press.typeface.word(style, word);
        let size = self.manner.size;
        if self.piece_line + self.piece_gap + width * size > self.limit {
            return false;
        }
        self.piece_words += u32::from(begins);
        self.piece_line += std::mem::take(&mut self.piece_gap) + (width - narrowing) * size;
        let mut last = word.chars().rev();
        self.before = match (last.next(), last.next()) {
            (Some(last), Some(earlier)) => (earlier, last),
            (Some(last), None) => (self.before.1, last),
            _ => self.before,
        };
        if word.len() < text.len() {
            self.piece_gap += self.space;
            self.before = (self.before.1, ' ');
        }
        true
    }

    /// Sets the words at the beginning of `text` that are made of letters and figures, each with one mark at most, and with a space after
    /// it at which the line may end; the first letter stands at `start`, and at `change` something begins or ends that is no plain word.
    /// Says how many bytes it has set: all of them are pieces of their own.
    pub(super) fn words(&mut self, start: u32, text: &str, change: u32) -> usize {
        let Some(letters) = self.face.and_then(|style| self.press.letters.get(style)) else { return 0 };
        let turn = self.press.turns.get(self.turn).map_or(u32::MAX, |&(place, ..)| place);
        let note = self.press.document.notes.get(self.note).map_or(u32::MAX, |note| note.at);
        let until = change.min(turn).min(note);
        let size = self.manner.size;
        let mut set = 0;
        // After the full stop of an abbreviation the line may not end.
        while self.before.1 == ' ' && self.before.0 != '.' {
            let rest = text.as_bytes().get(set..).unwrap_or_default();
            let (length, width) = letters.word(rest);
            let (mark, after) = match rest.get(length..) {
                Some(&[mark @ (b'.' | b',' | b';' | b':' | b')'), b' ', ref after @ ..]) => (Some(mark), after),
                Some([b' ', after @ ..]) => (None, after),
                _ => break,
            };
            let width = (width + mark.map_or(0, |mark| letters.mark(mark))) * size;
            let place = start + set as u32;
            let end = rest.len() - after.len();
            let room = self.limit.saturating_sub(NARROWING * length as u32 * size);
            if length == 0 || !letters.begin(after) || place + end as u32 > until || width > room {
                break;
            }
            self.join();
            self.piece = place;
            self.end = place;
            self.piece_words = 1;
            self.piece_line = width;
            self.piece_gap = self.space;
            let ends_abbreviation = mark == Some(b'.') && length <= LONGEST_ABBREVIATION;
            self.before = (if ends_abbreviation { '.' } else { LETTER }, ' ');
            set += end;
        }
        set
    }
}
