//! Runs a rule's own examples through the whole program: each `flags` must give exactly one finding of the rule at the marked
//! words, each `allows` none.

use crate::brief::review::Review;
use crate::diagnostic::Diagnostic;
use crate::text::{Source, Span};

use super::condition::Unit;
use super::{Rule, Rulebook};

/// The examples of a rule.
#[derive(Clone, Debug)]
pub struct Examples {
    /// Texts that the rule must find; the words that it underlines stand in `[[ ]]`.
    pub flags: Vec<Example>,
    /// Texts that it must leave alone.
    pub allows: Vec<Example>,
}

/// An example.
#[derive(Clone, Debug)]
pub struct Example {
    /// One line, a whole brief, or `file: examples/name.md`.
    pub text: String,
    /// Its line in the rule file, from 1.
    pub line: usize,
    /// Its place in the rule file.
    pub span: Span,
}

/// What came of an example.
#[derive(Debug)]
pub struct Outcome {
    /// The example.
    pub example: Example,
    /// Whether the rule should have spoken.
    pub flags: bool,
    /// What went wrong.
    pub failure: Option<String>,
}

/// Runs all examples of a rule.
pub fn run(book: &Rulebook, rule: &Rule) -> Vec<Outcome> {
    let flags = rule.examples.flags.iter().map(|example| (example, true));
    let allows = rule.examples.allows.iter().map(|example| (example, false));
    let outcome = |(example, flags): (&Example, bool)| Outcome { example: example.clone(), flags, failure: failure(book, rule, example, flags) };
    flags.chain(allows).map(outcome).collect()
}

fn failure(book: &Rulebook, rule: &Rule, example: &Example, flags: bool) -> Option<String> {
    let text = match example.text.strip_prefix("file: ") {
        Some(path) => match book.example_files.get(path.trim()) {
            Some(text) => text.clone(),
            None => return Some(format!("there is no file {}", path.trim())),
        },
        None => example.text.clone(),
    };
    let (marked, marks) = take_marks(&brief_around(rule.condition.each, &text));
    let source = Source::new("example.md", marked);
    let found = crate::lint(&source, book, &Review::default());
    let own: Vec<&Diagnostic> = found.iter().filter(|diagnostic| diagnostic.rule == rule.id).collect();
    match (flags, own.as_slice()) {
        (true, []) => Some("not flagged".to_owned()),
        (false, []) => None,
        (false, [first, ..]) => Some(format!("flagged at “{}”: {}", source.slice(first.span), first.message)),
        (true, [one]) => match marks.first() {
            Some(mark) if *mark != one.span => Some(format!("“{}” is underlined, not “{}”", source.slice(one.span), source.slice(*mark))),
            _ => None,
        },
        (true, many) => Some(format!("flagged {} times: {}", many.len(), many.iter().map(|one| source.slice(one.span)).collect::<Vec<_>>().join(" | "))),
    }
}

/// Takes `[[` and `]]` out of a text and gives the places of what they marked.
fn take_marks(text: &str) -> (String, Vec<Span>) {
    let mut plain = String::with_capacity(text.len());
    let mut marks = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((inner, after)) = after.split_once("]]") else { break };
        plain.push_str(before);
        let start = plain.len();
        plain.push_str(inner);
        marks.push(Span::new(start..plain.len()));
        rest = after;
    }
    plain.push_str(rest);
    (plain, marks)
}

const EXPLANATION: &str = "In 2021 Zemland supported recommendation 121.45 (Uruguay) on this subject; it is partly implemented. We welcome the Education Act 2023. \
    However, according to the Multiple Indicator Cluster Survey 2025 (p. 140) the practice goes on. The Committee on the Rights of the Child asked for a change in 2024 \
    (CRC/C/ZML/CO/4, para. 27).";

/// A whole brief around a one-line example: the example stands where the rule looks.
fn brief_around(unit: Unit, example: &str) -> String {
    if example.trim().contains('\n') {
        return example.to_owned();
    }
    let (explanation, recommendation, question) = match unit {
        Unit::Recommendation => (EXPLANATION, example, QUESTION),
        Unit::Question => (EXPLANATION, RECOMMENDATION, example),
        _ => (example, RECOMMENDATION, QUESTION),
    };
    format!(
        "# Universal Periodic Review of Zemland\n\n53rd session, 5 November 2026, fourth cycle\n\n\
        The Zemland Child Rights Coalition is a network of 42 organisations. Contact: zcrc@zcrc.example\n\n\
        ## Violent punishment of children\n\n{explanation}\n\n### Recommendations\n\n- {recommendation}\n\n### Questions\n\n- {question}\n"
    )
}

const RECOMMENDATION: &str = "Repeal section 51 of the Children Act 2009 by May 2028.";
const QUESTION: &str = "What has Zemland done since 2021 to implement recommendation 121.45?";
