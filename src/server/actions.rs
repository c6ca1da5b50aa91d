//! What one click can do about a finding: mend it, silence it with a reason, or tell why it is there; and about a whole text: mend all
//! that has one right answer.

use lsp_types::request::Request;
use lsp_types::{CodeActionKind, CodeActionParams, Command, Diagnostic};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::diagnostic::{self, Applicability};
use crate::fixes::{self, Which, ignores};
use crate::shown::hidden::BLOCK;
use crate::text::Span;

use super::capabilities::Client;
use super::documents::{Document, Documents, Seen};
use super::edits::{self, Change, WorkspaceEdit};
use super::{convert, diagnostics};

/// The kind of the action that mends a whole text.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.upr");

/// `textDocument/codeAction`, with edits that `lsp_types` does not have.
#[derive(Debug)]
pub(super) enum Actions {}

impl Request for Actions {
    type Params = CodeActionParams;
    type Result = Option<Vec<Action>>;
    const METHOD: &'static str = "textDocument/codeAction";
}

/// Something that the editor offers for one click.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Action {
    title: String,
    kind: CodeActionKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnostics: Option<Vec<Diagnostic>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_preferred: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit: Option<WorkspaceEdit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<Command>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Unresolved>,
}

/// The text for which an action was offered whose edit is made when it is chosen.
#[derive(Debug, Serialize, Deserialize)]
struct Unresolved {
    uri: String,
    version: i32,
}

/// The actions for the findings that the editor's range touches, and the one for all that can be mended.
pub(super) fn actions(document: &Document, params: &CodeActionParams, seen: &Seen, client: &Client) -> Vec<Action> {
    let is_wanted = |kind: &CodeActionKind| params.context.only.as_ref().is_none_or(|kinds| kinds.iter().any(|wanted| holds(wanted, kind)));
    let mut actions = Vec::new();
    if is_wanted(&CodeActionKind::QUICKFIX) {
        let range = convert::span(&document.source, params.range, client.encoding);
        let touched = |span: Span| span.start <= range.end && range.start <= span.end;
        let found: Vec<&diagnostic::Diagnostic> = seen.findings.iter().map(|finding| &finding.diagnostic).filter(|found| touched(found.span)).collect();
        // To mend comes first, then to silence, last to read.
        actions.extend(found.iter().filter_map(|found| fix(document, found, client)));
        actions.extend(found.iter().filter_map(|found| ignore(document, seen, found, client)));
        actions.extend(found.iter().filter(|_| client.explains).map(|found| explain(document, found, client)));
    }
    if is_wanted(&FIX_ALL) {
        actions.extend(fix_all(document, seen, client));
    }
    actions
}

/// Whether a kind is the one that is wanted, or one of its kinds: `source` holds `source.fixAll.upr`.
fn holds(wanted: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(wanted.as_str());
    rest.is_some_and(|rest| wanted.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
}

/// Mends all that has one right answer, as `upr lint --fix` does; none if there is nothing to mend. An editor asks at each move of the
/// cursor, so that the edit waits until it is wanted, if it can wait.
fn fix_all(document: &Document, seen: &Seen, client: &Client) -> Option<Action> {
    let mut fixes = seen.findings.iter().filter_map(|finding| finding.diagnostic.fix.as_deref());
    if !fixes.any(|fix| Which::Safe.takes(fix.applicability)) {
        return None;
    }
    let mut action = Action {
        title: "Mend all that has one right answer".to_owned(),
        kind: FIX_ALL,
        diagnostics: None,
        is_preferred: None,
        edit: None,
        command: None,
        data: None,
    };
    if client.resolves_edits {
        action.data = Some(Unresolved { uri: document.uri.as_str().to_owned(), version: document.version });
    } else {
        let changes = Some(mended(document, seen)).filter(|changes| !changes.is_empty())?;
        action.edit = Some(edits::edit(document, changes, client));
    }
    Some(action)
}

/// The changes that mend all that has one right answer.
fn mended(document: &Document, seen: &Seen) -> Vec<Change> {
    let mended = fixes::apply(&document.source, seen.book(), &seen.review, Which::Safe, |_| true);
    changes(document.source.text(), mended.source.text())
}

/// The action with its edit, for an editor that has chosen it; none if the text has changed since. What comes back to us has passed
/// through the editor and may have any shape; an action that has its edit already stays as it is.
pub(super) fn resolve(mut action: Value, documents: &Documents, client: &Client) -> Option<Value> {
    let Some(data) = action.get("data").filter(|data| !data.is_null()) else { return Some(action) };
    let Unresolved { uri, version } = Unresolved::deserialize(data).ok()?;
    let document = documents.by_name(&uri).filter(|document| document.version == version)?;
    let edit = edits::edit(document, mended(document, document.seen()?), client);
    action.as_object_mut()?.insert("edit".to_owned(), serde_json::to_value(edit).ok()?);
    Some(action)
}

/// What makes one text of another: a change for each line that differs, or one for all if lines have come or gone.
fn changes(before: &str, after: &str) -> Vec<Change> {
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
            changes.push(Change::new(span, written.to_owned()));
        }
        at += old.len();
    }
    changes
}

/// Other words for the place of a finding; none if they hold what must not be shown, for then they are not known here.
fn fix(document: &Document, found: &diagnostic::Diagnostic, client: &Client) -> Option<Action> {
    let fix = found.fix.as_ref().filter(|fix| !fix.replacement.contains(BLOCK))?;
    let words = document.source.slice(fix.span);
    let title = match (words.is_empty(), fix.replacement.is_empty()) {
        (_, true) => "Remove it".to_owned(),
        (true, false) => format!("Add “{}”", fix.replacement.trim()),
        (false, false) => format!("Write “{}”", fix.replacement.trim()),
    };
    let gaps = if fix.applicability == Applicability::Placeholder { edits::gaps(&fix.replacement) } else { Vec::new() };
    let change = Change { span: fix.span, text: fix.replacement.clone(), gaps };
    let mut action = action(document, found, title, client);
    action.edit = Some(edits::edit(document, vec![change], client));
    action.is_preferred = Some(fix.applicability == Applicability::Safe);
    Some(action)
}

/// What stands in the comment until the author says why.
const REASON: &str = "say why here";

/// A comment silences the finding, in the place in which `upr lint --add-ignores` writes it. What is wrong with comments is not
/// silenced by more of them.
fn ignore(document: &Document, seen: &Seen, found: &diagnostic::Diagnostic, client: &Client) -> Option<Action> {
    seen.book().rule(found.rule.as_str())?;
    let comment = ignores::comment(&document.source, &seen.checked.document, &found.rule, found.span, REASON);
    let gap = comment.text.rfind(REASON).map(|start| start..start + REASON.len());
    let change = Change { span: Span { start: comment.at, end: comment.at }, text: comment.text, gaps: gap.into_iter().collect() };
    let mut action = action(document, found, format!("Ignore {} here", found.rule), client);
    action.edit = Some(edits::edit(document, vec![change], client));
    Some(action)
}

/// The command of our own extension that shows the page of a rule.
const EXPLAIN: &str = "upr.explainRule";

/// The page of the rule, for an editor that can show it.
fn explain(document: &Document, found: &diagnostic::Diagnostic, client: &Client) -> Action {
    let title = format!("Explain {}", found.rule);
    let command = Command { title: title.clone(), command: EXPLAIN.to_owned(), arguments: Some(vec![Value::from(found.rule.as_str())]) };
    Action { command: Some(command), ..action(document, found, title, client) }
}

/// An action about a finding that does nothing yet.
fn action(document: &Document, found: &diagnostic::Diagnostic, title: String, client: &Client) -> Action {
    let diagnostics = Some(vec![diagnostics::one(&document.source, &document.uri, found, client)]);
    Action { title, kind: CodeActionKind::QUICKFIX, diagnostics, is_preferred: None, edit: None, command: None, data: None }
}
