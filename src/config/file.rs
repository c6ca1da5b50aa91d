//! `upr.toml` as written (serde) and as meant, with faults that point into the file. The same rules hold as for rule files: plain
//! structs, every key optional for serde, what is wrong said here in plain words.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use toml::Spanned;

use crate::brief::review::ReviewDate;
use crate::diagnostic::{Diagnostic, FailOn, Severity};
use crate::rules::adjust::Level;
use crate::rules::file::faults::{Faults, at, unknown};
use crate::rules::file::page::{self, PageAsWritten, Parts};
use crate::rules::file::schema::{LanguageWord, words};
use crate::rules::file::tables::parse_rest;
use crate::text::{Source, Span};
use crate::words::Language;

use super::{Given, Globs, OfRule, Place, Settings};

type Texts = Option<Spanned<Vec<Spanned<String>>>>;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ConfigAsWritten {
    /// Other configurations that count as well, each as a path from this file.
    #[schemars(with = "Option<Vec<String>>")]
    extends: Option<Vec<Spanned<String>>>,
    /// The language of the briefs.
    #[schemars(with = "Option<LanguageWord>")]
    language: Option<Spanned<String>>,
    /// The State under review: its name or its ISO code.
    #[schemars(with = "Option<String>")]
    state: Option<Spanned<String>>,
    /// The session of the UPR Working Group.
    #[schemars(with = "Option<u16>", range(min = 1))]
    session: Option<Spanned<u16>>,
    /// The date of the review: “2026-11” or “2026-11-05”.
    #[schemars(with = "Option<String>")]
    review: Option<Spanned<String>>,
    /// From which weight on a finding makes the exit code 1.
    #[schemars(with = "Option<FailOnWord>")]
    fail_on: Option<Spanned<String>>,
    /// Folders with rules of your own.
    #[schemars(with = "Option<Vec<String>>")]
    rule_folders: Texts,
    /// The only files of a folder that are read.
    #[schemars(with = "Option<Vec<String>>")]
    include: Texts,
    /// Files of a folder that are not read.
    #[schemars(with = "Option<Vec<String>>")]
    exclude: Texts,
    /// The page on which the length of a brief is reckoned.
    page: Option<PageAsWritten>,
    /// How much rules weigh, and their limits, by the name of the rule or of a folder of rules.
    #[schemars(with = "Option<BTreeMap<String, RuleAsWritten>>")]
    rules: Option<RulesAsWritten>,
    /// What is said for some of the briefs only.
    #[schemars(with = "Option<Vec<OverrideAsWritten>>")]
    overrides: Option<Vec<Spanned<OverrideAsWritten>>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OverrideAsWritten {
    /// The briefs: “geneva/**”.
    #[schemars(required, with = "Option<Vec<String>>")]
    paths: Texts,
    /// The language of the briefs.
    #[schemars(with = "Option<LanguageWord>")]
    language: Option<Spanned<String>>,
    /// The State under review: its name or its ISO code.
    #[schemars(with = "Option<String>")]
    state: Option<Spanned<String>>,
    /// The session of the UPR Working Group.
    #[schemars(with = "Option<u16>", range(min = 1))]
    session: Option<Spanned<u16>>,
    /// The date of the review: “2026-11” or “2026-11-05”.
    #[schemars(with = "Option<String>")]
    review: Option<Spanned<String>>,
    /// The page on which the length of a brief is reckoned.
    page: Option<PageAsWritten>,
    /// How much rules weigh, and their limits, by the name of the rule or of a folder of rules.
    #[schemars(with = "Option<BTreeMap<String, RuleAsWritten>>")]
    rules: Option<RulesAsWritten>,
}

type RulesAsWritten = BTreeMap<Spanned<String>, Spanned<RuleAsWritten>>;

/// `"off"`, or `{ severity = "error", limit = 3 }`. A visitor and no `untagged` enum, which would say "data did not match any variant".
enum RuleAsWritten {
    Severity(String),
    Table(RuleTableAsWritten),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RuleTableAsWritten {
    /// How much a finding weighs, or “off”.
    #[schemars(with = "Option<LevelWord>")]
    severity: Option<Spanned<String>>,
    /// The number above which the rule speaks, or below which it does.
    #[schemars(with = "Option<usize>")]
    limit: Option<Spanned<usize>>,
}

impl<'de> Deserialize<'de> for RuleAsWritten {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rule;
        impl<'de> Visitor<'de> for Rule {
            type Value = RuleAsWritten;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word such as \"off\", or a table such as { severity = \"error\", limit = 3 }")
            }

            fn visit_str<E: de::Error>(self, severity: &str) -> Result<RuleAsWritten, E> {
                Ok(RuleAsWritten::Severity(severity.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RuleAsWritten, A::Error> {
                RuleTableAsWritten::deserialize(MapAccessDeserializer::new(map)).map(RuleAsWritten::Table)
            }
        }
        deserializer.deserialize_any(Rule)
    }
}

impl JsonSchema for RuleAsWritten {
    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (word, table) = (generator.subschema_for::<LevelWord>(), generator.subschema_for::<RuleTableAsWritten>());
        json_schema!({ "anyOf": [word, table] })
    }
}

words! {
    /// Whether a rule speaks, and how much it weighs.
    LevelWord = [OFF].into_iter().chain(Severity::ALL.into_iter().map(Severity::name)).collect();
    /// From which weight on a finding makes the exit code 1.
    FailOnWord = FailOn::ALL.into_iter().map(FailOn::name).collect();
}

/// The JSON Schema of a configuration file.
pub(crate) fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<ConfigAsWritten>()
}

/// A configuration file as meant.
#[derive(Debug)]
pub(super) struct File {
    /// Its text.
    pub(super) source: Arc<Source>,
    /// The files that it extends, in order.
    pub(super) extends: Vec<Given<PathBuf>>,
    /// What it says of all briefs.
    pub(super) own: Settings,
    /// What it says of some, in order.
    pub(super) overrides: Vec<Override>,
}

/// What is said of the briefs at some paths.
#[derive(Debug)]
pub(super) struct Override {
    pub(super) paths: Globs,
    pub(super) settings: Settings,
}

/// The name under which faults of configuration files go.
pub(super) const KIND: &str = "configuration";

/// Reads the file of this absolute path.
///
/// # Errors
/// Diagnostics that point into the file.
pub(super) fn read(path: &Path, source: &Arc<Source>) -> Result<File, Vec<Diagnostic>> {
    let mut faults = Faults::of(KIND);
    let file = parse_rest::<ConfigAsWritten>(source, &mut faults).map(|rest| {
        let folder = path.parent().unwrap_or(path);
        Meaning { source, folder, is_whole: rest.is_whole, faults: &mut faults }.file(rest.value)
    });
    faults.into_result(file)
}

/// What is needed to say what is meant.
struct Meaning<'a> {
    source: &'a Arc<Source>,
    folder: &'a Path,
    /// Whether no value had to be taken out: then what is missing was never there.
    is_whole: bool,
    faults: &'a mut Faults,
}

impl Meaning<'_> {
    fn file(&mut self, written: ConfigAsWritten) -> File {
        let extends = written.extends.unwrap_or_default().into_iter().map(|path| self.path(&path)).collect();
        let overrides = written.overrides.unwrap_or_default().into_iter().filter_map(|written| self.over(written)).collect();
        let mut own = Settings {
            language: self.language(written.language.as_ref()),
            state: self.state(written.state.as_ref()),
            session: self.session(written.session.as_ref()),
            review: self.review(written.review.as_ref()),
            fail_on: self.fail_on(written.fail_on.as_ref()),
            rule_folders: written.rule_folders.map(|folders| folders.get_ref().iter().map(|folder| self.path(folder)).collect()),
            include: self.globs(written.include.as_ref()),
            exclude: self.globs(written.exclude.as_ref()),
            rules: self.rules(written.rules),
            ..Settings::default()
        };
        self.page(written.page.as_ref(), &mut own);
        File { source: Arc::clone(self.source), extends, own, overrides }
    }

    fn over(&mut self, written: Spanned<OverrideAsWritten>) -> Option<Override> {
        let place = at(&written);
        let written = written.into_inner();
        if written.paths.is_none() && self.is_whole {
            let help = Some("Add the paths of which it speaks: paths = [\"geneva/**\"].".to_owned());
            self.faults.say(place, "This `[[overrides]]` has no `paths`.", help);
        }
        let mut settings = Settings {
            language: self.language(written.language.as_ref()),
            state: self.state(written.state.as_ref()),
            session: self.session(written.session.as_ref()),
            review: self.review(written.review.as_ref()),
            rules: self.rules(written.rules),
            ..Settings::default()
        };
        self.page(written.page.as_ref(), &mut settings);
        let paths = self.globs(written.paths.as_ref())?.value;
        Some(Override { paths, settings })
    }

    fn given<T>(&self, value: T, span: Span) -> Given<T> {
        Given { value, place: Place { source: Arc::clone(self.source), span } }
    }

    fn path(&self, written: &Spanned<String>) -> Given<PathBuf> {
        self.given(self.folder.join(written.get_ref()), at(written))
    }

    fn globs(&mut self, written: Option<&Spanned<Vec<Spanned<String>>>>) -> Option<Given<Globs>> {
        let written = written?;
        let patterns = written.get_ref().iter().map(|pattern| pattern.get_ref().clone()).collect();
        match Globs::new(self.folder, patterns) {
            Ok(globs) => Some(self.given(globs, at(written))),
            Err((number, reason)) => {
                let place = written.get_ref().get(number).map_or_else(|| at(written), at);
                let help = "A star stands for a part of a name, two stars for any folders: geneva/**, **/draft-*.md.".to_owned();
                self.faults.say(place, format!("This pattern cannot be read: {reason}."), Some(help));
                None
            }
        }
    }

    fn language(&mut self, written: Option<&Spanned<String>>) -> Option<Given<Language>> {
        let written = written?;
        let language = Language::ALL.into_iter().find(|language| language.code() == written.get_ref());
        if language.is_none() {
            unknown(at(written), "language", written.get_ref(), Language::ALL.into_iter().map(Language::code), self.faults);
        }
        Some(self.given(language?, at(written)))
    }

    fn state(&mut self, written: Option<&Spanned<String>>) -> Option<Given<String>> {
        let written = written?;
        let state = written.get_ref().trim();
        if state.is_empty() {
            self.faults.say(at(written), "The State has no name.", Some("Write its name or its ISO code: state = \"Nepal\".".to_owned()));
        }
        Some(self.given(state.to_owned(), at(written)))
    }

    fn session(&mut self, written: Option<&Spanned<u16>>) -> Option<Given<u16>> {
        let written = written?;
        if *written.get_ref() == 0 {
            self.faults.say(at(written), "There is no session 0.", None);
        }
        Some(self.given(*written.get_ref(), at(written)))
    }

    fn review(&mut self, written: Option<&Spanned<String>>) -> Option<Given<ReviewDate>> {
        let written = written?;
        let review = ReviewDate::parse(written.get_ref());
        if review.is_none() {
            let help = Some("Write a month as \"2026-11\" or a day as \"2026-11-05\".".to_owned());
            self.faults.say(at(written), format!("“{}” is no date of a review.", written.get_ref()), help);
        }
        Some(self.given(review?, at(written)))
    }

    fn fail_on(&mut self, written: Option<&Spanned<String>>) -> Option<Given<FailOn>> {
        let written = written?;
        let fail_on = FailOn::from_name(written.get_ref());
        if fail_on.is_none() {
            unknown(at(written), "weight", written.get_ref(), FailOn::ALL.into_iter().map(FailOn::name), self.faults);
        }
        Some(self.given(fail_on?, at(written)))
    }

    fn page(&mut self, written: Option<&PageAsWritten>, settings: &mut Settings) {
        let Some(written) = written else { return };
        let Parts { paper, margin, font, size, spacing } = page::meant(written, self.faults);
        settings.paper = paper.map(|(value, span)| self.given(value, span));
        settings.margin = margin.map(|(value, span)| self.given(value, span));
        settings.font = font.map(|(value, span)| self.given(value, span));
        settings.size = size.map(|(value, span)| self.given(value, span));
        settings.spacing = spacing.map(|(value, span)| self.given(value, span));
    }

    /// The lines of a table of rules, if there is one.
    fn rules(&mut self, written: Option<RulesAsWritten>) -> Vec<Vec<Given<OfRule>>> {
        let Some(written) = written else { return Vec::new() };
        let mut rules = Vec::new();
        for (name, rule) in written {
            let whole = at(&rule);
            let (severity, limit) = match rule.into_inner() {
                RuleAsWritten::Severity(severity) => (Some((severity, whole)), None),
                RuleAsWritten::Table(RuleTableAsWritten { severity, limit }) => {
                    let severity = severity.map(|severity| (severity.get_ref().clone(), at(&severity)));
                    (severity, limit.map(|limit| (*limit.get_ref(), at(&limit))))
                }
            };
            let level = severity.and_then(|(name, span)| self.level(&name, span));
            let span = at(&name);
            rules.push(self.given(OfRule { name: name.into_inner(), level, limit }, span));
        }
        // The order of the file, in which faults are told.
        rules.sort_by_key(|rule| rule.place.span);
        vec![rules]
    }

    fn level(&mut self, name: &str, span: Span) -> Option<Level> {
        let level = if name == OFF { Some(Level::Off) } else { Severity::from_name(name).map(Level::Always) };
        if level.is_none() {
            unknown(span, "severity", name, [OFF].into_iter().chain(Severity::ALL.into_iter().map(Severity::name)), self.faults);
        }
        level
    }
}

/// The word for a rule that says nothing.
pub(crate) const OFF: &str = "off";
