//! Which headings are issues.
//!
//! An issue is a section that says so ("Issue 2: …"), or that holds recommendations, or that stands beside such sections and is
//! told by its title or number to be one (Factsheet 3 asks for "key issues"; how briefs mark them was seen in real ones).

use crate::markdown::{BlockKind, ContainerKind};
use crate::text::prose::WordRange;

use super::headings::{Head, Kind};
use super::lead::{self, Lead};
use super::{Context, items};

const WORDS_OF_AN_EXPLANATION: usize = 15;

/// For each heading, whether it is an issue.
pub(super) fn find(context: &Context<'_>, heads: &[Head]) -> Vec<bool> {
    let anchored = anchored(context, heads);
    let mut is_issue = vec![false; heads.len()];
    let mark = |is_issue: &mut Vec<bool>, at: usize| {
        if let Some(flag) = is_issue.get_mut(at) {
            *flag = true;
        }
    };
    let labelled: Vec<usize> = positions(heads, |head| head.kind == Kind::Issue);
    if let Some(level) = labelled.first().and_then(|&at| heads.get(at)).map(|head| head.level) {
        for (at, head) in heads.iter().enumerate() {
            let beside = head.kind == Kind::Other && head.level == level && anchored.contains(&at);
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
    let first = anchored.iter().copied().min();
    let last = anchored.iter().copied().max();
    for at in at_level {
        let Some(head) = heads.get(at) else { continue };
        let between = first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last);
        let told = context.has(context.guide.lists.rights, head.title) || head.number.is_some() || between;
        let alone = anchored.is_empty();
        let explained = has_explanation(context, heads, at);
        if anchored.contains(&at) || (!head.asks && explained && (told || alone)) {
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

/// The headings whose section holds recommendations.
fn anchored(context: &Context<'_>, heads: &[Head]) -> Vec<usize> {
    let mut anchored = Vec::new();
    let levels = Levels::count(heads);
    for (at, head) in heads.iter().enumerate() {
        if head.kind == Kind::Recommendations {
            anchored.extend(enclosing(heads, &levels, at));
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
        let before_list = container.kind == ContainerKind::Document
            && blocks.get(number + 1).is_some_and(|next| context.document.container(next.container).outer_item.is_some());
        let ends_in_colon = context.document.words(block).trim_end().ends_with(':');
        let leads = before_list && ends_in_colon && lead::kind(context, block.words) == Some(Lead::Recommendations);
        let holds = leads || items::strip(context, block.words).is_recommendation || lead::in_sentence(context, block.words).is_some();
        let over = (0..=near).rev().find(|&at| heads.get(at).is_some_and(|head| !is_inner(head.kind)));
        let grouped = over.is_some_and(|at| groups_recommendations(heads, at));
        if holds && !grouped && over.is_some_and(|at| heads.get(at).is_some_and(|head| head.kind == Kind::Other)) {
            anchored.extend(over);
        }
    }
    anchored.sort_unstable();
    anchored.dedup();
    anchored
}

/// Whether a heading only groups the items of a list of recommendations: it stands below a heading that announces them.
fn groups_recommendations(heads: &[Head], at: usize) -> bool {
    let Some(head) = heads.get(at) else { return false };
    let outer = heads.get(..at).unwrap_or_default().iter().rev().find(|outer| outer.level < head.level);
    outer.is_some_and(|outer| outer.kind == Kind::Recommendations)
}

fn is_inner(kind: Kind) -> bool {
    matches!(kind, Kind::Recommendations | Kind::Questions | Kind::Explanation)
}

/// How many headings of some kinds stand on each level.
pub(super) struct Levels {
    recommendations: [usize; 16],
    questions: [usize; 16],
    issues: [usize; 16],
}

impl Levels {
    pub(super) fn count(heads: &[Head]) -> Levels {
        let mut levels = Levels { recommendations: [0; 16], questions: [0; 16], issues: [0; 16] };
        for head in heads {
            let counts = match head.kind {
                Kind::Recommendations => &mut levels.recommendations,
                Kind::Questions => &mut levels.questions,
                Kind::Other | Kind::Issue => &mut levels.issues,
                _ => continue,
            };
            if let Some(count) = counts.get_mut(usize::from(head.level)) {
                *count += 1;
            }
        }
        levels
    }

    pub(super) fn questions(&self, level: u8) -> usize {
        self.questions.get(usize::from(level)).copied().unwrap_or(0)
    }
}

/// The issue to which a heading "Recommendations" belongs: the section around it; or the section before it, where the author puts
/// such a heading after each issue on the same level.
pub(super) fn enclosing(heads: &[Head], levels: &Levels, at: usize) -> Option<usize> {
    let level = heads.get(at)?.level;
    let candidate = |kind: Kind| matches!(kind, Kind::Other | Kind::Issue);
    for before in (0..at).rev() {
        let head = heads.get(before)?;
        if is_inner(head.kind) {
            continue;
        }
        if head.level < level {
            return candidate(head.kind).then_some(before);
        }
        if head.level == level {
            if let Some(outer) = outer_with_one(heads, at, before) {
                return Some(outer);
            }
            let siblings = levels.recommendations.get(usize::from(level)).copied().unwrap_or(0);
            let issues = levels.issues.get(usize::from(level)).copied().unwrap_or(0);
            return (candidate(head.kind) && (siblings > 1 || issues == 1)).then_some(before);
        }
    }
    None
}

/// "# Debt / ## What happens / ## Recommendations": the section around both, if it holds no other heading "Recommendations".
fn outer_with_one(heads: &[Head], at: usize, before: usize) -> Option<usize> {
    let level = heads.get(at)?.level;
    let outer = (0..before).rev().find(|&outer| heads.get(outer).is_some_and(|head| head.level < level))?;
    let head = heads.get(outer).filter(|head| matches!(head.kind, Kind::Other | Kind::Issue))?;
    let inside = heads.iter().skip(outer + 1).take_while(|inner| inner.level > head.level);
    (inside.filter(|inner| inner.kind == Kind::Recommendations).count() == 1).then_some(outer)
}

fn has_explanation(context: &Context<'_>, heads: &[Head], at: usize) -> bool {
    let Some(head) = heads.get(at) else { return false };
    let next = heads.iter().skip(at + 1).find(|next| next.level <= head.level).map_or(usize::MAX, |next| next.block);
    let mut blocks = context.document.blocks.iter().enumerate().skip(head.block + 1).take_while(|&(number, _)| number < next);
    let long = |words: WordRange| context.document.prose.slice(words).split_whitespace().count() >= WORDS_OF_AN_EXPLANATION;
    blocks.any(|(_, block)| block.kind == BlockKind::Paragraph && long(block.words))
}
