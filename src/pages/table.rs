//! How wide the columns of a table are: as pandoc reads the lines of a pipe table and LibreOffice Writer draws it.
//!
//! If any line of the table is longer than 72 characters, the table is as wide as the text and its columns are as wide as their
//! hyphens are many. Otherwise it is a little narrower, and all columns are as wide.

/// A line of a table that is longer makes it as wide as the text.
const LONGEST: usize = 72;
/// The width of a table of short lines, in twentieths of a point.
const NARROW: u32 = 7920;
/// The white space at both sides of a cell.
const INSIDE: u32 = 216;

/// The widths of the columns, and what of each is white space, in twentieths of a point.
pub(super) fn columns(table: &str, width: u32) -> (Vec<u32>, u32) {
    let dashes: Vec<u32> = table.lines().nth(1).map(dashes).unwrap_or_default();
    let all: u32 = dashes.iter().sum();
    let is_wide = table.lines().any(|line| length(line) > LONGEST);
    let count = dashes.len().max(1) as u32;
    let column = |&of: &u32| if is_wide { width * of / all.max(1) } else { NARROW / count };
    (dashes.iter().map(column).collect(), INSIDE)
}

/// The signs of each column in the line under the heading.
fn dashes(line: &str) -> Vec<u32> {
    let line = line.trim().trim_start_matches(['>', ' ']);
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    line.split('|').map(|column| column.trim().len() as u32).collect()
}

/// The characters of a line, with a stroke at both ends.
fn length(line: &str) -> usize {
    let line = line.trim();
    line.chars().count() + usize::from(!line.starts_with('|')) + usize::from(!line.ends_with('|'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(table: &str, widths: &[u32]) {
        assert_eq!(columns(table, 9072).0, widths, "{table}");
    }

    #[test]
    fn a_long_line_makes_the_table_as_wide_as_the_text() {
        check("| a | b |\n|---|---|\n| c | d |", &[3960, 3960]);
        check(&format!("| a | b |\n|---|:--------|\n| c | {} |", "x".repeat(65)), &[2268, 6804]);
        check(&format!("a | b\n--|--\nc | {}", "x".repeat(65)), &[3960, 3960]);
        check(&format!("a | b\n--|--\nc | {}", "x".repeat(68)), &[4536, 4536]);
    }
}
