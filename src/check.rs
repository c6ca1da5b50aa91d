//! The pipeline from end to end: a text in, a [`Checked`] brief out. The command line and any other front call this and nothing else.

use crate::brief::Brief;
use crate::brief::review::Review;
use crate::diagnostic::Diagnostic;
use crate::language::Reading;
use crate::markdown::Document;
use crate::pages::Pages;
use crate::rules::Rulebook;
use crate::rules::suppress::Silenced;
use crate::rules::verdict::Letters;
use crate::text::{Source, Span};
use crate::{brief, diagnostic, language, markdown, pages, rules};

/// A brief with all that was read in it and found.
#[derive(Debug)]
pub struct Checked {
    /// The Markdown.
    pub document: Document,
    /// Its parts.
    pub brief: Brief,
    /// What its recommendations say.
    pub readings: Vec<Reading>,
    /// Its length.
    pub pages: Pages,
    /// What is weak, sorted by place and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// What the author silenced with a comment, sorted in the same way.
    pub silenced: Vec<Silenced>,
    /// For each recommendation, the verdict on each criterion; a silenced finding counts here.
    pub letters: Vec<Letters>,
    /// Where personal data stands, silenced or not: no output may show the words there.
    pub private: Vec<Span>,
}

/// Reads a brief and applies the rules.
pub fn check(source: &Source, book: &Rulebook, review: &Review) -> Checked {
    let document = markdown::parse(source);
    let words = brief::words(source, &document, &book.lexicon, review);
    let brief = brief::read(source, &document, &words, &book.lexicon, &book.guide, review);
    let readings = language::read(&document.prose, &words, &book.lexicon, &book.grammar, &brief);
    let pages = pages::typeset(source, &document, &book.page);
    let told = rules::apply::told(&document, &brief);
    let case = rules::apply::Case { document: &document, words: &words, brief: &brief, readings: &readings, pages: &pages, book, told: &told };
    let (spoken, found): (Vec<_>, Vec<Diagnostic>) = rules::apply::apply(&case).into_iter().unzip();
    let mut off = rules::adjust::Off::new(book, &brief.asks);
    let letters = rules::verdict::letters(&case, &off.counting(spoken));
    // Of a large text they take more room than anything else, and all that follows is done without them.
    drop(words);
    let mut private: Vec<Span> = found.iter().filter(|diagnostic| diagnostic.private).map(|diagnostic| diagnostic.span).collect();
    private.sort();
    let as_of = review.as_of.or(brief.frame.review.map(|review| review.date));
    let (mut diagnostics, mut silenced) = rules::suppress::apply(source, &document, book, &brief.unknown_directives, as_of, found);
    diagnostics.extend(off.faults());
    off.settle(&mut diagnostics, |finding| finding);
    off.settle(&mut silenced, |silenced| &mut silenced.diagnostic);
    diagnostic::sort(&mut diagnostics);
    silenced.sort_by(|a, b| diagnostic::order(&a.diagnostic, &b.diagnostic));
    Checked { document, brief, readings, pages, diagnostics, silenced, letters, private }
}

/// The findings of a brief, sorted by place and rule.
pub fn lint(source: &Source, book: &Rulebook, review: &Review) -> Vec<Diagnostic> {
    check(source, book, review).diagnostics
}
