//! Which block plays which role: one walk over the blocks, with the heading and the lead-in that hold where it stands.

use rustc_hash::FxHashMap;

use crate::markdown::{Block, BlockKind, ContainerId};
use crate::text::prose::WordRange;

use super::asks::Asks;
use super::headings::{Head, Kind};
use super::issues::Sections;
use super::lead::{self, Lead};
use super::{Brief, Context, Issue, Role, issues, items, tables};

/// What the items and paragraphs here are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Recommendations,
    Questions,
    Plain,
}

/// Reads the roles of all blocks.
pub(super) fn assign(context: &Context<'_>, heads: &[Head], sections: &Sections, is_issue: &[bool]) -> Brief {
    let mut walk = Walk::new(context, heads, sections, is_issue);
    let mut number = 0;
    while number < context.document.blocks.len() {
        number = walk.step(number).max(number + 1);
    }
    walk.finish()
}

pub(super) struct Walk<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) heads: FxHashMap<usize, (usize, Head)>,
    pub(super) all_heads: &'a [Head],
    pub(super) sections: &'a Sections,
    /// The issues by their titles in small letters, and by their numbers.
    pub(super) by_title: FxHashMap<String, usize>,
    pub(super) by_number: FxHashMap<u32, usize>,
    /// The issue that a heading opens.
    pub(super) issue_of: Vec<Option<usize>>,
    pub(super) brief: Brief,
    pub(super) issue: Option<usize>,
    pub(super) mode: Mode,
    pub(super) kind: Kind,
    /// The level of the heading that holds here.
    pub(super) level: u8,
    pub(super) issue_level: u8,
    /// The lead-in that stands directly before the next list.
    pub(super) lead: Option<(WordRange, Lead)>,
    /// What a list was found to be, by its outermost list.
    pub(super) lists: FxHashMap<ContainerId, (Mode, Option<WordRange>)>,
    /// Whether the section of this mode holds a list, so that its paragraphs are none of the things listed.
    pub(super) section_has_list: bool,
    /// An issue named by a sub-heading or a group label in a common list.
    pub(super) group: Option<usize>,
    /// The groups of common lists: what names each, and the recommendations in it.
    pub(super) groups: Vec<(WordRange, Vec<usize>)>,
    /// Whether the last of them is open.
    pub(super) in_group: bool,
    /// The level of a heading below which nothing is a recommendation of this brief.
    pub(super) closed: Option<u8>,
    /// A lead-in that is followed by paragraphs with marks: "(a) …;".
    pub(super) run: Option<WordRange>,
}

impl<'a> Walk<'a> {
    fn new(context: &'a Context<'a>, heads: &'a [Head], sections: &'a Sections, is_issue: &[bool]) -> Walk<'a> {
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
            consent: false,
            contact: false,
            issues: issue_list,
            recommendations: Vec::new(),
            questions: Vec::new(),
            roles: vec![Role::Other; context.document.blocks.len()],
            asks: Asks::default(),
            unknown_directives: Vec::new(),
        };
        Walk {
            context,
            heads: heads.iter().enumerate().map(|(at, head)| (head.block, (at, *head))).collect(),
            all_heads: heads,
            sections,
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
            let enclosing = issues::enclosing(self.all_heads, self.sections, at);
            self.issue = enclosing.and_then(|at| self.issue_of.get(at).copied().flatten());
        } else if self.issue.is_some() && head.level < self.issue_level {
            self.issue = None;
        } else if head.kind == Kind::Questions && head.level == self.issue_level {
            // Questions on the level of the issues: one block for all, unless each issue has its own.
            if self.sections.questions(head.level) < 2 && self.brief.issues.len() > 1 {
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

    pub(super) fn explain(&mut self, issue: usize, words: WordRange) {
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
                // “Recommendations. The Government should:” is one sentence behind its label.
                let sentence = context.document.prose.slice(items::strip(context, block.words).words);
                let one_sentence = !sentence.trim_end().trim_end_matches([':', '.']).contains(". ");
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
            for piece in items::cut_at_marked_lines(context, block.words) {
                let item = items::strip(context, piece);
                self.recommend(item.words, item.label, self.run);
            }
            return;
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
                if open && self.issue.is_some() && lead::is_a_demand(context, block.words) {
                    self.role(number, Role::Recommendation);
                    return self.recommend(item.words, item.label, None);
                }
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
            let marked = item.words.start > piece.start;
            if item.label.is_some() || marked || items::reads_as_recommendation(context, item.words) {
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

    pub(super) fn in_sentence(&mut self, number: usize, words: WordRange) -> bool {
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

    pub(super) fn plain_paragraph(&mut self, number: usize, block: &Block) {
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
        let long = || context.document.prose.has_words(block.words, 8);
        let role = match self.kind {
            Kind::Organisation => Role::Organisation,
            Kind::Contact => Role::Contact,
            Kind::Earlier => Role::Earlier,
            Kind::Sources => Role::Sources,
            _ if self.describes_authors(block) && long() => Role::Organisation,
            _ => Role::Other,
        };
        if role == Role::Organisation && self.brief.organisation.is_none() && long() {
            self.brief.organisation = Some(block.words);
        }
        self.brief.contact |= role == Role::Contact;
        self.role(number, role);
    }

    fn describes_authors(&self, block: &Block) -> bool {
        let lists = &self.context.guide.lists;
        self.context.has(lists.organisation_markers, block.words) || self.context.has(lists.organisation_descriptions, block.words)
    }

    /// "Contact: …": a line of its own after the last issue, without a heading.
    fn is_contact_line(&self, block: &Block) -> bool {
        let words = self.context.words;
        let label = words.at(self.context.guide.lists.heading_contact, words.numbers(block.words).start);
        let after = label.map(|hit| self.context.document.prose.slice(WordRange { start: words.range(hit).end, end: block.words.end }));
        after.is_some_and(|after| after.trim_start().starts_with(':'))
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

/// An e-mail address, a telephone number or a web address of the authors.
fn says_how_to_reach(text: &str) -> bool {
    let email =
        text.contains('@') && text.split_whitespace().any(|word| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')));
    let mut digits = 0;
    let telephone = text.split('+').skip(1).any(|rest| {
        digits = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')' | '.')).filter(char::is_ascii_digit).count();
        digits >= 7
    });
    email || telephone || text.contains("http://") || text.contains("https://") || text.contains("www.")
}
