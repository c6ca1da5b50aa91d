//! From blocks to a brief: its State and review, its issues, recommendations and questions.
//!
//! Any document gives a brief; an odd one has empty parts. What a recommendation says is not looked at here (that is
//! `language`), only where it stands and which words are its own.

pub mod asks;
pub mod date;
mod directives;
pub mod guide;
mod headings;
mod issues;
mod items;
pub mod keys;
mod lead;
mod links;
mod lists;
mod metadata;
pub mod review;
mod roles;
mod tables;

use crate::markdown::Document;
use crate::text::prose::WordRange;
use crate::text::{Source, Span};
use crate::words::{Language, Lexicon, ListId, Words};

use asks::Asks;
use directives::Directives;
use guide::Guide;
use review::{Review, TimeFrame};

/// A brief.
#[derive(Debug)]
pub struct Brief {
    /// The language in which it is read.
    pub language: Language,
    /// State, session, review and limit.
    pub frame: TimeFrame,
    /// Its title.
    pub title: Option<WordRange>,
    /// The paragraph that says who the authors are.
    pub organisation: Option<WordRange>,
    /// Whether it says how the authors can be reached.
    pub contact: bool,
    /// Whether its front matter says that those whom it names or quotes agree to it.
    pub consent: bool,
    /// Its issues, in order.
    pub issues: Vec<Issue>,
    /// Its recommendations, in order.
    pub recommendations: Vec<Recommendation>,
    /// Its questions to the State under review, in order.
    pub questions: Vec<Question>,
    /// The role of each block of the document.
    pub roles: Vec<Role>,
    /// What it asks of the program in its front matter.
    pub asks: Asks,
    /// Comments that begin with `upr:` but say nothing that is known.
    pub unknown_directives: Vec<Span>,
}

/// An issue.
#[derive(Debug)]
pub struct Issue {
    /// Its title without number and label.
    pub title: WordRange,
    /// The paragraphs that explain it.
    pub explanation: Vec<WordRange>,
    /// Its recommendations, by their place in the brief.
    pub recommendations: Vec<usize>,
    /// Its questions, by their place in the brief.
    pub questions: Vec<usize>,
}

/// A recommendation.
#[derive(Clone, Copy, Debug)]
pub struct Recommendation {
    /// Its own words, without mark, number, label and lead-in.
    pub words: WordRange,
    /// The issue to which it belongs, by its place in the brief.
    pub issue: Option<usize>,
    /// The words that led to it, which may hold its deadline.
    pub lead_in: Option<WordRange>,
}

/// A question to the State under review.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Its words.
    pub words: WordRange,
    /// The issue to which it belongs, by its place in the brief.
    pub issue: Option<usize>,
}

/// The part that a block plays in a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The title.
    Title,
    /// A heading.
    Heading,
    /// The title of the issue of this number.
    IssueTitle(usize),
    /// Part of the explanation of the issue of this number.
    Explanation(usize),
    /// One or more recommendations.
    Recommendation,
    /// Words that lead to recommendations or questions.
    LeadIn,
    /// One or more questions.
    Question,
    /// Who the authors are.
    Organisation,
    /// How they can be reached.
    Contact,
    /// Recommendations of earlier reviews.
    Earlier,
    /// Sources and notes.
    Sources,
    /// A footnote.
    Footnote,
    /// A quotation.
    Quotation,
    /// Code, or what the author asked to skip.
    Skipped,
    /// Anything else: introduction, request, method.
    Other,
}

impl Role {
    /// The name of the role, as the JSON output has it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Heading => "heading",
            Role::IssueTitle(_) => "issue-title",
            Role::Explanation(_) => "explanation",
            Role::Recommendation => "recommendation",
            Role::LeadIn => "lead-in",
            Role::Question => "question",
            Role::Organisation => "organisation",
            Role::Contact => "contact",
            Role::Earlier => "earlier-recommendations",
            Role::Sources => "sources",
            Role::Footnote => "footnote",
            Role::Quotation => "quotation",
            Role::Skipped => "skipped",
            Role::Other => "other",
        }
    }
}

impl Brief {
    /// The recommendation that holds these words, by its place in the brief.
    pub fn recommendation_at(&self, words: WordRange) -> Option<usize> {
        let after = self.recommendations.partition_point(|recommendation| recommendation.words.start <= words.start);
        let at = after.checked_sub(1)?;
        self.recommendations.get(at).filter(|recommendation| words.start < recommendation.words.end.max(recommendation.words.start + 1)).map(|_| at)
    }
}

/// What all parts of the reading share.
pub(crate) struct Context<'a> {
    document: &'a Document,
    words: &'a Words,
    guide: &'a Guide,
    frame: &'a TimeFrame,
    directives: Directives,
}

impl Context<'_> {
    fn has(&self, list: ListId, words: WordRange) -> bool {
        self.words.of(list, words).next().is_some()
    }

    fn is_skipped(&self, block: usize) -> bool {
        self.directives.is_skipped(block)
    }
}

/// The words of a document: in the language that its front matter names, else in the usual one, else in that of its small words.
pub fn words(source: &Source, document: &Document, lexicon: &Lexicon, given: &Review) -> Words {
    let asked = asks::read(source, document).language;
    let language = asked.or_else(|| metadata::FrontMatter::read(source, document).language()).or(given.usual.language);
    lexicon.read(document.prose.text(), language)
}

/// What the front matter of a brief says of the review and of the language: the name of the setting, the value, and where it stands.
pub fn front_matter_says(source: &Source, document: &Document) -> Vec<(&'static str, String, Span)> {
    let front = metadata::FrontMatter::read(source, document);
    let place = |value: &str| {
        let start = value.as_ptr().addr() - source.text().as_ptr().addr();
        Span::new(start..start + value.len())
    };
    front.says().map(|(name, value)| (name, value.to_owned(), place(value))).collect()
}

/// Reads a document as a brief.
pub fn read(source: &Source, document: &Document, words: &Words, lexicon: &Lexicon, guide: &Guide, given: &Review) -> Brief {
    let front = metadata::FrontMatter::read(source, document);
    let frame = metadata::time_frame(&metadata::Reading { source, document, words, guide, lexicon, front: &front }, given);
    let directives = Directives::read(source, document);
    let unknown_directives = directives.unknown().to_vec();
    let context = Context { document, words, guide, frame: &frame, directives };
    let heads = headings::find(&context);
    let sections = issues::Sections::of(&heads);
    let is_issue = issues::find(&context, &heads, &sections);
    let mut brief = roles::assign(&context, &heads, &sections, &is_issue);
    brief.contact |= front.get(keys::CONTACT.names).is_some();
    let consent = front.get(keys::CONSENT.names).map(str::to_lowercase);
    brief.consent = consent.is_some_and(|answer| matches!(answer.as_str(), "yes" | "true" | "oui" | "si" | "sí"));
    brief.asks = asks::read(source, document);
    brief.unknown_directives = unknown_directives;
    brief.frame = frame;
    brief
}
