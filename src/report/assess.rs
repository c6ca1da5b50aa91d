//! Recommendations one by one, for machines: a JSON object on each line.
//!
//! ```json
//! {"line":1,"text":"Ratify the Convention by 2027","lang":"en","action":{"category":5,"name":"specific","verb":"Ratify",
//! "span":{"start":0,"end":6},"reason":"…"},"actions":1,"deadline":{"text":"by 2027","span":{"start":22,"end":29},"kind":"date",
//! "latest":"2027-12-31","months":null,"anchor":null},"vague_time":[],"quantities":[],"names":[{"text":"…","kind":"treaty"}],
//! "smart":{"specific":{"verdict":"met","words":["…"]},"measurable":{…},"achievable":{…},"time_bound":{…}},
//! "findings":[{"rule":"…","severity":"warning","message":"…","span":{"start":0,"end":6}}]}
//! ```
//!
//! Spans are bytes of `text`, ends excluded. `text` is what the user gave, personal data included; nothing else repeats it but
//! pieces of it. There is no verdict on relevance, since a recommendation alone has no issue.

use crate::brief::review::ReviewDate;
use crate::language::action::{Category, Reason};
use crate::language::time::{Deadline, DeadlineKind};
use crate::rules::single::Assessed;
use crate::rules::verdict::Letter;
use crate::text::prose::WordRange;

/// A recommendation as it was given, with what was found.
pub struct Row<'a> {
    /// The line of the input on which it begins, from 1.
    pub line: u64,
    /// Its text.
    pub text: &'a str,
    /// The review from which its time is counted.
    pub review: Option<ReviewDate>,
    /// What was read in it and found.
    pub assessed: &'a Assessed<'a>,
}

/// Writes a recommendation and the end of its line.
pub fn write(out: &mut Vec<u8>, row: &Row<'_>) {
    let Row { line, text, review, assessed } = *row;
    let reading = &assessed.reading;
    let words = |range: WordRange| text.get(range.range()).unwrap_or_default();
    let category = reading.action.category;
    let mut json = Json(out);
    json.raw("{\"line\":").number(line).raw(",\"text\":").string(text).raw(",\"lang\":").string(assessed.language.code());
    json.raw(",\"action\":{\"category\":").optional(category, |json, category| json.number(number(category).into()));
    json.raw(",\"name\":").optional(category, |json, category| json.string(category.name()));
    json.raw(",\"verb\":").string(words(reading.action.verb)).raw(",\"span\":").span(reading.action.verb);
    json.raw(",\"reason\":").string(&reason(text, assessed)).raw("},\"actions\":").number(reading.actions_in_all as u64);
    json.raw(",\"deadline\":").optional(reading.deadline(), |json, (place, due)| deadline(json, words(place), place, due, review));
    json.raw(",\"vague_time\":").list(&reading.times.vague, |json, place| json.string(words(reading.place(place))));
    json.raw(",\"quantities\":").list(&reading.quantities, |json, quantity| json.string(words(quantity.place)));
    json.raw(",\"names\":")
        .list(&assessed.names, |json, name| json.raw("{\"text\":").string(words(name.place)).raw(",\"kind\":").string(name.kind.name()).raw("}"));
    let letters = [
        (",\"smart\":{\"specific\":", Letter::Specific),
        (",\"measurable\":", Letter::Measurable),
        (",\"achievable\":", Letter::Achievable),
        (",\"time_bound\":", Letter::TimeBound),
    ];
    for (key, letter) in letters {
        let verdict = &assessed.letters[letter];
        json.raw(key).raw("{\"verdict\":").string(verdict.answer.word());
        json.raw(",\"words\":").list(&verdict.words, |json, place| json.string(words(*place))).raw("}");
    }
    json.raw("},\"findings\":").list(&assessed.findings, |json, finding| {
        json.raw("{\"rule\":").string(finding.rule.as_str()).raw(",\"severity\":").string(finding.severity.name());
        json.raw(",\"message\":").string(&finding.message).raw(",\"span\":").span(finding.words).raw("}")
    });
    json.raw("}\n");
}

fn deadline<'j, 'o>(json: &'j mut Json<'o>, text: &str, place: WordRange, deadline: &Deadline, review: Option<ReviewDate>) -> &'j mut Json<'o> {
    let (kind, anchor) = match deadline.kind {
        DeadlineKind::Date { .. } => ("date", None),
        DeadlineKind::Duration { .. } => ("duration", None),
        DeadlineKind::NextReview => ("next-review", Some("next-review")),
        DeadlineKind::MidTerm => ("mid-term", Some("mid-term")),
        DeadlineKind::Cycle { .. } => ("cycle", None),
        DeadlineKind::Event { .. } => ("event", Some("event")),
        DeadlineKind::External => ("external", Some("external")),
    };
    let latest = deadline.latest(review.map(|review| review.date));
    json.raw("{\"text\":").string(text).raw(",\"span\":").span(place).raw(",\"kind\":").string(kind);
    json.raw(",\"latest\":").optional(latest, |json, latest| json.string(&latest.iso()));
    json.raw(",\"months\":").optional(deadline.months(), |json, months| json.number(months.into()));
    json.raw(",\"anchor\":").optional(anchor, Json::string).raw("}")
}

/// JSON written piece by piece: the general way took a sixth of all the work.
struct Json<'o>(&'o mut Vec<u8>);

impl Json<'_> {
    /// What is JSON already.
    fn raw(&mut self, json: &str) -> &mut Self {
        self.0.extend_from_slice(json.as_bytes());
        self
    }

    fn string(&mut self, text: &str) -> &mut Self {
        let escapes = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
        if text.bytes().fold(false, |any, byte| any | escapes(byte)) {
            // Writing to memory does not fail.
            let written = serde_json::to_writer(&mut *self.0, text);
            debug_assert!(written.is_ok());
            return self;
        }
        self.raw("\"").raw(text).raw("\"")
    }

    fn number(&mut self, number: u64) -> &mut Self {
        if number >= 10 {
            self.number(number / 10);
        }
        self.0.push(b'0' + (number % 10) as u8);
        self
    }

    fn span(&mut self, words: WordRange) -> &mut Self {
        self.raw("{\"start\":").number(words.start.into()).raw(",\"end\":").number(words.end.into()).raw("}")
    }

    fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T) -> &mut Self) -> &mut Self {
        match value {
            Some(value) => write(self, value),
            None => self.raw("null"),
        }
    }

    fn list<T>(&mut self, items: &[T], write: impl for<'j> Fn(&'j mut Self, &T) -> &'j mut Self) -> &mut Self {
        self.raw("[");
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.raw(",");
            }
            write(self, item);
        }
        self.raw("]")
    }
}

/// The number of a category on McMahon's scale.
pub(super) fn number(category: Category) -> u8 {
    category as u8 + 1
}

/// Why an action is of its category: which words decided, and what they do.
fn reason(text: &str, assessed: &Assessed<'_>) -> String {
    let action = &assessed.reading.action;
    let words = |range: WordRange| text.get(range.range()).unwrap_or_default();
    let does = match action.category {
        None => return "the verbs of this language are not known".to_owned(),
        Some(Category::Minimal) => "asks for help or an exchange",
        Some(Category::Continuing) => "asks for more of the same",
        Some(Category::Considering) => "asks to think about it",
        Some(Category::General) => "shows a direction",
        Some(Category::Specific) => "names an act",
    };
    let verb = words(action.verb);
    match action.reason {
        Reason::Verb => format!("“{verb}” {does}"),
        Reason::Object(object) => format!("“{verb}” with “{}” {does}", words(object)),
        Reason::Example(example) => format!("“{verb}” with the example “{}” {does}", words(example)),
        Reason::NoVerb => format!("no verb that is known: “{verb}” {does}"),
    }
}
