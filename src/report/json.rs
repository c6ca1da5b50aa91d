//! Findings for machines.
//!
//! ```json
//! {"version":1,"findings":[{"path":"brief.md","rule":"time-bound/missing-deadline","severity":"warning","message":"…","help":"…",
//! "span":{"start":120,"end":126},"line":9,"column":3,"end_line":9,"end_column":9,"role":"recommendation","recommendation":0,"fix":null}],
//! "summary":{"briefs":[…],"total":{…},"failed":[{"path":"…","message":"…"}],"statistics":{…}}}
//! ```
//!
//! Spans are bytes, lines and columns begin at 1, columns are characters (Unicode scalar values), ends are excluded. `help`, `role`,
//! `recommendation` and `fix` may be null; `recommendation` is an index into the recommendations of `upr outline`. `statistics`,
//! `fixes` (`{"applied":[{"rule":"…","count":1}],"skipped":[{"rule":"…","reason":"…","count":1}]}`) and `held_back`
//! (`{"listed":1,"not_needed":0,"unchanged":0}`) are there when they were asked for. Findings are written as they come; nothing is held back but the figures of the summary.

use std::io::{self, Write};

use serde::Serialize;

use crate::text::Span;
use crate::text::lines::Position;

use super::summary::{Summary, Totals};
use super::{Finding, Findings};

/// The version of this format. It changes when something that was there goes or changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonFinding<'a> {
    path: &'a str,
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    span: JsonSpan,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    role: Option<&'static str>,
    recommendation: Option<usize>,
    fix: Option<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonSpan {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    span: JsonSpan,
    replacement: &'a str,
    applicability: &'static str,
}

#[derive(Serialize)]
struct JsonFailure<'a> {
    path: &'a str,
    message: &'a str,
}

/// Writes what stands before the first finding.
///
/// # Errors
/// Those of the writer.
pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"findings\":[")
}

/// Writes findings, with commas between them but not at either end.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, findings: &Findings<'_>) -> io::Result<()> {
    let mut walk = findings.walk();
    // A finding is written in some fifty pieces; they are put together here.
    let mut line = Vec::new();
    for (number, finding) in findings.all.iter().enumerate() {
        let span = finding.diagnostic.span;
        let start = walk.to(span.start);
        let end = { walk }.to(span.end);
        line.clear();
        line.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut line, &json(findings.source.name(), finding, start, end))?;
        out.write_all(&line)?;
    }
    Ok(())
}

/// Writes what stands after the last finding.
///
/// # Errors
/// Those of the writer.
pub fn end(out: &mut dyn Write, briefs: &[Summary], totals: &Totals, statistics: bool) -> io::Result<()> {
    out.write_all(b"\n],\"summary\":{\"briefs\":[")?;
    for (number, brief) in briefs.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &brief.json())?;
    }
    out.write_all(b"\n],\"total\":")?;
    serde_json::to_writer(&mut *out, &totals.json())?;
    let failed: Vec<JsonFailure<'_>> = totals.failed.iter().map(|(path, message)| JsonFailure { path, message }).collect();
    out.write_all(b",\"failed\":")?;
    serde_json::to_writer(&mut *out, &failed)?;
    if let Some(fixes) = &totals.fixes {
        out.write_all(b",\"fixes\":")?;
        fixes.write_json(out)?;
    }
    if let Some(held) = totals.held_back {
        out.write_all(b",\"held_back\":")?;
        serde_json::to_writer(&mut *out, &held)?;
    }
    if statistics {
        out.write_all(b",\"statistics\":")?;
        serde_json::to_writer(&mut *out, &totals.statistics_json())?;
    }
    out.write_all(b"}}\n")
}

fn json<'a>(path: &'a str, finding: &'a Finding, start: Position, end: Position) -> JsonFinding<'a> {
    let diagnostic = &finding.diagnostic;
    let fix = diagnostic.fix.as_ref().map(|fix| JsonFix { span: fix.span.into(), replacement: &fix.replacement, applicability: fix.applicability.name() });
    JsonFinding {
        path,
        rule: diagnostic.rule.as_str(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        span: diagnostic.span.into(),
        line: start.line + 1,
        column: start.column + 1,
        end_line: end.line + 1,
        end_column: end.column + 1,
        role: finding.role,
        recommendation: finding.recommendation,
        fix,
    }
}

impl From<Span> for JsonSpan {
    fn from(span: Span) -> JsonSpan {
        JsonSpan { start: span.start, end: span.end }
    }
}
