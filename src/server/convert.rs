//! Between our spans and the positions of the protocol: the only file that makes a `Range`.

use lsp_types::{Position, Range};

use crate::diagnostic::Severity;
use crate::text::lines::{self, Encoding};
use crate::text::{Source, Span};

/// A place of the source as the editor counts it.
pub(super) fn range(source: &Source, span: Span, encoding: Encoding) -> Range {
    Range { start: position(source, span.start, encoding), end: position(source, span.end, encoding) }
}

fn position(source: &Source, offset: u32, encoding: Encoding) -> Position {
    let position = source.lines().position(source.text(), offset, encoding);
    Position { line: position.line, character: position.column }
}

/// The byte at which the editor points, moved into the text if it lies outside.
pub(super) fn offset(source: &Source, position: Position, encoding: Encoding) -> u32 {
    source.lines().offset(source.text(), lines::Position { line: position.line, column: position.character }, encoding)
}

/// The place at which the editor points; a range whose ends are swapped is turned round.
pub(super) fn span(source: &Source, range: Range, encoding: Encoding) -> Span {
    let (a, b) = (offset(source, range.start, encoding), offset(source, range.end, encoding));
    Span { start: a.min(b), end: a.max(b) }
}

/// How much a finding weighs, in the words of the protocol.
pub(super) fn severity(severity: Severity) -> lsp_types::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp_types::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp_types::DiagnosticSeverity::WARNING,
        Severity::Advice => lsp_types::DiagnosticSeverity::INFORMATION,
    }
}
