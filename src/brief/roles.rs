//! Which block plays which role: one walk over the blocks, with the heading and the lead-in that hold where it stands.

use rustc_hash::FxHashMap;

use crate::markdown::{Block, BlockKind, Container, ContainerId, ContainerKind};
use crate::text::prose::WordRange;

use super::headings::{Head, Kind};
use super::lead::{self, Lead};
use super::{Brief, Context, Issue, Question, Recommendation, Role, headings, issues, items, tables};

/// What the items and paragraphs here are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Recommendations,
    Questions,
    Plain,
}

/// Reads the roles of all blocks.
pub(super) fn assign(context: &Context<'_>, heads: &[Head], is_issue: &[bool]) -> Brief {
    let mut walk = Walk::new(context, heads, is_issue);
    let mut number = 0;
    while number < context.document.blocks.len() {
        number = walk.step(number).max(number + 1);
    }
    walk.finish()
}

/// Up to how many titles are compared with a shortened one.
const MOST_TITLES_COMPARED: usize = 64;

pub(super) struct Walk<'a> {
    pub(super) context: &'a Context<'a>,
    heads: FxHashMap<usize, (usize, Head)>,
    all_heads: &'a [Head],
    levels: issues::Levels,
    /// The issues by their titles in small letters, and by their numbers.
    by_title: FxHashMap<String, usize>,
    by_number: FxHashMap<u32, usize>,
    /// The issue that a heading opens.
    issue_of: Vec<Option<usize>>,
    pub(super) brief: Brief,
    pub(super) issue: Option<usize>,
    mode: Mode,
    kind: Kind,
    /// The level of the heading that holds here.
    level: u8,
    issue_level: u8,
    /// The lead-in that stands directly before the next list.
    lead: Option<(WordRange, Lead)>,
    /// What a list was found to be, by its outermost list.
    lists: FxHashMap<ContainerId, (Mode, Option<WordRange>)>,
    /// Whether the section of this mode holds a list, so that its paragraphs are none of the things listed.
    section_has_list: bool,
    /// An issue named by a sub-heading or a group label in a common list.
    group: Option<usize>,
    /// The groups of common lists: what names each, and the recommendations in it.
    groups: Vec<(WordRange, Vec<usize>)>,
    /// Whether the last of them is open.
    in_group: bool,
    /// The level of a heading below which nothing is a recommendation of this brief.
    closed: Option<u8>,
    /// A lead-in that is followed by paragraphs with marks: "(a) …;".
    run: Option<WordRange>,
}

impl<'a> Walk<'a> {
    fn new(context: &'a Context<'a>, heads: &'a [Head], is_issue: &[bool]) -> Walk<'a> {
        let mut issue_list = Vec::new();
        let mut issue_of = Vec::new();
        let mut by_title = FxHashMap::default();
        let mut by_number = FxHashMap::default();
        let mut labelled = false;
        for (head, &is_issue) in heads.iter().zip(is_issue) {
            issue_of.push(is_issue.then_some(issue_list.len()));
            if is_issue {
                by_title.entry(context.document.prose.plain(head.title).to_lowercase()).or_insert(issue_list.len());
                if let Some(number) = head.number {
                    by_number.entry(number).or_insert(issue_list.len());
                }
                labelled |= head.kind == Kind::Issue;
                issue_list.push(Issue { title: head.title, explanation: Vec::new(), recommendations: Vec::new(), questions: Vec::new() });
            }
        }
        // Headings numbered through the whole brief ("III. Children …") do not count the issues.
        if !labelled && !by_number.contains_key(&1) {
            by_number.clear();
        }
        let brief = Brief {
            language: context.words.language,
            frame: context.frame.clone(),
            title: heads.iter().find(|head| head.kind == Kind::Title).map(|head| head.title),
            organisation: None,
            contact: false,
            issues: issue_list,
            recommendations: Vec::new(),
            questions: Vec::new(),
            roles: vec![Role::Other; context.document.blocks.len()],
            unknown_directives: Vec::new(),
        };
        Walk {
            context,
            heads: heads.iter().enumerate().map(|(at, head)| (head.block, (at, *head))).collect(),
            all_heads: heads,
            levels: issues::Levels::count(heads),
            by_title,
            by_number,
            issue_of,
            brief,
            issue: None,
            mode: Mode::Plain,
            kind: Kind::Background,
            level: 0,
            issue_level: 0,
            lead: None,
            lists: FxHashMap::default(),
            section_has_list: false,
            group: None,
            groups: Vec::new(),
            in_group: false,
            closed: None,
            run: None,
        }
    }

    pub(super) fn role(&mut self, block: usize, role: Role) {
        if let Some(slot) = self.brief.roles.get_mut(block) {
            *slot = role;
        }
    }

    /// Reads the block of this number, and the rest of its list item or table with it; gives the number of the next one.
    fn step(&mut self, number: usize) -> usize {
        let context = self.context;
        let Some(block) = context.document.blocks.get(number) else { return number + 1 };
        let container = context.document.container(block.container);
        if context.is_skipped(number) || block.kind == BlockKind::Code {
            self.role(number, Role::Skipped);
            return number + 1;
        }
        if container.footnote {
            self.role(number, Role::Footnote);
            return number + 1;
        }
        if container.quoted {
            self.role(number, Role::Quotation);
            return number + 1;
        }
        if context.directives.recommendations(number) && container.outer_item.is_none() {
            self.mode = Mode::Recommendations;
            self.section_has_list = false;
        }
        if let Some(&(at, head)) = self.heads.get(&number) {
            self.heading(number, at, head);
            return number + 1;
        }
        if matches!(block.kind, BlockKind::Cell { .. }) {
            self.lead = None;
            return tables::read(self, number);
        }
        if let Some(item) = container.outer_item {
            return self.item(number, item);
        }
        self.paragraph(number, block);
        number + 1
    }

    fn heading(&mut self, number: usize, at: usize, head: Head) {
        self.lead = None;
        if head.kind == Kind::Title {
            self.role(number, Role::Title);
            return;
        }
        let role = self.issue_of.get(at).copied().flatten();
        self.role(number, role.map_or(Role::Heading, Role::IssueTitle));
        self.run = None;
        self.closed = self.closed.filter(|&level| head.level > level);
        if self.closed.is_some() {
            // A heading "Recommendations" below "What became of the recommendations of 2021" announces none of ours.
            self.mode = Mode::Plain;
            return;
        }
        self.closed = head.closed.then_some(head.level);
        let inner = matches!(head.kind, Kind::Recommendations | Kind::Questions | Kind::Explanation);
        if let Some(issue) = role {
            self.issue = Some(issue);
            self.issue_level = head.level;
            self.group = None;
            self.mode = Mode::Plain;
        } else if inner {
            self.inner_heading(at, head);
        } else if self.issue.is_some() && head.level > self.issue_level {
            // A sub-heading inside an issue.
            self.mode = Mode::Plain;
        } else if self.mode == Mode::Recommendations && head.level > self.level {
            // A sub-heading inside a common list groups its items by issue.
            self.open_group(head.title);
            self.section_has_list = self.has_list(number);
            return;
        } else {
            self.issue = None;
            self.group = None;
            self.mode = Mode::Plain;
        }
        self.in_group = false;
        self.kind = head.kind;
        self.level = head.level;
        self.section_has_list = self.has_list(number);
        if !head.rest.is_empty()
            && let Some(issue) = role
        {
            self.explain(issue, head.rest);
        }
    }

    fn inner_heading(&mut self, at: usize, head: Head) {
        self.mode = match head.kind {
            Kind::Recommendations => Mode::Recommendations,
            Kind::Questions => Mode::Questions,
            _ => Mode::Plain,
        };
        if head.kind == Kind::Recommendations {
            let enclosing = issues::enclosing(self.all_heads, &self.levels, at);
            self.issue = enclosing.and_then(|at| self.issue_of.get(at).copied().flatten());
        } else if self.issue.is_some() && head.level < self.issue_level {
            self.issue = None;
        } else if head.kind == Kind::Questions && head.level == self.issue_level {
            // Questions on the level of the issues: one block for all, unless each issue has its own.
            if self.levels.questions(head.level) < 2 && self.brief.issues.len() > 1 {
                self.issue = None;
            }
        }
        self.group = None;
    }

    /// Whether a list stands between this heading and the next one.
    fn has_list(&self, number: usize) -> bool {
        let blocks = self.context.document.blocks.iter().enumerate().skip(number + 1);
        let mut section = blocks.take_while(|(at, _)| !self.heads.contains_key(at));
        section.any(|(_, block)| self.context.document.container(block.container).outer_item.is_some())
    }

    fn explain(&mut self, issue: usize, words: WordRange) {
        if let Some(issue) = self.brief.issues.get_mut(issue) {
            issue.explanation.push(words);
        }
    }

    fn paragraph(&mut self, number: usize, block: &Block) {
        let context = self.context;
        let text = context.document.words(block);
        let next = context.document.blocks.get(number + 1);
        let before_list = next.is_some_and(|next| context.document.container(next.container).outer_item.is_some()) && !self.heads.contains_key(&(number + 1));
        let colon = text.trim_end().ends_with(':');
        self.lead = None;
        if before_list && (colon || self.mode != Mode::Plain) {
            self.lead = lead::kind(context, block.words).map(|lead| (block.words, lead));
            if self.lead.is_some() {
                let one_sentence = !text.trim_end().trim_end_matches([':', '.']).contains(". ");
                let explains = !one_sentence && self.issue.is_some() && self.mode == Mode::Plain;
                self.role(number, Role::LeadIn);
                if explains && let Some(issue) = self.issue {
                    self.role(number, Role::Explanation(issue));
                    self.explain(issue, block.words);
                }
                return;
            }
        }
        let item = items::strip(context, block.words);
        let open = self.closed.is_none();
        let marked = item.words.start > block.words.start && item.label.is_none();
        if open && !item.words.is_empty() && (item.is_recommendation || self.run.is_some() && marked) {
            self.role(number, Role::Recommendation);
            return self.recommend(item.words, item.label, self.run);
        }
        self.run = None;
        let one_sentence = text.trim_end().ends_with('?') && !text.contains(". ") && !text.trim_end_matches('?').contains('?');
        if open && text.contains('?') && (item.is_question || (one_sentence && self.issue.is_some())) {
            self.role(number, Role::Question);
            return self.ask(item.words, item.label);
        }
        if open && colon && lead::kind(context, block.words) == Some(Lead::Recommendations) {
            self.run = Some(block.words);
            return self.role(number, Role::LeadIn);
        }
        match self.mode {
            Mode::Recommendations if !self.section_has_list => self.paragraph_of_recommendations(number, block, colon),
            Mode::Questions if text.contains('?') && !self.section_has_list => {
                self.role(number, Role::Question);
                for piece in items::cut_at_marked_lines(context, block.words) {
                    let piece = items::strip(context, piece);
                    self.ask(piece.words, piece.label);
                }
            }
            _ => {
                if !open || !self.in_sentence(number, block.words) {
                    self.plain_paragraph(number, block);
                }
            }
        }
    }

    fn paragraph_of_recommendations(&mut self, number: usize, block: &Block, colon: bool) {
        let context = self.context;
        if self.in_sentence(number, block.words) {
            return;
        }
        self.role(number, Role::LeadIn);
        if colon {
            return;
        }
        for piece in items::cut_at_marked_lines(context, block.words) {
            let item = items::strip(context, piece);
            if item.label.is_some() || items::reads_as_recommendation(context, item.words) {
                self.role(number, Role::Recommendation);
                for piece in self.pieces_of_paragraph(item.words) {
                    self.recommend(piece, item.label, None);
                }
            }
        }
    }

    /// A paragraph is one recommendation, unless semicolons part several that each begin with a verb.
    fn pieces_of_paragraph(&self, words: WordRange) -> Vec<WordRange> {
        let pieces = items::cut_at_semicolons(self.context, words);
        if pieces.len() > 1 && pieces.iter().all(|&piece| items::opens_with_verb(self.context, piece)) { pieces } else { vec![words] }
    }

    fn in_sentence(&mut self, number: usize, words: WordRange) -> bool {
        let Some((lead, pieces)) = lead::in_sentence(self.context, words) else { return false };
        let whole = self.context.document.prose.slice(WordRange { start: words.start, end: lead.start }).trim().is_empty();
        self.role(number, Role::Recommendation);
        if !whole && let Some(issue) = self.issue {
            self.explain(issue, WordRange { start: words.start, end: lead.start });
        }
        for piece in pieces {
            self.recommend(piece, None, Some(lead));
        }
        true
    }

    fn plain_paragraph(&mut self, number: usize, block: &Block) {
        let context = self.context;
        if self.is_contact_line(block) {
            self.brief.contact = true;
            return self.role(number, Role::Contact);
        }
        if let Some(issue) = self.issue {
            self.role(number, Role::Explanation(issue));
            self.explain(issue, block.words);
            return;
        }
        let text = context.document.words(block);
        self.brief.contact |= says_how_to_reach(text);
        let long = text.split_whitespace().count() >= 8;
        let role = match self.kind {
            Kind::Organisation => Role::Organisation,
            Kind::Contact => Role::Contact,
            Kind::Earlier => Role::Earlier,
            Kind::Sources => Role::Sources,
            _ if long && context.has(context.guide.lists.organisation_markers, block.words) => Role::Organisation,
            _ => Role::Other,
        };
        if role == Role::Organisation && long && self.brief.organisation.is_none() {
            self.brief.organisation = Some(block.words);
        }
        self.brief.contact |= role == Role::Contact;
        self.role(number, role);
    }

    /// "Contact: …": a line of its own after the last issue, without a heading.
    fn is_contact_line(&self, block: &Block) -> bool {
        let words = self.context.words;
        let label = words.at(self.context.guide.lists.heading_contact, words.numbers(block.words).start);
        let after = label.map(|hit| self.context.document.prose.slice(WordRange { start: words.range(hit).end, end: block.words.end }));
        after.is_some_and(|after| after.trim_start().starts_with(':'))
    }

    /// Reads a list item with all that it holds.
    fn item(&mut self, number: usize, item: ContainerId) -> usize {
        let context = self.context;
        let document = context.document;
        let list = document.container(item).parent;
        let in_item = |block: &Block| document.container(block.container).outer_item == Some(item);
        let end = number + document.blocks.iter().skip(number).take_while(|block| in_item(block)).count();
        let (mode, lead) = self.list_mode(number, list);
        let blocks: Vec<(usize, Block)> = document.blocks.iter().copied().enumerate().take(end).skip(number).collect();
        let Some(&(_, own)) = blocks.first() else { return end };
        let nested: Vec<(usize, Block)> = blocks.iter().skip(1).copied().filter(|(_, block)| block.container != item).collect();
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
                Some((known, words)) if *known == second => *words = words.to(block.words),
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
    fn open_group(&mut self, name: WordRange) {
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

    /// Adds a recommendation. Its issue is the one around it, or the one that a label, a group or its last words name.
    pub(super) fn recommend(&mut self, words: WordRange, label: Option<WordRange>, lead_in: Option<WordRange>) {
        let words = self.context.document.prose.trim(words);
        if words.is_empty() || self.context.words.numbers(words).is_empty() {
            return;
        }
        let named = || label.and_then(|label| self.issue_named(label)).or(self.group).or_else(|| self.issue_at_end(words));
        let issue = self.issue.or_else(named);
        let at = self.brief.recommendations.len();
        self.brief.recommendations.push(Recommendation { words, issue, lead_in });
        if self.in_group && issue.is_none()
            && let Some((_, members)) = self.groups.last_mut()
        {
            members.push(at);
        }
        if let Some(issue) = issue.and_then(|issue| self.brief.issues.get_mut(issue)) {
            issue.recommendations.push(at);
        }
    }

    pub(super) fn ask(&mut self, words: WordRange, label: Option<WordRange>) {
        let words = self.context.document.prose.trim(words);
        if words.is_empty() {
            return;
        }
        let issue = self.issue.or_else(|| label.and_then(|label| self.issue_named(label))).or_else(|| self.issue_at_end(words));
        let at = self.brief.questions.len();
        self.brief.questions.push(Question { words, issue });
        if let Some(issue) = issue.and_then(|issue| self.brief.issues.get_mut(issue)) {
            issue.questions.push(at);
        }
    }

    /// The issue that some words name: by its label and number, or by its title.
    pub(super) fn issue_named(&self, words: WordRange) -> Option<usize> {
        let (title, number, labelled) = headings::strip_number(self.context, words);
        if let Some(number) = number.filter(|_| labelled) {
            return self.issue_numbered(number);
        }
        let name = self.context.document.prose.plain(title).to_lowercase();
        if name.is_empty() {
            return None;
        }
        if let Some(&issue) = self.by_title.get(&name) {
            return Some(issue);
        }
        // A shortened title; looked for only where the brief has a sensible number of issues, so that the cost stays linear.
        let long = |name: &str| name.chars().count() >= 4;
        let mut near = self.by_title.iter().filter(|(title, _)| long(&name) && title.contains(&name) || long(title) && name.contains(title.as_str()));
        if self.by_title.len() > MOST_TITLES_COMPARED { None } else { near.by_ref().map(|(_, &issue)| issue).min() }
    }

    fn issue_numbered(&self, number: u32) -> Option<usize> {
        let place = (number as usize).checked_sub(1).filter(|&place| place < self.brief.issues.len());
        self.by_number.get(&number).copied().or(place.filter(|_| self.by_number.is_empty()))
    }

    /// "… by June 2028 (Issue 1)."
    fn issue_at_end(&self, words: WordRange) -> Option<usize> {
        let numbers = self.context.words.numbers(words);
        let end = numbers.end.saturating_sub(4).max(numbers.start)..numbers.end;
        let label = self.context.words.hits(end).find(|hit| hit.list == self.context.guide.lists.issue_labels)?;
        let number = self.context.words.word(label.last)?.range();
        headings::counter(self.context.document.prose.slice(number)).and_then(|number| self.issue_numbered(number))
    }

    /// Groups whose names are no issue's: each belongs to the issue with which it shares words; else, if there are as many groups as
    /// issues, to the one in its place.
    fn finish(mut self) -> Brief {
        let as_many = self.groups.len() == self.brief.issues.len();
        for (place, (name, members)) in std::mem::take(&mut self.groups).into_iter().enumerate() {
            if members.is_empty() {
                continue;
            }
            let Some(issue) = self.most_alike(name).or(as_many.then_some(place)) else { continue };
            for member in members {
                if let Some(recommendation) = self.brief.recommendations.get_mut(member) {
                    recommendation.issue = Some(issue);
                }
                if let Some(issue) = self.brief.issues.get_mut(issue) {
                    issue.recommendations.push(member);
                }
            }
        }
        for issue in &mut self.brief.issues {
            issue.recommendations.sort_unstable();
        }
        self.brief
    }

    /// The one issue whose title shares the most words with a name; endings make no difference.
    fn most_alike(&self, name: WordRange) -> Option<usize> {
        const LETTERS: usize = 5;
        let stems = |words: WordRange| -> Vec<String> {
            let plain = self.context.document.prose.plain(words).to_lowercase();
            let long = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4);
            long.map(|word| word.chars().take(LETTERS).collect()).collect()
        };
        if self.brief.issues.len() > MOST_TITLES_COMPARED {
            return None;
        }
        let name = stems(name);
        let shared = self.brief.issues.iter().map(|issue| stems(issue.title).iter().filter(|stem| name.contains(stem)).count());
        let counts: Vec<usize> = shared.collect();
        let most = counts.iter().copied().max().filter(|&most| most > 0)?;
        let mut best = counts.iter().enumerate().filter(|&(_, &count)| count == most).map(|(issue, _)| issue);
        let first = best.next();
        first.filter(|_| best.next().is_none())
    }

    /// Opens an issue that has no heading: a row of a table.
    pub(super) fn open_issue(&mut self, title: WordRange) -> usize {
        let issue = self.brief.issues.len();
        self.by_title.entry(self.context.document.prose.plain(title).to_lowercase()).or_insert(issue);
        self.brief.issues.push(Issue { title, explanation: Vec::new(), recommendations: Vec::new(), questions: Vec::new() });
        issue
    }

    pub(super) fn explain_row(&mut self, issue: usize, words: WordRange) {
        self.explain(issue, words);
    }

    pub(super) fn mode(&self) -> Mode {
        self.mode
    }
}

/// The item inside the outermost item that holds a block.
fn second_item(context: &Context<'_>, block: &Block) -> ContainerId {
    let is_item = |(_, container): &(ContainerId, Container)| container.kind == ContainerKind::Item;
    let items: Vec<ContainerId> = context.document.ancestors(block).filter(is_item).map(|(id, _)| id).collect();
    items.iter().rev().nth(1).or(items.last()).copied().unwrap_or_default()
}

/// An e-mail address, a telephone number or a web address of the authors.
fn says_how_to_reach(text: &str) -> bool {
    let email = text.split_whitespace().any(|word| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')));
    let mut digits = 0;
    let telephone = text.split('+').skip(1).any(|rest| {
        digits = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')' | '.')).filter(char::is_ascii_digit).count();
        digits >= 7
    });
    email || telephone || text.contains("http://") || text.contains("https://") || text.contains("www.")
}
