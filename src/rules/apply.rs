//! Applies every rule to every unit of a brief.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::brief::date::Date;
use crate::brief::review::ReviewDate;
use crate::brief::{Brief, Role};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::language::{Context, Reading, sentences};
use crate::markdown::Document;
use crate::pages::Pages;
use crate::text::prose::WordRange;
use crate::words::{Hit, Words};

use super::condition::{Condition, Counted, Name, Unit};
use super::facts;
use super::fix;
use super::message::{Blank, Message};
use super::{Escalation, Rule, Rulebook};

/// A brief with all that was read in it.
pub(crate) struct Case<'a> {
    pub(crate) document: &'a Document,
    pub(crate) words: &'a Words,
    pub(crate) brief: &'a Brief,
    pub(crate) readings: &'a [Reading],
    pub(crate) pages: &'a Pages,
    pub(crate) book: &'a Rulebook,
    /// The sentences of what the brief says about the State, block by block.
    pub(crate) told: &'a [WordRange],
}

/// The sentences of what a brief says about the State; what it says about its authors is left out.
pub(crate) fn told(document: &Document, brief: &Brief) -> Vec<WordRange> {
    let told = |role: &Role| {
        matches!(role, Role::Explanation(_) | Role::Recommendation | Role::Question | Role::Earlier | Role::LeadIn | Role::Footnote | Role::Quotation)
    };
    let blocks = document.blocks.iter().zip(&brief.roles).filter(|(_, role)| told(role));
    blocks.flat_map(|(block, _)| sentences::sentences(&document.prose, block.words)).collect()
}

impl<'a> Case<'a> {
    pub(crate) fn context(&self) -> Context<'a> {
        Context { prose: &self.document.prose, words: self.words, lexicon: &self.book.lexicon, grammar: &self.book.grammar }
    }
}

/// One unit that a rule looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    pub(crate) unit: Unit,
    /// Its place among the units of its kind.
    pub(crate) index: usize,
    /// Where names are looked for.
    pub(crate) words: WordRange,
    /// What is underlined when nothing was found.
    pub(crate) anchor: WordRange,
    /// The issue that it is or belongs to.
    pub(crate) issue: Option<usize>,
}

/// What a condition found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) words: WordRange,
    /// The entry of a word list, if it was one.
    pub(crate) hit: Option<Hit>,
    /// Whether it rests on a date that is only inferred, so that it must not be an error.
    pub(crate) inferred: bool,
    /// Other words that it speaks of.
    pub(crate) beside: Option<WordRange>,
}

impl Found {
    pub(crate) fn at(words: WordRange) -> Found {
        Found { words, hit: None, inferred: false, beside: None }
    }
}

/// All units of a brief, by kind.
struct Subjects {
    by_unit: [Vec<Subject>; Unit::ALL.len()],
}

impl Subjects {
    fn of(&self, unit: Unit) -> &[Subject] {
        self.by_unit.get(unit as usize).map_or(&[], Vec::as_slice)
    }
}

/// A rule that has spoken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoken {
    /// The place of the rule in the rulebook.
    pub(crate) rule: usize,
    /// The words of which it speaks.
    pub(crate) words: WordRange,
}

/// The findings of all rules, in no order.
pub(crate) fn apply(case: &Case<'_>) -> Vec<(Spoken, Diagnostic)> {
    let subjects = subjects(case);
    let mut findings = Vec::new();
    // What the rules have said that may silence others.
    let mut spoken: FxHashSet<(usize, Unit, usize)> = FxHashSet::default();
    'rules: for (at, rule, silencers) in case.book.in_order() {
        if !can_speak(case, &rule.condition) || !is_supported(case, &rule.condition) {
            continue;
        }
        if silencers.iter().any(|&other| spoken.contains(&(other, Unit::Brief, 0))) {
            continue;
        }
        for subject in subjects.of(rule.condition.each) {
            let found = check(case, &rule.condition, subject);
            if found.is_empty() || silencers.iter().any(|&other| spoken.contains(&(other, subject.unit, subject.index))) {
                continue;
            }
            for (found, count) in found {
                if case.book.silences(at) {
                    spoken.insert((at, subject.unit, subject.index));
                    // What was said of a part of an issue was said of the issue.
                    spoken.extend(subject.issue.map(|issue| (at, Unit::Issue, issue)));
                }
                findings.push((Spoken { rule: at, words: found.words }, diagnostic(case, rule, subject, found, count)));
                if rule.condition.once {
                    continue 'rules;
                }
            }
        }
    }
    findings
}

/// Whether what a condition wants to find stands in the brief at all.
pub(super) fn can_speak(case: &Case<'_>, condition: &Condition) -> bool {
    let somewhere = |name: &Name| match name {
        Name::Fact(_) => true,
        Name::List(list) => case.words.has(*list),
    };
    let with = condition.with.is_empty() || condition.with.iter().any(somewhere);
    with && condition.opens_with.is_none_or(|list| case.words.has(list))
}

/// Whether the language of the brief has the word lists that a condition names. What must not be there can only be missed with
/// all of its lists; what must be there can be found with any.
pub(super) fn is_supported(case: &Case<'_>, condition: &Condition) -> bool {
    let language = case.words.language;
    let known = |name: &Name| match name {
        Name::Fact(fact) => facts::is_known(case, *fact),
        Name::List(list) => case.book.lexicon.has(language, *list),
    };
    let verbs = condition.action.is_none() || case.book.grammar.knows_verbs(language);
    let counts = !matches!(condition.count, Some(Counted::Actions | Counted::Treaties)) || case.book.grammar.knows_verbs(language);
    let lists = [condition.opens_with, condition.not_opening_with].into_iter().flatten().all(|list| case.book.lexicon.has(language, list));
    let with = condition.with.is_empty() || condition.with.iter().any(known);
    verbs && counts && lists && with && condition.without.iter().all(known)
}

fn subjects(case: &Case<'_>) -> Subjects {
    let mut by_unit: [Vec<Subject>; Unit::ALL.len()] = Default::default();
    let mut add = |subject: Subject| {
        if let Some(list) = by_unit.get_mut(subject.unit as usize) {
            list.push(subject);
        }
    };
    let prose = &case.document.prose;
    let whole = WordRange { start: 0, end: prose.text().len() as u32 };
    let first_block = case.document.blocks.first().map_or(whole, |block| block.words);
    let title = case.brief.title.unwrap_or(first_block);
    add(Subject { unit: Unit::Brief, index: 0, words: whole, anchor: title, issue: None });
    for (index, issue) in case.brief.issues.iter().enumerate() {
        let own = issue.recommendations.iter().filter_map(|&at| case.brief.recommendations.get(at)).map(|recommendation| recommendation.words);
        let asked = issue.questions.iter().filter_map(|&at| case.brief.questions.get(at)).map(|question| question.words);
        let parts = issue.explanation.iter().copied().chain(own).chain(asked);
        // The parts of an issue with a list at the end of the brief do not stand together; each is its own subject of the search.
        let words = issue.explanation.iter().copied().fold(issue.title, WordRange::to);
        add(Subject { unit: Unit::Explanation, index, words, anchor: issue.title, issue: Some(index) });
        let words =
            parts.filter(|part| part.start >= issue.title.start).fold(issue.title, |all, part| if is_near(case, index, part) { all.to(part) } else { all });
        add(Subject { unit: Unit::Issue, index, words, anchor: issue.title, issue: Some(index) });
        let mut number = 0;
        for &paragraph in &issue.explanation {
            let from = case.told.partition_point(|sentence| sentence.start < paragraph.start);
            for &sentence in case.told.iter().skip(from).take_while(|sentence| sentence.start < paragraph.end) {
                add(Subject { unit: Unit::Sentence, index: index * 10_000 + number, words: sentence, anchor: sentence, issue: Some(index) });
                number += 1;
            }
        }
    }
    for (index, (recommendation, reading)) in case.brief.recommendations.iter().zip(case.readings).enumerate() {
        add(Subject { unit: Unit::Recommendation, index, words: recommendation.words, anchor: reading.action.verb, issue: recommendation.issue });
    }
    for (index, question) in case.brief.questions.iter().enumerate() {
        let first = case.words.numbers(question.words).start;
        let anchor = case.words.between(first..first + 1);
        add(Subject { unit: Unit::Question, index, words: question.words, anchor, issue: question.issue });
    }
    for (index, (block, role)) in case.document.blocks.iter().zip(&case.brief.roles).enumerate() {
        let running = !matches!(
            role,
            Role::Title | Role::Heading | Role::IssueTitle(_) | Role::Quotation | Role::Footnote | Role::Sources | Role::Contact | Role::Skipped
        );
        if running {
            add(Subject { unit: Unit::Passage, index, words: block.words, anchor: block.words, issue: None });
        }
    }
    Subjects { by_unit }
}

/// Whether a part of an issue stands before the next issue begins.
fn is_near(case: &Case<'_>, issue: usize, part: WordRange) -> bool {
    case.brief.issues.get(issue + 1).is_none_or(|next| part.start < next.title.start)
}

/// What a condition finds in a subject, with the count if it counts.
pub(super) fn check(case: &Case<'_>, condition: &Condition, subject: &Subject) -> Vec<(Found, usize)> {
    let reading = (subject.unit == Unit::Recommendation).then(|| case.readings.get(subject.index)).flatten();
    if condition.action.is_some() && reading.and_then(|reading| reading.action.category) != condition.action {
        return Vec::new();
    }
    let opens = |list| case.words.at(list, case.words.numbers(subject.anchor).start);
    if condition.not_opening_with.is_some_and(|list| opens(list).is_some()) {
        return Vec::new();
    }
    let mut anchor = Found::at(subject.anchor);
    if let Some(list) = condition.opens_with {
        let Some(hit) = opens(list) else { return Vec::new() };
        anchor = Found { hit: Some(hit), ..Found::at(case.words.range(hit)) };
    }
    let mut count = 0;
    if let Some(counted) = condition.count {
        let (number, place) = facts::count(case, counted, condition.more_than, subject);
        let above = condition.more_than.is_some_and(|limit| number.exceeds(limit));
        let below = condition.fewer_than.is_some_and(|limit| !number.reaches(limit));
        if !above && !below {
            return Vec::new();
        }
        count = number.whole();
        anchor = place.map_or(anchor, Found::at);
    }
    let first_only = !matches!(subject.unit, Unit::Brief | Unit::Passage);
    let mut found: Vec<Found> = condition.with.iter().flat_map(|&name| find(case, name, subject, first_only)).collect();
    // What must be there is looked for first: it is missing more often than what must not be there is found.
    let lacks = found.is_empty() && !condition.with.is_empty();
    if lacks || condition.without.iter().any(|&name| !find(case, name, subject, true).is_empty()) {
        return Vec::new();
    }
    if condition.with.is_empty() {
        return vec![(anchor, count)];
    }
    found.sort_by_key(|found| (found.words.start, std::cmp::Reverse(found.words.end)));
    if first_only {
        found.truncate(1);
    }
    found.into_iter().map(|found| (found, count)).collect()
}

/// Whether a name is found in the recommendation at this place.
pub(super) fn is_in_recommendation(case: &Case<'_>, name: Name, index: usize) -> bool {
    let subject = case.brief.recommendations.get(index).map(|recommendation| Subject {
        unit: Unit::Recommendation,
        index,
        words: recommendation.words,
        anchor: recommendation.words,
        issue: recommendation.issue,
    });
    subject.is_some_and(|subject| !find(case, name, &subject, true).is_empty())
}

/// Where a name is found in a subject.
fn find(case: &Case<'_>, name: Name, subject: &Subject, first_only: bool) -> Vec<Found> {
    match name {
        Name::Fact(fact) => facts::find(case, fact, subject),
        Name::List(list) => {
            let hits = facts::parts(case, subject).flat_map(|part| case.words.of(list, part));
            let found = hits.map(|hit| Found { hit: Some(hit), ..Found::at(case.words.range(hit)) });
            if first_only { found.take(1).collect() } else { found.collect() }
        }
    }
}

/// What changes above a count, if the count is above it.
fn escalation(rule: &Rule, count: usize) -> Option<&Escalation> {
    rule.escalate.as_ref().filter(|escalation| count > escalation.above)
}

/// What a finding says, with blanks.
pub(super) fn message(rule: &Rule, count: usize) -> &Message {
    escalation(rule, count).and_then(|escalation| escalation.message.as_ref()).unwrap_or(&rule.message)
}

/// How much a finding weighs.
pub(super) fn severity(case: &Case<'_>, rule: &Rule, found: Found, count: usize) -> Severity {
    let inside = case.brief.recommendation_at(found.words).is_some();
    let mut severity = rule.severity;
    if let Some(elsewhere) = rule.severity_elsewhere.filter(|_| !inside) {
        severity = elsewhere;
    }
    severity = escalation(rule, count).and_then(|escalation| escalation.severity).unwrap_or(severity);
    if found.inferred {
        severity = severity.min(Severity::Warning);
    }
    severity
}

/// A message of a rule with its blanks filled.
pub(super) fn said(case: &Case<'_>, rule: &Rule, subject: &Subject, found: Found, count: usize, message: &Message) -> Arc<str> {
    message.fill(|blank| value(case, rule, subject, found, count, blank))
}

fn diagnostic(case: &Case<'_>, rule: &Rule, subject: &Subject, found: Found, count: usize) -> Diagnostic {
    let prose = &case.document.prose;
    let reading = (subject.unit == Unit::Recommendation).then(|| case.readings.get(subject.index)).flatten();
    let mut labels = Vec::new();
    if rule.condition.with.iter().any(|name| facts::is_about_deadline(*name))
        && let Some((place, _)) = reading.and_then(Reading::deadline)
        && place != found.words
    {
        labels.push(Label { span: prose.span(place), message: "the deadline stands here".to_owned() });
    }
    if let Some(beside) = found.beside {
        labels.push(Label { span: prose.span(beside), message: "this is the other one".to_owned() });
    }
    Diagnostic {
        rule: rule.id.clone(),
        severity: severity(case, rule, found, count),
        message: said(case, rule, subject, found, count, message(rule, count)),
        span: prose.span(found.words),
        labels,
        help: rule.suggestion.as_ref().map(|suggestion| said(case, rule, subject, found, count, suggestion)),
        fix: rule.fix.as_ref().and_then(|mend| fix::fix(case, mend, subject, found, |message| said(case, rule, subject, found, count, message))),
        private: rule.private,
    }
}

/// What fills a blank.
fn value(case: &Case<'_>, rule: &Rule, subject: &Subject, found: Found, count: usize, blank: Blank) -> String {
    let prose = &case.document.prose;
    let frame = &case.brief.frame;
    let deadline = || case.readings.get(subject.index).filter(|_| subject.unit == Unit::Recommendation).and_then(Reading::deadline);
    match blank {
        Blank::Words => prose.plain(found.words),
        Blank::Count if rule.condition.count == Some(Counted::Pages) => format!("{:.1}", case.pages.rounded()),
        Blank::Count => count.to_string(),
        Blank::LinesOver => {
            let lines = rule.condition.more_than.map_or(0, |limit| case.pages.lines_after(limit));
            if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") }
        }
        Blank::WordsOver => {
            let words = rule.condition.more_than.map_or(0, |limit| case.pages.words_after(limit));
            format!("about {} words", about(words))
        }
        Blank::Longest => match facts::longest_issue(case) {
            Some((title, words)) => format!("the longest issue (“{}”, {words} words)", prose.plain(title)),
            None => "the longest part".to_owned(),
        },
        Blank::Limit => rule.condition.limit().map_or(String::new(), |limit| limit.to_string()),
        Blank::Deadline => deadline().map_or(String::new(), |(place, _)| prose.plain(place)),
        Blank::Latest => {
            let review = frame.review.map(|review| review.date);
            deadline().and_then(|(_, deadline)| deadline.latest(review)).map_or_else(|| "a day, a month and a year".to_owned(), |date| date.to_string())
        }
        Blank::Date => facts::date_at(case, subject, found.words).map_or(String::new(), |date| date.better),
        Blank::OtherDate => facts::date_at(case, subject, found.words).and_then(|date| date.other).unwrap_or_default(),
        Blank::NextReview => frame.limit_in_words().unwrap_or_else(|| "the day of the next review".to_owned()),
        Blank::Halfway => frame.halfway().map_or_else(|| "the mid-term review".to_owned(), Date::month_in_words),
        Blank::Review => frame.review.map_or_else(|| "the day of the review".to_owned(), ReviewDate::in_words),
        Blank::AdvanceQuestions => {
            let day = facts::last_day_for_questions(case).map(|day| format!("on {day}, ten working days before the review"));
            day.unwrap_or_else(|| "ten working days before the review".to_owned())
        }
        Blank::Today => frame.today.map_or_else(|| "today".to_owned(), |today| today.to_string()),
        Blank::Better => {
            let entry = found.hit.and_then(|hit| case.book.lexicon.entry(case.words, hit));
            entry.and_then(|entry| entry.instead.as_deref()).unwrap_or_default().to_owned()
        }
        Blank::State => frame.state.clone().unwrap_or_else(|| "the State under review".to_owned()),
        Blank::Session => frame.session.map_or_else(|| "this session".to_owned(), |session| session.to_string()),
        Blank::Title => {
            let issue = subject.issue.and_then(|issue| case.brief.issues.get(issue));
            issue.map_or(String::new(), |issue| prose.plain(issue.title))
        }
    }
}

/// A number of words that is not meant to the word: to the next ten above twenty.
fn about(words: usize) -> usize {
    if words > 20 { words.div_ceil(10) * 10 } else { words }
}
