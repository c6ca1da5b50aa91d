//! Which blocks are headings, and what each announces.
//!
//! Besides Markdown headings, a line that is wholly bold, a short line that announces recommendations or questions
//! ("Recommendations:"), and a line that begins with an issue's label ("Issue 2: Detention") are headings too.

use crate::markdown::{Block, BlockKind, ContainerKind};
use crate::text::prose::{MarkKind, WordRange};
use crate::words::{ListId, Word};

use super::Context;

/// What a heading announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The brief itself.
    Title,
    /// Recommendations of this brief.
    Recommendations,
    /// Recommendations of earlier reviews, and what became of them.
    Earlier,
    Questions,
    Organisation,
    Contact,
    Sources,
    /// Introduction, context, method and other sections that are no issue.
    Background,
    /// The issues that follow.
    Issues,
    /// A section that says itself that it is an issue.
    Issue,
    /// The explanation inside an issue.
    Explanation,
    /// The deadlines of a table.
    Deadline,
    /// Anything else: an issue, if the rest of the brief bears it out.
    Other,
}

/// A heading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// The number of the block.
    pub(super) block: usize,
    /// 1 to 6 for a Markdown heading, more for a line that only looks like one.
    pub(super) level: u8,
    pub(super) kind: Kind,
    /// The title without number and label.
    pub(super) title: WordRange,
    /// What follows in the same paragraph ("**Issue 1.** Children are …"); empty for a heading of its own.
    pub(super) rest: WordRange,
    /// The number that it carries.
    pub(super) number: Option<u32>,
    /// Whether it asks something ("What we ask of you") and so hardly names an issue.
    pub(super) asks: bool,
    /// Whether nothing below it is a recommendation of this brief: the author says that it is no issue, or it is about the
    /// authors, about earlier reviews or about sources.
    pub(super) closed: bool,
}

const BOLD_LINE: u8 = 7;
const PLAIN_LINE: u8 = 8;
const WORDS_OF_A_BOLD_LINE: usize = 18;
const WORDS_OF_A_PLAIN_LINE: usize = 8;
const WORDS_OF_A_NUMBERED_TITLE: usize = 12;

/// The headings of a document, in order.
pub(super) fn find(context: &Context<'_>) -> Vec<Head> {
    let blocks = context.document.blocks.iter().enumerate();
    let mut heads: Vec<Head> = blocks.filter_map(|(number, block)| head(context, number, block)).collect();
    if let Some(title) = title(context, &heads)
        && let Some(head) = heads.get_mut(title)
    {
        head.kind = Kind::Title;
    }
    heads
}

/// The first Markdown heading of level 1; without one, a heading or bold line with which the document begins.
fn title(context: &Context<'_>, heads: &[Head]) -> Option<usize> {
    let first = heads.iter().position(|head| head.level == 1);
    let any_other = |at: usize| matches!(heads.get(at).map(|head| head.kind), Some(Kind::Other | Kind::Background | Kind::Recommendations));
    if let Some(first) = first {
        return any_other(first).then_some(first);
    }
    let head = heads.first().filter(|head| head.block == 0 && head.rest.is_empty() && any_other(0))?;
    let about_review = context.has(context.guide.lists.review_words, head.title) || context.has(context.guide.lists.states, head.title);
    (head.level >= BOLD_LINE || about_review).then_some(0)
}

fn head(context: &Context<'_>, number: usize, block: &Block) -> Option<Head> {
    let container = context.document.container(block.container);
    if context.is_skipped(number) || container.quoted || container.footnote {
        return None;
    }
    if let BlockKind::Heading(level) = block.kind {
        return Some(classify(context, number, level, block.words, empty_at(block.words.end)));
    }
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    if container.kind == ContainerKind::Item {
        return is_numbered_title(context, number, block).then(|| classify(context, number, PLAIN_LINE, block.words, empty_at(block.words.end)));
    }
    if container.kind != ContainerKind::Document {
        return None;
    }
    let prose = &context.document.prose;
    let text = prose.slice(block.words);
    let longer_than = |words: usize| prose.has_words(block.words, words + 1);
    let mark = prose.marks(block.words).find(|mark| matches!(mark.kind, MarkKind::Strong | MarkKind::Emphasis));
    let opening = mark.filter(|mark| prose.slice(WordRange { start: block.words.start, end: mark.words.start }).trim().is_empty());
    if let Some(mark) = opening {
        let rest = prose.trim(WordRange { start: mark.words.end, end: block.words.end });
        let rest_text = prose.slice(rest).trim_start_matches([':', '.', ' ']);
        if rest_text.is_empty() && !longer_than(WORDS_OF_A_BOLD_LINE) {
            let kept = classify(context, number, BOLD_LINE, block.words, empty_at(block.words.end));
            // A line in italics is a heading only if it announces something.
            let announces = mark.kind == MarkKind::Strong || !matches!(kept.kind, Kind::Other | Kind::Background);
            return announces.then_some(kept);
        }
        if mark.kind == MarkKind::Strong && !prose.has_words(mark.words, WORDS_OF_A_BOLD_LINE + 1) {
            let head = classify(context, number, BOLD_LINE, mark.words, rest);
            return (head.kind == Kind::Issue).then_some(head);
        }
        return None;
    }
    let first_line = text.lines().next().unwrap_or_default();
    if !text.trim_end().ends_with(['.', ';', ',', '?', '!']) && !longer_than(WORDS_OF_A_PLAIN_LINE) {
        let head = classify(context, number, PLAIN_LINE, block.words, empty_at(block.words.end));
        return matches!(head.kind, Kind::Recommendations | Kind::Questions | Kind::Issue).then_some(head);
    }
    let labelled_line = !first_line.trim_end().ends_with(['.', ';', ',']) && first_line.split_whitespace().nth(14).is_none();
    if labelled_line {
        let line = WordRange { start: block.words.start, end: block.words.start + first_line.len() as u32 };
        let head = classify(context, number, PLAIN_LINE, line, prose.trim(WordRange { start: line.end, end: block.words.end }));
        return (head.kind == Kind::Issue && head.number.is_some()).then_some(head);
    }
    None
}

/// "2. Death penalty" alone between paragraphs: Markdown takes it for a list of one item, the author meant a title.
fn is_numbered_title(context: &Context<'_>, number: usize, block: &Block) -> bool {
    let document = context.document;
    let list = document.container(document.container(block.container).parent);
    let numbered = matches!(list.kind, ContainerKind::List(Some(_))) && list.parent == crate::markdown::ContainerId(0);
    let neighbour = |at: Option<usize>| at.and_then(|at| document.blocks.get(at));
    let plain = |block: &Block| block.kind == BlockKind::Paragraph && document.container(block.container).kind == ContainerKind::Document;
    let after = neighbour(Some(number + 1)).is_some_and(plain);
    let before = neighbour(number.checked_sub(1)).is_none_or(|before| plain(before) && !document.words(before).trim_end().ends_with(':'));
    let text = document.words(block).trim_end();
    let short = !document.prose.has_words(block.words, WORDS_OF_A_NUMBERED_TITLE + 1);
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    numbered && before && after && capital && short && !text.ends_with(['.', ';', ',', ':', '?', '!'])
}

fn empty_at(at: u32) -> WordRange {
    WordRange { start: at, end: at }
}

fn classify(context: &Context<'_>, block: usize, level: u8, words: WordRange, rest: WordRange) -> Head {
    let (title, number, labelled) = strip_number(context, words);
    let forced = context.directives.heading(block);
    let kind = forced.unwrap_or_else(|| if labelled { Kind::Issue } else { kind_of(context, title) });
    let first = context.words.numbers(title).start;
    let asks = context.words.at(context.guide.lists.heading_asks, first).is_some();
    let elsewhere = matches!(kind, Kind::Earlier | Kind::Organisation | Kind::Contact | Kind::Sources);
    Head { block, level, kind, title, rest, number, asks, closed: forced == Some(Kind::Background) || elsewhere }
}

/// The title without "1.", "II.", "A)" or "Issue 3:", the number, and whether a label says that it is an issue.
pub(super) fn strip_number(context: &Context<'_>, words: WordRange) -> (WordRange, Option<u32>, bool) {
    let prose = &context.document.prose;
    let title = trim_title(context, words);
    if let Some(number) = counter(prose.slice(title)) {
        return (title, Some(number), true);
    }
    let numbers = context.words.numbers(title);
    let after = |end: u32| trim_title(context, WordRange { start: end, end: title.end });
    if let Some(label) = context.words.at(context.guide.lists.issue_labels, numbers.start) {
        let label_end = context.words.range(label).end;
        let next = counted(context, label.last).filter(|word| word.range().end <= title.end);
        let number = next.and_then(|word| counter(prose.slice(word.range())));
        if let (Some(number), Some(word)) = (number, next) {
            let rest = after(word.range().end);
            let title = if rest.is_empty() { title } else { rest };
            return (title, Some(number), true);
        }
        let follows = prose.slice(WordRange { start: label_end, end: title.end }).trim_start();
        if follows.starts_with(':') {
            return (after(label_end), None, true);
        }
    }
    if let Some(first) = context.words.word(numbers.start) {
        let word = prose.slice(first.range());
        let follows = prose.slice(WordRange { start: first.range().end, end: title.end });
        let punctuated = follows.starts_with(['.', ')', ':']) || follows.trim_start().starts_with(['–', '—', '-']);
        if let Some(number) = counter(word).filter(|_| punctuated || word.chars().all(|c| c.is_ascii_digit()) && follows.starts_with(' ') && word.len() < 3) {
            let rest = after(first.range().end);
            if !rest.is_empty() {
                return (rest, Some(number), false);
            }
        }
    }
    (title, None, false)
}

/// The word after a label that can be its number, past "No." and "n°".
pub(super) fn counted(context: &Context<'_>, after: u32) -> Option<Word> {
    let text = |at: u32| context.words.word(at).map_or("", |word| context.document.prose.slice(word.range()));
    let abbreviation = matches!(text(after).to_lowercase().as_str(), "no" | "n" | "nº" | "nr" | "num" | "núm");
    let numbered = abbreviation && text(after + 1).chars().all(|c| c.is_ascii_digit()) && !text(after + 1).is_empty();
    if numbered { context.words.word(after + 1) } else { context.words.word(after).filter(|word| word.is_joined()) }
}

fn trim_title(context: &Context<'_>, words: WordRange) -> WordRange {
    let prose = &context.document.prose;
    let text = prose.slice(words);
    let edge = |c: char| c.is_whitespace() || matches!(c, ':' | '.' | ')' | '–' | '—' | '-' | '*');
    let start = words.start + (text.len() - text.trim_start_matches(|c| edge(c) || c == '(').len()) as u32;
    let end_edge = |c: char| c.is_whitespace() || matches!(c, ':' | '.' | '–' | '—' | '-');
    let end = words.end - (text.len() - text.trim_end_matches(end_edge).len()) as u32;
    WordRange { start, end: end.max(start) }
}

/// A number, a Roman numeral up to 20 or a single letter.
pub(super) fn counter(word: &str) -> Option<u32> {
    const ROMAN: [&str; 20] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"];
    if let Ok(number) = word.parse::<u32>() {
        return (number < 1000).then_some(number);
    }
    if let Some(place) = ROMAN.iter().position(|roman| *roman == word) {
        return Some(place as u32 + 1);
    }
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => Some(u32::from(letter.to_ascii_lowercase()) - u32::from('a') + 1),
        _ => None,
    }
}

/// What a heading of these words announces.
pub(super) fn kind_of(context: &Context<'_>, title: WordRange) -> Kind {
    let guide = &context.guide.lists;
    let numbers = context.words.numbers(title);
    let has = |list: ListId| context.has(list, title);
    // "Our key recommendations": the word that tells may stand first, or after any of the small words.
    let mut starts = vec![numbers.start];
    while let Some(hit) = starts.last().and_then(|&at| context.words.at(guide.heading_qualifiers, at)) {
        starts.push(hit.last);
    }
    let begins = |list: ListId| starts.iter().find_map(|&at| context.words.at(list, at)).filter(|hit| hit.last <= numbers.end);
    if let Some(hit) = begins(guide.heading_recommendations) {
        return if is_earlier(context, title, hit.last) { Kind::Earlier } else { Kind::Recommendations };
    }
    if begins(guide.heading_questions).is_some() {
        return Kind::Questions;
    }
    if has(guide.heading_earlier) {
        return Kind::Earlier;
    }
    let whole = |list: ListId| begins(list).is_some_and(|hit| numbers.end.saturating_sub(hit.last) <= 4);
    if whole(guide.heading_issues) {
        return Kind::Issues;
    }
    if begins(guide.heading_organisation).is_some() {
        return Kind::Organisation;
    }
    if whole(guide.heading_contact) {
        return Kind::Contact;
    }
    if whole(guide.heading_sources) {
        return Kind::Sources;
    }
    if whole(guide.heading_explanation) {
        return Kind::Explanation;
    }
    if whole(guide.heading_deadline) {
        return Kind::Deadline;
    }
    if begins(guide.heading_background).is_some() {
        return Kind::Background;
    }
    // "What became of the recommendations of 2021": speaks of recommendations, and of the past.
    let recommendations = context.words.of(guide.heading_recommendations, title).next();
    if recommendations.is_some_and(|hit| is_earlier(context, title, hit.last)) {
        return Kind::Earlier;
    }
    Kind::Other
}

/// Whether a heading speaks of recommendations of an earlier review: by its words, or by a year after them.
fn is_earlier(context: &Context<'_>, title: WordRange, after: u32) -> bool {
    let rest = context.words.between(after..context.words.numbers(title).end.max(after));
    if context.has(context.guide.lists.heading_earlier, title) || context.has(context.guide.lists.lead_elsewhere, rest) {
        return true;
    }
    let review = context.frame.review.map(|review| review.date.year());
    let mut later = context.words.numbers(title).skip_while(|&number| number < after);
    later.any(|number| {
        let word = context.words.word(number).map_or("", |word: Word| context.document.prose.slice(word.range()));
        let year = (word.len() == 4).then(|| word.parse::<u16>().ok()).flatten();
        year.is_some_and(|year| (2006..2100).contains(&year) && review.is_none_or(|review| year < review))
    })
}
