//! What a brief asks of the program itself: the lines below `upr:` in its front matter.

use crate::markdown::{Document, front};
use crate::text::{Source, Span};
use crate::words::Language;

/// What a brief asks.
#[derive(Clone, Debug, Default)]
pub struct Asks {
    /// The language in which it is to be read.
    pub language: Option<Language>,
    /// Where that stands.
    pub language_at: Option<Span>,
    /// The rules and folders of rules that are not to be told, with their places.
    pub ignore: Vec<(String, Span)>,
    /// What is not understood.
    pub faults: Vec<Fault>,
}

/// Something below `upr:` that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The keys that may stand below `upr:`. The page is read where the pages are.
const KEYS: &str = "There are: ignore, language, page.";

/// Reads what stands below `upr:`.
pub(crate) fn read(source: &Source, document: &Document) -> Asks {
    let mut asks = Asks::default();
    let Some(whole) = document.front_matter else { return asks };
    let text = source.slice(whole);
    let Some(own) = front::entries(text).into_iter().find(|entry| text.get(entry.key.clone()) == Some("upr")) else { return asks };
    let place = |from: usize, range: std::ops::Range<usize>| {
        let from = from + whole.start as usize;
        Span::new(range.start + from..range.end + from)
    };
    if !own.value.is_empty() {
        let help = Some(format!("Write each setting on a line of its own below “upr:”, further to the right. {KEYS}"));
        asks.faults.push(Fault { span: place(0, own.value), message: "What stands behind “upr:” is not read.".to_owned(), help });
    }
    let below = text.get(own.below.clone()).unwrap_or_default();
    for entry in front::entries(below) {
        let items = front::items(below, &entry);
        let named = items.iter().map(|item| (below.get(item.clone()).unwrap_or_default(), place(own.below.start, item.clone())));
        match below.get(entry.key.clone()).unwrap_or_default() {
            "ignore" => asks.ignore = named.map(|(name, span)| (name.to_owned(), span)).collect(),
            "language" => {
                for (code, span) in named {
                    asks.language = Language::from_code(code);
                    asks.language_at = Some(span);
                    if asks.language.is_none() {
                        let help = Some("There are: en, fr, es.".to_owned());
                        asks.faults.push(Fault { span, message: format!("There is no language “{code}” in this program."), help });
                    }
                }
            }
            "page" => {}
            other => {
                let message = format!("There is no setting “{other}”.");
                asks.faults.push(Fault { span: place(own.below.start, entry.key.clone()), message, help: Some(KEYS.to_owned()) });
            }
        }
    }
    asks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    fn told(front: &str) -> (Asks, Vec<String>) {
        let source = Source::new("brief.md", format!("---\n{front}\n---\n\n# Title\n"));
        let asks = read(&source, &markdown::parse(&source));
        let faults = asks.faults.iter().map(|fault| source.slice(fault.span).to_owned()).collect();
        for (name, span) in &asks.ignore {
            assert_eq!(source.slice(*span), name);
        }
        (asks, faults)
    }

    #[test]
    fn what_a_brief_asks_is_read_and_the_rest_told() {
        let (asks, faults) = told("state: Zemland\nupr:\n  ignore: [tone, brief/too-long]\n  language: fr\n  page: letter");
        assert_eq!(asks.language, Some(Language::French));
        assert_eq!(asks.ignore.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["tone", "brief/too-long"]);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(told("upr:\n  ingore: tone\n  language: de").1, ["ingore", "de"]);
        assert_eq!(told("upr: {ignore: tone}").1, ["{ignore: tone}"]);
        assert_eq!(told("title: upr: a linter").1, Vec::<String>::new());
    }
}
