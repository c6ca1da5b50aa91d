//! One rule on a page: what it finds, why, what to do, on whose word, with examples.

use std::io::{self, Write};
use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::rules::Rule;
use crate::rules::examples::Example;
use crate::rules::file::frequency::{Frequencies, Frequency};
use crate::rules::message::{Blank, Message};

use super::{Style, fold, one_line};

/// Columns before an example.
const INDENT: &str = "    ";

/// Writes the page of a rule, with what was `measured` of it if it is a built-in one.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, style: Style, rule: &Rule, measured: Option<&Frequencies>) -> io::Result<()> {
    let fill = |message: &Message| filled(rule, message);
    let mut page = Page { out, style };
    page.head(rule.id.as_str(), rule.severity, &rule.title)?;
    page.section("What it says", &fill(&rule.message))?;
    page.section("Why", &rule.rationale.lines().collect::<Vec<_>>().join(" "))?;
    if let Some(suggestion) = &rule.suggestion {
        page.section("What to do", &fill(suggestion))?;
    }
    page.section("Source", &format!("“{}” ({})", rule.says.trim_matches(['“', '”', '"']), rule.work))?;
    if let Some(measured) = measured {
        page.section("How often", &how_often(rule, measured))?;
    }
    page.heading("It finds")?;
    for example in &rule.examples.flags {
        page.example("✗", example)?;
    }
    page.heading("It leaves alone")?;
    for example in &rule.examples.allows {
        page.example("✓", example)?;
    }
    page.silence(rule.id.as_str())
}

/// A message of a rule without a brief that would fill its blanks in; the limit is known.
pub(super) fn filled(rule: &Rule, message: &Message) -> Arc<str> {
    let limit = rule.condition.more_than.or(rule.condition.fewer_than);
    message.fill(|blank| match (blank, limit) {
        (Blank::Limit, Some(limit)) => limit.to_string(),
        (Blank::NextReview, _) => "the date of the next review".to_owned(),
        _ => "…".to_owned(),
    })
}

/// Why there are rules about the comments themselves.
pub(super) const OWN_RATIONALE: &str =
    "A comment that silences a finding should name a rule that exists, give a reason and be of use. Otherwise it hides more than its author meant.";

/// Writes the page of a rule that has no file.
///
/// # Errors
/// Those of the writer.
pub fn write_own(out: &mut dyn Write, style: Style, id: &str, severity: Severity, title: &str) -> io::Result<()> {
    let mut page = Page { out, style };
    page.head(id, severity, title)?;
    page.section("Why", OWN_RATIONALE)?;
    page.heading("Write it so")?;
    writeln!(page.out, "{INDENT}<!-- upr-ignore time-bound/missing-deadline: agreed with the mission -->")
}

/// How often a rule speaks, in words.
fn how_often(rule: &Rule, measured: &Frequencies) -> String {
    let data = &measured.data;
    let Some(Frequency { speaks, judged, right }) = measured.of(&rule.id) else {
        return "Not measured: the rule looks at more than one recommendation.".to_owned();
    };
    let of = format!("{} {}", grouped(data.recommendations), data.of);
    let share = match (*speaks, *speaks as f64 * 100.0 / data.recommendations.max(1) as f64) {
        (0, _) => String::new(),
        (_, share) if share < 1.0 => " (less than 1 %)".to_owned(),
        (_, share) => format!(" ({share:.0} %)"),
    };
    let speaks = if *speaks == 0 { "none".to_owned() } else { grouped(*speaks) };
    let judged = match (judged, right) {
        (Some(judged), Some(right)) => format!(" A person judged {judged} such recommendations by hand, and agrees with the rule in {right}."),
        _ => String::new(),
    };
    format!("It speaks of {speaks}{share} of the {of}, each read outside a brief.{judged}")
}

/// A number with a comma between the thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let first = match digits.len() % 3 {
        0 => 3,
        first => first,
    };
    let (head, tail) = digits.split_at_checked(first).unwrap_or((&digits, ""));
    tail.as_bytes().chunks(3).fold(head.to_owned(), |text, three| format!("{text},{}", String::from_utf8_lossy(three)))
}

struct Page<'w> {
    out: &'w mut dyn Write,
    style: Style,
}

impl Page<'_> {
    fn head(&mut self, id: &str, severity: Severity, title: &str) -> io::Result<()> {
        let (bold, plain) = if self.style.colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        writeln!(self.out, "{bold}{id}{plain} ({severity})\n{title}.")
    }

    fn heading(&mut self, name: &str) -> io::Result<()> {
        let (bold, plain) = if self.style.colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        writeln!(self.out, "\n{bold}{name}{plain}")
    }

    fn section(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.heading(name)?;
        writeln!(self.out, "  {}", fold::wrap(&one_line(text), self.style.width, "  "))
    }

    /// An example; below it, marks under the words that the rule underlines.
    fn example(&mut self, sign: &str, example: &Example) -> io::Result<()> {
        let text = example.text.trim();
        if let Some(path) = text.strip_prefix("file: ") {
            return writeln!(self.out, "  {sign} a whole brief: {path}");
        }
        let lines: Vec<&str> = text.lines().collect();
        // Of a whole brief only the lines with the marked words are shown, else its first one.
        let marked: Vec<&str> = lines.iter().copied().filter(|line| line.contains("[[")).collect();
        let shown = if lines.len() == 1 || marked.is_empty() { lines.get(..1).unwrap_or_default().to_vec() } else { marked };
        let mut sign = sign;
        for line in shown {
            self.line(sign, line)?;
            sign = " ";
        }
        if lines.len() > 1 {
            writeln!(self.out, "{INDENT}(from a brief of {} lines)", lines.len())?;
        }
        Ok(())
    }

    fn line(&mut self, sign: &str, line: &str) -> io::Result<()> {
        let (text, marks) = unmark(&one_line(line));
        let mut lead = format!("  {sign} ");
        for row in fold::rows(&text, self.style.width.saturating_sub(INDENT.len())) {
            let words = text.get(row.clone()).unwrap_or_default();
            writeln!(self.out, "{lead}{}", words.trim_end())?;
            let carets: String = words
                .trim_end()
                .char_indices()
                .map(|(at, character)| {
                    let inside = marks.iter().any(|mark| mark.contains(&(row.start + at)));
                    (if inside { "^" } else { " " }).repeat(fold::columns(character.encode_utf8(&mut [0; 4])))
                })
                .collect();
            if carets.contains('^') {
                writeln!(self.out, "{INDENT}{}", carets.trim_end())?;
            }
            INDENT.clone_into(&mut lead);
        }
        Ok(())
    }

    fn silence(&mut self, id: &str) -> io::Result<()> {
        self.heading("To silence it")?;
        writeln!(self.out, "  In the brief, before the block in question, with your reason:")?;
        writeln!(self.out, "{INDENT}<!-- upr-ignore {id}: your reason -->")?;
        writeln!(self.out, "  In the whole brief:")?;
        writeln!(self.out, "{INDENT}<!-- upr-ignore-file {id}: your reason -->")?;
        writeln!(self.out, "  For one run:")?;
        writeln!(self.out, "{INDENT}upr lint --ignore {id}")
    }
}

/// A text without `[[` and `]]`, and the places of what stood between them.
fn unmark(text: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let mut plain = String::with_capacity(text.len());
    let mut marks = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        plain.push_str(before);
        let start = plain.len();
        let (inside, after) = after.split_once("]]").unwrap_or((after, ""));
        plain.push_str(inside);
        marks.push(start..plain.len());
        rest = after;
    }
    plain.push_str(rest);
    (plain, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 7, 999, 1000, 19189, 1_234_567].map(grouped), ["0", "7", "999", "1,000", "19,189", "1,234,567"]);
    }
}
