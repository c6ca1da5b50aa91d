//! What one click can do about a finding: mend it, or silence it with a reason.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use crate::diagnostic::{self, Applicability};
use crate::fixes::ignores;
use crate::text::Span;

use super::capabilities::Client;
use super::documents::{Document, Seen};
use super::{convert, diagnostics};

/// The actions for the findings that the editor's range touches.
pub(super) fn actions(document: &Document, params: &CodeActionParams, client: &Client) -> CodeActionResponse {
    let wanted = params.context.only.as_ref().is_none_or(|kinds| kinds.iter().any(|kind| CodeActionKind::QUICKFIX.as_str().starts_with(kind.as_str())));
    let Some(seen) = document.seen().filter(|_| wanted) else { return Vec::new() };
    let range = convert::span(&document.source, params.range, client.encoding);
    let touched = |span: Span| span.start <= range.end && range.start <= span.end;
    let found: Vec<&diagnostic::Diagnostic> = seen.findings.iter().map(|finding| &finding.diagnostic).filter(|found| touched(found.span)).collect();
    let fixes = found.iter().filter_map(|found| fix(document, found, client));
    // To mend comes first, to silence last.
    let ignores = found.iter().map(|found| ignore(document, seen, found, client));
    fixes.chain(ignores).map(CodeActionOrCommand::CodeAction).collect()
}

fn fix(document: &Document, found: &diagnostic::Diagnostic, client: &Client) -> Option<CodeAction> {
    let fix = found.fix.as_ref()?;
    let words = document.source.slice(fix.span);
    let title = match (words.is_empty(), fix.replacement.is_empty()) {
        (_, true) => "Remove it".to_owned(),
        (true, false) => format!("Add “{}”", fix.replacement.trim()),
        (false, false) => format!("Write “{}”", fix.replacement.trim()),
    };
    let mut action = action(document, found, title, fix.span, fix.replacement.clone(), client);
    action.is_preferred = Some(fix.applicability == Applicability::Safe);
    Some(action)
}

/// What stands in the comment until the author says why.
const REASON: &str = "say why here";

/// A comment silences the finding, in the place in which `upr lint --add-ignores` writes it.
fn ignore(document: &Document, seen: &Seen, found: &diagnostic::Diagnostic, client: &Client) -> CodeAction {
    let comment = ignores::comment(&document.source, &seen.checked.document, &found.rule, found.span, REASON);
    let title = format!("Ignore {} here", found.rule);
    action(document, found, title, Span { start: comment.at, end: comment.at }, comment.text, client)
}

fn action(document: &Document, found: &diagnostic::Diagnostic, title: String, span: Span, new_text: String, client: &Client) -> CodeAction {
    let edit = TextEdit { range: convert::range(&document.source, span, client.encoding), new_text };
    let edit = if client.versioned_edits {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: document.uri.clone(), version: Some(document.version) };
        let changes = vec![TextDocumentEdit { text_document, edits: vec![OneOf::Left(edit)] }];
        WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(changes)), ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit { changes: Some(HashMap::from([(document.uri.clone(), vec![edit])])), ..WorkspaceEdit::default() }
    };
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostics::one(&document.source, &document.uri, found, client)]),
        edit: Some(edit),
        ..CodeAction::default()
    }
}
