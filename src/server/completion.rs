//! What can be written next: dates, names and a whole recommendation in a recommendation, keys and values in the front matter,
//! rules in a comment that silences them. In ordinary prose nothing is offered.

mod comment;
mod front;
mod recommendation;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionParams, CompletionResponse, CompletionTextEdit, InsertTextFormat, TextEdit,
};

use crate::rules::Rulebook;
use crate::text::Span;

use super::capabilities::Client;
use super::convert;
use super::documents::{Document, Seen};

/// After these an editor asks by itself: behind “by”, behind “state:”, and inside the name of a rule.
pub(super) const TRIGGERS: [&str; 3] = [" ", ":", "/"];

/// Bytes before the cursor in which the beginning of a comment is looked for.
const FARTHEST: usize = 4096;

/// What can be written at the cursor; nothing in a document that is no brief.
pub(super) fn completions(document: &Document, params: &CompletionParams, book: &Rulebook, client: &Client) -> Option<CompletionResponse> {
    let seen = document.seen()?;
    let at = convert::offset(&document.source, params.text_document_position.position, client.encoding);
    let source = &document.source;
    let start = source.lines().start(source.lines().line(at)).unwrap_or(0);
    let cursor = Cursor { document, seen, book, client, at, line: source.slice(Span { start, end: at }) };
    let offers = if let Some(text) = cursor.open_comment() {
        comment::offers(&cursor, text)
    } else if cursor.is_in_front_matter() {
        front::offers(&cursor)
    } else {
        recommendation::offers(&cursor)
    };
    let items: Vec<CompletionItem> = offers.into_iter().enumerate().map(|(number, offer)| offer.item(&cursor, number)).collect();
    (!items.is_empty()).then_some(CompletionResponse::Array(items))
}

/// The place at which something is to be written.
struct Cursor<'a> {
    document: &'a Document,
    seen: &'a Seen,
    book: &'a Rulebook,
    client: &'a Client,
    /// The byte before which it stands.
    at: u32,
    /// The text of its line before it.
    line: &'a str,
}

impl<'a> Cursor<'a> {
    fn before(&self) -> &'a str {
        self.document.source.text().get(..self.at as usize).unwrap_or_default()
    }

    /// What stands in the comment that is open here.
    fn open_comment(&self) -> Option<&'a str> {
        let before = self.before();
        let farthest = (before.len().saturating_sub(FARTHEST)..=before.len()).find(|&at| before.is_char_boundary(at))?;
        let near = before.get(farthest..)?;
        let (_, text) = near.rsplit_once("<!--")?;
        (!text.contains("-->")).then_some(text)
    }

    /// Whether the two lines of hyphens, of which the second may not be written yet, stand around the cursor.
    fn is_in_front_matter(&self) -> bool {
        let mut lines = self.before().split_inclusive('\n').map(str::trim_end);
        let inside = self.before().contains('\n') && lines.next() == Some("---");
        inside && lines.all(|line| line != "---" && line != "...") && !self.line.starts_with("---")
    }

    /// The place of the last `typed` bytes before the cursor.
    fn typed(&self, typed: &str) -> Span {
        Span { start: self.at - typed.len() as u32, end: self.at }
    }
}

/// Something that can be written.
struct Offer {
    label: String,
    detail: String,
    kind: CompletionItemKind,
    /// What it takes the place of.
    place: Span,
    text: String,
    /// Whether `text` has places to fill in, in the way of snippets.
    snippet: bool,
}

impl Offer {
    fn item(self, cursor: &Cursor<'_>, number: usize) -> CompletionItem {
        let range = convert::range(&cursor.document.source, self.place, cursor.client.encoding);
        // What was typed is a part of the label or of what is written, never of the detail.
        let filter_text = (self.text.trim() != self.label && !self.snippet).then(|| self.text.trim().to_owned());
        CompletionItem {
            label_details: Some(CompletionItemLabelDetails { detail: None, description: Some(self.detail.clone()) }),
            label: self.label,
            detail: Some(self.detail),
            kind: Some(self.kind),
            // The offers come in the order of their use.
            sort_text: Some(format!("{number:04}")),
            filter_text,
            insert_text_format: self.snippet.then_some(InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: self.text })),
            ..CompletionItem::default()
        }
    }
}

/// Whether a text begins with what was typed, in whatever case.
fn begins(text: &str, typed: &str) -> bool {
    let mut characters = text.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|character| characters.next() == Some(character))
}
