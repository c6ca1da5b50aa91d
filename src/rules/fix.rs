//! The fix that a rule offers, and what becomes of it for one finding. Where it would not read well, or where markup stands among
//! the words that it changes, there is none.

use std::sync::Arc;

use crate::diagnostic::{Applicability, Fix};
use crate::text::Span;
use crate::text::prose::{MarkKind, WordRange};
use crate::words::{Form, Language, ListId};

use super::apply::{Case, Found, Subject};
use super::condition::Unit;
use super::facts;
use super::message::{Blank, Message};

/// The fix of a rule.
#[derive(Clone, Debug)]
pub struct Mend {
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
    /// What it changes.
    pub edit: Edit,
    /// None, if an entry of this list stands just before the words found.
    pub not_after: Option<ListId>,
    /// None, if an entry of this list stands just behind them.
    pub not_before: Option<ListId>,
}

/// What a fix changes.
#[derive(Clone, Debug)]
pub enum Edit {
    /// This stands in the place of the words found.
    Write(Message),
    /// This comes directly behind the words found.
    After(Message),
    /// This comes at the end of the recommendation, before its full stop.
    AtEnd(Message),
    /// The words found go.
    Remove,
    /// The words found go, and the verb behind them that is in one of these lists opens the recommendation: in -ing, or after "to".
    Act(Vec<ListId>),
}

impl Mend {
    /// The word lists that it names.
    pub(crate) fn lists(&self) -> impl Iterator<Item = ListId> {
        let act = match &self.edit {
            Edit::Act(lists) => lists.as_slice(),
            Edit::Write(_) | Edit::After(_) | Edit::AtEnd(_) | Edit::Remove => &[],
        };
        act.iter().copied().chain(self.not_after).chain(self.not_before)
    }

    /// Whether it is for briefs in English only: it has words of its own. A better wording and a date are in the language of the brief.
    fn is_english(&self) -> bool {
        match &self.edit {
            Edit::Remove => false,
            Edit::Act(_) => true,
            Edit::Write(message) | Edit::After(message) | Edit::AtEnd(message) => !message.has(Blank::Better) && !message.has(Blank::Date),
        }
    }
}

/// How many words before and behind the words found are looked at for what forbids a fix.
const NEAR: u32 = 4;

/// The fix for a finding; `said` fills the blanks of a message.
pub(super) fn fix(case: &Case<'_>, mend: &Mend, subject: &Subject, found: Found, said: impl Fn(&Message) -> Arc<str>) -> Option<Box<Fix>> {
    if (mend.is_english() && case.words.language != Language::English) || is_forbidden(case, mend, found.words) {
        return None;
    }
    let (span, replacement) = match &mend.edit {
        Edit::Write(message) if message.has(Blank::Date) => {
            let date = facts::date_at(case, subject, found.words).filter(|date| date.fits)?;
            (plain_place(case, date.words)?, said(message).to_string())
        }
        Edit::Remove => (plain_place(case, found.words)?, String::new()),
        Edit::Write(message) => write(case, found, &said(message))?,
        Edit::After(message) => {
            let end = case.document.prose.span(found.words).end;
            (Span { start: end, end }, format!(" {}", said(message)))
        }
        Edit::AtEnd(message) => {
            let end = before_the_stop(case, subject)?;
            (Span { start: end, end }, said(message).to_string())
        }
        Edit::Act(lists) => act(case, lists, subject, found.words)?,
    };
    Some(Box::new(Fix { span, replacement, applicability: mend.applicability }))
}

/// Whether words stand near that forbid the fix.
fn is_forbidden(case: &Case<'_>, mend: &Mend, found: WordRange) -> bool {
    let numbers = case.words.numbers(found);
    let parts = |range: WordRange| case.document.prose.slice(range).contains(['.', ';', '?']) || case.document.prose.slice(range).contains("\n\n");
    let before = mend.not_after.is_some_and(|list| {
        let mut near = (numbers.start.saturating_sub(NEAR)..numbers.start).filter_map(|at| case.words.at(list, at));
        near.any(|hit| !parts(WordRange { start: case.words.range(hit).end, end: found.start }))
    });
    let behind = mend.not_before.is_some_and(|list| {
        let mut near = (numbers.end..numbers.end + NEAR).filter_map(|at| case.words.at(list, at));
        near.any(|hit| !parts(WordRange { start: found.end, end: case.words.range(hit).start }))
    });
    before || behind
}

/// The place of some words, if nothing else stands among them in the source.
fn plain_place(case: &Case<'_>, words: WordRange) -> Option<Span> {
    let span = case.document.prose.span(words);
    // Markup, escapes and the beginnings of lines take more bytes in the source than in the words.
    (!words.is_empty() && span.end - span.start == words.end - words.start).then_some(span)
}

/// Other words in the place of those found. Words that are the same in both stay as they are written, with their markup.
fn write(case: &Case<'_>, found: Found, better: &str) -> Option<(Span, String)> {
    let prose = &case.document.prose;
    let old = prose.slice(found.words);
    let old_words: Vec<&str> = old.split_whitespace().collect();
    let new_words: Vec<&str> = better.split_whitespace().collect();
    let shorter = old_words.len().min(new_words.len());
    let same = |(a, b): &(&&str, &&str)| a.to_lowercase() == b.to_lowercase();
    let mut first = old_words.iter().zip(&new_words).take_while(same).count();
    let mut last = old_words.iter().rev().zip(new_words.iter().rev()).take(shorter - first).take_while(same).count();
    if old_words.len() == new_words.len() && first == new_words.len() {
        return None;
    }
    // Words are only taken out or added: a neighbour shows where.
    if first + last == shorter {
        if last > 0 {
            last -= 1;
        } else {
            first = first.checked_sub(1)?;
        }
    }
    let (old_part, new_part) = (old_words.get(first..old_words.len() - last)?, new_words.get(first..new_words.len() - last)?);
    let offset = |word: &str| (word.as_ptr() as usize - old.as_ptr() as usize) as u32;
    let (from, to) = (old_part.first()?, old_part.last()?);
    let words = WordRange { start: found.words.start + offset(from), end: found.words.start + offset(to) + to.len() as u32 };
    let span = plain_place(case, words)?;
    let text = in_the_case_of(case, found, words, from, &new_part.join(" "));
    fits_article(case, words, &text).then_some((span, text))
}

/// Words with the capitals of those in whose place they stand.
fn in_the_case_of(case: &Case<'_>, found: Found, words: WordRange, old: &str, new: &str) -> String {
    let text = case.document.prose.slice(words);
    let shouted = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let entry = found.hit.and_then(|hit| case.book.lexicon.entry(case.words, hit)).map_or("", |entry| entry.phrase.as_ref());
    let is_name = entry.split_whitespace().any(|word| word == old);
    if shouted(text) && !is_name && text.len() > 1 {
        return new.to_uppercase();
    }
    let is_capital = old.starts_with(char::is_uppercase);
    if is_capital && (!is_name || opens_sentence(case, words)) { capital(new) } else { new.to_owned() }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a sentence begins with these words.
fn opens_sentence(case: &Case<'_>, words: WordRange) -> bool {
    let before = case.document.prose.text().get(..words.start as usize).unwrap_or_default();
    let trimmed = before.trim_end();
    trimmed.is_empty() || before.get(trimmed.len()..).is_some_and(|space| space.contains("\n\n")) || trimmed.ends_with(['.', '?', '!'])
}

/// Whether the article before these words goes with what takes their place.
fn fits_article(case: &Case<'_>, words: WordRange, new: &str) -> bool {
    let before = case.document.prose.text().get(..words.start as usize).unwrap_or_default().trim_end();
    let article = before.rsplit(|character: char| !character.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    // "a UN report", "a universal review": the sound is that of "you".
    let lower = new.to_lowercase();
    let is_vowel = lower.starts_with(['a', 'e', 'i', 'o', 'u']) && !new.starts_with("UN") && !new.starts_with("UPR") && !lower.starts_with("uni");
    match article.as_str() {
        "a" => !is_vowel,
        "an" => is_vowel,
        _ => true,
    }
}

/// The byte before the full stop that ends a recommendation, or the end of one without.
fn before_the_stop(case: &Case<'_>, subject: &Subject) -> Option<u32> {
    let prose = &case.document.prose;
    let text = prose.slice(subject.words).trim_end();
    let text = ["; and", "; or"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    let unquoted = text.trim_end_matches(['”', '’', '"', '\'', '»', '\u{a0}']);
    let kept = if unquoted.ends_with(['.', '!']) { unquoted.trim_end_matches(['.', '!']) } else { text.trim_end_matches([';', ',', ':']) };
    let end = subject.words.start + kept.trim_end().len() as u32;
    let stop = WordRange { start: end, end: end + 1 };
    if end < subject.words.end && prose.slice(stop).starts_with(['.', '!', ';', ',', ':']) {
        return Some(prose.span(stop).start);
    }
    let last = WordRange { start: subject.words.start, end };
    let closed = |kind: MarkKind| matches!(kind, MarkKind::Code | MarkKind::Link | MarkKind::Image);
    let inside = prose.marks(last).any(|mark| closed(mark.kind) && mark.words.end >= end);
    (!inside && !last.is_empty()).then(|| prose.span(last).end)
}

/// The verb of an act in the place of the word that only leads to it: "Consider ratifying" becomes "Ratify", and so does "To ratify".
fn act(case: &Case<'_>, lists: &[ListId], subject: &Subject, found: WordRange) -> Option<(Span, String)> {
    if subject.unit != Unit::Recommendation || found.start != subject.words.start {
        return None;
    }
    let prose = &case.document.prose;
    let numbers = case.words.numbers(found);
    let is_to = prose.slice(found).eq_ignore_ascii_case("to");
    let verb = case.words.at_any(lists, numbers.end).filter(|hit| hit.form == if is_to { Form::Base } else { Form::Ing })?;
    // "Consider ratifying … and amending …": the second verb would have to change as well.
    let rest = verb.last..case.words.numbers(subject.words).end;
    let text = |at: u32| case.words.word(at).map_or("", |word| prose.slice(word.range()));
    let is_joined = |at: u32| matches!(text(at - 1), "and" | "or" | "nor") || prose.slice(case.words.between(at - 1..at + 1)).contains(',');
    if !is_to && rest.into_iter().any(|at| text(at).ends_with("ing") && is_joined(at)) {
        return None;
    }
    let entry = case.book.lexicon.entry(case.words, verb)?;
    let base = if is_to { prose.slice(case.words.range(verb)) } else { &entry.phrase };
    let words = found.to(case.words.range(verb));
    let span = plain_place(case, words)?;
    let opens_large = prose.slice(found).starts_with(char::is_uppercase);
    Some((span, if opens_large { capital(base) } else { base.to_owned() }))
}

#[cfg(test)]
mod tests {
    use crate::brief::review::Review;
    use crate::builtin;
    use crate::check::lint;
    use crate::text::Source;

    use super::*;

    /// A brief with these words, with all fixes of a kind applied.
    fn mended(words: &str, kind: Applicability) -> String {
        let before = "# UPR of Zemland, 53rd session\n\n## Prison\n\n";
        let text = format!("{before}{words}\n");
        let mut mended = text.clone();
        let found = lint(&Source::new("a.md", text), builtin::rulebook(), &Review::default());
        let fixes = found.iter().filter_map(|found| found.fix.as_deref()).filter(|fix| fix.applicability == kind).collect::<Vec<_>>();
        for fix in fixes.into_iter().rev() {
            mended.replace_range(fix.span.range(), &fix.replacement);
        }
        mended.strip_prefix(before).unwrap().trim_end().to_owned()
    }

    #[test]
    fn a_better_word_has_the_capitals_and_markup_of_the_old_one() {
        for (words, better) in [
            ("In 2021 Zemland rejected 14 recommendations.", "In 2021 Zemland noted 14 recommendations."),
            ("In 2021 Zemland **rejected** recommendations.", "In 2021 Zemland **noted** recommendations."),
            ("Rejected recommendations are many.", "Noted recommendations are many."),
            ("REJECTED RECOMMENDATIONS", "NOTED RECOMMENDATIONS"),
            ("It refused to\naccept the recommendation.", "It noted the recommendation."),
            ("UPR experts asked. The UPR experts asked.", "Recommending States asked. The recommending States asked."),
            ("The UPR Committee met.", "The UPR Working Group met."),
            ("A binding recommendation. Binding recommendations.", "A recommendation. Recommendations."),
            ("The Universal Period Review of Zemland.", "The Universal Periodic Review of Zemland."),
            ("A shadow report to the UPR.", "A stakeholder submission to the UPR."),
        ] {
            assert_eq!(mended(words, Applicability::Safe), better);
        }
    }

    #[test]
    fn there_is_no_fix_where_it_would_be_wrong() {
        for words in [
            "Zemland did not reject recommendations.",
            "Parliament rejected the recommendations.",
            "The State rejected the recommendations of the national Ombudsman.",
            "An alternative report to the UPR was written.",
            "It refused **to** accept the recommendation.",
            "> It refused to\n> accept the recommendation.",
        ] {
            assert_eq!(mended(words, Applicability::Safe), words);
        }
    }

    #[test]
    fn a_verb_loses_the_word_before_it_where_the_others_have_none() {
        for (first, better) in [("To ratify OPIC by 2028.", "Ratify OPIC by 2028."), ("**To** ratify OPIC by 2028.", "**To** ratify OPIC by 2028.")] {
            let rest = "\n- Repeal section 51 of the Children Act by 2028.\n- Publish the law by 2027.";
            assert_eq!(mended(&format!("Recommendations:\n\n- {first}{rest}"), Applicability::Safe), format!("Recommendations:\n\n- {better}{rest}"));
        }
    }

    #[test]
    fn a_gap_for_the_deadline_stands_before_the_full_stop() {
        for (words, better) in [
            ("- Ratify the Convention against Torture.", "- Ratify the Convention against Torture, by [DATE]."),
            ("- **Ratify the Convention against Torture**", "- **Ratify the Convention against Torture, by [DATE]**"),
            ("- Ratify the Convention against Torture[^1].\n\n[^1]: A law.", "- Ratify the Convention against Torture[^1], by [DATE].\n\n[^1]: A law."),
            (
                "- Ratify the Convention against Torture; and\n- Close it by 2028.",
                "- Ratify the Convention against Torture, by [DATE]; and\n- Close it by 2028.",
            ),
        ] {
            assert_eq!(
                mended(&format!("We recommend that Zemland:\n\n{words}"), Applicability::Placeholder),
                format!("We recommend that Zemland:\n\n{better}")
            );
        }
    }

    #[test]
    fn a_stronger_verb_may_change_the_meaning() {
        for (words, better) in [
            ("- Consider ratifying the Convention by 2028.", "- Ratify the Convention by 2028."),
            ("- Publish the contracts within one year.", "- Publish the contracts within one year of the review."),
            ("- Consider ratifying OPIC and amending the Act by 2028.", "- Consider ratifying OPIC and amending the Act by 2028."),
        ] {
            assert_eq!(mended(&format!("We recommend that Zemland:\n\n{words}"), Applicability::Unsafe), format!("We recommend that Zemland:\n\n{better}"));
        }
    }
}
