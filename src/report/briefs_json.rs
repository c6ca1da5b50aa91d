//! What is told of briefs for machines: `{"version":1,"briefs":[…]}`, each brief with the fields of its type in their order.

use std::io::{self, Write};

use serde::Serialize;

/// The version of this format. It changes when something that was there goes or changes its meaning.
const VERSION: u32 = 1;

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
