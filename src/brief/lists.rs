//! The items of lists: recommendations, questions, groups of them, or plain text.

use crate::markdown::{Block, Container, ContainerId, ContainerKind};
use crate::text::prose::WordRange;

use super::lead::{self, Lead};
use super::roles::{Mode, Walk};
use super::{Context, Role, items};

impl Walk<'_> {
    /// Reads a list item with all that it holds.
    pub(super) fn item(&mut self, number: usize, item: ContainerId) -> usize {
        let context = self.context;
        let document = context.document;
        let list = document.container(item).parent;
        let in_item = |block: &Block| document.container(block.container).outer_item == Some(item);
        let end = number + document.blocks.iter().skip(number).take_while(|block| in_item(block)).count();
        let (mode, lead) = self.list_mode(number, list);
        let blocks: Vec<(usize, Block)> = document.blocks.iter().copied().enumerate().take(end).skip(number).collect();
        let Some(&(_, own)) = blocks.first() else { return end };
        // Below "The State should:" stand a list, or paragraphs that begin with "a)".
        let colon = document.words(&own).trim_end().ends_with(':');
        let marked = |block: &Block| colon && items::strip(context, block.words).words.start > block.words.start;
        let nested: Vec<(usize, Block)> = blocks.iter().skip(1).copied().filter(|(_, block)| block.container != item || marked(block)).collect();
        let stripped = items::strip(context, own.words);
        match mode {
            Mode::Recommendations => self.item_of_recommendations(number, end, &stripped, &own, &nested, lead),
            Mode::Questions => self.item_of_questions(number, end, &stripped, &own, &nested),
            Mode::Plain => self.plain_item(number, end, &stripped, &own, &nested),
        }
        end
    }

    fn roles(&mut self, blocks: std::ops::Range<usize>, role: Role) {
        for block in blocks {
            self.role(block, role);
        }
    }

    /// What a list holds, from the lead-in before it or the heading over it; decided at its first item.
    fn list_mode(&mut self, number: usize, list: ContainerId) -> (Mode, Option<WordRange>) {
        if let Some(&known) = self.lists.get(&list) {
            return known;
        }
        let mut mode = match self.lead {
            Some((_, Lead::Recommendations)) => Mode::Recommendations,
            Some((_, Lead::Questions)) => Mode::Questions,
            Some((_, Lead::Elsewhere)) => Mode::Plain,
            None => self.mode,
        };
        if self.closed.is_some() {
            mode = Mode::Plain;
        }
        if self.context.directives.recommendations(number) {
            mode = Mode::Recommendations;
        }
        let known = (mode, self.lead.map(|(words, _)| words));
        self.lists.insert(list, known);
        known
    }

    fn item_of_recommendations(&mut self, number: usize, end: usize, item: &items::Item, own: &Block, nested: &[(usize, Block)], lead: Option<WordRange>) {
        let context = self.context;
        let text = context.document.prose.slice(own.words).trim_end();
        let before = self.all_heads.partition_point(|head| head.block < number);
        let heading = before.checked_sub(1).and_then(|at| self.all_heads.get(at));
        let combined = heading.is_some_and(|head| context.has(context.guide.lists.heading_questions, head.title));
        if item.is_question || (text.ends_with('?') && combined) {
            self.roles(number..end, Role::Question);
            return self.ask(item.words, item.label);
        }
        if !nested.is_empty() && self.is_group(item, own) {
            return self.grouped_items(number, end, item, own, nested, lead);
        }
        self.roles(number..end, Role::Recommendation);
        // Sub-bullets belong to their parent; a second paragraph of the item gives reasons and does not.
        let last = nested.last().map_or(item.words.end, |(_, block)| block.words.end);
        let words = if nested.is_empty() { item.words } else { items::strip(context, WordRange { start: item.words.start, end: last }).words };
        self.recommend(words, item.label, lead);
    }

    /// Whether an item only names or leads to the items inside it.
    fn is_group(&self, item: &items::Item, own: &Block) -> bool {
        let context = self.context;
        let text = context.document.prose.slice(own.words).trim_end();
        let label_only = item.label.is_none() && text.split_whitespace().count() <= 12 && !items::reads_as_recommendation(context, item.words);
        let leads = text.ends_with(':') && !items::opens_with_verb(context, item.words) && lead::kind(context, own.words) == Some(Lead::Recommendations);
        label_only || leads
    }

    fn grouped_items(&mut self, number: usize, end: usize, item: &items::Item, own: &Block, nested: &[(usize, Block)], lead: Option<WordRange>) {
        let context = self.context;
        if self.issue.is_none() {
            self.open_group(own.words);
        }
        self.role(number, Role::LeadIn);
        self.roles(number + 1..end, Role::Recommendation);
        let mut groups: Vec<(ContainerId, WordRange)> = Vec::new();
        for (_, block) in nested {
            let second = second_item(context, block);
            match groups.last_mut() {
                Some((known, words)) if *known == second && Some(second) != context.document.container(block.container).outer_item => {
                    *words = words.to(block.words);
                }
                _ => groups.push((second, block.words)),
            }
        }
        let lead = if item.words.is_empty() { lead } else { Some(own.words) };
        for (_, words) in groups {
            let item = items::strip(context, words);
            self.recommend(item.words, item.label, lead);
        }
        self.in_group = false;
        self.group = None;
    }

    /// Opens a group of a common list: its recommendations belong to the issue that `name` names.
    pub(super) fn open_group(&mut self, name: WordRange) {
        self.group = self.issue_named(name);
        self.groups.push((name, Vec::new()));
        self.in_group = true;
    }

    /// Items that lead to questions inside them, and items that are questions.
    fn item_of_questions(&mut self, number: usize, end: usize, item: &items::Item, own: &Block, nested: &[(usize, Block)]) {
        let context = self.context;
        let text = context.document.prose.slice(own.words).trim_end();
        if !nested.is_empty() && !text.contains('?') {
            self.role(number, Role::LeadIn);
            for (at, block) in nested {
                self.role(*at, Role::Question);
                let item = items::strip(context, block.words);
                self.ask(item.words, item.label);
            }
            return;
        }
        let first = context.words.numbers(item.words).start;
        let asks = text.contains('?') || context.words.at(context.guide.lists.heading_asks, first).is_some();
        if asks {
            self.roles(number..end, Role::Question);
            self.ask(item.words, item.label);
        }
    }

    fn plain_item(&mut self, number: usize, end: usize, item: &items::Item, own: &Block, nested: &[(usize, Block)]) {
        let context = self.context;
        let text = context.document.prose.slice(own.words).trim_end();
        let closed = self.closed.is_some();
        if item.is_recommendation && !closed {
            self.roles(number..end, Role::Recommendation);
            return self.recommend(item.words, item.label, None);
        }
        let in_issue = self.issue.is_some();
        let one_sentence = !text.contains(". ");
        if text.ends_with('?') && (item.is_question || (in_issue && one_sentence)) {
            self.roles(number..end, Role::Question);
            return self.ask(item.words, item.label);
        }
        let leads = !closed && !nested.is_empty() && text.ends_with(':') && lead::kind(context, own.words) == Some(Lead::Recommendations);
        if leads {
            return self.grouped_items(number, end, item, own, nested, None);
        }
        if closed || !self.in_sentence(number, own.words) {
            for at in number..end {
                if let Some(block) = context.document.blocks.get(at) {
                    self.plain_paragraph(at, block);
                }
            }
        }
    }
}

/// The item inside the outermost item that holds a block.
fn second_item(context: &Context<'_>, block: &Block) -> ContainerId {
    let is_item = |(_, container): &(ContainerId, Container)| container.kind == ContainerKind::Item;
    let items: Vec<ContainerId> = context.document.ancestors(block).filter(is_item).map(|(id, _)| id).collect();
    items.iter().rev().nth(1).or(items.last()).copied().unwrap_or_default()
}
