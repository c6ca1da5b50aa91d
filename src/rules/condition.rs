//! What a rule may ask: the closed set of units, facts and counts, and how a condition is put together from them.

use crate::diagnostic::RuleId;
use crate::words::ListId;

/// An enum whose members have one name each, the one that rule files use.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $member:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $member,)* }

        impl $name {
            /// All of them with their names, in documented order.
            pub const ALL: &'static [($name, &'static str)] = &[$(($name::$member, $text),)*];

            /// The name in rule files.
            pub fn name(self) -> &'static str {
                match self { $($name::$member => $text,)* }
            }

            /// The one of this name.
            pub fn from_name(name: &str) -> Option<$name> {
                $name::ALL.iter().find(|(_, known)| *known == name).map(|&(member, _)| member)
            }
        }
    };
}
pub(super) use named;

named! {
    /// What a rule looks at, one at a time.
    Unit {
        /// The whole brief.
        Brief = "brief",
        /// An issue with all that belongs to it.
        Issue = "issue",
        /// The explanation of an issue.
        Explanation = "explanation",
        /// A recommendation.
        Recommendation = "recommendation",
        /// A question to the State under review.
        Question = "question",
        /// A sentence of an explanation.
        Sentence = "sentence",
        /// A paragraph, list item or cell of running text.
        Passage = "passage",
    }
}

named! {
    /// What the code can find in a unit.
    Fact {
        /// A time after which one can say whether the act was done in time.
        Deadline = "deadline",
        /// A deadline after the 4½ years.
        LateDeadline = "late deadline",
        /// A deadline before the review.
        PastDeadline = "past deadline",
        /// The year in which the 4½ years end, without a month.
        AmbiguousDeadline = "ambiguous deadline",
        /// A duration that is counted from nothing.
        UnanchoredDeadline = "unanchored deadline",
        /// A date of a deadline in another form than that of UN documents, and with one reading.
        DateForm = "date form",
        /// A date of a deadline in figures that can be read in two ways.
        UnclearDate = "unclear date",
        /// A duty that comes back: every year.
        PeriodicDuty = "periodic duty",
        /// As soon as possible, and the like.
        VagueTime = "vague time",
        /// By which act a result is to be reached.
        Means = "means",
        /// Something that can be checked afterwards.
        Measure = "measure",
        /// An act of which one can say that it was done, even if it is only to be considered or continued.
        NamedAct = "named act",
        /// An act that is asked for outright.
        ActAskedFor = "act asked for",
        /// An amount that is to be reached.
        Target = "target",
        /// Somebody else than the State under review is to act.
        AnotherActor = "another actor",
        /// A question mark at the end.
        QuestionMark = "question mark",
        /// The paragraph about the authors.
        Organisation = "organisation",
        /// The State under review.
        State = "state",
        /// Session, month or day of the review.
        ReviewDate = "review date",
        /// How the authors can be reached.
        Contact = "contact",
        /// The State is not reviewed in that session, or the date lies outside it.
        WrongSession = "wrong session",
        /// The session does not belong to that cycle.
        WrongCycle = "wrong cycle",
        /// A gap that the author meant to fill.
        Placeholder = "placeholder",
        /// Another State is named as if it were under review.
        AnotherState = "another State",
        /// A telephone number, an e-mail address, a number of a document or a birth date of somebody.
        PrivateIdentifier = "private identifier",
        /// A child by its name.
        NamedChild = "named child",
        /// A child that can be recognised by its features.
        IdentifiableChild = "identifiable child",
        /// A number that wants a source.
        Figure = "figure",
        /// A footnote, a link, a year in brackets, a document symbol, a paragraph number.
        SourceMark = "source mark",
        /// A year.
        Year = "year",
        /// The symbol of a UN document.
        UnDocumentSymbol = "UN document symbol",
        /// An exclamation mark, or a sentence in capitals.
        Shouting = "shouting",
        /// Spaces that are one too many between two words of a lead-in, recommendation or question.
        DoubledSpace = "doubled space",
        /// A paragraph in another language than the brief.
        AnotherLanguage = "another language",
        /// A heading two or more levels below the one before.
        HeadingJump = "heading jump",
        /// A recommendation that says nearly the same as an earlier one.
        NearDuplicate = "near duplicate",
        /// A recommendation of which no word stands in its issue, and one in the title of another.
        UnrelatedToIssue = "unrelated to issue",
        /// Every word could stand in a recommendation on anything: "adopt the new bill".
        OnlyGeneralWords = "only general words",
        /// A law by its name or number.
        NamedLaw = "named law",
        /// Training or a campaign as what is asked for.
        Training = "training",
        /// Who is to learn something.
        Audience = "audience",
        /// Words before the verb that says what is asked.
        WordsBeforeVerb = "words before verb",
        /// "To" before the verb, among recommendations that begin with theirs.
        ToBeforeVerb = "to before verb",
        /// Something "should be done", by nobody in particular.
        Passive = "passive",
        /// A deadline that is nearer than the next review.
        NearerDeadline = "nearer deadline",
        /// An acronym that is neither known nor written out.
        UnknownAcronym = "unknown acronym",
        /// The newest year, if it lies before the previous review.
        StaleYears = "stale years",
        /// The number of a recommendation of an earlier review.
        RecommendationNumber = "recommendation number",
        /// The symbol of a document of this review: the national report, the compilation, the summary of stakeholders' information.
        ReviewSymbol = "review document symbol",
        /// Somebody at risk by name.
        PersonAtRisk = "person at risk",
        /// Children who told the authors something.
        ChildrenAsked = "children asked",
        /// The words of a child.
        QuotedChild = "quoted child",
    }
}

named! {
    /// What a rule may count.
    Counted {
        /// Typeset pages.
        Pages = "pages",
        /// Issues of the brief.
        Issues = "issues",
        /// Recommendations of the brief or issue.
        Recommendations = "recommendations",
        /// Questions of the brief or issue.
        Questions = "questions",
        /// Words of the unit.
        Words = "words",
        /// Words of the explanation of an issue.
        ExplanationWords = "explanation words",
        /// Separate actions of a recommendation.
        Actions = "actions",
        /// Treaties named in a recommendation.
        Treaties = "treaties",
        /// Words about the authors.
        OrganisationWords = "organisation words",
        /// Days left until the review; none after it. Counts only if it is known what day it is.
        DaysLeft = "days left",
        /// Seconds that it takes to read out the recommendations of an issue.
        SecondsToSay = "seconds to say",
        /// Recommendations that are due by the next review and not sooner.
        NextReviewDeadlines = "next-review deadlines",
    }
}

/// Something that can be found: by the code or by a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A fact of the code.
    Fact(Fact),
    /// An entry of a word list.
    List(ListId),
}

/// The word lists among some names.
pub(crate) fn lists(names: &[Name]) -> impl Iterator<Item = ListId> {
    names.iter().filter_map(|name| match name {
        Name::List(list) => Some(*list),
        Name::Fact(_) => None,
    })
}

impl Condition {
    /// The word lists that it names.
    pub(crate) fn lists(&self) -> impl Iterator<Item = ListId> {
        lists(&self.with).chain(lists(&self.without)).chain(self.opens_with).chain(self.not_opening_with)
    }

    /// The number that its count is compared with, if it counts.
    pub fn limit(&self) -> Option<usize> {
        self.more_than.or(self.fewer_than)
    }

    /// Whether that number is a limit, which may lie higher or lower. Fewer than one says that something is missing.
    pub fn has_limit(&self) -> bool {
        self.more_than.is_some() || self.fewer_than.is_some_and(|limit| limit > 1)
    }

    /// The same number, to be changed.
    pub(super) fn limit_mut(&mut self) -> &mut Option<usize> {
        if self.more_than.is_none() && self.fewer_than.is_some() { &mut self.fewer_than } else { &mut self.more_than }
    }
}

/// What must hold for a rule to speak; everything that is given must.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What the rule looks at.
    pub each: Unit,
    /// One of these is found.
    pub with: Vec<Name>,
    /// None of these is found.
    pub without: Vec<Name>,
    /// What is counted.
    pub count: Option<Counted>,
    /// The count is above this.
    pub more_than: Option<usize>,
    /// The count is below this.
    pub fewer_than: Option<usize>,
    /// The recommendation is of this action category.
    pub action: Option<crate::language::action::Category>,
    /// It opens with an entry of this list.
    pub opens_with: Option<ListId>,
    /// It does not open with an entry of this list.
    pub not_opening_with: Option<ListId>,
    /// Rules after which this one is silent.
    pub unless: Vec<RuleId>,
    /// Only the first place in the brief is told.
    pub once: bool,
}
