//! Findings as GitLab's code quality report, a subset of Code Climate's: shown in the merge request. The fingerprint does not depend on
//! the line, so that GitLab knows a finding again when the text above it changes.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::text::lines::Encoding;

use super::format::{Brief, Ending, Format, Wants};
use super::place::{Places, Root};

/// GitLab's code quality report.
pub struct GitLab {
    /// Where paths begin.
    pub root: Root,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

impl Format for GitLab {
    fn wants(&self) -> Wants {
        Wants { keys: true, ..Wants::default() }
    }

    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        let path = self.root.path(brief.findings.source.name());
        let mut places = Places::new(&brief.findings, Encoding::Utf32);
        for (number, (finding, key)) in brief.findings.all.iter().zip(brief.keys).enumerate() {
            let diagnostic = &finding.diagnostic;
            let issue = Issue {
                description: &diagnostic.in_full(),
                check_name: diagnostic.rule.as_str(),
                fingerprint: &key.in_file(path),
                severity: match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Advice => "info",
                },
                location: Location { path, lines: Lines { begin: places.of(diagnostic.span).line } },
            };
            out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &issue)?;
        }
        Ok(())
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn end(&self, out: &mut dyn Write, _ending: &Ending<'_>) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}
