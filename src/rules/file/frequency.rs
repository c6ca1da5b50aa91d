//! How often each rule speaks of real recommendations, as measured and written down by `examples/frequency.rs`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::Source;

use super::faults::Faults;
use super::tables::parse;

/// What was measured.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frequencies {
    /// In what it was measured.
    pub data: Data,
    /// By the names of the rules. A rule that speaks of issues, questions or a whole brief is not here.
    pub rule: BTreeMap<String, Frequency>,
}

/// The recommendations in which it was measured.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// What they are: "recommendations that States made in …".
    pub of: String,
    /// How many there are.
    pub recommendations: usize,
}

/// What was measured of a rule.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// Of how many recommendations it speaks.
    pub speaks: usize,
    /// Of how many it speaks that a person has judged by hand.
    pub judged: Option<usize>,
    /// With how many of those the person agrees.
    pub right: Option<usize>,
}

impl Frequencies {
    /// What was measured of a rule.
    pub fn of(&self, rule: &RuleId) -> Option<&Frequency> {
        self.rule.get(rule.as_str())
    }
}

/// Reads the file.
///
/// # Errors
/// What is wrong with it.
pub fn read(source: &Source) -> Result<Frequencies, Vec<Diagnostic>> {
    let mut faults = Faults::of("rule-file");
    let frequencies = parse(source, &mut faults);
    faults.into_result(frequencies)
}
