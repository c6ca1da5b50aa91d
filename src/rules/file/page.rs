//! The page on which the length of a brief is reckoned, as written and as meant.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::Diagnostic;
use crate::pages::setting::{Font, MARGINS_CM, Paper, SIZES_PT, SPACINGS, Setting};
use crate::text::{Source, Span};

use super::faults::{Faults, at, unknown};
use super::schema::{FontWord, PaperWord};
use super::tables::parse;

/// The page on which the length of a brief is reckoned.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PageAsWritten {
    /// The paper.
    #[schemars(with = "Option<PaperWord>")]
    paper: Option<Spanned<String>>,
    /// The white space on all four sides: 0 to 6.
    #[schemars(with = "Option<f64>")]
    margin_cm: Option<Spanned<f64>>,
    /// The typeface; “sans” is as wide as Calibri, “serif” as Times New Roman.
    #[schemars(with = "Option<FontWord>")]
    font: Option<Spanned<String>>,
    /// The size of the text: 6 to 24.
    #[schemars(with = "Option<f64>")]
    size_pt: Option<Spanned<f64>>,
    /// The distance from line to line, 0.8 to 3; 1 is single.
    #[schemars(with = "Option<f64>")]
    line_spacing: Option<Spanned<f64>>,
}

/// What is said of a page, with the places where it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) paper: Option<(Paper, Span)>,
    pub(crate) margin: Option<(f64, Span)>,
    pub(crate) font: Option<(Font, Span)>,
    pub(crate) size: Option<(f64, Span)>,
    pub(crate) spacing: Option<(f64, Span)>,
}

/// Reads the page; what is not written is as usual.
///
/// # Errors
/// Diagnostics that point into the file.
pub fn read(source: &Source) -> Result<Setting, Vec<Diagnostic>> {
    let mut faults = Faults::of("rule-file");
    let parts = parse::<PageAsWritten>(source, &mut faults).map(|written| meant(&written, &mut faults));
    let setting = parts.map(|parts| {
        let usual = Setting::default();
        Setting {
            paper: parts.paper.map_or(usual.paper, |(paper, _)| paper),
            margin: parts.margin.map_or(usual.margin, |(margin, _)| margin),
            font: parts.font.map_or(usual.font, |(font, _)| font),
            size: parts.size.map_or(usual.size, |(size, _)| size),
            spacing: parts.spacing.map_or(usual.spacing, |(spacing, _)| spacing),
        }
    });
    faults.into_result(setting)
}

/// What is meant by a page as written.
pub(crate) fn meant(written: &PageAsWritten, faults: &mut Faults) -> Parts {
    let paper = written.paper.as_ref().and_then(|name| {
        let paper = Paper::from_name(name.as_ref());
        if paper.is_none() {
            unknown(at(name), "paper", name.as_ref(), Paper::ALL.iter().map(|&(_, name)| name), faults);
        }
        paper.map(|paper| (paper, at(name)))
    });
    let font = written.font.as_ref().and_then(|name| {
        let font = Font::from_name(name.as_ref());
        if font.is_none() {
            unknown(at(name), "font", name.as_ref(), Font::ALL.iter().map(|&(_, name)| name), faults);
        }
        font.map(|font| (font, at(name)))
    });
    let mut number = |written: &Option<Spanned<f64>>, range: std::ops::RangeInclusive<f64>, what: &str| {
        let written = written.as_ref()?;
        let sensible = range.contains(written.as_ref());
        if !sensible {
            faults.say(at(written), "No brief is printed on such a page.", Some(format!("{what} is {} to {}.", range.start(), range.end())));
        }
        sensible.then(|| (*written.as_ref(), at(written)))
    };
    Parts {
        paper,
        margin: number(&written.margin_cm, MARGINS_CM, "A margin in centimetres"),
        font,
        size: number(&written.size_pt, SIZES_PT, "A size in points"),
        spacing: number(&written.line_spacing, SPACINGS, "The line spacing"),
    }
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
