//! Findings as the protocol has them: what `upr lint` says of the same bytes, no more and no less.

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, Location, NumberOrString,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use crate::diagnostic;

use super::capabilities::Client;
use super::convert;
use super::documents::Document;

/// The findings of a document; none if it is no brief.
pub(super) fn all(document: &Document, client: &Client) -> Vec<Diagnostic> {
    let findings = document.seen().map_or(&[][..], |seen| seen.findings.as_slice());
    findings.iter().map(|finding| one(document, &finding.diagnostic, client)).collect()
}

/// One finding.
pub(super) fn one(document: &Document, found: &diagnostic::Diagnostic, client: &Client) -> Diagnostic {
    let range = |span| convert::range(&document.source, span, client.encoding);
    let related = found.labels.iter().map(|label| DiagnosticRelatedInformation {
        location: Location { uri: document.uri.clone(), range: range(label.span) },
        message: label.message.clone(),
    });
    let help = found.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    Diagnostic {
        range: range(found.span),
        severity: Some(convert::severity(found.severity)),
        code: Some(NumberOrString::String(found.rule.to_string())),
        source: Some("upr".to_owned()),
        message: format!("{}{help}", found.message),
        related_information: (client.related && !found.labels.is_empty()).then(|| related.collect()),
        ..Diagnostic::default()
    }
}

/// The answer to an editor that asks for the findings of a document, which has those of `previous` already.
pub(super) fn report(document: Option<&Document>, previous: Option<&str>, client: &Client) -> DocumentDiagnosticReportResult {
    let Some(document) = document else { return full(None, Vec::new()) };
    // The version counts the changes, and nothing but the text decides what is found.
    let id = document.version.to_string();
    if previous == Some(&id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id: id };
        let report = RelatedUnchangedDocumentDiagnosticReport { related_documents: None, unchanged_document_diagnostic_report: unchanged };
        return DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Unchanged(report));
    }
    full(Some(id), all(document, client))
}

fn full(result_id: Option<String>, items: Vec<Diagnostic>) -> DocumentDiagnosticReportResult {
    let report = FullDocumentDiagnosticReport { result_id, items };
    let report = RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report: report };
    DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report))
}
