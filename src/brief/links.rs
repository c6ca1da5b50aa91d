//! Which recommendation and which question belongs to which issue: by its place, its label, its group or its last words.

use crate::text::prose::WordRange;

use super::roles::Walk;
use super::{Brief, Question, Recommendation, headings};

/// Up to how many titles are compared with a shortened one.
const MOST_TITLES_COMPARED: usize = 64;

impl Walk<'_> {
    /// Adds a recommendation. Its issue is the one around it, or the one that a label, a group or its last words name.
    pub(super) fn recommend(&mut self, words: WordRange, label: Option<WordRange>, lead_in: Option<WordRange>) {
        let words = self.context.document.prose.trim(words);
        if words.is_empty() || self.context.words.numbers(words).is_empty() {
            return;
        }
        let named = || label.and_then(|label| self.issue_named(label)).or(self.group).or_else(|| self.issue_at_end(words));
        let issue = self.issue.or_else(named);
        let at = self.brief.recommendations.len();
        self.brief.recommendations.push(Recommendation { words, issue, lead_in });
        if self.in_group
            && issue.is_none()
            && let Some((_, members)) = self.groups.last_mut()
        {
            members.push(at);
        }
        if let Some(issue) = issue.and_then(|issue| self.brief.issues.get_mut(issue)) {
            issue.recommendations.push(at);
        }
    }

    pub(super) fn ask(&mut self, words: WordRange, label: Option<WordRange>) {
        let words = self.context.document.prose.trim(words);
        if words.is_empty() {
            return;
        }
        let issue = self.issue.or_else(|| label.and_then(|label| self.issue_named(label))).or_else(|| self.issue_at_end(words));
        let at = self.brief.questions.len();
        self.brief.questions.push(Question { words, issue });
        if let Some(issue) = issue.and_then(|issue| self.brief.issues.get_mut(issue)) {
            issue.questions.push(at);
        }
    }

    /// The issue that some words name: by its label and number, or by its title.
    pub(super) fn issue_named(&self, words: WordRange) -> Option<usize> {
        let (title, number, labelled) = headings::strip_number(self.context, words);
        if let Some(number) = number.filter(|_| labelled) {
            return self.issue_numbered(number);
        }
        let name = self.context.document.prose.plain(title).to_lowercase();
        if name.is_empty() {
            return None;
        }
        if let Some(&issue) = self.by_title.get(&name) {
            return Some(issue);
        }
        // A shortened title; looked for only where the brief has a sensible number of issues, so that the cost stays linear.
        let long = |name: &str| name.chars().count() >= 4;
        let mut near = self.by_title.iter().filter(|(title, _)| long(&name) && title.contains(&name) || long(title) && name.contains(title.as_str()));
        if self.by_title.len() > MOST_TITLES_COMPARED { None } else { near.by_ref().map(|(_, &issue)| issue).min() }
    }

    fn issue_numbered(&self, number: u32) -> Option<usize> {
        let place = (number as usize).checked_sub(1).filter(|&place| place < self.brief.issues.len());
        self.by_number.get(&number).copied().or(place.filter(|_| self.by_number.is_empty()))
    }

    /// "… by June 2028 (Issue 1)."
    fn issue_at_end(&self, words: WordRange) -> Option<usize> {
        let numbers = self.context.words.numbers(words);
        let end = numbers.end.saturating_sub(4).max(numbers.start)..numbers.end;
        let label = self.context.words.hits(end).find(|hit| hit.list == self.context.guide.lists.issue_labels)?;
        let number = self.context.words.word(label.last)?.range();
        headings::counter(self.context.document.prose.slice(number)).and_then(|number| self.issue_numbered(number))
    }

    /// Groups whose names are no issue's: each belongs to the issue with which it shares words; else, if there are as many groups as
    /// issues, to the one in its place.
    pub(super) fn finish(mut self) -> Brief {
        let as_many = self.groups.len() == self.brief.issues.len();
        for (place, (name, members)) in std::mem::take(&mut self.groups).into_iter().enumerate() {
            if members.is_empty() {
                continue;
            }
            let Some(issue) = self.most_alike(name).or(as_many.then_some(place)) else { continue };
            for member in members {
                if let Some(recommendation) = self.brief.recommendations.get_mut(member) {
                    recommendation.issue = Some(issue);
                }
                if let Some(issue) = self.brief.issues.get_mut(issue) {
                    issue.recommendations.push(member);
                }
            }
        }
        for issue in &mut self.brief.issues {
            issue.recommendations.sort_unstable();
        }
        self.brief
    }

    /// The one issue whose title shares the most words with a name; endings make no difference.
    fn most_alike(&self, name: WordRange) -> Option<usize> {
        const LETTERS: usize = 5;
        let stems = |words: WordRange| -> Vec<String> {
            let plain = self.context.document.prose.plain(words).to_lowercase();
            let long = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4);
            long.map(|word| word.chars().take(LETTERS).collect()).collect()
        };
        if self.brief.issues.len() > MOST_TITLES_COMPARED {
            return None;
        }
        let name = stems(name);
        let shared = self.brief.issues.iter().map(|issue| stems(issue.title).iter().filter(|stem| name.contains(stem)).count());
        let counts: Vec<usize> = shared.collect();
        let most = counts.iter().copied().max().filter(|&most| most > 0)?;
        let mut best = counts.iter().enumerate().filter(|&(_, &count)| count == most).map(|(issue, _)| issue);
        let first = best.next();
        first.filter(|_| best.next().is_none())
    }
}
