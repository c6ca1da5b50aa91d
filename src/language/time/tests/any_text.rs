//! What holds of every text, however odd: it is read, in time that grows with its length, and places lie in it.

use std::time::{Duration, Instant};

use super::super::read;
use super::{review, words};

#[test]
fn any_text_is_read_and_its_places_are_places_of_the_text() {
    let pieces = [
        "by",
        "before ",
        "within",
        "2029",
        "30",
        "½",
        "1/2",
        " the ",
        "next ",
        "review",
        "June",
        "’",
        "'",
        "-",
        "–",
        "\n",
        "\u{a0}",
        "é",
        "É",
        "𝟚",
        "\u{301}",
        "99999999999",
        "in",
        "of",
        "end",
        " and ",
        "years",
        ".",
        ",",
        "(",
        "“",
        "no later than",
        "mid-",
        "d’ici à",
        "antes de",
        "5th",
        "\u{feff}",
        "promptly ",
        "are",
        "º",
    ];
    // A generator of its own: the same texts each time, and no crate for it.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(pieces[(state % pieces.len() as u64) as usize]);
            text.push_str(if state & 0x100 == 0 { " " } else { "" });
        }
        for language in ["en", "fr", "es"] {
            let times = read(&text, words(language), review());
            let deadlines = times.deadlines.iter().map(|deadline| &deadline.words);
            for range in deadlines.chain(&times.vague).chain(&times.periodic).chain(&times.timetable) {
                assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()), "{text:?} {range:?}");
            }
        }
    }
}

#[test]
fn long_text_is_read_in_linear_time() {
    for piece in ["by the end of ", "promptly ", "within ", "that 2029 ", "in 2026 ", "the the next ", "presidential and ", "2029-", "\u{301}"] {
        let text = format!("before {}", piece.repeat(200_000 / piece.len()));
        let start = Instant::now();
        read(&text, words("en"), review());
        assert!(start.elapsed() < Duration::from_secs(5), "{piece:?} takes {:?}", start.elapsed());
    }
}
