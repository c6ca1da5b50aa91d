//! What each fact and count of a condition finds in a unit.

mod document;
mod likeness;
mod wording;

use crate::brief::Role;
use crate::brief::date::Date;
use crate::brief::review::Precision as ReviewPrecision;
use crate::language::time::{Deadline, DeadlineKind, Precision};
use crate::language::{Reading, form, names, people, quantity, voices};
use crate::text::prose::{MarkKind, WordRange};

use super::apply::{Case, Found, Subject};
use super::condition::{Counted, Fact, Name, Unit};
pub(crate) use wording::date_at;

/// A count, or pages with a fraction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number(f64);

impl Number {
    fn of(count: usize) -> Number {
        Number(count as f64)
    }

    pub(crate) fn exceeds(self, limit: usize) -> bool {
        self.0 > limit as f64
    }

    pub(crate) fn reaches(self, limit: usize) -> bool {
        self.0 >= limit as f64
    }

    #[expect(clippy::cast_sign_loss, reason = "a count is never below zero")]
    pub(crate) fn whole(self) -> usize {
        self.0 as usize
    }
}

/// Facts about time that a deadline is underlined for.
pub(crate) fn is_about_deadline(name: Name) -> bool {
    matches!(name, Name::Fact(Fact::LateDeadline | Fact::PastDeadline | Fact::AmbiguousDeadline | Fact::UnanchoredDeadline))
}

/// Whether a fact can be found in the language of the brief.
pub(crate) fn is_known(case: &Case<'_>, fact: Fact) -> bool {
    let by_verbs = matches!(
        fact,
        Fact::Means
            | Fact::Measure
            | Fact::NamedAct
            | Fact::ActAskedFor
            | Fact::AnotherActor
            | Fact::NamedChild
            | Fact::IdentifiableChild
            | Fact::Figure
            | Fact::AnotherState
            | Fact::NamedLaw
            | Fact::OnlyGeneralWords
            | Fact::Training
            | Fact::Audience
            | Fact::WordsBeforeVerb
            | Fact::ToBeforeVerb
            | Fact::Passive
            | Fact::UnknownAcronym
            | Fact::PersonAtRisk
            | Fact::ChildrenAsked
            | Fact::QuotedChild
    );
    !by_verbs || case.book.grammar.knows_verbs(case.words.language)
}

/// Where the words of a unit stand: an issue's parts may lie apart.
pub(crate) fn parts<'c>(case: &'c Case<'_>, subject: &Subject) -> impl Iterator<Item = WordRange> + use<'c> {
    let parted = matches!(subject.unit, Unit::Explanation | Unit::Issue);
    let issue = subject.issue.filter(|_| parted).and_then(|issue| case.brief.issues.get(issue));
    let whole = issue.filter(|_| subject.unit == Unit::Issue);
    let alone = issue.is_none().then_some(subject.words);
    let explanation = issue.into_iter().flat_map(|issue| &issue.explanation).copied();
    let recommendations = whole.into_iter().flat_map(|issue| &issue.recommendations).filter_map(|&at| case.brief.recommendations.get(at));
    let questions = whole.into_iter().flat_map(|issue| &issue.questions).filter_map(|&at| case.brief.questions.get(at));
    let asked = recommendations.map(|part| part.words).chain(questions.map(|part| part.words));
    alone.into_iter().chain(explanation).chain(whole.map(|issue| issue.title)).chain(asked)
}

fn found(words: Option<WordRange>) -> Vec<Found> {
    words.map(Found::at).into_iter().collect()
}

fn present(subject: &Subject, is_there: bool) -> Vec<Found> {
    found(is_there.then_some(subject.anchor))
}

/// Where a fact is found in a unit.
pub(crate) fn find(case: &Case<'_>, fact: Fact, subject: &Subject) -> Vec<Found> {
    let brief = case.brief;
    let prose = &case.document.prose;
    let context = case.context();
    let reading = (subject.unit == Unit::Recommendation).then(|| case.readings.get(subject.index)).flatten();
    let in_parts = |test: &dyn Fn(WordRange) -> Option<WordRange>| found(parts(case, subject).find_map(test));
    match fact {
        Fact::Deadline | Fact::LateDeadline | Fact::PastDeadline | Fact::AmbiguousDeadline | Fact::UnanchoredDeadline => {
            reading.map_or_else(Vec::new, |reading| deadline(case, fact, reading))
        }
        Fact::PeriodicDuty => found(reading.and_then(|reading| reading.times.periodic.first().map(|place| reading.place(place)))),
        Fact::VagueTime => found(reading.and_then(|reading| reading.times.vague.first().map(|place| reading.place(place)))),
        Fact::Means => found(reading.and_then(|reading| reading.action.means)),
        Fact::Measure => found(reading.and_then(|reading| reading.measure)),
        Fact::NamedAct => found(reading.and_then(|reading| reading.acts.named)),
        Fact::ActAskedFor => found(reading.and_then(|reading| reading.acts.outright)),
        Fact::Target => found(reading.and_then(Reading::target)),
        Fact::AnotherActor => found(reading.and_then(|reading| reading.other_actor)),
        Fact::QuestionMark => {
            let first = || case.words.numbers(subject.words).start;
            found(prose.slice(subject.words).trim_end().ends_with('?').then(|| case.words.between(first()..first() + 1)))
        }
        Fact::Organisation => found(brief.organisation),
        Fact::State => present(subject, brief.frame.state.is_some()),
        Fact::ReviewDate => present(subject, brief.frame.session.is_some() || brief.frame.stated.is_some()),
        Fact::Contact => present(subject, brief.contact),
        Fact::WrongSession => wrong_session(case, subject),
        Fact::WrongCycle => {
            let cycle = brief.frame.session.and_then(|session| case.book.guide.calendar.cycle_of(session));
            present(subject, brief.frame.cycle.is_some_and(|said| cycle.is_some_and(|cycle| cycle != said)))
        }
        Fact::Placeholder => placeholders(case).into_iter().map(Found::at).collect(),
        Fact::AnotherState => another_state(case).into_iter().map(Found::at).collect(),
        Fact::PrivateIdentifier => case.told.iter().flat_map(|&sentence| people::private_identifiers(&context, sentence)).map(Found::at).collect(),
        Fact::NamedChild => case.told.iter().flat_map(|&sentence| people::named_children(&context, sentence)).map(Found::at).collect(),
        Fact::IdentifiableChild => case.told.iter().filter_map(|&sentence| people::identifiable_child(&context, sentence)).map(Found::at).collect(),
        Fact::Figure => in_parts(&|part| quantity::figure(&context, part)),
        Fact::SourceMark => in_parts(&|part| source_mark(case, part)),
        Fact::Year => in_parts(&|part| quantity::year(&context, part)),
        Fact::UnDocumentSymbol => in_parts(&|part| names::symbols(prose, part).first().map(|symbol| symbol.place)),
        Fact::Shouting => in_parts(&|part| shouting(case, part)),
        Fact::AnotherLanguage => found(document::another_language(case)),
        Fact::HeadingJump => found(document::heading_jump(case)),
        Fact::NearDuplicate => likeness::near_duplicates(case),
        Fact::UnrelatedToIssue => {
            let elsewhere = reading.zip(subject.issue).and_then(|(reading, issue)| likeness::misplaced(case, reading, issue));
            elsewhere.map(|title| Found { beside: Some(title), ..Found::at(subject.anchor) }).into_iter().collect()
        }
        Fact::OnlyGeneralWords => {
            let holds = reading.is_some_and(|reading| form::only_general_words(&context, reading));
            present(subject, holds)
        }
        Fact::NamedLaw => found(reading.and_then(|reading| form::named_law(&context, reading))),
        Fact::Training => found(reading.and_then(|reading| form::training(&context, &reading.action))),
        Fact::Audience => found(reading.and_then(|reading| form::audience(&context, reading.words))),
        Fact::WordsBeforeVerb => found(reading.and_then(|reading| form::words_before_verb(&context, reading.words, &reading.action))),
        Fact::ToBeforeVerb => found(likeness::to_before_verb(case, subject.index)),
        Fact::Passive => found(reading.and_then(|reading| form::passive(&context, reading.words, &reading.action))),
        Fact::DateForm | Fact::UnclearDate if subject.unit != Unit::Recommendation => Vec::new(),
        Fact::DateForm | Fact::UnclearDate => {
            let dates = wording::dates(case, subject.index).into_iter().filter(|date| date.other.is_some() == (fact == Fact::UnclearDate));
            dates.map(|date| Found::at(date.words)).collect()
        }
        Fact::DoubledSpace => wording::doubled_spaces(case, subject).into_iter().map(Found::at).collect(),
        Fact::NearerDeadline => {
            let nearer = |reading: &Reading| reading.deadline().is_some_and(|(_, deadline)| deadline.kind != DeadlineKind::NextReview);
            present(subject, case.readings.iter().any(nearer))
        }
        Fact::UnknownAcronym => document::unknown_acronyms(case).into_iter().map(Found::at).collect(),
        Fact::StaleYears => found(document::stale_years(case, parts(case, subject))),
        Fact::RecommendationNumber => in_parts(&|part| document::recommendation_number(case, part)),
        Fact::ReviewSymbol => in_parts(&|part| document::review_symbol(case, part)),
        Fact::PersonAtRisk | Fact::QuotedChild if brief.consent => Vec::new(),
        Fact::PersonAtRisk => case.told.iter().flat_map(|&sentence| people::people_at_risk(&context, sentence)).map(Found::at).collect(),
        Fact::ChildrenAsked => own_blocks(case).filter_map(|block| voices::children_asked(&context, block)).map(Found::at).collect(),
        Fact::QuotedChild => own_blocks(case).filter_map(|block| voices::quoted_child(&context, block)).map(Found::at).collect(),
    }
}

/// The blocks that tell something about the State, quotations included.
fn own_blocks<'c>(case: &'c Case<'_>) -> impl Iterator<Item = WordRange> + 'c {
    let told = |role: &Role| matches!(role, Role::Explanation(_) | Role::Quotation | Role::Other | Role::Earlier | Role::Footnote);
    case.document.blocks.iter().zip(&case.brief.roles).filter(move |(_, role)| told(role)).map(|(block, _)| block.words)
}

/// The last day on which States can hand in advance questions.
pub(crate) fn last_day_for_questions(case: &Case<'_>) -> Option<Date> {
    document::last_day_for_questions(case)
}

/// How many words a delegate reads out in a minute: 130, by which the two minutes of a statement are reckoned.
const WORDS_A_MINUTE: usize = 130;

/// The issue with the most words, and how many it has.
pub(crate) fn longest_issue(case: &Case<'_>) -> Option<(WordRange, usize)> {
    let prose = &case.document.prose;
    let of = |ranges: &mut dyn Iterator<Item = WordRange>| ranges.map(|words| prose.count_words(words)).sum::<usize>();
    let lengths = case.brief.issues.iter().map(|issue| {
        let recommendations = issue.recommendations.iter().filter_map(|&at| case.brief.recommendations.get(at)).map(|part| part.words);
        let questions = issue.questions.iter().filter_map(|&at| case.brief.questions.get(at)).map(|part| part.words);
        (issue.title, of(&mut issue.explanation.iter().copied().chain([issue.title]).chain(recommendations).chain(questions)))
    });
    // Of two that are as long, the first.
    lengths.reduce(|longest, issue| if issue.1 > longest.1 { issue } else { longest })
}

/// What is counted in a unit, and what to underline if not its anchor: what comes after the limit.
pub(crate) fn count(case: &Case<'_>, counted: Counted, limit: Option<usize>, subject: &Subject) -> (Number, Option<WordRange>) {
    let brief = case.brief;
    let prose = &case.document.prose;
    let issue = subject.issue.filter(|_| subject.unit != Unit::Brief).and_then(|issue| brief.issues.get(issue));
    let words = |range: WordRange| prose.count_words(range);
    let reading = (subject.unit == Unit::Recommendation).then(|| case.readings.get(subject.index)).flatten();
    let count = match counted {
        Counted::Pages => {
            let over = limit.and_then(|limit| case.pages.after(limit).first());
            return (Number(case.pages.count), over.map(|page| page.first));
        }
        Counted::Issues => brief.issues.len(),
        Counted::Recommendations => issue.map_or(brief.recommendations.len(), |issue| issue.recommendations.len()),
        Counted::Questions => issue.map_or(brief.questions.len(), |issue| issue.questions.len()),
        Counted::Words => words(subject.words),
        Counted::ExplanationWords => issue.map_or(0, |issue| issue.explanation.iter().map(|&part| words(part)).sum()),
        Counted::Actions => {
            let actions = reading.map_or(&[][..], |reading| reading.actions.as_slice());
            return (Number::of(actions.len()), actions.get(1).copied());
        }
        Counted::Treaties => reading.map_or(0, |reading| reading.treaties.len()),
        Counted::OrganisationWords => {
            let blocks = case.document.blocks.iter().zip(&brief.roles).filter(|(_, role)| **role == Role::Organisation);
            let first = brief.organisation.map(|organisation| case.words.numbers(organisation).start);
            return (Number::of(blocks.map(|(block, _)| words(block.words)).sum()), first.map(|first| case.words.between(first..first + 1)));
        }
        Counted::DaysLeft => {
            let days = brief.frame.today.zip(brief.frame.review).map(|(today, review)| today.days_until(review.date));
            return (days.map_or(Number(f64::INFINITY), |days| Number(f64::from(days))), None);
        }
        Counted::SecondsToSay => {
            let said = issue.into_iter().flat_map(|issue| &issue.recommendations).filter_map(|&at| brief.recommendations.get(at));
            said.map(|said| words(said.words)).sum::<usize>() * 60 / WORDS_A_MINUTE
        }
        Counted::NextReviewDeadlines => {
            let by_review = |reading: &&Reading| reading.deadline().is_some_and(|(_, deadline)| deadline.kind == DeadlineKind::NextReview);
            case.readings.iter().filter(by_review).count()
        }
    };
    (Number::of(count), None)
}

fn deadline(case: &Case<'_>, fact: Fact, reading: &Reading) -> Vec<Found> {
    let Some((place, deadline)) = reading.deadline() else { return Vec::new() };
    let frame = &case.brief.frame;
    let own = reading.words.contains(place);
    // A deadline of the lead-in is said once for all; each item is underlined at its own verb.
    let words = if own { place } else { reading.action.verb };
    let holds = match fact {
        Fact::LateDeadline => is_late(case, place, deadline),
        Fact::PastDeadline => is_past(case, deadline),
        Fact::AmbiguousDeadline => is_ambiguous(case, place, deadline),
        Fact::UnanchoredDeadline => matches!(deadline.kind, DeadlineKind::Duration { anchored: false, .. }),
        _ => true,
    };
    let inferred = frame.inferred && matches!(fact, Fact::LateDeadline | Fact::PastDeadline);
    if holds { vec![Found { inferred, ..Found::at(words) }] } else { Vec::new() }
}

/// A year without a month: "by 2031", "by the end of 2031".
fn year_only(case: &Case<'_>, place: WordRange, deadline: &Deadline) -> bool {
    let to_the_day = matches!(deadline.kind, DeadlineKind::Date { precision: Precision::Day, .. });
    let date = matches!(deadline.kind, DeadlineKind::Date { .. });
    date && !to_the_day && case.words.of(case.book.grammar.lists.months, place).next().is_none()
}

/// The year in which the 4½ years end, without a month: half of it is too late.
fn is_ambiguous(case: &Case<'_>, place: WordRange, deadline: &Deadline) -> bool {
    let frame = &case.brief.frame;
    let (Some(limit), Some(review)) = (frame.limit(), frame.review) else { return false };
    let Some(latest) = deadline.latest(Some(review.date)) else { return false };
    year_only(case, place, deadline) && latest > limit && latest.year() == limit.year()
}

fn is_late(case: &Case<'_>, place: WordRange, deadline: &Deadline) -> bool {
    let frame = &case.brief.frame;
    let (Some(limit), Some(review)) = (frame.limit(), frame.review) else { return false };
    let Some(latest) = deadline.latest(Some(review.date)) else { return false };
    // "By May 2031" with a limit of 5 May 2031 is as good as on time.
    let same_month = (latest.year(), latest.month()) == (limit.year(), limit.month());
    let to_the_day = matches!(deadline.kind, DeadlineKind::Date { precision: Precision::Day, .. });
    latest > limit && !is_ambiguous(case, place, deadline) && (to_the_day || !same_month)
}

fn is_past(case: &Case<'_>, deadline: &Deadline) -> bool {
    let Some(review) = case.brief.frame.review else { return false };
    let Some(latest) = deadline.latest(Some(review.date)) else { return false };
    let same_month = (latest.year(), latest.month()) == (review.date.year(), review.date.month());
    let benefit = review.precision != ReviewPrecision::Day && same_month;
    let event = matches!(deadline.kind, DeadlineKind::Event { .. });
    latest < review.date && !benefit && !event
}

fn wrong_session(case: &Case<'_>, subject: &Subject) -> Vec<Found> {
    let frame = &case.brief.frame;
    let calendar = &case.book.guide.calendar;
    let Some(code) = frame.code.as_deref() else { return Vec::new() };
    let Some(session) = frame.session.and_then(|number| calendar.session(number)) else { return Vec::new() };
    let wrong_state = !session.states.iter().any(|state| state == code);
    let wrong_date = frame.stated.is_some_and(|stated| {
        let months = |date: crate::brief::date::Date| i32::from(date.year()) * 12 + i32::from(date.month());
        // A session that ends early in a month began in the month before.
        let distance = months(session.month_end) - months(stated.date);
        let other_month = !(0..=1).contains(&distance);
        let other_day = stated.precision == ReviewPrecision::Day && session.days.is_some_and(|(first, last)| stated.date < first || stated.date > last);
        other_month || other_day
    });
    let inferred = (wrong_state && session.states_inferred) || (wrong_date && !wrong_state && session.days.is_none());
    if wrong_state || wrong_date { vec![Found { inferred, ..Found::at(subject.anchor) }] } else { Vec::new() }
}

/// "[name of the State]", "TBC", "XXX", "lorem ipsum".
fn placeholders(case: &Case<'_>) -> Vec<WordRange> {
    let prose = &case.document.prose;
    let mut found = Vec::new();
    for (block, role) in case.document.blocks.iter().zip(&case.brief.roles) {
        if matches!(role, Role::Skipped | Role::Footnote) {
            continue;
        }
        let text = prose.slice(block.words);
        let place = |start: usize, end: usize| WordRange { start: block.words.start + start as u32, end: block.words.start + end as u32 };
        let mut close: Option<usize> = None;
        for (open, _) in text.match_indices('[') {
            // The same bracket may close many that are open.
            let known = close.filter(|&close| open < close);
            close = known.or_else(|| text.get(open..)?.find(']').map(|at| open + at));
            let Some(close) = close else { break };
            let inner = text.get(open + 1..close).unwrap_or_default();
            let after = text.get(close + 1..).unwrap_or_default();
            if is_gap(inner) && !after.starts_with(['(', ':', '[']) {
                found.push(place(open, close + 1));
            }
        }
        for word in case.words.numbers(block.words) {
            let Some(range) = case.words.word(word).map(crate::words::Word::range) else { continue };
            // Most words are told apart by their first letter.
            if !matches!(prose.text().as_bytes().get(range.start as usize), Some(b'T' | b'X' | b'L' | b'l')) {
                continue;
            }
            let text = prose.slice(range);
            let is_mark = matches!(text, "TBC" | "TBD" | "XXX" | "XXXX" | "TODO");
            let lorem = text.eq_ignore_ascii_case("lorem");
            let inside = found.last().is_some_and(|last| last.contains(range));
            if (is_mark || lorem) && !inside {
                found.push(range);
            }
        }
    }
    found
}

/// The most characters of a gap.
const LONGEST_GAP: usize = 80;

/// Words in square brackets that stand for something to be filled in; an editor's `[sic]` or `[the]` does not.
fn is_gap(inner: &str) -> bool {
    const GAPS: [&str; 28] = [
        "name",
        "date",
        "month",
        "year",
        "day",
        "session",
        "state",
        "country",
        "number",
        "insert",
        "title",
        "address",
        "email",
        "e-mail",
        "phone",
        "contact",
        "organisation",
        "organization",
        "issue",
        "law",
        "article",
        "source",
        "text",
        "xx",
        "xxx",
        "tbc",
        "tbd",
        "deadline",
    ];
    // Counted no further than need be.
    let length = inner.chars().take(LONGEST_GAP + 1).count();
    if !(2..=LONGEST_GAP).contains(&length) {
        return false;
    }
    let words: Vec<String> = inner.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_lowercase).filter(|word| !word.is_empty()).collect();
    let known = words.iter().any(|word| {
        GAPS.contains(&word.as_str()) || matches!(word.as_str(), "nom" | "mois" | "année" | "pays" | "nombre" | "mes" | "año" | "país" | "número" | "fecha")
    });
    let editorial = words.len() == 1
        && words
            .first()
            .is_some_and(|word| matches!(word.as_str(), "state" | "country" | "law" | "article" | "organisation" | "organization" | "issue" | "text"))
        && inner.chars().next().is_some_and(char::is_lowercase);
    known && !editorial
}

/// Another State named as the one that is asked to act, or a document of another State or session.
fn another_state(case: &Case<'_>) -> Vec<WordRange> {
    let frame = &case.brief.frame;
    let prose = &case.document.prose;
    let Some(name) = frame.state.as_deref() else { return Vec::new() };
    let calendar = &case.book.guide.calendar;
    let own = frame.code.as_deref();
    let mut found = Vec::new();
    for (block, role) in case.document.blocks.iter().zip(&case.brief.roles) {
        let asks = matches!(role, Role::LeadIn | Role::Recommendation | Role::Heading | Role::Question);
        if matches!(role, Role::Skipped | Role::Quotation | Role::Sources | Role::Footnote) {
            continue;
        }
        let known_code = |code: &str| calendar.states.iter().any(|state| state.code == code);
        for symbol in names::symbols(prose, block.words) {
            let foreign = symbol.state.is_some_and(|code| known_code(code) && Some(code) != own);
            let other_session = symbol.session.zip(frame.session).is_some_and(|(symbol, session)| symbol > session);
            if foreign || other_session {
                found.push(symbol.place);
            }
        }
        if asks {
            let asked = case.words.of(case.book.guide.lists.review_of_words, block.words);
            for hit in asked.filter(|hit| {
                prose.slice(case.words.range(*hit)).to_lowercase().contains("gov") || prose.slice(case.words.range(*hit)).to_lowercase().contains("gob")
            }) {
                let article = u32::from(case.words.word(hit.last).is_some_and(|word| prose.slice(word.range()).eq_ignore_ascii_case("the")));
                let state = case.words.at(case.book.guide.lists.states, hit.last + article);
                let code = state.and_then(|state| case.book.lexicon.entry(case.words, state)).and_then(|entry| entry.instead.as_deref());
                if let Some(state) = state.filter(|_| code != own) {
                    let words = case.words.range(state);
                    if prose.slice(words) != name {
                        found.push(words);
                    }
                }
            }
        }
    }
    found
}

/// A footnote, a link, a year in brackets, a document symbol or a paragraph number.
fn source_mark(case: &Case<'_>, range: WordRange) -> Option<WordRange> {
    let prose = &case.document.prose;
    let mark = prose.marks(range).find(|mark| matches!(mark.kind, MarkKind::FootnoteReference | MarkKind::Link));
    if let Some(mark) = mark {
        return Some(mark.words);
    }
    if let Some(symbol) = names::symbols(prose, range).first() {
        return Some(symbol.place);
    }
    let text = prose.slice(range);
    let bare_link = text.contains("http://") || text.contains("https://") || text.contains("www.");
    (bare_link || quantity::year_in_brackets(text) || quantity::paragraph_number(text)).then_some(range)
}

const CAPITALISED_WORDS_THAT_SHOUT: usize = 4;

/// An exclamation mark, or at least four words in capitals in a row, one of them long.
fn shouting(case: &Case<'_>, range: WordRange) -> Option<WordRange> {
    let prose = &case.document.prose;
    let text = prose.slice(range);
    if let Some(at) = text.find('!') {
        let start = range.start + at as u32;
        return Some(WordRange { start, end: start + 1 });
    }
    let mut run: Vec<WordRange> = Vec::new();
    for number in case.words.numbers(range) {
        let word = case.words.word(number).map(crate::words::Word::range)?;
        let text = prose.slice(word);
        let capitals = text.chars().all(|c| !c.is_lowercase()) && text.chars().any(char::is_uppercase);
        if capitals {
            run.push(word);
            continue;
        }
        if let Some(shout) = shout(prose, &run) {
            return Some(shout);
        }
        run.clear();
    }
    shout(prose, &run)
}

fn shout(prose: &crate::text::prose::Prose, run: &[WordRange]) -> Option<WordRange> {
    let long = run.iter().filter(|word| prose.slice(**word).chars().count() >= 5).count();
    let (first, last) = (run.first()?, run.last()?);
    (run.len() >= CAPITALISED_WORDS_THAT_SHOUT && long >= 1).then(|| first.to(*last))
}
