//! Findings as the protocol has them: what `upr lint` says of the same bytes, no more and no less.

use std::hash::BuildHasher as _;

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticTag, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, Location, NumberOrString, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri,
};
use rustc_hash::FxBuildHasher;

use crate::diagnostic;
use crate::rules::suppress::UNUSED;
use crate::text::Source;

use super::capabilities::Client;
use super::documents::{Document, Seen};
use super::{convert, explain};

/// The findings of a document; none if it is no brief.
pub(super) fn all(document: &Document, client: &Client) -> Vec<Diagnostic> {
    document.seen().map_or_else(Vec::new, |seen| of(&document.source, &document.uri, seen, client))
}

/// The findings of a text that was checked.
pub(super) fn of(source: &Source, uri: &Uri, seen: &Seen, client: &Client) -> Vec<Diagnostic> {
    seen.findings.iter().map(|finding| one(source, uri, &finding.diagnostic, client)).collect()
}

/// One finding.
pub(super) fn one(source: &Source, uri: &Uri, found: &diagnostic::Diagnostic, client: &Client) -> Diagnostic {
    let range = |span| convert::range(source, span, client.encoding);
    let related = found
        .labels
        .iter()
        .map(|label| DiagnosticRelatedInformation { location: Location { uri: uri.clone(), range: range(label.span) }, message: label.message.clone() });
    let help = found.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    // A comment that silences nothing can go: editors show such a place faded.
    let tags = (client.tags && found.rule.as_str() == UNUSED).then(|| vec![DiagnosticTag::UNNECESSARY]);
    Diagnostic {
        range: range(found.span),
        severity: Some(convert::severity(found.severity)),
        code: Some(NumberOrString::String(found.rule.to_string())),
        code_description: client.explains.then(|| explain::address(&found.rule)).flatten().map(|href| CodeDescription { href }),
        source: Some("upr".to_owned()),
        message: format!("{}{help}", found.message),
        related_information: (client.related && !found.labels.is_empty()).then(|| related.collect()),
        tags,
        ..Diagnostic::default()
    }
}

/// The answer to an editor that asks for the findings of a document, which has those of `previous` already.
pub(super) fn report(document: Option<&Document>, previous: Option<&str>, client: &Client, generation: u32) -> DocumentDiagnosticReportResult {
    let Some(document) = document else { return full(None, Vec::new()) };
    let id = result_id(&document.source, generation);
    if previous == Some(&id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id: id };
        let report = RelatedUnchangedDocumentDiagnosticReport { related_documents: None, unchanged_document_diagnostic_report: unchanged };
        return DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Unchanged(report));
    }
    full(Some(id), all(document, client))
}

/// The name of what was found: nothing but the text, the rules and the settings decides it, and `generation` counts the changes of
/// the last two.
pub(super) fn result_id(source: &Source, generation: u32) -> String {
    format!("{generation}:{:x}", FxBuildHasher.hash_one(source.text()))
}

fn full(result_id: Option<String>, items: Vec<Diagnostic>) -> DocumentDiagnosticReportResult {
    let report = FullDocumentDiagnosticReport { result_id, items };
    let report = RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report: report };
    DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report))
}
