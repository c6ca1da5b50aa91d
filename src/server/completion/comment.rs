//! Rules in `<!-- upr-ignore … -->`: those that speak near the comment first.

use std::collections::BTreeMap;

use lsp_types::CompletionItemKind;

use super::{Cursor, Offer, begins};

pub(super) fn offers(cursor: &Cursor<'_>, comment: &str) -> Vec<Offer> {
    let Some(rest) = comment.trim_start().strip_prefix("upr-ignore") else { return Vec::new() };
    let Some((_, list)) = rest.split_once(char::is_whitespace) else { return Vec::new() };
    // Behind the colon stands the reason, which is the author's.
    if list.contains(':') {
        return Vec::new();
    }
    let typed = list.rsplit([',', ' ', '\n', '\t']).next().unwrap_or_default();
    let named: Vec<&str> = list.split([',', ' ', '\n', '\t']).collect();
    let nearness = nearness(cursor);
    let far = u32::MAX;
    let rules = cursor.book.rules.iter().map(|rule| (rule.id.as_str(), rule.title.as_str()));
    let mut folders: Vec<&str> = cursor.book.rules.iter().map(|rule| rule.id.folder()).collect();
    folders.dedup();
    let folders = folders.into_iter().map(|folder| (folder, "all rules of this folder"));
    let fits = |id: &str| id.split('/').any(|part| begins(part, typed)) || begins(id, typed);
    let mut known: Vec<(&str, &str)> = rules.chain(folders).filter(|(id, _)| fits(id) && (*id == typed || !named.contains(id))).collect();
    known.sort_by_key(|(id, _)| nearness.get(id).copied().unwrap_or(far));
    let offer = |(id, title): (&str, &str)| Offer {
        label: id.to_owned(),
        detail: title.to_owned(),
        kind: CompletionItemKind::REFERENCE,
        place: cursor.typed(typed),
        text: id.to_owned(),
        snippet: false,
    };
    known.into_iter().map(offer).collect()
}

/// For each rule that speaks in the brief, how many lines the nearest of its findings is away.
fn nearness<'a>(cursor: &Cursor<'a>) -> BTreeMap<&'a str, u32> {
    let lines = cursor.document.source.lines();
    let here = lines.line(cursor.at);
    let mut nearest: BTreeMap<&str, u32> = BTreeMap::new();
    for finding in &cursor.seen.findings {
        let away = lines.line(finding.diagnostic.span.start).abs_diff(here);
        nearest.entry(finding.diagnostic.rule.as_str()).and_modify(|known| *known = away.min(*known)).or_insert(away);
    }
    nearest
}
