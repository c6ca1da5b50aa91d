//! The time frame of a brief: which State is reviewed when, and until when its next review should come.
//!
//! The limit is the review plus 54 months: Factsheet 3 asks for "the next review or sooner, i.e., within 4½ years", and the clock
//! runs from review to review. If only the month or the session of the review is known, its last day counts. No clock is read:
//! dates come from the brief, the command line and the [`Calendar`].

use std::fmt;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::date::Date;
use crate::words::Language;

/// Months from one review to the next: 4½ years (Factsheet 3, "How do States prepare their oral interventions").
pub const MONTHS_BETWEEN_REVIEWS: u32 = 54;

/// How exactly the date of a review is known. The date itself is always the last day that is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// Only the session is known.
    Session,
}

/// The date of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewDate {
    /// The day, or the last day of the month or session.
    pub date: Date,
    /// How exactly it is known.
    pub precision: Precision,
}

impl ReviewDate {
    /// Reads `2026-11-05` or `2026-11`.
    pub fn parse(text: &str) -> Option<ReviewDate> {
        let text = text.trim();
        if let Some(date) = Date::parse(text) {
            return Some(ReviewDate { date, precision: Precision::Day });
        }
        let (year, month) = text.split_once('-')?;
        let date = Date::end_of_month(year.parse().ok()?, month.parse().ok()?)?;
        (year.len() == 4).then_some(ReviewDate { date, precision: Precision::Month })
    }

    /// In words: `5 November 2026` or `November 2026`.
    pub fn in_words(self) -> String {
        match self.precision {
            Precision::Day => self.date.to_string(),
            Precision::Month | Precision::Session => self.date.month_in_words(),
        }
    }
}

impl fmt::Display for ReviewDate {
    /// `2026-11-05` or `2026-11`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Day => f.write_str(&self.date.iso()),
            Precision::Month | Precision::Session => f.write_str(self.date.iso().get(..7).unwrap_or_default()),
        }
    }
}

/// What is said of the review outside the brief: what the command line or an editor says goes before the brief.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// The State under review, by name or ISO code.
    pub state: Option<String>,
    /// The session of the UPR Working Group.
    pub session: Option<u16>,
    /// The date of the review.
    pub date: Option<ReviewDate>,
    /// The day on which the brief is looked at, since no clock is read.
    pub today: Option<Date>,
    /// The day on which comments that silence findings for a time are held to it; without it, the day of the review.
    pub as_of: Option<Date>,
    /// What a configuration says of all its briefs.
    pub usual: Usual,
}

/// What a configuration says of its briefs; it goes after the front matter of a brief, and before the words of its first lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usual {
    /// The State under review, by name or ISO code.
    pub state: Option<String>,
    /// The session of the UPR Working Group.
    pub session: Option<u16>,
    /// The date of the review.
    pub date: Option<ReviewDate>,
    /// The language.
    pub language: Option<Language>,
}

/// The time frame of a brief.
#[derive(Clone, Debug, Default)]
pub struct TimeFrame {
    /// The State under review, by the name that the brief's language gives it.
    pub state: Option<String>,
    /// Its ISO 3166 code, if the calendar knows it.
    pub code: Option<String>,
    /// The session of the UPR Working Group, as stated.
    pub session: Option<u16>,
    /// The date of the review, as stated.
    pub stated: Option<ReviewDate>,
    /// The date from which the limit is reckoned: as stated, else the end of the session's month.
    pub review: Option<ReviewDate>,
    /// Whether the date comes from a session of which the calendar only infers the date.
    pub inferred: bool,
    /// The cycle that the brief says it belongs to.
    pub cycle: Option<u16>,
    /// The day on which the brief is looked at, else on which it says that it was written.
    pub today: Option<Date>,
}

impl TimeFrame {
    /// The last day of the 4½ years.
    pub fn limit(&self) -> Option<Date> {
        self.review.map(|review| review.date.add_months(MONTHS_BETWEEN_REVIEWS))
    }

    /// The day halfway between the review and the end of the 4½ years.
    pub fn halfway(&self) -> Option<Date> {
        self.review.map(|review| review.date.add_months(MONTHS_BETWEEN_REVIEWS / 2))
    }

    /// The limit in words, with how it was reckoned: `5 May 2031`, `30 May 2031 (4½ years after the end of November 2026)`.
    pub fn limit_in_words(&self) -> Option<String> {
        let review = self.review?;
        let limit = self.limit()?;
        let date = review.date.to_string();
        let month = date.split_once(' ').map_or(date.as_str(), |(_, month)| month);
        Some(match review.precision {
            Precision::Day => format!("{limit} (4½ years after the review on {date})"),
            Precision::Month => format!("{limit} (4½ years after the end of {month}, since the day of the review is not given)"),
            Precision::Session => {
                let session = self.session.map_or(String::new(), |number| format!(" of session {number}"));
                format!("{limit} (4½ years after the end of {month}, the month{session})")
            }
        })
    }
}

/// The sessions of the UPR Working Group and the States that each reviews.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// The States, in the order of the file.
    pub states: Vec<State>,
    /// The sessions.
    pub sessions: Vec<Session>,
    /// The cycles.
    pub cycles: Vec<Cycle>,
    /// Days of review that are known.
    pub days: Vec<ReviewDay>,
    /// The States by their names in small letters; made when the first one is looked up.
    by_name: OnceLock<FxHashMap<String, usize>>,
}

/// A State.
#[derive(Clone, Debug)]
pub struct State {
    /// Its ISO 3166 code of three letters.
    pub code: String,
    /// Its names in each language; the first one is shown.
    pub names: [Vec<String>; Language::ALL.len()],
}

impl State {
    /// Its names in this language.
    pub fn names(&self, language: Language) -> &[String] {
        let [english, french, spanish] = &self.names;
        match language {
            Language::English => english,
            Language::French => french,
            Language::Spanish => spanish,
        }
    }
}

/// A session of the UPR Working Group.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its number.
    pub number: u16,
    /// The last day of its last month.
    pub month_end: Date,
    /// Its first and last day, if they are known.
    pub days: Option<(Date, Date)>,
    /// Whether its date or its States are inferred and not stated by a source.
    pub inferred: bool,
    /// Whether its States are inferred.
    pub states_inferred: bool,
    /// The codes of the States that it reviews.
    pub states: Vec<String>,
}

/// A cycle of the UPR.
#[derive(Clone, Debug)]
pub struct Cycle {
    /// Its number.
    pub number: u16,
    /// Its first session.
    pub first: u16,
    /// Its last session.
    pub last: u16,
}

/// The day on which a State is reviewed.
#[derive(Clone, Debug)]
pub struct ReviewDay {
    /// The code of the State.
    pub state: String,
    /// The session.
    pub session: u16,
    /// The day.
    pub day: Date,
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace('\u{2019}', "'")
}

impl Calendar {
    /// A calendar of these States, sessions, cycles and days.
    pub fn new(states: Vec<State>, sessions: Vec<Session>, cycles: Vec<Cycle>, days: Vec<ReviewDay>) -> Calendar {
        Calendar { states, sessions, cycles, days, by_name: OnceLock::new() }
    }

    /// The session of this number.
    pub fn session(&self, number: u16) -> Option<&Session> {
        self.sessions.iter().find(|session| session.number == number)
    }

    /// The cycle to which a session belongs.
    pub fn cycle_of(&self, session: u16) -> Option<u16> {
        self.cycles.iter().find(|cycle| (cycle.first..=cycle.last).contains(&session)).map(|cycle| cycle.number)
    }

    /// The latest session in which a State is reviewed.
    pub fn session_of(&self, code: &str) -> Option<&Session> {
        let holding = self.sessions.iter().filter(|session| session.states.iter().any(|state| state == code));
        holding.max_by_key(|session| session.number)
    }

    /// The State of this name, in whatever language and case, or of this ISO code. An article before the name makes no difference.
    pub fn state(&self, name: &str) -> Option<&State> {
        let name = plain(name);
        let bare = ["the ", "la ", "le ", "les ", "l'", "el ", "los ", "las "].iter().find_map(|article| name.strip_prefix(article));
        let find = |name: &str| self.by_name.get_or_init(|| self.names()).get(name).and_then(|&at| self.states.get(at));
        find(&name).or_else(|| bare.and_then(find))
    }

    fn names(&self) -> FxHashMap<String, usize> {
        let mut names = FxHashMap::default();
        for (at, state) in self.states.iter().enumerate() {
            names.insert(state.code.to_lowercase(), at);
            for name in state.names.iter().flatten() {
                names.entry(plain(name)).or_insert(at);
            }
        }
        names
    }

    /// The date from which the limit is reckoned, and whether it is inferred: the stated one, else the end of the session's month.
    pub(super) fn review_date(&self, stated: Option<ReviewDate>, session: Option<u16>, code: Option<&str>) -> Option<(ReviewDate, bool)> {
        if let Some(stated) = stated {
            return Some((stated, false));
        }
        let session = self.session(session?)?;
        let known = self.days.iter().find(|day| Some(day.state.as_str()) == code && day.session == session.number);
        if let Some(known) = known {
            return Some((ReviewDate { date: known.day, precision: Precision::Day }, false));
        }
        let date = session.month_end;
        Some((ReviewDate { date, precision: Precision::Session }, session.inferred))
    }
}
