//! The five letters of each recommendation: which criteria it meets, as the rules say.
//!
//! One source: a letter is missing exactly when a rule of its folder, warning or error, has spoken of the recommendation (for R: of
//! its issue). A recommendation whose verb is general and that names nothing to check is not measurable either.

use crate::brief::Brief;
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::Reading;
use crate::language::action::Category;
use crate::markdown::Document;

/// Whether a recommendation is specific, measurable, achievable, relevant and time-bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the five letters are five answers")]
pub struct Letters {
    /// A well-defined action on a specific right.
    pub specific: bool,
    /// It can be monitored.
    pub measurable: bool,
    /// Within the State's material capacity.
    pub achievable: bool,
    /// Tied to the situation and its evidence.
    pub relevant: bool,
    /// Due by the next review or sooner.
    pub time_bound: bool,
}

impl Letters {
    /// The five, in order.
    pub fn all(self) -> [bool; 5] {
        [self.specific, self.measurable, self.achievable, self.relevant, self.time_bound]
    }
}

/// The letters of each recommendation.
pub(crate) fn letters(document: &Document, brief: &Brief, readings: &[Reading], diagnostics: &[Diagnostic]) -> Vec<Letters> {
    let mut heavy: Vec<&Diagnostic> = diagnostics.iter().filter(|diagnostic| diagnostic.severity > Severity::Advice).collect();
    heavy.sort_by_key(|diagnostic| diagnostic.span.start);
    let spoken = |words, folder: &str| {
        let span = document.prose.span(words);
        let first = heavy.partition_point(|diagnostic| diagnostic.span.start < span.start);
        let mut inside = heavy.iter().skip(first).take_while(|diagnostic| diagnostic.span.start < span.end);
        inside.any(|diagnostic| span.contains(diagnostic.span) && diagnostic.rule.folder() == folder)
    };
    // For each issue, once for all of its recommendations.
    let relevant: Vec<bool> =
        brief.issues.iter().map(|issue| !issue.explanation.iter().chain([&issue.title]).any(|&words| spoken(words, "relevant"))).collect();
    let read = brief.recommendations.iter().zip(readings).map(|(recommendation, reading)| {
        let met = |folder| !spoken(recommendation.words, folder);
        let vague = matches!(reading.action.category, Some(category) if category < Category::Specific);
        let nothing_to_check = vague && reading.measure.is_none() && reading.means.is_none();
        Letters {
            specific: met("specific"),
            measurable: met("measurable") && !nothing_to_check,
            achievable: met("achievable"),
            relevant: met("relevant") && recommendation.issue.and_then(|issue| relevant.get(issue)).copied().unwrap_or(false),
            time_bound: met("time-bound"),
        }
    });
    read.collect()
}
