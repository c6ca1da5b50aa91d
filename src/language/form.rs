//! How a recommendation is put: whether it begins with its verb, whether it says who acts, and whether it names the law that it
//! would change.

use crate::text::prose::WordRange;
use crate::words::{Form, Hit};

use super::action::Action;
use super::{Context, Reading};

/// Words before the verb that can be its subject.
const WORDS_OF_A_SUBJECT: u32 = 14;

/// Words with which a noun begins, and so no request in the form that States use ("Ratify …").
const NOUN_OPENINGS: [&str; 12] = ["the", "a", "an", "all", "every", "each", "no", "that", "there", "we", "it", "any"];

/// What stands in the place of the opening verb: the subject of "The Government should …", "that" before a clause, the noun
/// "ratification", the participle "ratifying". A leading clause ("In line with …, amend") is in order.
pub fn words_before_verb(context: &Context<'_>, words: WordRange, action: &Action) -> Option<WordRange> {
    let lists = context.lists();
    if action.verb.start == words.start {
        let verb = lists.opening_verb(context.words, action.first);
        if verb.is_some_and(|verb| verb.form == Form::Base) {
            return None;
        }
        let is_noun = context.words.at(lists.verb_nominals, action.first).is_some();
        let is_participle = verb.is_some_and(|verb| verb.form == Form::Ing);
        let is_article = context.is(action.first, &NOUN_OPENINGS);
        return (is_noun || is_participle || is_article).then_some(action.verb);
    }
    let numbers = context.words.numbers(words);
    let before = context.words.between(numbers.start..action.first);
    if context.prose.slice(before).contains([',', ':']) {
        return None;
    }
    let modal = modal(context, numbers.start..action.first.min(numbers.start + WORDS_OF_A_SUBJECT));
    let until = modal.map(|hit| hit.last).or(context.is(numbers.start, &NOUN_OPENINGS).then_some(numbers.start + 1))?;
    Some(context.words.between(numbers.start..until))
}

/// "should", "must" among these words; one of a relative clause belongs to something else.
fn modal(context: &Context<'_>, window: std::ops::Range<u32>) -> Option<Hit> {
    let hit = context.words.hits(window.clone()).find(|hit| hit.list == context.lists().modal_verbs)?;
    let is_relative = (window.start + 1..hit.first).any(|at| context.is(at, &["which", "who", "that", "whose", "where"]));
    (!is_relative).then_some(hit)
}

/// "should be released", "that a law be enacted": what is asked is to be done, and nobody is asked to do it. Only where the
/// recommendation does not begin with its verb: "Ensure that children can be heard" asks the State.
pub fn passive(context: &Context<'_>, words: WordRange, action: &Action) -> Option<WordRange> {
    words_before_verb(context, words, action)?;
    let numbers = context.words.numbers(words);
    let lists = context.lists();
    let window = numbers.start..numbers.end.min(numbers.start + WORDS_OF_A_SUBJECT);
    let modal = modal(context, window.clone());
    let wish = context.is(numbers.start, &["that"]).then(|| window.clone().find(|&at| context.is(at, &["be"]))).flatten();
    let (first, be) = modal.map(|hit| (hit.first, hit.last)).or(wish.map(|at| (at, at)))?;
    if !context.is(be, &["be"]) {
        return None;
    }
    // "should be fully implemented": an adverb or two may stand before the participle.
    let participle = (be + 1..be + 4).take_while(|at| numbers.contains(at)).find(|&at| !context.text(at).ends_with("ly"))?;
    let is_participle = context.text(participle).ends_with("ed") || context.words.at(lists.participles, participle).is_some();
    is_participle.then(|| context.words.between(first..participle + 1))
}

/// A law by its name, or a number of it: a capital letter or a digit outside the deadline, after the first word.
pub fn named_law(context: &Context<'_>, reading: &Reading) -> Option<WordRange> {
    let numbers = context.words.numbers(reading.words);
    let mut is_time = in_times(reading.times.deadlines.iter().map(|deadline| reading.place(&deadline.words)).collect());
    let states = context.lists().states;
    numbers.clone().skip(1).find_map(|at| {
        let word = context.words.word(at)?.range();
        let named = context.text(at).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let elsewhere = is_time(word) || context.words.hits(at..at + 1).any(|hit| hit.list == states);
        (named && !elsewhere).then_some(word)
    })
}

/// Tells of one word after the other whether it lies in one of these times.
fn in_times(mut times: Vec<WordRange>) -> impl FnMut(WordRange) -> bool {
    times.sort_unstable_by_key(|time| time.start);
    let mut times = times.into_iter().peekable();
    // Of the times that begin before the word or with it, the end of the one that goes on longest.
    let mut reach = 0;
    move |word| {
        while let Some(time) = times.next_if(|time| time.start <= word.start) {
            reach = reach.max(time.end);
        }
        word.end <= reach
    }
}

/// Whether each word but the verb, outside the times, could stand in a recommendation on anything: "adopt the new bill". Names,
/// numbers and words that no list knows say what it is about.
pub fn only_general_words(context: &Context<'_>, reading: &Reading) -> bool {
    let dated = reading.times.deadlines.iter().map(|deadline| &deadline.words);
    let mut is_time = in_times(dated.chain(&reading.times.vague).chain(&reading.times.periodic).map(|place| reading.place(place)).collect());
    let numbers = context.words.numbers(reading.words);
    let verb = reading.action.first..reading.action.last;
    let mut rest = numbers.clone().filter(|at| *at != numbers.start && !verb.contains(at)).peekable();
    rest.peek().is_some()
        && rest.all(|at| {
            context.words.word(at).is_some_and(|word| is_time(word.range())) || context.lexicon.is_small_word(context.text(at)) || context.is_general(at)
        })
}

/// How many words may stand between the verb and the training that it asks for: "conduct a nationwide two-year campaign".
const WORDS_TO_THE_TRAINING: u32 = 4;

/// Training or a campaign as what is asked for, and not as one means of several: "train", "conduct awareness campaigns".
pub fn training(context: &Context<'_>, action: &Action) -> Option<WordRange> {
    let window = action.first..action.last + WORDS_TO_THE_TRAINING + 1;
    let hit = context.words.hits(window.start..window.end + 3).find(|hit| hit.list == context.lists().training_words && hit.first < window.end)?;
    let between = context.words.between(action.first..hit.first);
    (!context.prose.slice(between).contains([',', ';'])).then(|| context.words.range(hit))
}

/// Words with which the subject of a training begins, and words with which those who are to learn come back.
const OF_A_SUBJECT: [&str; 6] = ["on", "about", "regarding", "concerning", "against", "around"];
const OF_LEARNERS: [&str; 8] = ["for", "to", "among", "amongst", "targeting", "with", "all", "in"];

/// Those who are to learn something: a group that is not the subject of the training ("on the rights of the child").
pub fn audience(context: &Context<'_>, words: WordRange) -> Option<WordRange> {
    let audiences = context.lists().audiences;
    let mut in_subject = false;
    context.words.numbers(words).find_map(|at| {
        if context.is(at, &OF_A_SUBJECT) {
            in_subject = true;
        } else if context.is(at, &OF_LEARNERS) {
            in_subject = false;
        }
        context.words.at(audiences, at).filter(|_| !in_subject).map(|hit| context.words.range(hit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::review::TimeFrame;
    use crate::language::{in_context, read_words};

    /// What a fact finds in a recommendation.
    #[track_caller]
    fn check(fact: impl Fn(&Context<'_>, &Reading) -> Option<WordRange>, text: &str, expected: Option<&str>) {
        in_context(text, |context, all| {
            let reading = read_words(context, all, None, None, &TimeFrame::default());
            assert_eq!(fact(context, &reading).map(|place| context.prose.slice(place)), expected, "{text}");
        });
    }

    #[test]
    fn what_stands_before_the_verb_is_seen() {
        let fact = |context: &Context<'_>, reading: &Reading| words_before_verb(context, reading.words, &reading.action);
        check(fact, "The Government should repeal section 51.", Some("The Government should"));
        check(fact, "That the Government repeal section 51.", Some("That"));
        check(fact, "Ratification of OPIC.", Some("Ratification of"));
        check(fact, "Ratifying OPIC.", Some("Ratifying"));
        check(fact, "All prisons be inspected.", Some("All"));
        for text in
            ["Repeal section 51.", "To ratify OPIC.", "Within two years, adopt the law.", "In line with its report, release them.", "Swiftly repeal it."]
        {
            check(fact, text, None);
        }
    }

    #[test]
    fn what_should_be_done_is_asked_of_nobody() {
        let fact = |context: &Context<'_>, reading: &Reading| passive(context, reading.words, &reading.action);
        check(fact, "All children should be released by 2028.", Some("should be released"));
        check(fact, "The plan should be made public.", Some("should be made"));
        check(fact, "The helpline must be fully funded.", Some("must be fully funded"));
        check(fact, "That section 51 be repealed.", Some("be repealed"));
        check(fact, "The Government should repeal section 51.", None);
        check(fact, "Ensure that children can be heard and must be told.", None);
        check(fact, "That the law, which should be adopted in 2027, include children.", None);
    }

    #[test]
    fn a_law_is_named_by_a_capital_or_a_number() {
        check(named_law, "Amend the Penal Code by 2028.", Some("Penal"));
        check(named_law, "Amend law 12 by June 2028.", Some("12"));
        check(named_law, "Amend legislation on the press by June 2028.", None);
    }

    #[test]
    fn a_training_has_an_audience_beside_its_subject() {
        let about = |context: &Context<'_>, reading: &Reading| training(context, &reading.action);
        check(about, "Train officials on torture.", Some("Train"));
        check(about, "Conduct a nationwide awareness campaign on torture.", Some("awareness campaign"));
        check(about, "Prevent torture, including by training police officers.", None);
        let whom = |context: &Context<'_>, reading: &Reading| audience(context, reading.words);
        check(whom, "Train officials on the rights of the child.", None);
        check(whom, "Train officials on the rights of the child for judges.", Some("judges"));
        check(whom, "Train 40 prosecutors in hearing witnesses.", Some("prosecutors"));
    }

    #[test]
    fn words_that_could_stand_anywhere_name_no_right() {
        let fact = |context: &Context<'_>, reading: &Reading| only_general_words(context, reading).then_some(reading.action.verb);
        check(fact, "Adopt the new bill without delay.", Some("Adopt"));
        check(fact, "Publish the results of the inquiry by June 2028.", Some("Publish"));
        check(fact, "Adopt the new bill on marriage without delay.", None);
        check(fact, "Adopt Bill 12 by June 2028.", None);
        check(fact, "Hold a fair referendum and implement the result.", None);
        check(fact, "Ratify.", None);
    }
}
