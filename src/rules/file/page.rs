//! The page on which the length of a brief is reckoned, as written and as meant.

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::Diagnostic;
use crate::pages::setting::{Font, Paper, Setting};
use crate::text::{Source, Span};

use super::{Faults, at, parse, unknown};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PageAsWritten {
    paper: Option<Spanned<String>>,
    margin_cm: Option<f64>,
    font: Option<Spanned<String>>,
    size_pt: Option<f64>,
    line_spacing: Option<f64>,
}

/// Reads the page; what is not written is as usual.
///
/// # Errors
/// Diagnostics that point into the file.
pub fn read(source: &Source) -> Result<Setting, Vec<Diagnostic>> {
    let mut faults = Faults::new();
    let setting = parse::<PageAsWritten>(source, &mut faults).map(|written| meant(&written, &mut faults));
    faults.into_result(setting)
}

fn meant(written: &PageAsWritten, faults: &mut Faults) -> Setting {
    let usual = Setting::default();
    let paper = written.paper.as_ref().and_then(|name| {
        let paper = Paper::from_name(name.as_ref());
        if paper.is_none() {
            unknown(at(name), "paper", name.as_ref(), Paper::ALL.iter().map(|&(_, name)| name), faults);
        }
        paper
    });
    let font = written.font.as_ref().and_then(|name| {
        let font = Font::from_name(name.as_ref());
        if font.is_none() {
            unknown(at(name), "font", name.as_ref(), Font::ALL.iter().map(|&(_, name)| name), faults);
        }
        font
    });
    let setting = Setting {
        paper: paper.unwrap_or(usual.paper),
        margin: written.margin_cm.unwrap_or(usual.margin),
        font: font.unwrap_or(usual.font),
        size: written.size_pt.unwrap_or(usual.size),
        spacing: written.line_spacing.unwrap_or(usual.spacing),
    };
    if !setting.is_sensible() {
        let help = "A margin is 0 to 6 cm, a size 6 to 24 points, the line spacing 0.8 to 3.".to_owned();
        faults.say(Span { start: 0, end: 0 }, "No brief is printed on such a page.", Some(help));
    }
    setting
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Setting, String> {
        read(&Source::new("page.toml", text.to_owned())).map_err(|faults| faults.into_iter().map(|fault| fault.message.to_string()).collect())
    }

    #[test]
    fn a_page_is_read_and_a_wrong_one_told() {
        assert_eq!(told(""), Ok(Setting::default()));
        let page = Setting { paper: Paper::Letter, margin: 2.0, font: Font::Serif, size: 12.0, spacing: 1.15 };
        assert_eq!(told("paper = \"letter\"\nmargin-cm = 2\nfont = \"serif\"\nsize-pt = 12\nline-spacing = 1.15"), Ok(page));
        assert_eq!(told("paper = \"A3\""), Err("There is no paper “A3”.".to_owned()));
        assert_eq!(told("size-pt = 60"), Err("No brief is printed on such a page.".to_owned()));
    }
}
