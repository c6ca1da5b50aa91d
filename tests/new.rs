//! Briefs to fill in: whatever is known of the review is filled in, and nothing but the gaps is wrong with the rest.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod program;

use std::fs;

use program::Folder;

#[test]
fn only_the_gaps_of_a_new_brief_are_found() {
    let folder = Folder::new("new");
    for language in ["en", "fr", "es"] {
        let name = format!("{language}.md");
        let ran = folder.run(&["new", "--state", "Togo", "--session", "54", "--lang", language, &name]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
        let text = fs::read_to_string(folder.0.join(&name)).unwrap();
        assert!(text.starts_with("---\nstate: Togo\nsession: 54\nreview: 2027-02\n---\n"), "{text}");
        let ran = folder.run(&["lint", "--format", "json", &name]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let rules: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
        assert!(rules.len() > 10 && rules.iter().all(|rule| *rule == "brief/placeholder"), "{language}: {rules:?}");
        let ran = folder.run(&["outline", "--format", "json", &name]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let brief = &json["briefs"][0];
        let count = |key: &str| brief[key].as_array().unwrap().len();
        assert_eq!((brief["language"].as_str(), count("issues"), count("recommendations"), count("questions")), (Some(language), 2, 2, 2), "{brief}");
    }
}

#[test]
fn what_is_not_known_of_the_review_stays_a_gap() {
    let folder = Folder::new("new-gaps");
    let head = |arguments: &[&str]| folder.run(&[&["new"], arguments].concat()).out.lines().skip(1).take(3).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(head(&[]), ["state: [State under review]", "session: [number]", "review: [year-month]"]);
    // The calendar knows when a State is reviewed, and on which day some of them are.
    assert_eq!(head(&["--state", "NPL"]), ["state: Nepal", "session: 51", "review: 2026-01-21"]);
    assert_eq!(head(&["--state", "tgo", "--lang", "fr"]), ["state: Togo", "session: 54", "review: 2027-02"]);
    assert_eq!(head(&["--review", "2031-05"]), ["state: [State under review]", "session: [number]", "review: 2031-05"]);
    let ran = folder.run(&["new", "--state", "Atlantis"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("“Atlantis”"), "{ran:?}");
}

#[test]
fn a_file_that_exists_is_left_as_it_is() {
    let folder = Folder::new("new-exists");
    folder.write("brief.md", "mine");
    let ran = folder.run(&["new", "brief.md"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: brief.md: there is such a file already"), "{ran:?}");
    assert_eq!(fs::read_to_string(folder.0.join("brief.md")).unwrap(), "mine");
    let ran = folder.run(&["new", "no-folder/brief.md"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no such folder"), "{ran:?}");
}

#[test]
fn completions_and_manual_are_made_from_the_command_line() {
    let folder = Folder::new("manual");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = folder.run(&["completions", shell]);
        assert_eq!(ran.code, 0);
        for word in ["outline", "stdin-filename"] {
            assert!(ran.out.contains(word), "{shell} does not know {word}");
        }
    }
    assert!(folder.run(&["completions", "fish"]).out.contains("time-bound/missing-deadline"));
    assert_eq!(folder.run(&["completions", "csh"]).code, 2);
    assert!(folder.run(&["man"]).out.contains(".TH upr 1"));
    assert_eq!(folder.run(&["man", "--to", "man1"]).code, 0);
    let pages: Vec<_> = fs::read_dir(folder.0.join("man1")).unwrap().map(|page| page.unwrap().file_name().into_string().unwrap()).collect();
    for page in ["upr.1", "upr-lint.1", "upr-new.1"] {
        assert!(pages.iter().any(|name| name == page), "{pages:?}");
    }
    folder.write("a-file", "");
    assert_eq!(folder.run(&["man", "--to", "a-file"]).code, 2);
}

#[test]
fn a_folder_of_briefs_gets_what_it_needs_and_loses_nothing() {
    let folder = Folder::new("init");
    folder.write("upr.toml", "fail-on = \"never\"\n");
    let ran = folder.run(&["init"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "upr.toml: is there already, and is left as it is\n.pre-commit-config.yaml: written\n.github/workflows/upr.yml: written\n")
    );
    assert_eq!(fs::read_to_string(folder.0.join("upr.toml")).unwrap(), "fail-on = \"never\"\n");
    let workflow = fs::read_to_string(folder.0.join(".github/workflows/upr.yml")).unwrap();
    assert!(workflow.contains(&format!("--version {}", env!("CARGO_PKG_VERSION"))), "{workflow}");
    let ran = folder.run(&["init", "--git-hook", "sub"]);
    folder.write("sub/brief.md", "# UPR of Zemland\n");
    let config = folder.run(&["config", "--for", "sub/brief.md"]);
    assert!(config.code == 0 && config.out.contains("sub/upr.toml"), "{config:?}");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("not the top folder of a Git repository") && folder.0.join("sub/upr.toml").is_file(), "{ran:?}");
    fs::create_dir_all(folder.0.join("sub/.git")).unwrap();
    assert_eq!(folder.run(&["init", "--git-hook", "sub"]).code, 0);
    assert!(fs::read_to_string(folder.0.join("sub/.git/hooks/pre-commit")).unwrap().contains("upr lint --only-briefs"));
}
