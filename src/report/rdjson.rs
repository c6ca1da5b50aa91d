//! Findings as reviewdog's Diagnostic Format (`rdjson`), with which reviewdog comments on changes and offers suggestions. Columns count
//! bytes, as that format has it.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::text::lines::Encoding;

use super::format::{Brief, Ending, Format};
use super::place::{Place, Places, Root};

/// reviewdog's Diagnostic Format.
pub struct RdJson {
    /// Where paths begin.
    pub root: Root,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: &'a str,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<[Suggestion<'a>; 1]>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

impl From<Place> for Range {
    fn from(place: Place) -> Range {
        Range { start: Position { line: place.line, column: place.column }, end: Position { line: place.end_line, column: place.end_column } }
    }
}

impl Format for RdJson {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"source\":{\"name\":\"upr\"},\"diagnostics\":[")
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        let path = self.root.path(brief.findings.source.name());
        let mut places = Places::new(&brief.findings, Encoding::Utf8);
        for (number, finding) in brief.findings.all.iter().enumerate() {
            let diagnostic = &finding.diagnostic;
            let range = places.of(diagnostic.span).into();
            let suggestions = finding.offered_fix().map(|fix| [Suggestion { range: places.of(fix.span).into(), text: &fix.replacement }]);
            let written = Diagnostic {
                message: &diagnostic.in_full(),
                location: Location { path, range },
                severity: match diagnostic.severity {
                    Severity::Error => "ERROR",
                    Severity::Warning => "WARNING",
                    Severity::Advice => "INFO",
                },
                code: Code { value: diagnostic.rule.as_str() },
                suggestions,
            };
            out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &written)?;
        }
        Ok(())
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn end(&self, out: &mut dyn Write, _ending: &Ending<'_>) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }
}
