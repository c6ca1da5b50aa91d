//! The word lists and the calendar by which a brief is read, each looked up once by its name.

use std::sync::Arc;

use super::review::Calendar;
use crate::words::{Hit, Lexicon, Words, named_lists};

/// The name of the list that is made of the calendar's State names.
pub const STATES: &str = "states";

/// The word lists by which a brief is read, and the calendar.
#[derive(Debug)]
pub struct Guide {
    /// Sessions and States.
    pub calendar: Arc<Calendar>,
    pub(crate) lists: Lists,
}

impl Guide {
    /// The guide over these lists.
    ///
    /// # Errors
    /// The name of a list that is missing.
    pub fn new(lexicon: &Lexicon, calendar: Arc<Calendar>) -> Result<Guide, &'static str> {
        Ok(Guide { calendar, lists: Lists::new(lexicon)? })
    }
}

named_lists! {
    /// The word lists by which a brief is read.
    pub(crate) struct Lists {
        /// The names of States; the value of an entry is the State's place in the calendar.
        states = "states";
        months = "months";
        ordinals = "ordinals";
        /// Words beside the number of a session.
        session_words = "session words";
        /// Words that make it a session of another body.
        other_session_words = "other session words";
        cycle_words = "cycle words";
        /// Words of a line that tells the date of this review.
        review_words = "review words";
        /// Words of a line that tells of an earlier one.
        past_review_words = "past review words";
        /// "UPR of": what follows is a State.
        review_of_words = "review of words";
        state_labels = "state labels";
        heading_recommendations = "heading recommendations";
        heading_earlier = "heading earlier";
        heading_questions = "heading questions";
        heading_organisation = "heading organisation";
        heading_contact = "heading contact";
        heading_sources = "heading sources";
        heading_background = "heading background";
        heading_issues = "heading issues";
        heading_explanation = "heading explanation";
        heading_deadline = "heading deadline";
        /// Small words before the word that tells what a heading is.
        heading_qualifiers = "heading qualifiers";
        /// Words with which a heading asks something, and so names no issue.
        heading_asks = "heading asks";
        issue_labels = "issue labels";
        recommendation_labels = "recommendation labels";
        question_labels = "question labels";
        /// Words of a line that opens a list of recommendations.
        lead_recommendations = "lead recommendations";
        /// Words of a line that opens a list of questions.
        lead_questions = "lead questions";
        /// Words that make a lead-in, a list or a heading one of the past or of somebody else.
        lead_elsewhere = "lead elsewhere";
        /// "We", "our coalition": the author speaks.
        first_person = "first person";
        /// "We recommend that": the recommendation follows in the same sentence.
        lead_in_sentence = "lead in sentence";
        state_organs = "state organs";
        organisation_markers = "organisation markers";
        organisation_descriptions = "organisation descriptions";
        rights = "rights and groups";
        /// Verbs with which a recommendation may begin.
        opening_verbs = "opening verbs";
        minimal_verbs = "minimal verbs";
        continuing_verbs = "continuing verbs";
        considering_verbs = "considering verbs";
        general_verbs = "general verbs";
        specific_verbs = "specific verbs";
        verbs_decided_by_object = "verbs decided by object";
        opening_adverbs = "opening adverbs";
        modal_verbs = "modal verbs";
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
