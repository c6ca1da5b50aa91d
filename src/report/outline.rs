//! What the program understood of a brief, ready to be shown. How it is written is for `outline_text` and `briefs_json`.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::rules::verdict::{Answer, Letter, Letters};
use crate::text::prose::WordRange;

use super::pages::Length;

/// A brief as it was understood. Its fields are those of the JSON, in that order; lines begin at 1.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Outline {
    /// Its path.
    pub path: String,
    /// The language in which it was read: `en`, `fr`, `es`.
    pub language: &'static str,
    /// The State under review.
    pub state: Option<String>,
    /// The session.
    pub session: Option<u16>,
    /// The review as stated: `2026-11` or `2026-11-05`.
    pub review: Option<String>,
    /// The day on which the 4½ years end: `2031-05-05`.
    pub limit: Option<String>,
    /// The paragraph about the authors.
    pub organisation: Option<Place>,
    /// The issues.
    pub issues: Vec<Issue>,
    /// The recommendations.
    pub recommendations: Vec<Recommendation>,
    /// The questions to the State under review.
    pub questions: Vec<Question>,
    /// The length.
    pub pages: Length,
}

/// Where something stands.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Place {
    /// Its line.
    pub line: usize,
}

/// An issue.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Issue {
    /// Its title.
    pub title: String,
    /// Its line.
    pub line: usize,
    /// Its recommendations, by their places in the brief.
    pub recommendations: Vec<usize>,
}

/// A recommendation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Recommendation {
    /// Its own words.
    pub text: String,
    /// Its line.
    pub line: usize,
    /// Its issue, by its place in the brief.
    pub issue: Option<usize>,
    /// Its deadline.
    pub deadline: Option<Deadline>,
    /// The verdicts on it.
    pub smart: Smart,
}

/// The verdicts on the five criteria.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Smart {
    /// Specific.
    pub specific: Verdict,
    /// Measurable.
    pub measurable: Verdict,
    /// Achievable.
    pub achievable: Verdict,
    /// Relevant.
    pub relevant: Verdict,
    /// Time-bound.
    pub time_bound: Verdict,
}

impl Smart {
    /// The verdicts, with their words as they may be shown.
    pub fn of(letters: &Letters, shown: impl Fn(WordRange) -> String) -> Smart {
        let verdict = |letter: Letter| {
            let verdict = &letters[letter];
            Verdict { verdict: verdict.answer, words: verdict.words.iter().map(|&words| shown(words)).collect() }
        };
        Smart {
            specific: verdict(Letter::Specific),
            measurable: verdict(Letter::Measurable),
            achievable: verdict(Letter::Achievable),
            relevant: verdict(Letter::Relevant),
            time_bound: verdict(Letter::TimeBound),
        }
    }

    /// The verdicts with their letters, in order.
    pub fn all(&self) -> impl Iterator<Item = (char, &Verdict)> {
        let verdicts = [&self.specific, &self.measurable, &self.achievable, &self.relevant, &self.time_bound];
        Letter::ALL.iter().map(|&(letter, _)| letter.initial()).zip(verdicts)
    }
}

/// A verdict with the words that earned it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Verdict {
    /// `met`, `not-met` or `cannot-tell`.
    #[serde(serialize_with = "word_for")]
    #[schemars(with = "String")]
    pub verdict: Answer,
    /// The words that earned it; none where something is missing, or nothing is wrong.
    pub words: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is that of serde")]
fn word_for<S: Serializer>(answer: &Answer, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(answer.word())
}

/// A deadline.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Deadline {
    /// Its words.
    pub text: String,
    /// The last day that satisfies it, if that can be told: `2029-06-30`.
    pub latest: Option<String>,
    /// What it is counted to, if that is no day: `next-review` or `mid-term`.
    pub anchor: Option<&'static str>,
}

/// A question.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Question {
    /// Its words.
    pub text: String,
    /// Its line.
    pub line: usize,
    /// Its issue, by its place in the brief.
    pub issue: Option<usize>,
}
