//! State, session, review date and language: from the front matter, else in plain words from the first lines.

use crate::markdown::Document;
use crate::text::Source;
use crate::text::prose::WordRange;
use crate::words::{Hit, Language, Lexicon, Word, Words};

use super::date::Date;
use super::guide::Guide;
use super::keys;
use super::review::{Calendar, Precision, Review, ReviewDate, TimeFrame};

/// The front matter of a brief: `key: value` lines. Nested values are left aside.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter<'a> {
    pairs: Vec<(&'a str, &'a str)>,
}

impl<'a> FrontMatter<'a> {
    pub(crate) fn read(source: &'a Source, document: &Document) -> FrontMatter<'a> {
        let yaml = document.front_matter.map_or("", |span| source.slice(span));
        let pairs = yaml.lines().filter_map(|line| {
            let (key, value) = line.split_once(':')?;
            let value = value.split(" #").next().unwrap_or_default().trim();
            let value = value.trim_matches(|quote| quote == '"' || quote == '\'').trim();
            (!key.starts_with([' ', '\t', '#', '-']) && !value.is_empty()).then_some((key.trim(), value))
        });
        FrontMatter { pairs: pairs.collect() }
    }

    /// The value of the first of these keys that is there. Case, hyphens and underscores make no difference.
    pub(crate) fn get(&self, keys: &[&str]) -> Option<&'a str> {
        let plain = |byte: u8| if byte == b'-' { b'_' } else { byte.to_ascii_lowercase() };
        let same = |a: &str, b: &str| a.len() == b.len() && a.bytes().map(plain).eq(b.bytes().map(plain));
        keys.iter().find_map(|key| self.pairs.iter().find(|(known, _)| same(known, key)).map(|&(_, value)| value))
    }

    /// What it says of the review and of the language, each with the name of the setting.
    pub(super) fn says(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        let settings = [("language", &keys::LANGUAGE), ("state", &keys::STATE), ("session", &keys::SESSION), ("review", &keys::REVIEW)];
        settings.into_iter().filter_map(|(name, key)| self.get(key.names).map(|value| (name, value)))
    }

    pub(crate) fn language(&self) -> Option<Language> {
        self.get(keys::LANGUAGE.names).and_then(Language::from_code)
    }
}

/// The lines of a brief in which its metadata are looked for.
const FIRST_LINES: u32 = 15;

/// Reads the time frame of a brief.
pub(super) fn time_frame(reading: &Reading<'_>, given: &Review) -> TimeFrame {
    let zone = reading.zone();
    let front = reading.front;
    let calendar = reading.calendar();

    let stated_session = front.get(keys::SESSION.names).and_then(|value| reading.session_value(value));
    let session = given.session.or(stated_session).or(given.usual.session).or_else(|| reading.session(&zone));
    let front_date = front.get(keys::REVIEW.names).and_then(|value| reading.date_value(value));
    let stated = given.date.or(front_date).or(given.usual.date).or_else(|| reading.review_date(&zone));
    let (state, code) = reading.state(&zone, given);
    let (review, inferred) = match calendar.review_date(stated, session, code.as_deref()) {
        Some((review, inferred)) => (Some(review), inferred),
        None => (None, false),
    };
    let written = front.get(keys::DATED.names);
    let today = given.today.or_else(|| written.and_then(Date::parse));
    TimeFrame { state, code, session, stated, review, inferred, cycle: reading.cycle(&zone), today }
}

/// What the metadata are read from.
pub(super) struct Reading<'a> {
    pub(super) source: &'a Source,
    pub(super) document: &'a Document,
    pub(super) words: &'a Words,
    pub(super) guide: &'a Guide,
    pub(super) lexicon: &'a Lexicon,
    pub(super) front: &'a FrontMatter<'a>,
}

impl Reading<'_> {
    fn calendar(&self) -> &Calendar {
        &self.guide.calendar
    }

    /// The sentences and lines in which metadata may stand: those of the blocks that begin in the first lines.
    fn zone(&self) -> Vec<WordRange> {
        let skipped = self.document.front_matter.map_or(0, |span| self.source.lines().line(span.end) + 1);
        let prose = &self.document.prose;
        let mut zone = Vec::new();
        for block in &self.document.blocks {
            if self.source.lines().line(block.span.start) > skipped + FIRST_LINES {
                break;
            }
            let text = prose.slice(block.words);
            let mut start = 0;
            for (at, mark) in text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'\n' | b'.' | b';')) {
                let next = text.get(at + 1..).unwrap_or_default();
                if mark == b'\n' || (next.starts_with(char::is_whitespace) && !self.is_ordinal(text, at)) {
                    zone.push(WordRange { start: block.words.start + start, end: block.words.start + at as u32 });
                    start = at as u32 + 1;
                }
            }
            zone.push(WordRange { start: block.words.start + start, end: block.words.end });
        }
        zone.retain(|range| !prose.slice(*range).trim().is_empty());
        zone
    }

    /// "54. Tagung", "para. 5": a full stop after a number or a short lower-case word ends no sentence here.
    fn is_ordinal(&self, text: &str, at: usize) -> bool {
        let _ = self;
        text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|last| last.is_ascii_digit())
    }

    fn text(&self, number: u32) -> &str {
        self.words.word(number).map_or("", |word| self.document.prose.slice(word.range()))
    }

    /// A date in a range of words, "5 November 2026", "November 5, 2026", "2026-11-05" or "November 2026".
    fn dates(&self, range: WordRange) -> Vec<ReviewDate> {
        let numbers = self.words.numbers(range);
        let mut dates = Vec::new();
        for at in numbers {
            if let Some(hit) = self.words.at(self.guide.lists.months, at).filter(|_| !self.is_of_something_else(at)) {
                dates.extend(self.date_around(hit));
            }
        }
        dates.extend(iso_dates(self.document.prose.slice(range)));
        dates
    }

    /// "by December 2024", "since May 2020": a date that something else is due or has begun.
    fn is_of_something_else(&self, at: u32) -> bool {
        const BEFORE: [&str; 14] = ["by", "before", "until", "since", "from", "after", "avant", "ici", "depuis", "après", "antes", "desde", "para", "hasta"];
        (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|before| {
                let joined = (before + 1..=at).all(|word| self.words.word(word).is_some_and(Word::is_joined));
                joined && BEFORE.iter().any(|word| self.text(before).eq_ignore_ascii_case(word))
            })
        })
    }

    fn date_around(&self, month: Hit) -> Option<ReviewDate> {
        let value = self.lexicon.entry(self.words, month)?.value;
        let month_number = u8::try_from(value).ok().filter(|number| (1..=12).contains(number))?;
        let small = |text: &str| matches!(text.to_lowercase().as_str(), "de" | "del" | "of");
        // After the month: an optional day ("November 5, 2026") and the year.
        let mut next = month.last;
        let mut day = None;
        if small(self.text(next)) {
            next += 1;
        }
        if let Some(number) = day_number(self.text(next)) {
            day = Some(number);
            next += 1;
        }
        let year = year_number(self.text(next))?;
        if day.is_none() {
            let mut before = month.first.checked_sub(1);
            if before.is_some_and(|before| small(self.text(before))) {
                before = before.and_then(|before| before.checked_sub(1));
            }
            let near = self.words.word(month.first).is_some_and(Word::is_joined);
            day = before.filter(|_| near).and_then(|before| day_number(self.text(before)));
        }
        let exact = day.and_then(|day| Date::new(year, month_number, day));
        match exact {
            Some(date) => Some(ReviewDate { date, precision: Precision::Day }),
            None => Some(ReviewDate { date: Date::end_of_month(year, month_number)?, precision: Precision::Month }),
        }
    }

    /// The date of the review: the latest one in a line that speaks of the review and not of the past.
    fn review_date(&self, zone: &[WordRange]) -> Option<ReviewDate> {
        let speaks = |range: &&WordRange| {
            self.words.of(self.guide.lists.review_words, **range).next().is_some()
                && self.words.of(self.guide.lists.past_review_words, **range).next().is_none()
        };
        zone.iter().filter(speaks).flat_map(|&range| self.dates(range)).max_by_key(|review| review.date)
    }

    /// The session: the highest number in the first lines that stands beside a word for it.
    fn session(&self, zone: &[WordRange]) -> Option<u16> {
        let mut best = None;
        for &range in zone {
            let numbers = self.words.numbers(range);
            let past = self.words.of(self.guide.lists.past_review_words, range).next().is_some();
            if past {
                continue;
            }
            for hit in self.words.hits(numbers.clone()).filter(|hit| hit.list == self.guide.lists.session_words) {
                let council = self.words.of(self.guide.lists.other_session_words, range).next().is_some();
                let found = self.session_beside(hit, &numbers).filter(|_| !council);
                best = best.max(found);
            }
            for at in numbers {
                best = best.max(glued_session(self.text(at)));
            }
        }
        best
    }

    fn session_beside(&self, hit: Hit, numbers: &std::ops::Range<u32>) -> Option<u16> {
        // "54th session", "54.º período de sesiones", "session 54", "Session: 52nd", "UPR 54", "fifty-fourth session".
        let ordinal = self.words.hits(numbers.clone()).find(|other| other.list == self.guide.lists.ordinals && other.last == hit.first);
        let spelled = ordinal.and_then(|other| self.lexicon.entry(self.words, other)).and_then(|entry| u16::try_from(entry.value).ok());
        let before = (hit.first.saturating_sub(2)..hit.first).rev().filter(|at| numbers.contains(at));
        let after = hit.last..hit.last + 2;
        let number = |at: u32| session_number(self.text(at));
        let adjacent = before.map(number).chain(after.filter(|at| numbers.contains(at)).map(number)).flatten().next();
        spelled.filter(|&number| is_session(number)).or(adjacent)
    }

    fn session_value(&self, value: &str) -> Option<u16> {
        let _ = self;
        crate::words::split::words(value).into_iter().find_map(|(_, word)| session_number(word).or_else(|| glued_session(word)))
    }

    fn date_value(&self, value: &str) -> Option<ReviewDate> {
        if let Some(date) = ReviewDate::parse(value) {
            return Some(date);
        }
        let words = self.lexicon.read(value, Some(self.words.language));
        let mut prose = crate::text::prose::Prose::default();
        prose.push(value, 0..value.len());
        let document = Document { prose, ..Document::default() };
        let inner = Reading { document: &document, words: &words, ..*self };
        let all = WordRange::new(0..value.len());
        inner.dates(all).into_iter().next()
    }

    /// "fourth cycle", "4th cycle": the cycle that the first lines name, unless they speak of the past.
    fn cycle(&self, zone: &[WordRange]) -> Option<u16> {
        for &range in zone {
            if self.words.of(self.guide.lists.past_review_words, range).next().is_some() {
                continue;
            }
            for hit in self.words.of(self.guide.lists.cycle_words, range) {
                let before = hit.first.checked_sub(1)?;
                let ordinal =
                    self.words.hits(before.saturating_sub(1)..hit.first).find(|other| other.list == self.guide.lists.ordinals && other.last == hit.first);
                let spelled = ordinal.and_then(|other| self.lexicon.entry(self.words, other)).and_then(|entry| u16::try_from(entry.value).ok());
                let digits = leading_number(self.text(before));
                let cycle = spelled.or(digits).filter(|cycle| (1..=9).contains(cycle));
                if cycle.is_some() {
                    return cycle;
                }
            }
        }
        None
    }

    /// The State under review and its code.
    fn state(&self, zone: &[WordRange], given: &Review) -> (Option<String>, Option<String>) {
        let front = self.front.get(keys::STATE.names);
        if let Some(name) = given.state.as_deref().or(front).or(given.usual.state.as_deref()) {
            return self.named(name);
        }
        let labelled = zone.iter().find_map(|&range| self.labelled_state(range));
        if let Some(name) = labelled {
            return self.named(&name);
        }
        // In the order of trust: a State named in the title, "UPR of X" in the first lines, the State named most often in them.
        let title = zone.first().and_then(|&range| self.known_states(range).into_iter().next());
        if let Some(code) = title {
            return self.by_code(&code);
        }
        if let Some(name) = zone.iter().find_map(|&range| self.state_after_review(range)) {
            return self.named(&name);
        }
        let mut counts: Vec<(String, usize)> = Vec::new();
        for code in zone.iter().flat_map(|&range| self.known_states(range)) {
            match counts.iter_mut().find(|(known, _)| *known == code) {
                Some((_, count)) => *count += 1,
                None => counts.push((code, 1)),
            }
        }
        let most = counts.iter().map(|&(_, count)| count).max().unwrap_or(0);
        counts.iter().find(|&&(_, count)| count == most).map_or((None, None), |(code, _)| self.by_code(code))
    }

    fn by_code(&self, code: &str) -> (Option<String>, Option<String>) {
        let state = self.calendar().states.iter().find(|state| state.code == code);
        let name = state.and_then(|state| state.names(self.words.language).first().cloned());
        (name, Some(code.to_owned()))
    }

    fn named(&self, name: &str) -> (Option<String>, Option<String>) {
        match self.calendar().state(name) {
            Some(state) => self.by_code(&state.code.clone()),
            None => (Some(name.trim().to_owned()), None),
        }
    }

    /// The codes of the States named in a range, in order.
    pub(super) fn known_states(&self, range: WordRange) -> Vec<String> {
        let entry = |hit| self.lexicon.entry(self.words, hit).and_then(|entry| usize::try_from(entry.value).ok());
        let states = self.words.of(self.guide.lists.states, range).filter_map(entry);
        states.filter_map(|number| self.calendar().states.get(number)).map(|state| state.code.clone()).collect()
    }

    fn labelled_state(&self, range: WordRange) -> Option<String> {
        let label = self.words.of(self.guide.lists.state_labels, range).next()?;
        let after = self.words.range(label).end;
        let rest = self.document.prose.slice(WordRange { start: after, end: range.end });
        let rest = rest.trim_start().strip_prefix(':')?.trim();
        (!rest.is_empty() && rest.split_whitespace().count() <= 8).then(|| rest.trim_end_matches(['.', ',', ';']).to_owned())
    }

    /// "the UPR of Zemland": the name in capitals that follows, for a State that the calendar does not know.
    fn state_after_review(&self, range: WordRange) -> Option<String> {
        self.words.of(self.guide.lists.review_of_words, range).find_map(|hit| {
            if let Some(code) = self.known_states(WordRange { start: self.words.range(hit).end, end: range.end }).first() {
                return self.by_code(code).0;
            }
            let mut name = String::new();
            for at in hit.last..hit.last + 5 {
                let word = self.text(at);
                let joined = self.words.word(at).is_some_and(Word::is_joined);
                let capital = word.chars().next().is_some_and(char::is_uppercase);
                let inside = self.words.word(at).is_some_and(|word| word.range().end <= range.end);
                if !joined || !inside || (!capital && name.is_empty() && at > hit.last) {
                    break;
                }
                if capital {
                    if !name.is_empty() {
                        name.push(' ');
                    }
                    name.push_str(word);
                } else if !name.is_empty() {
                    break;
                }
            }
            (!name.is_empty()).then_some(name)
        })
    }
}

fn leading_number(word: &str) -> Option<u16> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let rest = word.get(digits.len()..).unwrap_or_default().to_lowercase();
    let ending = ["", "st", "nd", "rd", "th", "e", "er", "re", "ème", "eme", "o", "a", "º", "ª", "°"];
    (digits.len() <= 2 && ending.contains(&rest.as_str())).then(|| digits.parse().ok()).flatten()
}

fn is_session(number: u16) -> bool {
    (1..=99).contains(&number)
}

fn session_number(word: &str) -> Option<u16> {
    leading_number(word).filter(|&number| is_session(number))
}

/// "UPR54", "EPU54".
fn glued_session(word: &str) -> Option<u16> {
    let digits = word.strip_prefix("UPR").or_else(|| word.strip_prefix("EPU"))?;
    (digits.len() == 2).then(|| session_number(digits)).flatten()
}

fn day_number(word: &str) -> Option<u8> {
    leading_number(word).and_then(|day| u8::try_from(day).ok()).filter(|day| (1..=31).contains(day))
}

fn year_number(word: &str) -> Option<u16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1900..=2199).contains(year))
}

fn iso_dates(text: &str) -> Vec<ReviewDate> {
    let parts = text.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    parts.filter(|part| part.len() == 10 || part.len() == 7).filter_map(ReviewDate::parse).collect()
}
