//! Comments that silence findings, written where they are read: one home for the command line and for editors.

use std::collections::{BTreeMap, BTreeSet};

use crate::brief::review::Review;
use crate::check::{Checked, check};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::markdown::{BlockKind, Document};
use crate::rules::Rulebook;
use crate::rules::suppress::EXPIRED;
use crate::text::{Source, Span};

use super::Which;

/// Where the comment for a finding is put, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The byte at which it is inserted.
    pub at: u32,
    /// The text to insert, with the space or line that sets it apart.
    pub text: String,
}

/// The comment that silences a finding of this rule here: behind it in its paragraph, item or cell, else at the top for the whole brief.
pub fn comment(source: &Source, document: &Document, rule: &RuleId, span: Span, reason: &str) -> Comment {
    match place(source, document, span) {
        Some(at) => Comment { at, text: behind(rule.as_str(), reason) },
        None => at_top(source, document, rule.as_str(), reason),
    }
}

/// A text with a comment for each finding that is `wanted`, and how many findings these comments silence. What cannot be silenced in
/// its place is silenced for the whole brief. A comment whose time is over gives way to the new one.
pub fn add(source: &Source, checked: &Checked, reason: &str, book: &Rulebook, review: &Review, wanted: impl Fn(&Diagnostic) -> bool) -> (String, usize) {
    let (text, number) = add_only(source, checked, reason, book, review, &wanted);
    if number == 0 || !checked.diagnostics.iter().any(|found| found.rule.as_str() == EXPIRED) {
        return (text, number);
    }
    let source = Source::new(source.name().to_owned(), text);
    let applied = super::apply(&source, book, review, Which::Safe, |found| found.rule.as_str() == EXPIRED && wanted(found));
    (applied.source.text().to_owned(), number)
}

/// The same, with all comments that are there already.
fn add_only(source: &Source, checked: &Checked, reason: &str, book: &Rulebook, review: &Review, wanted: impl Fn(&Diagnostic) -> bool) -> (String, usize) {
    // What is wrong with comments is not silenced by more of them.
    let silenceable = |found: &&Diagnostic| wanted(found) && book.rule(found.rule.as_str()).is_some();
    let found: Vec<&Diagnostic> = checked.diagnostics.iter().filter(silenceable).collect();
    let written = |is_at_top: &dyn Fn(u32, &RuleId) -> bool| Written::new(source, &checked.document, &found, reason, is_at_top);
    let check = |written: &Written| check(&Source::new(source.name().to_owned(), written.text.clone()), book, review);
    let in_place = written(&|_, _| false);
    let after = check(&in_place);
    let left: BTreeSet<&RuleId> = after.diagnostics.iter().filter(silenceable).map(|found| &found.rule).collect();
    // In code that goes over several lines, for one, no comment is read as one.
    let lost: BTreeSet<u32> = in_place.places.iter().filter(|(_, now)| !is_comment(&after.document, *now)).map(|&(place, _)| place).collect();
    if left.is_empty() && lost.is_empty() {
        return (in_place.text, found.len());
    }
    let some_at_top = written(&|place, rule| lost.contains(&place) || left.contains(rule));
    if !check(&some_at_top).diagnostics.iter().any(|found| silenceable(&found)) {
        return (some_at_top.text, found.len());
    }
    (written(&|_, _| true).text, found.len())
}

/// Whether a comment begins at this byte.
fn is_comment(document: &Document, at: u32) -> bool {
    document.comments.binary_search_by_key(&at, |comment| comment.span.start).is_ok()
}

/// A text with comments.
struct Written {
    text: String,
    /// The places of those that stand behind what they silence: in the old text, and where the comment begins in the new one.
    places: Vec<(u32, u32)>,
}

impl Written {
    /// The comments for these findings; `is_at_top` says whether the one for a rule stands not in this place but at the top.
    fn new(source: &Source, document: &Document, found: &[&Diagnostic], reason: &str, is_at_top: &dyn Fn(u32, &RuleId) -> bool) -> Written {
        let mut behind: BTreeMap<u32, BTreeSet<&RuleId>> = BTreeMap::new();
        let mut top: BTreeSet<&RuleId> = BTreeSet::new();
        for found in found {
            match place(source, document, found.span).filter(|&place| !is_at_top(place, &found.rule)) {
                Some(at) => behind.entry(at).or_default().insert(&found.rule),
                None => top.insert(&found.rule),
            };
        }
        let in_list = |rules: BTreeSet<&RuleId>| rules.into_iter().map(RuleId::as_str).collect::<Vec<_>>().join(", ");
        let first = (!top.is_empty()).then(|| at_top(source, document, &in_list(top), reason));
        let rest = behind.into_iter().map(|(at, rules)| Comment { at, text: self::behind(&in_list(rules), reason) });
        let mut written = Written { text: String::with_capacity(source.text().len()), places: Vec::new() };
        let mut from = 0;
        let mut comments: Vec<(Comment, bool)> = first.into_iter().map(|comment| (comment, true)).chain(rest.map(|comment| (comment, false))).collect();
        comments.sort_by_key(|(comment, _)| comment.at);
        for (comment, is_top) in comments {
            written.text.push_str(source.slice(Span { start: from, end: comment.at }));
            if !is_top {
                written.places.push((comment.at, written.text.len() as u32 + 1));
            }
            written.text.push_str(&comment.text);
            from = comment.at;
        }
        written.text.push_str(source.slice(Span { start: from, end: source.text().len() as u32 }));
        written
    }
}

fn behind(rules: &str, reason: &str) -> String {
    format!(" <!-- upr-ignore {rules}: {reason} -->")
}

/// Behind the words of a finding: at the end of the line, the heading or the cell. `None` where no comment can stand.
fn place(source: &Source, document: &Document, span: Span) -> Option<u32> {
    let at = document.blocks.partition_point(|block| block.span.end <= span.start);
    let block = document.blocks.get(at).filter(|block| block.span.start <= span.start)?;
    match block.kind {
        BlockKind::Heading(_) | BlockKind::Cell { .. } => Some(document.prose.span(block.words).end),
        BlockKind::Paragraph => {
            let lines = source.lines();
            let line = lines.line(span.start);
            let text = lines.text(source.text(), line).trim_end();
            // The backslash that breaks a line must stay its last character.
            Some(lines.start(line)? + text.strip_suffix('\\').unwrap_or(text).len() as u32)
        }
        BlockKind::Code => None,
    }
}

/// A comment for the whole brief, before its first line.
fn at_top(source: &Source, document: &Document, rules: &str, reason: &str) -> Comment {
    let text = source.text();
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let comment = format!("<!-- upr-ignore-file {rules}: {reason} -->");
    let lines = source.lines();
    match document.front_matter {
        Some(front) => {
            // Behind the line that closes it.
            let at = lines.start(lines.line(front.end) + 1).unwrap_or(text.len() as u32);
            let closed = source.slice(Span { start: 0, end: at }).ends_with(['\n', '\r']);
            Comment { at, text: format!("{}{comment}{ending}{ending}", if closed { "" } else { ending }) }
        }
        None => Comment { at: if text.starts_with('\u{feff}') { 3 } else { 0 }, text: format!("{comment}{ending}{ending}") },
    }
}

#[cfg(test)]
mod tests {
    use crate::builtin;
    use crate::check::lint;

    use super::*;

    #[track_caller]
    fn silenced(text: &str) -> String {
        let review = Review::default();
        let book = builtin::rulebook();
        let source = Source::new("a.md", text.to_owned());
        let (silenced, number) = add(&source, &check(&source, book, &review), "agreed", book, &review, |_| true);
        assert_eq!(number, lint(&source, book, &review).len());
        let source = Source::new("a.md", silenced.clone());
        let left = lint(&source, book, &review);
        assert!(left.is_empty(), "{silenced}\n{left:?}");
        assert_eq!(add(&source, &check(&source, book, &review), "agreed", book, &review, |_| true), (silenced.clone(), 0));
        silenced
    }

    #[test]
    fn every_finding_is_silenced_where_it_stands() {
        let text = silenced(
            "# UPR of Zemland ##\r\n\r\n## Prison\r\n\r\nIn 2024 62 %\\\r\nwere in cells.\r\n\r\nRecommendations:\r\n\r\n- Continue efforts  \r\n  for all.\r\n- Ratify it!",
        );
        assert!(text.starts_with("# UPR of Zemland <!-- upr-ignore brief/"), "{text}");
        assert!(text.contains("- Continue efforts <!-- upr-ignore ") && text.contains(": agreed -->  \r\n  for all."), "{text}");
        assert!(!text.contains("-file") && text.matches('\n').count() == text.matches("\r\n").count(), "{text}");
    }

    /// What becomes of the last line of a brief in which all else is silenced already.
    #[track_caller]
    fn last_line(line: &str) -> (String, usize) {
        let review = Review { as_of: crate::brief::date::Date::parse("2027-01-01"), ..Review::default() };
        let book = builtin::rulebook();
        let before = "<!-- upr-ignore-file brief, relevant, measurable, specific: not now -->\n\n# UPR of Zemland\n\nRecommendations:\n\n";
        let source = Source::new("a.md", format!("{before}{line}\n"));
        let (text, number) = add(&source, &check(&source, book, &review), "agreed", book, &review, |_| true);
        let again = Source::new("a.md", text.clone());
        assert_eq!(add(&again, &check(&again, book, &review), "agreed", book, &review, |_| true), (text.clone(), 0), "the same again");
        (text.strip_prefix(before).unwrap().trim_end().to_owned(), number)
    }

    #[test]
    fn a_comment_whose_time_is_over_gives_way_and_a_wrong_one_stays() {
        let new = "- Ratify OPIC. <!-- upr-ignore time-bound/missing-deadline: agreed -->";
        let over = "<!-- upr-ignore missing-deadline until 2026-12: the mission answers -->";
        assert_eq!(last_line(&format!("- Ratify OPIC. {over}")), (new.to_owned(), 1));
        assert_eq!(last_line(&format!("{over}\n- Ratify OPIC.")), (format!("\n{new}").trim_start().to_owned(), 1));
        for (wrong, number) in [
            // These silence the finding, and what is wrong with them is told.
            ("<!-- upr-ignore missing-deadline until January: the mission answers -->", 0),
            ("<!-- upr-ignore missing-deadline -->", 0),
            // These do not.
            ("<!-- upr-ignore mising-dedline: agreed -->", 1),
            ("<!-- upr-ignore: agreed -->", 1),
            ("<!-- upr-ignore missing-deadline until 2027-06: later --> <!-- upr-ignore-end -->", 0),
        ] {
            let (line, silenced) = last_line(&format!("- Ratify OPIC. {wrong}"));
            assert!(silenced == number && line.contains(wrong), "{line} {silenced}");
        }
    }

    #[test]
    fn a_comment_stays_in_its_cell_and_out_of_code_and_front_matter() {
        let text = silenced("---\nstate: Zemland\n---\n\n## Prison\n\n| No. | Recommendation |\n|---|---|\n| 1 | Continue efforts. |\n| 2 | Ratify it! |\n");
        assert!(text.contains("| Continue efforts. <!-- upr-ignore "), "{text}");
        silenced("");
        silenced("\u{feff}- Continue `efforts\n  for` all.\n");
        silenced("```\ncode\n```\n");
    }
}
