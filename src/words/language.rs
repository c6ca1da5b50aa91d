//! The languages of briefs.

/// A language for which there are word lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

impl Language {
    /// All languages, in the order in which they are documented.
    pub const ALL: [Language; 3] = [Language::English, Language::French, Language::Spanish];

    /// The two-letter code: also the name of the folder of its word lists.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::Spanish => "es",
        }
    }

    /// The language of this code (`fr`, `fr-CH`) in whatever case.
    pub fn from_code(code: &str) -> Option<Language> {
        let code = code.trim().to_lowercase();
        let main = code.split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.code() == main)
    }
}
