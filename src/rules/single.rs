//! The rules on one recommendation that stands outside any brief: a row of a database, an item of a list.
//!
//! Only rules that look at a recommendation or a passage speak here; those about issues, questions and the brief have nothing to
//! look at. What is the same for all recommendations of a language is looked up once, in a [`Judge`].

use std::sync::{Arc, OnceLock};

use crate::brief::asks::Asks;
use crate::brief::review::{ReviewDate, TimeFrame};
use crate::brief::{Brief, Recommendation, Role};
use crate::diagnostic::{RuleId, Severity};
use crate::language::names::{self, Name};
use crate::language::{self, Reading};
use crate::markdown::Document;
use crate::pages::Pages;
use crate::text::prose::WordRange;
use crate::words::Language;

use super::apply::{self, Case, Spoken, Subject};
use super::condition::Unit;
use super::verdict::{self, Letter, Letters};
use super::{Rule, Rulebook};

/// A recommendation with what was read in it and found. All places are bytes of its text.
#[derive(Debug)]
pub struct Assessed<'b> {
    /// The language in which it was read.
    pub language: Language,
    /// What it says.
    pub reading: Reading,
    /// The names in it.
    pub names: Vec<Name>,
    /// What is weak, sorted by place and rule.
    pub findings: Vec<Finding<'b>>,
    /// The verdicts.
    pub letters: Letters,
}

/// A weakness of one recommendation.
#[derive(Debug)]
pub struct Finding<'b> {
    /// The rule that speaks.
    pub rule: &'b RuleId,
    /// How much it weighs.
    pub severity: Severity,
    /// What it says.
    pub message: Arc<str>,
    /// The words of which it speaks.
    pub words: WordRange,
}

/// The rules of a rulebook that can speak of one recommendation.
pub struct Judge<'b> {
    book: &'b Rulebook,
    languages: [OnceLock<Bench<'b>>; Language::ALL.len()],
}

/// What a language has of them.
struct Bench<'b> {
    /// The rules in the order in which they are applied, each with its place and those of the rules that may silence it.
    rules: Vec<(usize, &'b Rule, &'b [usize])>,
    /// For each letter, whether all rules that can take it away know the language.
    known: [bool; Letter::ALL.len()],
}

impl<'b> Judge<'b> {
    /// A judge by this rulebook.
    pub fn new(book: &'b Rulebook) -> Judge<'b> {
        Judge { book, languages: Default::default() }
    }

    /// Reads a recommendation and applies the rules. Without a language, its small words tell it; without a review, it cannot be
    /// late.
    pub fn assess(&self, text: &str, language: Option<Language>, review: Option<ReviewDate>) -> Assessed<'b> {
        let mut document = Document::default();
        document.prose.push(text, 0..text.len());
        let words = self.book.lexicon.read(text, language);
        let own = document.prose.trim(WordRange::new(0..text.len()));
        let frame = TimeFrame { stated: review, review, ..TimeFrame::default() };
        let readings = [language::read_alone(&document.prose, &words, &self.book.lexicon, &self.book.grammar, own, &frame)];
        let brief = brief(words.language, frame, own);
        let pages = Pages::default();
        let case = Case { document: &document, words: &words, brief: &brief, readings: &readings, pages: &pages, book: self.book, told: &[] };
        let [english, french, spanish] = &self.languages;
        let bench = match words.language {
            Language::English => english,
            Language::French => french,
            Language::Spanish => spanish,
        };
        let bench = bench.get_or_init(|| Bench::new(self.book, &case));
        let anchor = case.readings.first().map_or(own, |reading| reading.action.verb);
        let recommendation = Subject { unit: Unit::Recommendation, index: 0, words: own, anchor, issue: None };
        let passage = Subject { unit: Unit::Passage, index: 0, words: own, anchor: own, issue: None };
        let mut spoken: Vec<Spoken> = Vec::new();
        let mut findings = Vec::new();
        for &(at, rule, silencers) in &bench.rules {
            if silencers.iter().any(|silencer| spoken.iter().any(|spoken| spoken.rule == *silencer)) || !apply::can_speak(&case, &rule.condition) {
                continue;
            }
            let subject = if rule.condition.each == Unit::Passage { &passage } else { &recommendation };
            for (found, count) in apply::check(&case, &rule.condition, subject) {
                spoken.push(Spoken { rule: at, words: found.words });
                let severity = apply::severity(&case, rule, found, count);
                let message = apply::said(&case, rule, subject, found, count, apply::message(rule, count));
                if !self.book.is_off(&rule.id) {
                    findings.push(Finding { rule: &rule.id, severity, message, words: found.words });
                }
            }
        }
        findings.sort_by(|a, b| (a.words.start, a.rule).cmp(&(b.words.start, b.rule)));
        spoken.retain(|spoken| self.book.rules.get(spoken.rule).is_none_or(|rule| !self.book.is_off(&rule.id)));
        spoken.sort_by_key(|spoken| (spoken.words.start, spoken.rule));
        let letters = verdict::of_one(&case, &spoken, bench.known);
        let treaties = case.readings.first().map_or(&[][..], |reading| reading.treaties.as_slice());
        let names = names::names(&case.context(), own, treaties);
        let [reading] = readings;
        Assessed { language: words.language, reading, names, findings, letters }
    }
}

impl<'b> Bench<'b> {
    fn new(book: &'b Rulebook, case: &Case<'_>) -> Bench<'b> {
        let speaks = |rule: &Rule| matches!(rule.condition.each, Unit::Recommendation | Unit::Passage) && apply::is_supported(case, &rule.condition);
        Bench { rules: book.in_order().filter(|(_, rule, _)| speaks(rule)).collect(), known: verdict::known(case) }
    }
}

/// A brief that is one recommendation.
fn brief(language: Language, frame: TimeFrame, words: WordRange) -> Brief {
    Brief {
        language,
        frame,
        title: None,
        organisation: None,
        contact: false,
        consent: false,
        issues: Vec::new(),
        recommendations: vec![Recommendation { words, issue: None, lead_in: None }],
        questions: Vec::new(),
        roles: vec![Role::Recommendation],
        asks: Asks::default(),
        unknown_directives: Vec::new(),
    }
}
