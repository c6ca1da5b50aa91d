//! The page on which a brief is set: paper, margins, typeface, size, line spacing.
//!
//! The usual page is rule data; a brief may ask for another one in its front matter, `page: letter, serif, 12 pt, margin 2 cm,
//! spacing 1.15`, in one line or key by key, also below `upr:`. What is not understood there leaves the usual page as it is.

use std::ops::RangeInclusive;

use crate::markdown::front;

/// The key of the front matter by which a brief chooses its page.
pub const KEY: &str = "page";
/// What its value says.
pub const ABOUT: &str = "The page on which the length is reckoned: Letter, serif, 12 pt, margin 2 cm, spacing 1.15";

/// The page on which a brief is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// The paper.
    pub paper: Paper,
    /// The white space on all four sides, in centimetres.
    pub margin: f64,
    /// The typeface.
    pub font: Font,
    /// The size of the text, in points.
    pub size: f64,
    /// The distance from line to line; 1 is single.
    pub spacing: f64,
}

/// The sizes of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 21 × 29.7 cm.
    A4,
    /// 8½ × 11 inches.
    Letter,
}

/// The typefaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Font {
    /// Carlito, which has the widths of Calibri.
    Sans,
    /// Liberation Serif, which has the widths of Times New Roman.
    Serif,
}

impl Paper {
    /// All of them with their names.
    pub const ALL: [(Paper, &'static str); 2] = [(Paper::A4, "A4"), (Paper::Letter, "Letter")];

    /// The paper of this name; capitals make no difference.
    pub fn from_name(name: &str) -> Option<Paper> {
        Paper::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(paper, _)| *paper)
    }

    /// The name.
    pub fn name(self) -> &'static str {
        Paper::ALL.iter().find(|(paper, _)| *paper == self).map_or("", |(_, name)| name)
    }

    /// Width and height, in twentieths of a point.
    fn twips(self) -> (u32, u32) {
        match self {
            Paper::A4 => (11_906, 16_838),
            Paper::Letter => (12_240, 15_840),
        }
    }
}

impl Font {
    /// All of them with their names.
    pub const ALL: [(Font, &'static str); 8] = [
        (Font::Sans, "sans"),
        (Font::Serif, "serif"),
        (Font::Sans, "Carlito"),
        (Font::Sans, "Calibri"),
        (Font::Serif, "Liberation Serif"),
        (Font::Serif, "Times New Roman"),
        (Font::Serif, "Times"),
        (Font::Sans, "sans-serif"),
    ];

    /// The typeface of this name; capitals make no difference.
    pub fn from_name(name: &str) -> Option<Font> {
        Font::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(font, _)| *font)
    }

    /// The name of its family.
    pub fn name(self) -> &'static str {
        match self {
            Font::Sans => "Carlito",
            Font::Serif => "Liberation Serif",
        }
    }
}

/// A4, 2.5 cm, 11-point Carlito, single spacing.
impl Default for Setting {
    fn default() -> Setting {
        Setting { paper: Paper::A4, margin: 2.5, font: Font::Sans, size: 11.0, spacing: 1.0 }
    }
}

/// The margins that make sense, in centimetres.
pub const MARGINS_CM: RangeInclusive<f64> = 0.0..=6.0;
/// The sizes of text that make sense, in points.
pub const SIZES_PT: RangeInclusive<f64> = 6.0..=24.0;
/// The distances from line to line that make sense; 1 is single.
pub const SPACINGS: RangeInclusive<f64> = 0.8..=3.0;

/// Twentieths of a point in a centimetre.
const CENTIMETRE: f64 = 1440.0 / 2.54;
/// Twentieths of a point in a point.
const POINT: f64 = 20.0;

impl Setting {
    /// Whether margins, size and spacing make sense.
    pub fn is_sensible(&self) -> bool {
        MARGINS_CM.contains(&self.margin) && SIZES_PT.contains(&self.size) && SPACINGS.contains(&self.spacing)
    }

    /// The setting in words: `A4, 2.5 cm margins, 11-point Carlito`.
    pub fn in_words(&self) -> String {
        let spacing = if (self.spacing - 1.0).abs() < f64::EPSILON { String::new() } else { format!(", line spacing {}", self.spacing) };
        format!("{}, {} cm margins, {}-point {}{spacing}", self.paper.name(), self.margin, self.size, self.font.name())
    }

    /// The setting with what the front matter of a brief says of it.
    #[must_use]
    pub fn with_front_matter(self, yaml: &str) -> Setting {
        let mut setting = self.with_page_of(yaml);
        // What stands below `upr:` is said to this program and to no other, so it goes last.
        if let Some(own) = front::entries(yaml).iter().find(|entry| yaml.get(entry.key.clone()) == Some("upr")) {
            setting = setting.with_page_of(yaml.get(own.below.clone()).unwrap_or_default());
        }
        setting
    }

    /// The setting with what the key `page` says, in one line or key by key.
    fn with_page_of(self, yaml: &str) -> Setting {
        let mut setting = self;
        let entries = front::entries(yaml);
        let Some(page) = entries.iter().find(|entry| yaml.get(entry.key.clone()) == Some(KEY)) else { return setting };
        let lines = yaml.get(page.value.clone()).into_iter().chain(yaml.get(page.below.clone()).unwrap_or_default().lines());
        for part in lines.flat_map(|line| line.split([',', '{', '}'])) {
            let changed = setting.with(part);
            if changed.is_sensible() {
                setting = changed;
            }
        }
        setting
    }

    /// The setting with one part changed: `letter`, `paper: letter`, `12 pt`, `margin 2 cm`.
    fn with(self, part: &str) -> Setting {
        let mut setting = self;
        let part = part.split(" #").next().unwrap_or_default().replace(['"', '\'', ':'], " ").to_ascii_lowercase();
        let words: Vec<&str> = part.split_whitespace().collect();
        let number = || part.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(|number| number.parse::<f64>().ok());
        let has = |names: &[&str]| words.iter().any(|word| names.contains(word));
        let unit = |name: &str| words.iter().any(|word| word.strip_suffix(name).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.')));
        if let Some(paper) = words.iter().find_map(|word| Paper::from_name(word)) {
            setting.paper = paper;
        }
        let named = |words: &[&str]| Font::from_name(&words.join(" "));
        if let Some(font) = named(&words).or_else(|| named(words.get(1..).unwrap_or_default())) {
            setting.font = font;
        }
        if has(&["margin", "margins"]) {
            let centimetres = if unit("mm") {
                0.1
            } else if unit("in") || has(&["inch", "inches"]) {
                2.54
            } else {
                1.0
            };
            setting.margin = number().map_or(setting.margin, |number| number * centimetres);
        } else if has(&["spacing"]) {
            setting.spacing = number().unwrap_or(setting.spacing);
        } else if has(&["size"]) || unit("pt") {
            setting.size = number().unwrap_or(setting.size);
        }
        setting
    }

    /// Width and height of what is printed, in twentieths of a point.
    pub(super) fn printed(&self) -> (u32, u32) {
        let (width, height) = self.paper.twips();
        let margins = 2 * twips(self.margin * CENTIMETRE);
        (width.saturating_sub(margins), height.saturating_sub(margins))
    }

    /// The size of the text, in twentieths of a point.
    pub(super) fn twips(&self) -> u32 {
        twips(self.size * POINT)
    }

    /// A height with the line spacing.
    pub(super) fn spaced(&self, height: u32) -> u32 {
        twips(f64::from(height) * self.spacing)
    }
}

/// A length in centimetres, as twentieths of a point.
pub(super) fn centimetres(length: f64) -> u32 {
    twips(length * CENTIMETRE)
}

/// A length that is not negative, to the nearest twentieth of a point.
#[expect(clippy::cast_sign_loss, reason = "what is negative becomes zero")]
fn twips(length: f64) -> u32 {
    length.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(yaml: &str, words: &str) {
        assert_eq!(Setting::default().with_front_matter(yaml).in_words(), words, "{yaml}");
    }

    #[test]
    fn the_front_matter_changes_the_page() {
        check("lang: en", "A4, 2.5 cm margins, 11-point Carlito");
        check("page: Letter, serif, 12 pt, margin 2 cm, spacing 1.15", "Letter, 2 cm margins, 12-point Liberation Serif, line spacing 1.15");
        check("page:\n  paper: letter\n  font: \"Times New Roman\"\n  size: 12\n  margin: 1in\nlang: fr", "Letter, 2.54 cm margins, 12-point Liberation Serif");
        check("page: {paper: a4, size: 10.5pt, margins: 20mm}", "A4, 2 cm margins, 10.5-point Carlito");
        check("upr:\n  ignore: tone\n  page: letter, 12 pt\n", "Letter, 2.5 cm margins, 12-point Carlito");
        check("page: letter\nupr:\n  page:\n    size: 12\n    margin: 2 cm", "Letter, 2 cm margins, 12-point Carlito");
        check("page: folio, 90 pt, margin 40 cm", "A4, 2.5 cm margins, 11-point Carlito");
    }

    #[test]
    fn what_is_printed_is_the_paper_without_its_margins() {
        assert_eq!(Setting::default().printed(), (9072, 14_004));
    }
}
