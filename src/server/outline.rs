//! The shape of a brief in the editor: symbols, folds, and a line of figures over the title and each recommendation.

use lsp_types::{CodeLens, Command, DocumentSymbol, DocumentSymbolResponse, FoldingRange, FoldingRangeKind, Location, SymbolInformation, SymbolKind};

use crate::rules::Rulebook;
use crate::shown;
use crate::text::Span;
use crate::text::prose::WordRange;

use super::capabilities::Client;
use super::convert;
use super::documents::{Document, Seen};

/// The letters of a recommendation: `S M – ? T`.
pub(super) fn letters(seen: &Seen, index: usize) -> Option<String> {
    let marks: Vec<String> = seen.checked.letters.get(index)?.all().map(|(letter, verdict)| verdict.answer.mark(letter).to_string()).collect();
    Some(marks.join(" "))
}

/// Words of a name in a list of symbols.
const LONGEST_NAME: usize = 80;

/// Issues with their recommendations and questions; those of no issue stand at the end.
#[expect(deprecated, reason = "the protocol still has the field `deprecated`, and no way to leave it out")]
pub(super) fn symbols(document: &Document, client: &Client) -> DocumentSymbolResponse {
    let Some(seen) = document.seen() else { return DocumentSymbolResponse::Nested(Vec::new()) };
    let brief = &seen.checked.brief;
    let symbol = |words: WordRange, kind: SymbolKind, detail: Option<String>, children: Vec<DocumentSymbol>| {
        let span = seen.checked.document.prose.span(words);
        let whole = children.iter().map(|child| child.range.end).max();
        let selection_range = convert::range(&document.source, span, client.encoding);
        let mut range = selection_range;
        range.end = range.end.max(whole.unwrap_or(range.end));
        let name: String = shown::plain(&seen.checked, &seen.hidden, words).chars().take(LONGEST_NAME).collect();
        let name = if name.trim().is_empty() { "…".to_owned() } else { name };
        DocumentSymbol { name, detail, kind, tags: None, deprecated: None, range, selection_range, children: Some(children) }
    };
    let recommendation = |index: usize| brief.recommendations.get(index).map(|it| symbol(it.words, SymbolKind::EVENT, letters(seen, index), Vec::new()));
    let question = |index: usize| brief.questions.get(index).map(|it| symbol(it.words, SymbolKind::STRING, None, Vec::new()));
    let mut nested: Vec<DocumentSymbol> = Vec::new();
    for issue in &brief.issues {
        let children = issue.recommendations.iter().filter_map(|&at| recommendation(at)).chain(issue.questions.iter().filter_map(|&at| question(at)));
        // A list at the end of the brief belongs to its issues, but a symbol holds only what stands after it.
        nested.push(symbol(issue.title, SymbolKind::NAMESPACE, None, children.collect()));
    }
    let alone = (0..brief.recommendations.len()).filter(|&at| brief.recommendations.get(at).is_some_and(|it| it.issue.is_none()));
    nested.extend(alone.filter_map(recommendation));
    let asked = (0..brief.questions.len()).filter(|&at| brief.questions.get(at).is_some_and(|it| it.issue.is_none()));
    nested.extend(asked.filter_map(question));
    if client.nested_symbols {
        return DocumentSymbolResponse::Nested(nested);
    }
    let mut flat = Vec::new();
    for top in nested {
        let container = top.name.clone();
        let children = top.children.clone().unwrap_or_default();
        flat.push(alone_as(document, top, None));
        flat.extend(children.into_iter().map(|child| alone_as(document, child, Some(container.clone()))));
    }
    DocumentSymbolResponse::Flat(flat)
}

#[expect(deprecated, reason = "the protocol still has the field `deprecated`, and no way to leave it out")]
fn alone_as(document: &Document, symbol: DocumentSymbol, container_name: Option<String>) -> SymbolInformation {
    let location = Location { uri: document.uri.clone(), range: symbol.selection_range };
    SymbolInformation { name: symbol.name, kind: symbol.kind, tags: None, deprecated: None, location, container_name }
}

/// Each issue from its title to the line before the next.
pub(super) fn folding(document: &Document) -> Vec<FoldingRange> {
    let Some(seen) = document.seen() else { return Vec::new() };
    let source = &document.source;
    let prose = &seen.checked.document.prose;
    let mut starts: Vec<u32> = seen.checked.brief.issues.iter().map(|issue| source.lines().line(prose.span(issue.title).start)).collect();
    starts.sort_unstable();
    starts.dedup();
    let last = source.lines().line(source.text().trim_end().len() as u32);
    let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1)).chain([last]);
    let folds = starts.iter().zip(ends).map(|(&start_line, end_line)| FoldingRange {
        start_line,
        end_line: last_with_text(document, start_line, end_line),
        kind: Some(FoldingRangeKind::Region),
        ..FoldingRange::default()
    });
    folds.filter(|fold| fold.end_line > fold.start_line).collect()
}

fn last_with_text(document: &Document, first: u32, last: u32) -> u32 {
    let has_text = |line: &u32| !document.source.lines().text(document.source.text(), *line).trim().is_empty();
    (first..=last).rev().find(has_text).unwrap_or(first)
}

/// The figures of the brief over its title, and the letters over each recommendation.
pub(super) fn lenses(document: &Document, book: &Rulebook, client: &Client) -> Vec<CodeLens> {
    let Some(seen) = document.seen() else { return Vec::new() };
    let brief = &seen.checked.brief;
    let prose = &seen.checked.document.prose;
    let lens = |span: Span, title: String| CodeLens {
        range: convert::range(&document.source, span, client.encoding),
        command: Some(Command { title, command: String::new(), arguments: None }),
        data: None,
    };
    let first = seen.checked.document.blocks.first().map(|block| block.words);
    let title = brief.title.or(first).map(|words| prose.span(words));
    let of = |limit: Option<usize>| limit.map(|limit| format!(" of {limit}")).unwrap_or_default();
    let figures = format!(
        "{:.1}{} pages · {}{} issues · {} recommendations",
        seen.checked.pages.rounded(),
        of(book.limit("brief/too-long")),
        brief.issues.len(),
        of(book.limit("brief/too-many-issues")),
        brief.recommendations.len(),
    );
    let over_title = title.map(|span| lens(span, figures));
    let over_each = brief.recommendations.iter().enumerate().filter_map(|(index, it)| Some(lens(prose.span(it.words), letters(seen, index)?)));
    over_title.into_iter().chain(over_each).collect()
}
