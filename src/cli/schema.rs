//! `upr schema`: JSON Schemas of what the program reads and writes, made of the types with which it does so.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::Value;

use crate::config::file as config;
use crate::report::{briefs_json, json, outline, pages};
use crate::rules::file as rules;

use super::{CLEAN, stdout};

/// `upr schema`.
#[derive(Args)]
pub(super) struct SchemaOf {
    /// Of what.
    #[arg(value_enum)]
    kind: Kind,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// A configuration, upr.toml.
    Config,
    /// A rule file.
    Rules,
    /// What `upr lint --format json` writes.
    Json,
    /// What `upr outline --format json` writes.
    Outline,
    /// What `upr pages --format json` writes.
    Pages,
}

impl Kind {
    fn title(self) -> &'static str {
        match self {
            Kind::Config => "A configuration of upr: upr.toml",
            Kind::Rules => "A rule of upr",
            Kind::Json => "What upr lint --format json writes",
            Kind::Outline => "What upr outline --format json writes",
            Kind::Pages => "What upr pages --format json writes",
        }
    }
}

impl SchemaOf {
    pub(super) fn run(&self) -> io::Result<u8> {
        let read = || SchemaSettings::draft2020_12().into_generator();
        let written = || SchemaSettings::draft2020_12().for_serialize().into_generator();
        let mut schema = match self.kind {
            Kind::Config => without_null(config::schema(read())),
            Kind::Rules => without_null(rules::schema(read())),
            Kind::Json => json::schema(written()),
            Kind::Outline => briefs::<outline::Outline>(written()),
            Kind::Pages => briefs::<pages::Brief>(written()),
        };
        schema.insert("title".to_owned(), Value::from(self.kind.title()));
        let mut out = stdout();
        serde_json::to_writer_pretty(&mut out, &schema)?;
        writeln!(out)?;
        out.flush()?;
        Ok(CLEAN)
    }
}

fn briefs<T: schemars::JsonSchema>(generator: SchemaGenerator) -> Schema {
    briefs_json::schema::<T>(generator)
}

/// A schema in which nothing may be null: TOML has no such value, and a key that is not written is left out.
fn without_null(mut schema: Schema) -> Schema {
    fn take_out(value: &mut Value) {
        match value {
            Value::Array(values) => values.iter_mut().for_each(take_out),
            Value::Object(object) => {
                object.values_mut().for_each(take_out);
                for key in ["type", "enum", "anyOf"] {
                    let Some(Value::Array(choices)) = object.get_mut(key) else { continue };
                    choices.retain(|choice| !(choice.is_null() || choice == "null" || choice.get("type").is_some_and(|kind| kind == "null")));
                    // One of one thing is that thing.
                    let only = if choices.len() == 1 { choices.pop() } else { None };
                    match (key, only) {
                        ("type", Some(only)) => drop(object.insert("type".to_owned(), only)),
                        ("anyOf", Some(Value::Object(only))) => {
                            object.remove("anyOf");
                            object.extend(only);
                        }
                        (_, Some(only)) => choices.push(only),
                        (_, None) => {}
                    }
                }
            }
            _ => {}
        }
    }
    if let Some(object) = schema.as_object_mut() {
        object.values_mut().for_each(take_out);
    }
    schema
}
