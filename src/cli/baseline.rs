//! The file of a baseline: the findings that are known, brief by brief.
//!
//! A brief is named by its path from the folder of the file, so that one entry does not silence the same weakness in another brief. A
//! brief that the file does not name may have been renamed: it takes over the entries of one that is gone, if at least half of its
//! entries about words are found in it. What a brief lacks as a whole stands there by the name of the rule, and many briefs lack it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::files::in_words;

use super::whole::Whole;

/// The version of the file that is written. It changes when an older program could not read it any more.
const VERSION: u32 = 2;

/// What more briefs than these had in common does not tell under which name one of them goes on.
const MOST_OWNERS: usize = 16;

/// The file as it is written: for each brief the keys of its findings.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    briefs: BTreeMap<String, BTreeSet<String>>,
}

/// The file of version 1, which does not say to which brief a finding belongs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unnamed {
    #[expect(dead_code, reason = "it was looked at already, and no other field may stand there")]
    version: u32,
    findings: BTreeSet<String>,
}

/// An entry: the name of the brief, empty if the file gives none, and the key of the finding.
pub(super) type Entry = (String, String);

/// A baseline.
#[derive(Debug)]
pub(super) struct Baseline {
    /// The folder of the file.
    folder: PathBuf,
    briefs: BTreeMap<String, BTreeSet<String>>,
    /// What holds for all briefs: all that a file of version 1 has.
    unnamed: BTreeSet<String>,
    /// For each key, the briefs that had it and are gone.
    gone: FxHashMap<String, Vec<String>>,
}

impl Baseline {
    /// One without entries, for a file of this path.
    pub(super) fn empty(path: &Path) -> Baseline {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        Baseline { folder, briefs: BTreeMap::new(), unnamed: BTreeSet::new(), gone: FxHashMap::default() }
    }

    /// Reads one.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(super) fn read(path: &Path) -> Result<Baseline, String> {
        let bytes = fs::read(path).map_err(|error| in_words(&error))?;
        let wrong = |error: serde_json::Error| format!("this is no baseline that --write-baseline wrote: {error}");
        let file: serde_json::Value = serde_json::from_slice(&bytes).map_err(wrong)?;
        let mut baseline = Baseline::empty(path);
        match file.get("version").and_then(serde_json::Value::as_u64) {
            Some(1) => baseline.unnamed = Unnamed::deserialize(file).map_err(wrong)?.findings,
            Some(version) if version != u64::from(VERSION) => {
                return Err(format!("this baseline has version {version}; this program reads the versions 1 and {VERSION}"));
            }
            _ => baseline.briefs = File::deserialize(file).map_err(wrong)?.briefs,
        }
        for (name, keys) in &baseline.briefs {
            if !baseline.folder.join(name).exists() {
                for key in keys.iter().filter(|key| is_about_words(key)) {
                    let owners = baseline.gone.entry(key.clone()).or_default();
                    if owners.len() < MOST_OWNERS {
                        owners.push(name.clone());
                    }
                }
            }
        }
        Ok(baseline)
    }

    /// Whether it does not say to which briefs its entries belong.
    pub(super) fn is_unnamed(&self) -> bool {
        !self.unnamed.is_empty()
    }

    /// The name of a brief: its path from the folder of the file, with `/`.
    pub(super) fn name(&self, brief: &Path) -> String {
        let absolute = fs::canonicalize(brief).or_else(|_| std::path::absolute(brief)).unwrap_or_else(|_| brief.to_owned());
        relative(&self.folder, &absolute)
    }

    /// The entries that hold for a brief of this name with these keys, and under which name they stand.
    pub(super) fn of<'b>(&'b self, brief: &'b str, keys: &[String]) -> (Cow<'b, str>, &'b BTreeSet<String>) {
        static NONE: BTreeSet<String> = BTreeSet::new();
        if self.is_unnamed() {
            return ("".into(), &self.unnamed);
        }
        if let Some(listed) = self.briefs.get(brief) {
            return (brief.into(), listed);
        }
        let mut met: BTreeMap<&str, usize> = BTreeMap::new();
        for name in keys.iter().filter_map(|key| self.gone.get(key)).flatten() {
            *met.entry(name).or_default() += 1;
        }
        // Of those that are as near, the first by name.
        let nearest = met.into_iter().max_by_key(|&(name, number)| (number, std::cmp::Reverse(name)));
        let listed = nearest.and_then(|(name, number)| {
            self.briefs.get_key_value(name).filter(|(_, listed)| number * 2 >= listed.iter().filter(|key| is_about_words(key)).count())
        });
        listed.map_or((brief.into(), &NONE), |(name, listed)| (name.as_str().into(), listed))
    }

    /// How many entries are not needed any more: those of the briefs that were read or are gone, of which none of `met` is.
    pub(super) fn not_needed(&self, read: &BTreeSet<String>, met: &BTreeSet<Entry>) -> usize {
        let is_gone = |name: &String| !self.folder.join(name).exists();
        let named = self.briefs.iter().filter(|(name, _)| read.contains(*name) || is_gone(name));
        let named = named.flat_map(|(name, keys)| keys.iter().map(move |key| (name.clone(), key.clone())));
        let all = named.chain(self.unnamed.iter().map(|key| (String::new(), key.clone())));
        all.filter(|entry| !met.contains(entry)).count()
    }
}

/// Writes the entries to a file; an error says its name.
pub(super) fn write(path: &Path, entries: BTreeSet<Entry>) -> std::io::Result<()> {
    let mut briefs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (brief, key) in entries {
        briefs.entry(brief).or_default().insert(key);
    }
    let mut whole = Whole::new(path)?;
    serde_json::to_writer_pretty(&mut whole, &File { version: VERSION, briefs })?;
    whole.write_all(b"\n")?;
    whole.finish()
}

/// Whether an entry is the key of a finding and not the name of a rule.
fn is_about_words(entry: &str) -> bool {
    !entry.contains('/')
}

/// A path from a folder, with `/` on every system.
fn relative(folder: &Path, path: &Path) -> String {
    let (from, to): (Vec<Component>, Vec<Component>) = (folder.components().collect(), path.components().collect());
    let same = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    // Another drive has no way to it.
    let up = if same == 0 { 0 } else { from.len() - same };
    let down = to.iter().skip(same).map(|part| part.as_os_str().to_string_lossy());
    std::iter::repeat_n("..".into(), up).chain(down).collect::<Vec<Cow<str>>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_is_named_from_the_folder_of_the_baseline() {
        for (folder, path, name) in [
            ("/a/b", "/a/b/c.md", "c.md"),
            ("/a/b", "/a/b/c d/e.md", "c d/e.md"),
            ("/a/b", "/a/c.md", "../c.md"),
            ("/a/b", "/c/d.md", "../../c/d.md"),
            ("/", "/a.md", "a.md"),
        ] {
            assert_eq!(relative(Path::new(folder), Path::new(path)), name, "{folder} {path}");
        }
    }
}
