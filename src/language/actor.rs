//! Who is asked: only the State under review can carry out a recommendation.

use crate::brief::review::TimeFrame;
use crate::text::prose::WordRange;

use super::Context;

/// Words before the verb that can be its subject.
const WORDS_OF_A_SUBJECT: u32 = 14;

/// The subject of "X should …", if it is somebody else than the State under review and its organs.
pub(super) fn other(context: &Context<'_>, words: WordRange, code: Option<&str>, frame: &TimeFrame) -> Option<WordRange> {
    let lists = context.lists();
    let numbers = context.words.numbers(words);
    let window = numbers.start..numbers.end.min(numbers.start + WORDS_OF_A_SUBJECT);
    let modal = context.words.hits(window).find(|hit| hit.list == lists.modal_verbs)?;
    let subject = context.words.between(numbers.start..modal.first);
    // A verb before the modal has its subject elsewhere: "Ensure that companies must …" asks the State.
    let has_verb = lists.opening_verb(context.words, numbers.start).is_some();
    if has_verb || subject.is_empty() || context.prose.slice(subject).contains(',') {
        return None;
    }
    let named = frame.state.as_deref().is_some_and(|state| context.prose.slice(subject).contains(state));
    if named || context.has(lists.state_organs, subject) {
        return None;
    }
    if let Some(hit) = context.words.of(lists.outside_actors, subject).next() {
        return Some(context.words.range(hit));
    }
    let state = context.words.of(lists.states, subject).next()?;
    let is_own = context.lexicon.entry(context.words, state).is_some_and(|entry| entry.instead.as_deref() == code && code.is_some());
    (!is_own).then(|| context.words.range(state))
}
