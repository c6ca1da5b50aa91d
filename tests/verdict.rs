//! The letters of a recommendation: what earns them, what takes them away, and that they never disagree with the findings.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use upr_lint::brief::review::{Review, ReviewDate};
use upr_lint::builtin;
use upr_lint::check;
use upr_lint::rules::condition::{Fact, Name, Unit};
use upr_lint::rules::single::{Assessed, Judge};
use upr_lint::rules::verdict::{Answer, Letter, Says, Verdict};
use upr_lint::text::Source;
use upr_lint::words::Language;

fn assess(text: &str) -> Assessed<'static> {
    Judge::new(builtin::rulebook()).assess(text, None, ReviewDate::parse("2026-11-05"))
}

/// The letters in a row, as the table of `upr assess` shows them: `SMAT`, `–` for not met, `?` for cannot tell.
fn letters(assessed: &Assessed<'_>) -> String {
    [Letter::Specific, Letter::Measurable, Letter::Achievable, Letter::TimeBound]
        .into_iter()
        .map(|letter| assessed.letters[letter].answer.mark(letter))
        .collect()
}

#[track_caller]
fn check_letters(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = letters(&assess(text));
            (found != *expected).then(|| format!("{expected} expected, {found} found: {text}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_act_earns_s_and_m_when_it_is_asked_for() {
    check_letters(&[
        ("Ratify the Optional Protocol to the Convention against Torture by 2028.", "SMAT"),
        ("Amend section 51 of the Children Act 2009.", "SMA–"),
        ("Adopt a law against the eviction of tenants in winter.", "SMA–"),
        ("Ensure that the Penal Code does not punish the homeless for begging.", "SMA–"),
        ("Improve the draft law on foster care.", "SMA–"),
        ("Promote school attendance, including by opening twelve boarding schools in the north.", "SMA–"),
        ("Take part in the work of the region and withdraw the reservation to article 16 of CEDAW.", "SMA–"),
        ("Reserve 150 municipal flats for young people who leave care.", "SMA–"),
        ("Adopt a national strategy against loneliness in old age.", "SMA–"),
    ]);
}

#[test]
fn an_act_that_is_only_considered_or_continued_earns_s_alone() {
    check_letters(&[
        ("Consider ratifying the Convention on the Rights of Persons with Disabilities.", "S–A–"),
        ("Consider signing and ratifying the Rome Statute.", "S–A–"),
        ("Examine the possibility of the abolition of the death penalty.", "S–A–"),
        ("Continue efforts towards the ratification of the Convention against Torture.", "S–A–"),
        ("Take steps to withdraw the reservation to article 9 of CEDAW.", "S–A–"),
        ("Consider a moratorium on executions.", "S–A–"),
        ("Consider raising the age of marriage to 18.", "S–A–"),
        ("Continue to raise development aid to 0.7 per cent of GDP.", "SMA–"),
    ]);
}

#[test]
fn a_direction_earns_neither() {
    check_letters(&[
        ("Strengthen the protection of children in care.", "––A–"),
        ("Consider taking measures against racism.", "––A–"),
        ("Continue cooperation with the region.", "––A–"),
        ("Share experience in the fight against malaria.", "––A–"),
        ("Ensure the effective implementation of the Convention on the Rights of the Child.", "––A–"),
        ("Consider ratifying the remaining international human rights instruments.", "––A–"),
        ("Continue implementing programmes and measures for rural women.", "––A–"),
        ("Strengthen human rights education and training.", "––A–"),
        ("Support women in decision-making posts.", "––A–"),
    ]);
}

#[test]
fn a_goal_without_limits_is_not_achievable() {
    check_letters(&[
        ("Eradicate poverty.", "––––"),
        ("Take all necessary measures to eliminate all forms of violence.", "––––"),
        ("Prohibit all corporal punishment.", "SMA–"),
        ("UNICEF should build forty schools.", "SM––"),
    ]);
}

#[test]
fn only_a_deadline_that_can_be_kept_is_time_bound() {
    check_letters(&[
        ("Abolish the death penalty before the next review.", "SMAT"),
        ("Publish the number of children in prison every year.", "SMAT"),
        ("Abolish the death penalty as soon as possible.", "SMA–"),
        ("Abolish the death penalty by 2045.", "SMA–"),
        ("Abolish the death penalty by 2020.", "SMA–"),
    ]);
}

#[test]
fn the_words_of_a_verdict_are_those_that_earned_it() {
    let check = |text: &str, letter: Letter, answer: Answer, words: &[&str]| {
        let assessed = assess(text);
        let Verdict { answer: found, words: places } = &assessed.letters[letter];
        let found_words: Vec<&str> = places.iter().map(|place| text.get(place.range()).unwrap()).collect();
        assert_eq!((*found, found_words.as_slice()), (answer, words), "{text}");
    };
    check("Consider ratifying the Rome Statute.", Letter::Specific, Answer::Met, &["ratifying the Rome Statute"]);
    check("Consider ratifying the Rome Statute.", Letter::Measurable, Answer::NotMet, &["Consider"]);
    check("Raise the age to 18 by June 2028.", Letter::TimeBound, Answer::Met, &["by June 2028"]);
    check("Raise the age to 18.", Letter::TimeBound, Answer::NotMet, &[]);
    check("Abolish the death penalty without delay.", Letter::TimeBound, Answer::NotMet, &["without delay"]);
    check("Abolish the death penalty.", Letter::Achievable, Answer::Met, &[]);
}

#[test]
fn what_nothing_checks_cannot_be_told() {
    for (text, language, expected) in [
        ("Ratifier le Protocole avant 2028.", Language::French, "???T"),
        ("Ratificar el Protocolo antes de 2028.", Language::Spanish, "???T"),
        ("Consacrer 20 % du budget à l’école.", Language::French, "???–"),
    ] {
        let assessed = Judge::new(builtin::rulebook()).assess(text, Some(language), ReviewDate::parse("2026-11"));
        assert_eq!(letters(&assessed), expected, "{text}");
    }
}

/// The verdict on the relevance of the only recommendation of a brief.
fn relevance(issue: &str) -> Answer {
    let head = "# Universal Periodic Review of Zemland\n\n53rd session, 5 November 2026\n\n";
    let text = format!("{head}{issue}\n\n### Recommendations\n\n- Repeal section 51 of the Children Act 2009 by May 2028.\n");
    let checked = check(&Source::new("brief.md", text), builtin::rulebook(), &Review::default());
    assert_eq!(checked.letters.len(), 1, "{issue}");
    checked.letters[0][Letter::Relevant].answer
}

#[test]
fn relevance_is_what_the_explanation_shows() {
    let backed = "## Violence at home\n\nIn the survey of 2025, 62 % of children were beaten at home (Ministry of Health, 2025). The Committee on the Rights of the Child asked for a ban in 2024 (CRC/C/ZML/CO/4, para. 27).";
    assert_eq!(relevance(backed), Answer::Met);
    let bare = "## Violence at home\n\nChildren are beaten at home, and nobody comes to their help when they cry, neither the neighbours nor the school nor the police.";
    assert_eq!(relevance(bare), Answer::NotMet);
    // No or hardly any explanation: the brief does not say how things are, so nothing can be told.
    assert_eq!(relevance("## Violence at home, as the Committee on the Rights of the Child found"), Answer::CannotTell);
    assert_eq!(relevance("## Violence at home\n\nIt is common (CRC/C/ZML/CO/4)."), Answer::CannotTell);
}

#[test]
fn a_recommendation_under_no_issue_has_no_relevance_to_be_told() {
    let text = "UPR of Zemland, 53rd session\n\nWe recommend that Zemland:\n\n- repeal section 51 of the Children Act 2009 by May 2028.\n";
    let checked = check(&Source::new("brief.md", text), builtin::rulebook(), &Review::default());
    let answers: Vec<Answer> = checked.letters.iter().map(|letters| letters[Letter::Relevant].answer).collect();
    assert_eq!(answers, [Answer::CannotTell]);
}

/// Many sentences: the examples of the rules, and openings with objects and tails.
fn sentences() -> Vec<String> {
    let book = builtin::rulebook();
    let about_one = book.rules.iter().filter(|rule| matches!(rule.condition.each, Unit::Recommendation | Unit::Passage));
    let examples = about_one.flat_map(|rule| rule.examples.flags.iter().chain(&rule.examples.allows));
    let mut all: Vec<String> = examples.map(|example| example.text.replace("[[", "").replace("]]", "")).filter(|text| !text.contains('\n')).collect();
    let openings = [
        "Ratify",
        "Consider ratifying",
        "Continue efforts towards",
        "Take all necessary measures for",
        "Share experience of",
        "Strengthen",
        "Adopt",
        "Ensure",
        "Seek assistance for",
        "Improve",
        "Eradicate",
        "Study the possibility of",
        "Zemland should support",
        "UNICEF should fund",
        "Better",
    ];
    let objects = [
        "the Rome Statute",
        "the protection of vulnerable groups",
        "a law on adoption",
        "the adoption of a law on adoption",
        "all forms of violence",
        "120 inspectors",
        "international standards",
        "the outstanding human rights treaties",
        "measures and policies",
        "Paris Principles",
    ];
    let tails =
        ["", " by 2029", " as soon as possible", ", including by amending the Penal Code", " and raise the budget to 4 per cent of GDP by 2090", ", etc."];
    for opening in openings {
        for object in objects {
            all.extend(tails.iter().map(|tail| format!("{opening} {object}{tail}.")));
        }
    }
    all
}

/// Whether a fact on which a verdict depends is found.
fn found(name: Name, assessed: &Assessed<'_>) -> Option<bool> {
    let reading = &assessed.reading;
    match name {
        Name::Fact(Fact::NamedAct) => Some(reading.acts.named.is_some()),
        Name::Fact(Fact::ActAskedFor) => Some(reading.acts.outright.is_some()),
        Name::Fact(Fact::Target) => Some(reading.target().is_some()),
        _ => None,
    }
}

#[test]
fn a_letter_is_taken_away_by_a_finding_and_by_nothing_else() {
    let book = builtin::rulebook();
    let mut taken = [0; Letter::ALL.len()];
    for text in sentences() {
        let assessed = assess(&text);
        for (letter, verdict) in assessed.letters.all().filter(|(letter, _)| *letter != Letter::Relevant) {
            let says = assessed.findings.iter().filter_map(|finding| book.rule(finding.rule.as_str())).flat_map(|rule| &rule.verdicts);
            let against: Vec<&Says> = says.filter(|says| says.letter == letter && says.is == Answer::NotMet).collect();
            let not_met = verdict.answer == Answer::NotMet;
            assert!(!not_met || !against.is_empty(), "{letter:?} is not met and no finding says so: {text}");
            let sure = against.iter().any(|says| says.with.is_empty() && says.without.iter().all(|&name| found(name, &assessed) == Some(false)));
            assert!(!sure || not_met, "a finding takes {letter:?} away and it is {:?}: {text}", verdict.answer);
            taken[letter as usize] += usize::from(not_met);
        }
    }
    assert!(taken.iter().enumerate().all(|(letter, &number)| letter == Letter::Relevant as usize || number > 20), "{taken:?}");
}

#[test]
fn each_letter_can_be_taken_away_by_a_rule_that_warns() {
    for &(letter, name) in Letter::ALL {
        let rules = builtin::rulebook().rules.iter().filter(|rule| rule.verdicts.iter().any(|says| says.letter == letter && says.is == Answer::NotMet));
        let weights: Vec<_> = rules.map(|rule| rule.severity).collect();
        assert!(!weights.is_empty() && weights.iter().all(|severity| *severity > upr_lint::diagnostic::Severity::Advice), "{name}: {weights:?}");
    }
}

#[test]
fn amounts_are_read_and_numbers_of_names_are_not() {
    for (text, expected) in [
        ("Raise the health budget from 9 to 15 per cent of the national budget.", &["9", "15 per cent of the national budget"][..]),
        ("Allocate 0.7 per cent of GDP to aid.", &["0.7 per cent of GDP"]),
        ("Double the number of shelters.", &["Double"]),
        ("Train at least three midwives for each of the 31 districts.", &["three", "31"]),
        ("Set the age of marriage at 18 years for all.", &["18 years"]),
        ("Spend 2.5 million crowns on 120 homes.", &["2.5 million crowns", "120"]),
        ("Give one in four seats to women.", &["one in four"]),
        ("Bring articles 12, 35 and 36 into line with ICCPR.", &[]),
        ("Ratify ILO Conventions 138 and 182 by 2028.", &[]),
        ("Implement resolutions 1325 (2000) and 1820 (2008).", &[]),
        ("Celebrate 25 March every year.", &[]),
        ("Accede to Protocol 12 and OP 2.", &[]),
    ] {
        let assessed = assess(text);
        let found: Vec<&str> = assessed.reading.quantities.iter().map(|quantity| text.get(quantity.place.range()).unwrap()).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn names_are_read_with_their_kinds() {
    for (text, expected) in [
        ("Ratify the Optional Protocol to the CRC (OP-CRC-IC).", &[("Optional Protocol to the CRC (OP-CRC-IC", "treaty")][..]),
        (
            "Bring articles 12 and 13 of the Press Act into line with the Paris Principles.",
            &[("articles 12 and 13", "article"), ("Press Act", "law"), ("Paris Principles", "standard")],
        ),
        (
            "Invite the Special Rapporteur on torture, as asked in CAT/C/ZML/CO/2.",
            &[("Special Rapporteur", "procedure"), ("torture", "right"), ("CAT/C/ZML/CO/2", "document")],
        ),
        ("Let UNHCR visit.", &[("UNHCR", "body")]),
        (
            "Ratify both Optional Protocols to ICCPR and the Optional Protocol to Convention against Torture.",
            &[("both Optional Protocols to ICCPR", "treaty"), ("Optional Protocol to Convention against Torture", "treaty")],
        ),
    ] {
        let assessed = assess(text);
        let found: Vec<(&str, &str)> = assessed.names.iter().map(|name| (text.get(name.place.range()).unwrap(), name.kind.name())).collect();
        assert_eq!(found, expected, "{text}");
    }
}
