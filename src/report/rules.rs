//! The list of rules, as a table and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::rules::suppress::OWN_RULES;
use crate::rules::{Rule, Rulebook};

use super::Style;

/// The version of the JSON. It changes when something that was there goes or changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonRules<'a> {
    version: u32,
    rules: Vec<JsonRule<'a>>,
}

#[derive(Serialize)]
struct JsonRule<'a> {
    id: &'a str,
    folder: &'a str,
    severity: &'static str,
    title: &'a str,
    why: Option<&'a str>,
    private: bool,
    source: Option<JsonSource<'a>>,
}

#[derive(Serialize)]
struct JsonSource<'a> {
    work: &'a str,
    says: &'a str,
}

/// Writes a table with a heading for each folder.
///
/// # Errors
/// Those of the writer.
pub fn write_table(out: &mut dyn Write, style: Style, book: &Rulebook) -> io::Result<()> {
    let ids = book.rules.iter().map(|rule| rule.id.as_str()).chain(OWN_RULES.iter().map(|&(id, ..)| id));
    let width = ids.map(str::len).max().unwrap_or(0);
    let mut folder = "";
    for rule in &book.rules {
        begin_folder(out, style, &mut folder, rule.id.folder())?;
        writeln!(out, "  {:<width$}  {:<7}  {}", rule.id.as_str(), rule.severity.name(), rule.title)?;
    }
    for (id, severity, title) in OWN_RULES {
        begin_folder(out, style, &mut folder, id.split('/').next().unwrap_or_default())?;
        writeln!(out, "  {id:<width$}  {:<7}  {title}", severity.name())?;
    }
    writeln!(out, "\n{} rules. “upr explain RULE” says more of one.", book.rules.len() + OWN_RULES.len())
}

fn begin_folder<'a>(out: &mut dyn Write, style: Style, folder: &mut &'a str, next: &'a str) -> io::Result<()> {
    if *folder == next {
        return Ok(());
    }
    if !folder.is_empty() {
        writeln!(out)?;
    }
    *folder = next;
    if style.colour { writeln!(out, "\x1b[1m{next}\x1b[0m") } else { writeln!(out, "{next}") }
}

/// Writes all rules as JSON.
///
/// # Errors
/// Those of the writer.
pub fn write_json(out: &mut dyn Write, book: &Rulebook) -> io::Result<()> {
    let own = OWN_RULES.iter().map(|&(id, severity, title)| JsonRule {
        id,
        folder: id.split('/').next().unwrap_or_default(),
        severity: severity.name(),
        title,
        why: None,
        private: false,
        source: None,
    });
    let rules = book.rules.iter().map(json).chain(own).collect();
    serde_json::to_writer_pretty(&mut *out, &JsonRules { version: VERSION, rules })?;
    writeln!(out)
}

fn json(rule: &Rule) -> JsonRule<'_> {
    JsonRule {
        id: rule.id.as_str(),
        folder: rule.id.folder(),
        severity: rule.severity.name(),
        title: &rule.title,
        why: Some(&rule.rationale),
        private: rule.private,
        source: Some(JsonSource { work: &rule.work, says: &rule.says }),
    }
}
