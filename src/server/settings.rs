//! What the user sets in the editor: rule folders, and what is known of the review.
//!
//! They come with `initialize` or from the section `upr` of the editor's configuration, and go before what the command line of
//! the server says. An empty value says nothing.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::brief::review::{Review, ReviewDate};
use crate::config::search::Choice;

/// How briefs are read and checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Folders with rules of the user's own.
    pub rules: Vec<PathBuf>,
    /// Which `upr.toml` counts.
    pub choice: Choice,
    /// What is known of the review; it goes before what a brief says.
    pub review: Review,
}

/// The section of the editor's configuration.
pub(super) const SECTION: &str = "upr";

impl Settings {
    /// These settings, with what `said` says in their place; and a sentence on each value that cannot be understood. A folder that
    /// does not begin at the root is taken from `root`.
    pub(super) fn with(&self, said: &Value, root: Option<&Path>) -> (Settings, Vec<String>) {
        let mut settings = self.clone();
        let mut faults = Vec::new();
        let folders = said.get("rules").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let folders = folders.iter().filter_map(Value::as_str).filter(|folder| !folder.trim().is_empty());
        let folders: Vec<PathBuf> = folders.map(|folder| root.map_or_else(|| PathBuf::from(folder), |root| root.join(folder))).collect();
        if !folders.is_empty() {
            settings.rules = folders;
        }
        if let Some(state) = text(said, "state") {
            settings.review.state = Some(state);
        }
        if let Some(session) = text(said, "session") {
            match session.parse() {
                Ok(session) => settings.review.session = Some(session),
                Err(_) => faults.push(format!("upr.session is “{session}”; write the number of the session, for example 53")),
            }
        }
        if let Some(date) = text(said, "review") {
            match ReviewDate::parse(&date) {
                Some(date) => settings.review.date = Some(date),
                None => faults.push(format!("upr.review is “{date}”; write a month as 2026-11 or a day as 2026-11-05")),
            }
        }
        (settings, faults)
    }
}

/// A value as text, if it says something.
fn text(said: &Value, key: &str) -> Option<String> {
    let text = match said.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_said_goes_before_and_what_is_empty_says_nothing() {
        let base = Settings { rules: vec!["/own".into()], review: Review { session: Some(52), ..Review::default() }, ..Settings::default() };
        for nothing in [json!(null), json!([]), json!({}), json!({ "rules": [], "session": "", "review": null, "state": " " })] {
            assert_eq!(base.with(&nothing, None), (base.clone(), Vec::new()), "{nothing}");
        }
        let said = json!({ "rules": ["rules", "/other"], "session": 53, "review": "2026-11", "state": "NPL" });
        let (settings, faults) = base.with(&said, Some(Path::new("/briefs")));
        assert_eq!(settings.rules, [PathBuf::from("/briefs/rules"), PathBuf::from("/other")]);
        assert_eq!((settings.review.session, settings.review.state.as_deref()), (Some(53), Some("NPL")));
        assert_eq!(settings.review.date, ReviewDate::parse("2026-11"));
        assert!(faults.is_empty());
    }

    #[test]
    fn a_value_that_is_not_understood_is_told_and_changes_nothing() {
        let (settings, faults) = Settings::default().with(&json!({ "session": "autumn", "review": "soon", "rules": "x" }), None);
        assert_eq!((settings, faults.len()), (Settings::default(), 2));
    }
}
