//! The settings that hold for a brief, with the places where they were given: `{"version":1,"configuration":[…],"settings":[…]}` for
//! machines, a table for people.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::{Style, one_line};

/// The version of this format. It changes when something that was there goes or changes its meaning.
const VERSION: u32 = 1;

/// The settings of a brief. The fields are those of the JSON.
#[derive(Debug, Serialize)]
pub struct Config {
    /// The brief, if one was named.
    #[serde(rename = "for")]
    pub brief: Option<String>,
    /// The configuration file, and those that it extends after it.
    pub configuration: Vec<String>,
    /// The settings, in documented order; the rules in the order of their names.
    pub settings: Vec<Setting>,
}

/// A setting. The fields are those of the JSON.
#[derive(Debug, Serialize)]
pub struct Setting {
    /// Its name: `page.paper`, `rules.tone/shouting`.
    pub key: String,
    /// Its value; null if nothing is said.
    pub value: Value,
    /// The file in which it stands; null if it is built in.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
}

/// Writes the settings for another program.
///
/// # Errors
/// Those of the writer.
pub fn write_json(out: &mut dyn Write, config: &Config) -> io::Result<()> {
    #[derive(Serialize)]
    struct Versioned<'a> {
        version: u32,
        #[serde(flatten)]
        config: &'a Config,
    }
    serde_json::to_writer(&mut *out, &Versioned { version: VERSION, config })?;
    writeln!(out)
}

/// Writes the settings for a person.
///
/// # Errors
/// Those of the writer.
pub fn write_text(out: &mut dyn Write, style: Style, config: &Config) -> io::Result<()> {
    let bold = |text: &str| if style.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
    let files = match config.configuration.as_slice() {
        [] => "no configuration".to_owned(),
        [own] => own.clone(),
        [own, extended @ ..] => format!("{own}, which extends {}", extended.join(", ")),
    };
    writeln!(out, "{}", bold(&one_line(&files)))?;
    let rows: Vec<(&str, String, String)> = config.settings.iter().map(|setting| (setting.key.as_str(), shown(&setting.value), from(setting))).collect();
    let key = rows.iter().map(|(key, ..)| key.chars().count()).max().unwrap_or(0);
    let value = rows.iter().map(|(_, value, _)| value.chars().count()).max().unwrap_or(0).min(WIDEST_VALUE);
    for (name, set, from) in rows {
        writeln!(out, "  {name:<key$}  {set:<value$}  {from}")?;
    }
    Ok(())
}

/// The columns that are kept for values; a longer one moves its place to the right.
const WIDEST_VALUE: usize = 30;

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => one_line(text).into_owned(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn from(setting: &Setting) -> String {
    match (&setting.file, setting.line) {
        (Some(file), Some(line)) => format!("{}:{line}", one_line(file)),
        _ => "default".to_owned(),
    }
}
