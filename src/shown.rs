//! What may be shown of a checked brief: its findings with their places, without personal data.
//!
//! Every front (command line, language server) takes findings from here and so says the same. Of personal data three things are hidden: the places themselves in every excerpt; the words that stand there wherever else they stand, in the
//! brief or in a message; and, of a person's name, each of its parts. A message about words next to a private place loses those of
//! its words that lie in it.

pub mod hidden;
pub mod key;

use std::borrow::Cow;

use crate::Checked;
use crate::brief::review::Review;
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::rules::Rulebook;
use crate::text::prose::WordRange;
use crate::text::{Source, Span};

use hidden::{BLOCK, Hidden, blacked, clean};

/// A finding with its place in the brief.
#[derive(Debug)]
pub struct Finding {
    /// What was found. Its words are ready to be shown.
    pub diagnostic: Diagnostic,
    /// The role of the block in which it stands.
    pub role: Option<&'static str>,
    /// The recommendation in which it stands, by its place in the brief.
    pub recommendation: Option<usize>,
}

/// The findings of a checked brief that are `wanted`, in order, ready to be shown; `checked` keeps none.
pub fn findings(source: &Source, checked: &mut Checked, book: &Rulebook, wanted: impl Fn(&Diagnostic) -> bool) -> (Vec<Finding>, Hidden) {
    let hidden = hidden(source, checked, book);
    let recommendations = recommendations(checked);
    let found = std::mem::take(&mut checked.diagnostics);
    let shown = found.into_iter().filter(wanted).map(|diagnostic| finding(diagnostic, checked, &hidden, &recommendations));
    (shown.collect(), hidden)
}

/// A finding that the author has silenced.
#[derive(Debug)]
pub struct Silenced {
    /// What was found.
    pub finding: Finding,
    /// The author's reason, ready to be shown; empty if the comment gives none.
    pub reason: String,
}

impl Finding {
    /// What to write instead, if it can be taken over as it is: no gap is left in it, and nothing in it is hidden.
    pub fn offered_fix(&self) -> Option<&Fix> {
        let whole = |fix: &&Fix| fix.applicability != Applicability::Placeholder && !fix.replacement.contains(BLOCK);
        self.diagnostic.fix.as_deref().filter(whole)
    }
}

/// The `wanted` findings of a checked brief that its author has silenced, in order, ready to be shown; `checked` keeps none.
pub fn silenced(checked: &mut Checked, hidden: &Hidden, wanted: impl Fn(&Diagnostic) -> bool) -> Vec<Silenced> {
    let recommendations = recommendations(checked);
    let found = std::mem::take(&mut checked.silenced);
    let shown = found.into_iter().filter(|silenced| wanted(&silenced.diagnostic)).map(|silenced| {
        let reason = hidden.clean(&silenced.reason).into_owned();
        Silenced { finding: finding(silenced.diagnostic, checked, hidden, &recommendations), reason }
    });
    shown.collect()
}

/// A finding ready to be shown.
fn finding(diagnostic: Diagnostic, checked: &Checked, hidden: &Hidden, recommendations: &[Span]) -> Finding {
    let role = role(checked, diagnostic.span);
    let recommendation = holding(recommendations, diagnostic.span);
    Finding { diagnostic: cleaned(diagnostic, checked, hidden), role, recommendation }
}

/// The places of the recommendations, in order.
fn recommendations(checked: &Checked) -> Vec<Span> {
    checked.brief.recommendations.iter().map(|recommendation| checked.document.prose.span(recommendation.words)).collect()
}

/// The block in which a place lies, by its number.
fn block_at(checked: &Checked, span: Span) -> Option<usize> {
    let blocks = &checked.document.blocks;
    let at = blocks.partition_point(|block| block.span.end <= span.start);
    let block = blocks.get(at).filter(|block| block.span.start <= span.start)?;
    debug_assert!(block.span.end > span.start);
    Some(at)
}

/// The role of the block in which a place lies.
fn role(checked: &Checked, span: Span) -> Option<&'static str> {
    checked.brief.roles.get(block_at(checked, span)?).map(|role| role.name())
}

/// The one of some sorted places that holds the beginning of a span.
fn holding(places: &[Span], span: Span) -> Option<usize> {
    let at = places.partition_point(|place| place.start <= span.start).checked_sub(1)?;
    places.get(at).filter(|place| span.start < place.end.max(place.start + 1)).map(|_| at)
}

/// The keys of a front matter that make a Markdown file a brief.
const KEYS: [&str; 8] = ["state", "state_under_review", "country", "session", "upr_session", "review", "review_date", "date_of_review"];

/// Whether a Markdown file in a folder is a brief at all: it recommends something, or says which review it is for. Issues do not
/// count, since any heading with a text could be one.
pub(crate) fn looks_like_a_brief(source: &Source, checked: &Checked, given: &Review) -> bool {
    let brief = &checked.brief;
    let frame = &brief.frame;
    let usual = &given.usual;
    let says = [
        (frame.state.is_some(), given.state.is_some() || usual.state.is_some()),
        (frame.session.is_some(), given.session.is_some() || usual.session.is_some()),
        (frame.stated.is_some(), given.date.is_some() || usual.date.is_some()),
    ];
    let front = checked.document.front_matter.map_or("", |span| source.slice(span));
    let mut keys = front.lines().filter_map(|line| line.split_once(':')).map(|(key, _)| key.trim().replace('-', "_").to_lowercase());
    !brief.recommendations.is_empty() || says.iter().any(|&(known, given)| known && !given) || keys.any(|key| KEYS.contains(&key.as_str()))
}

/// Most words of what is taken for a name.
const WORDS_OF_A_NAME: usize = 4;
/// Fewest letters of a part of a name that is hidden on its own.
const LETTERS_OF_A_NAME: usize = 3;

/// What must not be shown of a brief.
pub(crate) fn hidden(source: &Source, checked: &Checked, book: &Rulebook) -> Hidden {
    if checked.private.is_empty() {
        return Hidden::default();
    }
    let mut words = Vec::new();
    for &span in &checked.private {
        let text = words_at(checked, span, |_| true);
        words.extend(parts_of_name(&text, book));
        words.push(source.slice(span).to_owned());
        words.push(text);
    }
    Hidden::new(source, checked.private.clone(), words)
}

/// A finding without the words that must not be shown.
fn cleaned(mut diagnostic: Diagnostic, checked: &Checked, hidden: &Hidden) -> Diagnostic {
    if hidden.is_empty() {
        return diagnostic;
    }
    let mut near = Vec::new();
    let places = std::iter::once(diagnostic.span).chain(diagnostic.labels.iter().map(|label| label.span));
    for span in places.filter(|&span| hidden.touches(span)) {
        let text = words_at(checked, span, |offset| hidden.covers(offset));
        near.extend(text.split(BLOCK).map(|part| part.trim().to_owned()).filter(|part| part.chars().count() > 1));
    }
    // Most words hold nothing that must not be shown and stay as they are, perhaps shared with other findings.
    let clear = |text: &str| {
        let once = hidden.clean(text);
        let twice = clean(&once, near.clone());
        let changed = matches!(once, Cow::Owned(_)) || matches!(twice, Cow::Owned(_));
        changed.then(|| twice.into_owned())
    };
    if let Some(message) = clear(&diagnostic.message) {
        diagnostic.message = message.into();
    }
    if let Some(help) = diagnostic.help.as_deref().and_then(clear) {
        diagnostic.help = Some(help.into());
    }
    let labels = diagnostic.labels.iter_mut().map(|label| &mut label.message);
    for text in labels.chain(diagnostic.fix.as_deref_mut().map(|fix| &mut fix.replacement)) {
        if let Some(cleared) = clear(text) {
            *text = cleared;
        }
    }
    diagnostic
}

/// Words of a brief, as [`Prose::plain`](crate::text::prose::Prose::plain) gives them, without those that must not be shown.
pub(crate) fn plain(checked: &Checked, hidden: &Hidden, words: WordRange) -> String {
    let prose = &checked.document.prose;
    if !hidden.touches(prose.span(words)) {
        return hidden.clean(&prose.plain(words)).into_owned();
    }
    let shown: String = characters(checked, words).map(|(offset, character)| if hidden.covers(offset) { blacked(character) } else { character }).collect();
    let joined = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    hidden.clean(&joined).into_owned()
}

/// The characters of a range of words, each with its byte in the source.
fn characters(checked: &Checked, words: WordRange) -> impl Iterator<Item = (u32, char)> {
    let prose = &checked.document.prose;
    prose.slice(words).char_indices().map(move |(at, character)| {
        let start = words.start + at as u32;
        let place = prose.span(WordRange { start, end: start + character.len_utf8() as u32 });
        (place.start, character)
    })
}

/// The rest of some words from the byte `offset` of the source on, found by halves: a paragraph can hold thousands of private places.
fn words_from(checked: &Checked, words: WordRange, offset: u32) -> WordRange {
    let prose = &checked.document.prose;
    let (mut low, mut high) = (words.start, words.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if prose.span(WordRange { start: middle, end: middle + 1 }).start < offset {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let text = prose.slice(words);
    let boundary = (0..=(low - words.start) as usize).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    WordRange { start: words.start + boundary as u32, end: words.end }
}

/// The words that stand at a place of the source; a block in the place of what is not wanted.
fn words_at(checked: &Checked, span: Span, wanted: impl Fn(u32) -> bool) -> String {
    let blocks = &checked.document.blocks;
    let first = blocks.partition_point(|block| block.span.end <= span.start);
    let blocks = blocks.iter().skip(first).take_while(|block| block.span.start < span.end);
    let here = blocks.flat_map(|block| characters(checked, words_from(checked, block.words, span.start)).take_while(|(offset, _)| *offset < span.end));
    let here = here.filter(|(offset, _)| span.start <= *offset);
    let text: String = here.map(|(offset, character)| if wanted(offset) { character } else { BLOCK }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of a text that looks like the name of a person. The name of a month is left out: it would take the date out of deadlines.
fn parts_of_name(text: &str, book: &Rulebook) -> Vec<String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_part = |part: &str| part.chars().all(|character| character.is_alphabetic() || matches!(character, '-' | '\'' | '’' | '.'));
    if parts.len() > WORDS_OF_A_NAME || !parts.iter().all(|part| is_part(part)) {
        return Vec::new();
    }
    let is_month = |part: &str| {
        let entries = book.lexicon.list("months").into_iter().flat_map(|list| crate::words::Language::ALL.map(|language| book.lexicon.entries(language, list)));
        entries.flatten().any(|entry| entry.phrase.eq_ignore_ascii_case(part))
    };
    let long = |part: &&&str| part.chars().count() >= LETTERS_OF_A_NAME && part.starts_with(char::is_uppercase) && !is_month(part);
    parts.iter().filter(long).map(|part| (*part).to_owned()).collect()
}
