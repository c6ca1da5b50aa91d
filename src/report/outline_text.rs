//! Outlines for a person: a page that shows what the program took for an issue, a recommendation, a deadline.

use std::io::{self, Write};

use crate::rules::verdict::Answer;

use super::outline::{Deadline, Outline, Recommendation, Smart};
use super::{Style, fold, one_line};

/// Columns for line numbers at the left.
const MARGIN: usize = 6;

/// Writes a brief.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, style: Style, outline: &Outline) -> io::Result<()> {
    let mut page = Page { out, style };
    page.heading(&outline.path)?;
    page.fact("State", outline.state.as_deref())?;
    page.fact("Session", outline.session.map(|session| session.to_string()).as_deref())?;
    page.fact("Review", outline.review.as_deref())?;
    page.fact("Limit", outline.limit.as_deref())?;
    page.fact("Language", Some(outline.language))?;
    page.fact("Pages", Some(&outline.pages.in_words()))?;
    for end in outline.pages.ends() {
        page.fact("", Some(&end))?;
    }
    page.fact("Authors", outline.organisation.as_ref().map(|place| format!("line {}", place.line)).as_deref())?;
    for (number, issue) in outline.issues.iter().enumerate() {
        writeln!(page.out)?;
        page.item(issue.line, &format!("Issue {}: {}", number + 1, issue.title), 0)?;
        for &at in &issue.recommendations {
            if let Some(recommendation) = outline.recommendations.get(at) {
                page.recommendation(at, recommendation)?;
            }
        }
        for question in outline.questions.iter().filter(|question| question.issue == Some(number)) {
            page.item(question.line, &format!("Question: {}", question.text), 2)?;
        }
    }
    let loose = outline.recommendations.iter().enumerate().filter(|(_, recommendation)| recommendation.issue.is_none());
    let asked = outline.questions.iter().filter(|question| question.issue.is_none());
    if loose.clone().next().is_some() || asked.clone().next().is_some() {
        writeln!(page.out, "\n{:MARGIN$}  Under no issue:", "")?;
    }
    for (at, recommendation) in loose {
        page.recommendation(at, recommendation)?;
    }
    for question in asked {
        page.item(question.line, &format!("Question: {}", question.text), 2)?;
    }
    Ok(())
}

struct Page<'w> {
    out: &'w mut dyn Write,
    style: Style,
}

impl Page<'_> {
    fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = one_line(text);
        if self.style.colour { writeln!(self.out, "\x1b[1m{text}\x1b[0m") } else { writeln!(self.out, "{text}") }
    }

    fn fact(&mut self, name: &str, value: Option<&str>) -> io::Result<()> {
        writeln!(self.out, "  {name:<9} {}", value.map_or("not found".into(), one_line))
    }

    /// A line number and a text that is folded beside it.
    fn item(&mut self, line: usize, text: &str, indent: usize) -> io::Result<()> {
        let margin = " ".repeat(MARGIN + 2 + indent);
        let folded = fold::wrap(&one_line(text), self.style.width, &margin);
        writeln!(self.out, "{line:>MARGIN$}  {:indent$}{folded}", "")
    }

    fn recommendation(&mut self, at: usize, recommendation: &Recommendation) -> io::Result<()> {
        self.item(recommendation.line, &format!("R{}: {}", at + 1, recommendation.text), 2)?;
        let deadline = recommendation.deadline.as_ref().map_or_else(|| "no deadline".to_owned(), in_words);
        let margin = " ".repeat(MARGIN + 4);
        writeln!(self.out, "{margin}→ {}", one_line(&deadline))?;
        writeln!(self.out, "{margin}→ {}", verdicts(&recommendation.smart))
    }
}

/// `S, M, A met; T not met; R cannot be told`.
fn verdicts(smart: &Smart) -> String {
    let groups = [(Answer::Met, "met"), (Answer::NotMet, "not met"), (Answer::CannotTell, "cannot be told")].into_iter().filter_map(|(answer, name)| {
        let letters: Vec<String> = smart.all().filter(|(_, verdict)| verdict.verdict == answer).map(|(letter, _)| letter.to_string()).collect();
        (!letters.is_empty()).then(|| format!("{} {name}", letters.join(", ")))
    });
    groups.collect::<Vec<String>>().join("; ")
}

/// `“by mid-2029”: until 2029-06-30`.
fn in_words(deadline: &Deadline) -> String {
    let until = match (&deadline.latest, deadline.anchor) {
        (Some(latest), Some("mid-term")) => format!("until {latest}, the mid-term"),
        (Some(latest), _) => format!("until {latest}"),
        (None, Some("next-review")) => "until the next review".to_owned(),
        (None, Some("mid-term")) => "until the mid-term".to_owned(),
        (None, _) => "a day that cannot be told".to_owned(),
    };
    format!("“{}”: {until}", deadline.text)
}
