//! The date that a relative deadline comes to, after its words: “within two years” `= by 5 November 2028`.

use lsp_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range};

use crate::brief::date::Date;
use crate::brief::review::{Precision, TimeFrame};
use crate::language::time::{Deadline, DeadlineKind};
use crate::text::Span;

use super::capabilities::Client;
use super::convert;
use super::documents::Document;

/// The hints for the deadlines that a range touches.
pub(super) fn hints(document: &Document, range: Range, client: &Client) -> Vec<InlayHint> {
    let Some(seen) = document.seen() else { return Vec::new() };
    let wanted = convert::span(&document.source, range, client.encoding);
    let prose = &seen.checked.document.prose;
    let frame = &seen.checked.brief.frame;
    let mut found: Vec<(Span, &Deadline)> = Vec::new();
    for reading in &seen.checked.readings {
        let own = reading.times.deadlines.iter().map(|deadline| (reading.place(&deadline.words), deadline));
        let lead = reading.lead_in.iter().map(|(place, deadline)| (*place, deadline));
        found.extend(own.chain(lead).map(|(words, deadline)| (prose.span(words), deadline)));
    }
    // The lead-in of many recommendations is one place.
    found.sort_by_key(|(span, _)| *span);
    found.dedup_by_key(|(span, _)| *span);
    let touched = found.into_iter().filter(|(span, _)| span.start <= wanted.end && wanted.start <= span.end);
    let hint = |(span, deadline): (Span, &Deadline)| {
        let label = resolved(deadline, frame)?;
        Some(InlayHint {
            position: convert::range(&document.source, Span { start: span.end, end: span.end }, client.encoding).start,
            label: InlayHintLabel::String(format!("= {label}")),
            kind: None,
            text_edits: None,
            tooltip: frame.limit_in_words().map(|limit| InlayHintTooltip::String(format!("The 4½ years of this cycle end on {limit}."))),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
    };
    touched.filter_map(hint).collect()
}

/// What a relative deadline comes to, and how it compares to the limit if it is later: `by 5 November 2032, 18 months after the limit`.
pub(super) fn resolved(deadline: &Deadline, frame: &TimeFrame) -> Option<String> {
    let review = frame.review?;
    let limit = frame.limit()?;
    let latest = match deadline.kind {
        DeadlineKind::Duration { .. } | DeadlineKind::MidTerm => deadline.latest(Some(review.date))?,
        DeadlineKind::NextReview => return Some(format!("by {}, the limit", said(limit, review.precision))),
        DeadlineKind::Date { .. } | DeadlineKind::Cycle { .. } | DeadlineKind::Event { .. } | DeadlineKind::External => return None,
    };
    Some(format!("by {}{}", said(latest, review.precision), lateness(latest, limit)))
}

/// A day, or the month if the review is not known to the day.
fn said(date: Date, precision: Precision) -> String {
    match precision {
        Precision::Day => date.to_string(),
        Precision::Month | Precision::Session => date.month_in_words(),
    }
}

/// `, 18 months after the limit`; nothing for a date that is not later.
pub(super) fn lateness(latest: Date, limit: Date) -> String {
    if latest <= limit {
        return String::new();
    }
    let between = |date: Date| u32::from(date.year()) * 12 + u32::from(date.month());
    // Whole months; what is left over is days.
    let most = between(latest).saturating_sub(between(limit));
    let months = if limit.add_months(most) > latest { most.saturating_sub(1) } else { most };
    match months {
        0 => format!(", {} after the limit", counted(limit.days_until(latest), "day")),
        _ => format!(", {} after the limit", counted(months, "month")),
    }
}

fn counted(number: u32, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_late_is_told_in_months_or_days() {
        let day = |text| Date::parse(text).unwrap();
        let limit = day("2031-05-05");
        for (latest, expected) in [
            ("2031-05-05", ""),
            ("2031-05-06", ", 1 day after the limit"),
            ("2031-06-04", ", 30 days after the limit"),
            ("2031-06-05", ", 1 month after the limit"),
            ("2032-11-05", ", 18 months after the limit"),
        ] {
            assert_eq!(lateness(day(latest), limit), expected, "{latest}");
        }
    }
}
