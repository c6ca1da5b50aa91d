//! What a configuration makes of the rules: one is switched off, weighs more or less, or has another limit.
//!
//! A rule that is off is looked at all the same, and what it finds is dropped at the end: no other rule speaks in its place, a
//! comment that silences it is not told to be useless, and personal data that it finds stays hidden. It does not count against a letter.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::brief::asks::Asks;
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::pages::setting::Setting;

use super::apply::Spoken;
use super::suppress::{self, OWN_RULES};
use super::{Rulebook, nearest};

/// Whether a rule speaks, and how much it weighs then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It says nothing.
    Off,
    /// It speaks, and each of its findings weighs so much.
    Always(Severity),
}

/// What is said of one rule; what is not said stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adjustment {
    /// Whether it speaks, and how much it weighs.
    pub level: Option<Level>,
    /// The number in its `more-than` or `fewer-than`.
    pub limit: Option<usize>,
}

/// What a configuration has switched off, and how much findings about the comments themselves weigh.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjusted {
    off: FxHashSet<RuleId>,
    own: BTreeMap<RuleId, Severity>,
}

impl Rulebook {
    /// This rulebook with some of its rules adjusted, and another usual page.
    #[must_use]
    pub fn adjusted(&self, adjustments: &BTreeMap<RuleId, Adjustment>, page: Setting) -> Rulebook {
        let mut rules = self.rules.clone();
        let mut adjusted = self.adjusted.clone();
        for (id, adjustment) in adjustments {
            if adjustment.level == Some(Level::Off) {
                adjusted.off.insert(id.clone());
            }
            let severity = match adjustment.level {
                Some(Level::Always(severity)) => Some(severity),
                Some(Level::Off) | None => None,
            };
            let Some(rule) = rules.iter_mut().find(|rule| rule.id == *id) else {
                adjusted.own.extend(severity.map(|severity| (id.clone(), severity)));
                continue;
            };
            if let Some(severity) = severity {
                rule.severity = severity;
                rule.severity_elsewhere = None;
                if let Some(escalate) = &mut rule.escalate {
                    escalate.severity = None;
                }
            }
            if adjustment.limit.is_some() {
                *rule.condition.limit_mut() = adjustment.limit;
            }
        }
        Rulebook {
            rules,
            order: self.order.clone(),
            silences: self.silences.clone(),
            lexicon: self.lexicon.clone(),
            guide: self.guide.clone(),
            grammar: self.grammar.clone(),
            page,
            example_files: self.example_files.clone(),
            sources: self.sources.clone(),
            adjusted,
        }
    }

    /// Whether a configuration has switched a rule off.
    pub fn is_off(&self, rule: &RuleId) -> bool {
        self.adjusted.off.contains(rule)
    }

    /// What a person means by a name: a rule by its whole name or the last part of it, or a folder of rules. Findings about comments
    /// in a brief have such names too.
    ///
    /// # Errors
    /// The name that is near, if one is: there is no rule and no folder of this one.
    pub fn named(&self, name: &str) -> Result<Named, Option<String>> {
        let own = || OWN_RULES.iter().map(|&(id, ..)| RuleId::new(id));
        let all = || self.rules.iter().map(|rule| rule.id.clone()).chain(own());
        if let Some(id) = self.rule(name).map(|rule| rule.id.clone()).or_else(|| own().find(|id| id.as_str() == name)) {
            return Ok(Named::Rule(id));
        }
        let folder: Vec<RuleId> = all().filter(|id| id.folder() == name).collect();
        if !folder.is_empty() {
            return Ok(Named::Folder(folder));
        }
        let others: Vec<RuleId> = all().collect();
        let near = self.nearest(name).or_else(|| nearest(name, others.iter().flat_map(|id| [id.folder(), id.as_str()])));
        Err(near.map(str::to_owned))
    }
}

/// What a person means by a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A rule.
    Rule(RuleId),
    /// All rules of a folder.
    Folder(Vec<RuleId>),
}

impl Named {
    /// The rules.
    pub fn rules(&self) -> &[RuleId] {
        match self {
            Named::Rule(id) => std::slice::from_ref(id),
            Named::Folder(ids) => ids,
        }
    }
}

/// What is not told of one brief: what its configuration has switched off, and what its front matter asks not to be told.
pub(crate) struct Off<'a> {
    book: &'a Rulebook,
    asked: FxHashSet<RuleId>,
    faults: Vec<Diagnostic>,
}

impl<'a> Off<'a> {
    pub(crate) fn new(book: &'a Rulebook, asks: &Asks) -> Off<'a> {
        let mut faults: Vec<Diagnostic> =
            asks.faults.iter().map(|fault| suppress::about(suppress::UNKNOWN_RULE, fault.span, fault.message.clone(), fault.help.clone())).collect();
        let mut asked = FxHashSet::default();
        for (name, span) in &asks.ignore {
            match book.named(name) {
                Ok(named) => asked.extend(named.rules().iter().cloned()),
                Err(near) => faults.push(suppress::unknown_rule(name, *span, near.as_deref())),
            }
        }
        Off { book, asked, faults }
    }

    fn holds(&self, rule: &RuleId) -> bool {
        self.book.is_off(rule) || self.asked.contains(rule)
    }

    fn is_empty(&self) -> bool {
        self.asked.is_empty() && self.book.adjusted.off.is_empty()
    }

    /// The rules that have spoken and count.
    pub(crate) fn counting(&self, mut spoken: Vec<Spoken>) -> Vec<Spoken> {
        if !self.is_empty() {
            spoken.retain(|spoken| self.book.rules.get(spoken.rule).is_none_or(|rule| !self.holds(&rule.id)));
        }
        spoken
    }

    /// Takes out of some findings what is not told, and weighs those about comments.
    pub(crate) fn settle<T>(&self, findings: &mut Vec<T>, finding_in: impl Fn(&mut T) -> &mut Diagnostic) {
        if !self.is_empty() {
            findings.retain_mut(|held| !self.holds(&finding_in(held).rule));
        }
        if !self.book.adjusted.own.is_empty() {
            for finding in findings.iter_mut().map(finding_in) {
                if let Some(&severity) = self.book.adjusted.own.get(&finding.rule) {
                    finding.severity = severity;
                }
            }
        }
    }

    /// What is wrong with the front matter.
    pub(crate) fn faults(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.faults)
    }
}
