//! Images: how large they are printed.
//!
//! The size is what stands in braces behind the image, `![Map](map.png){width=8cm height=5cm}`. No file is opened: an image that
//! does not say its size takes the room of its description, as it does in a word processor when the file is missing.

use crate::markdown::{Block, BlockKind, Document};
use crate::text::prose::{MarkKind, WordRange};

use super::setting::centimetres;

/// An image with its size in twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Image {
    /// Its description and what stands in braces.
    pub(super) words: WordRange,
    /// Its description.
    pub(super) description: WordRange,
    width: u32,
    height: u32,
}

/// If only one side is told, an image is four wide and three high.
const RATIO: f64 = 4.0 / 3.0;

impl Image {
    /// Width and height on a page that is so wide: a wider image is made smaller.
    pub(super) fn fit(&self, width: u32) -> (u32, u32) {
        if self.width <= width { (self.width, self.height) } else { (width, (u64::from(self.height) * u64::from(width) / u64::from(self.width)) as u32) }
    }
}

/// The images in a block that say their size.
pub(super) fn inline(document: &Document, words: WordRange) -> Vec<Image> {
    let images = document.prose.marks(words).filter(|mark| mark.kind == MarkKind::Image);
    images.filter_map(|mark| sized(document, mark.words, words.end)).collect()
}

/// The image that is all that stands in a paragraph; its description is printed below it.
pub(super) fn figure(document: &Document, block: &Block) -> Option<Image> {
    let mark = document.prose.marks(block.words).next().filter(|mark| block.kind == BlockKind::Paragraph && mark.kind == MarkKind::Image)?;
    let image = sized(document, mark.words, block.words.end)?;
    (image.words == document.prose.trim(block.words)).then_some(image)
}

fn sized(document: &Document, description: WordRange, end: u32) -> Option<Image> {
    let rest = document.prose.slice(WordRange { start: description.end, end });
    let (inner, _) = rest.strip_prefix('{')?.split_once('}')?;
    let side = |name: &str| inner.split_whitespace().find_map(|part| length(part.strip_prefix(name)?.strip_prefix('=')?));
    let (width, height) = match (side("width"), side("height")) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, width / RATIO),
        (None, Some(height)) => (height * RATIO, height),
        (None, None) => return None,
    };
    let words = WordRange { start: description.start, end: description.end + inner.len() as u32 + 2 };
    Some(Image { words, description, width: centimetres(width).max(1), height: centimetres(height) })
}

/// A length in centimetres, as a person writes it: `5cm`, `2in`, `300px`; at most a metre.
fn length(text: &str) -> Option<f64> {
    let text = text.trim_matches('"');
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let centimetres = match text.get(number.len()..)? {
        "cm" => 1.0,
        "mm" => 0.1,
        "in" => 2.54,
        "pt" => 2.54 / 72.0,
        "px" | "" => 2.54 / 96.0,
        _ => return None,
    };
    let length = number.parse::<f64>().ok()? * centimetres;
    (0.0..=100.0).contains(&length).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;
    use crate::text::Source;

    fn size(text: &str) -> Option<(u32, u32)> {
        let document = markdown::parse(&Source::new("test.md", text.to_owned()));
        figure(&document, document.blocks.first().unwrap()).map(|image| image.fit(9072))
    }

    #[test]
    fn the_size_stands_in_braces() {
        assert_eq!(size("![Map](map.png){width=5cm height=40mm}"), Some((2835, 2268)));
        assert_eq!(size("![Map](map.png){width=4in}"), Some((5760, 4320)));
        assert_eq!(size("![Map](map.png){width=32cm height=4cm}"), Some((9072, 1134)));
        assert_eq!(size("![Map](map.png)"), None);
        assert_eq!(size("![Map](map.png){width=50%}"), None);
        assert_eq!(size("See ![Map](map.png){width=5cm}"), None);
    }
}
