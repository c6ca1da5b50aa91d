//! One thing worth telling the author. The one model of a finding: it knows no rule, terminal or protocol.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::text::Span;

/// The name of a rule: `time-bound/missing-deadline`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// The id of this name.
    pub fn new(name: &str) -> RuleId {
        RuleId(name.into())
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder: the S.M.A.R.T. criterion, or `brief`, `tone`, `safety`.
    pub fn folder(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How much a finding weighs. Ordered from light to heavy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Could be better.
    Advice,
    /// A probable weakness.
    Warning,
    /// Breaks a number or a duty that the guidance states.
    Error,
}

impl Severity {
    /// All severities, from light to heavy.
    pub const ALL: [Severity; 3] = [Severity::Advice, Severity::Warning, Severity::Error];

    /// The word for it, in rule files and in every output.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Advice => "advice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of this name.
    pub fn from_name(name: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// From which weight on a finding is a failure, and makes the exit code 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// From an error on.
    Error,
    /// From a warning on.
    #[default]
    Warning,
    /// From a piece of advice on.
    Advice,
    /// No finding is.
    Never,
}

impl FailOn {
    /// All of them, from the heaviest weight to none.
    pub const ALL: [FailOn; 4] = [FailOn::Error, FailOn::Warning, FailOn::Advice, FailOn::Never];

    /// The one of this name.
    pub fn from_name(name: &str) -> Option<FailOn> {
        FailOn::ALL.into_iter().find(|fail_on| fail_on.name() == name)
    }

    /// The word for it, on the command line and in configurations.
    pub fn name(self) -> &'static str {
        match self {
            FailOn::Error => "error",
            FailOn::Warning => "warning",
            FailOn::Advice => "advice",
            FailOn::Never => "never",
        }
    }

    /// Whether a finding of this weight is a failure.
    pub fn is_reached(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Advice => severity >= Severity::Advice,
            FailOn::Never => false,
        }
    }
}

/// A second place that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// Whether a fix may be applied without a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// There is one right answer.
    Safe,
    /// It may change the meaning.
    Unsafe,
    /// It leaves a gap for the author to fill.
    Placeholder,
}

impl Applicability {
    /// All kinds.
    pub const ALL: [Applicability; 3] = [Applicability::Safe, Applicability::Unsafe, Applicability::Placeholder];

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Applicability> {
        Applicability::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The word for it in rule files and in every output.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
            Applicability::Placeholder => "placeholder",
        }
    }
}

/// Other words for a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
}

/// One thing worth telling the author, at one place. A long text can have as many as it has sentences, so that its size counts: words
/// that a rule always says are shared, and what is rare stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that speaks.
    pub rule: RuleId,
    /// How much it weighs.
    pub severity: Severity,
    /// What is weak: one sentence.
    pub message: Arc<str>,
    /// Where.
    pub span: Span,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<Arc<str>>,
    /// What to write instead.
    pub fix: Option<Box<Fix>>,
    /// Whether the words at `span` are personal data, which no output may show.
    pub private: bool,
}

impl Diagnostic {
    /// The message and what to do.
    pub fn in_full(&self) -> Cow<'_, str> {
        match &self.help {
            Some(help) => Cow::Owned(format!("{} {help}", self.message)),
            None => Cow::Borrowed(&self.message),
        }
    }
}

/// Puts findings into the order in which every output has them.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(order);
}

/// The order of two findings: by place, then by rule.
pub fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    (a.span.start, &a.rule, a.span.end, &a.message).cmp(&(b.span.start, &b.rule, b.span.end, &b.message))
}
