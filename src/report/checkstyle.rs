//! Findings as Checkstyle's XML, which most build servers read: `<file>` by `<file>`, an `<error>` for each finding.

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::text::lines::Encoding;

use super::format::{Brief, Ending, Format};
use super::place::{Places, Root};
use super::xml::escaped;

/// Checkstyle's XML.
pub struct Checkstyle {
    /// Where paths begin.
    pub root: Root,
}

impl Format for Checkstyle {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        // The version is that of Checkstyle whose form this is.
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        let findings = &brief.findings;
        if findings.all.is_empty() {
            return Ok(());
        }
        writeln!(out, "  <file name=\"{}\">", escaped(self.root.path(findings.source.name())))?;
        let mut places = Places::new(findings, Encoding::Utf32);
        for finding in findings.all {
            let diagnostic = &finding.diagnostic;
            let place = places.of(diagnostic.span);
            let severity = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "info",
            };
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"upr.{}\"/>",
                place.line,
                place.column,
                escaped(&diagnostic.in_full()),
                escaped(diagnostic.rule.as_str())
            )?;
        }
        out.write_all(b"  </file>\n")
    }

    fn end(&self, out: &mut dyn Write, _ending: &Ending<'_>) -> io::Result<()> {
        out.write_all(b"</checkstyle>\n")
    }
}
