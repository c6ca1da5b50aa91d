//! Reads TOML into a type and tells all that does not fit, not only the first: what was told is mended or taken out of the table, and
//! the rest is read again.

use serde::de;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use crate::text::{Source, Span};

use super::faults::{Faults, TOP, plainly, unknown_key};
use crate::rules::nearest;

/// The most faults of a file that are told at once. Nobody reads more, and each one reads the file again.
const MOST: usize = 50;

/// Reads TOML into `T`; each key and value that does not fit becomes a fault at its place. If a value had to be taken out there is no
/// `T`: what depends on it would be told as missing.
pub(crate) fn parse<T: de::DeserializeOwned>(source: &Source, faults: &mut Faults) -> Option<T> {
    parse_rest(source, faults).filter(|rest| rest.is_whole).map(|rest| rest.value)
}

/// What could be read of a file.
pub(crate) struct Rest<T> {
    /// The value.
    pub(crate) value: T,
    /// Whether all values fitted.
    pub(crate) is_whole: bool,
}

/// The same for a file in which hardly anything must be there. A key that was perhaps meant to be another one is read as that, so that
/// its value is looked at too.
pub(crate) fn parse_rest<T: de::DeserializeOwned>(source: &Source, faults: &mut Faults) -> Option<Rest<T>> {
    let text = source.text();
    let mut is_whole = true;
    // Most files are right.
    let mut error = match toml::from_str(text) {
        Ok(value) => return Some(Rest { value, is_whole }),
        Err(error) => error,
    };
    let Ok(mut table) = DeTable::parse(text) else {
        say(source, &error, faults);
        return None;
    };
    for _ in 0..MOST {
        say(source, &error, faults);
        let span = error.span()?;
        let better = unknown_key(error.message()).map(|(name, known)| nearest(name, known.iter().copied()));
        is_whole &= better.is_some();
        if !take_out(table.get_mut(), &span, better.flatten()) {
            return None;
        }
        match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) => return Some(Rest { value, is_whole }),
            Err(next) => error = next,
        }
    }
    None
}

fn say(source: &Source, error: &Error, faults: &mut Faults) {
    let span = error.span().map_or(TOP, Span::new);
    let line = source.lines().text(source.text(), source.lines().line(span.start));
    let (message, help) = plainly(error.message(), source.slice(span), line);
    faults.say(span, message, help);
}

/// Takes the entry of which the key or the value stands here out of a table, or gives it the key that was meant. Whether it was there.
fn take_out(table: &mut DeTable<'_>, span: &std::ops::Range<usize>, better: Option<&str>) -> bool {
    let is_here = |(key, value): &(&Spanned<_>, &Spanned<DeValue<'_>>)| key.span() == *span || value.span() == *span;
    if let Some(name) = table.iter().find(is_here).map(|(key, _)| key.get_ref().to_string()) {
        let entry = table.remove_entry(name.as_str());
        if let Some((key, value)) = entry
            && let Some(better) = better.filter(|better| !table.contains_key(*better))
        {
            table.insert(Spanned::new(key.span(), better.to_owned().into()), value);
        }
        return true;
    }
    table.iter_mut().any(|(_, value)| take_out_of(value.get_mut(), span, better))
}

fn take_out_of(value: &mut DeValue<'_>, span: &std::ops::Range<usize>, better: Option<&str>) -> bool {
    match value {
        DeValue::Table(table) => take_out(table, span, better),
        DeValue::Array(array) if array.iter().any(|element| element.span() == *span) => {
            let all = std::mem::replace(array, std::iter::empty().collect());
            *array = all.into_iter().filter(|element| element.span() != *span).collect();
            true
        }
        DeValue::Array(array) => array.iter_mut().any(|element| take_out_of(element.get_mut(), span, better)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "only that it is read counts")]
        limit: Option<usize>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only that it is read counts")]
    struct Outer {
        title: Option<String>,
        words: Option<Vec<String>>,
        session: Option<u16>,
        rules: Option<BTreeMap<String, Inner>>,
        overrides: Option<Vec<Inner>>,
    }

    /// The places that are told, and whether there is a value nevertheless.
    fn told(text: &str) -> (Vec<String>, bool) {
        let source = Source::new("a.toml", text.to_owned());
        let mut faults = Faults::of("file");
        let value = parse::<Outer>(&source, &mut faults);
        let is_some = value.is_some();
        let found = faults.into_result::<()>(None).unwrap_err();
        (found.iter().map(|found| source.slice(found.span).to_owned()).collect(), is_some)
    }

    #[test]
    fn all_that_does_not_fit_is_told_in_one_run() {
        for (text, places, is_some) in [
            ("titel = \"a\"\nsesion = 53\n", vec!["titel", "sesion"], true),
            ("titel = \"a\"\ntitle = \"b\"\nnonsense = [1]\n", vec!["nonsense", "titel"], true),
            (
                "titel = 5\n[rules.\"a/b\"]\nlimt = 3\n[[overrides]]\nlimit = \"x\"\n[[overrides]]\nnothing = 1\n",
                vec!["titel", "5", "\"x\"", "nothing", "limt"],
                false,
            ),
            ("words = [\"a\", 5, 6]\nrules = 3\n", vec!["3", "5", "6"], false),
            ("title = \n", vec![""], false),
        ] {
            let (mut found, value) = told(text);
            let mut expected: Vec<String> = places.into_iter().map(str::to_owned).collect();
            found.sort();
            expected.sort();
            assert_eq!((found, value), (expected, is_some), "{text}");
        }
        let many: Vec<String> = (0..200).map(|number| format!("key{number} = 1\n")).collect();
        assert_eq!(told(&many.concat()).0.len(), MOST);
    }
}
