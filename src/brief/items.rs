//! The words of one recommendation or question inside an item, a paragraph, a table cell or a sentence.
//!
//! List marks are gone already; here go what else an author puts before the words ("R1.", "**Issue 2:**", "(a)") and after them
//! ("; and"), and here a run of several is cut into pieces.

use crate::text::prose::{MarkKind, WordRange};
use crate::words::{ListId, Word};

use super::Context;
use super::headings::{counted, counter};

/// An item without its label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Its own words.
    pub(super) words: WordRange,
    /// The label that stood before them, if any.
    pub(super) label: Option<WordRange>,
    /// Whether the label says that this is a recommendation ("R1.", "Recommendation 2:").
    pub(super) is_recommendation: bool,
    /// Whether the label says that this is a question.
    pub(super) is_question: bool,
}

const WORDS_OF_A_LABEL: usize = 10;

/// Takes the labels off an item, and the separator at its end.
pub(super) fn strip(context: &Context<'_>, words: WordRange) -> Item {
    let mut item = Item { words: trim_end(context, words), label: None, is_recommendation: false, is_question: false };
    // "1. **Issue 2:** (a) Ratify": each round takes one label off.
    for _ in 0..4 {
        let before = item.words;
        strip_counter(context, &mut item);
        strip_named_label(context, &mut item);
        strip_bold_label(context, &mut item);
        if item.words == before {
            break;
        }
    }
    item
}

fn trim_end(context: &Context<'_>, words: WordRange) -> WordRange {
    let prose = &context.document.prose;
    let mut words = prose.trim(words);
    let text = prose.slice(words);
    for conjunction in ["; and", "; or", ", and", "; et", "; y", " ; et"] {
        if let Some(rest) = text.strip_suffix(conjunction) {
            words.end = words.start + rest.len() as u32;
            return trim_end(context, words);
        }
    }
    let kept = text.trim_end_matches([';', ' ', '\u{a0}', '\u{202f}', '\n']).len();
    WordRange { start: words.start, end: words.start + kept as u32 }
}

fn after(context: &Context<'_>, words: WordRange, end: u32) -> WordRange {
    let prose = &context.document.prose;
    let rest = prose.trim(WordRange { start: end.min(words.end), end: words.end });
    let text = prose.slice(rest);
    let kept = text.trim_start_matches([':', '.', ')', '–', '—', '-', ']', ' ', '\u{a0}', '\n']);
    WordRange { start: rest.end - kept.len() as u32, end: rest.end }
}

/// "(a)", "b)", "3.", "•".
fn strip_counter(context: &Context<'_>, item: &mut Item) {
    let text = context.document.prose.slice(item.words);
    let bullet = text.trim_start_matches(['•', '–', '—', '-', '▪', '*', '→', ' ', '\u{a0}']);
    if bullet.len() < text.len() {
        item.words.start = item.words.end - bullet.len() as u32;
    }
    let text = context.document.prose.slice(item.words);
    let open = text.strip_prefix(['(', '[']).unwrap_or(text);
    let name = open.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let rest = open.get(name.len()..).unwrap_or_default();
    let closed = rest.starts_with([')', ']']) || (open.len() == text.len() && rest.starts_with(". "));
    let small = name.len() <= 4 && (counter(name).is_some() || is_small_roman(name));
    if small && closed && !name.is_empty() {
        let end = item.words.end - rest.len() as u32;
        item.words = after(context, item.words, end);
    }
}

fn is_small_roman(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

/// "R1.", "Rec. 2:", "Recommendation 3 –", "Question:", "Issue 1:".
fn strip_named_label(context: &Context<'_>, item: &mut Item) {
    let prose = &context.document.prose;
    let guide = &context.guide.lists;
    let first = context.words.numbers(item.words).start;
    let Some(word) = context.words.word(first).filter(|word| word.range().end <= item.words.end) else { return };
    let begins = prose.slice(WordRange { start: item.words.start, end: word.range().start });
    if !begins.chars().all(|c| !c.is_alphanumeric()) {
        return;
    }
    let text = prose.slice(word.range());
    if let Some(digits) = text.strip_prefix(['R', 'Q']).filter(|digits| !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())) {
        let _ = digits;
        let rest = prose.slice(WordRange { start: word.range().end, end: item.words.end });
        if rest.trim_start().starts_with(['.', ':', ')', '–', '—', '-', ']']) || rest.starts_with(' ') {
            return take_label(context, item, word.range(), text.starts_with('R'), text.starts_with('Q'));
        }
    }
    for (list, recommendation, question) in
        [(guide.recommendation_labels, true, false), (guide.question_labels, false, true), (guide.issue_labels, false, false)]
    {
        let Some(label) = label_at(context, list, first, item.words.end) else { continue };
        return take_label(context, item, label, recommendation, question);
    }
}

/// A label with its number and the colon, full stop or dash after it; the number or the colon must be there.
fn label_at(context: &Context<'_>, list: ListId, first: u32, end: u32) -> Option<WordRange> {
    let prose = &context.document.prose;
    let hit = context.words.at(list, first)?;
    let mut label = context.words.range(hit);
    let next = counted(context, hit.last).or_else(|| context.words.word(hit.last));
    let counted = next.filter(|word| {
        let between = prose.slice(WordRange { start: label.end, end: word.range().start });
        let short = between.chars().filter(|c| c.is_alphanumeric()).count() <= 3 && !between.contains([':', ';', '\n']);
        word.range().end <= end && short && counter(prose.slice(word.range())).is_some()
    });
    if let Some(number) = counted {
        label = label.to(number.range());
    }
    let rest = prose.slice(WordRange { start: label.end, end }).trim_start();
    let marks: &[char] = if counted.is_some() { &[':', '.', ')', '–', '—', '-', ']'] } else { &[':', '.'] };
    rest.starts_with(marks).then_some(label)
}

fn take_label(context: &Context<'_>, item: &mut Item, label: WordRange, recommendation: bool, question: bool) {
    let rest = after(context, item.words, label.end);
    if rest.is_empty() {
        return;
    }
    item.label = Some(item.label.map_or(label, |known| known.to(label)));
    item.words = rest;
    item.is_recommendation |= recommendation;
    item.is_question |= question;
}

/// A short bold beginning that ends in a colon: "**Child marriage:** Raise …".
fn strip_bold_label(context: &Context<'_>, item: &mut Item) {
    let prose = &context.document.prose;
    let start = item.words.start;
    let mark = prose.marks(item.words).find(|mark| matches!(mark.kind, MarkKind::Strong | MarkKind::Emphasis));
    let Some(mark) = mark.filter(|mark| mark.words.start == start && mark.words.end <= item.words.end) else { return };
    let bold = prose.slice(mark.words);
    let rest = prose.slice(WordRange { start: mark.words.end, end: item.words.end });
    let colon = bold.trim_end().ends_with(':') || rest.trim_start().starts_with([':', '–', '—']);
    let label = bold.trim_end().ends_with('.') && bold.split_whitespace().count() <= 3 && !opens_with_verb(context, mark.words);
    if (colon || label) && bold.split_whitespace().count() <= WORDS_OF_A_LABEL {
        take_label(context, item, mark.words, false, false);
    }
}

/// Whether words begin as a recommendation does: with a verb in the infinitive, after "to" and adverbs.
pub(super) fn opens_with_verb(context: &Context<'_>, words: WordRange) -> bool {
    let numbers = context.words.numbers(words);
    let mut at = numbers.start;
    let text = |at: u32| context.words.word(at).map_or("", |word: Word| context.document.prose.slice(word.range()));
    while at < numbers.end {
        let adverb = context.words.at(context.guide.lists.opening_adverbs, at);
        if let Some(hit) = adverb {
            at = hit.last;
        } else if matches!(text(at).to_lowercase().as_str(), "to" | "à" | "a" | "de" | "d" | "not" | "ne" | "no") {
            at += 1;
        } else {
            break;
        }
    }
    let word = text(at);
    at < numbers.end && (context.guide.lists.opening_verb(context.words, at).is_some() || is_infinitive(context, word))
}

/// A French or Spanish infinitive by its ending.
pub(super) fn is_infinitive(context: &Context<'_>, word: &str) -> bool {
    let word = word.to_lowercase();
    let endings: &[&str] = match context.words.language {
        crate::words::Language::English => &[],
        crate::words::Language::French => &["er", "ir", "re"],
        crate::words::Language::Spanish => &["ar", "er", "ir", "arse", "erse", "irse"],
    };
    word.chars().count() > 3 && endings.iter().any(|ending| word.ends_with(ending))
}

/// Whether words speak as a recommendation does: a verb first, or "should" and its like near the beginning.
pub(super) fn reads_as_recommendation(context: &Context<'_>, words: WordRange) -> bool {
    if opens_with_verb(context, words) {
        return true;
    }
    let numbers = context.words.numbers(words);
    let beginning = numbers.start..numbers.end.min(numbers.start + 12);
    context.words.hits(beginning).any(|hit| hit.list == context.guide.lists.modal_verbs) || opens_after_clause(context, words)
}

/// "In line with …, amend …": a verb after the first comma.
fn opens_after_clause(context: &Context<'_>, words: WordRange) -> bool {
    let text = context.document.prose.slice(words);
    let clause = text.starts_with(char::is_uppercase) && !text.get(..text.len().min(200)).is_some_and(|beginning| beginning.contains(". "));
    let commas = text.match_indices(", ").take(3);
    clause && commas.into_iter().any(|(comma, _)| opens_with_verb(context, WordRange { start: words.start + comma as u32 + 2, end: words.end }))
}

/// Cuts a run of recommendations at its semicolons.
pub(super) fn cut_at_semicolons(context: &Context<'_>, words: WordRange) -> Vec<WordRange> {
    let prose = &context.document.prose;
    let mut pieces = Vec::new();
    let mut start = words.start;
    for (at, _) in prose.slice(words).match_indices(';') {
        let end = words.start + at as u32;
        pieces.push(WordRange { start, end });
        start = end + 1;
    }
    pieces.push(WordRange { start, end: words.end });
    let trimmed = pieces.into_iter().map(|piece| without_conjunction(context, prose.trim(piece)));
    trimmed.filter(|piece| !piece.is_empty()).collect()
}

/// "and to amend" after a semicolon is "amend".
fn without_conjunction(context: &Context<'_>, piece: WordRange) -> WordRange {
    let prose = &context.document.prose;
    let mut piece = piece;
    for word in ["and ", "et ", "y ", "e ", "to ", "à ", "a ", "de ", "d'", "d\u{2019}"] {
        if let Some(rest) = prose.slice(piece).strip_prefix(word) {
            piece = prose.trim(WordRange { start: piece.end - rest.len() as u32, end: piece.end });
        }
    }
    trim_end(context, piece)
}

/// Cuts a cell or paragraph whose lines each begin with a number, a letter or a bullet; else it stays whole.
pub(super) fn cut_at_marked_lines(context: &Context<'_>, words: WordRange) -> Vec<WordRange> {
    let prose = &context.document.prose;
    let text = prose.slice(words);
    let mut starts = Vec::new();
    let mut offset = 0;
    let breaks: Vec<u32> = prose.marks(words).filter(|mark| mark.kind == MarkKind::HardBreak).map(|mark| mark.words.end).collect();
    for line in text.split_inclusive('\n') {
        let at = words.start + offset;
        let range = WordRange { start: at, end: at + line.len() as u32 };
        let marked = {
            let mut item = Item { words: prose.trim(range), label: None, is_recommendation: false, is_question: false };
            let before = item.words.start;
            strip_counter(context, &mut item);
            strip_named_label(context, &mut item);
            item.words.start != before
        };
        // A line that the author broke by hand begins a piece of its own if it reads as one.
        let broken = breaks.contains(&at);
        let by_hand =
            broken && (reads_as_recommendation(context, range) || prose.slice(WordRange { start: words.start, end: at }).trim_end().ends_with(['.', '?', ';']));
        if offset == 0 || marked || by_hand {
            starts.push(at);
        }
        offset += line.len() as u32;
    }
    let ends = starts.iter().skip(1).copied().chain([words.end]);
    let pieces = starts.iter().zip(ends).map(|(&start, end)| prose.trim(WordRange { start, end }));
    pieces.filter(|piece| !piece.is_empty()).collect()
}
