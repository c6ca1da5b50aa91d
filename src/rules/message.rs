//! Messages with named blanks.

use std::sync::Arc;

use super::condition::named;

named! {
    /// A blank of a message.
    Blank {
        /// The words that were found.
        Words = "words",
        /// The number counted.
        Count = "count",
        /// The number that is allowed.
        Limit = "limit",
        /// By how many lines a brief is over the limit of its pages.
        LinesOver = "lines-over",
        /// By about how many words it is.
        WordsOver = "words-over",
        /// The longest issue.
        Longest = "longest",
        /// The words of the deadline.
        Deadline = "deadline",
        /// The last day that the deadline allows.
        Latest = "latest",
        /// The date that was found, as UN documents write it.
        Date = "date",
        /// The other date as which it can be read.
        OtherDate = "other-date",
        /// The day on which the 4½ years end.
        NextReview = "next-review",
        /// A month halfway through the 4½ years.
        Halfway = "halfway",
        /// The day or month of the review.
        Review = "review",
        /// By when States hand in advance questions.
        AdvanceQuestions = "advance-questions",
        /// The day on which the brief is looked at or was written.
        Today = "today",
        /// The better wording that a word list gives.
        Better = "better",
        /// The State under review.
        State = "state",
        /// The session of the review.
        Session = "session",
        /// The title of the issue.
        Title = "title",
    }
}

/// A message as written in a rule file.
#[derive(Clone, Debug, Default)]
pub struct Message {
    parts: Vec<Part>,
    /// The message, if it has no blank: then it is the same for all findings, and they share it.
    whole: Option<Arc<str>>,
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Blank(Blank),
}

/// The bytes of most messages.
const ROOM: usize = 128;

impl Message {
    /// Reads a message.
    ///
    /// # Errors
    /// The place and name of a blank that is not known.
    pub fn read(text: &str) -> Result<Message, (usize, String)> {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        let skipped = text.len() - text.trim_start().len();
        let mut offset = skipped;
        while let Some(open) = rest.find('{') {
            let (before, tail) = rest.split_at(open);
            let Some(close) = tail.find('}') else { break };
            let name = tail.get(1..close).unwrap_or_default();
            let blank = Blank::from_name(name).ok_or_else(|| (offset + open, name.to_owned()))?;
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Blank(blank));
            offset += open + close + 1;
            rest = tail.get(close + 1..).unwrap_or_default();
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        let whole = match parts.as_slice() {
            [] => Some("".into()),
            [Part::Text(text)] => Some(text.as_str().into()),
            _ => None,
        };
        Ok(Message { parts, whole })
    }

    /// Whether the message has this blank.
    pub fn has(&self, blank: Blank) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Blank(known) if *known == blank))
    }

    /// The message with its blanks filled. White space of what fills them becomes single spaces.
    pub fn fill(&self, mut value: impl FnMut(Blank) -> String) -> Arc<str> {
        if let Some(whole) = &self.whole {
            return Arc::clone(whole);
        }
        let mut filled = String::with_capacity(ROOM);
        for part in &self.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Blank(blank) => {
                    for (number, word) in value(*blank).split_whitespace().enumerate() {
                        if number > 0 {
                            filled.push(' ');
                        }
                        filled.push_str(word);
                    }
                }
            }
        }
        filled.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_and_unknown_ones_refused() {
        let message = Message::read("{count} words; {limit} at most.").unwrap();
        assert_eq!(&*message.fill(|blank| blank.name().to_uppercase()), "COUNT words; LIMIT at most.");
        assert_eq!(Message::read("a {wrods} b").err(), Some((2, "wrods".to_owned())));
        assert!(message.has(Blank::Count) && !message.has(Blank::Words));
    }
}
