//! Names: treaties, standards, bodies, laws, articles, rights, and the symbols of UN documents with the State and session inside them.

use crate::text::prose::{Prose, WordRange};
use crate::words::{Language, Lexicon, Word};

use super::{Context, Grammar, quantity};

/// Something that goes by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its words.
    pub place: WordRange,
    /// What it is.
    pub kind: NameKind,
}

/// The kinds of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A treaty or protocol, by name or acronym.
    Treaty,
    /// Principles, rules or a declaration.
    Standard,
    /// A committee, office or agency of the United Nations.
    Body,
    /// A Special Rapporteur, an Independent Expert, a Working Group.
    Procedure,
    /// A UN document, by its symbol.
    Document,
    /// An article, section or paragraph with its number.
    Article,
    /// A law or code of the State.
    Law,
    /// A right, or a group of people whose rights are meant.
    Right,
}

impl NameKind {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            NameKind::Treaty => "treaty",
            NameKind::Standard => "standard",
            NameKind::Body => "body",
            NameKind::Procedure => "procedure",
            NameKind::Document => "document",
            NameKind::Article => "article",
            NameKind::Law => "law",
            NameKind::Right => "right",
        }
    }
}

/// All names in a range, in order; one inside another does not count. `treaties` are those that were found already.
pub(crate) fn names(context: &Context<'_>, range: WordRange, treaties: &[WordRange]) -> Vec<Name> {
    let lists = context.lists();
    let numbers = context.words.numbers(range);
    let mut found: Vec<Name> = treaties.iter().map(|&place| Name { place, kind: NameKind::Treaty }).collect();
    let kinds = [
        (lists.protocol_names, NameKind::Treaty),
        (lists.soft_law_names, NameKind::Standard),
        (lists.un_bodies, NameKind::Body),
        (lists.un_acronyms, NameKind::Body),
        (lists.special_procedures, NameKind::Procedure),
        (lists.rights_and_groups, NameKind::Right),
        (lists.law_nouns, NameKind::Law),
        (lists.article_nouns, NameKind::Article),
    ];
    for hit in context.words.hits(numbers.clone()) {
        let Some(&(_, kind)) = kinds.iter().find(|(list, _)| *list == hit.list) else { continue };
        let place = match kind {
            NameKind::Law => quantity::named_law(context, hit.first, numbers.start),
            NameKind::Article => article(context, hit.first, numbers.end),
            _ => Some(context.words.range(hit)),
        };
        found.extend(place.map(|place| Name { place, kind }));
    }
    if context.prose.slice(range).contains('/') {
        found.extend(symbols(context.prose, range).into_iter().map(|symbol| Name { place: symbol.place, kind: NameKind::Document }));
    }
    found.sort_by_key(|name| (name.place.start, std::cmp::Reverse(name.place.end)));
    let mut end = 0;
    found.retain(|name| {
        let free = name.place.start >= end;
        end = end.max(name.place.end);
        free
    });
    found
}

/// All names in a piece of a prose that was read before, for those who come when its words are known no more.
pub fn read(prose: &Prose, range: WordRange, language: Language, lexicon: &Lexicon, grammar: &Grammar) -> Vec<Name> {
    let text = prose.slice(range);
    let mut piece = Prose::default();
    piece.push(text, 0..text.len());
    let words = lexicon.read(text, Some(language));
    let context = Context { prose: &piece, words: &words, lexicon, grammar };
    let whole = WordRange::new(0..text.len());
    let mut found = names(&context, whole, &treaties(&context, whole));
    for name in &mut found {
        name.place = WordRange { start: range.start + name.place.start, end: range.start + name.place.end };
    }
    found
}

/// "Article 7", "sections 12 and 13": a word for a part of a law with its number.
fn article(context: &Context<'_>, at: u32, end: u32) -> Option<WordRange> {
    let is_number = |number: u32| number < end && context.text(number).starts_with(|c: char| c.is_ascii_digit());
    if !is_number(at + 1) {
        return None;
    }
    let mut last = at + 1;
    while is_number(last + 1) || (context.is(last + 1, &["and", "to", "or"]) && is_number(last + 2)) {
        last += if is_number(last + 1) { 1 } else { 2 };
    }
    let first = context.words.word(at).map(Word::range)?;
    Some(first.to(context.words.between(last..last + 1)))
}

/// The treaties that a range names, each once as it stands.
pub(super) fn treaties(context: &Context<'_>, range: WordRange) -> Vec<WordRange> {
    let lists = context.lists();
    let hits = context.words.hits(context.words.numbers(range));
    let mut found: Vec<WordRange> = Vec::new();
    for hit in hits.filter(|hit| hit.list == lists.treaty_names || hit.list == lists.treaty_acronyms) {
        let place = context.words.range(hit);
        match found.last_mut() {
            // A name and the acronym behind it in brackets are one treaty.
            Some(last) if is_apposition(context.prose.slice(WordRange { start: last.end, end: place.start })) => *last = last.to(place),
            _ => found.push(place),
        }
    }
    found
}

/// Bytes of the rest of a treaty's name before its acronym: "… on the Sale of Children, Child Prostitution and Child Pornography (OPSC)".
const LONGEST_REST_OF_A_NAME: usize = 120;

fn is_apposition(between: &str) -> bool {
    let between = between.trim();
    let rest = between.strip_suffix('(').unwrap_or(between);
    between.is_empty() || (between.ends_with('(') && rest.len() <= LONGEST_REST_OF_A_NAME && !rest.contains(['(', ';', '.']))
}

/// The symbol of a UN document: `CRC/C/ZML/CO/4`, `A/HRC/WG.6/53/ZML/3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol<'a> {
    /// Where it stands.
    pub place: WordRange,
    /// The ISO code of the State that it carries.
    pub state: Option<&'a str>,
    /// The session of the UPR Working Group that it carries.
    pub session: Option<u16>,
}

const BODIES: [&str; 14] = ["A", "CRC", "CEDAW", "CCPR", "CAT", "CERD", "CRPD", "CED", "CMW", "E", "S", "HRI", "INT", "GA"];

/// The symbols in a range, in order.
pub fn symbols(prose: &Prose, range: WordRange) -> Vec<Symbol<'_>> {
    let text = prose.slice(range);
    let mut symbols = Vec::new();
    let mut from = 0;
    while let Some(slash) = text.get(from..).and_then(|rest| rest.find('/')).map(|at| from + at) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-');
        let before = text.get(..slash).unwrap_or_default();
        let start = before.rfind(|c: char| !is_part(c)).map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let after = text.get(slash..).unwrap_or_default();
        let end = slash + after.find(|c: char| !is_part(c)).unwrap_or(after.len());
        let symbol = text.get(start..end).unwrap_or_default().trim_end_matches(['.', '-', '/']);
        from = end.max(slash + 1);
        let parts: Vec<&str> = symbol.split('/').collect();
        let known = parts.len() >= 3 && parts.first().is_some_and(|body| BODIES.contains(body));
        if known && symbol.bytes().any(|byte| byte.is_ascii_digit()) {
            let is_code = |part: &&&str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_uppercase()) && !BODIES.contains(*part);
            let working_group = parts.get(2).is_some_and(|part| *part == "WG.6");
            let session = parts.get(3).filter(|_| working_group).and_then(|part| part.parse().ok());
            let state = parts.iter().skip(2).find(is_code).copied().filter(|code| *code != "Add" && *code != "RES" && *code != "NGO");
            let place = WordRange { start: range.start + start as u32, end: range.start + (start + symbol.len()) as u32 };
            symbols.push(Symbol { place, state, session });
        }
    }
    symbols
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>, Option<u16>)]) {
        let mut prose = Prose::default();
        prose.push(text, 0..text.len());
        let found = symbols(&prose, WordRange::new(0..text.len()));
        let found: Vec<_> = found.iter().map(|symbol| (prose.slice(symbol.place), symbol.state, symbol.session)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn symbols_carry_the_state_and_the_session() {
        check("(CRC/C/ZML/CO/4, para. 27)", &[("CRC/C/ZML/CO/4", Some("ZML"), None)]);
        check("in A/HRC/WG.6/53/ZML/3.", &[("A/HRC/WG.6/53/ZML/3", Some("ZML"), Some(53))]);
        check("E/C.12/TGO/CO/2", &[("E/C.12/TGO/CO/2", Some("TGO"), None)]);
        check("A/HRC/40/60/Add.2", &[("A/HRC/40/60/Add.2", None, None)]);
        check("and/or, 2023/24, kg/m3/s", &[]);
    }
}
