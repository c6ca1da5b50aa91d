//! Personal data: children who are named or can be recognised, and identifiers that belong to somebody.
//!
//! "Do no harm": the standards of the Committee on the Rights of the Child for child participation (Factsheet 3). High precision
//! goes before completeness: a name counts as a child's only where the words beside it say so.

use crate::text::prose::WordRange;
use crate::words::Hit;

use super::Context;

const FULL_AGE: u32 = 18;

fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.clone().count() >= 1 && letters.any(char::is_lowercase)
}

fn age(word: &str) -> Option<u32> {
    word.parse().ok().filter(|age| (1..FULL_AGE).contains(age))
}

/// One or two digits: what can be the age of a child.
fn is_short_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands between two neighbouring words.
fn gap<'a>(context: &Context<'a>, before: u32) -> &'a str {
    let end = context.words.word(before).map_or(0, |word| word.range().end);
    let start = context.words.word(before + 1).map_or(end, |word| word.range().start);
    context.prose.slice(WordRange { start: end, end: start.max(end) })
}

/// Children named in a range: the place of each name.
pub fn named_children(context: &Context<'_>, range: WordRange) -> Vec<WordRange> {
    let numbers = context.words.numbers(range);
    let ages = context.words.with_digits(numbers.clone()).filter(|&at| is_short_number(context.text(at)) && age(context.text(at)).is_some());
    let by_age = ages.filter_map(|at| {
        let label = at.checked_sub(1).filter(|&before| context.is(before, &["aged", "age"]));
        name_before_age(context, label.unwrap_or(at), &numbers).or_else(|| name_after_age(context, at, &numbers))
    });
    let mut found: Vec<WordRange> = by_age.chain(names_after_child(context, &numbers)).collect();
    found.sort();
    found.dedup_by(|later, earlier| later.start < earlier.end);
    if !found.is_empty() && is_protected(context.prose.slice(range)) {
        found.clear();
    }
    found
}

/// The author says that the name is not the real one.
fn is_protected(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ["name changed", "names changed", "name withheld", "names withheld", "not her real name", "not his real name", "not their real name", "pseudonym"]
        .iter()
        .any(|mark| lower.contains(mark))
}

/// "Amina Kor, 12, was …", "Amina (12)", "Samir, aged 9": a name before an age.
fn name_before_age(context: &Context<'_>, at: u32, numbers: &std::ops::Range<u32>) -> Option<WordRange> {
    let aged = context.is(at, &["aged", "age"]);
    let age_at = if aged { at + 1 } else { at };
    age(context.text(age_at))?;
    let last = at.checked_sub(1).filter(|last| numbers.contains(last))?;
    let opens = gap(context, last).trim();
    if !matches!(opens, "," | "(") || !is_plain_name(context, last) {
        return None;
    }
    let after = gap(context, age_at);
    let closes = if opens == "(" {
        after.starts_with(')')
    } else {
        after.trim_start().starts_with([',', '.', ';', ')']) || after.trim().is_empty() && context.is(age_at + 1, &["years", "was", "is", "had", "has"])
    };
    if !closes || context.words.at(context.lists().months, age_at + 1).is_some() {
        return None;
    }
    let first = last.checked_sub(1).filter(|first| numbers.contains(first) && gap(context, *first) == " " && is_plain_name(context, *first));
    // One capitalised word alone may be a place: then a child must be spoken of in the same sentence.
    let speaks_of_child = aged || context.has(context.lists().child_words, context.words.between(numbers.clone()));
    (first.is_some() || speaks_of_child).then(|| context.words.between(first.unwrap_or(last)..last + 1))
}

/// A capitalised word that belongs to no known name of a law, a State, a body or a month.
fn is_plain_name(context: &Context<'_>, at: u32) -> bool {
    const OTHERS: [&str; 26] = [
        "Act",
        "Bill",
        "Code",
        "Law",
        "Article",
        "Section",
        "Convention",
        "Protocol",
        "Committee",
        "Court",
        "District",
        "Province",
        "Region",
        "Report",
        "Survey",
        "Table",
        "Chapter",
        "Ministry",
        "Decree",
        "Regulation",
        "Recommendation",
        "Rule",
        "No",
        "The",
        "In",
        "Bulletin",
    ];
    let word = context.text(at);
    let known = context.words.hits(at.saturating_sub(6)..at + 1).any(|hit| {
        let lists = context.lists();
        let named = [lists.states, lists.months, lists.treaty_names, lists.un_bodies, lists.state_organs].contains(&hit.list);
        named && hit.last > at
    });
    is_name(word) && !OTHERS.contains(&word) && !known
}

/// "12-year-old Amina": an age before a name; "12-year-old Syrian girl" names nobody.
fn name_after_age(context: &Context<'_>, at: u32, numbers: &std::ops::Range<u32>) -> Option<WordRange> {
    age(context.text(at))?;
    if !context.is(at + 1, &["year", "years"]) || !context.is(at + 2, &["old"]) {
        return None;
    }
    let first = at + 3;
    let name = numbers.contains(&first) && is_plain_name(context, first);
    let last = if is_plain_name(context, first + 1) && gap(context, first) == " " { first + 1 } else { first };
    let is_noun =
        |number: u32| context.words.at(context.lists().child_words, number).is_some() || context.is(number, &["national", "refugee", "student", "citizen"]);
    (name && !is_noun(first) && !is_noun(last + 1)).then(|| context.words.between(first..last + 1))
}

/// "a girl named Amina", "the boy called Samir".
fn names_after_child<'c>(context: &'c Context<'_>, numbers: &'c std::ops::Range<u32>) -> impl Iterator<Item = WordRange> + 'c {
    let children = context.words.hits(numbers.clone()).filter(|hit| hit.list == context.lists().child_words);
    children.filter_map(move |child| {
        let name = child.last + 1;
        let called = context.is(child.last, &["named", "called"]);
        (called && numbers.contains(&name) && is_plain_name(context, name)).then(|| context.words.between(name..name + 1))
    })
}

/// Words in capitals after the name of an activity that make it the name of an organisation: "the victim Support Fund".
const ORGANISATIONS: [&str; 22] = [
    "Network",
    "Union",
    "Association",
    "Foundation",
    "Fund",
    "Centre",
    "Center",
    "Coalition",
    "Commission",
    "Council",
    "Support",
    "Protection",
    "Rights",
    "Watch",
    "International",
    "Programme",
    "Office",
    "Forum",
    "Camp",
    "Civil",
    "Society",
    "Rules",
];

/// How many words may stand between a name and what somebody is: "Jon Tal, a well-known environmental human rights defender".
const WORDS_OF_A_DESCRIPTION: u32 = 5;

/// Victims, witnesses, defenders and prisoners by their full names: the place of each name. Where the sentence speaks of consent,
/// there is none.
pub fn people_at_risk(context: &Context<'_>, sentence: WordRange) -> Vec<WordRange> {
    let lists = context.lists();
    // A capital letter makes it part of a name: "the Victim Support Fund".
    let roles = context.words.of(lists.people_at_risk, sentence).filter(|role| context.text(role.first).starts_with(char::is_lowercase));
    let named = |role: Hit| {
        let numbers = context.words.numbers(sentence);
        name_after_role(context, role.last, &numbers).or_else(|| name_before_role(context, role, &numbers))
    };
    let mut found: Vec<WordRange> = roles.filter_map(named).collect();
    if !found.is_empty() && (is_protected(context.prose.slice(sentence)) || context.has(lists.consent_words, sentence)) {
        found.clear();
    }
    found.sort();
    found.dedup();
    found
}

/// Most words of a full name.
const WORDS_OF_A_NAME: u32 = 5;

/// Whether the word of this number can be part of a person's name.
fn is_part_of_name(context: &Context<'_>, at: u32, numbers: &std::ops::Range<u32>) -> bool {
    const OPENINGS: [&str; 12] = ["When", "After", "Before", "While", "Since", "On", "At", "Last", "Then", "Also", "Later", "Both"];
    let opens = at == numbers.start && OPENINGS.contains(&context.text(at));
    numbers.contains(&at) && !opens && is_plain_name(context, at) && !ORGANISATIONS.contains(&context.text(at))
}

/// Two to five words that look like a full name, from the first of them.
fn full_name(context: &Context<'_>, first: u32, numbers: &std::ops::Range<u32>) -> Option<WordRange> {
    let goes_on = |at: u32| gap(context, at - 1) == " " && numbers.contains(&at);
    let parts = (first..first + WORDS_OF_A_NAME).take_while(|&at| (at == first || goes_on(at)) && is_part_of_name(context, at, numbers)).count() as u32;
    let end = first + parts;
    let is_organisation = goes_on(end) && ORGANISATIONS.contains(&context.text(end));
    (parts >= 2 && !is_organisation).then(|| context.words.between(first..end))
}

/// "the defender Jon Tal".
fn name_after_role(context: &Context<'_>, after: u32, numbers: &std::ops::Range<u32>) -> Option<WordRange> {
    let beside = gap(context, after.checked_sub(1)?) == " ";
    full_name(context, after, numbers).filter(|_| beside)
}

/// "Jon Tal, a human rights defender,"; "Cox Valley, a refugee camp" names nobody.
fn name_before_role(context: &Context<'_>, role: Hit, numbers: &std::ops::Range<u32>) -> Option<WordRange> {
    const AFTER: [&str; 11] = ["who", "whose", "from", "of", "in", "at", "with", "and", "was", "is", "has"];
    let ends = gap(context, role.last.checked_sub(1)?) != " " || context.is(role.last, &AFTER) || !numbers.contains(&role.last);
    let earliest = role.first.saturating_sub(WORDS_OF_A_DESCRIPTION).max(numbers.start + 2);
    let description = (earliest..role.first).rev().take_while(|&at| context.text(at).starts_with(char::is_lowercase));
    let article = description.into_iter().find(|&at| context.is(at, &["a", "an", "the", "another"])).filter(|_| ends)?;
    let last = article.checked_sub(1).filter(|&last| gap(context, last) == ", ")?;
    let joined = |at: u32| at == last || gap(context, at) == " ";
    let first = (last.saturating_sub(WORDS_OF_A_NAME - 1)..=last).rev().take_while(|&at| joined(at) && is_part_of_name(context, at, numbers)).last()?;
    full_name(context, first, numbers)
}

/// Words that tell of one child.
fn one_child(context: &Context<'_>, numbers: &std::ops::Range<u32>) -> bool {
    let before = |at: u32, back: u32, words: &[&str]| at.checked_sub(back).is_some_and(|before| context.is(before, words));
    let mut children = context.words.hits(numbers.clone()).filter(|hit| hit.list == context.lists().child_words);
    let one = children.any(|hit| {
        hit.form == crate::words::Form::Base && (before(hit.first, 1, &["a", "an", "the", "one", "old"]) || before(hit.first, 2, &["a", "one", "the"]))
    });
    let aged =
        |at: u32| age(context.text(at)).is_some() && context.is(at + 1, &["year"]) && context.is(at + 2, &["old"]) && before(at, 1, &["a", "an", "the", "one"]);
    one || context.words.with_digits(numbers.clone()).any(|at| is_short_number(context.text(at)) && aged(at))
}

const FEATURES_THAT_IDENTIFY: usize = 3;

const HOUSES: [&str; 12] = ["School", "school", "Home", "home", "Orphanage", "orphanage", "Hospital", "hospital", "College", "college", "Centre", "Prison"];
const CONDITIONS: [&str; 10] = ["albinism", "HIV", "AIDS", "epilepsy", "leprosy", "pregnant", "deaf", "blind", "autism", "intersex"];

/// One child of whom a sentence tells at least three of: age, school or home, place, day, rare condition.
pub fn identifiable_child(context: &Context<'_>, sentence: WordRange) -> Option<WordRange> {
    let numbers = context.words.numbers(sentence);
    if !one_child(context, &numbers) || is_protected(context.prose.slice(sentence)) {
        return None;
    }
    let any = |test: &dyn Fn(u32) -> bool| numbers.clone().any(test);
    let has_age = any(&|at| {
        age(context.text(at)).is_some()
            && (context.is(at + 1, &["year", "years"]) || at.checked_sub(1).is_some_and(|before| context.is(before, &["aged", "age"])))
    });
    let house = any(&|at| {
        HOUSES.contains(&context.text(at))
            && (1..=3)
                .any(|back| at.checked_sub(back).is_some_and(|before| numbers.contains(&before) && is_name(context.text(before)) && before > numbers.start))
    });
    let day = any(&|at| {
        context.words.at(context.lists().months, at).is_some()
            && at.checked_sub(1).is_some_and(|before| context.text(before).parse::<u8>().is_ok_and(|day| day < 32))
    });
    let condition = any(&|at| CONDITIONS.contains(&context.text(at)));
    let place = any(&|at| {
        context.is(at, &["in", "at", "from", "near"]) && {
            let next = context.text(at + 1);
            let known = context.words.at(context.lists().states, at + 1).is_some() || context.words.at(context.lists().months, at + 1).is_some();
            is_name(next) && !known && numbers.contains(&(at + 1)) && !HOUSES.contains(&context.text(at + 3)) && !HOUSES.contains(&context.text(at + 4))
        }
    });
    let features = [has_age, house, day, condition, place].into_iter().filter(|feature| *feature).count();
    (features >= FEATURES_THAT_IDENTIFY).then_some(sentence)
}

/// Telephone numbers, e-mail addresses, numbers of identity papers, birth dates and coordinates in a range.
pub fn private_identifiers(context: &Context<'_>, range: WordRange) -> Vec<WordRange> {
    let text = context.prose.slice(range);
    let mut found = Vec::new();
    if memchr::memchr2(b'@', b'+', text.as_bytes()).is_some() {
        addresses(text, &mut found);
    }
    let place = |words: WordRange| (words.start.saturating_sub(range.start)) as usize..(words.end.min(range.end) - range.start) as usize;
    for at in context.words.with_digits(context.words.numbers(range)) {
        let digits = context.text(at).bytes().filter(u8::is_ascii_digit).count();
        if digits >= 4 && is_number_of_a_paper(context, at) {
            found.push(place(context.words.between(at..at + 1)));
        }
        // "born on 3 May 2012": a year after a month after "born on".
        let born = digits == 4 && (3..=5).any(|back| at.checked_sub(back).is_some_and(|born| context.is(born, &["born"]) && context.is(born + 1, &["on"])));
        if born {
            found.push(place(context.words.between(at.saturating_sub(2)..at + 1)));
        }
    }
    found.sort_by_key(|place| place.start);
    found.into_iter().map(|place| WordRange { start: range.start + place.start as u32, end: range.start + place.end as u32 }).collect()
}

/// "passport No. 4471 203", "case file number 2231": a long number behind the name of a paper and "number".
fn is_number_of_a_paper(context: &Context<'_>, at: u32) -> bool {
    let numbered = (1..=2).any(|back| at.checked_sub(back).is_some_and(|before| context.is(before, &["no", "number", "nr"])));
    let paper =
        (2..=4).any(|back| at.checked_sub(back).is_some_and(|before| context.is(before, &["passport", "identity", "ID", "registration", "file", "case"])));
    numbered && paper
}

/// E-mail addresses and telephone numbers.
fn addresses(text: &str, found: &mut Vec<std::ops::Range<usize>>) {
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '.' | '<' | '>' | ':'));
        let start = offset + word.find(trimmed).unwrap_or(0);
        let email = trimmed.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if email {
            found.push(start..start + trimmed.len());
        }
        if let Some(rest) = text.get(start..).and_then(|rest| rest.strip_prefix('+')) {
            let length = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '\u{a0}'))).unwrap_or(rest.len());
            let number = rest.get(..length).unwrap_or_default().trim_end();
            if number.bytes().filter(u8::is_ascii_digit).count() >= 7 {
                found.push(start..start + 1 + number.len());
            }
        }
        offset += word.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::in_context;

    #[track_caller]
    fn at_risk(text: &str, expected: &[&str]) {
        in_context(text, |context, all| {
            let found: Vec<&str> = people_at_risk(context, all).into_iter().map(|name| context.prose.slice(name)).collect();
            assert_eq!(found, expected, "{text}");
        });
    }

    #[test]
    fn people_at_risk_are_known_by_what_they_are() {
        at_risk("The human rights defender Jon Tal was arrested.", &["Jon Tal"]);
        at_risk("Mira Sol, a well-known land activist, lost her passport.", &["Mira Sol"]);
        at_risk("The detainees Omar Deb and Lea Marn wait for a trial.", &["Omar Deb"]);
        at_risk("Jon Ber Tal, a witness who spoke in May, was beaten.", &["Jon Ber Tal"]);
        at_risk("After Jon Ber Tal, a witness, had spoken, the activist Lea Ann Marn Sol fled.", &["Jon Ber Tal", "Lea Ann Marn Sol"]);
    }

    #[test]
    fn organisations_places_and_ministers_are_no_people_at_risk() {
        for text in [
            "The victim Support Fund paid 40 families.",
            "Cox Valley, a refugee camp, has no school.",
            "According to survivors, Red Aid came late.",
            "The Minister, Ana Brenn, met victims.",
            "The Human Rights Defenders Network counted 40 cases.",
            "The Special Rapporteur on human rights defenders came in May.",
            "The activist Jon Tal, who agreed to be named, was arrested.",
            "The prisoners of Norra Gate were moved.",
        ] {
            at_risk(text, &[]);
        }
    }
}
