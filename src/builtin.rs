//! The rules that the program carries: the files of `rules/`, compiled in.
//!
//! Their word lists are here twice: as the files that a person wrote, to which a folder of the user's may add, and as constants with
//! the trees that grew from them when the program was built (`build.rs`), so that a start has nothing to grow.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::rules::file::frequency::{self, Frequencies};
use crate::rules::{RuleFile, Rulebook};
use crate::text::Source;
use crate::words::Language;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

#[expect(clippy::unreadable_literal, reason = "the build writes these tables, and nobody reads them")]
mod trees {
    use std::borrow::Cow;

    use crate::words::forms::Forms;
    use crate::words::tree::Tree;
    use crate::words::{Entry, Grown, Language, WordList};

    include!(concat!(env!("OUT_DIR"), "/grown.rs"));
}

/// The files of `rules/`, in the order of their paths.
pub fn files() -> impl Iterator<Item = RuleFile> {
    FILES.iter().map(|(path, text)| RuleFile { path: (*path).to_owned(), name: format!("rules/{path}"), text: Cow::Borrowed(text) })
}

/// The rulebook of the built-in rules, read once.
///
/// # Panics
/// Never in a released program: the build reads the built-in files, and so does a test.
#[expect(clippy::panic, reason = "the built-in rules are part of the program, and a test reads them all")]
pub fn rulebook() -> &'static Rulebook {
    static RULEBOOK: OnceLock<Rulebook> = OnceLock::new();
    RULEBOOK.get_or_init(|| {
        let written = files().filter(|file| !file.path.starts_with("words/"));
        match Rulebook::load_grown(written, trees::grown()) {
            Ok(rulebook) => rulebook,
            Err(broken) => panic!("the built-in rules are broken: {broken:?}"),
        }
    })
}

/// A brief to fill in, with `{state}`, `{session}` and `{review}` in it.
pub fn model(language: Language) -> &'static str {
    let path = format!("models/{}.md", language.code());
    FILES.iter().find(|(known, _)| *known == path).map_or("", |(_, text)| text)
}

/// How often the built-in rules speak of real recommendations.
pub fn frequencies() -> Frequencies {
    let file = FILES.iter().find(|(path, _)| *path == "frequency.toml");
    // A test reads the file; without it there is nothing to tell.
    file.and_then(|(path, text)| frequency::read(&Source::new(*path, *text)).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_has_grown_is_what_the_files_say() {
        let fresh = Rulebook::load(files()).unwrap_or_else(|broken| panic!("{broken:?}"));
        for language in Language::ALL {
            assert!(fresh.lexicon.tree(language) == rulebook().lexicon.tree(language), "the tree of {language:?}");
            let (fresh, grown): (Vec<_>, Vec<_>) = (fresh.lexicon.all(language).collect(), rulebook().lexicon.all(language).collect());
            assert_eq!(fresh, grown);
        }
    }
}
