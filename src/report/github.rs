//! Findings as workflow commands of GitHub Actions, which GitHub shows beside the changed lines; and a table of the briefs in Markdown
//! for the summary of the run.

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::text::lines::Encoding;

use super::format::{Brief, Ending, Format, Wants};
use super::place::{Places, Root};
use super::{markdown, one_line};

/// Workflow commands of GitHub Actions.
pub struct GitHub {
    /// Where paths begin.
    pub root: Root,
}

impl Format for GitHub {
    fn wants(&self) -> Wants {
        Wants { summaries: true, ..Wants::default() }
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        let path = property(self.root.path(brief.findings.source.name()));
        let mut places = Places::new(&brief.findings, Encoding::Utf32);
        for finding in brief.findings.all {
            let diagnostic = &finding.diagnostic;
            let place = places.of(diagnostic.span);
            let command = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "notice",
            };
            write!(out, "::{command} file={path},line={},endLine={},", place.line, place.end_line)?;
            // GitHub takes columns only for places on one line.
            if place.line == place.end_line {
                write!(out, "col={},endColumn={},", place.column, place.end_column)?;
            }
            writeln!(out, "title={}::{}", property(diagnostic.rule.as_str()), data(&one_line(&diagnostic.in_full())))?;
        }
        Ok(())
    }
}

/// Writes the figures of all briefs for the summary of a run.
///
/// # Errors
/// Those of the writer.
pub fn write_step_summary(out: &mut dyn Write, root: &Root, ending: &Ending<'_>) -> io::Result<()> {
    writeln!(out, "## upr\n")?;
    markdown::write_scorecard(out, root, ending.briefs)?;
    for (path, message) in &ending.totals.failed {
        writeln!(out, "\n**Not read:** {}: {}", markdown::escaped(root.path(path)), markdown::escaped(message))?;
    }
    writeln!(out)
}

/// The text of a command, as the runner reads it back.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command, as the runner reads it back.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn texts_are_escaped_as_the_runner_reads_them() {
        assert_eq!(data("62 % of\r\nchildren, they say: all"), "62 %25 of%0D%0Achildren, they say: all");
        assert_eq!(property("a, b: c%2C\n"), "a%2C b%3A c%252C%0A");
    }
}
