//! The fix of a rule, as written.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::Applicability;
use crate::rules::fix::{Edit, Mend};
use crate::text::Source;

use super::faults::{Faults, at, unknown};
use super::{Known, OneOrMore, list, list_named, message, schema};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FixAsWritten {
    /// Whether it may be applied without a look.
    #[schemars(required, with = "Option<schema::ApplicabilityWord>")]
    is: Option<Spanned<String>>,
    /// This stands in the place of the words found.
    #[schemars(with = "Option<String>")]
    write: Option<Spanned<String>>,
    /// This comes directly behind the words found.
    #[schemars(with = "Option<String>")]
    after: Option<Spanned<String>>,
    /// This comes at the end of the recommendation, before its full stop.
    #[schemars(with = "Option<String>")]
    at_end: Option<Spanned<String>>,
    /// Whether the words found go.
    #[schemars(with = "Option<bool>")]
    remove: Option<Spanned<bool>>,
    /// The words found go, and the verb of one of these lists that follows takes their place.
    #[schemars(with = "Option<OneOrMore>")]
    act: Option<Spanned<OneOrMore>>,
    /// No fix, if an entry of this list stands just before the words found.
    #[schemars(with = "Option<String>")]
    not_after: Option<Spanned<String>>,
    /// No fix, if an entry of this list stands just behind the words found.
    #[schemars(with = "Option<String>")]
    not_before: Option<Spanned<String>>,
}

pub(super) fn meant(written: &Spanned<FixAsWritten>, private: bool, source: &Source, known: &Known<'_>, faults: &mut Faults) -> Option<Mend> {
    let place = at(written);
    let written = written.as_ref();
    let names = || Applicability::ALL.iter().map(|kind| kind.name());
    let applicability = written.is.as_ref().and_then(|is| {
        let found = Applicability::from_name(is.as_ref());
        if found.is_none() {
            unknown(at(is), "kind of fix", is.as_ref(), names(), faults);
        }
        found
    });
    if written.is.is_none() {
        faults.say(
            place,
            "`[fix]` does not say whether it may be applied without a look: add `is`.",
            Some("rules/README.md says what each kind means.".to_owned()),
        );
    }
    if private {
        faults.say(place, "A private rule can have no fix: it would show the words that it found.", None);
    }
    let text = |written: &Option<Spanned<String>>, faults: &mut Faults| written.as_ref().and_then(|text| message(Some(text), private, source, faults));
    let act = written.act.as_ref().map(|names| {
        let mut lists = Vec::new();
        for name in &names.as_ref().0 {
            match list_named(name, known) {
                Some(list) => lists.push(list),
                None => unknown(at(names), "word list", name, known.lexicon.names().into_iter(), faults),
            }
        }
        Edit::Act(lists)
    });
    let remove = written.remove.as_ref().filter(|remove| *remove.as_ref()).map(|_| Edit::Remove);
    let edits = [
        text(&written.write, faults).map(Edit::Write),
        text(&written.after, faults).map(Edit::After),
        text(&written.at_end, faults).map(Edit::AtEnd),
        remove,
        act,
    ];
    let mut edits = edits.into_iter().flatten();
    let edit = edits.next();
    if edit.is_none() || edits.next().is_some() {
        faults.say(place, "`[fix]` needs exactly one of `write`, `after`, `at-end`, `remove` and `act`.", None);
    }
    Some(Mend {
        applicability: applicability?,
        edit: edit?,
        not_after: list(written.not_after.as_ref(), known, faults),
        not_before: list(written.not_before.as_ref(), known, faults),
    })
}
