//! The author's own word on an odd brief: `<!-- upr: issue -->`, `not-issue`, `recommendations`, `skip` … `end`.
//!
//! A directive speaks of the block that follows it, or of the block in whose text it stands.

use crate::markdown::{Comment, Document};
use crate::text::{Source, Span};

use super::headings::Kind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Issue,
    NotIssue,
    Recommendations,
}

/// The directives of a document.
#[derive(Debug, Default)]
pub(super) struct Directives {
    /// Block numbers and what was said of them, in the order of the blocks.
    orders: Vec<(usize, Order)>,
    /// Ranges of block numbers that are not part of the brief.
    skipped: Vec<std::ops::Range<usize>>,
    /// Comments that begin with `upr:` and say nothing known.
    unknown: Vec<Span>,
}

impl Directives {
    pub(super) fn read(source: &Source, document: &Document) -> Directives {
        let mut directives = Directives::default();
        let mut open: Option<usize> = None;
        for comment in &document.comments {
            let Some(order) = source.slice(comment.text).trim().strip_prefix("upr:") else { continue };
            let block = target(comment);
            match order.trim() {
                "issue" => directives.orders.push((block, Order::Issue)),
                "not-issue" => directives.orders.push((block, Order::NotIssue)),
                "recommendations" => directives.orders.push((block, Order::Recommendations)),
                "skip" => open = open.or(Some(block)),
                "end" => directives.skipped.extend(open.take().map(|start| start..comment.blocks_before as usize)),
                _ => directives.unknown.push(comment.span),
            }
        }
        directives.skipped.extend(open.map(|start| start..document.blocks.len()));
        directives.orders.sort_by_key(|&(block, _)| block);
        directives
    }

    pub(super) fn is_skipped(&self, block: usize) -> bool {
        let after = self.skipped.partition_point(|range| range.start <= block);
        after.checked_sub(1).and_then(|at| self.skipped.get(at)).is_some_and(|range| range.contains(&block))
    }

    fn says(&self, block: usize, order: Order) -> bool {
        let first = self.orders.partition_point(|&(at, _)| at < block);
        self.orders.iter().skip(first).take_while(|&&(at, _)| at == block).any(|&(_, said)| said == order)
    }

    /// The kind of heading that the author says this block is.
    pub(super) fn heading(&self, block: usize) -> Option<Kind> {
        if self.says(block, Order::Issue) {
            return Some(Kind::Issue);
        }
        self.says(block, Order::NotIssue).then_some(Kind::Background)
    }

    /// Whether the author says that recommendations begin at this block.
    pub(super) fn recommendations(&self, block: usize) -> bool {
        self.says(block, Order::Recommendations)
    }

    /// Comments that begin with `upr:` and are no directive.
    pub(super) fn unknown(&self) -> &[Span] {
        &self.unknown
    }
}

fn target(comment: &Comment) -> usize {
    let before = comment.blocks_before as usize;
    if comment.inside { before.saturating_sub(1) } else { before }
}
