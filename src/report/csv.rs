//! Findings as a table for a spreadsheet: a row of names, then a row for each finding. A cell that a spreadsheet would take for a
//! formula begins with an apostrophe.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::text::lines::Encoding;

use super::format::{Brief, Format};
use super::one_line;
use super::place::Places;

/// The columns.
const COLUMNS: [&str; 11] = ["path", "line", "column", "end_line", "end_column", "severity", "rule", "message", "help", "role", "recommendation"];

/// Comma-separated values.
pub struct Csv;

impl Format for Csv {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        rows(out, |rows| rows.write_record(COLUMNS))
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        let path = harmless(brief.findings.source.name());
        let mut places = Places::new(&brief.findings, Encoding::Utf32);
        rows(out, |rows| {
            for finding in brief.findings.all {
                let diagnostic = &finding.diagnostic;
                let place = places.of(diagnostic.span);
                let numbers = [place.line, place.column, place.end_line, place.end_column].map(|number| number.to_string());
                let recommendation = finding.recommendation.map(|number| number.to_string()).unwrap_or_default();
                let cells = std::iter::once(path.as_ref()).chain(numbers.iter().map(String::as_str));
                let (message, help) = (harmless(&diagnostic.message), harmless(diagnostic.help.as_deref().unwrap_or_default()));
                let words = [diagnostic.severity.name(), diagnostic.rule.as_str(), &message, &help, finding.role.unwrap_or_default(), &recommendation];
                rows.write_record(cells.chain(words))?;
            }
            Ok(())
        })
    }
}

fn rows(out: &mut dyn Write, write: impl FnOnce(&mut csv::Writer<&mut dyn Write>) -> csv::Result<()>) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    write(&mut rows)?;
    rows.flush()
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> Cow<'_, str> {
    let cell = one_line(cell);
    if cell.trim_start().starts_with(['=', '+', '-', '@']) { Cow::Owned(format!("'{cell}")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, shown) in [("=1+1", "'=1+1"), ("+1", "'+1"), ("-", "'-"), ("@a", "'@a"), ("\t=1", "' =1"), ("a=b", "a=b"), ("", "")] {
            assert_eq!(harmless(cell), shown);
        }
    }
}
