//! What stands under the mouse: why a rule speaks, what was understood of a recommendation, and a better wording of it.

use std::fmt::Write as _;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use crate::rules::Rulebook;
use crate::rules::suppress::OWN_RULES;
use crate::rules::verdict::{Answer, Verdict};
use crate::shown;
use crate::text::Span;

use super::capabilities::Client;
use super::documents::{Document, Seen};
use super::{better, convert, hints, outline};

/// Characters of the words that earned a letter.
const LONGEST_WORDS: usize = 80;

/// The reasons of the findings here, and the card of the recommendation.
pub(super) fn hover(document: &Document, position: Position, book: &Rulebook, client: &Client) -> Option<Hover> {
    let seen = document.seen()?;
    let at = convert::offset(&document.source, position, client.encoding);
    let here = |span: Span| span.start <= at && at < span.end.max(span.start + 1);
    let style = Style { markdown: client.markdown };
    let mut parts: Vec<String> = Vec::new();
    let mut place: Option<Span> = None;
    for finding in seen.findings.iter().filter(|finding| here(finding.diagnostic.span)) {
        let found = &finding.diagnostic;
        place = place.or(Some(found.span));
        parts.extend(reason(found.rule.as_str(), book, style));
    }
    let spans = seen.checked.brief.recommendations.iter().map(|recommendation| seen.checked.document.prose.span(recommendation.words));
    if let Some((index, span)) = spans.enumerate().find(|(_, span)| here(*span)) {
        place = place.or(Some(span));
        parts.extend(card(document, seen, index, book, style));
    }
    if parts.is_empty() {
        return None;
    }
    let rule = if client.markdown { "\n\n---\n\n" } else { "\n\n" };
    let kind = if client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = HoverContents::Markup(MarkupContent { kind, value: parts.join(rule) });
    Some(Hover { contents, range: place.map(|span| convert::range(&document.source, span, client.encoding)) })
}

/// Why a rule speaks, and on whose word.
fn reason(rule: &str, book: &Rulebook, style: Style) -> Option<String> {
    if let Some((id, _, title)) = OWN_RULES.into_iter().find(|(id, ..)| *id == rule) {
        return Some(format!("{} {}", style.strong(title), style.code(id)));
    }
    let rule = book.rule(rule)?;
    let why = rule.rationale.lines().collect::<Vec<_>>().join(" ");
    let says = rule.says.trim_matches(['“', '”', '"']);
    Some(format!("{} {}\n\n{}\n\n“{says}” ({})", style.strong(&rule.title), style.code(rule.id.as_str()), why.trim(), rule.work))
}

/// The letters of a recommendation with the words that earned them, its deadline, and a better wording.
fn card(document: &Document, seen: &Seen, index: usize, book: &Rulebook, style: Style) -> Option<String> {
    let letters = seen.checked.letters.get(index)?;
    let mut text = format!("{} {}\n", style.strong(&format!("Recommendation {}", index + 1)), style.code(&outline::letters(seen, index)?));
    for (letter, verdict) in letters.all() {
        // Writing to a string does not fail.
        let _ = write!(text, "\n- {} {}: {}{}", style.strong(&letter.initial().to_string()), letter.name(), said(verdict.answer), words(verdict, seen, style));
    }
    if let Some(deadline) = deadline(seen, index, style) {
        let _ = write!(text, "\n\n{deadline}");
    }
    if let Some(wording) = better::wording(document, seen, index, book) {
        let _ = write!(text, "\n\nFor example: {}", style.words(&wording));
    }
    Some(text)
}

fn said(answer: Answer) -> &'static str {
    match answer {
        Answer::Met => "met",
        Answer::NotMet => "not met",
        Answer::CannotTell => "cannot be told",
    }
}

/// The words that earned a letter, as they may be shown.
fn words(verdict: &Verdict, seen: &Seen, style: Style) -> String {
    let shown = verdict.words.iter().map(|&words| {
        let mut text = shown::plain(&seen.checked, &seen.hidden, words);
        if let Some((end, _)) = text.char_indices().nth(LONGEST_WORDS) {
            let end = text.get(..end).and_then(|text| text.rfind(' ')).unwrap_or(end);
            text.truncate(end);
            text.push_str(" …");
        }
        style.words(&text)
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() { String::new() } else { format!(" – {}", shown.join(", ")) }
}

/// By when the recommendation is due, beside the limit.
fn deadline(seen: &Seen, index: usize, style: Style) -> Option<String> {
    let frame = &seen.checked.brief.frame;
    let (_, deadline) = seen.checked.readings.get(index)?.deadline()?;
    let latest = deadline.latest(frame.review.map(|review| review.date));
    let limit = frame.limit();
    Some(match (latest, limit) {
        (Some(latest), Some(limit)) => format!("Due by {} (the limit is {limit}){}", style.strong(&latest.to_string()), hints::lateness(latest, limit)),
        (Some(latest), None) => format!("Due by {}", style.strong(&latest.to_string())),
        (None, _) => format!("Due {}", hints::resolved(deadline, frame)?),
    })
}

/// How words are set.
#[derive(Clone, Copy)]
struct Style {
    markdown: bool,
}

impl Style {
    fn strong(self, text: &str) -> String {
        if self.markdown { format!("**{text}**") } else { text.to_owned() }
    }

    fn code(self, text: &str) -> String {
        if self.markdown { format!("`{text}`") } else { text.to_owned() }
    }

    /// Words of the brief in quotation marks; nothing in them is taken for Markdown.
    fn words(self, text: &str) -> String {
        if !self.markdown {
            return format!("“{text}”");
        }
        let mut escaped = String::with_capacity(text.len());
        for character in text.chars() {
            if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&') {
                escaped.push('\\');
            }
            escaped.push(character);
        }
        format!("“{escaped}”")
    }
}
