//! Facts about the whole document: its languages, its headings, its acronyms, its years.

use rustc_hash::FxHashSet;

use crate::brief::Role;
use crate::brief::date::Date;
use crate::brief::review::Precision;
use crate::language::names;
use crate::markdown::BlockKind;
use crate::rules::apply::Case;
use crate::text::prose::WordRange;
use crate::words::{ListId, Word};

/// A paragraph of fewer words may be a name or a title in another language.
const WORDS_OF_A_PARAGRAPH: usize = 20;
/// The fewest bytes that a word and its space take on average.
const BYTES_OF_A_WORD: usize = 4;

/// The first paragraph of the author's own words in another language than the brief.
pub(super) fn another_language(case: &Case<'_>) -> Option<WordRange> {
    let own = |role: &Role| matches!(role, Role::Explanation(_) | Role::Recommendation | Role::LeadIn | Role::Question | Role::Organisation | Role::Other);
    let mut blocks = case.document.blocks.iter().zip(&case.brief.roles).filter(|(_, role)| own(role)).map(|(block, _)| block.words);
    blocks.find(|&words| {
        if words.range().len() < WORDS_OF_A_PARAGRAPH * BYTES_OF_A_WORD {
            return false;
        }
        let numbers = case.words.numbers(words);
        numbers.len() >= WORDS_OF_A_PARAGRAPH && case.book.lexicon.reads_as_another(case.document.prose.text(), case.words, numbers)
    })
}

/// The first heading that stands two or more levels below the one before.
pub(super) fn heading_jump(case: &Case<'_>) -> Option<WordRange> {
    let mut before = None;
    case.document.blocks.iter().find_map(|block| {
        let BlockKind::Heading(level) = block.kind else { return None };
        let jumps = before.replace(level).is_some_and(|before: u8| level > before + 1);
        jumps.then_some(block.words)
    })
}

/// Each acronym is looked for in the whole text, so that there must not be any number of them.
const MOST_ACRONYMS: usize = 24;

/// Acronyms that are neither known nor written out anywhere, each once, where it stands first.
pub(super) fn unknown_acronyms(case: &Case<'_>) -> Vec<WordRange> {
    let prose = &case.document.prose;
    let known = [case.book.grammar.lists.treaty_acronyms, case.book.grammar.lists.un_acronyms, case.book.grammar.lists.known_acronyms];
    let bytes = prose.text().as_bytes();
    let capital = |at: u32| bytes.get(at as usize).is_some_and(u8::is_ascii_uppercase);
    let mut told: FxHashSet<&str> = FxHashSet::default();
    let mut found = Vec::new();
    for (at, word) in case.words.tokens().iter().map(|word| word.range()).enumerate() {
        // Two capitals at the beginning are rare, so that most words cost no more than a look at them.
        if !capital(word.start) || !capital(word.start + 1) {
            continue;
        }
        let (at, text) = (at as u32, prose.slice(word));
        if !is_acronym(text) || !is_own(case, word) || is_known(case, &known, at) || is_glued(prose.text(), word) || shouts(case, at) {
            continue;
        }
        if told.len() >= MOST_ACRONYMS {
            return found;
        }
        if told.insert(text) && !is_written_out(case, text) {
            found.push(word);
        }
    }
    found
}

/// Whether a word stands in what the author says about the State.
fn is_own(case: &Case<'_>, word: WordRange) -> bool {
    let after = case.document.blocks.partition_point(|block| block.words.start <= word.start);
    let role = after.checked_sub(1).and_then(|at| case.brief.roles.get(at));
    role.is_some_and(|role| matches!(role, Role::Explanation(_) | Role::Recommendation | Role::LeadIn | Role::Question | Role::Other))
}

/// Three to six capital letters. Two are mostly the name of a State, and more than six a word in capitals.
fn is_acronym(text: &str) -> bool {
    let roman = text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'));
    (3..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase()) && !roman
}

fn is_known(case: &Case<'_>, lists: &[ListId], at: u32) -> bool {
    // "OP-CAT": the second part of a longer entry.
    let inside = case.words.hits(at.saturating_sub(3)..at + 4).any(|hit| lists.contains(&hit.list) && hit.first <= at && at < hit.last);
    inside || case.book.guide.calendar.states.iter().any(|state| state.code == case.document.prose.slice(case.words.between(at..at + 1)))
}

/// "CRC/C/ZML", "ABC-12", "Stat.ABC": part of a symbol or number.
fn is_glued(text: &str, word: WordRange) -> bool {
    let range = word.range();
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    let mark = |c: char| matches!(c, '/' | '-' | '–' | '@' | '_') || c.is_ascii_digit();
    let dot_inside = after == Some('.') && text.get(range.end + 1..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    before.is_some_and(|c| mark(c) || c == '.') || after.is_some_and(mark) || dot_inside
}

/// Capitals beside capitals are a heading or a shout.
fn shouts(case: &Case<'_>, at: u32) -> bool {
    let capitals = |number: Option<u32>| {
        let word = number.and_then(|number| case.words.word(number)).map(Word::range);
        word.is_some_and(|word| {
            let text = case.document.prose.slice(word);
            text.len() > 2 && text.chars().all(char::is_uppercase)
        })
    };
    let joined = |number: u32| case.words.word(number).is_some_and(Word::is_joined);
    capitals(at.checked_sub(1)) && joined(at) || capitals(Some(at + 1)) && joined(at + 1)
}

/// How far before an acronym the bracket that explains it may open: "(hereafter the ZLB)".
const LETTERS_OF_A_KEY: usize = 24;

/// "the Labour Board (ZLB)", "ZLB (Labour Board)", "ZLB: Labour Board", or a title whose first letters it is.
fn is_written_out(case: &Case<'_>, acronym: &str) -> bool {
    let text = case.document.prose.text();
    let whole = |start: usize, end: usize| {
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let explains = |start: usize| {
        let end = start + acronym.len();
        let quotes = ['“', '"', '«', '‘', '”', '»', '’'];
        let before = text.get(..start).unwrap_or_default().trim_end_matches(quotes);
        let after = text.get(end..).unwrap_or_default().trim_start_matches(quotes);
        // "(APAM register)" explains nothing: the acronym has to end the bracket.
        let opens = before.chars().rev().take(LETTERS_OF_A_KEY).find(|c| matches!(c, '(' | ')')) == Some('(');
        let in_brackets = opens && after.starts_with([')', ';']);
        let named = ["known as ", "called ", ", or "].iter().any(|words| before.ends_with(words));
        let before_brackets = after.trim_start().strip_prefix('(').is_some_and(|inner| inner.starts_with(char::is_alphabetic));
        whole(start, end) && (in_brackets || named || before_brackets || after.starts_with(": "))
    };
    text.match_indices(acronym).any(|(start, _)| explains(start)) || is_of_initials(case, acronym)
}

/// Whether words with these first letters stand side by side somewhere: "National Statistical Office".
fn is_of_initials(case: &Case<'_>, acronym: &str) -> bool {
    let prose = &case.document.prose;
    let capitals = case.words.tokens().iter().map(|word| prose.slice(word.range())).filter(|text| !matches!(*text, "of" | "the" | "and" | "for" | "on" | "de"));
    let initials: Vec<u8> = capitals
        .map(|text| {
            let first = text.bytes().next().unwrap_or(b' ');
            if first.is_ascii_uppercase() && text.as_bytes().get(1).is_some_and(|second| !second.is_ascii_uppercase()) { first } else { b' ' }
        })
        .collect();
    initials.windows(acronym.len()).any(|window| window == acronym.as_bytes())
}

/// The newest year in which the evidence of an explanation was gathered, if all its years lie before the previous review. A year
/// dates evidence in brackets ("MICS 2014") or behind a word of evidence; a year of a law dates none.
pub(super) fn stale_years(case: &Case<'_>, parts: impl Iterator<Item = WordRange>) -> Option<WordRange> {
    let evidence = case.book.grammar.lists.evidence;
    let review = case.brief.frame.review?;
    let previous = review.date.year().checked_sub(YEARS_SINCE_THE_PREVIOUS_REVIEW)?;
    let mut newest: Option<(u16, WordRange)> = None;
    for part in parts {
        for at in case.words.numbers(part) {
            let four = case.words.word(at).map(Word::range).filter(|word| word.end - word.start == 4);
            let Some(word) = four else { continue };
            let number = case.document.prose.slice(word).parse::<u16>().ok();
            let Some(year) = number.filter(|year| (1900..2100).contains(year)) else { continue };
            if year >= previous {
                return None;
            }
            let before = case.document.prose.slice(WordRange { start: part.start, end: word.start });
            let in_brackets = before.chars().rev().take(LETTERS_OF_A_BRACKET).find(|c| matches!(c, '(' | ')')) == Some('(');
            let behind = case.words.hits(at.saturating_sub(WORDS_TO_THE_YEAR)..at).any(|hit| hit.list == evidence);
            let dates = (in_brackets || behind) && !is_year_of_a_law(case, at);
            if dates && newest.is_none_or(|(newest, _)| year > newest) {
                newest = Some((year, word));
            }
        }
    }
    newest.map(|(_, word)| word)
}

/// How far before a year the bracket in which it stands may open: "(National Statistical Office, Household Survey 2014".
const LETTERS_OF_A_BRACKET: usize = 160;
/// How many words may stand between a word of evidence and its year: "the Labour Force Survey that was made in 2014".
const WORDS_TO_THE_YEAR: u32 = 5;

/// From one review of a State to the next lie 4½ years and at most 5½ so far (sessions 27 to 54).
const YEARS_SINCE_THE_PREVIOUS_REVIEW: u16 = 5;

/// Whether a word for a law stands close before a year: "the Children Act 2009", "the law of 1998".
fn is_year_of_a_law(case: &Case<'_>, at: u32) -> bool {
    const LAWS: [&str; 16] = [
        "act",
        "bill",
        "code",
        "law",
        "constitution",
        "decree",
        "ordinance",
        "regulation",
        "regulations",
        "statute",
        "protocol",
        "convention",
        "covenant",
        "loi",
        "ley",
        "plan",
    ];
    let text = |back: u32| at.checked_sub(back).and_then(|before| case.words.word(before)).map_or("", |word| case.document.prose.slice(word.range()));
    (1..=4).any(|back| LAWS.iter().any(|law| text(back).eq_ignore_ascii_case(law)))
}

/// "121.45": the number of a recommendation in the report of a review.
pub(super) fn recommendation_number(case: &Case<'_>, part: WordRange) -> Option<WordRange> {
    let words = case.words.numbers(part).filter_map(|at| case.words.word(at)).map(Word::range);
    let is_number = |text: &str| {
        let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.split_once('.').is_some_and(|(paragraph, number)| digits(paragraph, 2..=3) && digits(number, 1..=3))
    };
    words.into_iter().find(|&word| is_number(case.document.prose.slice(word)))
}

/// Working days before a review by which States hand in advance questions (Factsheet 3, "Timely").
const WORKING_DAYS_FOR_QUESTIONS: u32 = 10;

/// The last day for advance questions, if the day of the review is known. Holidays are not.
pub(super) fn last_day_for_questions(case: &Case<'_>) -> Option<Date> {
    let review = case.brief.frame.review.filter(|review| review.precision == Precision::Day)?;
    let mut day = review.date;
    let mut left = WORKING_DAYS_FOR_QUESTIONS;
    while left > 0 {
        day = day.previous();
        left -= u32::from(!day.is_weekend());
    }
    Some(day)
}

/// Whether a symbol of the Working Group of the review stands in a part: `A/HRC/WG.6/53/ZML/3`.
pub(super) fn review_symbol(case: &Case<'_>, part: WordRange) -> Option<WordRange> {
    names::symbols(&case.document.prose, part).into_iter().find(|symbol| symbol.session.is_some()).map(|symbol| symbol.place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_has_three_to_six_capitals_and_is_no_number() {
        let found: Vec<&str> = ["ZLB", "NCPCR", "UN", "XVI", "Zlb", "ZLB2", "ABCDEFG"].into_iter().filter(|text| is_acronym(text)).collect();
        assert_eq!(found, ["ZLB", "NCPCR"]);
    }

    #[test]
    fn a_part_of_a_symbol_is_no_acronym() {
        let glued = |text: &str| {
            let start = text.find("ZLB").unwrap();
            is_glued(text, WordRange::new(start..start + 3))
        };
        assert!(glued("CRC/C/ZLB/CO/4") && glued("ZLB-12") && glued("x.ZLB") && glued("www.ZLB.example"));
        assert!(!glued("the ZLB.") && !glued("(ZLB)") && !glued("ZLB, 2025"));
    }
}
