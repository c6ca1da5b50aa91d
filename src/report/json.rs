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
//! (`{"listed":1,"not_needed":0,"unchanged":0}`) are there when they were asked for, and so is
//! `across`, what briefs of one State have in common: `duplicates` and `contradictions`, each with `state`, `text` and `places` (`path`,
//! `line`, `deadline`). Findings are written as they come; nothing is held back but the figures of the summary.
//!
//! As JSON lines, each finding is a line with the same fields, and the last line is `{"summary":{…}}`.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use crate::text::Span;
use crate::text::lines::Encoding;

use super::across::Across;
use super::fixes::JsonFixes;
use super::format::{Brief, Ending, Format, Wants};
use super::place::{Place, Places};
use super::summary::{HeldBack, JsonStatistics, JsonSummary, JsonTotals};
use super::{Finding, Findings};

/// The version of this format. It changes when something that was there goes or changes its meaning.
const VERSION: u32 = 1;

/// One object with all findings.
pub struct Json;

/// One object on each line.
pub struct JsonLines;

/// The figures stand at the end.
const WANTS: Wants = Wants { silenced: false, keys: false, recommendations: false, summaries: true };

impl Format for Json {
    fn wants(&self) -> Wants {
        WANTS
    }

    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"version\":{VERSION},\"findings\":[")
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        write(out, &brief.findings, ("\n", ",\n"), "")
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn end(&self, out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
        out.write_all(b"\n],\"summary\":")?;
        write_summary(out, ending, "\n")?;
        out.write_all(b"}\n")
    }

    fn tells_figures(&self) -> bool {
        true
    }
}

impl Format for JsonLines {
    fn wants(&self) -> Wants {
        WANTS
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        write(out, &brief.findings, ("", ""), "\n")
    }

    fn end(&self, out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
        out.write_all(b"{\"summary\":")?;
        write_summary(out, ending, "")?;
        out.write_all(b"}\n")
    }

    fn tells_figures(&self) -> bool {
        true
    }
}

#[derive(Serialize, JsonSchema)]
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

#[derive(Serialize, JsonSchema)]
struct JsonSpan {
    start: u32,
    end: u32,
}

#[derive(Serialize, JsonSchema)]
struct JsonFix<'a> {
    span: JsonSpan,
    replacement: &'a str,
    applicability: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct JsonFailure<'a> {
    path: &'a str,
    message: &'a str,
}

/// The whole of it. It is written piece by piece and never held; this is its shape, for its JSON Schema.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "nothing but the schema is made of it")]
struct JsonReport<'a> {
    version: u32,
    findings: Vec<JsonFinding<'a>>,
    summary: JsonEnd<'a>,
}

/// What stands at the end.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "nothing but the schema is made of it")]
struct JsonEnd<'a> {
    briefs: Vec<JsonSummary<'a>>,
    total: JsonTotals,
    failed: Vec<JsonFailure<'a>>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    fixes: Option<JsonFixes<'a>>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    held_back: Option<HeldBack>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    statistics: Option<JsonStatistics<'a>>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    across: Option<Across>,
}

/// The JSON Schema of this format.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<JsonReport<'_>>()
}

/// Writes findings, each with what stands before the first, before the others, and after it.
fn write(out: &mut dyn Write, findings: &Findings<'_>, (first, next): (&str, &str), after: &str) -> io::Result<()> {
    let mut places = Places::new(findings, Encoding::Utf32);
    // A finding is written in some fifty pieces; they are put together here.
    let mut line = Vec::new();
    for (number, finding) in findings.all.iter().enumerate() {
        line.clear();
        line.extend_from_slice(if number == 0 { first } else { next }.as_bytes());
        serde_json::to_writer(&mut line, &json(findings.source.name(), finding, places.of(finding.diagnostic.span)))?;
        line.extend_from_slice(after.as_bytes());
        out.write_all(&line)?;
    }
    Ok(())
}

/// Writes the figures, with `line_break` where a reader may want one.
fn write_summary(out: &mut dyn Write, ending: &Ending<'_>, line_break: &str) -> io::Result<()> {
    out.write_all(b"{\"briefs\":[")?;
    for (number, brief) in ending.briefs.iter().enumerate() {
        write!(out, "{}{line_break}", if number == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut *out, &brief.json())?;
    }
    write!(out, "{line_break}],\"total\":")?;
    serde_json::to_writer(&mut *out, &ending.totals.json())?;
    let failed: Vec<JsonFailure<'_>> = ending.totals.failed.iter().map(|(path, message)| JsonFailure { path, message }).collect();
    out.write_all(b",\"failed\":")?;
    serde_json::to_writer(&mut *out, &failed)?;
    if let Some(fixes) = &ending.totals.fixes {
        out.write_all(b",\"fixes\":")?;
        fixes.write_json(out)?;
    }
    if let Some(held) = ending.totals.held_back {
        out.write_all(b",\"held_back\":")?;
        serde_json::to_writer(&mut *out, &held)?;
    }
    if ending.statistics {
        out.write_all(b",\"statistics\":")?;
        serde_json::to_writer(&mut *out, &ending.totals.statistics_json())?;
    }
    if let Some(across) = ending.across {
        out.write_all(b",\"across\":")?;
        serde_json::to_writer(&mut *out, across)?;
    }
    out.write_all(b"}")
}

fn json<'a>(path: &'a str, finding: &'a Finding, place: Place) -> JsonFinding<'a> {
    let diagnostic = &finding.diagnostic;
    let fix = diagnostic.fix.as_ref().map(|fix| JsonFix { span: fix.span.into(), replacement: &fix.replacement, applicability: fix.applicability.name() });
    JsonFinding {
        path,
        rule: diagnostic.rule.as_str(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        span: diagnostic.span.into(),
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
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
