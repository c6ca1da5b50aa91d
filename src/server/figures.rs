//! The figures of a brief for the status bar of our own extension: a notification that the protocol does not have.

use lsp_types::Uri;
use lsp_types::notification::Notification;
use serde::{Deserialize, Serialize};

use crate::rules::Rulebook;
use crate::rules::verdict::{Answer, Letter};

use super::documents::Document;

/// `upr/figures`.
#[derive(Debug)]
pub(super) enum Figures {}

impl Notification for Figures {
    type Params = FiguresParams;
    const METHOD: &'static str = "upr/figures";
}

/// What the status bar shows; two empty texts if the document is no brief.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FiguresParams {
    uri: Uri,
    short: String,
    long: String,
}

/// The figures of a document.
pub(super) fn figures(document: &Document, book: &Rulebook) -> FiguresParams {
    let uri = document.uri.clone();
    let Some(seen) = document.seen().filter(|_| document.is_brief()) else { return FiguresParams { uri, short: String::new(), long: String::new() } };
    let of = |limit: Option<usize>, between: &str| limit.map(|limit| format!("{between}{limit}")).unwrap_or_default();
    let (pages, issues) = (seen.checked.pages.rounded(), seen.checked.brief.issues.len());
    let (most_pages, most_issues) = (book.limit("brief/too-long"), book.limit("brief/too-many-issues"));
    let letters = &seen.checked.letters;
    let smart = letters.iter().filter(|letters| letters.all().all(|(_, verdict)| verdict.answer == Answer::Met)).count();
    let met = Letter::ALL.iter().map(|&(letter, _)| {
        let count = letters.iter().filter(|letters| letters[letter].answer == Answer::Met).count();
        format!("{count} {}", letter.initial())
    });
    FiguresParams {
        uri,
        short: format!("UPR {pages:.1}{} p · {issues}{} issues · {smart}/{} SMART", of(most_pages, "/"), of(most_issues, "/"), letters.len()),
        long: format!(
            "{pages:.1}{} pages · {issues}{} issues · of {} recommendations {} meet all five criteria ({})",
            of(most_pages, " of "),
            of(most_issues, " of "),
            letters.len(),
            smart,
            met.collect::<Vec<_>>().join(", ")
        ),
    }
}
