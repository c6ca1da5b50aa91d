//! What was mended in a run, and what was not and why: for people and for machines.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::RuleId;
use crate::fixes::{Applied, Reason};

use super::counted;

/// The fixes of a run, counted.
#[derive(Debug, Default)]
pub struct Fixes {
    applied: BTreeMap<RuleId, usize>,
    skipped: BTreeMap<(Reason, RuleId), usize>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct JsonFixes<'a> {
    applied: Vec<JsonApplied<'a>>,
    skipped: Vec<JsonSkipped<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct JsonApplied<'a> {
    rule: &'a str,
    count: usize,
}

#[derive(Serialize, JsonSchema)]
struct JsonSkipped<'a> {
    rule: &'a str,
    reason: &'static str,
    count: usize,
}

impl Fixes {
    /// The fixes of one brief.
    pub fn of(applied: &Applied) -> Fixes {
        let mut fixes = Fixes::default();
        for rule in &applied.applied {
            *fixes.applied.entry(rule.clone()).or_default() += 1;
        }
        for skipped in &applied.skipped {
            *fixes.skipped.entry((skipped.reason, skipped.rule.clone())).or_default() += 1;
        }
        fixes
    }

    /// Adds those of another brief.
    pub fn add(&mut self, other: Fixes) {
        for (rule, count) in other.applied {
            *self.applied.entry(rule).or_default() += count;
        }
        for (key, count) in other.skipped {
            *self.skipped.entry(key).or_default() += count;
        }
    }

    /// Writes them for a person: a line for what was mended, and one for each reason why something was not. `is_shown`: nothing
    /// was mended yet.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write, is_shown: bool) -> io::Result<()> {
        let total: usize = self.applied.values().sum();
        write!(out, "{} {}", counted(total, "finding", "findings"), if is_shown { "can be mended" } else { "mended" })?;
        write_rules(out, self.applied.iter())?;
        let mut reasons: BTreeMap<Reason, Vec<(&RuleId, &usize)>> = BTreeMap::new();
        for ((reason, rule), count) in &self.skipped {
            reasons.entry(*reason).or_default().push((rule, count));
        }
        for (reason, rules) in reasons {
            let number: usize = rules.iter().map(|(_, count)| **count).sum();
            write!(out, "{} left, because {}", counted(number, "finding", "findings"), reason.words())?;
            write_rules(out, rules.into_iter())?;
        }
        Ok(())
    }

    /// Writes them as a JSON object.
    ///
    /// # Errors
    /// Those of the writer.
    pub(super) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let applied = self.applied.iter().map(|(rule, &count)| JsonApplied { rule: rule.as_str(), count }).collect();
        let skipped = self.skipped.iter().map(|((reason, rule), &count)| JsonSkipped { rule: rule.as_str(), reason: reason.words(), count }).collect();
        Ok(serde_json::to_writer(out, &JsonFixes { applied, skipped })?)
    }
}

/// Writes rules with their numbers and ends the line.
fn write_rules<'r>(out: &mut dyn Write, rules: impl Iterator<Item = (&'r RuleId, &'r usize)>) -> io::Result<()> {
    for (number, (rule, count)) in rules.enumerate() {
        write!(out, "{}{rule} ({count})", if number == 0 { ": " } else { ", " })?;
    }
    writeln!(out)
}
