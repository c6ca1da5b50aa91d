//! Recommendations one by one, for people: a line each, and at the end the shares of categories and letters.

use std::io::{self, Write};

use crate::language::action::Category;
use crate::rules::verdict::{Answer, Letter};

use super::assess::{Row, number};
use super::{Style, counted, one_line};

/// The letters of which a recommendation alone can be told; relevance needs an issue.
const LETTERS: [Letter; 4] = [Letter::Specific, Letter::Measurable, Letter::Achievable, Letter::TimeBound];

/// Columns before the text of a recommendation.
const MARGIN: usize = 29;

/// Writes what the columns are.
///
/// # Errors
/// Those of the writer.
pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  line  action          letters  recommendation")
}

/// Writes a recommendation: a letter that is met, a dash for one that is not, a question mark for one that cannot be told.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, style: Style, row: &Row<'_>) -> io::Result<()> {
    let category = row.assessed.reading.action.category;
    let action = category.map_or_else(|| "?".to_owned(), |category| format!("{} {}", number(category), category.name()));
    let letters: String = LETTERS.iter().map(|&letter| row.assessed.letters[letter].answer.mark(letter)).collect();
    let room = style.width.saturating_sub(MARGIN + 6).max(20);
    let text = one_line(row.text.trim());
    let short: String = text.chars().take(room).collect();
    let cut = if short.len() < text.len() { "…" } else { "" };
    writeln!(out, "{:>6}  {action:<14}  {letters:<7}  {short}{cut}", row.line)
}

/// How many recommendations there are of each category, and with each verdict.
#[derive(Clone, Debug, Default)]
pub struct Shares {
    count: usize,
    categories: [usize; Category::ALL.len()],
    answers: [[usize; Answer::ALL.len()]; LETTERS.len()],
}

impl Shares {
    /// Counts a recommendation.
    pub fn count(&mut self, row: &Row<'_>) {
        self.count += 1;
        if let Some(number) = row.assessed.reading.action.category.and_then(|category| self.categories.get_mut(category as usize)) {
            *number += 1;
        }
        for (answers, letter) in self.answers.iter_mut().zip(LETTERS) {
            if let Some(number) = answers.get_mut(row.assessed.letters[letter].answer as usize) {
                *number += 1;
            }
        }
    }

    /// Takes in the figures of others.
    pub fn add(&mut self, other: &Shares) {
        self.count += other.count;
        let sums = self.categories.iter_mut().chain(self.answers.iter_mut().flatten());
        for (sum, more) in sums.zip(other.categories.iter().chain(other.answers.iter().flatten())) {
            *sum += more;
        }
    }

    /// Writes the figures.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let share = |number: usize| if self.count == 0 { 0.0 } else { number as f64 * 100.0 / self.count as f64 };
        writeln!(out, "\n{}", counted(self.count, "recommendation", "recommendations"))?;
        for (&(category, name), &number) in Category::ALL.iter().zip(&self.categories) {
            writeln!(out, "  {} {name:<12} {number:>9} {:>6.1} %", self::number(category), share(number))?;
        }
        let unread = self.count - self.categories.iter().sum::<usize>();
        if unread > 0 {
            writeln!(out, "  ? {:<12} {unread:>9} {:>6.1} %", "not read", share(unread))?;
        }
        writeln!(out, "  {:<14} {:>9} {:>11} {:>13}", "", "met", "not met", "cannot tell")?;
        for (letter, &[met, unknown, not]) in LETTERS.iter().zip(&self.answers) {
            writeln!(out, "  {:<14} {:>7.1} % {:>9.1} % {:>11.1} %", letter.name(), share(met), share(not), share(unknown))?;
        }
        Ok(())
    }
}
