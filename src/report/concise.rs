//! One line for each finding, for editors and for `grep`: `path:line:column: severity[rule] message`. No line says anything else.

use std::io::{self, Write};

use crate::text::lines::Encoding;

use super::format::{Brief, Format};
use super::one_line;
use super::place::Places;

/// One line for each finding.
pub struct Concise;

impl Format for Concise {
    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        let name = one_line(brief.findings.source.name());
        let mut places = Places::new(&brief.findings, Encoding::Utf32);
        for finding in brief.findings.all {
            let diagnostic = &finding.diagnostic;
            let place = places.of(diagnostic.span);
            let (line, column) = (place.line, place.column);
            writeln!(out, "{name}:{line}:{column}: {}[{}] {}", diagnostic.severity, diagnostic.rule, one_line(&diagnostic.message))?;
        }
        Ok(())
    }
}
