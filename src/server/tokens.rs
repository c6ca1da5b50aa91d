//! Colours for what counts in a recommendation: the action, what can be measured, the deadline, and treaties and bodies by name.

use lsp_types::{Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensLegend};

use crate::language::Reading;
use crate::language::names::{self, NameKind};
use crate::rules::Rulebook;
use crate::text::lines::Walk;
use crate::text::prose::WordRange;
use crate::text::{Source, Span};

use super::capabilities::Client;
use super::convert;
use super::documents::{Document, Seen};

/// What a word is. Each has a type that editors know, so that it has a colour everywhere, and a modifier with its own name, by which
/// a user can give it another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Action,
    Measure,
    Deadline,
    Treaty,
    Body,
}

impl Kind {
    /// All kinds; where two overlap, the later one counts.
    const ALL: [(Kind, SemanticTokenType, &'static str); 5] = [
        (Kind::Action, SemanticTokenType::KEYWORD, "action"),
        (Kind::Measure, SemanticTokenType::NUMBER, "measure"),
        (Kind::Deadline, SemanticTokenType::EVENT, "deadline"),
        (Kind::Treaty, SemanticTokenType::CLASS, "treaty"),
        (Kind::Body, SemanticTokenType::NAMESPACE, "body"),
    ];
}

/// The types and modifiers, by their numbers.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: Kind::ALL.into_iter().map(|(_, kind, _)| kind).collect(),
        token_modifiers: Kind::ALL.into_iter().map(|(.., name)| SemanticTokenModifier::new(name)).collect(),
    }
}

/// The tokens of a document, or of the recommendations that a range touches.
pub(super) fn tokens(document: &Document, range: Option<Range>, book: &Rulebook, client: &Client) -> SemanticTokens {
    let Some(seen) = document.seen() else { return SemanticTokens::default() };
    let prose = &seen.checked.document.prose;
    let wanted = range.map(|range| convert::span(&document.source, range, client.encoding));
    let touched = |span: Span| wanted.is_none_or(|wanted| span.start <= wanted.end && wanted.start <= span.end);
    let readings = seen.checked.readings.iter().filter(|reading| touched(prose.span(reading.words)));
    let mut places: Vec<(Span, Kind)> = Vec::new();
    for reading in readings {
        places.extend(of(reading, seen, book).into_iter().map(|(words, kind)| (prose.span(words), kind)));
    }
    places.sort_by_key(|(span, _)| span.start);
    encoded(&document.source, &places, client)
}

/// The places of one recommendation, none of which overlaps another.
fn of(reading: &Reading, seen: &Seen, book: &Rulebook) -> Vec<(WordRange, Kind)> {
    let prose = &seen.checked.document.prose;
    let action = reading.action.category.map(|_| (reading.action.verb, Kind::Action));
    let further = reading.actions.iter().skip(1).map(|&verb| (verb, Kind::Action));
    let measures = reading.quantities.iter().map(|quantity| (quantity.place, Kind::Measure)).chain(reading.measure.map(|place| (place, Kind::Measure)));
    let deadlines = reading.times.deadlines.iter().map(|deadline| (reading.place(&deadline.words), Kind::Deadline));
    let names = names::read(prose, reading.words, seen.checked.brief.language, &book.lexicon, &book.grammar);
    let names = names.into_iter().filter_map(|name| {
        let kind = match name.kind {
            NameKind::Treaty | NameKind::Standard => Kind::Treaty,
            NameKind::Body | NameKind::Procedure => Kind::Body,
            NameKind::Document | NameKind::Article | NameKind::Law | NameKind::Right => return None,
        };
        Some((name.place, kind))
    });
    let all: Vec<(WordRange, Kind)> = action.into_iter().chain(further).chain(measures).chain(deadlines).chain(names).collect();
    let mut free: Vec<(WordRange, Kind)> = Vec::new();
    // The most telling first: a treaty is a measure too, and a number may stand in a deadline.
    for (kind, ..) in Kind::ALL.into_iter().rev() {
        for &(words, _) in all.iter().filter(|(words, known)| *known == kind && !words.is_empty()) {
            if free.iter().all(|(taken, _)| words.end <= taken.start || taken.end <= words.start) {
                free.push((words, kind));
            }
        }
    }
    free
}

/// The places as the protocol counts them: each from the one before, none over the end of a line.
fn encoded(source: &Source, places: &[(Span, Kind)], client: &Client) -> SemanticTokens {
    let mut data = Vec::new();
    let mut walk = Walk::new(source.lines(), source.text(), client.encoding);
    let mut last = (0, 0);
    for &(span, kind) in places {
        let number = Kind::ALL.iter().position(|(known, ..)| *known == kind).unwrap_or_default() as u32;
        for piece in lines(source, span) {
            let (start, end) = (walk.to(piece.start), walk.to(piece.end));
            let length = end.column.saturating_sub(start.column);
            let delta_start = if start.line == last.0 { start.column - last.1 } else { start.column };
            data.push(SemanticToken { delta_line: start.line - last.0, delta_start, length, token_type: number, token_modifiers_bitset: 1 << number });
            last = (start.line, start.column);
        }
    }
    SemanticTokens { result_id: None, data }
}

/// The part of a span on each of its lines, without the white space around it.
fn lines(source: &Source, span: Span) -> impl Iterator<Item = Span> {
    let mut start = span.start as usize;
    source.slice(span).split('\n').filter_map(move |line| {
        let from = start + (line.len() - line.trim_start().len());
        start += line.len() + 1;
        let to = from + line.trim().len();
        (from < to).then(|| Span::new(from..to))
    })
}
