//! `<!-- upr-ignore time-bound/missing-deadline: agreed with the mission -->`: a finding that the author has decided upon.
//!
//! The comment speaks of the next block, or of the list item, cell or paragraph in which it stands; `upr-ignore-start` …
//! `upr-ignore-end` speak of all between them, `upr-ignore-file` of the whole brief. A reason is asked for, names are checked,
//! and a comment that silences nothing is told. `<!-- upr-ignore time-bound until 2027-01: … -->` holds until that month or day comes;
//! no clock says when that is, but the review of the brief or the user.

use std::sync::Arc;

use crate::brief::date::Date;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Label, RuleId, Severity};
use crate::markdown::{Comment, ContainerKind, Document};
use crate::text::{Source, Span};

use super::Rulebook;

/// The name under which findings about the comments themselves go.
pub const UNKNOWN_RULE: &str = "ignore/unknown-rule";
/// A comment without a reason.
pub const NO_REASON: &str = "ignore/no-reason";
/// A comment that silences nothing.
pub const UNUSED: &str = "ignore/unused";
/// A start without an end, or an end without a start.
pub const UNPAIRED: &str = "ignore/unpaired";

/// A comment whose time is over.
pub const EXPIRED: &str = "ignore/expired";
/// A comment until a day that is none.
pub const BAD_DATE: &str = "ignore/bad-date";

/// All of them, with what each says: they have no rule file, since what they check is no brief.
pub const OWN_RULES: [(&str, Severity, &str); 6] = [
    (UNKNOWN_RULE, Severity::Warning, "An upr-ignore or upr comment names something that does not exist"),
    (NO_REASON, Severity::Warning, "An upr-ignore comment gives no reason"),
    (UNUSED, Severity::Warning, "An upr-ignore comment silences nothing"),
    (UNPAIRED, Severity::Warning, "An upr-ignore-start without its end, or an end without its start"),
    (EXPIRED, Severity::Warning, "An upr-ignore comment whose time is over"),
    (BAD_DATE, Severity::Warning, "An upr-ignore comment until a day that is none"),
];

/// A finding that a comment silences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silenced {
    /// What was found.
    pub diagnostic: Diagnostic,
    /// The reason that the comment gives; empty if it gives none.
    pub reason: Arc<str>,
}

/// A comment that silences rules in a part of the source.
#[derive(Debug)]
struct Ignore {
    comment: Span,
    names: Vec<String>,
    /// From which day on it silences nothing, and how that is written.
    until: Option<(Date, String)>,
    reason: Arc<str>,
    range: Span,
    /// The comment that ends its range, if it has one.
    end: Option<Span>,
    /// Whether there is a finding that it silences, or silenced until its time was over.
    used: bool,
}

/// Splits findings into those that stay and those that a comment silences, and adds what is wrong with the comments.
pub(crate) fn apply(
    source: &Source,
    document: &Document,
    book: &Rulebook,
    unknown_directives: &[Span],
    as_of: Option<Date>,
    found: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Silenced>) {
    let mut own = Vec::new();
    for &span in unknown_directives {
        own.push(about(
            UNKNOWN_RULE,
            span,
            "This upr comment says nothing that is known.".to_owned(),
            Some("There are: upr: issue, upr: not-issue, upr: recommendations, upr: skip, upr: end.".to_owned()),
        ));
    }
    let mut ignores = read(source, document, book, &mut own);
    let mut kept = found;
    let mut reasons = Vec::new();
    let is_silenced = |diagnostic: &mut Diagnostic| {
        let id = diagnostic.rule.as_str();
        let folder = diagnostic.rule.folder();
        let covers = |ignore: &&mut Ignore| ignore.range.start <= diagnostic.span.start && diagnostic.span.start < ignore.range.end.max(ignore.range.start + 1);
        let names = |ignore: &&mut Ignore| ignore.names.iter().any(|name| name == id || name == folder);
        if let Some(ignore) = ignores.iter_mut().filter(covers).filter(names).find(|ignore| !ignore.is_over(as_of)) {
            ignore.used = true;
            reasons.push(Arc::clone(&ignore.reason));
            return true;
        }
        // It returns, with a note.
        if let Some(ignore) = ignores.iter_mut().filter(covers).find(names) {
            ignore.used = true;
            diagnostic.labels.push(Label { span: ignore.comment, message: "the time of this comment is over".to_owned() });
        }
        false
    };
    let silenced: Vec<Diagnostic> = kept.extract_if(.., is_silenced).collect();
    let silenced = silenced.into_iter().zip(reasons).map(|(diagnostic, reason)| Silenced { diagnostic, reason }).collect();
    for ignore in &ignores {
        let Some((_, written)) = ignore.until.as_ref().filter(|_| ignore.is_over(as_of)) else { continue };
        let help =
            if ignore.used { "Mend what it silenced and take it out, or give a later date." } else { "Take it out: there is nothing left that it silenced." };
        let message = format!("This comment silences findings until {written}, and that time has come.");
        let expired = about(EXPIRED, ignore.comment, message, Some(help.to_owned()));
        own.push(Diagnostic { fix: (!ignore.used).then(|| Box::new(ignore.without(source))), ..expired });
    }
    for ignore in ignores.iter().filter(|ignore| !ignore.used && !ignore.names.is_empty() && !ignore.is_over(as_of)) {
        let unused = about(
            UNUSED,
            ignore.comment,
            "This comment silences nothing here.".to_owned(),
            Some("Take it out, or move it directly before what it is about.".to_owned()),
        );
        own.push(Diagnostic { fix: Some(Box::new(ignore.without(source))), ..unused });
    }
    kept.extend(own);
    (kept, silenced)
}

impl Ignore {
    /// Whether its time is over on this day; if the day is not known, it is not.
    fn is_over(&self, as_of: Option<Date>) -> bool {
        self.until.as_ref().zip(as_of).is_some_and(|((until, _), day)| day >= *until)
    }

    /// The fix that takes the comment out, with the one that ends its range; what stands between the two stays as it is.
    fn without(&self, source: &Source) -> Fix {
        let own = removal(source, self.comment);
        let (span, replacement) = match self.end.map(|end| removal(source, end)) {
            Some(end) => {
                let from = own.end.min(end.end);
                (Span { start: own.start, end: end.end }, source.slice(Span { start: from, end: end.start.max(from) }).to_owned())
            }
            None => (own, String::new()),
        };
        Fix { span, replacement, applicability: Applicability::Safe }
    }
}

pub(super) fn about(rule: &str, span: Span, message: String, help: Option<String>) -> Diagnostic {
    let (message, help) = (message.into(), help.map(Into::into));
    Diagnostic { rule: RuleId::new(rule), severity: Severity::Warning, message, span, labels: Vec::new(), help, fix: None, private: false }
}

/// Says that there is no such rule, and which one is near.
pub(super) fn unknown_rule(name: &str, span: Span, near: Option<&str>) -> Diagnostic {
    let help = near.map_or("“upr rules” lists all rules.".to_owned(), |near| format!("Did you mean {near}?"));
    about(UNKNOWN_RULE, span, format!("There is no rule “{name}”."), Some(help))
}

fn read(source: &Source, document: &Document, book: &Rulebook, own: &mut Vec<Diagnostic>) -> Vec<Ignore> {
    let mut ignores: Vec<Ignore> = Vec::new();
    let mut open: Vec<Ignore> = Vec::new();
    let end_of_text = source.text().len() as u32;
    for comment in &document.comments {
        let text = source.slice(comment.text).trim();
        let Some(rest) = text.strip_prefix("upr-ignore") else { continue };
        if rest.starts_with("-end") {
            match open.pop() {
                Some(mut start) => {
                    start.range.end = comment.span.start;
                    start.end = Some(comment.span);
                    ignores.push(start);
                }
                None => own.push(about(UNPAIRED, comment.span, "This upr-ignore-end has no upr-ignore-start before it.".to_owned(), None)),
            }
            continue;
        }
        let (range, rest, starts) = if let Some(rest) = rest.strip_prefix("-start") {
            (Span { start: comment.span.end, end: end_of_text }, rest, true)
        } else if let Some(rest) = rest.strip_prefix("-file") {
            (Span { start: 0, end: end_of_text }, rest, false)
        } else {
            (target(document, comment), rest, false)
        };
        let (list, reason) = rest.split_once(':').map_or((rest, ""), |(list, reason)| (list, reason.trim()));
        let (names, until) = names(list, reason, comment.span, book, own);
        let ignore = Ignore { comment: comment.span, names, until, reason: reason.into(), range, end: None, used: false };
        if starts { open.push(ignore) } else { ignores.push(ignore) }
    }
    for start in open {
        own.push(about(
            UNPAIRED,
            start.comment,
            "This upr-ignore-start has no upr-ignore-end.".to_owned(),
            Some("Everything to the end of the brief is silenced. Add <!-- upr-ignore-end -->.".to_owned()),
        ));
        ignores.push(start);
    }
    ignores
}

/// The rules and folders that a comment names, and until when; what is wrong with them is told.
fn names(list: &str, reason: &str, comment: Span, book: &Rulebook, own: &mut Vec<Diagnostic>) -> (Vec<String>, Option<(Date, String)>) {
    let model = "Write it so: <!-- upr-ignore time-bound/missing-deadline: agreed with the mission -->";
    let mut names = Vec::new();
    let listed: Vec<&str> = list.split([',', ' ', '\n', '\r', '\t']).filter(|name| !name.is_empty()).collect();
    let (listed, date) = listed.iter().position(|&word| word == "until").map_or((listed.as_slice(), None), |at| {
        let (names, date) = listed.split_at(at);
        (names, date.get(1..))
    });
    let until = date.and_then(|date| {
        let day = match date {
            [written] => first_day(written).map(|day| (day, (*written).to_owned())),
            _ => None,
        };
        if day.is_none() {
            own.push(about(
                BAD_DATE,
                comment,
                format!("“{}” is no month and no day, so that this comment holds for ever.", date.join(" ")),
                Some("Write it so: <!-- upr-ignore time-bound until 2027-01: the mission answers in January -->, or until 2027-01-15.".to_owned()),
            ));
        }
        day
    });
    for &name in listed {
        let is_folder = book.rules.iter().any(|rule| rule.id.folder() == name);
        match book.rule(name) {
            Some(rule) => names.push(rule.id.as_str().to_owned()),
            None if is_folder => names.push(name.to_owned()),
            None => {
                own.push(unknown_rule(name, comment, book.nearest(name)));
            }
        }
    }
    if listed.is_empty() {
        own.push(about(UNKNOWN_RULE, comment, "This comment does not name a rule.".to_owned(), Some(model.to_owned())));
    } else if reason.is_empty() {
        own.push(about(NO_REASON, comment, "This comment does not say why the finding is ignored.".to_owned(), Some(model.to_owned())));
    }
    (names, until)
}

/// The day `2027-01-15`, or the first day of the month `2027-01`.
fn first_day(written: &str) -> Option<Date> {
    Date::parse(written).or_else(|| Date::parse(&format!("{written}-01")))
}

/// What goes when a comment is taken out: its line if it stands alone there, else the spaces that would be left over.
fn removal(source: &Source, comment: Span) -> Span {
    let text = source.text();
    let is_space = |c: char| c == ' ' || c == '\t';
    let before = text.get(..comment.start as usize).unwrap_or_default();
    let after = text.get(comment.end as usize..).unwrap_or_default();
    let spaces_before = (before.len() - before.trim_end_matches(is_space).len()) as u32;
    let rest = after.trim_start_matches(is_space);
    let spaces_after = (after.len() - rest.len()) as u32;
    let begins_line = matches!(before.trim_end_matches(is_space).chars().last(), None | Some('\n' | '\r' | '\u{feff}'));
    let ends_line = matches!(rest.chars().next(), None | Some('\n' | '\r'));
    if begins_line && ends_line {
        let ending = if rest.starts_with("\r\n") { 2 } else { u32::from(!rest.is_empty()) };
        // Paragraphs that only the comment keeps apart must not become one.
        let is_blank = |line: &str| line.trim_start_matches('\u{feff}').trim().is_empty();
        let above = before.trim_end_matches(is_space);
        let above = above.strip_suffix('\n').map_or(above, |above| above.strip_suffix('\r').unwrap_or(above));
        let above = above.rsplit(['\n', '\r']).next().unwrap_or_default();
        let below = rest.get(ending as usize..).unwrap_or_default().split(['\n', '\r']).next().unwrap_or_default();
        let ending = if is_blank(above) || is_blank(below) { ending } else { 0 };
        Span { start: comment.start - spaces_before, end: comment.end + spaces_after + ending }
    } else if ends_line && spaces_after == 0 {
        Span { start: comment.start - spaces_before, end: comment.end }
    } else if begins_line || spaces_before > 0 {
        Span { start: comment.start, end: comment.end + spaces_after }
    } else {
        comment
    }
}

/// What a comment speaks of: the list item that holds it, the block in whose text it stands, else the next block with its list item.
fn target(document: &Document, comment: &Comment) -> Span {
    let before = comment.blocks_before as usize;
    let inside = comment.inside.then(|| before.checked_sub(1).and_then(|at| document.blocks.get(at))).flatten();
    let holder = |id| {
        let container = document.container(id);
        (container.kind == ContainerKind::Item).then_some(container.span)
    };
    if let Some(block) = inside {
        return holder(block.container).unwrap_or(block.span);
    }
    if let Some(item) = holder(comment.container) {
        return item;
    }
    let Some(next) = document.blocks.get(before) else { return comment.span };
    // The next block may be the first item of a list: then the whole item is meant.
    document.ancestors(next).find_map(|(id, _)| holder(id)).unwrap_or(next.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn without(text: &str) -> String {
        let source = Source::new("a.md", text.to_owned());
        let (start, end) = (text.find("<!--").unwrap() as u32, text.find("-->").unwrap() as u32 + 3);
        let mut text = text.to_owned();
        text.replace_range(removal(&source, Span { start, end }).range(), "");
        text
    }

    #[test]
    fn a_comment_goes_with_its_line_or_its_spaces() {
        assert_eq!(without("a\n\n<!-- x -->\n- b\n"), "a\n\n- b\n");
        assert_eq!(without("a\r\n\r\n  <!-- x -->\t\r\nb"), "a\r\n\r\nb");
        assert_eq!(without("\u{feff}<!-- x -->\nb"), "\u{feff}b");
        assert_eq!(without("a\n\n<!-- x -->"), "a\n\n");
        assert_eq!(without("- a <!-- x -->\n- b"), "- a\n- b");
        assert_eq!(without("| a <!-- x --> |"), "| a |");
        assert_eq!(without("a <!-- x --> b"), "a b");
        assert_eq!(without("a<!-- x -->b"), "ab");
        assert_eq!(without("a  <!-- x -->  \nb"), "a  \nb");
    }

    #[test]
    fn paragraphs_that_a_comment_keeps_apart_stay_apart() {
        assert_eq!(without("a\n<!-- x -->\nb\n"), "a\n\nb\n");
        assert_eq!(without("a\r\n<!-- x -->\r\nb"), "a\r\n\r\nb");
    }

    /// The findings on a brief with this comment, as of a day: the rules that speak of it, and the labels of missing deadlines.
    fn found(comment: &str, as_of: &str) -> (Vec<String>, Vec<usize>) {
        let text = format!("# UPR of Zemland\n\nWe recommend that Zemland:\n\n- Ratify the Convention against Torture. {comment}\n");
        let review = crate::brief::review::Review { as_of: Date::parse(as_of), ..Default::default() };
        let found = crate::check::lint(&Source::new("a.md", text), crate::builtin::rulebook(), &review);
        let own = found.iter().filter(|found| found.rule.folder() == "ignore").map(|found| found.rule.to_string()).collect();
        (own, found.iter().filter(|found| found.rule.as_str() == "time-bound/missing-deadline").map(|found| found.labels.len()).collect())
    }

    /// A brief with these words after the fixes of what its comments say, as of a day.
    #[track_caller]
    fn mended(words: &str, as_of: &str) -> String {
        let before = "# UPR of Zemland\n\n";
        let review = crate::brief::review::Review { as_of: Date::parse(as_of), ..Default::default() };
        let source = Source::new("a.md", format!("{before}{words}"));
        let own = |found: &Diagnostic| found.rule.folder() == "ignore";
        let applied = crate::fixes::apply(&source, crate::builtin::rulebook(), &review, crate::fixes::Which::Safe, own);
        assert!(!applied.checked.diagnostics.iter().any(|found| own(found) && found.fix.is_some()), "{:?}", applied.skipped);
        applied.source.text().strip_prefix(before).unwrap().to_owned()
    }

    #[test]
    fn a_pair_that_silences_nothing_goes_as_a_whole() {
        for (words, better) in [
            (
                "<!-- upr-ignore-start tone: calm -->\n\n- Close it.\n- Ratify it.\n\n<!-- upr-ignore-end -->\n\nText.\n",
                "\n- Close it.\n- Ratify it.\n\n\nText.\n",
            ),
            ("A <!-- upr-ignore-start tone: calm --> calm <!-- upr-ignore-end --> text.\n", "A calm text.\n"),
            ("<!-- upr-ignore-start tone: calm --> <!-- upr-ignore-end -->\n\nText.\n", "\n\nText.\n"),
            (
                "<!-- upr-ignore-start tone: a -->\n\n<!-- upr-ignore-start safety: b -->\n\nText.\n\n<!-- upr-ignore-end -->\n\n<!-- upr-ignore-end -->\n",
                "\n\nText.\n\n\n",
            ),
            ("Text.\n\n<!-- upr-ignore-start tone: calm -->\n\nMore.\n", "Text.\n\n\nMore.\n"),
        ] {
            assert_eq!(mended(words, ""), better);
        }
        let used = "<!-- upr-ignore-start tone: calm -->\n\nNo child should be beaten!\n\n<!-- upr-ignore-end -->\n";
        assert_eq!(mended(used, ""), used);
    }

    #[test]
    fn a_comment_whose_time_is_over_goes_when_nothing_is_left_that_it_silenced() {
        let (over, words) = ("<!-- upr-ignore tone until 2027-01: calm -->", "No child should be beaten! <!-- upr-ignore tone until 2027-01: calm -->\n");
        assert_eq!(mended(words, "2026-12-31"), words);
        assert_eq!(mended(words, "2027-01-01"), words, "it still says why the finding was silenced");
        assert_eq!(mended(&words.replace("beaten!", "beaten."), "2027-01-01"), "No child should be beaten.\n");
        assert_eq!(mended(&format!("{over}\n\nText.\n"), "2027-01-01"), "\nText.\n");
    }

    #[test]
    fn a_comment_holds_until_its_day_comes() {
        let comment = "<!-- upr-ignore missing-deadline until 2027-01: the mission answers then -->";
        assert_eq!(found(comment, "2026-12-31"), (vec![], vec![]));
        assert_eq!(found(comment, "2027-01-01"), (vec![EXPIRED.to_owned()], vec![1]));
        assert_eq!(found(comment, ""), (vec![], vec![]), "no day is known");
        assert_eq!(found(&comment.replace("2027-01", "2027-01-15"), "2027-01-14"), (vec![], vec![]));
        assert_eq!(found(&comment.replace("2027-01", "2027-01-15"), "2027-01-15"), (vec![EXPIRED.to_owned()], vec![1]));
        assert_eq!(found(&comment.replace("missing-deadline", "tone"), "2027-02-01"), (vec![EXPIRED.to_owned()], vec![0]));
        let lasting = format!("{comment} <!-- upr-ignore time-bound: agreed -->");
        assert_eq!(found(&lasting, "2027-02-01"), (vec![EXPIRED.to_owned()], vec![]), "another comment still holds");
    }

    #[test]
    fn a_comment_until_no_day_is_told_and_holds() {
        for date in ["2027-13", "January 2027", "", "2027", "2027-01 2028-01"] {
            let comment = format!("<!-- upr-ignore missing-deadline until {date}: x -->");
            assert_eq!(found(&comment, "2030-01-01"), (vec![BAD_DATE.to_owned()], vec![]), "{date}");
        }
    }
}
