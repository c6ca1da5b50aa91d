//! Changes to a document, as the editor takes them: plain, or with its gaps as places to fill in one after the other.
//!
//! `lsp_types` ends with version 3.17 of the protocol, which has no such places; the types for them stand here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use lsp_types::{InsertTextFormat, OptionalVersionedTextDocumentIdentifier, TextEdit};
use serde::{Deserialize, Serialize};

use crate::text::Span;

use super::capabilities::{Client, SnippetEdits};
use super::convert;
use super::documents::Document;

/// Other words for a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
    /// The parts of `text` that its author is to write over, in order.
    pub gaps: Vec<Range<usize>>,
}

impl Change {
    /// Words that are whole.
    pub(super) fn new(span: Span, text: String) -> Change {
        Change { span, text, gaps: Vec::new() }
    }
}

/// The gaps of a text: `[DATE]` with its brackets, so that a gap that is passed over is seen in the brief, and found by its rule. The
/// words of a link are none.
pub(super) fn gaps(text: &str) -> Vec<Range<usize>> {
    let mut gaps = Vec::new();
    let mut open: Option<usize> = None;
    for (at, character) in text.char_indices() {
        match character {
            '[' => open = Some(at),
            '\n' => open = None,
            ']' => {
                let gap = open.take().map(|open| open..at + 1);
                let is_gap = |gap: &Range<usize>| {
                    let inner = text.get(gap.start + 1..at).unwrap_or_default();
                    let after = text.get(gap.end..).unwrap_or_default();
                    let is_link = after.starts_with(['(', '[', ':']) || text.get(..gap.start).is_some_and(|before| before.ends_with(']'));
                    !inner.trim().is_empty() && !inner.starts_with('^') && !is_link
                };
                gaps.extend(gap.filter(is_gap));
            }
            _ => {}
        }
    }
    gaps
}

/// A text in the way of snippets: each gap is a place to fill in, which holds the words of the gap at first.
pub(super) fn snippet(text: &str, gaps: &[Range<usize>]) -> String {
    let mut snippet = String::with_capacity(text.len() + 8 * gaps.len());
    let mut at = 0;
    for (number, gap) in gaps.iter().enumerate() {
        let (Some(before), Some(words)) = (text.get(at..gap.start), text.get(gap.clone())) else { continue };
        escape(before, &mut snippet);
        // Writing to a string does not fail.
        let _ = write!(snippet, "${{{}:", number + 1);
        escape(words, &mut snippet);
        snippet.push('}');
        at = gap.end;
    }
    escape(text.get(at..).unwrap_or_default(), &mut snippet);
    snippet
}

/// Adds words in which nothing is taken for the marks of a snippet.
fn escape(words: &str, snippet: &mut String) {
    for character in words.chars() {
        if matches!(character, '\\' | '$' | '}') {
            snippet.push('\\');
        }
        snippet.push(character);
    }
}

/// Changes to one document.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WorkspaceEdit {
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<BTreeMap<String, Vec<Edit>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_changes: Option<Vec<DocumentEdit>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DocumentEdit {
    text_document: OptionalVersionedTextDocumentIdentifier,
    edits: Vec<Edit>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Edit {
    Snippet(SnippetTextEdit),
    Marked(MarkedTextEdit),
    Plain(TextEdit),
}

/// An edit with places to fill in, as version 3.18 of the protocol has it.
#[derive(Debug, Serialize, Deserialize)]
struct SnippetTextEdit {
    range: lsp_types::Range,
    snippet: StringValue,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum StringValue {
    Snippet { value: String },
}

/// A text edit that says that it is a snippet, as editors had it before the protocol did.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MarkedTextEdit {
    #[serde(flatten)]
    edit: TextEdit,
    insert_text_format: InsertTextFormat,
}

/// Changes to a document as the editor takes them.
pub(super) fn edit(document: &Document, changes: Vec<Change>, client: &Client) -> WorkspaceEdit {
    let edits = changes.into_iter().map(|change| one(document, change, client)).collect();
    if client.versioned_edits {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: document.uri.clone(), version: Some(document.version) };
        return WorkspaceEdit { changes: None, document_changes: Some(vec![DocumentEdit { text_document, edits }]) };
    }
    WorkspaceEdit { changes: Some(BTreeMap::from([(document.uri.as_str().to_owned(), edits)])), document_changes: None }
}

fn one(document: &Document, change: Change, client: &Client) -> Edit {
    let range = convert::range(&document.source, change.span, client.encoding);
    match client.snippet_edits {
        SnippetEdits::Standard if !change.gaps.is_empty() => {
            Edit::Snippet(SnippetTextEdit { range, snippet: StringValue::Snippet { value: snippet(&change.text, &change.gaps) } })
        }
        SnippetEdits::Marked if !change.gaps.is_empty() => {
            let edit = TextEdit { range, new_text: snippet(&change.text, &change.gaps) };
            Edit::Marked(MarkedTextEdit { edit, insert_text_format: InsertTextFormat::SNIPPET })
        }
        _ => Edit::Plain(TextEdit { range, new_text: change.text }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(snippet(text, &gaps(text)), expected, "{text}");
    }

    #[test]
    fn a_gap_is_a_place_to_fill_in_and_all_else_is_as_it_was() {
        check(", by [DATE]", ", by ${1:[DATE]}");
        check("[Name of the body] is to report by [month and year].", "${1:[Name of the body]} is to report by ${2:[month and year]}.");
        check("pay $5 {each} by [DATE in {2028} for $1 \\]", "pay \\$5 {each\\} by ${1:[DATE in {2028\\} for \\$1 \\\\]}");
        check("[[two]]", "[${1:[two]}]");
        check("nothing", "nothing");
    }

    #[test]
    fn a_link_a_note_and_an_open_bracket_are_no_gaps() {
        for text in ["see [the law](https://zemland.example)", "[law][1]", "[1]: note", "a note[^1]", "[]", "[ ]", "[over\nlines]", "] [", "[é"] {
            assert_eq!(gaps(text), Vec::<Range<usize>>::new(), "{text}");
        }
    }

    /// A snippet as an editor inserts it that leaves each place as it is: the grammar of the protocol, read anew.
    fn expanded(snippet: &str) -> String {
        let mut text = String::new();
        let mut rest = snippet.chars().peekable();
        let mut is_open = false;
        while let Some(character) = rest.next() {
            match character {
                '\\' if matches!(rest.peek(), Some('\\' | '$' | '}')) => text.extend(rest.next()),
                '$' => {
                    assert!(!is_open && rest.next() == Some('{'), "a bare $ in {snippet}");
                    while rest.next_if(char::is_ascii_digit).is_some() {}
                    assert_eq!(rest.next(), Some(':'), "{snippet}");
                    is_open = true;
                }
                '}' if is_open => is_open = false,
                _ => text.push(character),
            }
        }
        assert!(!is_open, "{snippet}");
        text
    }

    proptest! {
        #[test]
        fn a_snippet_with_its_gaps_left_as_they_are_is_the_plain_text(text in "([a-zé😀 .,:()^\\n\\[\\]$}{\\\\0-9]|\\[DATE\\]|\\$\\{1:){0,40}") {
            let gaps = gaps(&text);
            prop_assert!(gaps.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert_eq!(expanded(&snippet(&text, &gaps)), text);
        }
    }
}
