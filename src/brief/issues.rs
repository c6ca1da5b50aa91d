//! Which headings are issues.
//!
//! An issue is a section that says so ("Issue 2: …"), or that holds recommendations, or that stands beside such sections and is
//! told by its title or number to be one (Factsheet 3 asks for "key issues"; how briefs mark them was seen in real ones).

use crate::markdown::{Block, BlockKind, ContainerKind};
use crate::text::prose::WordRange;

use super::headings::{Head, Kind};
use super::lead::{self, Lead};
use super::{Context, items};

const WORDS_OF_AN_EXPLANATION: usize = 15;

/// For each heading, whether it is an issue.
pub(super) fn find(context: &Context<'_>, heads: &[Head], sections: &Sections) -> Vec<bool> {
    let anchored = anchored(context, heads, sections);
    let is_anchored = |at: usize| anchored.binary_search(&at).is_ok();
    let mut is_issue = vec![false; heads.len()];
    let mark = |is_issue: &mut Vec<bool>, at: usize| {
        if let Some(flag) = is_issue.get_mut(at) {
            *flag = true;
        }
    };
    let labelled: Vec<usize> = positions(heads, |head| head.kind == Kind::Issue);
    if let Some(level) = labelled.first().and_then(|&at| heads.get(at)).map(|head| head.level) {
        for (at, head) in heads.iter().enumerate() {
            let beside = head.kind == Kind::Other && head.level == level && is_anchored(at);
            if head.kind == Kind::Issue || beside {
                mark(&mut is_issue, at);
            }
        }
        return is_issue;
    }
    if let Some(inside) = inside_container(heads) {
        for at in inside {
            mark(&mut is_issue, at);
        }
        return is_issue;
    }
    let Some(level) = level_of(heads, &anchored) else { return is_issue };
    let at_level = positions(heads, |head| head.kind == Kind::Other && head.level == level);
    let first = anchored.first().copied();
    let last = anchored.last().copied();
    for at in at_level {
        let Some(head) = heads.get(at) else { continue };
        let between = first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last);
        let told = context.has(context.guide.lists.rights, head.title) || head.number.is_some() || between;
        let alone = anchored.is_empty();
        let explained = has_explanation(context, heads, sections, at);
        if is_anchored(at) || (!head.asks && explained && (told || alone)) {
            mark(&mut is_issue, at);
        }
    }
    is_issue
}

fn positions(heads: &[Head], wanted: impl Fn(&Head) -> bool) -> Vec<usize> {
    heads.iter().enumerate().filter(|(_, head)| wanted(head)).map(|(at, _)| at).collect()
}

/// The headings inside a section that calls itself "Priority issues".
fn inside_container(heads: &[Head]) -> Option<Vec<usize>> {
    let container = heads.iter().position(|head| head.kind == Kind::Issues)?;
    let outer = heads.get(container)?.level;
    let inside = heads.iter().enumerate().skip(container + 1).take_while(|(_, head)| head.level > outer);
    let inside: Vec<(usize, &Head)> = inside.filter(|(_, head)| head.kind == Kind::Other).collect();
    let level = inside.iter().map(|(_, head)| head.level).min()?;
    Some(inside.into_iter().filter(|(_, head)| head.level == level).map(|(at, _)| at).collect())
}

/// The level of the headings that are issues: that of most sections with recommendations, else the outermost.
fn level_of(heads: &[Head], anchored: &[usize]) -> Option<u8> {
    let mut counts = [0_usize; 16];
    for head in anchored.iter().filter_map(|&at| heads.get(at)) {
        if let Some(count) = counts.get_mut(usize::from(head.level)) {
            *count += 1;
        }
    }
    let levels = (0_u8..).zip(counts).filter(|&(_, count)| count > 0);
    let best = levels.max_by_key(|&(level, count)| (count, std::cmp::Reverse(level))).map(|(level, _)| level);
    best.or_else(|| heads.iter().filter(|head| head.kind == Kind::Other).map(|head| head.level).min())
}

/// The headings whose section holds recommendations, in order.
fn anchored(context: &Context<'_>, heads: &[Head], sections: &Sections) -> Vec<usize> {
    let mut anchored = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        if head.kind == Kind::Recommendations {
            anchored.extend(enclosing(heads, sections, at));
        }
    }
    let blocks = &context.document.blocks;
    for (number, block) in blocks.iter().enumerate() {
        let container = context.document.container(block.container);
        if block.kind != BlockKind::Paragraph || container.quoted || container.footnote || context.is_skipped(number) {
            continue;
        }
        let Some(near) = heads.partition_point(|head| head.block <= number).checked_sub(1) else { continue };
        if heads.get(near).is_some_and(|head| head.block == number) {
            continue;
        }
        let over = sections.at(near).over;
        let open = over.is_some_and(|at| heads.get(at).is_some_and(|head| head.kind == Kind::Other) && !groups_recommendations(heads, sections, at));
        if open && holds_recommendations(context, number, block) {
            anchored.extend(over);
        }
    }
    anchored.sort_unstable();
    anchored.dedup();
    anchored
}

/// Whether a paragraph is a recommendation, holds some, or leads to a list of them.
fn holds_recommendations(context: &Context<'_>, number: usize, block: &Block) -> bool {
    let container = context.document.container(block.container);
    let next = context.document.blocks.get(number + 1);
    let before_list = container.kind == ContainerKind::Document && next.is_some_and(|next| context.document.container(next.container).outer_item.is_some());
    let ends_in_colon = context.document.words(block).trim_end().ends_with(':');
    let leads = before_list && ends_in_colon && lead::kind(context, block.words) == Some(Lead::Recommendations);
    leads || items::strip(context, block.words).is_recommendation || lead::in_sentence(context, block.words).is_some()
}

/// Whether a heading only groups the items of a list of recommendations: it stands below a heading that announces them.
fn groups_recommendations(heads: &[Head], sections: &Sections, at: usize) -> bool {
    let outer = sections.at(at).outer.and_then(|outer| heads.get(outer));
    outer.is_some_and(|outer| outer.kind == Kind::Recommendations)
}

fn is_inner(kind: Kind) -> bool {
    matches!(kind, Kind::Recommendations | Kind::Questions | Kind::Explanation)
}

/// The levels that headings can have, and more.
const LEVELS: usize = 16;

/// How the headings of a document lie inside each other. Looked up once for all, so that the cost stays linear however many
/// there are.
#[derive(Debug, Default)]
pub(super) struct Sections {
    of: Vec<Section>,
    /// How many headings of some kinds stand on each level.
    recommendations: [usize; LEVELS],
    questions: [usize; LEVELS],
    issues: [usize; LEVELS],
}

/// Where a heading stands among the others.
#[derive(Clone, Copy, Debug, Default)]
struct Section {
    /// The nearest heading before it on an outer level.
    outer: Option<usize>,
    /// The nearest one before it, on an outer level or its own, that is not inner.
    before: Option<usize>,
    /// The same for what stands below the heading: it may be the heading itself, and of any level.
    over: Option<usize>,
    /// The first heading after its section.
    end: usize,
    /// How many headings before it announce recommendations.
    recommendations_before: usize,
}

impl Sections {
    pub(super) fn of(heads: &[Head]) -> Sections {
        let mut sections = Sections { of: Vec::with_capacity(heads.len()), ..Sections::default() };
        // The headings in whose sections we are; the last one not inner of each level; the last one not inner.
        let mut open: Vec<usize> = Vec::new();
        let mut last = [None; LEVELS];
        let mut over = None;
        let mut recommendations_before = 0;
        for (at, head) in heads.iter().enumerate() {
            while let Some(closed) = open.pop_if(|&mut outer| heads.get(outer).is_some_and(|outer| outer.level >= head.level)) {
                sections.close(closed, at);
            }
            let level = usize::from(head.level);
            let before = last.get(..=level).into_iter().flatten().copied().max().flatten();
            if !is_inner(head.kind)
                && let Some(last) = last.get_mut(level)
            {
                over = Some(at);
                *last = Some(at);
            }
            sections.of.push(Section { outer: open.last().copied(), before, over, end: heads.len(), recommendations_before });
            open.push(at);
            recommendations_before += usize::from(head.kind == Kind::Recommendations);
            sections.count(head);
        }
        sections
    }

    fn close(&mut self, section: usize, end: usize) {
        if let Some(section) = self.of.get_mut(section) {
            section.end = end;
        }
    }

    fn count(&mut self, head: &Head) {
        let counts = match head.kind {
            Kind::Recommendations => &mut self.recommendations,
            Kind::Questions => &mut self.questions,
            Kind::Other | Kind::Issue => &mut self.issues,
            _ => return,
        };
        if let Some(count) = counts.get_mut(usize::from(head.level)) {
            *count += 1;
        }
    }

    fn at(&self, heading: usize) -> Section {
        self.of.get(heading).copied().unwrap_or_default()
    }

    pub(super) fn questions(&self, level: u8) -> usize {
        self.questions.get(usize::from(level)).copied().unwrap_or(0)
    }
}

/// The issue to which a heading "Recommendations" belongs: the section around it; or the section before it, where the author puts
/// such a heading after each issue on the same level.
pub(super) fn enclosing(heads: &[Head], sections: &Sections, at: usize) -> Option<usize> {
    let level = heads.get(at)?.level;
    let before = sections.at(at).before?;
    let head = heads.get(before)?;
    let candidate = matches!(head.kind, Kind::Other | Kind::Issue);
    if head.level < level {
        return candidate.then_some(before);
    }
    if let Some(outer) = outer_with_one(heads, sections, before) {
        return Some(outer);
    }
    let siblings = sections.recommendations.get(usize::from(level)).copied().unwrap_or(0);
    let issues = sections.issues.get(usize::from(level)).copied().unwrap_or(0);
    (candidate && (siblings > 1 || issues == 1)).then_some(before)
}

/// "# Debt / ## What happens / ## Recommendations": the section around both, if it holds no other heading "Recommendations".
fn outer_with_one(heads: &[Head], sections: &Sections, before: usize) -> Option<usize> {
    let outer = sections.at(before).outer?;
    let head = heads.get(outer)?;
    let end = sections.at(outer).end;
    let after = sections.of.get(end).map_or(sections.recommendations.iter().sum(), |section| section.recommendations_before);
    let inside = after - sections.at(outer).recommendations_before;
    (matches!(head.kind, Kind::Other | Kind::Issue) && inside == 1).then_some(outer)
}

fn has_explanation(context: &Context<'_>, heads: &[Head], sections: &Sections, at: usize) -> bool {
    let Some(head) = heads.get(at) else { return false };
    let next = heads.get(sections.at(at).end).map_or(usize::MAX, |next| next.block);
    let mut blocks = context.document.blocks.iter().enumerate().skip(head.block + 1).take_while(|&(number, _)| number < next);
    let long = |words: WordRange| context.document.prose.has_words(words, WORDS_OF_AN_EXPLANATION);
    blocks.any(|(_, block)| block.kind == BlockKind::Paragraph && long(block.words))
}
