//! What the words of a recommendation say: facts with their places, never a verdict.
//!
//! Which action is asked for ([`action`]), of whom ([`actor`]), by when ([`time`]), how one could check it ([`quantity`],
//! [`names`]). Whether that is good enough is for the rules to say.

pub mod action;
pub mod actor;
pub mod acts;
pub mod form;
pub mod names;
pub mod people;
pub mod quantity;
pub mod sentences;
pub mod time;
pub mod voices;

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::brief::date::Date;
use crate::brief::review::TimeFrame;
use crate::brief::{Brief, Recommendation};
use crate::text::prose::{Prose, WordRange};
use crate::words::{Hit, Language, Lexicon, ListId, Words, named_lists};

use action::Action;
use action::verbs::Class;
use acts::Acts;
use quantity::Quantity;
use time::{Deadline, TimeWords, Times};

named_lists! {
    /// The word lists by which a recommendation is read.
    pub(crate) struct Lists {
        minimal_verbs = "minimal verbs";
        continuing_verbs = "continuing verbs";
        considering_verbs = "considering verbs";
        general_verbs = "general verbs";
        specific_verbs = "specific verbs";
        verbs_decided_by_object = "verbs decided by object";
        verb_nominals = "verb nominals";
        verbs_that_are_nouns = "verbs that are nouns";
        opening_verbs = "opening verbs";
        opening_adverbs = "opening adverbs";
        modal_verbs = "modal verbs";
        concrete_objects = "concrete objects";
        vague_objects = "vague objects";
        single_action_pairs = "single action pairs";
        rescue_verbs = "rescue verbs";
        means_leads = "means leads";
        leading_words = "leading words";
        verbs_that_are_adjectives = "verbs that are adjectives";
        verb_points = "verb points";
        object_points = "object points";
        verbs_of_doing = "verbs of doing";
        considering_objects = "considering objects";
        carrying_nouns = "carrying nouns";
        treaty_verbs = "treaty verbs";
        further_protocols = "further protocols";
        verifiable_outputs = "verifiable outputs";
        treaty_names = "treaty names";
        treaty_acronyms = "treaty acronyms";
        un_bodies = "un bodies";
        state_organs = "state organs";
        outside_actors = "outside actors";
        states = "states";
        months = "months";
        number_words = "number words";
        child_words = "child words";
        participles = "participles";
        un_acronyms = "un acronyms";
        known_acronyms = "known acronyms";
        people_at_risk = "people at risk";
        quoting_verbs = "quoting verbs";
        consent_words = "consent words";
        asking_verbs = "asking verbs";
        telling_verbs = "telling verbs";
        audiences = "audiences";
        training_words = "training words";
        evidence = "evidence";
        loose_objects = "loose objects";
        vague_bundles = "vague bundles";
        act_nouns = "act nouns";
        vague_qualifiers = "vague qualifiers";
        hedges = "hedges";
        protocol_names = "protocol names";
        law_nouns = "law nouns";
        project_nouns = "project nouns";
        article_nouns = "article nouns";
        multiples = "multiples";
        strategies = "strategies";
        soft_law_names = "soft law names";
        special_procedures = "special procedures";
        rights_and_groups = "rights and groups";
        date_articles = "date articles";
    }
}

impl Lists {
    /// A verb with which a recommendation may begin, at the word of this number.
    pub(crate) fn opening_verb(&self, words: &Words, at: u32) -> Option<Hit> {
        let verbs = [
            self.opening_verbs,
            self.minimal_verbs,
            self.continuing_verbs,
            self.considering_verbs,
            self.general_verbs,
            self.specific_verbs,
            self.verbs_decided_by_object,
        ];
        words.at_any(&verbs, at)
    }
}

/// All that is needed to read recommendations, looked up once.
#[derive(Debug)]
pub struct Grammar {
    pub(crate) lists: Lists,
    /// Made when the first recommendation of the language is read.
    times: [OnceLock<TimeWords>; Language::ALL.len()],
    /// Words that say nothing of what a recommendation is about, in all languages; read when the first recommendation asks for them.
    general_words: OnceLock<FxHashSet<String>>,
    /// For each language, whether its verbs are known.
    verbs: [bool; Language::ALL.len()],
    /// For each noun that stands for a verb, the class of that verb; made when the first one is met.
    nominals: OnceLock<Vec<Class>>,
}

impl Grammar {
    /// The grammar over these lists.
    ///
    /// # Errors
    /// The name of a list that is missing.
    pub fn new(lexicon: &Lexicon) -> Result<Grammar, &'static str> {
        let lists = Lists::new(lexicon)?;
        let verbs = Language::ALL.map(|language| lexicon.has(language, lists.general_verbs));
        Ok(Grammar { lists, times: Default::default(), general_words: OnceLock::new(), verbs, nominals: OnceLock::new() })
    }

    fn time_words(&self, lexicon: &Lexicon, language: Language) -> &TimeWords {
        let [english, french, spanish] = &self.times;
        let words = match language {
            Language::English => english,
            Language::French => french,
            Language::Spanish => spanish,
        };
        words.get_or_init(|| {
            TimeWords::new(|name| {
                let Some(list) = lexicon.list(&name.replace('-', " ")) else { return Vec::new() };
                let entries = lexicon.entries(language, list).iter().map(|entry| (entry.phrase.clone(), entry.value));
                entries.chain(lexicon.combinations(language, list).into_iter().map(|phrase| (phrase.into(), 0))).collect()
            })
        })
    }

    /// Whether a word, in whatever case and in the singular or plural, is one of those that could stand in a recommendation on
    /// anything. They are so common that they are not looked for in whole texts.
    fn is_general(&self, lexicon: &Lexicon, word: &str) -> bool {
        let words = self.general_words.get_or_init(|| {
            let list = lexicon.list("general words");
            let entries = list.into_iter().flat_map(|list| Language::ALL.map(|language| lexicon.entries(language, list)));
            entries.flatten().map(|entry| entry.phrase.to_string()).collect()
        });
        let word = word.to_lowercase();
        words.contains(&word) || word.strip_suffix('s').is_some_and(|singular| words.contains(singular))
    }

    /// The class of the verb for which an English noun stands, by the noun's place in its list.
    fn nominal(&self, lexicon: &Lexicon, entry: u32) -> Class {
        let all = self.nominals.get_or_init(|| Class::of_nominals(&self.lists, lexicon));
        all.get(entry as usize).copied().unwrap_or(Class::Other)
    }

    /// Whether actions can be told apart in this language.
    pub fn knows_verbs(&self, language: Language) -> bool {
        self.verbs.get(language as usize).copied().unwrap_or(false)
    }
}

/// What all parts of the reading share.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub(crate) prose: &'a Prose,
    pub(crate) words: &'a Words,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) grammar: &'a Grammar,
}

impl<'a> Context<'a> {
    pub(crate) fn has(&self, list: ListId, range: WordRange) -> bool {
        self.words.of(list, range).next().is_some()
    }

    /// Whether the word of this number could stand in a recommendation on anything.
    pub(crate) fn is_general(&self, number: u32) -> bool {
        self.grammar.is_general(self.lexicon, self.text(number))
    }

    /// The text of the word of this number.
    pub(crate) fn text(&self, number: u32) -> &'a str {
        self.words.word(number).map_or("", |word| self.prose.slice(word.range()))
    }

    /// Whether the word of this number is one of these, whatever its case.
    pub(crate) fn is(&self, number: u32, words: &[&str]) -> bool {
        let place = self.words.word(number).map_or(0..0, |word| word.range().range());
        let text = self.prose.text().as_bytes().get(place).unwrap_or_default();
        words.iter().any(|word| text.eq_ignore_ascii_case(word.as_bytes()))
    }

    pub(crate) fn lists(&self) -> &'a Lists {
        &self.grammar.lists
    }
}

/// A recommendation with what was read in its words.
#[derive(Debug)]
pub struct Reading {
    /// The recommendation's own words.
    pub words: WordRange,
    /// What is asked for.
    pub action: Action,
    /// The verbs of the separate actions; the first is the opening verb.
    pub actions: Vec<WordRange>,
    /// How many actions there are if each treaty to be ratified counts.
    pub actions_in_all: usize,
    /// The acts that it names.
    pub acts: Acts,
    /// What is said about time, in bytes of the recommendation's own words.
    pub times: Times,
    /// The deadline that the lead-in gives, with the place of its words.
    pub lead_in: Option<(WordRange, Deadline)>,
    /// The first thing that can be checked afterwards.
    pub measure: Option<WordRange>,
    /// The amounts in it.
    pub quantities: Vec<Quantity>,
    /// The treaties that it names.
    pub treaties: Vec<WordRange>,
    /// Somebody else than the State who is to act.
    pub other_actor: Option<WordRange>,
}

impl Reading {
    /// The deadline that counts, with the place of its words: the recommendation's own, else that of its lead-in.
    pub fn deadline(&self) -> Option<(WordRange, &Deadline)> {
        let own = self.times.deadlines.first().map(|deadline| (self.place(&deadline.words), deadline));
        own.or_else(|| self.lead_in.as_ref().map(|(place, deadline)| (*place, deadline)))
    }

    /// The amount that is to be reached.
    pub fn target(&self) -> Option<WordRange> {
        self.quantities.iter().find(|quantity| quantity.target).map(|quantity| quantity.place)
    }

    /// The place of a range of bytes of the recommendation's own words.
    pub fn place(&self, within: &std::ops::Range<usize>) -> WordRange {
        WordRange { start: self.words.start + within.start as u32, end: self.words.start + within.end as u32 }
    }
}

/// Reads the recommendations of a brief.
pub fn read(prose: &Prose, words: &Words, lexicon: &Lexicon, grammar: &Grammar, brief: &Brief) -> Vec<Reading> {
    let context = Context { prose, words, lexicon, grammar };
    brief.recommendations.iter().map(|recommendation| read_one(&context, brief, recommendation)).collect()
}

/// Words of a cell that can be a date alone.
const WORDS_OF_A_DATE: usize = 6;

/// "June 2027" in a column of deadlines: a date without a word before it, read as if "by" stood there.
fn bare_date(context: &Context<'_>, lead: WordRange, words: &TimeWords, review: Option<Date>) -> Option<Deadline> {
    let text = context.prose.slice(lead);
    if text.split_whitespace().count() > WORDS_OF_A_DATE {
        return None;
    }
    let by = match context.words.language {
        Language::English => "by ",
        Language::French => "au plus tard en ",
        Language::Spanish => "a más tardar en ",
    };
    let mut deadline = time::read(&format!("{by}{text}"), words, review).deadlines.into_iter().next()?;
    let end = deadline.words.end.checked_sub(by.len())?;
    deadline.words = deadline.words.start.saturating_sub(by.len())..end;
    if let Some(figures) = &mut deadline.figures {
        figures.words = figures.words.start.saturating_sub(by.len())..figures.words.end.saturating_sub(by.len());
    }
    (deadline.words.end <= text.len()).then_some(deadline)
}

/// Reads one recommendation that stands outside any brief: a row of a database, an item of a list. The review's date tells which
/// dates are still to come.
pub fn read_text(text: &str, lexicon: &Lexicon, grammar: &Grammar, review: Option<Date>) -> Reading {
    let mut prose = Prose::default();
    prose.push(text, 0..text.len());
    let words = lexicon.read(text, None);
    let context = Context { prose: &prose, words: &words, lexicon, grammar };
    let own = prose.trim(WordRange::new(0..text.len()));
    read_words(&context, own, None, review, &TimeFrame::default())
}

/// Reads one recommendation of which the words are known already.
pub(crate) fn read_alone(prose: &Prose, words: &Words, lexicon: &Lexicon, grammar: &Grammar, own: WordRange, frame: &TimeFrame) -> Reading {
    let context = Context { prose, words, lexicon, grammar };
    read_words(&context, own, None, frame.review.map(|review| review.date), frame)
}

fn read_one(context: &Context<'_>, brief: &Brief, recommendation: &Recommendation) -> Reading {
    let review = brief.frame.review.map(|review| review.date);
    read_words(context, recommendation.words, recommendation.lead_in, review, &brief.frame)
}

fn read_words(context: &Context<'_>, own: WordRange, lead_in: Option<WordRange>, review: Option<Date>, frame: &TimeFrame) -> Reading {
    let time_words = context.grammar.time_words(context.lexicon, context.words.language);
    let times = time::read(context.prose.slice(own), time_words, review);
    let lead_in = lead_in.and_then(|lead| {
        let said = time::read(context.prose.slice(lead), time_words, review).deadlines.into_iter().next();
        let deadline = said.or_else(|| bare_date(context, lead, time_words, review))?;
        let place = WordRange { start: lead.start + deadline.words.start as u32, end: lead.start + deadline.words.end as u32 };
        Some((place, deadline))
    });
    let action = action::read(context, own);
    let actions = action::count::separate(context, own, &action);
    let acts = acts::read(context, own, &action, &actions);
    let treaties = names::treaties(context, own);
    let actions_in_all = action::count::with_treaties(context, own, &action, actions.len(), &treaties);
    let deadline_words: Vec<WordRange> = times
        .deadlines
        .iter()
        .map(|deadline| WordRange { start: own.start + deadline.words.start as u32, end: own.start + deadline.words.end as u32 })
        .collect();
    let measure = quantity::measure(context, own, &deadline_words).or(treaties.first().copied());
    let quantities = quantity::quantities(context, own, &deadline_words);
    let other_actor = actor::other(context, own, frame.code.as_deref(), frame);
    Reading { words: own, action, actions, actions_in_all, acts, times, lead_in, measure, quantities, treaties, other_actor }
}

/// Reads a text with the lists that the program carries, for the tests of what stands in it.
#[cfg(test)]
pub(crate) fn in_context(text: &str, read: impl FnOnce(&Context<'_>, WordRange)) {
    let book = crate::builtin::rulebook();
    let mut prose = Prose::default();
    prose.push(text, 0..text.len());
    let words = book.lexicon.read(text, Some(Language::English));
    read(&Context { prose: &prose, words: &words, lexicon: &book.lexicon, grammar: &book.grammar }, WordRange::new(0..text.len()));
}
