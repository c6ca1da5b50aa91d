//! What is told of briefs for machines: `{"version":1,"briefs":[…]}`, each brief with the fields of its type in their order.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

/// The version of this format. It changes when something that was there goes or changes its meaning.
const VERSION: u32 = 1;

/// The whole of it. It is written piece by piece; this is its shape, for its JSON Schema.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "nothing but the schema is made of it")]
struct Briefs<T> {
    version: u32,
    briefs: Vec<T>,
}

/// The JSON Schema of this format for briefs of this type.
pub fn schema<T: JsonSchema>(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Briefs<T>>()
}

/// Writes what stands before the first brief.
///
/// # Errors
/// Those of the writer.
pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"briefs\":[")
}

/// Writes a brief; `first` if no other was written before.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, brief: &impl Serialize, first: bool) -> io::Result<()> {
    out.write_all(if first { b"\n" } else { b",\n" })?;
    Ok(serde_json::to_writer(out, brief)?)
}

/// Writes what stands after the last brief.
///
/// # Errors
/// Those of the writer.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\n]}\n")
}
