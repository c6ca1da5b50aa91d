//! A report in Markdown, to be pasted into a pull request: for each brief its figures and its findings, grouped by recommendation.

use std::io::{self, Write};

use crate::rules::verdict::Letter;
use crate::shown::Finding;
use crate::text::lines::Encoding;

use super::format::{Brief, Ending, Format, Wants};
use super::judged::Judged;
use super::place::{Place, Places, Root};
use super::summary::Summary;
use super::{counted, one_line};

/// The most characters of a recommendation that are shown.
const SHOWN: usize = 120;

/// A report in Markdown.
pub struct Markdown {
    /// Where paths begin.
    pub root: Root,
}

impl Format for Markdown {
    fn wants(&self) -> Wants {
        Wants { recommendations: true, summaries: true, ..Wants::default() }
    }

    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        // A report in a folder of briefs is none of them; the comment is not shown.
        out.write_all(b"<!-- upr: skip -->\n\n")
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        let path = self.root.path(brief.findings.source.name());
        match brief.summary {
            Some(summary) => {
                writeln!(out, "## {}: {}\n", escaped(path), summary.weights.in_words())?;
                write_scorecard(out, &self.root, std::slice::from_ref(summary))?;
            }
            None => writeln!(out, "## {}", escaped(path))?,
        }
        let mut places = Places::new(&brief.findings, Encoding::Utf32);
        let all: Vec<(&Finding, Place)> = brief.findings.all.iter().map(|finding| (finding, places.of(finding.diagnostic.span))).collect();
        let of_brief = all.iter().filter(|(finding, _)| finding.recommendation.is_none());
        group(out, brief.name(), of_brief)?;
        // The findings of a recommendation follow one another, though others may stand between them.
        let mut grouped: Vec<Vec<&(&Finding, Place)>> = vec![Vec::new(); brief.recommendations.len()];
        for entry in &all {
            if let Some(group) = entry.0.recommendation.and_then(|at| grouped.get_mut(at)) {
                group.push(entry);
            }
        }
        for ((number, recommendation), findings) in brief.recommendations.iter().enumerate().zip(grouped) {
            group(out, &head(number, recommendation), findings.into_iter())?;
        }
        Ok(())
    }

    fn between(&self) -> &'static str {
        "\n"
    }

    fn end(&self, out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
        let totals = ending.totals;
        if totals.is_of_many() {
            writeln!(out, "\n## {}: {}\n", counted(totals.briefs(), "brief", "briefs"), totals.weights().in_words())?;
            write_scorecard(out, &self.root, ending.briefs)?;
        }
        for (path, message) in &totals.failed {
            writeln!(out, "\n**Not read:** {}: {}", escaped(self.root.path(path)), escaped(message))?;
        }
        let (duplicates, contradictions) = ending.across.map_or((&[][..], &[][..]), |across| (&across.duplicates, &across.contradictions));
        let shared = duplicates.iter().map(|shared| ("The same recommendation in more than one brief", shared));
        for (what, shared) in shared.chain(contradictions.iter().map(|shared| ("One recommendation with different deadlines", shared))) {
            writeln!(out, "\n### {}: {what}\n\n{}\n", escaped(&shared.state), escaped(&super::judged::beginning(&shared.text, SHOWN)))?;
            for place in &shared.places {
                let deadline = place.deadline.as_ref().map(|day| format!(": by {day}")).unwrap_or_default();
                writeln!(out, "- {} line {}{deadline}", escaped(self.root.path(&place.path)), place.line)?;
            }
        }
        out.write_all(b"\n<!-- upr: end -->\n")
    }

    fn tells_figures(&self) -> bool {
        true
    }
}

fn head(number: usize, recommendation: &Judged) -> String {
    let marks = recommendation.marks();
    format!("Recommendation {} ({marks}, line {}): {}", number + 1, recommendation.line, escaped(&recommendation.beginning(SHOWN)))
}

fn group<'a>(out: &mut dyn Write, head: &str, findings: impl Iterator<Item = &'a (&'a Finding, Place)>) -> io::Result<()> {
    for (number, (finding, place)) in findings.enumerate() {
        if number == 0 {
            writeln!(out, "\n### {head}\n")?;
        }
        let diagnostic = &finding.diagnostic;
        writeln!(out, "- **{}** `{}` (line {}): {}", diagnostic.severity, diagnostic.rule, place.line, escaped(&diagnostic.in_full()))?;
    }
    Ok(())
}

/// Writes the figures of briefs as a table.
pub(super) fn write_scorecard(out: &mut dyn Write, root: &Root, briefs: &[Summary]) -> io::Result<()> {
    let letters: Vec<String> = Letter::ALL.iter().map(|(letter, _)| letter.initial().to_string()).collect();
    writeln!(out, "| Brief | State | Session | Pages | Issues | Recommendations | {} | Errors | Warnings | Advice |", letters.join(" | "))?;
    writeln!(out, "|---|---|---|---|---|---|{}---|---|---|", "---|".repeat(Letter::ALL.len()))?;
    for brief in briefs {
        let state = escaped(brief.state.as_deref().unwrap_or("not found"));
        let session = brief.session.map_or_else(|| "not found".to_owned(), |session| session.to_string());
        write!(out, "| {} | {state} | {session} | {:.1} | {}", escaped(root.path(&brief.path)), brief.pages.count, brief.issues.count)?;
        write!(out, " | {} | {}", brief.recommendations.count, brief.recommendations.marks().join(" | "))?;
        writeln!(out, " | {} | {} | {} |", brief.weights.errors, brief.weights.warnings, brief.weights.advice)?;
    }
    if briefs.iter().any(|brief| brief.recommendations.has_unknown()) {
        writeln!(out, "\nA question mark: of some or all recommendations it cannot be told.")?;
    }
    Ok(())
}

/// A text that Markdown shows as it is, on one line: no markup, no table cell, nobody called by name.
pub(super) fn escaped(text: &str) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '$' => escaped.extend(['\\', character]),
            '&' => escaped.push_str("&amp;"),
            // A comment in between keeps GitHub and GitLab from sending a message to somebody of that name.
            '@' => escaped.push_str("@<!-- -->"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn words_of_a_brief_are_no_markup() {
        assert_eq!(escaped("a | b <c> *d* [e](f)\n# g @h"), "a \\| b \\<c\\> \\*d\\* \\[e\\](f) \\# g @<!-- -->h");
    }
}
