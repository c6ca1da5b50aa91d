//! Word lists as written and as meant.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::Diagnostic;
use crate::text::{Source, Span};
use crate::words::forms::Forms;
use crate::words::{Entry, Language, Row, WordList};

use super::faults::{Faults, TOP};
use super::tables::parse;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ListAsWritten {
    title: Option<String>,
    about: Option<String>,
    forms: Option<Spanned<String>>,
    exact: Option<bool>,
    words: Option<Vec<String>>,
    rows: Option<Vec<Vec<String>>>,
    include: Option<Vec<String>>,
    except: Option<Vec<String>>,
    except_in: Option<Vec<String>>,
    values: Option<BTreeMap<String, i64>>,
    instead: Option<BTreeMap<String, String>>,
}

/// A word list with the names of the lists that it takes over.
pub struct ReadList {
    /// The list itself.
    pub list: WordList,
    /// Names of lists of the same language whose entries it has too.
    pub include: Vec<String>,
}

/// Reads a word list.
///
/// # Errors
/// Diagnostics that point into the file.
pub fn read(name: &str, language: Language, source: &Source) -> Result<ReadList, Vec<Diagnostic>> {
    let mut faults = Faults::of("rule-file");
    let list = parse::<ListAsWritten>(source, &mut faults).and_then(|written| meant(name, language, written, &mut faults));
    faults.into_result(list)
}

fn meant(name: &str, language: Language, written: ListAsWritten, faults: &mut Faults) -> Option<ReadList> {
    for (absent, what) in [(written.title.is_none(), "title"), (written.about.is_none(), "about")] {
        if absent {
            faults.say(TOP, format!("This word list has no `{what}`."), None);
        }
    }
    let forms = match written.forms.as_ref().map(|forms| (forms.as_ref().as_str(), forms.span())) {
        None => Forms::None,
        Some(("verb", _)) => Forms::Verb,
        Some(("noun", _)) => Forms::Noun,
        Some((other, span)) => {
            faults.say(Span::new(span), format!("`forms` is “verb” or “noun”, not “{other}”."), None);
            return None;
        }
    };
    let mut entries: Vec<Entry> = Vec::new();
    let mut add = |phrase: String, value: Option<i64>, instead: Option<String>| {
        let value = value.unwrap_or(entries.len() as i64 + 1);
        entries.push(Entry { phrase: phrase.into(), value, instead: instead.map(Into::into) });
    };
    written.words.unwrap_or_default().into_iter().for_each(|phrase| add(phrase, None, None));
    written.values.unwrap_or_default().into_iter().for_each(|(phrase, value)| add(phrase, Some(value), None));
    written.instead.unwrap_or_default().into_iter().for_each(|(phrase, better)| add(phrase, None, Some(better)));
    let include = spaced(written.include);
    let rows = rows(written.rows.unwrap_or_default(), faults);
    if entries.is_empty() && include.is_empty() && rows.is_empty() {
        faults.say(TOP, "This word list is empty: add `words`, `rows`, `values` or `instead`.", None);
    }
    let list = WordList {
        name: name.to_owned().into(),
        language,
        entries: entries.into(),
        rows: rows.into(),
        forms,
        exact: written.exact.unwrap_or(false),
        except: written.except.unwrap_or_default().into_iter().map(Cow::Owned).collect(),
        except_in: spaced(written.except_in).into_iter().map(Cow::Owned).collect(),
    };
    Some(ReadList { list, include })
}

fn spaced(names: Option<Vec<String>>) -> Vec<String> {
    names.unwrap_or_default().into_iter().map(|name| name.replace('-', " ")).collect()
}

/// The most combinations that the rows of a list may have: a list above it is a slip, and would cost every start.
const MOST_COMBINATIONS: usize = 50_000;

fn rows(rows: Vec<Vec<String>>, faults: &mut Faults) -> Vec<Row> {
    let combinations = rows.iter().map(Vec::len).try_fold(1_usize, usize::checked_mul);
    if combinations.is_none_or(|number| number > MOST_COMBINATIONS) {
        faults.say(TOP, "The rows of this word list have too many combinations; make two lists of it.", None);
        return Vec::new();
    }
    rows.into_iter().map(|row| row.into_iter().map(Cow::Owned).collect()).collect()
}
