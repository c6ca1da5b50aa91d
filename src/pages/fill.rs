//! Fills pages with what flows: no heading is left alone at the foot of a page, no line of a paragraph stands alone at the foot or
//! the head of one, a footnote stands on the page that cites it (what does not fit goes on over the page), a row of a table may be
//! parted, and the heading of a table is printed again. So does LibreOffice Writer.

use std::ops::Range;

use super::flow::{Flow, Flows, Paragraph, Row};
use super::lines::Line;

/// What stands on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filled {
    /// The first and the last byte of its words in the prose.
    pub(super) first: u32,
    pub(super) last: u32,
    /// Its lines, without footnotes and table headings that are printed again.
    pub(super) lines: usize,
    /// The words that begin on it, without footnotes.
    pub(super) words: usize,
    /// The height of all that stands on it, footnotes included.
    pub(super) used: u32,
}

/// The line above the footnotes with the space around it.
const SEPARATOR: u32 = 124;
/// The space between two footnotes.
const BETWEEN_NOTES: u32 = 200;
/// So many lines of a paragraph stay together at the foot and at the head of a page, and so many of a footnote begin it.
const TOGETHER: usize = 2;

/// Fills pages of this height.
pub(super) fn fill(flows: &Flows, height: u32) -> Vec<Filled> {
    let mut filling = Filling { flows, height, page: Page::default(), pages: Vec::new(), chain: None };
    let mut at = 0;
    while let Some(flow) = flows.items.get(at) {
        at = match flow {
            Flow::Paragraph(paragraph) => filling.paragraph(at, paragraph),
            Flow::Row(row) => filling.row(at, row),
        };
    }
    if filling.page.holds_something() {
        filling.turn();
    }
    while filling.page.pending.is_some() {
        filling.turn();
    }
    filling.pages
}

/// A page while it is filled.
#[derive(Clone, Copy, Debug, Default)]
struct Page {
    filled: Filled,
    /// The height of what stands above the footnotes, and of the footnotes.
    body: u32,
    notes: u32,
    /// The space after the last paragraph.
    after: u32,
    /// Footnotes that have begun on some page.
    cited: usize,
    /// The footnote and its line with which the notes go on over the page; all notes up to `cited` follow.
    pending: Option<(usize, usize)>,
    /// Whether it is the first page, where even the first paragraph has space before it.
    later: bool,
}

impl Page {
    fn is_fresh(&self) -> bool {
        self.filled.lines == 0
    }

    fn holds_something(&self) -> bool {
        self.body > 0 || self.notes > 0
    }
}

struct Filling<'a> {
    flows: &'a Flows,
    height: u32,
    page: Page,
    pages: Vec<Filled>,
    /// The first of the headings that stand directly before what comes next, with the page as it was before it.
    chain: Option<(usize, Page)>,
}

impl Filling<'_> {
    fn line(&self, at: usize) -> Option<&Line> {
        self.flows.lines.get(at)
    }

    /// The space between the last paragraph and one with this space before it.
    fn space(&self, before: u32) -> u32 {
        if self.page.is_fresh() && self.page.later { 0 } else { self.page.after.max(before) }
    }

    /// Places a paragraph; what to place next.
    fn paragraph(&mut self, at: usize, paragraph: &Paragraph) -> usize {
        let lines = paragraph.lines.clone();
        let mut from = lines.start;
        let mut space = self.space(paragraph.space.0);
        while from < lines.end {
            let rest = lines.end - from;
            let (fit, page) = self.fitting(from..lines.end, space);
            if fit == rest {
                self.begin_chain(at, paragraph.keeps);
                self.page = page;
                break;
            }
            let is_begun = from > lines.start;
            let mut placed = fit.min(rest.saturating_sub(TOGETHER));
            if (!is_begun && placed < TOGETHER) || paragraph.whole {
                placed = 0;
            }
            if placed == 0 {
                if !self.page.is_fresh() {
                    if let Some(earlier) = self.break_before(at) {
                        return earlier;
                    }
                    space = self.space(paragraph.space.0);
                    continue;
                }
                // Not even an empty page takes it: it is parted all the same.
                placed = fit.max(1);
            }
            self.page = if placed == fit { page } else { self.fitting(from..from + placed, space).1 };
            if fit == 0 {
                self.force(from);
            }
            from += placed;
            space = 0;
            self.chain = None;
            self.turn();
        }
        self.page.after = paragraph.space.1;
        at + 1
    }

    /// Remembers where headings begin that must not be parted from what follows.
    fn begin_chain(&mut self, at: usize, keeps: bool) {
        if !keeps {
            self.chain = None;
        } else if self.chain.is_none() {
            self.chain = Some((at, self.page));
        }
    }

    /// How many of these lines fit on the page, and the page with them.
    fn fitting(&self, lines: Range<usize>, space: u32) -> (usize, Page) {
        let mut page = self.page;
        let mut space = space;
        for (count, at) in lines.clone().enumerate() {
            let next = self.line(at).and_then(|line| self.with_line(page, line, space));
            let Some(next) = next else { return (count, page) };
            page = next;
            space = 0;
        }
        (lines.len(), page)
    }

    /// The page with one more line and the footnotes that it cites, if they fit.
    fn with_line(&self, page: Page, line: &Line, space: u32) -> Option<Page> {
        let mut page = page;
        page.body += space + line.height;
        if page.body + page.notes > self.height {
            return None;
        }
        page = self.with_notes(page, line.cited as usize)?;
        Some(counted(page, line))
    }

    /// The page with the footnotes up to this one, if they fit, or at least begin on it.
    fn with_notes(&self, page: Page, cited: usize) -> Option<Page> {
        let mut page = page;
        while page.cited < cited {
            let lines = self.flows.notes.get(page.cited).cloned().unwrap_or_default();
            if page.pending.is_some() {
                return None;
            }
            let above = if page.notes == 0 { SEPARATOR } else { BETWEEN_NOTES };
            let room = self.height.saturating_sub(page.body + page.notes + above);
            let (fit, height) = self.note_lines(lines.clone(), room);
            if fit < lines.len() {
                if fit < TOGETHER {
                    return None;
                }
                page.pending = Some((page.cited, lines.start + fit));
                page.notes = self.height - page.body;
            } else if height > 0 {
                page.notes += above + height;
            }
            page.cited += 1;
        }
        Some(page)
    }

    /// How many of the lines of a footnote fit into a height, and how high they are.
    fn note_lines(&self, lines: Range<usize>, room: u32) -> (usize, u32) {
        let mut height = 0;
        for (count, at) in lines.clone().enumerate() {
            let line = self.line(at).map_or(0, |line| line.height);
            if height + line > room {
                return (count, height);
            }
            height += line;
        }
        (lines.len(), height)
    }

    /// How high these lines are; what is higher than a page is not measured to its end.
    fn reach(&self, lines: Range<usize>) -> u32 {
        let (fit, height) = self.note_lines(lines.clone(), self.height);
        if fit < lines.len() { self.height + 1 } else { height }
    }

    /// Puts a line on the page although it does not fit; the footnotes that it cites go on over the page.
    fn force(&mut self, at: usize) {
        let Some(line) = self.line(at).copied() else { return };
        let mut page = counted(self.page, &line);
        page.body += line.height;
        let cited = line.cited as usize;
        if page.cited < cited {
            let start = self.flows.notes.get(page.cited).map_or(0, |lines| lines.start);
            page.pending = page.pending.or(Some((page.cited, start)));
            page.cited = cited;
        }
        self.page = page;
    }

    /// Ends the page before a flow that does not fit, and before the headings that belong to it; which flow comes next if these do.
    fn break_before(&mut self, at: usize) -> Option<usize> {
        let chain = self.chain.take().filter(|(first, page)| *first < at && !page.is_fresh());
        let earlier = chain.map(|(first, page)| {
            self.page = page;
            first
        });
        self.turn();
        earlier
    }

    /// Goes on to the next page, which begins with what is left of the footnotes.
    fn turn(&mut self) {
        let page = self.page;
        let used = (page.body + page.notes).min(self.height);
        self.pages.push(Filled { used, ..page.filled });
        self.page = Page { cited: page.cited, later: true, ..Page::default() };
        let Some((mut note, mut from)) = page.pending else { return };
        // At least one line of the text finds room on each page.
        let most = self.height * 9 / 10;
        while note < page.cited {
            let lines = self.flows.notes.get(note).cloned().unwrap_or_default();
            let above = if self.page.notes == 0 { SEPARATOR } else { BETWEEN_NOTES };
            let room = most.saturating_sub(self.page.notes + above);
            let (fit, height) = self.note_lines(from.max(lines.start)..lines.end, room);
            let fit_or_one = if fit == 0 && self.page.notes == 0 { 1 } else { fit };
            self.page.notes += if fit_or_one > 0 { above + height } else { 0 };
            if from.max(lines.start) + fit_or_one < lines.end {
                self.page.pending = Some((note, from.max(lines.start) + fit_or_one));
                return;
            }
            note += 1;
            from = 0;
        }
    }

    /// Places a row of a table; what to place next.
    fn row(&mut self, at: usize, row: &Row) -> usize {
        let is_heading = row.heading.is_none();
        let mut from: Vec<usize> = row.cells.iter().map(|cell| cell.start).collect();
        let mut above = self.space(0) + row.space.0;
        loop {
            let cells = || row.cells.iter().zip(&from).map(|(cell, &from)| from..cell.end);
            let rest = cells().map(|lines| self.reach(lines)).max().unwrap_or_default();
            let whole = above + rest + row.space.1;
            let room = self.height.saturating_sub(self.page.body + self.page.notes);
            let cited = cells().filter_map(|lines| self.line(lines.end.checked_sub(1)?)).map(|line| line.cited as usize).max().unwrap_or_default();
            let noted = self.with_notes(Page { body: self.page.body + whole, ..self.page }, cited);
            if whole <= room
                && let Some(page) = noted
            {
                self.begin_chain(at, is_heading);
                let first = self.page;
                self.page = page;
                self.count(&row.cells, &from, None);
                if first.is_fresh() {
                    self.page.filled.first = self.first(&row.cells, &from).unwrap_or(self.page.filled.first);
                }
                break;
            }
            // The lines of each cell that fit. If only the space below them does not, the last line of the highest cells goes on.
            let mut fit: Vec<usize> = cells().map(|lines| self.note_lines(lines, room.saturating_sub(above)).0).collect();
            if cells().zip(&fit).all(|(lines, &fit)| lines.len() == fit) {
                for (lines, fit) in cells().zip(&mut fit) {
                    *fit -= usize::from(*fit > 0 && self.reach(lines) == rest);
                }
            }
            let parts = !is_heading && cells().zip(&fit).all(|(lines, &fit)| lines.is_empty() || fit > 0);
            if !parts && !self.page.is_fresh() {
                if let Some(earlier) = self.break_before(at) {
                    return earlier;
                }
            } else {
                self.begin_chain(at, false);
                let took: Vec<usize> = if parts { fit } else { cells().map(|lines| lines.len().min(1)).collect() };
                self.count(&row.cells, &from, Some(&took));
                for (from, took) in from.iter_mut().zip(&took) {
                    *from += took;
                }
                self.page.body = self.height.saturating_sub(self.page.notes);
                self.page.cited = self.page.cited.max(cited);
                self.turn();
                if row.cells.iter().zip(&from).all(|(cell, &from)| from >= cell.end) {
                    self.page.after = 0;
                    return at + 1;
                }
            }
            let heading = row.heading.unwrap_or(0);
            self.page.body += heading;
            above = if from.iter().zip(&row.cells).any(|(&from, cell)| from > cell.start) { 0 } else { row.space.0 };
        }
        self.page.after = 0;
        at + 1
    }

    /// Counts the lines and words of a row, or of so many lines of each cell.
    fn count(&mut self, cells: &[Range<usize>], from: &[usize], took: Option<&[usize]>) {
        let mut most = 0;
        let mut filled = self.page.filled;
        let is_fresh = filled.lines == 0;
        if is_fresh {
            filled.first = self.first(cells, from).unwrap_or(filled.first);
        }
        for (number, (cell, &from)) in cells.iter().zip(from).enumerate() {
            let all = cell.end.saturating_sub(from);
            let count = took.and_then(|took| took.get(number)).map_or(all, |&took| took.min(all));
            for line in self.flows.lines.get(from..from + count).unwrap_or_default() {
                filled.words += line.words as usize;
                filled.last = filled.last.max(line.end);
            }
            most = most.max(count);
        }
        filled.lines += most;
        self.page.filled = filled;
    }

    /// Where the words of what is left of a row begin.
    fn first(&self, cells: &[Range<usize>], from: &[usize]) -> Option<u32> {
        let left = cells.iter().zip(from).filter(|(cell, from)| **from < cell.end);
        left.filter_map(|(_, &from)| self.line(from)).map(|line| line.start).min()
    }
}

/// The page with a line counted.
fn counted(page: Page, line: &Line) -> Page {
    let mut page = page;
    if page.filled.lines == 0 {
        page.filled.first = line.start;
    }
    page.filled.last = line.end;
    page.filled.lines += 1;
    page.filled.words += line.words as usize;
    page
}
