//! The endings that an entry of a word list may take.
//!
//! English for now: verbs in -s, -ed and -ing, nouns in the plural. A phrase takes the ending on its first word if it is a verb
//! phrase ("step up": "stepping up"), on its last if it is a noun phrase ("national plan": "national plans").

/// Which endings an entry may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Forms {
    /// None: the words as written.
    #[default]
    None,
    /// Those of an English verb, on the first word.
    Verb,
    /// Those of an English noun, on the last word.
    Noun,
}

/// The ending in which an entry stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// As listed: the infinitive of a verb, the singular of a noun.
    #[default]
    Base,
    /// A verb in -s.
    Third,
    /// A verb in -ing.
    Ing,
    /// A verb in the past, or its participle.
    Past,
    /// A noun in the plural.
    Plural,
}

impl Form {
    /// All forms, each at the place of its number.
    pub const ALL: [Form; 5] = [Form::Base, Form::Third, Form::Ing, Form::Past, Form::Plural];
}

impl Forms {
    /// The phrase in all its forms, the base form first.
    pub fn of(self, phrase: &str) -> Vec<(Form, String)> {
        let mut all = vec![(Form::Base, phrase.to_owned())];
        match self {
            Forms::None => {}
            Forms::Verb => {
                let (verb, rest) = phrase.split_once(' ').map_or((phrase, ""), |(verb, rest)| (verb, rest));
                let with = |form: String| if rest.is_empty() { form } else { format!("{form} {rest}") };
                all.push((Form::Third, with(add_s(verb))));
                all.push((Form::Ing, with(ing(verb))));
                all.extend(past(verb).into_iter().map(|past| (Form::Past, with(past))));
            }
            Forms::Noun => {
                let (before, noun) = phrase.rsplit_once(' ').map_or(("", phrase), |(before, noun)| (before, noun));
                let with = |form: String| if before.is_empty() { form } else { format!("{before} {form}") };
                all.push((Form::Plural, with(plural(noun))));
            }
        }
        all
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn ends_in_consonant_y(word: &str) -> bool {
    let mut letters = word.chars().rev();
    letters.next() == Some('y') && letters.next().is_some_and(|letter| !is_vowel(letter))
}

fn without_last(word: &str, letters: usize) -> String {
    let keep = word.chars().count().saturating_sub(letters);
    word.chars().take(keep).collect()
}

fn add_s(word: &str) -> String {
    if ends_in_consonant_y(word) {
        return without_last(word, 1) + "ies";
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    let es = hisses || matches!(word, "go" | "undergo" | "do" | "undo" | "veto");
    format!("{word}{}", if es { "es" } else { "s" })
}

/// Nouns whose plural no rule gives.
const PLURALS: [(&str, &str); 10] = [
    ("child", "children"),
    ("woman", "women"),
    ("man", "men"),
    ("person", "persons"),
    ("curriculum", "curricula"),
    ("life", "lives"),
    ("crisis", "crises"),
    ("wife", "wives"),
    ("policeman", "policemen"),
    ("policewoman", "policewomen"),
];

fn plural(noun: &str) -> String {
    let known = PLURALS.iter().find(|(singular, _)| *singular == noun);
    known.map_or_else(|| add_s(noun), |(_, plural)| (*plural).to_owned())
}

/// Verbs that double their last letter although they have more than one syllable.
const DOUBLING: [&str; 17] = [
    "submit", "commit", "permit", "admit", "refer", "transfer", "prefer", "occur", "control", "fulfil", "enrol", "travel", "label", "format", "equip", "deter",
    "counsel",
];

fn doubles(verb: &str) -> bool {
    if DOUBLING.contains(&verb) {
        return true;
    }
    let letters: Vec<char> = verb.chars().collect();
    // One syllable that ends in consonant, vowel, consonant: "ban", "stop", "set".
    let [before @ .., vowel, last] = letters.as_slice() else { return false };
    let one_syllable = !before.is_empty() && before.iter().all(|&letter| !is_vowel(letter) || letter == 'u');
    let qu = before.contains(&'u') && before.first() != Some(&'q');
    one_syllable && !qu && is_vowel(*vowel) && !is_vowel(*last) && !matches!(last, 'w' | 'x' | 'y')
}

fn stem(verb: &str) -> String {
    match verb.chars().last() {
        Some(last) if doubles(verb) => format!("{verb}{last}"),
        _ => verb.to_owned(),
    }
}

fn ing(verb: &str) -> String {
    if verb.ends_with("ie") {
        return without_last(verb, 2) + "ying";
    }
    if verb.ends_with('e') && !verb.ends_with("ee") && verb != "be" {
        return without_last(verb, 1) + "ing";
    }
    stem(verb) + "ing"
}

/// Verbs whose past no rule gives: past, participle.
const IRREGULAR: [(&str, &str, &str); 40] = [
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bring", "brought", "brought"),
    ("build", "built", "built"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("do", "did", "done"),
    ("draw", "drew", "drawn"),
    ("fight", "fought", "fought"),
    ("find", "found", "found"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("hold", "held", "held"),
    ("keep", "kept", "kept"),
    ("lead", "led", "led"),
    ("leave", "left", "left"),
    ("let", "let", "let"),
    ("make", "made", "made"),
    ("meet", "met", "met"),
    ("overcome", "overcame", "overcome"),
    ("pay", "paid", "paid"),
    ("put", "put", "put"),
    ("rebuild", "rebuilt", "rebuilt"),
    ("rewrite", "rewrote", "rewritten"),
    ("run", "ran", "run"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("shut", "shut", "shut"),
    ("spend", "spent", "spent"),
    ("strive", "strove", "striven"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("undertake", "undertook", "undertaken"),
    ("uphold", "upheld", "upheld"),
    ("withdraw", "withdrew", "withdrawn"),
    ("withhold", "withheld", "withheld"),
    ("write", "wrote", "written"),
];

fn past(verb: &str) -> Vec<String> {
    if let Some((_, past, participle)) = IRREGULAR.iter().find(|(base, _, _)| *base == verb) {
        let mut both = vec![(*past).to_owned()];
        if participle != past {
            both.push((*participle).to_owned());
        }
        return both;
    }
    if ends_in_consonant_y(verb) {
        return vec![without_last(verb, 1) + "ied"];
    }
    if verb.ends_with('e') {
        return vec![format!("{verb}d")];
    }
    vec![stem(verb) + "ed"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(forms: Forms, phrase: &str, expected: &[&str]) {
        let all: Vec<String> = forms.of(phrase).into_iter().skip(1).map(|(_, phrase)| phrase).collect();
        assert_eq!(all, expected, "{phrase}");
    }

    #[test]
    fn verbs_take_their_endings_on_the_first_word() {
        check(Forms::Verb, "ratify", &["ratifies", "ratifying", "ratified"]);
        check(Forms::Verb, "ensure", &["ensures", "ensuring", "ensured"]);
        check(Forms::Verb, "ban", &["bans", "banning", "banned"]);
        check(Forms::Verb, "step up", &["steps up", "stepping up", "stepped up"]);
        check(Forms::Verb, "take", &["takes", "taking", "took", "taken"]);
        check(Forms::Verb, "submit", &["submits", "submitting", "submitted"]);
        check(Forms::Verb, "enact", &["enacts", "enacting", "enacted"]);
        check(Forms::Verb, "review", &["reviews", "reviewing", "reviewed"]);
        check(Forms::Verb, "develop", &["develops", "developing", "developed"]);
        check(Forms::Verb, "abolish", &["abolishes", "abolishing", "abolished"]);
        check(Forms::Verb, "deploy", &["deploys", "deploying", "deployed"]);
        check(Forms::Verb, "agree", &["agrees", "agreeing", "agreed"]);
        check(Forms::Verb, "train", &["trains", "training", "trained"]);
    }

    #[test]
    fn nouns_take_the_plural_on_the_last_word() {
        check(Forms::Noun, "independent body", &["independent bodies"]);
        check(Forms::Noun, "child", &["children"]);
        check(Forms::Noun, "law", &["laws"]);
        check(Forms::Noun, "process", &["processes"]);
    }
}
