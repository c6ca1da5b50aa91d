//! Rules: read from files, applied to briefs.
//!
//! A [`Rule`] is a file that a human-rights officer can read; a [`Rulebook`] is all of them with the word lists and the calendar.
//! [`apply`] holds what each condition finds; the verdict is always a rule's.

pub mod adjust;
pub mod apply;
pub mod condition;
pub mod examples;
mod facts;
pub mod file;
pub mod fix;
pub mod message;
pub mod single;
pub mod suppress;
pub mod verdict;

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::brief::guide::{Guide, STATES};
use crate::brief::review::Calendar;
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::language::Grammar;
use crate::pages::setting::Setting;
use crate::text::Source;
use crate::words::forms::Forms;
use crate::words::{Entry, Grown, Language, LanguageLists, Lexicon, STOP_WORDS, WordList};

use adjust::Adjusted;
use condition::Condition;
use examples::Examples;
use fix::Mend;
use message::Message;
use verdict::Says;

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name: the path of its file.
    pub id: RuleId,
    /// What it is about, in a few words.
    pub title: String,
    /// How much a finding weighs.
    pub severity: Severity,
    /// How much it weighs outside a recommendation, if that differs.
    pub severity_elsewhere: Option<Severity>,
    /// What a finding says.
    pub message: Message,
    /// What to do.
    pub suggestion: Option<Message>,
    /// Why.
    pub rationale: String,
    /// Whether what it finds is personal data that no output may show.
    pub private: bool,
    /// The work on whose word the rule stands.
    pub work: String,
    /// What that work says.
    pub says: String,
    /// When it speaks.
    pub condition: Condition,
    /// What a finding says about the five letters.
    pub verdicts: Vec<Says>,
    /// Above which count a finding weighs or says something else.
    pub escalate: Option<Escalation>,
    /// What to write instead.
    pub fix: Option<Mend>,
    /// Its own examples.
    pub examples: Examples,
}

/// What changes in a finding above a count.
#[derive(Clone, Debug)]
pub struct Escalation {
    /// The count.
    pub above: usize,
    /// How much the finding weighs then, if that changes.
    pub severity: Option<Severity>,
    /// What it says then, if that changes.
    pub message: Option<Message>,
}

/// A file of a rule folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFile {
    /// Its path inside the folder, with `/`: `time-bound/missing-deadline.toml`.
    pub path: String,
    /// The name under which it is shown.
    pub name: String,
    /// Its text.
    pub text: Cow<'static, str>,
}

/// A file of a rule folder that is wrong, with what is wrong in it.
#[derive(Debug)]
pub struct BrokenFile {
    /// The file.
    pub source: Arc<Source>,
    /// What is wrong, with places in it.
    pub diagnostics: Vec<Diagnostic>,
}

/// All rules, with what they need. Only the rules are its own: what a configuration adjusts shares all else.
#[derive(Debug)]
pub struct Rulebook {
    /// The rules, in the order of their names.
    pub rules: Vec<Rule>,
    /// The rules' places in the order in which they are applied, each with the places of those that may silence it.
    order: Vec<(usize, Vec<usize>)>,
    /// For each rule, whether what it says may silence another.
    silences: Vec<bool>,
    /// The word lists.
    pub lexicon: Arc<Lexicon>,
    /// The lists and the calendar by which a brief is read.
    pub guide: Arc<Guide>,
    /// The lists by which a recommendation is read.
    pub grammar: Arc<Grammar>,
    /// The page on which the length of a brief is reckoned.
    pub page: Setting,
    /// Whole briefs that examples refer to, by path.
    pub example_files: Arc<FxHashMap<String, String>>,
    /// The sources of the rule files, by rule.
    pub sources: Arc<FxHashMap<RuleId, Source>>,
    /// What a configuration has switched off or weighed in another way.
    adjusted: Adjusted,
}

impl Rulebook {
    /// The rulebook of these files; of two with the same path the later one counts.
    ///
    /// # Errors
    /// The files that are wrong.
    pub fn load(files: impl IntoIterator<Item = RuleFile>) -> Result<Rulebook, Vec<BrokenFile>> {
        Rulebook::load_with(files, None)
    }

    /// The rulebook of these files and of word lists that are known to be right and whose trees have grown already, by language.
    pub(crate) fn load_grown(files: impl IntoIterator<Item = RuleFile>, grown: [Grown; Language::ALL.len()]) -> Result<Rulebook, Vec<BrokenFile>> {
        Rulebook::load_with(files, Some(grown))
    }

    fn load_with(files: impl IntoIterator<Item = RuleFile>, grown: Option<[Grown; Language::ALL.len()]>) -> Result<Rulebook, Vec<BrokenFile>> {
        let mut last: FxHashMap<String, RuleFile> = FxHashMap::default();
        for file in files {
            last.insert(file.path.clone(), file);
        }
        let mut files: Vec<RuleFile> = last.into_values().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut loading = Loading { grown, ..Loading::default() };
        for file in files {
            loading.sort_in(file);
        }
        loading.check_lists();
        loading.finish()
    }

    /// Whether what the rule at this place says may silence another.
    pub(crate) fn silences(&self, at: usize) -> bool {
        self.silences.get(at).copied().unwrap_or(false)
    }

    /// The rules in the order in which they are applied: each after those that may silence it.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = (usize, &Rule, &[usize])> {
        self.order.iter().filter_map(|(at, silencers)| self.rules.get(*at).map(|rule| (*at, rule, silencers.as_slice())))
    }

    /// The limit that a rule about a count sets, or pages: above it the rule speaks.
    pub fn limit(&self, rule: &str) -> Option<usize> {
        self.rules.iter().find(|known| known.id.as_str() == rule).and_then(|rule| rule.condition.more_than)
    }

    /// The rule of this name: the whole one, or its last part if no other rule ends so.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        let whole = self.rules.iter().find(|rule| rule.id.as_str() == name);
        whole.or_else(|| {
            let mut same = self.rules.iter().filter(|rule| rule.id.as_str().rsplit('/').next() == Some(name));
            let first = same.next();
            first.filter(|_| same.next().is_none())
        })
    }

    /// The name of a rule or folder that is nearest to `name`, if one is near.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let stems = self.rules.iter().filter_map(|rule| rule.id.as_str().rsplit('/').next().map(|stem| (stem, rule.id.as_str())));
        let whole = nearest(name, self.rules.iter().map(|rule| rule.id.as_str()));
        whole.or_else(|| {
            let stem = nearest(name, stems.clone().map(|(stem, _)| stem))?;
            stems.clone().find(|(known, _)| *known == stem).map(|(_, id)| id)
        })
    }
}

/// The nearest of some names, if one is near enough to have been meant.
pub fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let scored = known.map(|known| (strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase()), known));
    let limit = (name.chars().count() / 3).max(1);
    scored.filter(|&(distance, _)| distance <= limit).min_by_key(|&(distance, known)| (distance, known)).map(|(_, known)| known)
}

/// The files of a rulebook, while it is put together.
#[derive(Default)]
struct Loading {
    rules: Vec<(RuleId, Source)>,
    lists: Vec<ListFile>,
    grown: Option<[Grown; Language::ALL.len()]>,
    calendar: Option<Calendar>,
    page: Setting,
    example_files: FxHashMap<String, String>,
    broken: Vec<BrokenFile>,
}

impl Loading {
    fn sort_in(&mut self, file: RuleFile) {
        let parts: Vec<&str> = file.path.split('/').collect();
        let stem = |name: &str| name.trim_end_matches(".toml").to_owned();
        if let ["words", code, name] = parts.as_slice()
            && name.ends_with(".toml")
            && let Some(language) = Language::from_code(code)
        {
            return self.lists.push(ListFile { name: stem(name).replace('-', " "), language, file: file.clone() });
        }
        let source = Source::new(file.name, file.text);
        match parts.as_slice() {
            ["calendar.toml"] => match file::calendar::read(&source) {
                Ok(calendar) => self.calendar = Some(calendar),
                Err(diagnostics) => self.broken.push(BrokenFile { source: Arc::new(source), diagnostics }),
            },
            ["page.toml"] => match file::page::read(&source) {
                Ok(page) => self.page = page,
                Err(diagnostics) => self.broken.push(BrokenFile { source: Arc::new(source), diagnostics }),
            },
            // Told by other programs, or only when asked.
            ["coverage.toml" | "frequency.toml"] => {}
            ["examples", ..] => {
                self.example_files.insert(file.path.clone(), source.text().to_owned());
            }
            ["words", ..] => self.misplaced(source, "A word list stands in `words/en`, `words/fr` or `words/es`."),
            [folder, name] if name.ends_with(".toml") => {
                self.rules.push((RuleId::new(&format!("{folder}/{}", stem(name))), source));
            }
            _ if file.path.ends_with(".toml") => {
                self.misplaced(source, "A rule stands in a folder of its criterion: `time-bound/missing-deadline.toml`.");
            }
            _ => {}
        }
    }

    fn misplaced(&mut self, source: Source, message: &str) {
        let mut faults = file::faults::Faults::of("rule-file");
        faults.say(crate::text::Span { start: 0, end: 0 }, message, None);
        let diagnostics = faults.into_result::<()>(None).err().unwrap_or_default();
        self.broken.push(BrokenFile { source: Arc::new(source), diagnostics });
    }

    fn finish(mut self) -> Result<Rulebook, Vec<BrokenFile>> {
        let calendar = Arc::new(self.calendar.take().unwrap_or_default());
        let mut lexicon = self.lexicon(&calendar);
        let ids: Vec<RuleId> = self.rules.iter().map(|(id, _)| id.clone()).collect();
        let known = file::Known { lexicon: &lexicon, rules: &ids };
        let mut rules = Vec::new();
        let mut sources = FxHashMap::default();
        for (id, source) in std::mem::take(&mut self.rules) {
            match file::read(&id, &source, &known) {
                Ok(rule) => {
                    rules.push(rule);
                    sources.insert(id, source);
                }
                Err(diagnostics) => self.broken.push(BrokenFile { source: Arc::new(source), diagnostics }),
            }
        }
        let parts = Guide::new(&lexicon, calendar).and_then(|guide| Grammar::new(&lexicon).map(|grammar| (guide, grammar)));
        let (guide, grammar) = match parts {
            Ok(parts) => parts,
            Err(missing) => {
                let source = Source::new(format!("words/en/{}.toml", missing.replace(' ', "-")), "");
                self.misplaced(source, "This word list is needed and missing.");
                return Err(self.broken);
            }
        };
        let order = match order(&rules) {
            Ok(order) => order,
            Err(id) => {
                if let Some(source) = sources.remove(&id) {
                    self.misplaced(source, "Rules silence each other in a circle: look at `unless`.");
                }
                Vec::new()
            }
        };
        let wanted = guide.lists.ids().into_iter().chain(grammar.lists.ids());
        let told = rules.iter().flat_map(|rule| rule.verdicts.iter().flat_map(|says| condition::lists(&says.with).chain(condition::lists(&says.without))));
        let mended = rules.iter().filter_map(|rule| rule.fix.as_ref()).flat_map(Mend::lists);
        lexicon.look_only_for(wanted.chain(rules.iter().flat_map(|rule| rule.condition.lists())).chain(told).chain(mended));
        if self.broken.is_empty() {
            let speakers: FxHashSet<usize> = order.iter().flat_map(|(_, silencers)| silencers.iter().copied()).collect();
            let silences = (0..rules.len()).map(|at| speakers.contains(&at)).collect();
            Ok(Rulebook {
                rules,
                order,
                silences,
                lexicon: Arc::new(lexicon),
                guide: Arc::new(guide),
                grammar: Arc::new(grammar),
                page: self.page,
                example_files: Arc::new(self.example_files),
                sources: Arc::new(sources),
                adjusted: Adjusted::default(),
            })
        } else {
            Err(self.broken)
        }
    }

    /// Reads all word lists, to tell what is wrong with them.
    fn check_lists(&mut self) {
        for list in std::mem::take(&mut self.lists) {
            match list.read() {
                Ok(_) => self.lists.push(list),
                Err(diagnostics) => self.broken.push(BrokenFile { source: Arc::new(list.source()), diagnostics }),
            }
        }
    }

    /// The lexicon of the word lists and of the State names.
    fn lexicon(&mut self, calendar: &Arc<Calendar>) -> Lexicon {
        if let Some(grown) = self.grown.take() {
            return grown_lexicon(grown);
        }
        let files = std::mem::take(&mut self.lists);
        Lexicon::reading_later(|language| {
            let own: Vec<ListFile> = files.iter().filter(|list| list.language == language).cloned().collect();
            let names = own.iter().map(|list| list.name.clone()).chain([STATES.to_owned()]).collect();
            let stop = own.iter().filter(|list| list.name == STOP_WORDS).filter_map(|list| list.read().ok());
            let stop_words = stop.flat_map(|read| read.list.entries.into_owned()).map(|entry| entry.phrase.into_owned()).collect();
            let calendar = Arc::clone(calendar);
            let later = move || with_included(own.iter().filter_map(|list| list.read().ok()).collect(), states(&calendar, language));
            LanguageLists { names, stop_words, later: Box::new(later), tree: None }
        })
    }
}

/// The lexicon of lists whose trees have grown already.
fn grown_lexicon(grown: [Grown; Language::ALL.len()]) -> Lexicon {
    let [english, french, spanish] = grown;
    Lexicon::reading_later(|language| {
        let Grown { lists, tree } = match language {
            Language::English => english,
            Language::French => french,
            Language::Spanish => spanish,
        };
        let names = lists.iter().map(|list| list.name.to_string()).collect();
        let stop = lists.iter().filter(|list| list.name == STOP_WORDS);
        let stop_words = stop.flat_map(|list| list.entries.iter().map(|entry| entry.phrase.to_string())).collect();
        LanguageLists { names, stop_words, later: Box::new(|| lists.to_vec()), tree: Some(tree) }
    })
}

/// The file of a word list.
#[derive(Clone)]
struct ListFile {
    name: String,
    language: Language,
    file: RuleFile,
}

impl ListFile {
    fn source(&self) -> Source {
        Source::new(self.file.name.clone(), self.file.text.clone())
    }

    fn read(&self) -> Result<file::words::ReadList, Vec<Diagnostic>> {
        file::words::read(&self.name, self.language, &self.source())
    }
}

/// The lists of a language with those that they include, and the list of State names.
fn with_included(read: Vec<file::words::ReadList>, states: WordList) -> Vec<WordList> {
    let included: FxHashSet<String> = read.iter().flat_map(|read| read.include.iter().cloned()).collect();
    let parts = read.iter().map(|read| &read.list).filter(|list| included.contains(list.name.as_ref()));
    let entries: FxHashMap<String, Vec<Entry>> = parts.map(|list| (list.name.to_string(), list.entries.to_vec())).collect();
    let lists = read.into_iter().map(|read| {
        let mut list = read.list;
        list.entries.to_mut().extend(read.include.iter().filter_map(|name| entries.get(name)).flatten().cloned());
        list
    });
    lists.chain([states]).collect()
}

/// The names of States as a word list: as written and in capitals. An entry carries the State's place in the calendar, and its code.
fn states(calendar: &Calendar, language: Language) -> WordList {
    let mut entries = Vec::new();
    for (place, state) in calendar.states.iter().enumerate() {
        for name in state.names(language) {
            for phrase in [name.clone(), name.to_uppercase()] {
                entries.push(Entry { phrase: phrase.into(), value: place as i64, instead: Some(state.code.clone().into()) });
            }
        }
    }
    WordList {
        name: Cow::Borrowed(STATES),
        language,
        entries: entries.into(),
        rows: Cow::default(),
        forms: Forms::None,
        exact: true,
        except: Cow::default(),
        except_in: Cow::default(),
    }
}

/// An order in which each rule comes after those that may silence it; or a rule of a circle.
fn order(rules: &[Rule]) -> Result<Vec<(usize, Vec<usize>)>, RuleId> {
    let places: FxHashMap<&RuleId, usize> = rules.iter().enumerate().map(|(at, rule)| (&rule.id, at)).collect();
    let mut open: Vec<(usize, Vec<usize>)> =
        rules.iter().enumerate().map(|(at, rule)| (at, rule.condition.unless.iter().filter_map(|id| places.get(id).copied()).collect())).collect();
    let mut order: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut done = FxHashSet::default();
    while !open.is_empty() {
        let (ready, waiting): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, silencers)| silencers.iter().all(|at| done.contains(at)));
        if ready.is_empty() {
            let stuck = waiting.first().and_then(|(at, _)| rules.get(*at));
            return stuck.map_or(Ok(order), |rule| Err(rule.id.clone()));
        }
        done.extend(ready.iter().map(|(at, _)| *at));
        order.extend(ready);
        open = waiting;
    }
    Ok(order)
}
