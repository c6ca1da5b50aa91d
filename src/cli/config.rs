//! `upr config`: each setting that holds for a brief, and where it was given.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::brief;
use crate::config::search::Resolver;
use crate::config::{Effective, Given, Globs, Place};
use crate::diagnostic::{FailOn, RuleId};
use crate::markdown;
use crate::report::config::{self as report, Setting};
use crate::rules::adjust::{Level, Named};
use crate::rules::suppress::OWN_RULES;
use crate::text::{Source, Span};

use super::book::BookArguments;
use super::configuration::{ConfigArguments, Told, resolver_or_complain};
use super::each_brief::Format;
use super::inputs::Input;
use super::{CLEAN, Colour, FAILED, complain, stdout, style};

/// `upr config`.
#[derive(Args)]
pub(super) struct Config {
    /// The brief; its front matter counts too. Without it, the briefs of the current folder are meant.
    #[arg(long = "for", value_name = "FILE")]
    brief: Option<PathBuf>,
    /// How the settings are written.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    book: BookArguments,
    #[command(flatten)]
    choice: ConfigArguments,
}

impl Config {
    pub(super) fn run(&self, colour: Colour) -> io::Result<u8> {
        let mut out = stdout();
        let style = style(colour);
        let resolver = match resolver_or_complain(&self.choice, &self.book, style)? {
            Ok(resolver) => resolver,
            Err(code) => return Ok(code),
        };
        let effective = match resolver.resolve(self.brief.as_deref().unwrap_or(Path::new("-"))) {
            Ok(effective) => effective,
            Err(broken) => {
                Told::default().tell(&broken, style)?;
                return Ok(FAILED);
            }
        };
        let mut settings = settings(&effective, &resolver);
        if let Some(path) = &self.brief {
            match Input::Named(path.clone()).read() {
                Ok(source) => with_front_matter(&mut settings, &source, &effective),
                Err((path, message)) => {
                    complain(&format!("{path}: {message}"));
                    return Ok(FAILED);
                }
            }
        }
        let configuration = effective.files.iter().map(|source| source.name().to_owned()).collect();
        let config = report::Config { brief: self.brief.as_deref().map(|path| resolver.shown(path)), configuration, settings };
        match self.format {
            Format::Text => report::write_text(&mut out, style, &config)?,
            Format::Json => report::write_json(&mut out, &config)?,
        }
        out.flush()?;
        Ok(CLEAN)
    }
}

/// A setting that was given, or else is built in.
fn row<T>(key: &str, given: Option<&Given<T>>, value: impl Fn(&T) -> Value, default: Value) -> Setting {
    match given {
        Some(given) => placed(key, value(&given.value), &given.place),
        None => Setting { key: key.to_owned(), value: default, file: None, line: None },
    }
}

fn placed(key: &str, value: Value, place: &Place) -> Setting {
    let Place { source, span } = place;
    Setting { key: key.to_owned(), value, file: Some(source.name().to_owned()), line: Some(source.line_number(span.start)) }
}

fn settings(effective: &Effective, resolver: &Resolver) -> Vec<Setting> {
    let given = &effective.settings;
    let usual = &effective.book.page;
    let globs = |globs: &Globs| json!(globs.written());
    let folders = given.rule_folders.as_deref().unwrap_or_default();
    let names: Vec<String> = folders.iter().map(|folder| resolver.shown(&resolver.absolute(&folder.value))).collect();
    let mut settings = vec![
        row("language", given.language.as_ref(), |language| json!(language.code()), Value::Null),
        row("state", given.state.as_ref(), |state| json!(state), Value::Null),
        row("session", given.session.as_ref(), |session| json!(session), Value::Null),
        row("review", given.review.as_ref(), |review| json!(review.to_string()), Value::Null),
        row("fail-on", given.fail_on.as_ref(), |fail_on| json!(fail_on.name()), json!(FailOn::default().name())),
        row("rule-folders", folders.first(), |_| json!(names), json!([])),
        row("include", given.include.as_ref(), globs, json!([])),
        row("exclude", given.exclude.as_ref(), globs, json!([])),
        row("page.paper", given.paper.as_ref(), |paper| json!(paper.name()), json!(usual.paper.name())),
        row("page.margin-cm", given.margin.as_ref(), |margin| json!(margin), json!(usual.margin)),
        row("page.font", given.font.as_ref(), |font| json!(font.name()), json!(usual.font.name())),
        row("page.size-pt", given.size.as_ref(), |size| json!(size), json!(usual.size)),
        row("page.line-spacing", given.spacing.as_ref(), |spacing| json!(spacing), json!(usual.spacing)),
    ];
    let rules = effective.book.rules.iter().map(|rule| (rule.id.clone(), rule.severity, rule.condition.limit().filter(|_| rule.condition.has_limit())));
    let own = OWN_RULES.iter().map(|&(id, severity, _)| (RuleId::new(id), severity, None));
    for (id, severity, limit) in rules.chain(own) {
        let on_rule = effective.on_rules.get(&id);
        let level = |level: &Level| match level {
            Level::Off => json!(OFF),
            Level::Always(severity) => json!(severity.name()),
        };
        let key = format!("{RULES}{id}");
        settings.push(row(&key, on_rule.and_then(|on_rule| on_rule.level.as_ref()), level, json!(severity.name())));
        if let Some(limit) = limit {
            settings.push(row(&format!("{key}.limit"), on_rule.and_then(|on_rule| on_rule.limit.as_ref()), |limit| json!(limit), json!(limit)));
        }
    }
    settings
}

const OFF: &str = crate::config::file::OFF;
const RULES: &str = "rules.";

/// Puts what the front matter of the brief says over the settings.
fn with_front_matter(settings: &mut [Setting], source: &Source, effective: &Effective) {
    let document = markdown::parse(source);
    let mut say = |key: &str, value: Value, span: Span| {
        if let Some(setting) = settings.iter_mut().find(|setting| setting.key == key) {
            setting.value = value;
            setting.file = Some(source.name().to_owned());
            setting.line = Some(source.line_number(span.start));
        }
    };
    for (key, value, span) in brief::front_matter_says(source, &document) {
        say(key, value.parse::<u16>().map_or_else(|_| json!(value), |number| json!(number)), span);
    }
    let asks = brief::asks::read(source, &document);
    if let (Some(language), Some(span)) = (asks.language, asks.language_at) {
        say("language", json!(language.code()), span);
    }
    for (name, span) in &asks.ignore {
        for id in effective.book.named(name).iter().flat_map(Named::rules) {
            say(&format!("{RULES}{id}"), json!(OFF), *span);
        }
    }
    if let Some(front) = document.front_matter {
        let usual = effective.book.page;
        let page = usual.with_front_matter(source.slice(front));
        let changed = [
            ("page.paper", page.paper != usual.paper, json!(page.paper.name())),
            ("page.margin-cm", page.margin.to_bits() != usual.margin.to_bits(), json!(page.margin)),
            ("page.font", page.font != usual.font, json!(page.font.name())),
            ("page.size-pt", page.size.to_bits() != usual.size.to_bits(), json!(page.size)),
            ("page.line-spacing", page.spacing.to_bits() != usual.spacing.to_bits(), json!(page.spacing)),
        ];
        for (key, _, value) in changed.into_iter().filter(|(_, changed, _)| *changed) {
            say(key, value, page_key(source, front));
        }
    }
}

/// The line of the front matter that speaks of the page.
fn page_key(source: &Source, front: Span) -> Span {
    let text = source.slice(front);
    let start = text.lines().find(|line| line.trim_start().starts_with("page:")).map_or(0, |line| line.as_ptr().addr() - text.as_ptr().addr());
    Span { start: front.start + start as u32, end: front.end }
}
