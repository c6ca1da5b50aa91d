//! What holds of every text, however odd or long: it is read, and places lie in it. How the time grows is for `benches/lint.rs`.

use super::super::{Times, read};
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
            check(&text, &times);
        }
    }
}

/// What is found in a text are places of it, and none is empty.
#[track_caller]
fn check(text: &str, times: &Times) {
    let deadlines = times.deadlines.iter().map(|deadline| &deadline.words);
    for range in deadlines.chain(&times.vague).chain(&times.periodic).chain(&times.timetable) {
        assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()), "{range:?} of {} bytes", text.len());
    }
}

#[test]
fn a_long_run_of_the_same_words_is_read() {
    for piece in ["by the end of ", "promptly ", "within ", "that 2029 ", "in 2026 ", "the the next ", "presidential and ", "2029-", "\u{301}"] {
        let text = format!("before {}", piece.repeat(100_000 / piece.len()));
        check(&text, &read(&text, words("en"), review()));
    }
}
