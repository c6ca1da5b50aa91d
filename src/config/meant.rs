//! What the lines of `[rules]` mean: which rules they speak of. In one table a rule goes before its folder; a later table goes before
//! an earlier one.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::diagnostic::RuleId;
use crate::rules::adjust::{Level, Named};
use crate::rules::file::faults::Faults;
use crate::rules::{BrokenFile, Rulebook};
use crate::text::{Source, Span};

use super::file::KIND;
use super::{Given, OfRule, OnRule, Place};

/// Looks for names that no rule has, and for limits of rules that have none.
///
/// # Errors
/// The files in which something is wrong.
pub(super) fn check<'a>(book: &Rulebook, tables: impl Iterator<Item = &'a Vec<Given<OfRule>>>) -> Result<(), Vec<BrokenFile>> {
    let mut broken: Vec<(Arc<Source>, Faults)> = Vec::new();
    let mut say = |source: &Arc<Source>, span: Span, message: String, help: Option<String>| {
        let at = broken.iter().position(|(known, _)| Arc::ptr_eq(known, source));
        let at = at.unwrap_or_else(|| {
            broken.push((Arc::clone(source), Faults::of(KIND)));
            broken.len() - 1
        });
        if let Some((_, faults)) = broken.get_mut(at) {
            faults.say(span, message, help);
        }
    };
    for table in tables {
        let mut seen = FxHashSet::default();
        for line in table {
            let (name, Place { source, span }) = (&line.value.name, &line.place);
            let limit = line.value.limit.map(|(_, span)| span);
            match book.named(name) {
                Ok(Named::Rule(id)) => {
                    let counts = book.rules.iter().any(|rule| rule.id == id && rule.condition.has_limit());
                    if let Some(limit) = limit.filter(|_| !counts) {
                        let with: Vec<&str> = book.rules.iter().filter(|rule| rule.condition.has_limit()).map(|rule| rule.id.as_str()).collect();
                        say(source, limit, format!("The rule {id} has no limit."), Some(format!("Rules with a limit: {}.", with.join(", "))));
                    }
                    if !seen.insert(id.clone()) {
                        say(source, *span, format!("This table speaks of {id} twice."), None);
                    }
                }
                Ok(Named::Folder(_)) => {
                    if let Some(limit) = limit {
                        say(source, limit, format!("A limit belongs to one rule, and “{name}” is a folder of rules."), None);
                    }
                }
                Err(near) => {
                    let help = near.map_or_else(|| "“upr rules” lists all rules.".to_owned(), |near| format!("Did you mean “{near}”?"));
                    say(source, *span, format!("There is no rule or folder “{name}”."), Some(help));
                }
            }
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    let file = |(source, faults): (Arc<Source>, Faults)| BrokenFile { source, diagnostics: faults.into_result::<()>(None).err().unwrap_or_default() };
    Err(broken.into_iter().map(file).collect())
}

/// What is said of each rule in the end. A rule that the command line selects by its own name is not off.
pub(super) fn on_rules(book: &Rulebook, tables: &[Vec<Given<OfRule>>], selected: &[String]) -> BTreeMap<RuleId, OnRule> {
    let mut on_rules: BTreeMap<RuleId, OnRule> = BTreeMap::new();
    for table in tables {
        let mut lines: Vec<(&Given<OfRule>, Named)> = table.iter().filter_map(|line| book.named(&line.value.name).ok().map(|named| (line, named))).collect();
        lines.sort_by_key(|(_, named)| matches!(named, Named::Rule(_)));
        for (line, named) in lines {
            for id in named.rules() {
                let on_rule = on_rules.entry(id.clone()).or_default();
                if let Some(level) = line.value.level {
                    on_rule.level = Some(Given { value: level, place: line.place.clone() });
                }
                if let Some((limit, span)) = line.value.limit {
                    on_rule.limit = Some(Given { value: limit, place: Place { source: Arc::clone(&line.place.source), span } });
                }
            }
        }
    }
    for name in selected {
        if let Ok(Named::Rule(id)) = book.named(name)
            && let Some(on_rule) = on_rules.get_mut(&id)
            && on_rule.level.as_ref().is_some_and(|level| level.value == Level::Off)
        {
            on_rule.level = None;
        }
    }
    on_rules
}
