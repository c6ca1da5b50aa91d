//! One row for each brief: a table for a person, as wide as the terminal at most, and below it what briefs of one State have in common.

use std::io::{self, Write};

use crate::rules::verdict::Letter;

use super::format::{Brief, Ending, Format, Wants};
use super::summary::Summary;
use super::{Style, fold, one_line, terminal};

/// The table in the place of findings.
pub struct Overview {
    /// How the text is laid out.
    pub style: Style,
}

/// The spaces between two columns.
const GAP: usize = 2;
/// Into fewer columns no name is put.
const NARROWEST: usize = 8;
/// The columns with words, before those with numbers.
const NAMES: usize = 2;

impl Format for Overview {
    fn wants(&self) -> Wants {
        Wants { summaries: true, ..Wants::default() }
    }

    fn brief(&self, out: &mut dyn Write, brief: &Brief<'_>) -> io::Result<()> {
        // Of a brief there is a row; what is wrong with another file has no other place.
        if brief.summary.is_some() { Ok(()) } else { terminal::write(out, self.style, &brief.findings) }
    }

    fn end(&self, out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
        if !ending.briefs.is_empty() {
            table(out, self.style, ending.briefs)?;
            writeln!(out)?;
        }
        ending.totals.write_ending(out, self.style, false, ending.statistics)?;
        ending.across.map_or(Ok(()), |across| across.write(out))
    }

    fn tells_figures(&self) -> bool {
        true
    }
}

fn head() -> Vec<String> {
    let letters = Letter::ALL.iter().map(|(letter, _)| letter.initial().to_string());
    let before = ["brief", "State", "sess", "pages", "issues", "recs"].map(str::to_owned).into_iter();
    before.chain(letters).chain(["err", "warn"].map(str::to_owned)).collect()
}

fn row(brief: &Summary) -> Vec<String> {
    let mut row = vec![one_line(&brief.path).into_owned(), brief.state.as_deref().map_or_else(|| "?".to_owned(), |state| one_line(state).into_owned())];
    row.push(brief.session.map_or_else(|| "?".to_owned(), |session| session.to_string()));
    row.push(format!("{:.1}", brief.pages.count));
    row.push(brief.issues.count.to_string());
    row.push(brief.recommendations.count.to_string());
    row.extend(brief.recommendations.marks());
    row.push(brief.weights.errors.to_string());
    row.push(brief.weights.warnings.to_string());
    row
}

/// Writes the table. Where it does not fit, the figures of each brief are folded into lines.
fn table(out: &mut dyn Write, style: Style, briefs: &[Summary]) -> io::Result<()> {
    let head = head();
    let rows: Vec<Vec<String>> = briefs.iter().map(row).collect();
    let Some(widths) = widths(style.width, &head, &rows) else {
        return briefs.iter().try_for_each(|brief| brief.write(out, style));
    };
    let (bold, plain) = if style.colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    writeln!(out, "{bold}{}{plain}", line(&head, &widths))?;
    rows.iter().try_for_each(|row| writeln!(out, "{}", line(row, &widths)))
}

/// The columns of each cell, if all fit.
fn widths(width: usize, head: &[String], rows: &[Vec<String>]) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = head.iter().map(|cell| fold::columns(cell)).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(fold::columns(cell));
        }
    }
    let [path, state, numbers @ ..] = widths.as_mut_slice() else { return None };
    let room = width.checked_sub(numbers.iter().map(|number| number + GAP).sum::<usize>() + GAP)?;
    // The State gets a third of what there is, or what the path leaves; the path gets the rest.
    *state = (*state).min(room.saturating_sub(*path).max(room / 3));
    *path = (*path).min(room - *state);
    (room >= NAMES * NARROWEST).then_some(widths)
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (number, (cell, &width)) in cells.iter().zip(widths).enumerate() {
        let cell = if number < NAMES { shortened(cell, width, number == 0) } else { cell.clone() };
        let blank = " ".repeat(width.saturating_sub(fold::columns(&cell)));
        if number > 0 {
            line.push_str(&" ".repeat(GAP));
        }
        // Words begin and numbers end below one another.
        line.extend(if number < NAMES { [cell, blank] } else { [blank, cell] });
    }
    line
}

/// A name that fits: of a path the end counts, of a State the beginning.
fn shortened(name: &str, width: usize, from_end: bool) -> String {
    if fold::columns(name) <= width {
        return name.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let mut fits = |character: &char| {
        let own = fold::columns(character.encode_utf8(&mut [0; 4]));
        left.checked_sub(own).map(|rest| left = rest).is_some()
    };
    if from_end {
        let kept: Vec<char> = name.chars().rev().take_while(&mut fits).collect();
        std::iter::once('…').chain(kept.into_iter().rev()).collect()
    } else {
        name.chars().take_while(&mut fits).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brief(path: &str, state: &str) -> Summary {
        let mut brief = Summary { path: path.to_owned(), state: Some(state.to_owned()), session: Some(53), ..Summary::default() };
        brief.recommendations.count = 12;
        brief.recommendations.met.specific = 3;
        brief.recommendations.unknown.relevant = 12;
        brief.recommendations.unknown.time_bound = 1;
        brief
    }

    fn drawn(width: usize) -> String {
        let mut out = Vec::new();
        table(
            &mut out,
            Style { colour: false, width },
            &[brief("briefs/a.md", "Zemland"), brief("a/very/long/folder/of/briefs/número-2.md", "The Republic of Zemland")],
        )
        .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [74, 80, 100, 120] {
            let drawn = drawn(width);
            assert!(drawn.lines().all(|line| fold::columns(line) <= width), "{width}:\n{drawn}");
            assert_eq!(drawn.lines().count(), 3, "{drawn}");
            assert!(drawn.contains("a.md") && drawn.contains("número-2.md"), "{drawn}");
        }
        assert!(drawn(60).contains("  Zemland · 53rd session"), "{}", drawn(60));
    }

    #[test]
    fn numbers_stand_below_one_another() {
        assert_eq!(
            drawn(80),
            "\
brief             State     sess  pages  issues  recs  S  M  A  R   T  err  warn
briefs/a.md       Zemland     53    0.0       0    12  3  0  0  ?  0?    0     0
…efs/número-2.md  The Rep…    53    0.0       0    12  3  0  0  ?  0?    0     0
"
        );
    }
}
