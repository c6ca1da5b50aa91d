//! What one recommendation costs by itself: read, judged, written as JSON.
//!
//! `cargo bench --bench assess` runs it. The items per second are recommendations on one processor.

#![allow(missing_docs, reason = "a program of the workshop, not of its users")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use upr_lint::brief::review::ReviewDate;
use upr_lint::builtin;
use upr_lint::language::read_text;
use upr_lint::report::assess::{Row, write};
use upr_lint::rules::single::Judge;

fn main() {
    divan::main();
}

/// The recommendations of the README.
fn texts() -> Vec<&'static str> {
    include_str!("../tests/recommendations.txt").lines().collect()
}

#[divan::bench]
fn reading_alone(bencher: Bencher<'_, '_>) {
    let (book, texts) = (builtin::rulebook(), texts());
    bencher.counter(ItemsCount::new(texts.len())).bench(|| {
        for text in &texts {
            black_box(read_text(text, &book.lexicon, &book.grammar, None));
        }
    });
}

#[divan::bench]
fn with_rules_and_letters(bencher: Bencher<'_, '_>) {
    let (judge, texts) = (Judge::new(builtin::rulebook()), texts());
    bencher.counter(ItemsCount::new(texts.len())).bench(|| {
        for text in &texts {
            black_box(judge.assess(text, None, None));
        }
    });
}

#[divan::bench]
fn with_json(bencher: Bencher<'_, '_>) {
    let (judge, texts) = (Judge::new(builtin::rulebook()), texts());
    let review = ReviewDate::parse("2026-11");
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        out.clear();
        for text in &texts {
            let assessed = judge.assess(text, None, review);
            write(&mut out, &Row { line: 1, text, review, assessed: &assessed });
        }
    });
}
