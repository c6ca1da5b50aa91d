//! The invariants of the house: which module may use which, where each third-party crate lives, how long a file may be.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use upr_lint::builtin;
use upr_lint::rules::Rule;
use upr_lint::rules::condition::{Counted, Fact, Unit};
use upr_lint::rules::file::frequency::Frequencies;
use upr_lint::rules::message::Blank;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder of the project, sorted, as paths from the root with `/`.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    found.sort();
    let named = found.into_iter().map(|path| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        (name, path)
    });
    named.filter(|(name, _)| name.ends_with(ending)).map(|(name, path)| (name, fs::read_to_string(path).unwrap())).collect()
}

#[track_caller]
fn none(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n  {}", faults.join("\n  "));
}

/// The part of a source file before its tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// The module of the pipeline to which a source file belongs.
fn module(name: &str) -> &str {
    let inner = name.trim_start_matches("src/").trim_end_matches(".rs");
    inner.split('/').next().unwrap_or(inner)
}

#[test]
fn modules_use_only_what_stands_before_them() {
    const ALLOWED: [(&str, &[&str]); 17] = [
        ("text", &["text"]),
        ("markdown", &["markdown", "text"]),
        ("words", &["words", "text"]),
        ("brief", &["brief", "text", "markdown", "words"]),
        ("pages", &["pages", "text", "markdown"]),
        ("language", &["language", "text", "words", "brief"]),
        ("diagnostic", &["diagnostic", "text"]),
        ("rules", &["rules", "text", "markdown", "words", "brief", "pages", "language", "diagnostic", "lint"]),
        ("shown", &["shown", "text", "rules", "diagnostic", "brief", "words", "Checked"]),
        ("report", &["report", "shown", "text", "rules", "diagnostic", "brief", "language", "pages", "words", "markdown", "fixes", "Checked"]),
        ("files", &["builtin", "rules", "text"]),
        ("config", &["config", "files", "text", "words", "brief", "pages", "diagnostic", "rules"]),
        ("fixes", &["check", "text", "markdown", "brief", "diagnostic", "rules"]),
        (
            "server",
            &[
                "server",
                "config",
                "files",
                "fixes",
                "report",
                "shown",
                "text",
                "rules",
                "diagnostic",
                "brief",
                "language",
                "words",
                "markdown",
                "pages",
                "check",
                "Checked",
            ],
        ),
        ("check", &["text", "markdown", "brief", "pages", "language", "diagnostic", "rules"]),
        ("builtin", &["words", "rules", "text"]),
        ("build", &[]),
    ];
    let mut faults = Vec::new();
    for (name, text) in files("src", ".rs") {
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == module(&name)) else { continue };
        for (at, _) in without_tests(&text).match_indices("crate::") {
            let used: String = text[at + "crate::".len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !used.is_empty() && !allowed.contains(&used.as_str()) {
                faults.push(format!("{name} uses crate::{used}"));
            }
        }
    }
    none("an import that the drawing in src/lib.rs does not show", &faults);
}

#[test]
fn each_third_party_crate_has_one_home() {
    const HOMES: [(&str, &[&str]); 18] = [
        ("pulldown_cmark", &["markdown"]),
        ("nom", &["language/time", "language/quantity"]),
        ("toml", &["rules/file", "config"]),
        ("schemars", &["rules/file", "config/file", "report", "cli/schema"]),
        ("globset", &["config/globs"]),
        ("codespan_reporting", &["report/terminal"]),
        ("clap", &["cli", "main"]),
        ("clap_complete", &["cli/manual"]),
        ("clap_mangen", &["cli/manual"]),
        ("csv", &["cli", "report/csv"]),
        ("ignore", &["files"]),
        ("similar", &["cli/patch"]),
        ("unicode_segmentation", &["language", "text", "words"]),
        ("unicode_linebreak", &["pages/breaks"]),
        ("strsim", &["rules"]),
        ("serde_json", &["report", "cli", "server"]),
        ("lsp_server", &["server"]),
        ("lsp_types", &["server"]),
    ];
    let mut faults = Vec::new();
    for (name, text) in files("src", ".rs") {
        for (package, homes) in HOMES {
            let named = without_tests(&text).lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.starts_with(&format!("use {package}::")) || line.contains(&format!(" {package}::")) || line.contains(&format!("({package}::")))
            });
            let at_home = homes.iter().any(|home| name.trim_start_matches("src/").starts_with(home));
            if named && !at_home {
                faults.push(format!("{name} names {package}"));
            }
        }
    }
    none("a crate outside its home", &faults);
}

#[test]
fn nothing_in_the_program_can_reach_a_network() {
    // Crates that speak over a network or make it safe to. The list is of names and beginnings of names.
    const NETWORK: [&str; 22] = [
        "async-std",
        "curl",
        "h2",
        "http",
        "hyper",
        "isahc",
        "mio",
        "native-tls",
        "openssl",
        "quinn",
        "reqwest",
        "ring",
        "rustls",
        "schannel",
        "smol",
        "socket2",
        "surf",
        "tokio",
        "tungstenite",
        "ureq",
        "webpki",
        "zbus",
    ];
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let tree = Command::new(cargo).args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"]).current_dir(root()).output().unwrap();
    assert!(tree.status.success(), "{tree:?}");
    let tree = String::from_utf8(tree.stdout).unwrap();
    let packages: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(packages.contains("pulldown-cmark"), "{packages:?}");
    let reaches = |name: &&&str| NETWORK.iter().any(|known| **name == *known || name.starts_with(&format!("{known}-")));
    let faults: Vec<String> = packages.iter().filter(reaches).map(|name| (*name).to_owned()).collect();
    none("a crate that reaches a network", &faults);
    // The program itself opens no connection; the standard library could.
    let own: Vec<String> =
        files("src", ".rs").into_iter().filter(|(_, text)| text.contains("std::net") || text.contains("os::unix::net")).map(|(name, _)| name).collect();
    none("a file that opens a connection", &own);
}

#[test]
fn every_module_says_what_it_holds() {
    let sources = files("src", ".rs").into_iter().chain(files("tests", ".rs")).chain(files("examples", ".rs")).chain(files("benches", ".rs"));
    let faults: Vec<String> = sources.filter(|(_, text)| !text.starts_with("//!")).map(|(name, _)| name).collect();
    none("no //! at the beginning", &faults);
}

#[test]
fn no_file_is_too_long() {
    let mut faults = Vec::new();
    for (name, text) in files("src", ".rs") {
        if text.lines().count() > 500 {
            faults.push(format!("{name}: {} lines", text.lines().count()));
        }
    }
    for (name, text) in files("rules", ".toml") {
        let is_rule =
            !name.starts_with("rules/words/") && !name.ends_with("calendar.toml") && !name.ends_with("coverage.toml") && !name.ends_with("frequency.toml");
        if is_rule && text.lines().count() > 80 {
            faults.push(format!("{name}: {} lines", text.lines().count()));
        }
    }
    none("longer than 500 lines (a rule: 80)", &faults);
}

#[test]
fn no_test_is_switched_off_and_no_lint_without_a_reason() {
    let marks = [["#[ign", "ore"].concat(), ["should_", "panic"].concat(), ["thread::", "sleep"].concat(), ["to", "do!("].concat(), ["db", "g!("].concat()];
    let mut faults = Vec::new();
    for folder in ["src", "tests", "examples", "benches"] {
        for (name, text) in files(folder, ".rs") {
            for (number, line) in text.lines().enumerate() {
                let marked = marks.iter().any(|mark| line.contains(mark.as_str()));
                let bare = line.contains(&["#[", "allow("].concat()) && !line.contains("reason");
                if marked || bare || line.ends_with([' ', '\t']) {
                    faults.push(format!("{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    none("a switched-off test, a lint without a reason, or a space at the end of a line", &faults);
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let marks = [["/wo", "rk/"].concat(), ["../sha", "red"].concat(), ["/ro", "ot/"].concat(), ["crates", ".io/"].concat()];
    let mut faults = Vec::new();
    for folder in ["src", "rules", "tests", "examples", "benches"] {
        for ending in [".rs", ".toml", ".md", ".json", ".txt"] {
            for (name, text) in files(folder, ending) {
                if marks.iter().any(|mark| text.contains(mark.as_str())) {
                    faults.push(name);
                }
            }
        }
    }
    none("a path of some machine", &faults);
}

#[test]
fn the_top_level_holds_what_a_visitor_expects() {
    const EXPECTED: [&str; 13] = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "NOTICE.md",
        "src",
        "rules",
        "tests",
        "editors",
        "benches",
        "examples",
    ];
    let names = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let odd: Vec<String> = names.filter(|name| !name.starts_with('.') && name != "target" && !EXPECTED.contains(&name.as_str())).collect();
    none("an unexpected file at the top", &odd);
}

#[test]
fn every_statement_of_the_guidance_is_covered_or_explained() {
    const STATEMENTS: usize = 38;
    let text = fs::read_to_string(root().join("rules/coverage.toml")).unwrap();
    let coverage: toml::Table = toml::from_str(&text).unwrap();
    let statements = coverage["statement"].as_array().unwrap();
    let numbers: BTreeSet<i64> = statements.iter().map(|statement| statement["number"].as_integer().unwrap()).collect();
    assert_eq!(numbers.len(), STATEMENTS);
    let mut faults = Vec::new();
    let mut covered = BTreeSet::new();
    for statement in statements {
        let rules = statement.get("rules").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let reason = statement.get("why-not").and_then(toml::Value::as_str).unwrap_or_default();
        if rules.is_empty() && reason.is_empty() {
            faults.push(format!("statement {:?} has neither rules nor why-not", statement["number"]));
        }
        for rule in rules {
            let name = rule.as_str().unwrap().to_owned();
            if !builtin::rulebook().rules.iter().any(|rule| rule.id.as_str() == name) {
                faults.push(format!("statement {:?} names {name}, which is no rule", statement["number"]));
            }
            covered.insert(name);
        }
    }
    none("rules/coverage.toml", &faults);
}

#[test]
fn the_figures_of_the_rules_are_of_rules_that_there_are() {
    let text = fs::read_to_string(root().join("rules/frequency.toml")).unwrap();
    let frequencies: Frequencies = toml::from_str(&text).unwrap();
    let book = builtin::rulebook();
    let mut faults: Vec<String> = frequencies.rule.keys().filter(|name| book.rule(name).is_none()).map(|name| format!("{name} is no rule")).collect();
    let speaks = |rule: &&Rule| matches!(rule.condition.each, Unit::Recommendation | Unit::Passage);
    faults.extend(book.rules.iter().filter(speaks).filter(|rule| frequencies.of(&rule.id).is_none()).map(|rule| format!("{} is missing", rule.id)));
    faults.extend(frequencies.rule.iter().filter(|(_, figures)| figures.right > figures.judged).map(|(name, _)| format!("{name}: more right than judged")));
    none("rules/frequency.toml", &faults);
    assert_eq!(builtin::frequencies(), frequencies);
}

#[test]
fn every_word_list_is_used() {
    let code: String = files("src", ".rs").into_iter().map(|(_, text)| text).collect();
    let data: String = files("rules", ".toml").into_iter().map(|(_, text)| text).collect();
    let mut faults = Vec::new();
    for (name, _) in files("rules/words", ".toml") {
        let stem = name.rsplit('/').next().unwrap().trim_end_matches(".toml");
        let spaced = stem.replace('-', " ");
        let used = code.contains(&format!("\"{spaced}\"")) || code.contains(&format!("\"{stem}\"")) || data.contains(&format!("\"{spaced}\""));
        if !used {
            faults.push(name);
        }
    }
    none("a word list that nothing uses", &faults);
}

#[test]
fn the_rule_guide_names_everything_that_a_rule_may_say() {
    let guide = fs::read_to_string(root().join("rules/README.md")).unwrap();
    let units = Unit::ALL.iter().map(|&(_, name)| name);
    let facts = Fact::ALL.iter().map(|&(_, name)| name);
    let counts = Counted::ALL.iter().map(|&(_, name)| name);
    let blanks = Blank::ALL.iter().map(|&(_, name)| name);
    let missing: Vec<String> = units
        .chain(facts)
        .chain(counts)
        .chain(blanks)
        .filter(|name| !guide.contains(&format!("`{name}`")) && !guide.contains(&format!("`{{{name}}}`")))
        .map(str::to_owned)
        .collect();
    none("rules/README.md does not name", &missing);
}

#[test]
fn the_readme_lists_every_rule() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let rows: Vec<String> = builtin::rulebook().rules.iter().map(|rule| format!("| `{}` | {} | {} |", rule.id, rule.severity, rule.title)).collect();
    let table = rows.join("\n");
    if env::var_os("UPDATE_README").is_some() {
        let (before, rest) = readme.split_once("<!-- rules -->\n").expect("README.md has the mark <!-- rules -->");
        let (_, after) = rest.split_once("<!-- end of rules -->").expect("README.md has the mark <!-- end of rules -->");
        let head = "| rule | severity | what it finds |\n|---|---|---|\n";
        fs::write(root().join("README.md"), format!("{before}<!-- rules -->\n{head}{table}\n<!-- end of rules -->{after}")).unwrap();
        return;
    }
    assert!(readme.contains(&table), "the table of rules in README.md is not up to date; run: UPDATE_README=1 cargo test --test tidy");
}
