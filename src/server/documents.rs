//! The documents that are open in the editor, as their text stands there.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};
use serde::Deserialize;

use crate::brief::review::Review;
use crate::config::Effective;
use crate::files::Book;
use crate::shown::hidden::Hidden;
use crate::shown::{self, Finding};
use crate::text::Source;
use crate::text::lines::Encoding;
use crate::{Checked, check};

use super::configuration::Configuration;
use super::{convert, paths};

/// An open document.
#[derive(Debug)]
pub(super) struct Document {
    /// Its address, as the editor writes it. It is only a name: `untitled:Untitled-1` is one too.
    pub uri: Uri,
    /// The version that the editor gave.
    pub version: i32,
    /// Its text.
    pub source: Source,
    /// What was found in this text; none until it is checked.
    seen: Option<Seen>,
}

/// A text that was checked.
#[derive(Debug)]
pub(super) struct Seen {
    /// All that was read in it, without its findings.
    pub checked: Checked,
    /// What was found, ready to be shown; none if the text is no brief.
    pub findings: Vec<Finding>,
    /// What must not be shown outside the text itself.
    pub hidden: Hidden,
    /// What was said of the review outside the text.
    pub review: Review,
    /// What held for the text.
    effective: Arc<Effective>,
    is_brief: bool,
}

impl Seen {
    /// Checks the text of a file, or one that has no path yet, by what holds for it and what the user says of the review.
    pub(super) fn of(source: &Source, path: Option<&Path>, effective: Arc<Effective>, given: &Review) -> Seen {
        let (book, review) = (&effective.book, effective.review(given));
        let mut checked = check(source, book, &review);
        let is_left_out = path.is_some_and(|path| effective.leaves_out(path));
        let is_brief = !is_left_out && shown::looks_like_a_brief(source, &checked, &review);
        let (findings, hidden) = shown::findings(source, &mut checked, book, |_| is_brief);
        Seen { checked, findings, hidden, review, effective, is_brief }
    }

    /// The rules by which it was checked.
    pub(super) fn book(&self) -> &Book {
        &self.effective.book
    }
}

impl Document {
    /// Checks the text, if it was not since its last change. One that has no path yet stands in the folder `root`.
    pub(super) fn check(&mut self, configuration: &mut Configuration, root: Option<&Path>, review: &Review) {
        if self.seen.is_none() {
            let path = paths::path(&self.uri);
            let place = path.clone().or_else(|| root.map(|root| root.join("untitled.md")));
            self.seen = Some(Seen::of(&self.source, path.as_deref(), configuration.of(place.as_deref()), review));
        }
    }

    /// What was found, if the text was checked.
    pub(super) fn seen(&self) -> Option<&Seen> {
        self.seen.as_ref()
    }

    /// Whether it is a brief: an ordinary README in the same folder stays quiet.
    pub(super) fn is_brief(&self) -> bool {
        self.seen.as_ref().is_some_and(|seen| seen.is_brief)
    }
}

/// `textDocument/didChange`, also from an editor that does not count its changes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DidChange {
    text_document: Changed,
    content_changes: Vec<TextDocumentContentChangeEvent>,
}

#[derive(Debug, Deserialize)]
struct Changed {
    uri: Uri,
    version: Option<i32>,
}

/// All open documents, by their addresses.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: BTreeMap<String, Document>,
}

impl Documents {
    pub(super) fn get(&self, uri: &Uri) -> Option<&Document> {
        self.open.get(uri.as_str())
    }

    pub(super) fn by_name(&self, uri: &str) -> Option<&Document> {
        self.open.get(uri)
    }

    pub(super) fn by_name_mut(&mut self, uri: &str) -> Option<&mut Document> {
        self.open.get_mut(uri)
    }

    /// Takes in a document, and gives its name.
    pub(super) fn open(&mut self, item: TextDocumentItem) -> String {
        let name = item.uri.as_str().to_owned();
        let source = Source::new(name.clone(), item.text);
        self.open.insert(name.clone(), Document { uri: item.uri, version: item.version, source, seen: None });
        name
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Document> {
        self.open.values()
    }

    /// Forgets what was found, since rules or settings have changed; gives the names of all documents.
    pub(super) fn forget(&mut self) -> Vec<String> {
        for document in self.open.values_mut() {
            document.seen = None;
        }
        self.open.keys().cloned().collect()
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        self.open.remove(uri.as_str());
    }

    /// Makes the changes that the editor tells, in order; gives the document's name if it is open and the change is not older
    /// than what we have.
    pub(super) fn change(&mut self, change: &DidChange, encoding: Encoding) -> Option<String> {
        let document = self.open.get_mut(change.text_document.uri.as_str())?;
        let version = change.text_document.version.unwrap_or(document.version);
        if version < document.version {
            return None;
        }
        let name = document.source.name().to_owned();
        for content in &change.content_changes {
            let text = match content.range {
                None => content.text.clone(),
                Some(range) => {
                    let span = convert::span(&document.source, range, encoding);
                    let mut text = document.source.text().to_owned();
                    text.replace_range(span.range(), &content.text);
                    text
                }
            };
            document.source = Source::new(name.clone(), text);
        }
        document.version = version;
        document.seen = None;
        Some(name)
    }
}
