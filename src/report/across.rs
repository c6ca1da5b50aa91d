//! What briefs of one State have in common: the same recommendation in two of them, and one recommendation with two deadlines.
//!
//! Recommendations are the same if their words are, whatever their punctuation, capitals and numbers. All are looked up by a hash of
//! their words, so that a thousand briefs cost a thousand times one.

use std::io::{self, Write};

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Serialize;

use crate::brief::date::Date;
use crate::shown::key::hash;

use super::judged::{Judged, beginning};
use super::summary::Summary;
use super::{fold, one_line};

/// The most characters of a recommendation that are shown.
const SHOWN: usize = 80;

/// What briefs of one State have in common.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Across {
    /// Recommendations that stand in more than one brief.
    pub duplicates: Vec<Shared>,
    /// Recommendations that have different deadlines in different briefs.
    pub contradictions: Vec<Shared>,
}

/// A recommendation that stands in more than one brief.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Shared {
    /// The State under review.
    pub state: String,
    /// The words of the first one.
    pub text: String,
    /// Where they stand, in order.
    pub places: Vec<SharedPlace>,
}

/// One of the places of a recommendation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SharedPlace {
    /// The path of the brief.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The last day of its deadline, as `2029-06-30`, where that can be told.
    pub deadline: Option<String>,
}

/// A recommendation of one of the briefs.
#[derive(Debug)]
struct Entry {
    brief: usize,
    line: usize,
    text: String,
    latest: Option<Date>,
}

/// The recommendations of all briefs whose State is known, while briefs are read.
#[derive(Debug, Default)]
pub struct Collected {
    briefs: Vec<(String, String)>,
    entries: Vec<Entry>,
    /// The entries of each State with the same words, and with the same words but for the deadline, in the order of the first ones.
    same: Groups,
    undated: Groups,
}

/// Numbers of entries by State and words.
#[derive(Debug, Default)]
struct Groups {
    places: FxHashMap<(u64, u64), usize>,
    all: Vec<Vec<usize>>,
}

impl Groups {
    fn add(&mut self, state: u64, words: u64, entry: usize) {
        let next = self.all.len();
        let place = *self.places.entry((state, words)).or_insert(next);
        match self.all.get_mut(place) {
            Some(group) => group.push(entry),
            None => self.all.push(vec![entry]),
        }
    }
}

impl Collected {
    /// Takes in a brief.
    pub fn add(&mut self, summary: &Summary, recommendations: Vec<Judged>) {
        let Some(state) = &summary.state else { return };
        let key = hash(&summary.code.as_ref().unwrap_or(state).to_lowercase());
        let brief = self.briefs.len();
        self.briefs.push((summary.path.clone(), state.clone()));
        for Judged { line, text, latest, words, undated, .. } in recommendations {
            let entry = self.entries.len();
            self.entries.push(Entry { brief, line, text, latest });
            self.same.add(key, words, entry);
            self.undated.add(key, undated, entry);
        }
    }

    /// What they have in common.
    pub fn compare(&self) -> Across {
        let entries = |group: &[usize]| -> Vec<&Entry> { group.iter().filter_map(|&at| self.entries.get(at)).collect() };
        let in_several = |group: &[&Entry]| group.iter().map(|entry| entry.brief).collect::<FxHashSet<usize>>().len() > 1;
        let duplicates = self.same.all.iter().filter(|group| group.len() > 1).map(|group| entries(group)).filter(|group| in_several(group));
        let dated = self.undated.all.iter().filter(|group| group.len() > 1).map(|group| {
            let mut group = entries(group);
            group.retain(|entry| entry.latest.is_some());
            group
        });
        let contradict = |group: &Vec<&Entry>| {
            let first = group.first().map(|first| (first.brief, first.latest));
            // If there are two days and two briefs, then two briefs disagree: else all days of each would be those of the other.
            let other_day = group.iter().any(|entry| first.is_some_and(|(_, latest)| entry.latest != latest));
            other_day && in_several(group)
        };
        Across {
            duplicates: duplicates.map(|group| self.shared(&group)).collect(),
            contradictions: dated.filter(contradict).map(|group| self.shared(&group)).collect(),
        }
    }

    fn shared(&self, group: &[&Entry]) -> Shared {
        let brief = |entry: &Entry| self.briefs.get(entry.brief).cloned().unwrap_or_default();
        let (state, text) = group.first().map(|first| (brief(first).1, first.text.clone())).unwrap_or_default();
        let place = |entry: &&Entry| SharedPlace { path: brief(entry).0, line: entry.line, deadline: entry.latest.map(Date::iso) };
        Shared { state, text, places: group.iter().map(place).collect() }
    }
}

impl Across {
    /// Writes it for a person; nothing if nothing is shared.
    ///
    /// # Errors
    /// Those of the writer.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for shared in &self.duplicates {
            shared.write(out, "the same recommendation in more than one brief", false)?;
        }
        for shared in &self.contradictions {
            shared.write(out, "one recommendation with different deadlines", true)?;
        }
        Ok(())
    }
}

impl Shared {
    fn write(&self, out: &mut dyn Write, what: &str, with_deadlines: bool) -> io::Result<()> {
        writeln!(out, "\n{}: {what}\n  {}", one_line(&self.state), beginning(&self.text, SHOWN))?;
        let place = |place: &SharedPlace| format!("{}:{}", one_line(&place.path), place.line);
        let width = self.places.iter().map(|at| fold::columns(&place(at))).max().unwrap_or_default();
        for at in &self.places {
            let name = place(at);
            match at.deadline.as_ref().filter(|_| with_deadlines) {
                Some(deadline) => writeln!(out, "    {name}{:gap$}  by {deadline}", "", gap = width - fold::columns(&name))?,
                None => writeln!(out, "    {name}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::review::Review;
    use crate::text::Source;

    use super::*;

    fn across(briefs: &[(&str, &str)]) -> Across {
        let book = crate::builtin::rulebook();
        let mut collected = Collected::default();
        for (number, (state, recommendation)) in briefs.iter().enumerate() {
            let text =
                format!("# Universal Periodic Review of {state}\n\n53rd session, 5 November 2026\n\n## Prison\n\n### Recommendations\n\n- {recommendation}\n");
            let source = Source::new(format!("{number}.md"), text);
            let checked = crate::check(&source, book, &Review::default());
            let hidden = crate::shown::hidden(&source, &checked, book);
            let state = checked.brief.frame.state.clone();
            let summary = Summary { path: source.name().to_owned(), state, ..Summary::default() };
            collected.add(&summary, Judged::all(&source, &checked, &hidden));
        }
        collected.compare()
    }

    fn places(shared: &Shared) -> Vec<(&str, Option<&str>)> {
        shared.places.iter().map(|place| (place.path.as_str(), place.deadline.as_deref())).collect()
    }

    #[test]
    fn the_same_words_in_two_briefs_of_one_state_are_told() {
        let one = "Open a court for children in Vell by June 2028.";
        let found = across(&[
            ("Kenya", one),
            ("Kenya", "Open a court for children, in Vell, by June 2028"),
            ("Nepal", one),
            ("Kenya", "Open a court in Vell by June 2028."),
        ]);
        assert!(found.contradictions.is_empty(), "{found:?}");
        assert_eq!(found.duplicates.iter().map(places).collect::<Vec<_>>(), [[("0.md", Some("2028-06-30")), ("1.md", Some("2028-06-30"))]]);
    }

    #[test]
    fn two_deadlines_for_one_recommendation_contradict_each_other() {
        let briefs = [
            ("Kenya", "Open a court for children in Vell by June 2028."),
            ("Kenya", "By the next review, open a court for children in Vell."),
            ("Kenya", "Open a court for children in Vell."),
        ];
        let found = across(&briefs);
        assert!(found.duplicates.is_empty(), "{found:?}");
        assert_eq!(found.contradictions.iter().map(places).collect::<Vec<_>>(), [[("0.md", Some("2028-06-30")), ("1.md", Some("2031-05-05"))]]);
        let same = [briefs[0], ("Kenya", "Open a court for children in Vell by the end of June 2028.")];
        assert!(across(&same).contradictions.is_empty(), "another way to say the same day");
    }
}
