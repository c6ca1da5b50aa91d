//! What stands under the mouse: why a rule speaks, and what was understood of a recommendation.

use std::fmt::Write as _;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use crate::rules::Rulebook;
use crate::text::Span;

use super::capabilities::Client;
use super::convert;
use super::documents::Document;

/// The reasons of the findings here; without any, the letters and the deadline of the recommendation.
pub(super) fn hover(document: &Document, position: Position, book: &Rulebook, client: &Client) -> Option<Hover> {
    let seen = document.seen()?;
    let at = convert::offset(&document.source, position, client.encoding);
    let here = |span: Span| span.start <= at && at < span.end.max(span.start + 1);
    let mut text = String::new();
    let mut place: Option<Span> = None;
    let shown = |text: &str| if client.markdown { text.to_owned() } else { text.replace("**", "").replace('`', "") };
    for finding in seen.findings.iter().filter(|finding| here(finding.diagnostic.span)) {
        let found = &finding.diagnostic;
        place = place.or(Some(found.span));
        let Some(rule) = book.rule(found.rule.as_str()) else { continue };
        let why = rule.rationale.lines().collect::<Vec<_>>().join(" ");
        // Writing to a string does not fail.
        let _ = write!(text, "{}\n\n{}\n\n“{}” ({})\n\n", shown(&format!("**{}** `{}`", rule.title, rule.id)), why.trim(), rule.says, rule.work);
    }
    if text.is_empty() {
        let recommendations = seen.checked.brief.recommendations.iter().map(|recommendation| seen.checked.document.prose.span(recommendation.words));
        let (index, span) = recommendations.enumerate().find(|(_, span)| here(*span))?;
        place = Some(span);
        text = recommendation(document, index, &shown)?;
    }
    let kind = if client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = HoverContents::Markup(MarkupContent { kind, value: text.trim_end().to_owned() });
    Some(Hover { contents, range: place.map(|span| convert::range(&document.source, span, client.encoding)) })
}

fn recommendation(document: &Document, index: usize, shown: &impl Fn(&str) -> String) -> Option<String> {
    let seen = document.seen()?;
    let letters = super::outline::letters(seen, index)?;
    let mut text = shown(&format!("**Recommendation {}**: `{letters}`", index + 1));
    if let Some((_, deadline)) = seen.checked.readings.get(index).and_then(crate::language::Reading::deadline) {
        let frame = &seen.checked.brief.frame;
        let latest = deadline.latest(frame.review.map(|review| review.date));
        let limit = frame.limit().map(|limit| format!(" (the limit is {limit})")).unwrap_or_default();
        if let Some(latest) = latest {
            let _ = write!(text, "\n\nDue by {latest}{limit}");
        }
    }
    Some(text)
}
