//! The words that may stand in a file that a person writes, for its JSON Schema: an editor offers them.

use crate::diagnostic::{Applicability, Severity};
use crate::language::action::Category;
use crate::pages::setting::{Font, Paper};
use crate::rules::condition::{Counted, Unit};
use crate::rules::verdict::{Answer, Letter};
use crate::words::Language;

/// Types whose schema is some words: exactly one of them, or else any text for which they are examples.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $words:expr;)*) => { words! { "enum"; $($(#[$doc])* $name = $words;)* } };
    ($keyword:literal; $($(#[$doc:meta])* $name:ident = $words:expr;)*) => {
        $(
            $(#[$doc])*
            pub(crate) struct $name;

            impl schemars::JsonSchema for $name {
                fn schema_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }

                fn inline_schema() -> bool {
                    true
                }

                fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    let words: Vec<&str> = $words;
                    schemars::json_schema!({ "type": "string", $keyword: words })
                }
            }
        )*
    };
}
pub(crate) use words;

fn names<T>(all: &[(T, &'static str)]) -> Vec<&'static str> {
    all.iter().map(|(_, name)| *name).collect()
}

words! {
    /// A severity.
    SeverityWord = Severity::ALL.into_iter().map(Severity::name).collect();
    /// A kind of fix.
    ApplicabilityWord = Applicability::ALL.into_iter().map(Applicability::name).collect();
    /// What a rule looks at.
    UnitWord = names(Unit::ALL);
    /// What a rule counts.
    CountedWord = names(Counted::ALL);
    /// A kind of action.
    CategoryWord = names(Category::ALL);
    /// A letter.
    LetterWord = names(Letter::ALL);
    /// What a finding says of a letter.
    AnswerWord = vec![Answer::NotMet.name(), Answer::CannotTell.name()];
    /// A language.
    LanguageWord = Language::ALL.into_iter().map(Language::code).collect();
}

// Here capital letters make no difference, which a schema cannot say.
words! {
    "examples";
    /// A size of paper.
    PaperWord = names(&Paper::ALL);
    /// A typeface.
    FontWord = names(&Font::ALL);
}
