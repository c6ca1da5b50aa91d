//! From blocks to what flows over the pages: paragraphs with the space around them, and rows of tables.
//!
//! Sizes, spaces and indents are those of the reference document that pandoc writes Word files with, as LibreOffice Writer lays
//! them out. Between two paragraphs stands the larger of the space after the first and the space before the second.

use std::ops::Range;

use crate::markdown::{Block, BlockKind, ContainerId, ContainerKind, Document};
use crate::text::prose::WordRange;

use super::image;
use super::lines::{BOLD, ITALIC, Line, Manner, Press};
use super::table;

/// What is placed on pages, in order. Heights are in twentieths of a point.
pub(super) enum Flow {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A row of a table.
    Row(Row),
}

/// A paragraph.
pub(super) struct Paragraph {
    /// Its lines.
    pub(super) lines: Range<usize>,
    /// The space before and after it.
    pub(super) space: (u32, u32),
    /// Whether it stays on the page of what follows.
    pub(super) keeps: bool,
    /// Whether it is never parted.
    pub(super) whole: bool,
}

/// A row of a table.
pub(super) struct Row {
    /// The lines of its cells.
    pub(super) cells: Vec<Range<usize>>,
    /// The space above and below the words of a cell.
    pub(super) space: (u32, u32),
    /// The height of the heading of the table, which is printed again on each page; none for the heading itself.
    pub(super) heading: Option<u32>,
}

/// All that flows, with its lines and the footnotes that they cite.
pub(super) struct Flows {
    pub(super) lines: Vec<Line>,
    pub(super) items: Vec<Flow>,
    /// The lines of the footnotes, in the order in which they are cited.
    pub(super) notes: Vec<Range<usize>>,
}

/// The spaces before and after paragraphs.
const BODY: (u32, u32) = (180, 180);
const COMPACT: (u32, u32) = (36, 36);
const NORMAL: (u32, u32) = (0, 200);
const QUOTATION: (u32, u32) = (100, 100);
const CAPTION: (u32, u32) = (0, 120);
/// The line under the heading of a table.
const BORDER: u32 = 15;
/// The indent of each level of a list, and of a quotation on both sides.
const LIST_INDENT: u32 = 720;
const QUOTATION_INDENT: u32 = 480;
/// The word processor has no more levels of lists.
const LEVELS: u32 = 9;
/// However deep a paragraph is, it keeps this much room.
const NARROWEST: u32 = 400;

/// Size, style and space before of a heading of this level.
fn heading(level: u8) -> (u32, u8, u32) {
    match level {
        1 => (320, BOLD, 480),
        2 => (280, BOLD, 200),
        3 => (240, BOLD, 200),
        4 => (240, ITALIC, 200),
        _ => (240, 0, 200),
    }
}

/// Where a container stands.
#[derive(Clone, Copy, Default)]
struct Place {
    /// How many lists are around it.
    depth: u32,
    /// Whether it stands in a list, and one with blank lines between its items.
    loose: bool,
    /// Whether it stands in a quotation that is nearer than any list.
    quoted: bool,
    /// The outermost list around it.
    list: Option<ContainerId>,
    /// The row of a table.
    row: bool,
}

/// The places of all containers; what encloses a container stands before it.
fn places(document: &Document) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(document.containers.len());
    for (id, container) in document.containers.iter().enumerate() {
        let around = places.get(container.parent.0 as usize).copied().unwrap_or_default();
        places.push(match container.kind {
            ContainerKind::List(_) => Place {
                depth: (around.depth + 1).min(LEVELS),
                loose: container.loose,
                quoted: false,
                list: around.list.or(Some(ContainerId(id as u32))),
                row: false,
            },
            ContainerKind::Quotation => Place { quoted: true, ..around },
            ContainerKind::Row => Place { row: true, ..around },
            _ => around,
        });
    }
    places
}

/// Sets all blocks of a document.
pub(super) fn flows(press: Press<'_>) -> Flows {
    let places = places(press.document);
    let width = press.setting.printed().0;
    let mut setting = Flowing { press, places, width, flows: Vec::new(), notes: Vec::new() };
    let document = setting.press.document;
    let mut rules = document.rules.iter().peekable();
    let mut at = 0;
    while let Some(block) = document.blocks.get(at) {
        while rules.next_if(|&&before| before as usize <= at).is_some() {
            setting.rule(block.words.start);
        }
        at = setting.block(at, block);
    }
    let end = document.prose.text().len() as u32;
    rules.for_each(|_| setting.rule(end));
    setting.footnotes();
    Flows { lines: setting.press.lines, items: setting.flows, notes: setting.notes }
}

struct Flowing<'a> {
    press: Press<'a>,
    places: Vec<Place>,
    width: u32,
    flows: Vec<Flow>,
    notes: Vec<Range<usize>>,
}

impl Flowing<'_> {
    fn place(&self, block: &Block) -> Place {
        self.places.get(block.container.0 as usize).copied().unwrap_or_default()
    }

    /// Sets a block, and those that belong to it; the number of the next.
    fn block(&mut self, at: usize, block: &Block) -> usize {
        let document = self.press.document;
        let place = self.place(block);
        if document.container(block.container).footnote {
            return at + 1;
        }
        if place.row {
            return self.table(at, block);
        }
        let size = self.press.setting.twips();
        match block.kind {
            BlockKind::Heading(level) => {
                let (size, style, before) = heading(level);
                let lines = self.press.set(block.words, Manner { width: self.width, size, style }, &[]);
                self.flows.push(Flow::Paragraph(Paragraph { lines, space: (before, 0), keeps: true, whole: true }));
            }
            BlockKind::Code => {
                let lines = self.press.set_code(block.words, self.room(place));
                self.paragraph(lines, NORMAL);
            }
            BlockKind::Paragraph | BlockKind::Cell { .. } => {
                if let Some(figure) = image::figure(document, block) {
                    self.figure(&figure, place);
                    return at + 1;
                }
                let (next, glued) = self.glued(at, block);
                let end = next.checked_sub(1).and_then(|last| document.blocks.get(last)).map_or(block.words.end, |last| last.words.end);
                let words = WordRange { start: block.words.start, end };
                let lines = self.press.set(words, Manner { width: self.room(place), size, style: 0 }, &glued);
                self.paragraph(lines, Self::space(place));
                return next;
            }
        }
        at + 1
    }

    /// The space around a paragraph.
    fn space(place: Place) -> (u32, u32) {
        match place {
            Place { quoted: true, .. } => QUOTATION,
            Place { depth: 0, .. } => BODY,
            Place { loose: true, .. } => NORMAL,
            Place { .. } => COMPACT,
        }
    }

    /// The width of the lines there.
    fn room(&self, place: Place) -> u32 {
        let left = if place.quoted && place.depth == 0 { QUOTATION_INDENT } else { place.depth * LIST_INDENT };
        let right = if place.quoted { QUOTATION_INDENT } else { 0 };
        self.width.saturating_sub(left + right).max(NARROWEST)
    }

    fn paragraph(&mut self, lines: Range<usize>, space: (u32, u32)) {
        self.flows.push(Flow::Paragraph(Paragraph { lines, space, keeps: false, whole: false }));
    }

    /// A horizontal rule takes a line.
    fn rule(&mut self, at: u32) {
        let height = self.press.pitch(self.press.setting.twips());
        let lines = self.single(height, at);
        self.paragraph(lines, NORMAL);
    }

    /// One line without words.
    fn single(&mut self, height: u32, at: u32) -> Range<usize> {
        let from = self.press.lines.len();
        let cited = self.press.cited;
        self.press.lines.push(Line { height, start: at, end: at, words: 0, cited });
        from..from + 1
    }

    /// An image with its description below.
    fn figure(&mut self, figure: &image::Image, place: Place) {
        let width = self.room(place);
        let (_, height) = figure.fit(width);
        let lines = self.single(height, figure.words.start);
        if figure.description.is_empty() {
            return self.paragraph(lines, Self::space(place));
        }
        self.flows.push(Flow::Paragraph(Paragraph { lines, space: NORMAL, keeps: true, whole: true }));
        let size = self.press.setting.twips();
        let lines = self.press.set(figure.description, Manner { width, size, style: ITALIC }, &[]);
        self.paragraph(lines, CAPTION);
    }

    /// A list that follows on a paragraph without a blank line between them is no list to pandoc: it runs on as text. The number of
    /// the block after it, and where its items begin, with the width of their marks.
    fn glued(&self, at: usize, block: &Block) -> (usize, Vec<(u32, u32)>) {
        let document = self.press.document;
        let mut next = at + 1;
        let mut glued = Vec::new();
        let list = |block: &Block| self.place(block).list;
        let Some(first) = document.blocks.get(next).filter(|_| list(block).is_none()) else { return (next, glued) };
        let Some(run) = list(first).filter(|&run| document.container(run).parent == block.container && !document.container(run).footnote) else {
            return (next, glued);
        };
        let size = self.press.setting.twips();
        let wide = |mark: &str| mark.chars().map(|c| self.press.typeface.width(0, c) * size).sum::<u32>();
        let end_of = |block: &Block| block.span.start as usize + self.press.source.slice(block.span).trim_end().len();
        let mut end = end_of(block);
        while let Some(item) = document.blocks.get(next).filter(|item| list(item) == Some(run) && item.kind == BlockKind::Paragraph) {
            let between = self.press.source.text().get(end..item.span.start as usize).unwrap_or_default();
            if between.lines().skip(1).any(|line| line.trim().is_empty()) {
                break;
            }
            let mark = between.lines().last().unwrap_or_default().trim_start();
            glued.push((item.words.start, wide(mark)));
            end = end_of(item);
            next += 1;
        }
        (next, glued)
    }

    /// Sets a table; the number of the block after it.
    fn table(&mut self, at: usize, first: &Block) -> usize {
        let document = self.press.document;
        let of = |block: &Block| document.container(block.container).parent;
        let table = of(first);
        let span = document.container(table).span;
        let (columns, inside) = table::columns(self.press.source.slice(span), self.width);
        let size = self.press.setting.twips();
        let mut heading: Option<u32> = None;
        let mut next = at;
        while let Some(block) = document.blocks.get(next).filter(|block| matches!(block.kind, BlockKind::Cell { .. }) && of(block) == table) {
            let mut cells = Vec::new();
            let mut height = 0;
            let mut is_heading = false;
            while let Some(cell) = document.blocks.get(next).filter(|cell| cell.container == block.container) {
                let BlockKind::Cell { column, heading } = cell.kind else { break };
                is_heading |= heading;
                let width = columns.get(usize::from(column)).copied().unwrap_or(self.width).saturating_sub(inside).max(NARROWEST / 2);
                let lines = self.press.set(cell.words, Manner { width, size, style: 0 }, &[]);
                height = height.max(self.press.lines.get(lines.clone()).unwrap_or_default().iter().map(|line| line.height).sum());
                cells.push(lines);
                next += 1;
            }
            let space = (COMPACT.0, COMPACT.1 + if is_heading { BORDER } else { 0 });
            self.flows.push(Flow::Row(Row { cells, space, heading: (!is_heading).then_some(heading.unwrap_or(0)) }));
            if is_heading {
                heading = Some(height + space.0 + space.1);
            }
        }
        next.max(at + 1)
    }

    /// Sets the footnotes that are cited, in the order in which they are cited; one that is cited twice is printed twice.
    fn footnotes(&mut self) {
        let document = self.press.document;
        let mut set: Vec<(ContainerId, Range<usize>)> = Vec::new();
        let outside = |at: u32| {
            let block = document.blocks.partition_point(|block| block.words.start <= at).checked_sub(1).and_then(|at| document.blocks.get(at));
            block.is_some_and(|block| !document.container(block.container).footnote)
        };
        let cited: Vec<Option<ContainerId>> = document.notes.iter().filter(|note| outside(note.at)).map(|note| note.text).collect();
        let texts = document.blocks.chunk_by(|a, b| self.note_of(a) == self.note_of(b));
        let texts: Vec<(Option<ContainerId>, &[Block])> = texts.map(|blocks| (blocks.first().and_then(|block| self.note_of(block)), blocks)).collect();
        for (note, blocks) in texts {
            if let Some(note) = note {
                let lines = self.footnote(blocks);
                set.push((note, lines));
            }
        }
        set.sort_by_key(|(note, _)| *note);
        for note in cited {
            let found = note.and_then(|note| set.binary_search_by_key(&note, |(known, _)| *known).ok()).and_then(|at| set.get(at));
            self.notes.push(found.map_or(0..0, |(_, lines)| lines.clone()));
        }
    }

    /// The footnote in which a block stands.
    fn note_of(&self, block: &Block) -> Option<ContainerId> {
        let document = self.press.document;
        if !document.container(block.container).footnote {
            return None;
        }
        document.ancestors(block).find(|(_, container)| container.kind == ContainerKind::Footnote).map(|(id, _)| id)
    }

    /// Sets a footnote: its number, then its paragraphs with the space between them as part of the lines.
    fn footnote(&mut self, blocks: &[Block]) -> Range<usize> {
        let from = self.press.lines.len();
        let size = self.press.setting.twips();
        // The number is raised, and a space follows it.
        let mark = self.press.typeface.width(0, '0') * size * 3 / 5 + self.press.typeface.width(0, ' ') * size;
        for (number, block) in blocks.iter().enumerate() {
            let start = self.press.lines.len();
            if block.kind == BlockKind::Code {
                self.press.set_code(block.words, self.width);
            } else {
                let marks = [(block.words.start, mark)];
                let marks = if number == 0 { &marks[..] } else { &[] };
                self.press.set(block.words, Manner { width: self.width, size, style: 0 }, marks);
            }
            if number > 0
                && let Some(line) = self.press.lines.get_mut(start)
            {
                line.height += NORMAL.1;
            }
        }
        from..self.press.lines.len()
    }
}
