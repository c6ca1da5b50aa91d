//! How something is written, whatever it says: the form of a date, the spaces between words.

use crate::brief::Role;
use crate::brief::date::Date;
use crate::language::Reading;
use crate::language::time::{DeadlineKind, Figures, Precision};
use crate::rules::apply::{Case, Subject};
use crate::rules::condition::Unit;
use crate::text::prose::{MarkKind, WordRange};
use crate::words::Language;

/// A date, or the month of one, that is not written as the documents of the United Nations write it.
#[derive(Debug)]
pub(crate) struct Written {
    /// Its words.
    pub(crate) words: WordRange,
    /// The same as they write it: “30 June 2029”.
    pub(crate) better: String,
    /// The other date as which it can be read, written so.
    pub(crate) other: Option<String>,
    /// Whether `better` can stand in the place of the words as they are.
    pub(crate) fits: bool,
}

/// The dates of a recommendation's deadlines that are written in another form. One of a lead-in is said once for all its items.
pub(super) fn dates(case: &Case<'_>, recommendation: usize) -> Vec<Written> {
    let Some(reading) = case.readings.get(recommendation) else { return Vec::new() };
    let lead = |reading: &Reading| reading.lead_in.as_ref().map(|(place, _)| *place);
    let before = recommendation.checked_sub(1).and_then(|before| case.readings.get(before)).and_then(lead);
    let said_before = before.is_some() && before == lead(reading);
    let own = reading.times.deadlines.iter().map(|deadline| (reading.place(&deadline.words), deadline));
    let all = own.chain(reading.lead_in.iter().filter(|_| !said_before).map(|(place, deadline)| (*place, deadline)));
    let mut written = Vec::new();
    for (place, deadline) in all {
        match (&deadline.figures, deadline.kind) {
            (Some(figures), _) => {
                let start = place.start + figures.words.start.saturating_sub(deadline.words.start) as u32;
                let words = WordRange { start, end: start + figures.words.len() as u32 };
                written.push(in_words(case, words, figures, start == place.start));
            }
            (None, DeadlineKind::Date { precision: Precision::Day | Precision::Month, .. }) => written.extend(month_with_other_capital(case, place)),
            _ => {}
        }
    }
    written
}

/// The date at these words of a recommendation, if it is written in another form.
pub(crate) fn date_at(case: &Case<'_>, subject: &Subject, words: WordRange) -> Option<Written> {
    let recommendation = (subject.unit == Unit::Recommendation).then_some(subject.index)?;
    dates(case, recommendation).into_iter().find(|date| date.words == words)
}

fn in_words(case: &Case<'_>, words: WordRange, figures: &Figures, stands_alone: bool) -> Written {
    let language = case.words.language;
    let article = case.words.numbers(words).start.checked_sub(1).is_some_and(|before| case.words.at(case.book.grammar.lists.date_articles, before).is_some());
    let fits = match figures.precision {
        // French and Spanish say “le 30 juin” and “el 30 de junio”, but not in a column of dates.
        Precision::Day => article || stands_alone || language == Language::English,
        Precision::Month | Precision::Year => !article,
    };
    let write = |date| written(case, date, figures.precision);
    // In French and Spanish the day always comes first.
    let other = figures.other.filter(|_| language == Language::English);
    Written { words, better: write(figures.date), other: other.map(write), fits }
}

/// A date with its month in words, in the language of the brief.
fn written(case: &Case<'_>, date: Date, precision: Precision) -> String {
    let language = case.words.language;
    let names = case.book.lexicon.entries(language, case.book.grammar.lists.months);
    // Of a month's names in the list the longest is the full one.
    let name = names.iter().filter(|entry| entry.value == i64::from(date.month())).max_by_key(|entry| entry.phrase.len());
    let (day, month, year) = (date.day(), name.map_or("", |entry| entry.phrase.as_ref()), date.year());
    match (language, precision) {
        (Language::English | Language::French, Precision::Month | Precision::Year) => format!("{month} {year}"),
        (Language::Spanish, Precision::Month | Precision::Year) => format!("{month} de {year}"),
        (Language::French, Precision::Day) if day == 1 => format!("1er {month} {year}"),
        (Language::English | Language::French, Precision::Day) => format!("{day} {month} {year}"),
        (Language::Spanish, Precision::Day) => format!("{day} de {month} de {year}"),
    }
}

/// The month in a date, if its first letter is small in English or a capital in French or Spanish.
fn month_with_other_capital(case: &Case<'_>, date: WordRange) -> Option<Written> {
    let hit = case.words.of(case.book.grammar.lists.months, date).next()?;
    let words = case.words.range(hit);
    let text = case.document.prose.slice(words);
    let name = case.book.lexicon.entry(case.words, hit)?.phrase.as_ref();
    // A capital that begins a cell is right: “Junio de 2029”.
    if words.start == date.start && name.starts_with(char::is_lowercase) {
        return None;
    }
    let is_shouted = text.chars().skip(1).any(char::is_uppercase);
    let differs = text != name && text.to_lowercase() == name.to_lowercase();
    (differs && !is_shouted).then(|| Written { words, better: name.to_owned(), other: None, fits: true })
}

/// The longest run of spaces that is a slip and no gap or column.
const LONGEST_SLIP: usize = 3;

/// The spaces that are one too many between two words of a lead-in, recommendation or question.
pub(super) fn doubled_spaces(case: &Case<'_>, subject: &Subject) -> Vec<WordRange> {
    let role = (subject.unit == Unit::Passage).then(|| case.brief.roles.get(subject.index)).flatten();
    if !role.is_some_and(|role| matches!(role, Role::LeadIn | Role::Recommendation | Role::Question)) {
        return Vec::new();
    }
    let text = case.document.prose.slice(subject.words);
    if !text.contains("  ") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut lines = 0;
    let mut at = 0;
    for (number, line) in text.split('\n').enumerate() {
        let runs = runs(line);
        // Long gaps, tabs and gaps on several lines are columns that the author has set.
        if line.contains('\t') || runs.iter().any(|run| run.len() > LONGEST_SLIP) {
            return Vec::new();
        }
        lines += usize::from(!runs.is_empty());
        let between_words = runs.into_iter().filter(|run| stands_between_words(line, run, number == 0));
        found.extend(between_words.map(|run| WordRange::new(subject.words.start as usize + at + run.start..subject.words.start as usize + at + run.end)));
        at += line.len() + 1;
    }
    if lines > 1 {
        return Vec::new();
    }
    found.retain(|run| is_plain(case, subject.words, *run));
    found.into_iter().map(|run| WordRange { start: run.start + 1, end: run.end }).collect()
}

/// The runs of two spaces and more inside a line.
fn runs(line: &str) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut from = 0;
    while let Some(start) = line.get(from..).and_then(|rest| rest.find("  ")).map(|at| from + at) {
        let length = line.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches(' ').len());
        from = start + length;
        if start > 0 && from < line.len() {
            runs.push(start..from);
        }
    }
    runs
}

/// Whether a run of spaces parts two words. Many were taught to type two spaces behind a full stop or colon, and the gap behind a
/// label such as “(a)” or “R1” is one that the author has set.
fn stands_between_words(line: &str, run: &std::ops::Range<usize>, is_first: bool) -> bool {
    let (before, behind) = (line.get(..run.start).unwrap_or_default(), line.get(run.end..).unwrap_or_default());
    let is_label = is_first && !before.contains(' ') && (before.ends_with(')') || before.contains(|c: char| c.is_ascii_digit()));
    let ends_word = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ')' | '”' | '’' | '»' | '"' | '\''));
    let begins_word = behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '“' | '‘' | '«' | '"' | '\''));
    !is_label && ends_word && begins_word
}

/// Whether a run of spaces stands in the source as it does in the words, and in no code.
fn is_plain(case: &Case<'_>, passage: WordRange, run: WordRange) -> bool {
    let prose = &case.document.prose;
    let span = prose.span(run);
    let in_code = prose.marks(passage).any(|mark| mark.kind == MarkKind::Code && mark.words.contains(run));
    span.end - span.start == run.end - run.start && !in_code
}

#[cfg(test)]
mod tests {
    use crate::brief::review::{Review, ReviewDate};
    use crate::builtin;
    use crate::check::lint;
    use crate::diagnostic::Diagnostic;
    use crate::rules::single::Judge;
    use crate::text::Source;
    use crate::words::Language;

    /// What stands directly before the words.
    const BEFORE: &str = ":\n\n";

    /// What the rules about the way of writing find in a brief in this language with these words.
    fn found(lang: &str, words: &str) -> (Source, Vec<Diagnostic>) {
        let heading = match lang {
            "fr" => "Recommandations",
            "es" => "Recomendaciones",
            _ => "Recommendations",
        };
        let source =
            Source::new("a.md", format!("---\nlang: {lang}\n---\n# Zemland, 53rd session, 5 November 2026\n\n## Prison\n\n### {heading}{BEFORE}{words}\n"));
        let mut found = lint(&source, builtin::rulebook(), &Review::default());
        found.retain(|found| matches!(found.rule.as_str(), "time-bound/date-form" | "time-bound/unclear-date" | "brief/doubled-space"));
        (source, found)
    }

    /// Checks what is found in these words, which are marked, and what stands there when all is mended.
    #[track_caller]
    fn check(lang: &str, cases: &[(&str, &str)]) {
        for (marked, better) in cases {
            let (source, found) = found(lang, &marked.replace("[[", "").replace("]]", ""));
            let (mut shown, mut mended) = (source.text().to_owned(), source.text().to_owned());
            for found in found.iter().rev() {
                shown.replace_range(found.span.range(), &format!("[[{}]]", source.slice(found.span)));
                if let Some(fix) = &found.fix {
                    mended.replace_range(fix.span.range(), &fix.replacement);
                }
            }
            let own = |text: &str| text.split_once(BEFORE).map(|(_, own)| own.trim_end().to_owned());
            assert_eq!(own(&shown).as_deref(), Some(*marked), "{lang}");
            assert_eq!(own(&mended).as_deref(), Some(*better), "{lang}");
        }
    }

    #[test]
    fn a_date_in_figures_gets_its_month_in_words_in_the_language_of_the_brief() {
        check(
            "en",
            &[
                ("- Close it by [[2028-06-01]].", "- Close it by 1 June 2028."),
                ("- Close it by **[[30/06/2028]]**.", "- Close it by **30 June 2028**."),
                ("- Close it by [[12/06/2028]].", "- Close it by 12/06/2028."),
                ("- Close it before the end of [[february]] 2028.", "- Close it before the end of February 2028."),
                ("- Close it by [[2028\\-06\\-01]].", "- Close it by 2028\\-06\\-01."),
            ],
        );
        check(
            "fr",
            &[
                ("- Fermer le camp avant le [[01/06/2028]].", "- Fermer le camp avant le 1er juin 2028."),
                ("- Fermer le camp avant [[12/06/2028]].", "- Fermer le camp avant 12/06/2028."),
                ("- Fermer le camp d’ici [[08/2028]].", "- Fermer le camp d’ici août 2028."),
                ("- Fermer le camp au plus tard le 30 [[Juin]] 2028.", "- Fermer le camp au plus tard le 30 juin 2028."),
                (
                    "| Recommandation | Échéance |\n|---|---|\n| Fermer le camp. | Juin 2028 |",
                    "| Recommandation | Échéance |\n|---|---|\n| Fermer le camp. | Juin 2028 |",
                ),
                (
                    "| Recommandation | Échéance |\n|---|---|\n| Fermer le camp. | [[30/06/2028]] |",
                    "| Recommandation | Échéance |\n|---|---|\n| Fermer le camp. | 30 juin 2028 |",
                ),
            ],
        );
        check(
            "es",
            &[
                ("- Cerrar el campo antes del [[30/09/2028]].", "- Cerrar el campo antes del 30 de septiembre de 2028."),
                ("- Cerrar el campo antes del 30 de [[Junio]] de 2028.", "- Cerrar el campo antes del 30 de junio de 2028."),
            ],
        );
    }

    #[test]
    fn the_date_of_a_lead_in_is_told_once() {
        check(
            "en",
            &[(
                "By [[30/06/2028]], Zemland should:\n\n- Close the camp.\n- Ratify OPIC.",
                "By 30 June 2028, Zemland should:\n\n- Close the camp.\n- Ratify OPIC.",
            )],
        );
    }

    #[test]
    fn a_date_in_words_is_the_same_deadline_as_in_figures() {
        let judge = Judge::new(builtin::rulebook());
        let deadline = |text: &str, language| {
            let assessed = judge.assess(text, Some(language), ReviewDate::parse("2026-11-05"));
            assessed.reading.deadline().map(|(_, deadline)| deadline.kind)
        };
        for (language, figures, words) in [
            (Language::English, "Close the camp by 2028-06-30.", "Close the camp by 30 June 2028."),
            (Language::English, "Close the camp before 06/30/2028.", "Close the camp before 30 June 2028."),
            (Language::English, "Close the camp before 06/2028.", "Close the camp before June 2028."),
            (Language::English, "Close the camp in 2028-06.", "Close the camp in June 2028."),
            (Language::French, "Fermer le camp avant le 01/06/2028.", "Fermer le camp avant le 1er juin 2028."),
            (Language::Spanish, "Cerrar el campo antes del 30/06/2028.", "Cerrar el campo antes del 30 de junio de 2028."),
        ] {
            assert!(deadline(words, language).is_some(), "{words}");
            assert_eq!(deadline(figures, language), deadline(words, language), "{figures}");
        }
    }

    #[test]
    fn a_slip_of_the_space_bar_is_mended_and_a_layout_is_not() {
        check(
            "en",
            &[
                ("The [[ ]]Government [[ ]]of Zemland should:\n\n- Close it by 2028.", "The Government of Zemland should:\n\n- Close it by 2028."),
                ("- Close [[ ]]**the** camp by 2028.", "- Close **the** camp by 2028."),
            ],
        );
        for words in [
            "-  Close the camp by 2028.",
            "- (a)  Close the camp by 2028.",
            "- R1  Close the camp by 2028.",
            "- Close the camp.  It is full. Do so by 2028.",
            "- Close `the  camp` by 2028.",
            "- Close <!-- or open --> the camp by 2028.",
            "- Close the camp     by 2028.",
            "- Close  the camp\n  by  2028.",
            "- Close the camp  \n  by 2028.",
            "> Close  the camp by 2028.",
            "    Close  the camp by 2028.",
        ] {
            check("en", &[(words, words)]);
        }
    }
}
