//! Treaties, and the symbols of UN documents with the State and session inside them.

use crate::text::prose::{Prose, WordRange};

use super::Context;

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
