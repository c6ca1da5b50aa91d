//! The rules that the program carries: the files of `rules/`, compiled in.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{RuleFile, Rulebook};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The files of `rules/`, in the order of their paths.
pub fn files() -> impl Iterator<Item = RuleFile> {
    FILES.iter().map(|(path, text)| RuleFile { path: (*path).to_owned(), name: format!("rules/{path}"), text: Cow::Borrowed(text) })
}

/// The rulebook of the built-in rules, read once.
///
/// # Panics
/// Never in a released program: the built-in files are read by a test.
#[expect(clippy::panic, reason = "the built-in rules are part of the program, and a test reads them all")]
pub fn rulebook() -> &'static Rulebook {
    static RULEBOOK: OnceLock<Rulebook> = OnceLock::new();
    RULEBOOK.get_or_init(|| match Rulebook::load_trusted(files()) {
        Ok(rulebook) => rulebook,
        Err(broken) => panic!("the built-in rules are broken: {broken:?}"),
    })
}
