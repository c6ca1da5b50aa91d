//! What one click can do about a finding: mend it, or silence it with a reason; and about a whole text: mend all that has one right
//! answer.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use crate::brief::review::Review;
use crate::diagnostic::{self, Applicability};
use crate::fixes::{self, Which, ignores};
use crate::rules::Rulebook;
use crate::text::Span;

use super::capabilities::Client;
use super::documents::{Document, Seen};
use super::{convert, diagnostics};

/// The kind of the action that mends a whole text.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.upr");

/// The actions for the findings that the editor's range touches, and the one for all that can be mended.
pub(super) fn actions(document: &Document, params: &CodeActionParams, book: &Rulebook, review: &Review, client: &Client) -> CodeActionResponse {
    let is_wanted = |kind: &CodeActionKind| params.context.only.as_ref().is_none_or(|kinds| kinds.iter().any(|wanted| holds(wanted, kind)));
    let Some(seen) = document.seen() else { return Vec::new() };
    let mut actions = Vec::new();
    if is_wanted(&CodeActionKind::QUICKFIX) {
        let range = convert::span(&document.source, params.range, client.encoding);
        let touched = |span: Span| span.start <= range.end && range.start <= span.end;
        let found: Vec<&diagnostic::Diagnostic> = seen.findings.iter().map(|finding| &finding.diagnostic).filter(|found| touched(found.span)).collect();
        // To mend comes first, to silence last.
        actions.extend(found.iter().filter_map(|found| fix(document, found, client)));
        actions.extend(found.iter().map(|found| ignore(document, seen, found, client)));
    }
    if is_wanted(&FIX_ALL) {
        actions.extend(fix_all(document, seen, book, review, client));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether a kind is the one that is wanted, or one of its kinds: `source` holds `source.fixAll.upr`.
fn holds(wanted: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(wanted.as_str());
    rest.is_some_and(|rest| wanted.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
}

/// Mends all that has one right answer, as `upr lint --fix` does; none if there is nothing to mend.
fn fix_all(document: &Document, seen: &Seen, book: &Rulebook, review: &Review, client: &Client) -> Option<CodeAction> {
    let mut fixes = seen.findings.iter().filter_map(|finding| finding.diagnostic.fix.as_deref());
    if !fixes.any(|fix| Which::Safe.takes(fix.applicability)) {
        return None;
    }
    let mended = fixes::apply(&document.source, book, review, Which::Safe, |_| true);
    let edits = changes(document.source.text(), mended.source.text());
    let title = "Mend all that has one right answer".to_owned();
    (!edits.is_empty()).then(|| CodeAction { title, kind: Some(FIX_ALL), edit: Some(edit(document, edits, client)), ..CodeAction::default() })
}

/// What makes one text of another: a change for each line that differs, or one for all if lines have come or gone.
fn changes(before: &str, after: &str) -> Vec<(Span, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let pairs = if old.len() == new.len() { old.into_iter().zip(new).collect() } else { vec![(before, after)] };
    let mut at = 0;
    let mut changes = Vec::new();
    for (old, new) in pairs {
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(character, _)| character.len_utf8()).sum();
        let (rest, written) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
        let end: usize = rest.chars().rev().zip(written.chars().rev()).take_while(same).map(|(character, _)| character.len_utf8()).sum();
        let written = written.get(..written.len() - end).unwrap_or_default();
        let span = Span::new(at + start..at + old.len() - end);
        if span.start < span.end || !written.is_empty() {
            changes.push((span, written.to_owned()));
        }
        at += old.len();
    }
    changes
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
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostics::one(&document.source, &document.uri, found, client)]),
        edit: Some(edit(document, vec![(span, new_text)], client)),
        ..CodeAction::default()
    }
}

/// Changes to a document, as the editor takes them.
fn edit(document: &Document, changes: Vec<(Span, String)>, client: &Client) -> WorkspaceEdit {
    let edits = changes.into_iter().map(|(span, new_text)| TextEdit { range: convert::range(&document.source, span, client.encoding), new_text });
    if client.versioned_edits {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: document.uri.clone(), version: Some(document.version) };
        let changes = vec![TextDocumentEdit { text_document, edits: edits.map(OneOf::Left).collect() }];
        return WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(changes)), ..WorkspaceEdit::default() };
    }
    WorkspaceEdit { changes: Some(HashMap::from([(document.uri.clone(), edits.collect())])), ..WorkspaceEdit::default() }
}
