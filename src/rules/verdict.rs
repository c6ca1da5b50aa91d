//! The five letters of each recommendation: whether it is specific, measurable, achievable, relevant and time-bound, as the rules say.
//!
//! One source: a letter is *not met* exactly when a rule has spoken whose file says so (its `[[verdict]]`); it is *met* when the
//! words that earn it were found and no rule takes it away; in all other cases nobody can tell. So a letter and the findings
//! cannot disagree, and a language whose verbs are not known gives no false comfort.

use std::ops::Index;

use crate::brief::Issue;
use crate::text::prose::WordRange;

use super::apply::{self, Case, Spoken};
use super::condition::{Name, Unit, named};

named! {
    /// One of the five criteria.
    Letter {
        /// A well-defined action on a specific right.
        Specific = "specific",
        /// It can be monitored.
        Measurable = "measurable",
        /// Within the State's material capacity.
        Achievable = "achievable",
        /// Tied to the situation and its evidence.
        Relevant = "relevant",
        /// Due by the next review or sooner.
        TimeBound = "time-bound",
    }
}

impl Letter {
    /// The letter itself: `S`.
    pub fn initial(self) -> char {
        match self {
            Letter::Specific => 'S',
            Letter::Measurable => 'M',
            Letter::Achievable => 'A',
            Letter::Relevant => 'R',
            Letter::TimeBound => 'T',
        }
    }
}

named! {
    /// What can be said of a criterion; the later one outweighs the earlier.
    Answer {
        /// It is met.
        Met = "met",
        /// Nothing that the program knows answers the question.
        CannotTell = "cannot tell",
        /// It is not met.
        NotMet = "not met",
    }
}

impl Answer {
    /// The word for it in JSON, without a space.
    pub fn word(self) -> &'static str {
        match self {
            Answer::Met => "met",
            Answer::CannotTell => "cannot-tell",
            Answer::NotMet => "not-met",
        }
    }

    /// The letter if it is met, a dash if it is not, a question mark if that cannot be told.
    pub fn mark(self, letter: Letter) -> char {
        match self {
            Answer::Met => letter.initial(),
            Answer::NotMet => '–',
            Answer::CannotTell => '?',
        }
    }
}

/// What a finding of a rule says about a letter.
#[derive(Clone, Debug)]
pub struct Says {
    /// The letter.
    pub letter: Letter,
    /// What becomes of it.
    pub is: Answer,
    /// If one of these is found in the recommendation; empty for always.
    pub with: Vec<Name>,
    /// Unless one of these is found in it.
    pub without: Vec<Name>,
}

/// The answer for one letter, with the words that earned it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The answer.
    pub answer: Answer,
    /// The words that earned it; none where something is missing, or nothing is wrong.
    pub words: Vec<WordRange>,
}

/// Of the places that speak against a letter so many are kept; the findings have them all.
const MOST_PLACES: usize = 8;

impl Verdict {
    fn met(words: impl IntoIterator<Item = WordRange>) -> Verdict {
        Verdict { answer: Answer::Met, words: words.into_iter().collect() }
    }

    fn unknown() -> Verdict {
        Verdict { answer: Answer::CannotTell, words: Vec::new() }
    }

    /// Takes in what a finding says.
    fn hear(&mut self, answer: Answer, words: Option<WordRange>) {
        if answer > self.answer {
            self.answer = answer;
            self.words.clear();
        }
        if answer == self.answer && self.words.len() < MOST_PLACES {
            self.words.extend(words.filter(|words| !self.words.contains(words)));
        }
    }
}

/// The verdicts on a recommendation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letters([Verdict; Letter::ALL.len()]);

impl Letters {
    /// The five with their criteria, in order.
    pub fn all(&self) -> impl Iterator<Item = (Letter, &Verdict)> {
        Letter::ALL.iter().map(|&(letter, _)| letter).zip(&self.0)
    }
}

impl Index<Letter> for Letters {
    type Output = Verdict;

    fn index(&self, letter: Letter) -> &Verdict {
        let Letters([specific, measurable, achievable, relevant, time_bound]) = self;
        match letter {
            Letter::Specific => specific,
            Letter::Measurable => measurable,
            Letter::Achievable => achievable,
            Letter::Relevant => relevant,
            Letter::TimeBound => time_bound,
        }
    }
}

/// The letters of each recommendation, by what the rules have said of it and of its issue.
pub(crate) fn letters(case: &Case<'_>, spoken: &[Spoken]) -> Vec<Letters> {
    let known = known(case);
    let mut telling: Vec<Spoken> = spoken.iter().copied().filter(|spoken| spoken.says(case).next().is_some()).collect();
    telling.sort_by_key(|spoken| (spoken.words.start, spoken.rule));
    let [.., relevant, _] = known;
    let issues: Vec<Verdict> = case.brief.issues.iter().map(|issue| relevance(case, issue, &telling, relevant)).collect();
    (0..case.brief.recommendations.len()).map(|index| letters_of(case, index, &telling, known, &issues)).collect()
}

/// The letters of the only recommendation of a case.
pub(super) fn of_one(case: &Case<'_>, spoken: &[Spoken], known: [bool; Letter::ALL.len()]) -> Letters {
    letters_of(case, 0, spoken, known, &[])
}

/// For each letter, whether all rules that can take it away know the language.
pub(super) fn known(case: &Case<'_>) -> [bool; Letter::ALL.len()] {
    let mut known = [true; Letter::ALL.len()];
    for rule in &case.book.rules {
        for says in rule.verdicts.iter().filter(|says| says.is == Answer::NotMet) {
            if let Some(known) = known.get_mut(says.letter as usize) {
                *known &= apply::is_supported(case, &rule.condition);
            }
        }
    }
    known
}

fn letters_of(case: &Case<'_>, index: usize, telling: &[Spoken], known: [bool; Letter::ALL.len()], issues: &[Verdict]) -> Letters {
    let mut letters = Letters(earned(case, index, known));
    let Some(recommendation) = case.brief.recommendations.get(index) else { return letters };
    let Letters([.., relevant, _]) = &mut letters;
    if let Some(issue) = recommendation.issue.and_then(|issue| issues.get(issue)) {
        *relevant = issue.clone();
    }
    for spoken in inside(telling, recommendation.words) {
        for says in spoken.says(case) {
            let found = |name: &Name| apply::is_in_recommendation(case, *name, index);
            let stands = (says.with.is_empty() || says.with.iter().any(found)) && !says.without.iter().any(found);
            if let Some(verdict) = letters.0.get_mut(says.letter as usize).filter(|_| stands) {
                verdict.hear(says.is, spoken.found_something(case).then_some(spoken.words));
            }
        }
    }
    letters
}

/// What all recommendations of an issue have in common: whether it ties them to the situation.
fn relevance(case: &Case<'_>, issue: &Issue, telling: &[Spoken], is_known: bool) -> Verdict {
    let explanation = issue.explanation.first().filter(|_| is_known);
    let mut verdict = explanation.map_or_else(Verdict::unknown, |&paragraph| Verdict::met([paragraph]));
    for spoken in issue.explanation.iter().chain([&issue.title]).flat_map(|&place| inside(telling, place)) {
        for says in spoken.says(case).filter(|says| says.letter == Letter::Relevant) {
            verdict.hear(says.is, spoken.found_something(case).then_some(spoken.words));
        }
    }
    verdict
}

/// The findings whose words lie in a place.
fn inside(telling: &[Spoken], place: WordRange) -> impl Iterator<Item = &Spoken> {
    let first = telling.partition_point(|spoken| spoken.words.start < place.start);
    let within = telling.iter().skip(first).take_while(move |spoken| spoken.words.start < place.end);
    within.filter(move |spoken| place.contains(spoken.words))
}

/// What the words of a recommendation have earned, before any rule has spoken.
fn earned(case: &Case<'_>, index: usize, known: [bool; Letter::ALL.len()]) -> [Verdict; Letter::ALL.len()] {
    let [specific, measurable, achievable, ..] = known;
    let reading = case.readings.get(index);
    let by = |words: Option<WordRange>| words.map_or_else(Verdict::unknown, |words| Verdict::met([words]));
    let due = reading.and_then(|reading| {
        let periodic = || reading.times.periodic.first().map(|place| reading.place(place));
        reading.deadline().map(|(place, _)| place).or_else(periodic)
    });
    [
        by(reading.filter(|_| specific).and_then(|reading| reading.acts.named.or(reading.target()))),
        by(reading.filter(|_| measurable).and_then(|reading| reading.acts.outright.or(reading.target()))),
        if achievable { Verdict::met([]) } else { Verdict::unknown() },
        Verdict::unknown(),
        by(due),
    ]
}

impl Spoken {
    /// What the finding says about letters.
    fn says<'a>(&self, case: &Case<'a>) -> impl Iterator<Item = &'a Says> {
        case.book.rules.get(self.rule).into_iter().flat_map(|rule| &rule.verdicts)
    }

    /// Whether its words are what was found, and not merely the place where something is missing.
    fn found_something(&self, case: &Case<'_>) -> bool {
        let condition = case.book.rules.get(self.rule).map(|rule| &rule.condition);
        condition.is_some_and(|condition| {
            !condition.with.is_empty()
                || condition.action.is_some()
                || condition.opens_with.is_some()
                || (condition.count.is_some() && condition.each != Unit::Issue)
        })
    }
}
