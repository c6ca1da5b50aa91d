//! The action category and the number of actions, one line for each sentence.

use upr_lint::builtin;
use upr_lint::language::action::{Category, Reason};
use upr_lint::language::{Reading, read_text};

fn read(text: &str) -> Reading {
    let book = builtin::rulebook();
    read_text(text, &book.lexicon, &book.grammar, None)
}

#[track_caller]
fn check(expected: Category, texts: &[&str]) {
    for text in texts {
        assert_eq!(read(text).action.category, Some(expected), "{text}");
    }
}

#[test]
fn a_named_act_is_specific() {
    check(
        Category::Specific,
        &[
            "Ratify the Optional Protocol to the Convention against Torture",
            "To ratify the Optional Protocol to the Convention against Torture",
            "Swiftly and unconditionally release the three editors",
            "That Zemland abolish the death penalty",
            "Zemland should abolish the death penalty",
            "The ratification of the Rome Statute",
            "Amending section 12 of the Press Act",
            "In line with its pledges, amend section 12 of the Press Act",
            "That the law on assemblies be repealed",
            "Recommended that Zemland establish a moratorium on executions",
            "With the help of its partners, open birth-registration desks in all hospitals",
            "To the Parliament to repeal the law on associations",
        ],
    );
}

#[test]
fn a_direction_is_general() {
    check(
        Category::General,
        &[
            "Strengthen the protection of children in care",
            "Take all necessary measures against child labour",
            "Ensure that women can take part in public life",
            "Refrain from pressure on journalists",
            "The promotion of tolerance",
            "Efforts be made to improve prison conditions",
        ],
    );
}

#[test]
fn going_on_considering_and_asking_for_help_have_categories_of_their_own() {
    check(Category::Continuing, &["Continue its efforts against poverty", "Maintain the present policy on housing", "Pursue its reforms"]);
    check(
        Category::Considering,
        &[
            "Consider ratifying the Convention",
            "Study the possibility of a visit",
            "Give favourable consideration to ratifying the Convention",
            "Undertake a comprehensive review of the Mental Health Act",
        ],
    );
    check(Category::Minimal, &["Seek technical assistance from the Office", "Share its experience of school meals", "Call on its partners to help"]);
}

#[test]
fn the_object_decides_where_the_verb_does_not() {
    check(Category::Specific, &["Adopt a law on domestic violence", "Adopt a national action plan on torture", "Develop a national action plan for children"]);
    check(Category::General, &["Adopt further measures", "Develop a strategy for tourism", "Adopt a comprehensive strategy on poverty"]);
    let reading = read("Adopt a law on domestic violence");
    assert!(matches!(reading.action.reason, Reason::Object(_)), "{:?}", reading.action.reason);
}

#[test]
fn of_two_verbs_the_second_decides() {
    check(Category::General, &["Continue and strengthen its efforts", "Maintain and improve the dialogue with civil society"]);
    check(Category::Specific, &["Review and repeal the Press Act"]);
}

#[test]
fn a_specific_example_makes_a_general_act_specific() {
    let texts = [
        "Strengthen the rights of women, including by amending the Nationality Act",
        "Continue its efforts against torture by ratifying the Optional Protocol",
        "Improve the conditions of detention through the release of all children held without trial",
    ];
    check(Category::Specific, &texts);
    for text in texts {
        let reading = read(text);
        assert!(matches!(reading.action.reason, Reason::Example(_)), "{text}: {:?}", reading.action.reason);
        assert!(reading.action.means.is_some(), "{text}");
    }
    check(Category::General, &["Strengthen the rights of women with a view to promoting equality", "Improve the dialogue, in particular with the young"]);
}

#[track_caller]
fn counts(expected: usize, texts: &[&str]) {
    for text in texts {
        let reading = read(text);
        assert_eq!(reading.actions_in_all, expected, "{text}: {:?}", reading.actions);
    }
}

#[test]
fn actions_are_counted() {
    counts(
        1,
        &[
            "Sign and ratify the Convention on Enforced Disappearance",
            "Consider signing and ratifying the Rome Statute",
            "Investigate and prosecute all attacks on journalists",
            "Amend the Penal Code to protect and assist victims",
            "Prosecute those who exploit and sell children",
            "Publish a report on access to and support in schools",
            "Take measures to prevent and combat trafficking",
            "Ratify the Optional Protocol to the Convention against Torture (OPCAT)",
        ],
    );
    counts(
        2,
        &[
            "Open six shelters and train 200 police officers",
            "Take steps to limit the powers of prosecutors and bring detention under the control of judges",
            "Intensify efforts for restoring peace and improving access to food",
            "Enact a law that protects tenants and ensure that it is funded",
            "Ratify CEDAW and its Optional Protocol",
            "Ratify ICRMW and ICPPED",
        ],
    );
    counts(3, &["Ratify the Rome Statute, amend the Penal Code and train judges", "Consider ratifying OPCAT, ICRMW and the Rome Statute"]);
}
