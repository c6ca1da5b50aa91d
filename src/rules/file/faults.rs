//! What is wrong with a file that a person writes: said at its place, in plain words, with what was perhaps meant.

use std::sync::Arc;

use toml::Spanned;

use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::rules::nearest;
use crate::text::Span;

/// The beginning of a file, for what is missing in all of it.
pub(crate) const TOP: Span = Span { start: 0, end: 0 };

/// What is wrong with a file, while it is read.
pub(crate) struct Faults {
    kind: &'static str,
    found: Vec<Diagnostic>,
}

impl Faults {
    /// No fault yet of a file of this kind, which stands in the place of a rule: `rule-file`.
    pub(crate) fn of(kind: &'static str) -> Faults {
        Faults { kind, found: Vec::new() }
    }

    /// Takes in one.
    pub(crate) fn say(&mut self, span: Span, message: impl Into<Arc<str>>, help: Option<String>) {
        self.found.push(Diagnostic {
            rule: RuleId::new(self.kind),
            severity: Severity::Error,
            message: message.into(),
            span,
            labels: Vec::new(),
            help: help.map(Into::into),
            fix: None,
            private: false,
        });
    }

    /// The value, if nothing is wrong; else what is, in the order of its places.
    pub(crate) fn into_result<T>(mut self, value: Option<T>) -> Result<T, Vec<Diagnostic>> {
        self.found.sort_by_key(|found| found.span);
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => Err(self.found),
        }
    }
}

/// Where a value stands.
pub(crate) fn at<T>(spanned: &Spanned<T>) -> Span {
    Span::new(spanned.span())
}

/// Says that a name is not known, which one was perhaps meant, and which ones there are.
pub(crate) fn unknown<'n>(span: Span, kind: &str, name: &str, known: impl Iterator<Item = &'n str>, faults: &mut Faults) {
    let known: Vec<&str> = known.collect();
    let listed = if known.len() <= 40 { listed(&known) } else { "rules/README.md lists them all.".to_owned() };
    faults.say(span, format!("There is no {kind} “{name}”."), Some(format!("{}{listed}", meant(name, &known))));
}

/// `Did you mean “x”? `, if one of the names is near.
fn meant(name: &str, known: &[&str]) -> String {
    nearest(name, known.iter().copied()).map_or(String::new(), |nearest| format!("Did you mean “{nearest}”? "))
}

fn listed(known: &[&str]) -> String {
    format!("There are: {}.", known.join(", "))
}

/// What the reader of TOML says of some words in a line, in plain words, and what to do.
pub(super) fn plainly(message: &str, words: &str, line: &str) -> (String, Option<String>) {
    if let Some((name, known)) = unknown_key(message) {
        let order = "A key that belongs to the whole file must stand before the first line in square brackets.";
        return (format!("There is no key “{name}” here."), Some(format!("{}{} {order}", meant(name, &known), listed(&known))));
    }
    if message.starts_with("invalid unquoted key") && line.split('=').next().is_some_and(|key| key.contains('/')) {
        let model = "Write it so: \"brief/too-long\" = \"off\".".to_owned();
        return ("The name of a rule must stand in quotation marks.".to_owned(), Some(model));
    }
    if message == "duplicate key" {
        return ("This key stands here a second time.".to_owned(), None);
    }
    if message.starts_with("invalid type: map") && words.starts_with(|c: char| c.is_ascii_digit()) {
        return ("A date must stand in quotation marks.".to_owned(), None);
    }
    let wrong = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    if let Some((found, wanted)) = wrong.and_then(|rest| rest.split_once(", expected ")) {
        return (format!("{} cannot stand here; {} is needed.", found_in_words(found), wanted_in_words(wanted)), None);
    }
    (message.to_owned(), None)
}

/// A key that is not known and those that are, if the reader of TOML says so: “unknown field `sesion`, expected one of `session`, `state`”.
pub(super) fn unknown_key(message: &str) -> Option<(&str, Vec<&str>)> {
    let mut names = message.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2);
    Some((names.next()?, names.collect()))
}

/// “string "x"”, “integer `5`”, “sequence”, as a person says it.
fn found_in_words(found: &str) -> String {
    let value = found.split(['`', '"']).nth(1).unwrap_or_default();
    match found.split_whitespace().next().unwrap_or_default() {
        "string" => format!("The text “{value}”"),
        "integer" | "floating" => format!("The number {value}"),
        "boolean" => format!("“{value}”"),
        "sequence" => "A list".to_owned(),
        "map" => "A table".to_owned(),
        _ => format!("“{found}”"),
    }
}

/// What serde wants, as a person says it.
fn wanted_in_words(wanted: &str) -> &str {
    match wanted {
        "a string" => "a text in quotation marks",
        "u16" | "usize" => "a whole number from 0 on",
        "f64" => "a number",
        "a boolean" => "true or false",
        "a sequence" => "a list in square brackets",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_of_toml_is_said_plainly() {
        let said = |message: &str| plainly(message, "5", "").0;
        assert_eq!(said("invalid type: integer `5`, expected a string"), "The number 5 cannot stand here; a text in quotation marks is needed.");
        assert_eq!(said("invalid type: string \"five\", expected u16"), "The text “five” cannot stand here; a whole number from 0 on is needed.");
        assert_eq!(said("invalid value: integer `-1`, expected u16"), "The number -1 cannot stand here; a whole number from 0 on is needed.");
        assert_eq!(said("invalid type: sequence, expected a string"), "A list cannot stand here; a text in quotation marks is needed.");
        let (message, help) = plainly("unknown field `sesion`, expected one of `session`, `state`", "sesion", "");
        assert_eq!(message, "There is no key “sesion” here.");
        assert!(help.is_some_and(|help| help.starts_with("Did you mean “session”? There are: session, state.")));
    }
}
