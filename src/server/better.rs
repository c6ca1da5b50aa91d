//! One better wording of a recommendation, put together from what is known: the fixes of its findings, and a place for a date where
//! it has none that holds. What only the author can know stands in square brackets. Nothing is made up, and where the sentence
//! might come out crooked there is no wording at all.

use std::cmp::Reverse;

use crate::language::Reading;
use crate::rules::Rulebook;
use crate::rules::verdict::{Answer, Letter};
use crate::text::prose::WordRange;
use crate::text::{Source, Span};
use crate::words::Language;
use crate::{markdown, shown};

use super::documents::{Document, Seen};

/// The wording; none if there is nothing to better, or if the words must not be shown.
pub(super) fn wording(document: &Document, seen: &Seen, index: usize, book: &Rulebook) -> Option<String> {
    let reading = seen.checked.readings.get(index)?;
    let prose = &seen.checked.document.prose;
    let source = document.source.text();
    let span = with_marks(source, prose.span(reading.words));
    let text = source.get(span.range())?;
    if seen.hidden.touches(span) || text.contains("<!--") {
        return None;
    }
    let mut edits = Edits { of: span, all: fixes(seen, index, span) };
    let english = seen.checked.brief.language == Language::English;
    let late = seen.checked.letters.get(index)?[Letter::TimeBound].answer == Answer::NotMet;
    let dated = edits.all.iter().any(|edit| edit.1.contains("by "));
    if late && english && !dated {
        edits.date(document, seen, reading, book)?;
    }
    if edits.all.is_empty() {
        return None;
    }
    let edited = edits.apply(source)?;
    let plain = plain(&edited)?;
    let before = shown::plain(&seen.checked, &seen.hidden, reading.words);
    (plain != before && seen.hidden.clean(&plain) == plain).then_some(plain)
}

/// The words of a recommendation with the marks of emphasis around them.
fn with_marks(text: &str, span: Span) -> Span {
    let is_mark = |character: char| matches!(character, '*' | '_');
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let start = before.trim_end_matches(is_mark).len();
    let end = span.end as usize + (after.len() - after.trim_start_matches(is_mark).len());
    Span::new(start..end)
}

/// The fixes of the findings on a recommendation, those of the heaviest first, without what overlaps one of them.
fn fixes(seen: &Seen, index: usize, span: Span) -> Vec<(Span, String)> {
    let mut found: Vec<_> = seen.findings.iter().filter(|finding| finding.recommendation == Some(index)).map(|finding| &finding.diagnostic).collect();
    found.sort_by_key(|found| Reverse(found.severity));
    let mut edits: Vec<(Span, String)> = Vec::new();
    for fix in found.into_iter().filter_map(|found| found.fix.as_deref()).filter(|fix| span.contains(fix.span)) {
        if edits.iter().all(|(taken, _)| fix.span.end < taken.start || taken.end < fix.span.start) {
            edits.push((fix.span, fix.replacement.clone()));
        }
    }
    edits
}

/// Where the author is to write a date.
const PLACE: &str = "by [DATE]";

/// Changes to a recommendation.
struct Edits {
    of: Span,
    all: Vec<(Span, String)>,
}

impl Edits {
    fn take(&mut self, span: Span, new: &str) -> Option<()> {
        let free = self.of.contains(span) && self.all.iter().all(|(taken, _)| span.end <= taken.start || taken.end <= span.start);
        free.then(|| self.all.push((span, new.to_owned())))
    }

    /// Makes a place for a date: instead of one that is too late, else at the end of the sentence.
    fn date(&mut self, document: &Document, seen: &Seen, reading: &Reading, book: &Rulebook) -> Option<()> {
        let prose = &seen.checked.document.prose;
        if let Some((words, _)) = reading.deadline() {
            // The deadline of a lead-in is not the sentence's own.
            return reading.words.contains(words).then(|| self.take(prose.span(words), PLACE))?;
        }
        match reading.times.vague.as_slice() {
            [] => {}
            [vague] => self.leave_out(document, reading.place(vague), seen, reading, book)?,
            _ => return None,
        }
        let text = document.source.slice(self.of);
        let end = text.trim_end_matches(['.', ';', ',', '*', '_', ' ']).len();
        let end = self.of.start + end as u32;
        self.take(Span { start: end, end }, &format!(", {PLACE}"))
    }

    /// Leaves out a vague time with what joins it to the sentence.
    fn leave_out(&mut self, document: &Document, vague: WordRange, seen: &Seen, reading: &Reading, book: &Rulebook) -> Option<()> {
        let prose = &seen.checked.document.prose;
        // Only adverbs can go: “the speedy adoption”, “accelerate the adoption” would lose more than their time.
        if vague.contains(reading.action.verb) || !is_adverb(prose.slice(vague), book) {
            return None;
        }
        let before = prose.slice(WordRange { start: reading.words.start, end: vague.start });
        let after = prose.slice(WordRange { start: vague.end, end: reading.words.end });
        let joined = |word: Option<&str>| word.is_some_and(|word| is_joining(word, book));
        let word = |text: &str| text.chars().all(char::is_alphabetic);
        if joined(before.split_whitespace().next_back()) || joined(after.split_whitespace().next()) || before.ends_with(['-', '(', '“', '"']) {
            return None;
        }
        let source = document.source.text();
        let span = prose.span(vague);
        let rest = source.get(span.end as usize..)?;
        if before.trim().is_empty() {
            // “Promptly ratify”, “As soon as possible, ratify”: the next word begins the sentence.
            let skipped = rest.len() - rest.trim_start_matches([',', ' ', '\n']).len();
            let first = rest.get(skipped..)?.chars().next().filter(|first| first.is_alphabetic())?;
            let end = span.end + (skipped + first.len_utf8()) as u32;
            return self.take(Span { start: span.start, end }, &first.to_uppercase().to_string());
        }
        let lead = source.get(..span.start as usize)?;
        let trimmed = lead.trim_end();
        let both = trimmed.ends_with(',') && rest.trim_start().starts_with([',', '.', ';']);
        let lone = !both && trimmed.ends_with(',') && rest.split_whitespace().next().is_some_and(word);
        let start = if both { trimmed.len() - 1 } else { trimmed.len() };
        let end = if both && rest.starts_with(',') { span.end + 1 } else { span.end };
        if lone {
            return None;
        }
        self.take(Span { start: start as u32, end }, "")
    }

    /// The sentence with its changes.
    fn apply(mut self, source: &str) -> Option<String> {
        self.all.sort_by_key(|(span, _)| *span);
        let mut text = String::new();
        let mut at = self.of.start as usize;
        for (span, new) in &self.all {
            text.push_str(source.get(at..span.start as usize)?);
            text.push_str(new);
            at = span.end as usize;
        }
        text.push_str(source.get(at..self.of.end as usize)?);
        Some(text)
    }
}

/// Whether a vague time is an adverb, which a sentence can do without.
fn is_adverb(text: &str, book: &Rulebook) -> bool {
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    ["vague time", "hurry adverbs", "vague periods"].iter().filter_map(|name| book.lexicon.list(name)).any(|list| {
        let entries = book.lexicon.entries(Language::English, list).iter().any(|entry| entry.phrase.eq_ignore_ascii_case(&spaced));
        entries || book.lexicon.combinations(Language::English, list).iter().any(|phrase| phrase.eq_ignore_ascii_case(&spaced))
    })
}

/// Whether a word joins what stands before it with what comes after: without one of them the sentence is crooked.
fn is_joining(word: &str, book: &Rulebook) -> bool {
    let word = word.trim_matches(|character: char| !character.is_alphabetic());
    let entries = book.lexicon.list("coordinators").map_or(&[][..], |list| book.lexicon.entries(Language::English, list));
    // An article before an adverb belongs to an adjective behind it.
    entries.iter().any(|entry| entry.phrase.eq_ignore_ascii_case(word)) || ["but", "a", "an", "the"].contains(&word.to_ascii_lowercase().as_str())
}

/// The words of a sentence of Markdown; none if marks are left over.
fn plain(text: &str) -> Option<String> {
    let source = Source::new("", text.to_owned());
    let document = markdown::parse(&source);
    let [block] = document.blocks.as_slice() else { return None };
    let plain = document.prose.plain(block.words);
    (!plain.contains("**") && !plain.contains("__")).then_some(plain)
}
