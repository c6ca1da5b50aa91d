//! One line for each finding, for editors and for `grep`: `path:line:column: severity[rule] message`. No line says anything else.

use std::io::{self, Write};

use super::{Findings, one_line};

/// Writes findings.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, findings: &Findings<'_>) -> io::Result<()> {
    let name = one_line(findings.source.name());
    let mut walk = findings.walk();
    for finding in findings.all {
        let diagnostic = &finding.diagnostic;
        let place = walk.to(diagnostic.span.start);
        let (line, column) = (place.line + 1, place.column + 1);
        writeln!(out, "{name}:{line}:{column}: {}[{}] {}", diagnostic.severity, diagnostic.rule, one_line(&diagnostic.message))?;
    }
    Ok(())
}
