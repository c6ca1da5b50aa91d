//! Findings as a JUnit report, which build servers show as tests: a suite for each brief, in it a test for the brief itself and one for
//! each recommendation. A test fails if a finding in it weighs so much that it is a failure; what weighs less stands in its
//! output.

use std::io::{self, Write};

use crate::diagnostic::FailOn;
use crate::shown::Finding;
use crate::text::lines::Encoding;

use super::format::{Brief, Ending, Format, Wants};
use super::place::{Place, Places, Root};
use super::xml::escaped;
use super::{counted, one_line};

/// The most characters of a recommendation in the name of its test.
const SHOWN: usize = 80;

/// A JUnit report.
pub struct JUnit {
    /// Where paths begin.
    pub root: Root,
}

/// A test with the findings in it.
struct Test<'a> {
    name: String,
    findings: Vec<(&'a Finding, Place)>,
}

impl Format for JUnit {
    fn wants(&self) -> Wants {
        Wants { recommendations: true, ..Wants::default() }
    }

    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"upr\">\n")
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        let path = escaped(self.root.path(brief.findings.source.name()));
        let mut tests = vec![Test { name: brief.name().to_owned(), findings: Vec::new() }];
        tests.extend(brief.recommendations.iter().enumerate().map(|(number, recommendation)| {
            let name = format!("Recommendation {}: {}", number + 1, recommendation.beginning(SHOWN));
            Test { name, findings: Vec::new() }
        }));
        let mut places = Places::new(&brief.findings, Encoding::Utf32);
        for finding in brief.findings.all {
            let place = places.of(finding.diagnostic.span);
            // The brief itself comes first.
            let at = finding.recommendation.map_or(0, |number| number + 1);
            if let Some(test) = tests.get_mut(at) {
                test.findings.push((finding, place));
            }
        }
        let failures = tests.iter().filter(|test| test.fails(brief.fail_on)).count();
        writeln!(out, "  <testsuite name=\"{path}\" file=\"{path}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">", tests.len())?;
        for test in &tests {
            test.write(out, &path, brief.fail_on)?;
        }
        out.write_all(b"  </testsuite>\n")
    }

    fn end(&self, out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
        for (path, message) in &ending.totals.failed {
            let (path, message) = (escaped(self.root.path(path)), escaped(message));
            writeln!(out, "  <testsuite name=\"{path}\" file=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">")?;
            writeln!(out, "    <testcase name=\"The file can be read\" classname=\"{path}\">\n      <error message=\"{message}\"/>")?;
            writeln!(out, "    </testcase>\n  </testsuite>")?;
        }
        out.write_all(b"</testsuites>\n")
    }
}

impl Test<'_> {
    fn fails(&self, fail_on: FailOn) -> bool {
        self.findings.iter().any(|(finding, _)| fail_on.is_reached(finding.diagnostic.severity))
    }

    fn write(&self, out: &mut dyn Write, path: &str, fail_on: FailOn) -> io::Result<()> {
        let (failed, others): (Vec<_>, Vec<_>) = self.findings.iter().copied().partition(|(finding, _)| fail_on.is_reached(finding.diagnostic.severity));
        write!(out, "    <testcase name=\"{}\" classname=\"{path}\"", escaped(&self.name))?;
        if self.findings.is_empty() {
            return writeln!(out, "/>");
        }
        writeln!(out, ">")?;
        if let Some((heaviest, _)) = failed.iter().max_by_key(|(finding, _)| finding.diagnostic.severity) {
            // Most readers show only the first failure of a test: so there is one, with all findings in it.
            let message = if failed.len() == 1 { one_line(&heaviest.diagnostic.message).into_owned() } else { counted(failed.len(), "finding", "findings") };
            write!(out, "      <failure message=\"{}\" type=\"{}\">", escaped(&message), heaviest.diagnostic.severity)?;
            lines(out, &failed)?;
            writeln!(out, "</failure>")?;
        }
        if !others.is_empty() {
            write!(out, "      <system-out>")?;
            lines(out, &others)?;
            writeln!(out, "</system-out>")?;
        }
        writeln!(out, "    </testcase>")
    }
}

fn lines(out: &mut dyn Write, findings: &[(&Finding, Place)]) -> io::Result<()> {
    for (finding, place) in findings {
        let diagnostic = &finding.diagnostic;
        let said = escaped(&one_line(&diagnostic.in_full()));
        writeln!(out, "{}:{}: {}[{}] {said}", place.line, place.column, diagnostic.severity, diagnostic.rule)?;
    }
    Ok(())
}
