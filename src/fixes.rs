//! Mending: the fixes of findings applied to a text.
//!
//! The one way in which fixes are applied, for the command line and for editors, so that both write the same bytes. Fixes never
//! overlap (the first by place wins, the next round may take the other), bytes outside them stay as they are, and a text that was
//! mended once is not changed by mending it again. A fix that does not make its finding go away is not applied.

pub mod ignores;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::brief::review::Review;
use crate::check::{Checked, check};
use crate::diagnostic::{Applicability, Diagnostic, Fix, RuleId};
use crate::rules::Rulebook;
use crate::text::{Source, Span};

/// Which fixes are applied. One with a gap to fill never is: only its author can fill it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those with one right answer.
    Safe,
    /// Those that may change the meaning as well.
    SafeAndUnsafe,
}

impl Which {
    /// Whether a fix of this kind is applied.
    pub fn takes(self, applicability: Applicability) -> bool {
        match applicability {
            Applicability::Safe => true,
            Applicability::Unsafe => self == Which::SafeAndUnsafe,
            Applicability::Placeholder => false,
        }
    }
}

/// Why a fix was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Its kind was not asked for.
    Kind(Applicability),
    /// It would not make the finding go away.
    DoesNotHelp,
    /// Fixes make way for each other without end, so none was applied.
    Circle,
}

impl Reason {
    /// The reason as the end of “not mended: …”.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Kind(Applicability::Safe | Applicability::Unsafe) => "the fix may change the meaning",
            Reason::Kind(Applicability::Placeholder) => "the fix has a gap that only you can fill",
            Reason::DoesNotHelp => "the fix would not help here",
            Reason::Circle => "the fixes of this brief undo each other",
        }
    }
}

/// A fix that was not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The rule of the finding.
    pub rule: RuleId,
    /// Where the finding stands in the mended text.
    pub span: Span,
    /// Why.
    pub reason: Reason,
}

/// A text with its fixes applied.
#[derive(Debug)]
pub struct Applied {
    /// The mended text, under the name of the one that was given.
    pub source: Source,
    /// What is left to say of it.
    pub checked: Checked,
    /// The rules whose findings were mended, one entry for each, in the order in which they were applied.
    pub applied: Vec<RuleId>,
    /// The findings of `checked` that have a fix, in order, and why it was not applied.
    pub skipped: Vec<Skipped>,
}

/// How often a text is checked before it is left as it was. Two rounds are usual: fixes that overlap wait for the next.
const CHECKS: usize = 16;

/// Applies the fixes of those findings that are `wanted`, until there is nothing left to apply.
pub fn apply(source: &Source, book: &Rulebook, review: &Review, which: Which, wanted: impl Fn(&Diagnostic) -> bool) -> Applied {
    let check = |text: String| {
        let source = Source::new(source.name().to_owned(), text);
        let checked = check(&source, book, review);
        (source, checked)
    };
    let mut now = check(source.text().to_owned());
    let mut applied = Vec::new();
    // The findings of the present text whose fix was tried in vain.
    let mut vain: FxHashSet<usize> = FxHashSet::default();
    for _ in 1..CHECKS {
        let (source, checked) = &now;
        let takes =
            |(at, found): &(usize, &Diagnostic)| wanted(found) && !vain.contains(at) && found.fix.as_deref().is_some_and(|fix| which.takes(fix.applicability));
        let round = Round::new(checked.diagnostics.iter().enumerate().filter(takes));
        if round.parts.is_empty() {
            let skipped =
                skipped(&checked.diagnostics, &wanted, |at, fix| if vain.contains(&at) { Reason::DoesNotHelp } else { Reason::Kind(fix.applicability) });
            let (source, checked) = now;
            return Applied { source, checked, applied, skipped };
        }
        let next = check(round.text(source.text()));
        let still = round.still_there(&next.1.diagnostics);
        if still.is_empty() {
            applied.extend(round.parts.iter().map(|part| part.found.rule.clone()));
            now = next;
            vain.clear();
        } else {
            vain.extend(still);
        }
    }
    let (source, checked) = check(source.text().to_owned());
    let skipped =
        skipped(&checked.diagnostics, &wanted, |_, fix| if which.takes(fix.applicability) { Reason::Circle } else { Reason::Kind(fix.applicability) });
    Applied { source, checked, applied: Vec::new(), skipped }
}

fn skipped(found: &[Diagnostic], wanted: impl Fn(&Diagnostic) -> bool, reason: impl Fn(usize, &Fix) -> Reason) -> Vec<Skipped> {
    let with_fix = found.iter().enumerate().filter(|(_, found)| wanted(found)).filter_map(|(at, found)| found.fix.as_deref().map(|fix| (at, found, fix)));
    with_fix.map(|(at, found, fix)| Skipped { rule: found.rule.clone(), span: found.span, reason: reason(at, fix) }).collect()
}

/// A fix of a round.
struct Part<'d> {
    /// The place of the finding among all.
    at: usize,
    found: &'d Diagnostic,
    fix: &'d Fix,
    /// By how many bytes what follows moves.
    shift: i64,
}

/// Fixes that do not overlap, in the order of their places.
struct Round<'d> {
    parts: Vec<Part<'d>>,
}

impl<'d> Round<'d> {
    fn new(findings: impl Iterator<Item = (usize, &'d Diagnostic)>) -> Round<'d> {
        let mut parts: Vec<Part<'d>> = findings.filter_map(|(at, found)| found.fix.as_deref().map(|fix| Part { at, found, fix, shift: 0 })).collect();
        parts.sort_by_key(|part| (part.fix.span, part.at));
        let mut last: Option<Span> = None;
        parts.retain(|part| {
            let free = last.is_none_or(|last| last.end <= part.fix.span.start && last != part.fix.span);
            if free {
                last = Some(part.fix.span);
            }
            free
        });
        let mut shift = 0;
        for part in &mut parts {
            shift += part.fix.replacement.len() as i64 - i64::from(part.fix.span.end - part.fix.span.start);
            part.shift = shift;
        }
        Round { parts }
    }

    /// The text with the fixes applied.
    fn text(&self, text: &str) -> String {
        let mut mended = String::with_capacity(text.len());
        let mut from = 0;
        for part in &self.parts {
            let range = part.fix.span.range();
            mended.push_str(text.get(from..range.start).unwrap_or_default());
            mended.push_str(&part.fix.replacement);
            from = range.end;
        }
        mended.push_str(text.get(from..).unwrap_or_default());
        mended
    }

    /// The findings whose fix did not make them go away, by their places among all.
    fn still_there(&self, after: &[Diagnostic]) -> Vec<usize> {
        // The findings of each rule are sorted by their beginning; beside it stands how far they reach up to there.
        let mut reach: FxHashMap<&RuleId, Vec<(u32, u32)>> = FxHashMap::default();
        for found in after {
            let places = reach.entry(&found.rule).or_default();
            let before = places.last().map_or(0, |&(_, end)| end);
            places.push((found.span.start, found.span.end.max(before)));
        }
        let stays = |part: &&Part<'_>| {
            let span = self.moved(part.found.span);
            let places = reach.get(&part.found.rule).map_or(&[][..], Vec::as_slice);
            let before = places.partition_point(|&(start, _)| start < span.end);
            before.checked_sub(1).and_then(|at| places.get(at)).is_some_and(|&(_, end)| end > span.start)
        };
        self.parts.iter().filter(stays).map(|part| part.at).collect()
    }

    /// Where a place of the text stands when the fixes are applied; what is replaced becomes all of its replacement.
    fn moved(&self, span: Span) -> Span {
        Span { start: self.moved_to(span.start, true), end: self.moved_to(span.end, false) }
    }

    fn moved_to(&self, offset: u32, is_start: bool) -> u32 {
        let before = self.parts.partition_point(|part| part.fix.span.end <= offset);
        let shift = before.checked_sub(1).and_then(|at| self.parts.get(at)).map_or(0, |part| part.shift);
        let inside = self.parts.get(before).map(|part| part.fix).filter(|fix| fix.span.start < offset);
        let place = match inside {
            Some(fix) if is_start => i64::from(fix.span.start),
            Some(fix) => i64::from(fix.span.start) + fix.replacement.len() as i64,
            None => i64::from(offset),
        };
        u32::try_from(place + shift).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::builtin;
    use crate::diagnostic::Severity;

    use super::*;

    const BRIEF: &str = "# UPR of Zemland\r\n\r\n<!-- upr-ignore brief/no-state: old -->\r\n\r\n- Ratify the Convention. <!-- upr-ignore tone: calm -->";

    fn mend(text: &str) -> Applied {
        apply(&Source::new("a.md", text.to_owned()), builtin::rulebook(), &Review::default(), Which::Safe, |_| true)
    }

    #[test]
    fn what_stands_outside_the_fixes_stays_as_it_is() {
        let mended = mend(&format!("\u{feff}{BRIEF}"));
        assert!(mended.source.text().starts_with("\u{feff}# UPR of Zemland\r\n\r\n"));
        assert!(!mended.source.text().contains("upr-ignore") && !mended.source.text().ends_with('\n'));
        assert_eq!(mended.applied.iter().map(RuleId::as_str).collect::<Vec<_>>(), ["ignore/unused", "ignore/unused"]);
    }

    #[test]
    fn a_mended_text_is_mended_no_more() {
        let once = mend(BRIEF);
        let twice = mend(once.source.text());
        assert_eq!(once.source.text(), twice.source.text());
        assert!(twice.applied.is_empty());
    }

    fn finding(start: u32, end: u32, replacement: &str) -> Diagnostic {
        let span = Span { start, end };
        let fix = Fix { span, replacement: replacement.to_owned(), applicability: Applicability::Safe };
        Diagnostic {
            rule: RuleId::new("a/b"),
            severity: Severity::Advice,
            message: "".into(),
            span,
            labels: Vec::new(),
            help: None,
            fix: Some(Box::new(fix)),
            private: false,
        }
    }

    #[test]
    fn of_fixes_that_overlap_the_first_is_taken() {
        let found = [finding(2, 4, "XYZ"), finding(0, 3, "-"), finding(3, 3, "+"), finding(3, 3, "*"), finding(5, 6, "")];
        let round = Round::new(found.iter().enumerate());
        assert_eq!(round.text("abcdefg"), "-+deg");
        assert_eq!(round.parts.iter().map(|part| part.at).collect::<Vec<_>>(), [1, 2, 4]);
    }

    #[test]
    fn a_place_moves_with_the_fixes_before_it() {
        let found = [finding(0, 2, "four"), finding(4, 6, "")];
        let round = Round::new(found.iter().enumerate());
        let moved = |start, end| round.moved(Span { start, end });
        assert_eq!(
            (moved(0, 2), moved(1, 3), moved(4, 6), moved(5, 8)),
            (Span { start: 0, end: 4 }, Span { start: 0, end: 5 }, Span { start: 6, end: 6 }, Span { start: 6, end: 8 })
        );
    }

    #[test]
    fn a_finding_that_would_stay_is_seen() {
        let found = [finding(0, 2, "four"), finding(4, 6, "ab")];
        let round = Round::new(found.iter().enumerate());
        assert_eq!(round.still_there(&[finding(2, 4, ""), finding(8, 9, "")]), [0]);
        assert!(round.still_there(&[finding(4, 6, "")]).is_empty());
    }
}
