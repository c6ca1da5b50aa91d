//! Which configuration holds for a brief.
//!
//! A [`Resolver`] reads each file once and makes one rulebook for all briefs of which the same is said, however many threads ask.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::files::{self, Book};
use crate::rules::file::faults::{Faults, TOP};
use crate::rules::{BrokenFile, RuleFile};
use crate::text::Source;

use super::file::{self, File, KIND};
use super::{Effective, FILE_NAME, Given, Settings, meant};

/// Which configuration is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The nearest one above each brief.
    #[default]
    Nearest,
    /// This one, for all briefs.
    Only(PathBuf),
    /// None.
    Never,
}

/// Configuration or rule files that are wrong, so that nothing can be said of the briefs under them.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The configuration that was to be used.
    pub configuration: String,
    /// What is wrong, file by file, each with its absolute path.
    pub files: Vec<(PathBuf, Arc<BrokenFile>)>,
}

type Answer = Result<Arc<Effective>, Arc<Broken>>;
/// A configuration file with those that it extends before it.
type Files = Arc<Vec<Arc<File>>>;
/// Files that are wrong, with their absolute paths.
type Wrong = Vec<(PathBuf, Arc<BrokenFile>)>;

/// Says which configuration holds for a brief.
#[derive(Debug)]
pub struct Resolver {
    choice: Choice,
    /// Rules that are given besides any configuration: they go on top of those of the configuration.
    own: Vec<RuleFile>,
    /// The rules without any configuration.
    plain: Book,
    /// The rules that the command line selects: they speak even if the configuration has switched them off.
    selected: Vec<String>,
    /// The folder from which paths are reckoned, and below which they are shown without it.
    here: PathBuf,
    known: Mutex<Known>,
}

/// What has been read.
#[derive(Debug, Default)]
struct Known {
    /// For each folder, its configuration file.
    nearest: FxHashMap<PathBuf, Option<PathBuf>>,
    files: FxHashMap<PathBuf, Result<Arc<File>, Arc<BrokenFile>>>,
    /// For each configuration, what it extends and itself at the end.
    chains: FxHashMap<PathBuf, Result<Files, Arc<Broken>>>,
    books: FxHashMap<Vec<PathBuf>, Book>,
    /// For each configuration and each choice among what it says of some paths.
    answers: FxHashMap<(Option<PathBuf>, Vec<bool>), Answer>,
}

/// Through so many files a configuration may extend others.
const DEEPEST: usize = 32;

impl Resolver {
    /// A resolver that chooses a configuration in this way. Paths are reckoned from `here`, which is absolute.
    pub fn new(choice: Choice, here: &Path) -> Resolver {
        Resolver { choice, own: Vec::new(), plain: Book::default(), selected: Vec::new(), here: tidy(here), known: Mutex::default() }
    }

    /// The same with rules of one's own on top of those of any configuration.
    ///
    /// # Errors
    /// The files that are wrong.
    pub fn with_rules(self, own: Vec<RuleFile>) -> Result<Resolver, Vec<BrokenFile>> {
        Ok(Resolver { plain: files::rulebook(own.clone())?, own, ..self })
    }

    /// The same with rules that speak even if a configuration has switched them off.
    #[must_use]
    pub fn selecting(self, selected: Vec<String>) -> Resolver {
        Resolver { selected, ..self }
    }

    /// The rules without any configuration.
    pub fn plain_book(&self) -> &Book {
        &self.plain
    }

    /// What holds without any configuration.
    pub fn plain(&self) -> Arc<Effective> {
        Arc::new(Effective { settings: Settings::default(), on_rules: BTreeMap::new(), book: self.plain.clone(), files: Vec::new() })
    }

    /// What holds for the brief at this path, which need not be there.
    ///
    /// # Errors
    /// The files that are wrong.
    pub fn resolve(&self, path: &Path) -> Answer {
        let path = self.absolute(path);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = self.file_for(&mut known, &path) else { return self.answer(&mut known, None, &[], Vec::new()) };
        let chain = self.chain(&mut known, &file)?;
        let matched = chain.iter().flat_map(|file| &file.overrides).map(|over| over.paths.hold(&path)).collect();
        self.answer(&mut known, Some(file), &chain, matched)
    }

    /// The configuration file for the brief at this path, as an absolute path.
    pub fn configuration(&self, path: &Path) -> Option<PathBuf> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        self.file_for(&mut known, &self.absolute(path))
    }

    /// Forgets what has been read: a file has changed.
    pub fn forget(&self) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Known::default();
    }

    /// A path from the root of the file system.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        tidy(&self.here.join(path))
    }

    /// A path as it is shown.
    pub fn shown(&self, path: &Path) -> String {
        let text = files::shown(path.strip_prefix(&self.here).unwrap_or(path));
        // The folder itself has no name below it.
        if text.is_empty() { ".".to_owned() } else { text }
    }

    fn file_for(&self, known: &mut Known, path: &Path) -> Option<PathBuf> {
        match &self.choice {
            Choice::Nearest => nearest(known, path.parent().unwrap_or(path)),
            Choice::Only(file) => Some(self.absolute(file)),
            Choice::Never => None,
        }
    }

    /// A configuration with what it extends, in the order in which it counts: the last one counts most.
    fn chain(&self, known: &mut Known, path: &Path) -> Result<Files, Arc<Broken>> {
        if let Some(chain) = known.chains.get(path) {
            return chain.clone();
        }
        let mut search = Chain { resolver: self, known, done: FxHashSet::default(), path: Vec::new(), files: Vec::new(), broken: Vec::new() };
        search.visit(path, None);
        let Chain { mut files, broken, .. } = search;
        files.reverse();
        let chain = if broken.is_empty() { Ok(Arc::new(files)) } else { Err(self.broken(path, broken)) };
        known.chains.insert(path.to_owned(), chain.clone());
        chain
    }

    fn broken(&self, configuration: &Path, wrong: Wrong) -> Arc<Broken> {
        let mut files: Wrong = Vec::new();
        for (path, file) in wrong {
            match files.iter_mut().find(|(known, _)| *known == path) {
                Some((_, known)) => {
                    let diagnostics = known.diagnostics.iter().chain(&file.diagnostics).cloned().collect();
                    *known = Arc::new(BrokenFile { source: Arc::clone(&file.source), diagnostics });
                }
                None => files.push((path, file)),
            }
        }
        Arc::new(Broken { configuration: self.shown(configuration), files })
    }

    fn read(&self, known: &mut Known, path: &Path) -> Result<Arc<File>, Arc<BrokenFile>> {
        if let Some(file) = known.files.get(path) {
            return file.clone();
        }
        let name = self.shown(path);
        let file = match files::text(path, &name) {
            Ok(source) => {
                let source = Arc::new(source);
                file::read(path, &source).map(Arc::new).map_err(|diagnostics| Arc::new(BrokenFile { source, diagnostics }))
            }
            Err(reason) => Err(one_fault(&Arc::new(Source::new(name, "")), TOP, format!("This configuration cannot be used: {reason}."))),
        };
        known.files.insert(path.to_owned(), file.clone());
        file
    }

    /// What holds under a configuration where some of its overrides match.
    fn answer(&self, known: &mut Known, path: Option<PathBuf>, chain: &[Arc<File>], matched: Vec<bool>) -> Answer {
        let key = (path, matched);
        if let Some(answer) = known.answers.get(&key) {
            return answer.clone();
        }
        let answer = self.effective(known, chain, &key.1);
        let answer = answer.map(Arc::new).map_err(|files| self.broken(key.0.as_deref().unwrap_or(Path::new("")), files));
        known.answers.insert(key, answer.clone());
        answer
    }

    fn effective(&self, known: &mut Known, chain: &[Arc<File>], matched: &[bool]) -> Result<Effective, Wrong> {
        let mut settings = Settings::default();
        let mut matched = matched.iter();
        for file in chain {
            settings.add(&file.own);
            for over in file.overrides.iter().zip(&mut matched).filter_map(|(over, matched)| matched.then_some(over)) {
                settings.add(&over.settings);
            }
        }
        let base = self.base(known, settings.rule_folders.as_deref().unwrap_or_default())?;
        // A wrong name is told wherever it stands, not only for the briefs that it is about.
        let said = chain.iter().flat_map(|file| file.own.rules.iter().chain(file.overrides.iter().flat_map(|over| &over.settings.rules)));
        meant::check(&base, said).map_err(|broken| self.located(broken))?;
        let on_rules = meant::on_rules(&base, &settings.rules, &self.selected);
        let page = settings.page(base.page);
        let adjustments = on_rules.iter().map(|(id, on_rule)| (id.clone(), on_rule.adjustment())).collect();
        let same = on_rules.is_empty() && page == base.page;
        let book = if same { base } else { Book::Own(Arc::new(base.adjusted(&adjustments, page))) };
        let files = chain.iter().rev().map(|file| Arc::clone(&file.source)).collect();
        Ok(Effective { settings, on_rules, book, files })
    }

    fn located(&self, broken: Vec<BrokenFile>) -> Wrong {
        broken.into_iter().map(|broken| (self.absolute(Path::new(broken.source.name())), Arc::new(broken))).collect()
    }

    /// The rules of these folders, with those that are given besides any configuration on top.
    fn base(&self, known: &mut Known, folders: &[Given<PathBuf>]) -> Result<Book, Wrong> {
        if folders.is_empty() {
            return Ok(self.plain.clone());
        }
        let key: Vec<PathBuf> = folders.iter().map(|folder| tidy(&folder.value)).collect();
        if let Some(book) = known.books.get(&key) {
            return Ok(book.clone());
        }
        let mut all = Vec::new();
        for (folder, Given { place, .. }) in key.iter().zip(folders) {
            match files::rule_folder(folder, &self.shown(folder)) {
                Ok(files) => all.extend(files),
                Err(reason) => {
                    let broken = one_fault(&place.source, place.span, format!("These rules cannot be read: {reason}."));
                    return Err(vec![(self.absolute(Path::new(place.source.name())), broken)]);
                }
            }
        }
        all.extend(self.own.iter().cloned());
        let book = files::rulebook(all).map_err(|broken| self.located(broken))?;
        known.books.insert(key, book.clone());
        Ok(book)
    }
}

/// The search for what a configuration extends.
struct Chain<'a> {
    resolver: &'a Resolver,
    known: &'a mut Known,
    done: FxHashSet<PathBuf>,
    /// The files that led here.
    path: Vec<PathBuf>,
    /// The files, those that count most first.
    files: Vec<Arc<File>>,
    broken: Wrong,
}

impl Chain<'_> {
    /// Takes in a file, and what it extends from the last one to the first; `entry` is where it is named.
    ///
    /// A file that comes twice counts at its last place only, which gives the same: it says there all that it said before.
    fn visit(&mut self, path: &Path, entry: Option<&Given<PathBuf>>) {
        if self.done.contains(path) {
            return;
        }
        if let Some(entry) = entry {
            let circle = self.path.iter().position(|known| known == path);
            let reason = match circle {
                Some(from) => {
                    let names: Vec<String> = self.path.iter().skip(from).map(|path| self.resolver.shown(path)).collect();
                    Some(format!("This leads round in a circle: {} → {}.", names.join(" → "), self.resolver.shown(path)))
                }
                None if self.path.len() >= DEEPEST => Some(format!("This goes on through more than {DEEPEST} files.")),
                None if !path.is_file() => Some(format!("There is no file “{}”.", self.resolver.shown(path))),
                None => None,
            };
            if let Some(reason) = reason {
                let source = &entry.place.source;
                let own = self.path.last().cloned().unwrap_or_default();
                return self.broken.push((own, one_fault(source, entry.place.span, reason)));
            }
        }
        match self.resolver.read(self.known, path) {
            Ok(file) => {
                self.files.push(Arc::clone(&file));
                self.path.push(path.to_owned());
                for entry in file.extends.iter().rev() {
                    self.visit(&tidy(&entry.value), Some(entry));
                }
                self.path.pop();
            }
            Err(broken) => self.broken.push((path.to_owned(), broken)),
        }
        self.done.insert(path.to_owned());
    }
}

/// The nearest configuration file in a folder or above it, up to the root of a repository.
fn nearest(known: &mut Known, folder: &Path) -> Option<PathBuf> {
    let mut passed = Vec::new();
    let mut found = None;
    for folder in folder.ancestors() {
        if let Some(before) = known.nearest.get(folder) {
            found.clone_from(before);
            break;
        }
        passed.push(folder.to_owned());
        let file = folder.join(FILE_NAME);
        if file.is_file() {
            found = Some(file);
            break;
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    known.nearest.extend(passed.into_iter().map(|folder| (folder, found.clone())));
    found
}

fn one_fault(source: &Arc<Source>, span: crate::text::Span, message: String) -> Arc<BrokenFile> {
    let mut faults = Faults::of(KIND);
    faults.say(span, message, None);
    let diagnostics = faults.into_result::<()>(None).err().unwrap_or_default();
    Arc::new(BrokenFile { source: Arc::clone(source), diagnostics })
}

/// A path without `.` and `..`, as far as that can be told without looking at the file system.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}
