//! Briefs, or their recommendations, as a table: one row an issue, or one row a recommendation.

use crate::markdown::{Block, BlockKind, ContainerId, ContainerKind};
use crate::text::prose::WordRange;

use super::headings::{self, Kind};
use super::roles::{Mode, Walk};
use super::{Role, items};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Issue,
    Recommendations,
    Questions,
    Deadline,
    Number,
    Text,
}

/// Reads the table to which the block of this number belongs; gives the number of the block after it.
pub(super) fn read(walk: &mut Walk<'_>, number: usize) -> usize {
    let document = walk.context.document;
    let Some(first) = document.blocks.get(number) else { return number + 1 };
    let table = table_of(walk, first);
    let end = number + document.blocks.iter().skip(number).take_while(|block| table_of(walk, block) == table).count();
    let cells: Vec<(usize, Block)> = document.blocks.iter().copied().enumerate().take(end).skip(number).collect();
    if let Some(rows) = form(walk, &cells) {
        read_form(walk, &rows);
        return end.max(number + 1);
    }
    let columns = columns(walk, &cells);
    if !columns.iter().any(|column| matches!(column, Column::Recommendations | Column::Questions)) {
        for (at, block) in cells {
            let role = walk.issue.map_or(Role::Other, Role::Explanation);
            walk.role(at, role);
            if let Some(issue) = walk.issue.filter(|_| !is_heading(&block)) {
                walk.explain_row(issue, block.words);
            }
        }
        return end;
    }
    let mut rest = cells.as_slice();
    while let Some((_, first)) = rest.first() {
        let width = rest.iter().take_while(|(_, block)| block.container == first.container).count();
        let (row, after) = rest.split_at(width);
        if is_heading(first) {
            for (at, _) in row {
                walk.role(*at, Role::Heading);
            }
        } else {
            read_row(walk, row, &columns);
        }
        rest = after;
    }
    end.max(number + 1)
}

/// A row of a form: the number and block of its two cells.
type FormRow = ((usize, Block), (usize, Block));

/// The rows of a table of two columns whose first column says what stands in the second ("Issue 1 | …", "Recommendations | …").
fn form(walk: &Walk<'_>, cells: &[(usize, Block)]) -> Option<Vec<FormRow>> {
    let mut rows = Vec::new();
    for pair in cells.chunks(2) {
        let [first, second] = pair else { return None };
        let wider = rows.last().is_some_and(|(_, (_, before)): &FormRow| before.container == first.1.container);
        if first.1.container != second.1.container || wider {
            return None;
        }
        rows.push((*first, *second));
    }
    let recommends = rows.iter().skip(1).any(|((_, label), _)| headings::kind_of(walk.context, label.words) == Kind::Recommendations);
    (recommends && cells.len() > 2).then_some(rows)
}

/// Reads a form: one issue, with its parts named in the first column.
fn read_form(walk: &mut Walk<'_>, rows: &[FormRow]) {
    let context = walk.context;
    let outer = walk.issue;
    for ((label_at, label), (at, block)) in rows {
        walk.role(*label_at, Role::Heading);
        let (_, _, labelled) = headings::strip_number(context, label.words);
        match headings::kind_of(context, label.words) {
            Kind::Recommendations => read_recommendations(walk, *at, block.words, None),
            Kind::Questions => read_questions(walk, *at, block.words),
            kind if (labelled || kind == Kind::Issues) && outer.is_none() => {
                let issue = walk.open_issue(block.words);
                walk.issue = Some(issue);
                walk.role(*at, Role::IssueTitle(issue));
            }
            _ => {
                if let Some(issue) = walk.issue {
                    walk.role(*at, Role::Explanation(issue));
                    walk.explain_row(issue, block.words);
                }
            }
        }
    }
    walk.issue = outer;
}

fn read_recommendations(walk: &mut Walk<'_>, at: usize, words: WordRange, deadline: Option<WordRange>) {
    let context = walk.context;
    walk.role(at, Role::Recommendation);
    for piece in items::cut_at_marked_lines(context, words) {
        let item = items::strip(context, piece);
        let pieces = items::cut_at_semicolons(context, item.words);
        let run = pieces.len() > 1 && pieces.iter().all(|&piece| items::opens_with_verb(context, piece));
        for words in if run { pieces } else { vec![item.words] } {
            walk.recommend(words, item.label, deadline);
        }
    }
}

fn read_questions(walk: &mut Walk<'_>, at: usize, words: WordRange) {
    let context = walk.context;
    walk.role(at, Role::Question);
    for piece in items::cut_at_marked_lines(context, words) {
        let item = items::strip(context, piece);
        walk.ask(item.words, item.label);
    }
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Cell { heading: true, .. })
}

fn table_of(walk: &Walk<'_>, block: &Block) -> Option<ContainerId> {
    let mut ancestors = walk.context.document.ancestors(block);
    ancestors.find(|(_, container)| container.kind == ContainerKind::Table).map(|(id, _)| id)
}

fn columns(walk: &Walk<'_>, cells: &[(usize, Block)]) -> Vec<Column> {
    let context = walk.context;
    let heads = cells.iter().filter(|(_, block)| is_heading(block));
    let mut columns: Vec<Column> = heads
        .map(|(_, block)| match headings::kind_of(context, block.words) {
            Kind::Recommendations => Column::Recommendations,
            Kind::Questions => Column::Questions,
            Kind::Deadline => Column::Deadline,
            Kind::Issues => Column::Issue,
            _ if context.has(context.guide.lists.issue_labels, block.words) => Column::Issue,
            _ if context.document.words(block).chars().filter(|c| c.is_alphanumeric()).count() < 4 => Column::Number,
            _ => Column::Text,
        })
        .collect();
    let has_issue = columns.contains(&Column::Issue);
    let recommends = columns.contains(&Column::Recommendations);
    // A first column without a name that we know names the issue, if recommendations stand in another one.
    if let Some(first) = columns.iter_mut().find(|column| **column != Column::Number)
        && !has_issue
        && recommends
        && *first == Column::Text
        && walk.issue.is_none()
        && walk.mode() == Mode::Plain
    {
        *first = Column::Issue;
    }
    columns
}

fn read_row(walk: &mut Walk<'_>, row: &[(usize, Block)], columns: &[Column]) {
    let context = walk.context;
    let cell = |wanted: Column| {
        let mut cells = row.iter().filter(move |(_, block)| column_of(block, columns) == wanted && !block.words.is_empty());
        cells.next().copied()
    };
    let outer = walk.issue;
    if let Some((at, block)) = cell(Column::Issue)
        && outer.is_none()
    {
        let (title, _, _) = headings::strip_number(context, block.words);
        let known = walk.issue_named(block.words);
        let issue = known.unwrap_or_else(|| walk.open_issue(title));
        walk.issue = Some(issue);
        walk.role(at, Role::IssueTitle(issue));
    }
    let deadline: Option<WordRange> = cell(Column::Deadline).map(|(_, block)| block.words);
    for (at, block) in row {
        match column_of(block, columns) {
            Column::Recommendations => read_recommendations(walk, *at, block.words, deadline),
            Column::Questions => read_questions(walk, *at, block.words),
            Column::Text => {
                if let Some(issue) = walk.issue {
                    walk.role(*at, Role::Explanation(issue));
                    walk.explain_row(issue, block.words);
                }
            }
            Column::Deadline => walk.role(*at, Role::LeadIn),
            Column::Issue | Column::Number => {}
        }
    }
    walk.issue = outer;
}

fn column_of(block: &Block, columns: &[Column]) -> Column {
    let BlockKind::Cell { column, .. } = block.kind else { return Column::Text };
    columns.get(usize::from(column)).copied().unwrap_or(Column::Text)
}
