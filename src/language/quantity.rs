//! Numbers: what can be checked in a recommendation, and which figures of an explanation want a source.

use nom::Parser;
use nom::bytes::complete::{tag_no_case, take_while1};
use nom::character::complete::{char, digit1, space0};
use nom::combinator::{opt, recognize};
use nom::multi::many0;
use nom::sequence::{pair, preceded};

use crate::text::prose::WordRange;
use crate::words::Word;

use super::Context;

/// A number in digits at the beginning of a text: its value, its length in bytes with the per cent sign that may follow.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Number {
    value: f64,
    length: usize,
    percent: bool,
}

/// "1,900", "12.5", "40 %", "40 per cent".
fn number(text: &str) -> Option<Number> {
    type Result<'a> = nom::IResult<&'a str, &'a str>;
    let thousands = many0(pair(
        nom::branch::alt((char(','), char('\u{a0}'), char('\u{202f}'), char(' '))),
        nom::combinator::verify(digit1, |digits: &str| digits.len() == 3),
    ));
    let decimals = opt(preceded(nom::branch::alt((char('.'), char(','))), digit1));
    let parsed: Result<'_> = recognize((digit1, thousands, decimals)).parse(text);
    let (rest, digits) = parsed.ok()?;
    let plain: String = digits.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let percent: nom::IResult<&str, &str> = preceded(
        (space0, opt(char('\u{a0}')), opt(char('\u{202f}'))),
        nom::branch::alt((nom::bytes::complete::tag("%"), recognize((tag_no_case("per"), space0, tag_no_case("cent"))))),
    )
    .parse(rest);
    let length = percent.as_ref().map_or(digits.len(), |(rest, _)| text.len() - rest.len());
    Some(Number { value: plain.parse().ok()?, length, percent: percent.is_ok() })
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// An amount in a recommendation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Its words: "0.7 per cent of GDP", "18 years", "three".
    pub place: WordRange,
    /// Whether it is to be reached ("to 120", "at least three"), and does not just describe ("under 18", "the three regions").
    pub target: bool,
}

/// The amounts in a recommendation, in order: numbers in digits and words, shares, ages, money, doubling and halving. Years, the
/// numbers of laws, articles and documents, and the numbers of its deadlines are none.
pub(super) fn quantities(context: &Context<'_>, words: WordRange, deadlines: &[WordRange]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    if !has_amounts(context, words) {
        return found;
    }
    let numbers = context.words.numbers(words);
    for at in numbers.clone() {
        let Some(word) = context.words.word(at).map(Word::range).filter(|word| may_begin(context, at, context.prose.slice(*word))) else { continue };
        if found.last().is_some_and(|last| last.place.end > word.start) || deadlines.iter().any(|deadline| deadline.contains(word)) {
            continue;
        }
        let place = fraction(context, at, numbers.end).or_else(|| amount(context, at, word, words.end)).or_else(|| is_multiple(context, at).then_some(word));
        let Some(place) = place else { continue };
        let place = with_unit(context, place, numbers.end);
        found.push(Quantity { place, target: is_target(context, at, numbers.start, place) });
    }
    found
}

/// Most numbers of a row that are looked at.
const MOST_NUMBERS: usize = 16;

/// Whether anything in a text can be an amount: most recommendations have none.
fn has_amounts(context: &Context<'_>, words: WordRange) -> bool {
    let lists = context.lists();
    context.prose.slice(words).bytes().fold(false, |any, byte| any | byte.is_ascii_digit())
        || context.words.has(lists.number_words)
        || context.words.has(lists.multiples)
}

/// Whether a word can begin an amount.
fn may_begin(context: &Context<'_>, at: u32, text: &str) -> bool {
    let lists = context.lists();
    text.starts_with(|c: char| c.is_ascii_digit()) || context.words.at_any(&[lists.number_words, lists.multiples], at).is_some()
}

/// "1,900", "0.7 per cent", "three"; not "article 7", "2012", "No. 87".
fn amount(context: &Context<'_>, at: u32, word: WordRange, end: u32) -> Option<WordRange> {
    let text = context.prose.slice(word);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        let spelled = context.words.at(context.lists().number_words, at)?;
        return (!context.is(at, &["one", "a", "an"])).then(|| context.words.range(spelled));
    }
    let rest = context.prose.slice(WordRange { start: word.start, end });
    let number = number(rest)?;
    let glued = rest.get(number.length..).is_some_and(|after| after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '–')));
    let bare = !number.percent && (is_year(text) || glued || is_numbering(context, at) || is_part_of_symbol(context, word));
    (!bare).then(|| WordRange { start: word.start, end: word.start + number.length as u32 })
}

/// Whether a number is one of a name or a date: "articles 17, 18 and 20", "ILO Conventions 138 and 182", "OP 2", "25 March".
fn is_numbering(context: &Context<'_>, at: u32) -> bool {
    const LABELS: [&str; 26] = [
        "issue",
        "issues",
        "pillar",
        "grade",
        "level",
        "category",
        "objective",
        "priority",
        "stage",
        "tier",
        "protocol",
        "protocols",
        "goal",
        "goals",
        "additional",
        "annex",
        "phase",
        "security",
        "resolutions",
        "conventions",
        "laws",
        "nos",
        "ordinance",
        "bill",
        "order",
        "n",
    ];
    let is_month = |number: u32| context.words.at(context.lists().months, number).is_some();
    if is_month(at + 1) {
        return true;
    }
    // Back over the other numbers of the row: to the word that says what is numbered.
    let links = (0..at)
        .rev()
        .take(MOST_NUMBERS)
        .find(|&before| !context.is(before, &["and", "to", "or"]) && !context.text(before).starts_with(|c: char| c.is_ascii_digit()));
    links.is_some_and(|label| {
        let text = context.text(label);
        let acronym = text.len() > 1 && text.chars().all(|c| c.is_uppercase() || c == '-');
        acronym || is_number_label(text) || context.is(label, &LABELS) || is_month(label)
    })
}

/// "Double", "halve", "twofold"; "half" alone is no amount.
fn is_multiple(context: &Context<'_>, at: u32) -> bool {
    context.words.at(context.lists().multiples, at).is_some() && !context.is(at, &["half"])
}

/// A number with the words that say of what: "18 years", "0.7 per cent of GDP", "$2 million", "120 inspectors" stays "120".
fn with_unit(context: &Context<'_>, place: WordRange, end: u32) -> WordRange {
    const UNITS: [&str; 22] = [
        "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "million", "billion", "thousand", "hundred", "percent", "times",
        "dollars", "euros", "euro", "crowns", "pounds", "points",
    ];
    let mut place = place;
    let mut next = context.words.numbers(WordRange { start: place.start, end: u32::MAX }).start;
    while context.words.word(next).is_some_and(|word| word.range().start < place.end) {
        next += 1;
    }
    while next < end && context.is(next, &UNITS) {
        place = place.to(context.words.between(next..next + 1));
        next += 1;
    }
    // "of GDP", "of the national budget", "of age".
    if context.is(next, &["of"]) {
        let whole = (next + 1..end.min(next + 5)).find(|&at| context.is(at, &["gdp", "gnp", "gni", "budget", "expenditure", "age", "income", "wage"]));
        if let Some(whole) = whole {
            place = place.to(context.words.between(whole..whole + 1));
        }
    }
    place
}

/// Whether an amount is to be reached: a share, a multiple, a number in digits, or one in words after "to", "at", "least" and the
/// like. What only describes does not count: "under 18", "the three regions", "women aged 18", "(3)", "Maria, 12".
fn is_target(context: &Context<'_>, at: u32, first: u32, place: WordRange) -> bool {
    let text = context.prose.slice(place);
    let share = text.contains('%') || text.to_ascii_lowercase().contains("cent") || is_multiple(context, at);
    let before = at.checked_sub(1).filter(|&before| before >= first);
    let is = |words: &[&str]| before.is_some_and(|before| context.is(before, words));
    let described = is(&["under", "below", "over", "above", "aged", "between", "than", "age", "the", "these", "those", "of", "its", "their", "and", "or"]);
    let reached = is(&["to", "at", "least", "by", "reach", "reaching", "most", "minimum", "maximum"]);
    share || reached || (!described && text.starts_with(|c: char| c.is_ascii_digit()) && !is_aside(context, place))
}

/// Whether a number stands by itself in brackets or between commas: a reference or somebody's age.
fn is_aside(context: &Context<'_>, place: WordRange) -> bool {
    let before = context.prose.slice(WordRange { start: 0, end: place.start }).trim_end();
    let after = context.prose.text().get(place.end as usize..).unwrap_or_default().trim_start();
    before.ends_with('(') || before.ends_with(',') && !after.starts_with(char::is_alphanumeric)
}

/// The first thing in a recommendation that can be checked afterwards: a number, a numbered article, a named law, a body or other
/// output that is there or not. Numbers inside a deadline do not count.
pub(super) fn measure(context: &Context<'_>, words: WordRange, deadlines: &[WordRange]) -> Option<WordRange> {
    let lists = context.lists();
    let numbers = context.words.numbers(words);
    let inside = |range: WordRange| deadlines.iter().any(|deadline| deadline.contains(range));
    let is_number = |at: &u32| {
        let text = context.text(*at);
        let digits = text.starts_with(|c: char| c.is_ascii_digit()) && !is_year(text);
        let spelled = || context.words.at(lists.number_words, *at).is_some() && !context.is(*at, &["one", "a", "an"]);
        (digits || spelled()) && context.words.word(*at).is_some_and(|word| !inside(word.range()))
    };
    let number = has_amounts(context, words).then(|| numbers.clone().find(is_number)).flatten();
    let law = context.words.of(lists.law_nouns, words).map(|hit| hit.first).find(|&at| named_law(context, at, numbers.start).is_some());
    if let Some(at) = number.into_iter().chain(law).min() {
        return context.words.word(at).map(Word::range);
    }
    let output = context.words.hits(numbers).find(|hit| hit.list == lists.verifiable_outputs || hit.list == lists.un_bodies);
    output.map(|hit| context.words.range(hit))
}

/// "the Children Act": the law whose name ends at this word for a law: with a capital, after other words with one.
pub(super) fn named_law(context: &Context<'_>, at: u32, first: u32) -> Option<WordRange> {
    const LONGEST: usize = 8;
    let capital = |number: u32| context.text(number).starts_with(char::is_uppercase);
    if at <= first + 1 || !capital(at) {
        return None;
    }
    let joined = |number: u32| context.words.word(number + 1).is_some_and(Word::is_joined);
    let start = (first + 1..at).rev().take(LONGEST).take_while(|&word| capital(word) && joined(word)).last()?;
    Some(context.words.between(start..at + 1))
}

/// A figure that wants a source: a percentage, a fraction of people or a count in hundreds.
pub fn figure(context: &Context<'_>, range: WordRange) -> Option<WordRange> {
    let numbers = context.words.numbers(range);
    let text_of = |at: u32| context.text(at);
    // Most texts have no number in words.
    let later = context.words.of(context.lists().number_words, WordRange { end: u32::MAX, ..range });
    let spelled = later.take(1).any(|hit| hit.first < numbers.end);
    for at in numbers.clone() {
        let Some(word) = context.words.word(at) else { continue };
        // Nothing else begins a figure.
        let begins = word.has_digit() || context.is(at, &["half"]) || spelled && context.words.at(context.lists().number_words, at).is_some();
        if !begins {
            continue;
        }
        let word = word.range();
        let rest = context.prose.slice(WordRange { start: word.start, end: range.end });
        if let Some(number) = number(rest) {
            let end = WordRange { start: word.start, end: word.start + number.length as u32 };
            if number.percent {
                return Some(end);
            }
            let labelled = at.checked_sub(1).is_some_and(|before| is_number_label(text_of(before))) || is_year(text_of(at));
            let money_or_people = number.value >= 100.0 && number.value.fract() == 0.0;
            let glued = rest.get(number.length..).is_some_and(|after| after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '–')));
            if money_or_people && !labelled && !glued && !is_part_of_symbol(context, word) {
                return Some(end);
            }
        }
        if let Some(fraction) = fraction(context, at, numbers.end) {
            return Some(fraction);
        }
    }
    None
}

fn is_number_label(word: &str) -> bool {
    const LABELS: [&str; 26] = [
        "section",
        "sections",
        "article",
        "articles",
        "no",
        "nos",
        "para",
        "paras",
        "paragraph",
        "paragraphs",
        "recommendation",
        "recommendations",
        "rule",
        "act",
        "law",
        "convention",
        "cap",
        "chapter",
        "decree",
        "resolution",
        "table",
        "page",
        "p",
        "pp",
        "regulation",
        "bulletin",
    ];
    LABELS.contains(&word.to_lowercase().as_str())
}

fn is_part_of_symbol(context: &Context<'_>, word: WordRange) -> bool {
    let before = context.prose.slice(WordRange { start: word.start.saturating_sub(1), end: word.start });
    matches!(before, "/" | "-" | "+" | "." | "–")
}

/// "half of the pupils", "two thirds", "one in four", "212 of 300".
fn fraction(context: &Context<'_>, at: u32, end: u32) -> Option<WordRange> {
    let is_count = |number: u32| {
        let text = context.text(number);
        text.starts_with(|c: char| c.is_ascii_digit()) && !is_year(text) || context.words.at(context.lists().number_words, number).is_some()
    };
    let within = |last: u32| (last < end).then(|| context.words.between(at..last + 1));
    if context.is(at, &["half"]) && context.is(at + 1, &["of"]) {
        return within(at + 1);
    }
    if is_count(at) && context.is(at + 1, &["third", "thirds", "quarter", "quarters", "fifth", "fifths"]) {
        return within(at + 1);
    }
    let share = context.is(at + 1, &["in"]) && is_count(at + 2) && !context.is(at, &["a", "an"]);
    let out_of = context.is(at + 1, &["out"]) && context.is(at + 2, &["of"]) && is_count(at + 3);
    if is_count(at) && share && !is_year(context.text(at + 2)) && within(at + 2).is_some() {
        return within(at + 2);
    }
    if is_count(at) && out_of { within(at + 3) } else { None }
}

/// Whether a year stands in a range, and where. A span of years ("the plan 2018–2022") names a plan and dates nothing.
pub fn year(context: &Context<'_>, range: WordRange) -> Option<WordRange> {
    let mut years = context.words.with_digits(context.words.numbers(range)).filter_map(|at| context.words.word(at)).map(Word::range);
    years.find(|word| {
        let before = context.prose.slice(WordRange { start: range.start, end: word.start });
        let after = context.prose.slice(WordRange { start: word.end, end: range.end });
        let dash = ['–', '-', '/'];
        is_year(context.prose.slice(*word)) && !before.ends_with(dash) && !after.starts_with(dash)
    })
}

/// A year in brackets: "(Ministry of Health, 2025)".
pub fn year_in_brackets(text: &str) -> bool {
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let inner = rest.get(open + 1..).unwrap_or_default();
        let close = inner.find(')').unwrap_or(inner.len());
        let inside = inner.get(..close).unwrap_or_default();
        let words = inside.split(|c: char| !c.is_ascii_digit());
        if words.into_iter().any(is_year) {
            return true;
        }
        rest = inner.get(close..).unwrap_or_default();
    }
    false
}

/// "para. 27", "p. 140", "paras 20–27": a paragraph or page of a document.
pub fn paragraph_number(text: &str) -> bool {
    type Found<'a> = nom::IResult<&'a str, (&'a str, Option<char>, &'a str, &'a str)>;
    let mut rest = text;
    loop {
        let reference: Found<'_> = (take_while1(char::is_alphabetic), opt(char('.')), space0, digit1).parse(rest);
        if let Ok((_, (word, _, _, _))) = reference
            && matches!(
                word.to_lowercase().as_str(),
                "para"
                    | "paras"
                    | "paragraph"
                    | "paragraphs"
                    | "p"
                    | "pp"
                    | "page"
                    | "pages"
                    | "par"
                    | "párr"
                    | "pág"
                    | "págs"
                    | "table"
                    | "cuadro"
                    | "tableau"
            )
        {
            return true;
        }
        let Some(next) = rest.find(|c: char| !c.is_alphabetic()) else { return false };
        let skip = rest.get(next..).and_then(|tail| tail.chars().next()).map_or(1, char::len_utf8);
        let Some(tail) = rest.get(next + skip..) else { return false };
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_signs() {
        let check = |text: &str, value: f64, percent: bool| {
            let read = number(text).unwrap();
            assert!((read.value - value).abs() < 1e-9 && read.percent == percent, "{text}: {read:?}");
        };
        check("1,900 visitors", 1900.0, false);
        check("38.700 niñas", 38.7, false);
        check("62 % of", 62.0, true);
        check("62\u{a0}% of", 62.0, true);
        check("56 per cent", 56.0, true);
        check("12.5%", 12.5, true);
    }

    #[test]
    fn marks_of_sources_are_seen() {
        assert!(year_in_brackets("repeat grade 1 (Ministry of Education, 2025)."));
        assert!(!year_in_brackets("in 2025 (they said)"));
        assert!(paragraph_number("CO/4, para. 27"));
        assert!(!paragraph_number("the paragraph says"));
    }
}
