//! Whatever the text: it is read without a panic, and every place that is reported lies on characters and leads back to its words.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use proptest::prelude::*;
use upr_lint::brief::review::{Review, ReviewDate};
use upr_lint::builtin;
use upr_lint::check;
use upr_lint::diagnostic::{Diagnostic, Fix};
use upr_lint::fixes::{self, Which, ignores};
use upr_lint::rules::single::Judge;
use upr_lint::text::lines::Encoding;
use upr_lint::text::{Source, Span};
use upr_lint::words::Language;

/// Pieces from which a brief, or something like one, is put together.
fn piece() -> impl Strategy<Value = String> {
    let markdown = prop::sample::select(vec![
        "# ", "## ", "### ", "- ", "1. ", "> ", "**", "*", "_", "`", "[", "](x)", "![", "|", "|---|\n", "\n", "\n\n", "\r\n", "  \n", "<br>", "<!-- ", " -->",
        "---\n", "[^1]", "[^1]: ", "&amp;", "\\", "    ", "\t", "~~", "<div>", "```\n",
    ]);
    let words = prop::sample::select(vec![
        "Recommendations",
        "Recommendations:",
        "Issue 1: ",
        "Questions",
        "We recommend that Zemland ",
        "Ratify ",
        "Continue efforts ",
        "Consider ratifying ",
        "rejected 3 recommendations",
        "UPR Committee",
        "binding recommendations",
        "It refused to accept the recommendation",
        "within one year",
        "<!-- upr-ignore tone: x -->",
        "<!-- upr-ignore tone until 2020-01: x -->",
        "by May 2028",
        "within two years",
        "54th session",
        "5 November 2026",
        "UPR of Kenya",
        "62 %",
        "Amina Kor, 12, ",
        "zcrc@zcrc.example",
        "upr: skip",
        "upr: end",
        "upr-ignore time-bound: x",
        "upr-ignore-start specific",
        "upr-ignore-end",
        "CRC/C/KEN/CO/4",
        "state: Kenya",
        "lang: fr",
        "should ",
        "l’État",
        "Nous recommandons à l’État de :",
        "; and ",
        ". ",
        "?",
        "!",
        "[name of State]",
        "4½",
        "№",
        "é",
        "e\u{301}",
        "😀",
        "漢字",
        "\u{202e}",
        "\u{200b}",
        "\u{feff}",
        "\u{a0}",
    ]);
    prop_oneof![4 => markdown.prop_map(str::to_owned), 5 => words.prop_map(str::to_owned), 2 => any::<String>(), 2 => "[ -~]{0,20}"]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

fn is_place(source: &Source, span: Span) -> bool {
    span.start <= span.end && source.text().get(span.range()).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn any_text_is_assessed_and_every_place_is_one(text in text(), language in prop::sample::select(vec![None, Some(Language::English), Some(Language::French)])) {
        let assessed = Judge::new(builtin::rulebook()).assess(&text, language, ReviewDate::parse("2026-11"));
        let reading = &assessed.reading;
        let bytes = reading.deadline().map(|(place, _)| place).into_iter().chain(reading.times.vague.iter().map(|place| reading.place(place)));
        let read = [Some(reading.action.verb), reading.acts.named, reading.acts.outright].into_iter().flatten();
        let found = reading.quantities.iter().map(|quantity| quantity.place).chain(assessed.names.iter().map(|name| name.place));
        let said = assessed.findings.iter().map(|finding| finding.words).chain(assessed.letters.all().flat_map(|(_, verdict)| verdict.words.clone()));
        for place in bytes.chain(read).chain(found).chain(said) {
            prop_assert!(text.get(place.range()).is_some(), "{place:?}");
        }
    }

    #[test]
    fn any_text_is_linted_and_every_place_is_one(text in text()) {
        let source = Source::new("any.md", text);
        let checked = check(&source, builtin::rulebook(), &Review::default());
        for diagnostic in checked.diagnostics.iter().chain(checked.silenced.iter().map(|silenced| &silenced.diagnostic)) {
            prop_assert!(is_place(&source, diagnostic.span), "{diagnostic:?}");
            prop_assert!(diagnostic.labels.iter().all(|label| is_place(&source, label.span)));
            prop_assert!(!diagnostic.message.is_empty());
            prop_assert!(diagnostic.fix.as_ref().is_none_or(|fix| is_place(&source, fix.span)));
        }
        let order: Vec<_> = checked.diagnostics.iter().map(|diagnostic| (diagnostic.span.start, diagnostic.rule.clone())).collect();
        prop_assert!(order.is_sorted(), "findings come in order");
    }

    #[test]
    fn words_lead_back_to_the_bytes_that_they_came_from(text in text()) {
        let source = Source::new("any.md", text);
        let checked = check(&source, builtin::rulebook(), &Review::default());
        let prose = &checked.document.prose;
        for block in &checked.document.blocks {
            for word in prose.slice(block.words).split_whitespace() {
                let start = word.as_ptr() as usize - prose.text().as_ptr() as usize;
                let range = upr_lint::text::prose::WordRange::new(start..start + word.len());
                let back = source.slice(prose.span(range));
                // Between the bytes of a word there may be markup, escapes and entities.
                let mut letters = back.chars();
                let led = word.chars().filter(|c| c.is_alphanumeric()).all(|wanted| letters.any(|letter| letter == wanted));
                prop_assert!(led || back.contains('&') || back.contains('\0'), "{word:?} led to {back:?}");
            }
        }
        for recommendation in &checked.brief.recommendations {
            prop_assert!(!prose.slice(recommendation.words).trim().is_empty());
        }
    }

    #[test]
    fn two_runs_say_the_same(text in text()) {
        let run = || check(&Source::new("any.md", text.clone()), builtin::rulebook(), &Review::default()).diagnostics;
        prop_assert_eq!(run(), run());
    }

    #[test]
    fn places_round_trip_in_every_encoding(text in text()) {
        let source = Source::new("any.md", text);
        for (offset, character) in source.text().char_indices() {
            // The two bytes of a line ending are one place.
            if matches!(character, '\n' | '\r') && offset > 0 {
                continue;
            }
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let position = source.lines().position(source.text(), offset as u32, encoding);
                prop_assert_eq!(source.lines().offset(source.text(), position, encoding), offset as u32);
            }
        }
    }
}

proptest! {
    // Each case checks its text several times.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn any_text_is_mended_once_and_keeps_what_stands_outside_the_fixes(text in text(), which in prop::sample::select(vec![Which::Safe, Which::SafeAndUnsafe])) {
        let (book, review) = (builtin::rulebook(), Review::default());
        let source = Source::new("any.md", text.clone());
        let mended = fixes::apply(&source, book, &review, which, |_| true);
        let again = fixes::apply(&mended.source, book, &review, which, |_| true);
        prop_assert_eq!(mended.source.text(), again.source.text());
        prop_assert!(again.applied.is_empty());
        prop_assert!(mended.skipped.iter().all(|skipped| is_place(&mended.source, skipped.span)));
        if mended.applied.is_empty() {
            prop_assert_eq!(mended.source.text(), text.as_str());
        }
        // Where one round is enough, the text is the old one but for the places of its fixes.
        let takes = |found: &Diagnostic| found.fix.as_deref().filter(|fix| which.takes(fix.applicability)).cloned();
        let mut all: Vec<Fix> = check(&source, book, &review).diagnostics.iter().filter_map(takes).collect();
        all.sort_by_key(|fix| std::cmp::Reverse(fix.span));
        if all.len() == mended.applied.len() && all.windows(2).all(|pair| pair[1].span.end <= pair[0].span.start && pair[0].span != pair[1].span) {
            let mut expected = text;
            for fix in &all {
                expected.replace_range(fix.span.range(), &fix.replacement);
            }
            prop_assert_eq!(mended.source.text(), expected);
        }
    }

    #[test]
    fn any_finding_is_silenced_with_a_reason(text in text()) {
        let (book, review) = (builtin::rulebook(), Review::default());
        let left = |source: &Source| {
            let mut checked = check(source, book, &review);
            checked.diagnostics.retain(|found| found.rule.folder() != "ignore");
            checked
        };
        let source = Source::new("any.md", text);
        let (silenced, _) = ignores::add(&source, &left(&source), "agreed", book, &review, |_| true);
        let after = Source::new("any.md", silenced.clone());
        let checked = left(&after);
        prop_assert!(checked.diagnostics.is_empty(), "{silenced:?} {:?}", checked.diagnostics);
        prop_assert_eq!(ignores::add(&after, &checked, "agreed", book, &review, |_| true).0, silenced);
    }
}
