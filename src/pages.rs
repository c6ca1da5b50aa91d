//! The length of a brief in printed pages.
//!
//! The Markdown is set line by line with the real widths of the letters, and the lines are laid on pages, so that the length is the
//! one that a brief has when it is turned into a Word file with pandoc and printed from a word processor. Front matter and comments
//! take no room.
//!
//! ```text
//! blocks ──▶ flow (paragraphs, rows, spaces) ──▶ fill (pages) ──▶ Pages
//!              └──▶ lines (line breaking) ──▶ metrics (widths)
//! ```

mod breaks;
mod fill;
mod flow;
mod image;
mod lines;
mod metrics;
pub mod setting;
mod table;

use crate::markdown::Document;
use crate::text::Source;
use crate::text::prose::WordRange;

use setting::Setting;

/// The length of a document in printed pages.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// The number of pages, with the part of the last one that is used.
    pub count: f64,
    /// Words that are printed, footnotes left out.
    pub words: usize,
    /// The pages.
    pub sheets: Vec<Page>,
    /// On what they are set.
    pub setting: Setting,
}

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its first words.
    pub first: WordRange,
    /// Its last words.
    pub last: WordRange,
    /// Its lines, footnotes left out.
    pub lines: usize,
    /// The words that begin on it, footnotes left out.
    pub words: usize,
}

impl Pages {
    /// The number of pages to one decimal, rounded up, so that a brief over the limit never looks as if it were at it.
    pub fn rounded(&self) -> f64 {
        (self.count * 10.0).ceil() / 10.0
    }

    /// The words of a full page: those of the full pages, or the share of the only one that is not full.
    #[expect(clippy::cast_sign_loss, reason = "a number of words is not negative")]
    pub fn words_per_page(&self) -> usize {
        if self.count > 0.0 { (self.words as f64 / self.count).round() as usize } else { 0 }
    }

    /// The pages after so many.
    pub fn after(&self, limit: usize) -> &[Page] {
        self.sheets.get(limit..).unwrap_or_default()
    }

    /// The lines on the pages after so many.
    pub fn lines_after(&self, limit: usize) -> usize {
        self.after(limit).iter().map(|page| page.lines).sum()
    }

    /// The words on the pages after so many.
    pub fn words_after(&self, limit: usize) -> usize {
        self.after(limit).iter().map(|page| page.words).sum()
    }
}

/// Sets a document on pages, on the usual ones if its front matter does not ask for others.
pub fn typeset(source: &Source, document: &Document, usual: &Setting) -> Pages {
    let setting = document.front_matter.map_or(*usual, |span| usual.with_front_matter(source.slice(span)));
    let height = setting.printed().1.max(1);
    let flows = flow::flows(lines::Press::new(source, document, setting));
    let filled = fill::fill(&flows, height);
    let last = filled.last().map_or(0.0, |page| f64::from(page.used) / f64::from(height));
    let text = document.prose.text();
    let sheets: Vec<Page> = filled
        .iter()
        .map(|page| Page { first: first_words(text, page.first), last: last_words(text, page.last), lines: page.lines, words: page.words })
        .collect();
    Pages { count: sheets.len().saturating_sub(1) as f64 + last, words: sheets.iter().map(|page| page.words).sum(), sheets, setting }
}

/// How many words are shown as the first or last ones of a page.
const SHOWN: usize = 4;

/// The first words at this place, up to the end of their paragraph.
fn first_words(text: &str, start: u32) -> WordRange {
    let rest = text.get(start as usize..).unwrap_or_default();
    let start = start as usize + (rest.len() - rest.trim_start().len());
    let paragraph = rest.trim_start().split("\n\n").next().unwrap_or_default();
    let shown: usize = paragraph.split_inclusive(char::is_whitespace).take(SHOWN).map(str::len).sum();
    let words = paragraph.get(..shown).unwrap_or_default().trim_end();
    WordRange::new(start..start + words.len())
}

/// The last words before this place, from the beginning of their paragraph at most.
fn last_words(text: &str, end: u32) -> WordRange {
    let before = text.get(..end as usize).unwrap_or_default().trim_end();
    let paragraph = before.rsplit("\n\n").next().unwrap_or_default();
    let shown: usize = paragraph.rsplit(char::is_whitespace).take(SHOWN).map(|word| word.len() + 1).sum();
    WordRange::new(before.len() - shown.saturating_sub(1).min(paragraph.len())..before.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    fn pages(text: &str) -> Pages {
        let source = Source::new("test.md", text.to_owned());
        typeset(&source, &markdown::parse(&source), &Setting::default())
    }

    /// Checks the lines on each page against those that LibreOffice Writer prints.
    #[track_caller]
    fn check(text: &str, lines: &[usize]) {
        let found: Vec<usize> = pages(text).sheets.iter().map(|page| page.lines).collect();
        assert_eq!(found, lines, "{} bytes", text.len());
    }

    fn paragraphs(count: usize) -> String {
        (0..count).map(|number| format!("Para {number} x")).collect::<Vec<String>>().join("\n\n") + "\n\n"
    }

    /// Lines that the author broke, in one paragraph.
    fn lines(count: usize) -> String {
        vec!["line"; count].join("\\\n") + "\n\n"
    }

    const SENTENCE: &str = "The children of Zemland walk to school along the river and learn to read in two languages before they are eight years old. ";

    #[test]
    fn a_page_holds_as_many_lines_as_the_word_processor_prints() {
        check(&SENTENCE.repeat(60), &[51, 24]);
        check(&paragraphs(120), &[31, 31, 31, 27]);
        check("", &[]);
    }

    #[test]
    fn a_heading_stays_with_what_follows() {
        let text = |before: usize| paragraphs(25) + &lines(before) + "# Heading top\n\nSome text after.\n\n" + &paragraphs(25);
        check(&text(3), &[25 + 3 + 3, 24]);
        check(&text(4), &[25 + 4 + 2, 25]);
        check(&text(5), &[25 + 5, 27]);
    }

    #[test]
    fn no_line_of_a_paragraph_stands_alone() {
        // 49 lines fill the page but for one line: a paragraph of three lines goes over, one of four is parted in the middle.
        check(&(lines(49) + &lines(3)), &[49, 3]);
        check(&(lines(47) + &lines(4)), &[49, 2]);
        check(&(lines(50) + "one\n"), &[50, 1]);
    }

    #[test]
    fn a_footnote_stands_on_the_page_that_cites_it() {
        let cited = |at: usize| {
            let lines: Vec<&str> = (0..80).map(|line| if line == at { "line[^1]" } else { "line" }).collect();
            lines.join("\\\n") + "\n\n[^1]: " + &SENTENCE.repeat(6)
        };
        // The note has eight lines; from the 43rd line on it goes on over the page, and from the 49th on not two of its lines fit.
        check(&cited(41), &[42, 38]);
        check(&cited(44), &[45, 35]);
        check(&cited(47), &[48, 32]);
        check(&cited(48), &[48, 32]);
    }

    #[test]
    fn a_table_is_as_wide_as_its_lines_are_long_and_repeats_its_heading() {
        let row = format!("| r | {} |\n", SENTENCE.repeat(4).trim_end());
        check(&format!("|A|B|\n|--|--|\n{}", row.repeat(10)), &[50, 49, 12]);
        let narrow = pages("| a | b |\n|---|---|\n| c | d |\n");
        assert_eq!((narrow.sheets.len(), narrow.words), (1, 4));
    }

    #[test]
    fn front_matter_and_comments_take_no_room() {
        let bare = pages("# Title\n\nText.\n");
        let dressed = pages("---\nstate: Zemland\nsession: 53\n---\n\n<!-- upr-ignore-file a: b\nc -->\n\n# Title\n\n<!-- x -->\n\nText.\n");
        assert_eq!((bare.words, bare.count.to_bits()), (dressed.words, dressed.count.to_bits()));
    }

    #[test]
    fn a_list_without_a_blank_line_before_it_runs_on() {
        check("We recommend:\n- one\n- two\n\nNext.\n", &[2]);
        check("We recommend:\n\n- one\n- two\n\nNext.\n", &[4]);
    }

    #[test]
    fn the_page_tells_its_first_and_last_words() {
        let text = paragraphs(40);
        let source = Source::new("test.md", text);
        let document = markdown::parse(&source);
        let pages = typeset(&source, &document, &Setting::default());
        let words: Vec<(&str, &str)> = pages.sheets.iter().map(|page| (document.prose.slice(page.first), document.prose.slice(page.last))).collect();
        assert_eq!(words, [("Para 0 x", "Para 30 x"), ("Para 31 x", "Para 39 x")]);
    }

    #[test]
    fn the_front_matter_of_a_brief_chooses_its_page() {
        let first = |page: &str| pages(&format!("---\npage: {page}\n---\n\n{}", SENTENCE.repeat(60))).sheets.first().map(|page| page.lines);
        // What LibreOffice Writer prints with a reference document of that typeface and size.
        assert_eq!(["sans", "serif", "serif, 12 pt", "10 pt"].map(first), [Some(51), Some(54), Some(50), Some(56)]);
        assert_eq!(first("spacing 2"), Some(25));
    }
}
