//! Rule files as written (serde) and as meant, with diagnostics that point into the file.
//!
//! A person writes these files. So every struct is plain (no `tag`, `untagged` or `flatten`: they spoil the places of TOML's
//! errors), every key is optional for serde, and what is missing or wrong is said here, at its place, in plain words.

pub mod calendar;
pub(crate) mod faults;
mod fix;
pub mod frequency;
pub mod page;
pub(crate) mod schema;
pub(crate) mod tables;
pub mod words;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, SeqAccess, Visitor};
use std::fmt;
use toml::Spanned;

use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::language::action::Category;
use crate::text::{Source, Span};
use crate::words::{Lexicon, ListId};

use self::faults::{Faults, TOP, at, unknown};
use self::tables::parse;
use super::condition::{Condition, Counted, Fact, Name, Unit};
use super::examples::{Example, Examples};
use super::message::{Blank, Message};
use super::verdict::{Answer, Letter, Says};
use super::{Escalation, Rule};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RuleAsWritten {
    /// The weakness, in a few words.
    #[schemars(required)]
    title: Option<String>,
    /// How much a finding weighs.
    #[schemars(required, with = "Option<schema::SeverityWord>")]
    severity: Option<Spanned<String>>,
    /// How much it weighs outside recommendations, if that differs.
    #[schemars(with = "Option<schema::SeverityWord>")]
    severity_elsewhere: Option<Spanned<String>>,
    /// What is wrong, in one sentence.
    #[schemars(required, with = "Option<String>")]
    message: Option<Spanned<String>>,
    /// What to do about it.
    #[schemars(with = "Option<String>")]
    suggestion: Option<Spanned<String>>,
    /// Why it matters; one sentence on each line.
    #[schemars(required)]
    rationale: Option<String>,
    /// Keeps the words that were found out of every report.
    private: Option<bool>,
    /// Who says so.
    #[schemars(required)]
    source: Option<SourceAsWritten>,
    /// What is looked for; all lines must be true at the same time.
    #[serde(rename = "match")]
    #[schemars(required, with = "Option<MatchAsWritten>")]
    condition: Option<Spanned<MatchAsWritten>>,
    /// What a finding says about the letters S, M, A, R and T.
    verdict: Option<Vec<VerdictAsWritten>>,
    /// What changes above a number.
    escalate: Option<EscalateAsWritten>,
    /// What to write instead of the words that were found.
    #[schemars(with = "Option<fix::FixAsWritten>")]
    fix: Option<Spanned<fix::FixAsWritten>>,
    /// Texts that must be found, and texts that must not.
    #[schemars(required)]
    examples: Option<ExamplesAsWritten>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SourceAsWritten {
    /// The work.
    #[schemars(required)]
    work: Option<String>,
    /// In which words.
    #[schemars(required)]
    says: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MatchAsWritten {
    /// The unit that is looked at.
    #[schemars(required, with = "Option<schema::UnitWord>")]
    each: Option<Spanned<String>>,
    /// One of these lists or facts is found in it.
    #[schemars(with = "Option<OneOrMore>")]
    with: Option<Spanned<OneOrMore>>,
    /// None of these lists or facts is found in it.
    #[schemars(with = "Option<OneOrMore>")]
    without: Option<Spanned<OneOrMore>>,
    /// What is counted.
    #[schemars(with = "Option<schema::CountedWord>")]
    count: Option<Spanned<String>>,
    /// There are more than so many.
    more_than: Option<usize>,
    /// There are fewer than so many.
    fewer_than: Option<usize>,
    /// The kind of action.
    #[schemars(with = "Option<schema::CategoryWord>")]
    action: Option<Spanned<String>>,
    /// The opening verb, or the first word of a question, stands in this list.
    #[schemars(with = "Option<String>")]
    opens_with: Option<Spanned<String>>,
    /// The opening verb does not stand in this list.
    #[schemars(with = "Option<String>")]
    not_opening_with: Option<Spanned<String>>,
    /// Nothing is said where one of these rules has spoken of the same thing.
    #[schemars(with = "Option<OneOrMore>")]
    unless: Option<Spanned<OneOrMore>>,
    /// Only the first place in the brief is told.
    once: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct VerdictAsWritten {
    /// The letter.
    #[schemars(with = "schema::LetterWord")]
    letter: Spanned<String>,
    /// What becomes of it.
    #[schemars(with = "schema::AnswerWord")]
    is: Spanned<String>,
    /// One of these lists or facts is found in it.
    #[schemars(with = "Option<OneOrMore>")]
    with: Option<Spanned<OneOrMore>>,
    /// None of these lists or facts is found in it.
    #[schemars(with = "Option<OneOrMore>")]
    without: Option<Spanned<OneOrMore>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EscalateAsWritten {
    /// The number.
    above: Option<usize>,
    /// How much a finding weighs.
    #[schemars(with = "Option<schema::SeverityWord>")]
    severity: Option<Spanned<String>>,
    /// What is wrong, in one sentence.
    #[schemars(with = "Option<String>")]
    message: Option<Spanned<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExamplesAsWritten {
    /// Texts that must be found; [[ ]] stands around the words that are underlined.
    #[schemars(required, with = "Option<Vec<String>>")]
    flags: Option<Vec<Spanned<String>>>,
    /// Texts that must not be found.
    #[schemars(required, with = "Option<Vec<String>>")]
    allows: Option<Vec<Spanned<String>>>,
}

/// `"a"` or `["a", "b"]`. A visitor and no `untagged` enum, which would say "data did not match any variant".
struct OneOrMore(Vec<String>);

impl JsonSchema for OneOrMore {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OneOrMore".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = OneOrMore;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name in quotation marks, or a list of them")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<OneOrMore, E> {
                Ok(OneOrMore(vec![name.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<OneOrMore, A::Error> {
                let mut all = Vec::new();
                while let Some(name) = names.next_element()? {
                    all.push(name);
                }
                Ok(OneOrMore(all))
            }
        }
        deserializer.deserialize_any(Names)
    }
}

/// What a rule file may refer to.
pub struct Known<'a> {
    /// The word lists.
    pub lexicon: &'a Lexicon,
    /// The ids of all rules.
    pub rules: &'a [RuleId],
}

/// The JSON Schema of a rule file.
pub(crate) fn schema(generator: schemars::SchemaGenerator) -> schemars::Schema {
    generator.into_root_schema_for::<RuleAsWritten>()
}

/// Reads a rule file.
///
/// # Errors
/// Diagnostics that point into the file.
pub fn read(id: &RuleId, source: &Source, known: &Known<'_>) -> Result<Rule, Vec<Diagnostic>> {
    let mut faults = Faults::of("rule-file");
    let rule = parse::<RuleAsWritten>(source, &mut faults).and_then(|written| meant(id, written, source, known, &mut faults));
    faults.into_result(rule)
}

fn meant(id: &RuleId, written: RuleAsWritten, source: &Source, known: &Known<'_>, faults: &mut Faults) -> Option<Rule> {
    let mut missing = |what: &str| {
        faults.say(TOP, format!("This rule has no `{what}`."), Some("rules/README.md shows a whole rule.".to_owned()));
    };
    let (condition_written, examples_written) = (written.condition, written.examples);
    for (absent, what) in [
        (written.title.is_none(), "title"),
        (written.severity.is_none(), "severity"),
        (written.message.is_none(), "message"),
        (written.rationale.is_none(), "rationale"),
        (condition_written.is_none(), "[match]"),
        (examples_written.is_none(), "[examples]"),
    ] {
        if absent {
            missing(what);
        }
    }
    let (work, says) = written.source.map_or((None, None), |source| (source.work, source.says));
    if work.is_none() || says.is_none() {
        missing("[source] with `work` and `says`");
    }
    let severity = severity(written.severity.as_ref(), faults);
    let severity_elsewhere = severity_option(written.severity_elsewhere.as_ref(), faults);
    let private = written.private.unwrap_or(false);
    let message = message(written.message.as_ref(), private, source, faults);
    let suggestion = written.suggestion.as_ref().and_then(|text| self::message(Some(text), private, source, faults));
    let condition = condition_written.and_then(|written| condition(&written, known, faults));
    let verdicts = written.verdict.unwrap_or_default().iter().filter_map(|written| self::verdict(written, known, faults)).collect();
    let escalate = written.escalate.and_then(|written| escalate(&written, private, source, faults));
    let fix = written.fix.and_then(|written| fix::meant(&written, private, source, known, faults));
    let examples = examples_written.map(|written| examples(written, source, faults));
    Some(Rule {
        id: id.clone(),
        title: written.title?,
        severity: severity?,
        severity_elsewhere,
        message: message?,
        suggestion,
        rationale: written.rationale?.trim().to_owned(),
        private,
        work: work?,
        says: says?,
        condition: condition?,
        verdicts,
        escalate,
        fix,
        examples: examples?,
    })
}

fn escalate(written: &EscalateAsWritten, private: bool, source: &Source, faults: &mut Faults) -> Option<Escalation> {
    let Some(above) = written.above.filter(|_| written.severity.is_some() || written.message.is_some()) else {
        faults.say(TOP, "`[escalate]` needs `above`, and a `severity` or a `message`.", None);
        return None;
    };
    let severity = severity(written.severity.as_ref(), faults);
    let message = message(written.message.as_ref(), private, source, faults);
    Some(Escalation { above, severity, message })
}

fn severity_option(written: Option<&Spanned<String>>, faults: &mut Faults) -> Option<Severity> {
    written.and_then(|_| severity(written, faults))
}

/// The severity of this name.
pub(crate) fn severity(written: Option<&Spanned<String>>, faults: &mut Faults) -> Option<Severity> {
    let written = written?;
    let severity = Severity::from_name(written.as_ref());
    if severity.is_none() {
        unknown(at(written), "severity", written.as_ref(), Severity::ALL.iter().map(|severity| severity.name()), faults);
    }
    severity
}

fn message(written: Option<&Spanned<String>>, private: bool, source: &Source, faults: &mut Faults) -> Option<Message> {
    let written = written?;
    match Message::read(written.as_ref()) {
        Ok(message) => {
            if private && message.has(Blank::Words) {
                faults.say(at(written), "A private rule must not show the words that it found: take `{words}` out.", None);
            }
            Some(message)
        }
        Err((_, name)) => {
            let place = source.slice(at(written)).find(&format!("{{{name}}}"));
            let span = place.map_or(at(written), |place| {
                let start = written.span().start + place;
                Span::new(start..start + name.len() + 2)
            });
            unknown(span, "blank", &name, Blank::ALL.iter().map(|&(_, name)| name), faults);
            None
        }
    }
}

fn condition(written: &Spanned<MatchAsWritten>, known: &Known<'_>, faults: &mut Faults) -> Option<Condition> {
    let place = at(written);
    let written = written.as_ref();
    let Some(each) = &written.each else {
        faults.say(place, "`[match]` does not say what the rule looks at: add `each`.", None);
        return None;
    };
    let unit = Unit::from_name(each.as_ref());
    if unit.is_none() {
        unknown(at(each), "unit", each.as_ref(), Unit::ALL.iter().map(|&(_, name)| name), faults);
    }
    let counted = written.count.as_ref().and_then(|count| {
        let counted = Counted::from_name(count.as_ref());
        if counted.is_none() {
            unknown(at(count), "count", count.as_ref(), Counted::ALL.iter().map(|&(_, name)| name), faults);
        }
        counted
    });
    let limits = written.more_than.is_some() || written.fewer_than.is_some();
    if limits != written.count.is_some() {
        faults.say(place, "`count` goes with `more-than` or `fewer-than`, and they with it.", None);
    }
    let action = written.action.as_ref().and_then(|action| {
        let category = Category::from_name(action.as_ref());
        if category.is_none() {
            unknown(at(action), "action category", action.as_ref(), Category::ALL.iter().map(|&(_, name)| name), faults);
        }
        category
    });
    let condition = Condition {
        each: unit?,
        with: names(written.with.as_ref(), known, faults),
        without: names(written.without.as_ref(), known, faults),
        count: counted,
        more_than: written.more_than,
        fewer_than: written.fewer_than,
        action,
        opens_with: list(written.opens_with.as_ref(), known, faults),
        not_opening_with: list(written.not_opening_with.as_ref(), known, faults),
        unless: rules(written.unless.as_ref(), known, faults),
        once: written.once.unwrap_or(false),
    };
    let says_something = written.with.is_some() || written.without.is_some() || limits || written.action.is_some() || written.opens_with.is_some();
    if !says_something {
        faults.say(place, "`[match]` says nothing to look for: add `with`, `without`, `count`, `action` or `opens-with`.", None);
    }
    Some(condition)
}

fn verdict(written: &VerdictAsWritten, known: &Known<'_>, faults: &mut Faults) -> Option<Says> {
    let letter = Letter::from_name(written.letter.as_ref());
    if letter.is_none() {
        unknown(at(&written.letter), "letter", written.letter.as_ref(), Letter::ALL.iter().map(|&(_, name)| name), faults);
    }
    let is = Answer::from_name(written.is.as_ref()).filter(|answer| *answer != Answer::Met);
    if is.is_none() {
        unknown(at(&written.is), "verdict", written.is.as_ref(), [Answer::NotMet, Answer::CannotTell].into_iter().map(Answer::name), faults);
    }
    Some(Says { letter: letter?, is: is?, with: names(written.with.as_ref(), known, faults), without: names(written.without.as_ref(), known, faults) })
}

fn list_named(name: &str, known: &Known<'_>) -> Option<ListId> {
    known.lexicon.list(&name.replace('-', " "))
}

fn list(written: Option<&Spanned<String>>, known: &Known<'_>, faults: &mut Faults) -> Option<ListId> {
    let written = written?;
    let list = list_named(written.as_ref(), known);
    if list.is_none() {
        unknown(at(written), "word list", written.as_ref(), known.lexicon.names().into_iter(), faults);
    }
    list
}

fn names(written: Option<&Spanned<OneOrMore>>, known: &Known<'_>, faults: &mut Faults) -> Vec<Name> {
    let Some(written) = written else { return Vec::new() };
    let mut names = Vec::new();
    for name in &written.as_ref().0 {
        let fact = Fact::from_name(name).map(Name::Fact);
        match fact.or_else(|| list_named(name, known).map(Name::List)) {
            Some(found) => names.push(found),
            None => unknown(at(written), "fact or word list", name, Fact::ALL.iter().map(|&(_, name)| name).chain(known.lexicon.names()), faults),
        }
    }
    names
}

fn rules(written: Option<&Spanned<OneOrMore>>, known: &Known<'_>, faults: &mut Faults) -> Vec<RuleId> {
    let Some(written) = written else { return Vec::new() };
    let mut ids = Vec::new();
    for name in &written.as_ref().0 {
        match known.rules.iter().find(|id| id.as_str() == name) {
            Some(id) => ids.push(id.clone()),
            None => unknown(at(written), "rule", name, known.rules.iter().map(RuleId::as_str), faults),
        }
    }
    ids
}

const FEWEST_EXAMPLES: usize = 2;

fn examples(written: ExamplesAsWritten, source: &Source, faults: &mut Faults) -> Examples {
    let mut read = |list: Option<Vec<Spanned<String>>>, name: &str, marked: bool| {
        let list = list.unwrap_or_default();
        if list.len() < FEWEST_EXAMPLES {
            faults.say(TOP, format!("A rule needs at least two examples in `{name}`; this one has {}.", list.len()), None);
        }
        let mut examples = Vec::new();
        for text in list {
            let span = Span::new(text.span());
            let example = Example { text: text.into_inner(), line: source.line_number(span.start), span };
            let is_file = example.text.starts_with("file: ");
            if marked && !is_file && !(example.text.contains("[[") && example.text.contains("]]")) {
                faults.say(span, "Mark the words that the rule underlines: [[words]].", None);
            }
            examples.push(example);
        }
        examples
    };
    let flags = read(written.flags, "flags", true);
    let allows = read(written.allows, "allows", false);
    Examples { flags, allows }
}
