//! The page of a rule, as `upr explain` has it, for an editor that can show a text under an address of our own.

use lsp_types::Uri;
use lsp_types::request::Request;
use serde::{Deserialize, Serialize};

use crate::diagnostic::RuleId;
use crate::files::Book;
use crate::report::{Style, explain};
use crate::rules::suppress::OWN_RULES;

/// `upr/explain`.
#[derive(Debug)]
pub(super) enum Explain {}

impl Request for Explain {
    type Params = ExplainParams;
    type Result = Option<String>;
    const METHOD: &'static str = "upr/explain";
}

/// Which rule is meant.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ExplainParams {
    pub rule: String,
}

/// Columns of the page.
const WIDTH: usize = 100;

/// The address under which an editor shows the page of a rule: `upr:/time-bound/missing-deadline.txt`.
pub(super) fn address(rule: &RuleId) -> Option<Uri> {
    format!("upr:/{rule}.txt").parse().ok()
}

/// The page of a rule; none if there is no such rule.
pub(super) fn page(book: &Book, params: &ExplainParams) -> Option<String> {
    let style = Style { colour: false, width: WIDTH };
    let mut page = Vec::new();
    let written = if let Some(rule) = book.rule(&params.rule) {
        explain::write(&mut page, style, rule, book.measured().as_ref())
    } else {
        let (id, severity, title) = OWN_RULES.into_iter().find(|(id, ..)| *id == params.rule)?;
        explain::write_own(&mut page, style, id, severity, title)
    };
    written.ok().and_then(|()| String::from_utf8(page).ok())
}
