//! Findings as SARIF 2.1.0 (OASIS), for the code scanning of GitHub and Azure, for editors and for archives.
//!
//! Each result has its key as a partial fingerprint, so that it is known again after the text around it has moved. What the author has
//! silenced is kept, with the reason. Columns count UTF-16 code units, and the file says so.

use std::collections::hash_map::Entry;
use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use crate::diagnostic::Severity;
use crate::rules::suppress::OWN_RULES;
use crate::rules::{Rule, Rulebook};
use crate::shown::Finding;
use crate::shown::key::Key;
use crate::text::lines::Encoding;

use super::explain::{OWN_RATIONALE, filled};
use super::format::{Brief, Ending, Format, Wants};
use super::markdown::escaped;
use super::place::{Place, Places, Root};

/// The schema, as the standard names it.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name of our fingerprint; the number changes if the way to reckon it does.
const FINGERPRINT: &str = "upr/v1";

/// SARIF 2.1.0.
pub struct Sarif<'a> {
    root: Root,
    rules: Vec<Value>,
    /// The places of the rules.
    places: FxHashMap<&'a str, usize>,
}

impl<'a> Sarif<'a> {
    /// The format for findings of these rulebooks: of a rule that several of them have, the first describes it.
    pub fn new(root: Root, books: &[&'a Rulebook]) -> Sarif<'a> {
        let mut rules = Vec::new();
        let mut places = FxHashMap::default();
        for rule in books.iter().flat_map(|book| &book.rules) {
            if let Entry::Vacant(place) = places.entry(rule.id.as_str()) {
                place.insert(rules.len());
                rules.push(descriptor(rule));
            }
        }
        for (id, severity, title) in OWN_RULES.into_iter().filter(|_| !books.is_empty()) {
            places.insert(id, rules.len());
            rules.push(described(id, severity, title, OWN_RATIONALE, OWN_RATIONALE));
        }
        Sarif { root, rules, places }
    }

    fn result(&self, uri: &str, finding: &Finding, key: Key, places: &mut Places<'_>, reason: Option<&str>) -> Value {
        let diagnostic = &finding.diagnostic;
        let place = places.of(diagnostic.span);
        let mut result = json!({
            "ruleId": diagnostic.rule.as_str(),
            "level": level(diagnostic.severity),
            "message": { "text": diagnostic.in_full() },
            "locations": [physical(uri, place)],
            "partialFingerprints": { FINGERPRINT: key.to_string() },
            "properties": { "severity": diagnostic.severity.name(), "role": finding.role, "recommendation": finding.recommendation },
        });
        let mut set = |name: &str, value: Value| result.as_object_mut().map(|object| object.insert(name.to_owned(), value));
        if let Some(&index) = self.places.get(diagnostic.rule.as_str()) {
            set("ruleIndex", json!(index));
        }
        if !diagnostic.labels.is_empty() {
            let related = diagnostic.labels.iter().map(|label| {
                let mut location = physical(uri, places.of(label.span));
                if let Some(location) = location.as_object_mut().filter(|_| !label.message.is_empty()) {
                    location.insert("message".to_owned(), json!({ "text": label.message }));
                }
                location
            });
            set("relatedLocations", related.collect());
        }
        if let Some(fix) = finding.offered_fix() {
            let replacement = json!({ "deletedRegion": region(places.of(fix.span)), "insertedContent": { "text": fix.replacement } });
            let change = json!({ "artifactLocation": { "uri": uri }, "replacements": [replacement] });
            set("fixes", json!([{ "artifactChanges": [change], "properties": { "applicability": fix.applicability.name() } }]));
        }
        if let Some(reason) = reason {
            let mut suppression = json!({ "kind": "inSource" });
            if let Some(suppression) = suppression.as_object_mut().filter(|_| !reason.is_empty()) {
                suppression.insert("justification".to_owned(), json!(reason));
            }
            set("suppressions", json!([suppression]));
        }
        result
    }
}

impl Format for Sarif<'_> {
    fn wants(&self) -> Wants {
        Wants { silenced: true, keys: true, ..Wants::default() }
    }

    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        let version = env!("CARGO_PKG_VERSION");
        write!(
            out,
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{{\"name\":\"upr\",\"semanticVersion\":\"{version}\",\"rules\":["
        )?;
        for (number, rule) in self.rules.iter().enumerate() {
            out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, rule)?;
        }
        out.write_all(b"\n]}},\"columnKind\":\"utf16CodeUnits\",\"results\":[")
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        let uri = self.root.uri(brief.findings.source.name());
        let spoken = brief.findings.all.iter().map(|finding| (finding, None));
        let silenced = brief.silenced.iter().map(|silenced| (&silenced.finding, Some(silenced.reason.as_str())));
        let mut places = Places::new(&brief.findings, Encoding::Utf16);
        for (number, ((finding, reason), &key)) in spoken.chain(silenced).zip(brief.keys).enumerate() {
            out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &self.result(&uri, finding, key, &mut places, reason))?;
        }
        Ok(())
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn end(&self, out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
        let failed = &ending.totals.failed;
        let notifications: Vec<Value> = failed
            .iter()
            .map(|(path, message)| {
                let location = json!({ "physicalLocation": { "artifactLocation": { "uri": self.root.uri(path) } } });
                json!({ "level": "error", "message": { "text": message }, "locations": [location] })
            })
            .collect();
        let invocation = json!({ "executionSuccessful": failed.is_empty(), "toolExecutionNotifications": notifications });
        writeln!(out, "\n],\"invocations\":[{invocation}]}}]}}")
    }
}

fn physical(uri: &str, place: Place) -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri }, "region": region(place) } })
}

fn region(place: Place) -> Value {
    json!({ "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// What SARIF says of a rule: its title, and its reason, remedy and source as help.
fn descriptor(rule: &Rule) -> Value {
    let rationale = rule.rationale.lines().collect::<Vec<_>>().join(" ");
    let says = rule.says.trim_matches(['“', '”', '"']);
    let (mut text, mut markdown) = (vec![rationale.clone()], vec![rationale]);
    if let Some(suggestion) = &rule.suggestion {
        let suggestion = filled(rule, suggestion);
        text.push(format!("What to do: {suggestion}"));
        markdown.push(format!("**What to do.** {}", escaped(&suggestion)));
    }
    text.push(format!("Source: “{says}” ({})", rule.work));
    markdown.push(format!("> {}\n>\n> {}", escaped(says), escaped(&rule.work)));
    let (text, markdown) = (text.join("\n\n"), markdown.join("\n\n"));
    described(rule.id.as_str(), rule.severity, &rule.title, &text, &markdown)
}

fn described(id: &str, severity: Severity, title: &str, text: &str, markdown: &str) -> Value {
    let folder = id.split('/').next().unwrap_or_default();
    json!({
        "id": id,
        "shortDescription": { "text": format!("{title}.") },
        "help": { "text": format!("{text}\n\nMore: upr explain {id}"), "markdown": format!("{markdown}\n\nMore: `upr explain {id}`") },
        "defaultConfiguration": { "level": level(severity) },
        "properties": { "tags": [folder] },
    })
}
