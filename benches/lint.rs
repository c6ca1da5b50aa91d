//! What each stage costs on a brief of a little over two pages, beside reading the same Markdown with `pulldown_cmark` alone; and how the cost grows.
//!
//! `cargo bench` runs it and prints the ratio of the whole to `pulldown_cmark` alone, and what a byte costs in small and large texts.

#![allow(clippy::print_stdout, clippy::expect_used, missing_docs, reason = "a program of the workshop, not of its users")]

use std::time::{Duration, Instant};

use divan::{Bencher, black_box};
use upr_lint::brief::review::Review;
use upr_lint::builtin;
use upr_lint::rules::Rulebook;
use upr_lint::text::Source;
use upr_lint::{brief, check, language, markdown, pages};

fn main() {
    ratio();
    growth();
    growth_of_odd_texts();
    divan::main();
}

/// A brief of a little over two pages: the sample with its issues four times.
fn text() -> String {
    let sample = include_str!("../tests/briefs/sample.md");
    let (head, issues) = sample.split_once("## Issue 1").expect("the sample has an issue");
    format!("{head}{}", format!("## Issue 1{issues}\n").repeat(4))
}

fn source() -> Source {
    Source::new("brief.md", text())
}

fn options() -> pulldown_cmark::Options {
    pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_FOOTNOTES
}

/// The least time of many runs, which says most about the program and least about the machine.
fn least(runs: usize, run: impl Fn()) -> Duration {
    (0..runs).fold(Duration::MAX, |least, _| {
        let start = Instant::now();
        run();
        least.min(start.elapsed())
    })
}

/// Both are run one after the other, so that both see the same machine.
fn ratio() {
    let source = source();
    let book = builtin::rulebook();
    let alone = least(500, || {
        black_box(pulldown_cmark::Parser::new_ext(source.text(), options()).into_offset_iter().count());
    });
    let whole = least(500, || {
        black_box(check(&source, book, &Review::default()));
    });
    let bytes = source.text().len();
    println!("{bytes} bytes: check {whole:?}, pulldown_cmark alone {alone:?}, ratio {:.1}", whole.as_secs_f64() / alone.as_secs_f64());
}

/// What a byte costs in texts of one kilobyte to ten megabytes: about the same in each, since the cost is linear.
fn growth() {
    let book = builtin::rulebook();
    for size in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] {
        let brief = text();
        let long = brief.repeat(size / brief.len() + 1);
        let end = (0..=size).rev().find(|&end| long.is_char_boundary(end)).unwrap_or_default();
        let source = Source::new("brief.md", long.get(..end).unwrap_or_default().to_owned());
        let runs = (10_000_000 / size).clamp(3, 300);
        let time = least(runs, || {
            black_box(check(&source, book, &Review::default()));
        });
        println!("{size:>10} bytes: {:.1} ns a byte", time.as_secs_f64() * 1e9 / size as f64);
    }
}

/// How much more a byte costs in a text that is ten times as long, for texts that say the same thing over and over: about as much.
fn growth_of_odd_texts() {
    let book = builtin::rulebook();
    let cost = |piece: &str, size: usize| {
        let source = Source::new("brief.md", format!("# R\n\n## Recommendations\n\n- Adopt a law before {}\n", piece.repeat(size / piece.len())));
        least(3, || {
            black_box(check(&source, book, &Review::default()));
        })
        .as_secs_f64()
            / size as f64
    };
    for piece in ["by the end of ", "promptly ", "within ", "that 2029 ", "the the next ", "presidential and ", "2029-", "\u{301}", "and train judges, "] {
        println!("{piece:?} over and over: a byte costs {:.1} times as much in 200,000 bytes as in 20,000", cost(piece, 200_000) / cost(piece, 20_000));
    }
}

#[divan::bench]
fn pulldown_cmark_alone(bencher: Bencher<'_, '_>) {
    let source = source();
    bencher.bench(|| pulldown_cmark::Parser::new_ext(source.text(), options()).into_offset_iter().count());
}

#[divan::bench]
fn stage_1_markdown(bencher: Bencher<'_, '_>) {
    let source = source();
    bencher.bench(|| markdown::parse(&source));
}

#[divan::bench]
fn stage_2_words(bencher: Bencher<'_, '_>) {
    let source = source();
    let book = builtin::rulebook();
    let document = markdown::parse(&source);
    bencher.bench(|| brief::words(&source, &document, &book.lexicon, &Review::default()));
}

#[divan::bench]
fn stage_3_brief(bencher: Bencher<'_, '_>) {
    let source = source();
    let book = builtin::rulebook();
    let document = markdown::parse(&source);
    let words = brief::words(&source, &document, &book.lexicon, &Review::default());
    bencher.bench(|| brief::read(&source, &document, &words, &book.lexicon, &book.guide, &Review::default()));
}

#[divan::bench]
fn stage_4_language(bencher: Bencher<'_, '_>) {
    let source = source();
    let book = builtin::rulebook();
    let document = markdown::parse(&source);
    let words = brief::words(&source, &document, &book.lexicon, &Review::default());
    let brief = brief::read(&source, &document, &words, &book.lexicon, &book.guide, &Review::default());
    bencher.bench(|| language::read(&document.prose, &words, &book.lexicon, &book.grammar, &brief));
}

#[divan::bench]
fn pages(bencher: Bencher<'_, '_>) {
    let source = source();
    let document = markdown::parse(&source);
    bencher.bench(|| pages::typeset(&source, &document, &builtin::rulebook().page));
}

/// Times for a thousandfold text should be a thousandfold.
#[divan::bench(args = [1, 10, 100, 1_000], sample_count = 5)]
fn growth_of_pages(bencher: Bencher<'_, '_>, times: usize) {
    let source = Source::new("brief.md", text().repeat(times));
    let document = markdown::parse(&source);
    bencher.bench(|| pages::typeset(&source, &document, &builtin::rulebook().page));
}

#[divan::bench]
fn the_whole_check(bencher: Bencher<'_, '_>) {
    let source = source();
    bencher.bench(|| check(&source, builtin::rulebook(), &Review::default()));
}

#[divan::bench]
fn reading_all_rules() -> Rulebook {
    Rulebook::load(builtin::files()).expect("the built-in rules are right")
}
