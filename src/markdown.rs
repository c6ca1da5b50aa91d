//! Markdown as a flat list of blocks over one [`Prose`].
//!
//! CommonMark with tables, footnotes, strikethrough and YAML front matter, read by `pulldown_cmark` (named nowhere else). Blocks
//! that hold words stand in the order of the source; what encloses them (list items, quotations, table rows, footnotes) is a
//! chain of [`Container`]s, never a tree of boxes, so that 10,000 nested lists cost no stack. This module knows nothing of the UPR.

pub mod front;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rustc_hash::FxHashMap;

use crate::text::prose::{MarkKind, Prose, WordRange};
use crate::text::{Source, Span};

/// A Markdown document.
#[derive(Debug, Default)]
pub struct Document {
    /// The words of all blocks, in order.
    pub prose: Prose,
    /// The blocks that hold words, in order.
    pub blocks: Vec<Block>,
    /// What encloses blocks; the first is the document itself.
    pub containers: Vec<Container>,
    /// The YAML between the two lines of three hyphens at the very beginning.
    pub front_matter: Option<Span>,
    /// The HTML comments, in order.
    pub comments: Vec<Comment>,
    /// The references to footnotes, in order.
    pub notes: Vec<Note>,
    /// For each horizontal rule, how many blocks stand before it.
    pub rules: Vec<u32>,
}

/// A reference to a footnote.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// Where it stands in the prose.
    pub at: u32,
    /// The footnote; none if it was never written.
    pub text: Option<ContainerId>,
}

/// A block that holds words.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words.
    pub words: WordRange,
    /// Its bytes in the source, markup included.
    pub span: Span,
    /// What encloses it.
    pub container: ContainerId,
}

/// The kinds of block that hold words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// A paragraph, or the text of a list item.
    Paragraph,
    /// A table cell in this column, from 0.
    Cell {
        /// The column, from 0.
        column: u16,
        /// Whether the row is the heading of the table.
        heading: bool,
    },
    /// A block of code.
    Code,
}

/// The number of a [`Container`] in [`Document::containers`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContainerId(pub u32);

/// Something that encloses blocks.
#[derive(Clone, Copy, Debug)]
pub struct Container {
    /// What it is.
    pub kind: ContainerKind,
    /// What encloses it; the document encloses itself.
    pub parent: ContainerId,
    /// Its bytes in the source.
    pub span: Span,
    /// The outermost list item around it, itself included.
    pub outer_item: Option<ContainerId>,
    /// Whether it stands in a quotation.
    pub quoted: bool,
    /// Whether it stands in a footnote.
    pub footnote: bool,
    /// Whether it is a list whose items are parted by blank lines.
    pub loose: bool,
}

/// The kinds of container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerKind {
    /// The whole document.
    Document,
    /// A block quotation.
    Quotation,
    /// A list; an ordered one with its first number.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// The text of a footnote.
    Footnote,
}

/// An HTML comment.
#[derive(Clone, Debug)]
pub struct Comment {
    /// The comment with its marks.
    pub span: Span,
    /// What stands between the marks.
    pub text: Span,
    /// The number of blocks that begin before it.
    pub blocks_before: u32,
    /// Whether it stands inside the last of these blocks.
    pub inside: bool,
    /// What encloses it.
    pub container: ContainerId,
}

impl Document {
    /// The container of this number; the document itself if there is none.
    pub fn container(&self, id: ContainerId) -> Container {
        self.containers.get(id.0 as usize).copied().unwrap_or(DOCUMENT)
    }

    /// The containers around a block, from the innermost to the document.
    pub fn ancestors(&self, block: &Block) -> impl Iterator<Item = (ContainerId, Container)> {
        let mut next = Some(block.container);
        std::iter::from_fn(move || {
            let id = next?;
            let container = self.container(id);
            next = (id != container.parent).then_some(container.parent);
            Some((id, container))
        })
    }

    /// The words of a block.
    pub fn words(&self, block: &Block) -> &str {
        self.prose.slice(block.words)
    }
}

const DOCUMENT: Container = Container {
    kind: ContainerKind::Document,
    parent: ContainerId(0),
    span: Span { start: 0, end: 0 },
    outer_item: None,
    quoted: false,
    footnote: false,
    loose: false,
};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Reads any text as Markdown.
pub fn parse(source: &Source) -> Document {
    let mark = if source.text().starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let text = source.text().get(mark..).unwrap_or_default();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader::new(source.text(), mark);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range.start + mark..range.end + mark);
    }
    reader.finish()
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    document: Document,
    /// The container that is open.
    container: ContainerId,
    /// The block that is open: its number in the document.
    open: Option<usize>,
    /// The marks that are open.
    marks: Vec<usize>,
    /// The labels of the references to footnotes, and of the footnotes.
    labels: Vec<String>,
    footnotes: FxHashMap<String, ContainerId>,
    column: u16,
    heading_row: bool,
    metadata: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, start: usize) -> Reader<'a> {
        let whole = Container { span: Span::new(start..text.len()), ..DOCUMENT };
        let document = Document { prose: Prose::with_room(text.len()), containers: vec![whole], ..Document::default() };
        Reader { text, document, ..Reader::default() }
    }

    /// The document, with each reference led to its footnote.
    fn finish(mut self) -> Document {
        for (note, label) in self.document.notes.iter_mut().zip(&self.labels) {
            note.text = self.footnotes.get(label).copied();
        }
        self.document
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                if self.metadata {
                    self.metadata_text(range);
                } else {
                    self.words(&text, range);
                }
            }
            Event::Code(text) => {
                self.ensure_block(&range);
                let mark = self.document.prose.open_mark(MarkKind::Code);
                // The range holds the backticks, and the words lie between them; across a line break the two differ by more, and
                // then the words lead back to the whole.
                let raw = self.text.get(range.clone()).unwrap_or_default();
                let inner = raw.find(text.as_ref()).map(|at| range.start + at..range.start + at + text.len());
                self.words(&text, inner.unwrap_or(range));
                self.document.prose.close_mark(mark);
            }
            Event::SoftBreak => self.words("\n", range),
            Event::HardBreak => self.hard_break(range),
            Event::FootnoteReference(label) => {
                self.ensure_block(&range);
                self.document.notes.push(Note { at: self.document.prose.end(), text: None });
                self.labels.push(label.into_string());
                let mark = self.document.prose.open_mark(MarkKind::FootnoteReference);
                self.document.prose.close_mark(mark);
            }
            Event::InlineHtml(html) => {
                if is_line_break(&html) {
                    self.hard_break(range);
                } else {
                    self.comments(range, self.open.is_some());
                }
            }
            Event::Rule => self.document.rules.push(self.document.blocks.len() as u32),
            Event::Html(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.loosen();
                self.open_block(BlockKind::Paragraph, range);
            }
            Tag::Heading { level, .. } => self.open_block(BlockKind::Heading(number(*level)), range),
            Tag::CodeBlock(_) => self.open_block(BlockKind::Code, range),
            Tag::TableCell => {
                let cell = BlockKind::Cell { column: self.column, heading: self.heading_row };
                self.open_block(cell, range);
            }
            Tag::BlockQuote(_) => self.enter(ContainerKind::Quotation, range),
            Tag::List(first) => self.enter(ContainerKind::List(*first), range),
            Tag::Item => self.enter(ContainerKind::Item, range),
            Tag::Table(_) => self.enter(ContainerKind::Table, range),
            Tag::TableHead | Tag::TableRow => {
                self.heading_row = matches!(tag, Tag::TableHead);
                self.column = 0;
                self.enter(ContainerKind::Row, range);
            }
            Tag::FootnoteDefinition(label) => {
                self.enter(ContainerKind::Footnote, range);
                self.footnotes.entry(label.to_string()).or_insert(self.container);
            }
            Tag::HtmlBlock => {
                self.close_block();
                self.comments(range, false);
            }
            Tag::MetadataBlock(_) => self.metadata = true,
            Tag::Emphasis => self.open_mark(MarkKind::Emphasis, &range),
            Tag::Strong => self.open_mark(MarkKind::Strong, &range),
            Tag::Link { .. } => self.open_mark(MarkKind::Link, &range),
            Tag::Image { .. } => self.open_mark(MarkKind::Image, &range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => self.close_block(),
            TagEnd::TableCell => {
                self.close_block();
                self.column = self.column.saturating_add(1);
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::FootnoteDefinition => {
                self.close_block();
                self.container = self.document.container(self.container).parent;
            }
            TagEnd::MetadataBlock(_) => self.metadata = false,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => {
                if let Some(mark) = self.marks.pop() {
                    self.document.prose.close_mark(mark);
                }
            }
            _ => {}
        }
    }

    fn enter(&mut self, kind: ContainerKind, range: Range<usize>) {
        self.close_block();
        let parent = self.container;
        let around = self.document.container(parent);
        let id = ContainerId(self.document.containers.len() as u32);
        self.document.containers.push(Container {
            kind,
            parent,
            span: Span::new(range),
            outer_item: around.outer_item.or((kind == ContainerKind::Item).then_some(id)),
            quoted: around.quoted || kind == ContainerKind::Quotation,
            footnote: around.footnote || kind == ContainerKind::Footnote,
            loose: false,
        });
        self.container = id;
    }

    /// Only in a list with blank lines between its items do they hold paragraphs.
    fn loosen(&mut self) {
        let item = self.document.container(self.container);
        if item.kind == ContainerKind::Item
            && let Some(list) = self.document.containers.get_mut(item.parent.0 as usize)
        {
            list.loose = true;
        }
    }

    fn open_block(&mut self, kind: BlockKind, range: Range<usize>) {
        self.close_block();
        if self.document.prose.end() > 0 {
            self.document.prose.push_break("\n\n");
        }
        let at = self.document.prose.end();
        self.open = Some(self.document.blocks.len());
        self.document.blocks.push(Block { kind, words: WordRange { start: at, end: at }, span: Span::new(range), container: self.container });
    }

    fn close_block(&mut self) {
        let end = self.document.prose.end();
        if let Some(block) = self.open.take().and_then(|open| self.document.blocks.get_mut(open)) {
            block.words.end = end;
        }
    }

    /// The text of a tight list item stands in no paragraph; it gets one here.
    fn ensure_block(&mut self, range: &Range<usize>) {
        if self.open.is_none() {
            self.open_block(BlockKind::Paragraph, range.clone());
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        self.ensure_block(&range);
        if let Some(block) = self.open.and_then(|open| self.document.blocks.get_mut(open)) {
            block.span.end = block.span.end.max(range.end as u32);
        }
        self.document.prose.push(words, range);
    }

    fn hard_break(&mut self, range: Range<usize>) {
        self.ensure_block(&range);
        let mark = self.document.prose.open_mark(MarkKind::HardBreak);
        self.document.prose.push("\n", range);
        self.document.prose.close_mark(mark);
    }

    fn open_mark(&mut self, kind: MarkKind, range: &Range<usize>) {
        self.ensure_block(range);
        let mark = self.document.prose.open_mark(kind);
        self.marks.push(mark);
    }

    fn metadata_text(&mut self, range: Range<usize>) {
        let span = Span::new(range);
        match &mut self.document.front_matter {
            Some(known) => known.end = span.end,
            None => self.document.front_matter = Some(span),
        }
    }

    fn comments(&mut self, range: Range<usize>, inside: bool) {
        let Some(html) = self.text.get(range.clone()) else { return };
        let mut from = 0;
        while let Some(open) = html.get(from..).and_then(|rest| rest.find("<!--")).map(|at| from + at) {
            let inner = open + "<!--".len();
            let Some(close) = html.get(inner..).and_then(|rest| rest.find("-->")).map(|at| inner + at) else { return };
            let end = close + "-->".len();
            self.document.comments.push(Comment {
                span: Span::new(range.start + open..range.start + end),
                text: Span::new(range.start + inner..range.start + close),
                blocks_before: self.document.blocks.len() as u32,
                inside,
                container: self.container,
            });
            from = end;
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

fn is_line_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists the blocks of `text` as `kind: words`, with list items and quotations before them.
    fn outline(text: &str) -> Vec<String> {
        let source = Source::new("test.md", text.to_owned());
        let document = parse(&source);
        let line = |block: &Block| {
            let mut chain: Vec<&str> = document
                .ancestors(block)
                .filter_map(|(_, container)| match container.kind {
                    ContainerKind::Item => Some("item "),
                    ContainerKind::Quotation => Some("quotation "),
                    ContainerKind::Footnote => Some("footnote "),
                    _ => None,
                })
                .collect();
            chain.reverse();
            let kind = match block.kind {
                BlockKind::Heading(level) => format!("h{level}"),
                BlockKind::Paragraph => "p".to_owned(),
                BlockKind::Cell { column, heading } => format!("{}{column}", if heading { "head" } else { "cell" }),
                BlockKind::Code => "code".to_owned(),
            };
            format!("{}{kind}: {}", chain.concat(), document.words(block))
        };
        document.blocks.iter().map(line).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(outline(text), expected, "{text:?}");
    }

    #[test]
    fn blocks_come_in_order_with_what_encloses_them() {
        check("# A *b*\n\nc\nd\n", &["h1: A b", "p: c\nd"]);
        check("- a\n  - b\n- c\n\n  d\n", &["item p: a", "item item p: b", "item p: c", "item p: d"]);
        check("> a\n>\n> b", &["quotation p: a", "quotation p: b"]);
        check("| a | b |\n|---|---|\n| c<br>d | **e** |", &["head0: a", "head1: b", "cell0: c\nd", "cell1: e"]);
        check("a[^x], b\n\n[^x]: note", &["p: a, b", "footnote p: note"]);
        check("```\ncode\n```", &["code: code\n"]);
    }

    #[test]
    fn front_matter_and_comments_are_no_words() {
        check("---\nlang: fr\n---\n\na <!-- upr: x --> b\n\n<!-- y -->\n", &["p: a  b"]);
        let source = Source::new("test.md", "\u{feff}---\nlang: fr\n---\n\na <!-- x --> b\n\n<!-- y\nz -->\n");
        let document = parse(&source);
        assert_eq!(document.front_matter.map(|span| source.slice(span)), Some("lang: fr\n"));
        let comments: Vec<_> = document.comments.iter().map(|c| (source.slice(c.text), c.inside)).collect();
        assert_eq!(comments, [(" x ", true), (" y\nz ", false)]);
    }

    #[test]
    fn words_lead_back_to_the_bytes_that_they_came_from() {
        let text = "1. **Ratify** the\n   *Optional* Protocol &amp; `more` [now](x).\n";
        let source = Source::new("test.md", text);
        let document = parse(&source);
        let prose = &document.prose;
        for words in ["Ratify", "the\nOptional", "Protocol &", "& more", "more", "now", "."] {
            let start = prose.text().find(words).unwrap();
            let span = prose.span(WordRange::new(start..start + words.len()));
            let back = source.slice(span).replace("&amp;", "&").replace(['*', '`', '['], "").replace("\n   ", "\n");
            assert_eq!(back, words);
        }
    }

    #[test]
    fn ten_thousand_nested_lists_and_quotations_are_read() {
        for nested in ["- ".repeat(10_000) + "a", "> ".repeat(10_000) + "a"] {
            assert_eq!(outline(&nested).len(), 1);
        }
    }
}
