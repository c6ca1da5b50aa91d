//! The configuration: what the members of a coalition agreed upon for all their briefs, in files called `upr.toml`.
//!
//! ```text
//! upr.toml as written (file) ──▶ Settings with the places where they stand ──▶ Effective: settings and rulebook of one brief (search)
//! ```
//!
//! The nearest file above a brief counts, with what it extends; in it, what is said for some paths counts more than the rest. Above all
//! of it stand the front matter of the brief and the command line, which are read where they always were.
//! The command line and the language server ask the same [`Resolver`](search::Resolver), and so agree.

pub(crate) mod file;
mod globs;
mod meant;
pub mod search;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::brief::review::{Review, ReviewDate, Usual};
use crate::diagnostic::{FailOn, RuleId};
use crate::files::Book;
use crate::pages::setting::{Font, Paper, Setting};
use crate::rules::adjust::{Adjustment, Level};
use crate::text::{Source, Span};
use crate::words::Language;

pub use globs::Globs;

/// The name of a configuration file.
pub const FILE_NAME: &str = "upr.toml";

/// A value with the place where it was given.
#[derive(Clone, Debug)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// A place in a configuration file.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// The place in it.
    pub span: Span,
}

/// What configuration files say; what they do not say is not here.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The language of the briefs.
    pub language: Option<Given<Language>>,
    /// The State under review.
    pub state: Option<Given<String>>,
    /// The session.
    pub session: Option<Given<u16>>,
    /// The date of the review.
    pub review: Option<Given<ReviewDate>>,
    /// From which weight on a finding makes the exit code 1.
    pub fail_on: Option<Given<FailOn>>,
    /// The paper.
    pub paper: Option<Given<Paper>>,
    /// The margins, in centimetres.
    pub margin: Option<Given<f64>>,
    /// The typeface.
    pub font: Option<Given<Font>>,
    /// The size of the text, in points.
    pub size: Option<Given<f64>>,
    /// The line spacing.
    pub spacing: Option<Given<f64>>,
    /// Folders with rules.
    pub rule_folders: Option<Vec<Given<PathBuf>>>,
    /// The only files of a folder that are read.
    pub include: Option<Given<Globs>>,
    /// Files of a folder that are not read.
    pub exclude: Option<Given<Globs>>,
    /// What is said of rules, table by table; a later table counts more than an earlier one.
    pub rules: Vec<Vec<Given<OfRule>>>,
}

/// What a line of the table `[rules]` says.
#[derive(Clone, Debug)]
pub struct OfRule {
    /// The rule or folder of rules, as written.
    pub name: String,
    /// Whether it speaks, and how much it weighs.
    pub level: Option<Level>,
    /// Its limit, with the place of the number.
    pub limit: Option<(usize, Span)>,
}

/// What is said of one rule in the end.
#[derive(Clone, Debug, Default)]
pub struct OnRule {
    /// Whether it speaks, and how much it weighs.
    pub level: Option<Given<Level>>,
    /// Its limit.
    pub limit: Option<Given<usize>>,
}

impl OnRule {
    fn adjustment(&self) -> Adjustment {
        Adjustment { level: self.level.as_ref().map(|level| level.value), limit: self.limit.as_ref().map(|limit| limit.value) }
    }
}

/// All that holds for one brief, its own front matter left aside.
#[derive(Debug)]
pub struct Effective {
    /// What the configuration says.
    pub settings: Settings,
    /// What it says of each rule.
    pub on_rules: BTreeMap<RuleId, OnRule>,
    /// The rules as they are then.
    pub book: Book,
    /// The configuration file, and what it extends after it; none if there is no configuration.
    pub files: Vec<Arc<Source>>,
}

impl Effective {
    /// What is said of the review, with what the command line says of it.
    pub fn review(&self, given: &Review) -> Review {
        let settings = &self.settings;
        let usual = Usual {
            state: value(settings.state.as_ref()),
            session: value(settings.session.as_ref()),
            date: value(settings.review.as_ref()),
            language: value(settings.language.as_ref()),
        };
        Review { usual, ..given.clone() }
    }

    /// From which weight on a finding of this brief makes the exit code 1.
    pub fn fail_on(&self) -> FailOn {
        value(self.settings.fail_on.as_ref()).unwrap_or_default()
    }

    /// Whether a file that was found in a folder is not to be read. The path is absolute.
    pub fn leaves_out(&self, path: &std::path::Path) -> bool {
        let Settings { include, exclude, .. } = &self.settings;
        include.as_ref().is_some_and(|globs| !globs.value.hold(path)) || exclude.as_ref().is_some_and(|globs| globs.value.hold(path))
    }
}

fn value<T: Clone>(given: Option<&Given<T>>) -> Option<T> {
    given.map(|given| given.value.clone())
}

impl Settings {
    /// Takes in what counts more.
    fn add(&mut self, later: &Settings) {
        fn over<T: Clone>(mine: &mut Option<T>, later: Option<&T>) {
            if let Some(later) = later {
                *mine = Some(later.clone());
            }
        }
        over(&mut self.language, later.language.as_ref());
        over(&mut self.state, later.state.as_ref());
        over(&mut self.session, later.session.as_ref());
        over(&mut self.review, later.review.as_ref());
        over(&mut self.fail_on, later.fail_on.as_ref());
        over(&mut self.paper, later.paper.as_ref());
        over(&mut self.margin, later.margin.as_ref());
        over(&mut self.font, later.font.as_ref());
        over(&mut self.size, later.size.as_ref());
        over(&mut self.spacing, later.spacing.as_ref());
        over(&mut self.rule_folders, later.rule_folders.as_ref());
        over(&mut self.include, later.include.as_ref());
        over(&mut self.exclude, later.exclude.as_ref());
        self.rules.extend(later.rules.iter().cloned());
    }

    /// The usual page, with what the configuration says of it.
    fn page(&self, usual: Setting) -> Setting {
        Setting {
            paper: value(self.paper.as_ref()).unwrap_or(usual.paper),
            margin: value(self.margin.as_ref()).unwrap_or(usual.margin),
            font: value(self.font.as_ref()).unwrap_or(usual.font),
            size: value(self.size.as_ref()).unwrap_or(usual.size),
            spacing: value(self.spacing.as_ref()).unwrap_or(usual.spacing),
        }
    }
}
