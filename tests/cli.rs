//! The program as a user runs it: exit codes, bad input, formats, privacy.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod program;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use program::{Folder, Ran};

const GOOD: &str = "# Universal Periodic Review of Zemland

53rd session, 5 November 2026

The Zemland Child Rights Coalition is a network of 42 organisations. Contact: zcrc@zcrc.example

We ask your delegation to raise this issue, which our submission (JS4) explains.

## Violence at home

In 2021 Zemland supported recommendation 121.45 (Uruguay); it is partly implemented. We welcome the Education Act 2023. However, 62 % of children were beaten at home (Survey 2025, p. 140). The Committee on the Rights of the Child asked for a ban in 2024 (CRC/C/ZML/CO/4, para. 27).

### Recommendations

- Repeal section 51 of the Children Act 2009 by May 2028.

### Question

- What has Zemland done since 2021 to implement recommendation 121.45?
";

const WEAK: &str = "# UPR of Zemland\n\n## Prison\n\nChildren are in cells.\n\n### Recommendations\n\n- Continue efforts.\n";

/// A brief with a warning and no error.
fn with_warning() -> String {
    GOOD.replace("by May 2028", "soon")
}

#[track_caller]
fn exits(name: &str, files: &[(&str, &str)], arguments: &[&str], code: i32) -> Ran {
    let folder = Folder::new(name);
    for (file, text) in files {
        folder.write(file, text);
    }
    let ran = folder.run(arguments);
    assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
    ran
}

#[test]
fn exit_codes_say_clean_found_or_failed() {
    let warning = with_warning();
    let good: &[(&str, &str)] = &[("a.md", GOOD)];
    let weak: &[(&str, &str)] = &[("a.md", WEAK)];
    let soon: &[(&str, &str)] = &[("a.md", &warning)];
    exits("clean", good, &["lint", "a.md"], 0);
    exits("found", weak, &["lint", "a.md"], 1);
    exits("folder", weak, &["lint"], 1);
    exits("warning", soon, &["lint", "--fail-on", "error", "a.md"], 0);
    exits("threshold", soon, &["lint", "--fail-on", "warning", "a.md"], 1);
    exits("never", weak, &["lint", "--fail-on", "never", "a.md"], 0);
    exits("ignored", soon, &["lint", "--ignore", "time-bound", "a.md"], 0);
    exits("selected", soon, &["lint", "--select", "brief/too-long", "a.md"], 0);
    let ran = exits("typo", good, &["lint", "--select", "mising-deadline", "a.md"], 2);
    assert!(ran.err.contains("time-bound/missing-deadline"), "{ran:?}");
    exits("missing", good, &["lint", "b.md"], 2);
    exits("missing-and-good", good, &["lint", "a.md", "b.md"], 2);
    exits("no-markdown", &[("a.txt", GOOD)], &["lint"], 2);
    exits("no-brief", &[("README.md", "# A project\n\nText.\n")], &["lint"], 2);
    exits("unknown-flag", good, &["lint", "--nonsense"], 2);
    exits("wrong-date", good, &["lint", "--review", "soon", "a.md"], 2);
    exits("outline", good, &["outline", "a.md"], 0);
    exits("outline-missing", good, &["outline", "b.md"], 2);
    exits("pages", good, &["pages", "a.md"], 0);
    exits("pages-missing", good, &["pages", "b.md"], 2);
    exits("explain", good, &["explain", "missing-deadline"], 0);
    exits("explain-typo", good, &["explain", "missing-dedline"], 2);
    exits("rules", good, &["rules"], 0);
    exits("test", good, &["test"], 0);
}

#[test]
fn an_ordinary_readme_in_the_folder_stays_quiet() {
    let ran = exits("readme", &[("README.md", "# A project\n\nText that must be good!\n"), ("a.md", GOOD)], &["lint", "--format", "concise"], 0);
    assert_eq!(ran.out, "", "{ran:?}");
}

#[test]
fn ignored_files_are_left_out_and_order_is_that_of_the_paths() {
    let folder = Folder::new("gitignore");
    folder.write("b.md", WEAK).write("a/z.md", WEAK).write("c.md", WEAK).write(".gitignore", "c.md\n");
    let ran = folder.run(&["lint", "--format", "concise", "--quiet"]);
    let paths: Vec<&str> = ran.out.lines().map(|line| line.split(':').next().unwrap()).collect();
    let mut once = paths.clone();
    once.dedup();
    assert_eq!(once, ["a/z.md", "b.md"], "{ran:?}");
}

#[test]
fn what_is_no_text_is_refused_with_a_remedy_and_the_rest_is_done() {
    let folder = Folder::new("bad");
    folder.write("latin.md", b"# Etat\n\n\xe9tat\n").write("wide.md", b"\xff\xfe#\0").write("word.md", b"PK\x03\x04\0\0").write("good.md", WEAK);
    fs::create_dir_all(folder.0.join("folder.md")).unwrap();
    let ran = folder.run(&["lint", "--format", "concise", "latin.md", "wide.md", "word.md", "good.md"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("latin.md: line 3"), "{ran:?}");
    assert!(ran.err.contains("UTF-16") && ran.err.contains("Word or PDF"), "{ran:?}");
    assert!(ran.out.contains("good.md:9:3: warning[specific/continuing-verb]"), "{ran:?}");
}

#[test]
fn a_link_that_leads_nowhere_is_told() {
    #[cfg(unix)]
    {
        let folder = Folder::new("dangling");
        std::os::unix::fs::symlink("nowhere.md", folder.0.join("link.md")).unwrap();
        folder.write("good.md", GOOD);
        let ran = folder.run(&["lint"]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains("link.md"), "{ran:?}");
    }
}

#[test]
fn odd_texts_are_read() {
    let long = format!("{WEAK}\n{}", "word ".repeat(200_000));
    let texts: [(&str, String); 9] = [
        ("empty", String::new()),
        ("windows", WEAK.replace('\n', "\r\n")),
        ("mark", format!("\u{feff}{WEAK}")),
        ("bidirectional", WEAK.replace("Children", "\u{202e}Children\u{202c} \u{200b}\u{200f}")),
        ("lists", format!("{WEAK}\n{}a\n", "- ".repeat(10_000))),
        ("quotations", format!("{WEAK}\n{}a\n", "> ".repeat(10_000))),
        ("brackets", format!("{WEAK}\n{}\n", "[".repeat(50_000))),
        ("truncated", WEAK.get(..WEAK.len() - 12).unwrap().to_owned()),
        ("long", long),
    ];
    for (name, text) in texts {
        let folder = Folder::new(name);
        folder.write("a.md", &text);
        for format in ["full", "concise", "json"] {
            let ran = folder.run(&["lint", "--format", format, "a.md"]);
            assert_eq!(ran.code, 1, "{name} {format}: {}", ran.err);
            assert!(!ran.out.contains('\u{1b}'), "{name} {format}");
            assert!(!ran.out.contains('\u{202e}') || format == "json", "{name} {format} lets the text turn the terminal round");
        }
        assert_eq!(folder.run(&["outline", "a.md"]).code, 0, "{name}");
    }
}

#[test]
fn windows_line_endings_change_no_finding() {
    let places = |text: &str, name: &str| {
        let folder = Folder::new(name);
        folder.write("a.md", text);
        folder.run(&["lint", "--format", "concise", "--quiet", "a.md"]).out
    };
    assert_eq!(places(WEAK, "unix"), places(&WEAK.replace('\n', "\r\n"), "crlf"));
}

#[test]
fn standard_input_has_the_name_that_it_is_given() {
    let folder = Folder::new("stdin");
    let mut child = folder
        .command(&["lint", "-", "--stdin-filename", "draft.md", "--format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(WEAK.as_bytes()).unwrap();
    let ran = Ran::new(&child.wait_with_output().unwrap());
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("draft.md:1:3: "), "{ran:?}");
}

#[test]
fn personal_data_is_in_no_output() {
    let brief = GOOD
        .replace("However, 62 %", "Amina Kor, 12, was beaten in May; her mother's number is +00 555 0199 777. Amina is afraid! However, 62 %")
        .replace("- Repeal", "- Protect Amina Kor, 12, and repeal");
    let folder = Folder::new("private");
    folder.write("a.md", &brief);
    for format in ["full", "concise", "json"] {
        let ran = folder.run(&["lint", "--format", format, "a.md"]);
        assert!(ran.out.contains("safety/named-child") && ran.out.contains("safety/private-identifier"), "{format}: {ran:?}");
        for secret in ["Amina", "Kor", "0199"] {
            assert!(!ran.out.contains(secret) && !ran.err.contains(secret), "{format} shows {secret}: {ran:?}");
        }
    }
    for format in ["text", "json"] {
        let ran = folder.run(&["outline", "--format", format, "a.md"]);
        assert!(!ran.out.contains("Amina") && !ran.out.contains("Kor"), "{format}: {ran:?}");
    }
}

#[test]
fn people_at_risk_and_the_words_of_children_are_in_no_output() {
    let text = GOOD.replace("However, 62 %", "The defender Jonas Talmar was arrested. “We sleep without blankets,” said a girl in May. However, 62 %");
    let folder = Folder::new("at-risk");
    folder.write("brief.md", &text);
    for format in ["full", "concise", "json"] {
        let ran = folder.run(&["lint", "--format", format, "brief.md"]);
        assert!(ran.out.contains("safety/person-at-risk") && ran.out.contains("safety/child-quotation"), "{format}: {ran:?}");
        for secret in ["Jonas", "Talmar", "blankets"] {
            assert!(!ran.out.contains(secret) && !ran.err.contains(secret), "{format} shows {secret}: {ran:?}");
        }
    }
    folder.write("brief.md", format!("---\nconsent: yes\n---\n\n{text}"));
    let ran = folder.run(&["lint", "--format", "concise", "brief.md"]);
    assert!(!ran.out.contains("safety/"), "{ran:?}");
}

#[test]
fn a_day_tells_whether_the_brief_comes_in_time() {
    let folder = Folder::new("today");
    folder.write("brief.md", GOOD);
    let said = |day: &str| {
        let ran = folder.run(&["lint", "--format", "concise", "--select", "brief/late-brief", "--today", day, "brief.md"]);
        ran.out.lines().next().map(|line| line.split("] ").nth(1).unwrap_or_default().to_owned())
    };
    assert_eq!(said("2026-05-20"), None);
    assert_eq!(
        said("2026-10-20").as_deref(),
        Some(
            "On 20 October 2026, 16 days are left until the review of 5 November 2026; questions in advance are due on 22 October 2026, ten working days before the review."
        )
    );
    assert_eq!(said("2026-11-25").as_deref(), Some("On 25 November 2026, the review of 5 November 2026 is over."));
    let ran = folder.run(&["lint", "--today", "20 October", "brief.md"]);
    assert!(ran.code == 2 && ran.err.contains("write a day as 2026-10-01"), "{ran:?}");
}

#[test]
fn a_short_explanation_is_told_apart_from_none() {
    let folder = Folder::new("short");
    let head = "# Universal Periodic Review of Zemland, 53rd session, 5 November 2026\n\n";
    folder.write("brief.md", format!("{head}## Kilns\n\nChildren work in kilns.\n\n### Recommendations\n\n- Close the kilns of Vell by 2028.\n\n## Courts\n\n### Recommendations\n\n- Open a court in Vell by 2028.\n"));
    let ran = folder.run(&["lint", "--format", "concise", "--select", "brief/issue-without-explanation", "brief.md"]);
    assert!(ran.out.contains("The explanation of “Kilns” is too short: 4 of at least 15 words."), "{ran:?}");
    assert!(ran.out.contains("Nothing explains why “Courts” is raised."), "{ran:?}");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = Folder::new("threads");
    for number in 0..40 {
        folder.write(&format!("{number}.md"), if number % 3 == 0 { GOOD } else { WEAK });
    }
    for format in ["full", "concise", "json"] {
        let one = folder.run(&["lint", "--format", format, "--threads", "1"]);
        let many = folder.run(&["lint", "--format", format, "--threads", "7"]);
        assert_eq!(one.out, many.out, "{format}");
    }
}

#[test]
fn json_has_the_promised_fields() {
    let folder = Folder::new("json");
    folder.write("a.md", WEAK);
    let ran = folder.run(&["lint", "--format", "json", "a.md"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["version"], 1);
    let finding = json["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "specific/continuing-verb").unwrap();
    assert_eq!(finding["path"], "a.md");
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64(), finding["end_column"].as_u64()), (Some(9), Some(3), Some(11)));
    let byte = |end: &str| finding["span"][end].as_u64().unwrap() as usize;
    assert_eq!(WEAK.get(byte("start")..byte("end")), Some("Continue"));
    assert_eq!(finding["recommendation"], 0);
    assert_eq!(finding["role"], "recommendation");
    assert!(finding["help"].is_string() && finding["message"].is_string() && finding.get("fix").is_some());
    let outline: serde_json::Value = serde_json::from_str(&folder.run(&["outline", "--format", "json", "a.md"]).out).unwrap();
    let brief = &outline["briefs"][0];
    for key in ["path", "language", "state", "session", "review", "limit", "organisation", "issues", "recommendations", "questions", "pages"] {
        assert!(brief.get(key).is_some(), "{key}");
    }
    assert_eq!(brief["recommendations"][0]["text"], "Continue efforts.");
}

#[test]
fn a_broken_rule_is_shown_in_its_file() {
    let folder = Folder::new("broken");
    let rule = "title = \"x\"\nseverity = \"warning\"\nmessage = \"m\"\nrationale = \"r\"\n[source]\nwork = \"w\"\nsays = \"s\"\n[match]\neach = \"recomendation\"\nwith = \"vague groups\"\n[examples]\nflags = [\"[[a]]\", \"[[b]]\"]\nallows = [\"c\", \"d\"]\n";
    folder.write("a.md", GOOD).write("mine/specific/x.toml", rule);
    let ran = folder.run(&["lint", "--rules", "mine", "a.md"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("x.toml:9:8") && ran.out.contains("Did you mean “recommendation”"), "{ran:?}");
    folder.write("mine/specific/x.toml", rule.replace("recomendation", "recommendation"));
    assert_eq!(folder.run(&["lint", "--rules", "mine", "a.md"]).code, 0);
    let ran = folder.run(&["test", "mine/specific/x.toml"]);
    assert_eq!(ran.code, 1, "its examples fail: {ran:?}");
}

#[test]
fn a_rule_of_ones_own_takes_the_place_of_a_built_in_one() {
    let folder = Folder::new("own");
    let built_in = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/specific/continuing-verb.toml")).unwrap();
    folder.write("a.md", WEAK).write("mine/specific/continuing-verb.toml", built_in.replace("severity   = \"warning\"", "severity   = \"error\""));
    let ran = folder.run(&["lint", "--format", "concise", "--rules", "mine", "a.md"]);
    assert!(ran.out.contains("error[specific/continuing-verb]"), "{ran:?}");
}

#[test]
fn a_finding_is_silenced_with_a_reason_and_useless_comments_are_told() {
    let folder = Folder::new("silenced");
    let silenced = WEAK.replace("- Continue", "<!-- upr-ignore specific/continuing-verb: agreed with the mission -->\n- Continue");
    let ran = folder.write("a.md", &silenced).run(&["lint", "--format", "concise", "a.md"]);
    assert!(!ran.out.contains("continuing-verb") && !ran.out.contains("ignore/"), "{ran:?}");
    for (comment, rule) in [
        ("<!-- upr-ignore specific/continuing-verb -->", "ignore/no-reason"),
        ("<!-- upr-ignore specific/continuing: why -->", "ignore/unknown-rule"),
        ("<!-- upr-ignore tone/shouting: why -->", "ignore/unused"),
        ("<!-- upr-ignore-end -->", "ignore/unpaired"),
        ("<!-- upr: nonsense -->", "ignore/unknown-rule"),
    ] {
        folder.write("a.md", WEAK.replace("- Continue", &format!("{comment}\n- Continue")));
        let ran = folder.run(&["lint", "--format", "concise", "a.md"]);
        assert!(ran.out.contains(rule), "{comment}: {ran:?}");
    }
    let between = WEAK.replace("- Continue", "<!-- upr-ignore-start specific: why -->\n\n- Continue") + "\n<!-- upr-ignore-end -->\n";
    let ran = folder.write("a.md", &between).run(&["lint", "--format", "concise", "a.md"]);
    assert!(!ran.out.contains("continuing-verb") && !ran.out.contains("ignore/"), "{ran:?}");
}

#[test]
fn colours_come_only_when_asked_for() {
    let folder = Folder::new("colour");
    folder.write("a.md", WEAK);
    assert!(!folder.run(&["lint", "a.md"]).out.contains('\u{1b}'));
    assert!(folder.run(&["lint", "--color", "always", "a.md"]).out.contains('\u{1b}'));
    assert!(!folder.run(&["lint", "--color", "never", "a.md"]).out.contains('\u{1b}'));
}

#[test]
fn the_review_can_be_given_on_the_command_line() {
    let folder = Folder::new("review");
    folder.write("a.md", "# Children\n\n## Prison\n\nText.\n\n### Recommendations\n\n- Ratify OPCAT by 2032.\n");
    let ran = folder.run(&["lint", "--format", "concise", "--state", "KEN", "--review", "2026-11", "a.md"]);
    assert!(ran.out.contains("time-bound/late-deadline") && !ran.out.contains("brief/no-state"), "{ran:?}");
    assert!(ran.out.contains("since the day of the review is not given"), "{ran:?}");
}

#[test]
fn the_readme_shows_the_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_upr")).args(["lint", "tests/briefs/sample.md"]).current_dir(root).env_remove("NO_COLOR").output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.contains(shown.trim_end()), "README.md shows another output than `upr lint tests/briefs/sample.md`:\n{shown}");
}

/// Long lines, a hidden name, a wrapped message and the figures, with rules that are the test's own.
#[test]
fn the_full_format_is_the_one_that_is_kept() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let arguments = ["lint", "--rules", "rules", "--select", "house-time,house-child", "--statistics", "brief.md"];
    let output = Command::new(env!("CARGO_BIN_EXE_upr")).args(arguments).current_dir(&here).output().unwrap();
    let ran = Ran::new(&output);
    let kept = fs::read_to_string(here.join("full.txt")).unwrap_or_default();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("full.txt");
    fs::write(&path, &ran.out).unwrap();
    assert_eq!(ran.out, kept, "tests/cli/full.txt is missing or says something else; what the program says now is in {}", path.display());
}

#[test]
fn findings_of_the_same_place_draw_it_once() {
    let folder = Folder::new("once");
    folder.write("brief.md", WEAK);
    let ran = folder.run(&["lint", "--quiet", "--select", "brief/no-contact,brief/no-organisation,brief/no-questions,specific", "brief.md"]);
    let frames: Vec<&str> = ran.out.lines().filter_map(|line| line.trim_start().strip_prefix("┌─ ")).collect();
    assert_eq!(frames, ["brief.md:1:3", "brief.md:9:3"], "{ran:?}");
    let heads: Vec<&str> = ran.out.lines().filter_map(|line| line.split_once(']').filter(|(head, _)| head.contains('['))).map(|(head, _)| head).collect();
    assert_eq!(
        heads,
        ["warning[brief/no-contact", "warning[brief/no-organisation", "warning[brief/no-questions", "warning[specific/continuing-verb"],
        "{ran:?}"
    );
}

#[test]
fn no_color_and_a_pipe_keep_escapes_out() {
    let folder = Folder::new("no-color");
    // A brief that tries to steer the terminal, in a file whose name does too.
    let name = "a\u{1b}[31m.md";
    folder.write(name, WEAK.replace("## Prison", "## Pri\u{1b}[2Json"));
    for format in ["full", "concise", "json"] {
        let output = folder.command(&["lint", "--format", format, name]).env("NO_COLOR", "1").output().unwrap();
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{format}");
        assert!(!output.stdout.is_empty());
    }
    for arguments in [
        &["outline", name][..],
        &["outline", "--format", "json", name],
        &["pages", name],
        &["rules"],
        &["rules", "--format", "json"],
        &["explain", "safety"],
        &["lint", "b\u{1b}.md"],
    ] {
        let output = folder.command(arguments).output().unwrap();
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{arguments:?}");
    }
    let ran = folder.run(&["lint", "--color", "always", "--format", "json", name]);
    assert!(!ran.out.contains('\u{1b}'), "no format for machines has colours");
}

#[test]
fn concise_has_only_findings_on_standard_output() {
    let folder = Folder::new("concise");
    folder.write("a.md", WEAK).write("b.md", GOOD);
    let ran = folder.run(&["lint", "--format", "concise", "--statistics"]);
    for line in ran.out.lines() {
        let mut parts = line.splitn(4, ':');
        assert!(parts.next().unwrap().ends_with(".md"), "{line}");
        assert!(parts.next().unwrap().parse::<u32>().is_ok() && parts.next().unwrap().parse::<u32>().is_ok(), "{line}");
        let rest = parts.next().unwrap();
        assert!([" error[", " warning[", " advice["].iter().any(|severity| rest.starts_with(severity)), "{line}");
    }
    assert!(ran.err.contains("2 briefs:") && ran.err.contains("Findings by rule:"), "{ran:?}");
    let ran = folder.run(&["lint", "--format", "concise", "--quiet"]);
    assert_eq!(ran.err, "");
}

#[test]
fn the_summary_counts_in_words_and_in_json() {
    let folder = Folder::new("summary");
    folder.write("a.md", GOOD).write("b.md", WEAK).write("README.md", "# A project\n\n## Use\n\nText.\n").write("c.md", b"\xff");
    let ran = folder.run(&["lint"]);
    assert_eq!(ran.code, 2, "one file cannot be read, the others are still checked");
    assert!(ran.out.contains("Zemland · 53rd session · limit 5 May 2031 · ") && ran.out.contains(" of 2 pages · 1 of 4 issues"), "{}", ran.out);
    assert!(ran.out.contains("1 Markdown file skipped"), "{}", ran.out);
    assert!(!folder.run(&["lint", "--quiet"]).out.contains(" of 2 pages"));
    let ran = folder.run(&["lint", "--format", "json", "--statistics"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let summary = &json["summary"];
    assert_eq!(summary["total"]["briefs"], 2);
    assert_eq!(summary["total"]["not_briefs"], 1);
    assert_eq!(summary["failed"][0]["path"], "c.md");
    assert_eq!(summary["briefs"][0]["limit"], "2031-05-05");
    assert_eq!(summary["briefs"][0]["pages"]["limit"], 2);
    assert_eq!(summary["briefs"][0]["recommendations"]["time-bound"], 1);
    let all = &summary["total"]["findings"];
    let told = ["errors", "warnings", "advice"].iter().map(|weight| all[weight].as_u64().unwrap()).sum::<u64>();
    assert_eq!(told as usize, json["findings"].as_array().unwrap().len());
    assert!(summary["statistics"]["rules"]["specific/continuing-verb"].is_number());
}

#[test]
fn a_broken_rule_is_told_in_the_format_that_was_asked_for() {
    let folder = Folder::new("broken-formats");
    folder.write("a.md", GOOD).write("mine/specific/x.toml", "title = 3\n").write("mine/specific/y.toml", "title = \n");
    let ran = folder.run(&["lint", "--rules", "mine", "--format", "concise", "a.md"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("x.toml:1:9: error[rule-file] ") && ran.out.contains("y.toml:1:"), "{ran:?}");
    let ran = folder.run(&["lint", "--rules", "mine", "--format", "json", "a.md"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(json["findings"].as_array().unwrap().len() >= 2, "{ran:?}");
    for arguments in [
        &["outline", "--rules", "mine", "a.md"][..],
        &["rules", "--rules", "mine"],
        &["explain", "--rules", "mine", "missing-deadline"],
        &["test", "--rules", "mine"],
        &["lint", "--rules", "nowhere", "a.md"],
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(ran.err.starts_with("error: "), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn before_a_commit_only_briefs_are_checked() {
    let folder = Folder::new("only-briefs");
    folder.write("README.md", "# A project\n\nIt holds briefs.\n").write("weak.md", WEAK).write("good.md", GOOD);
    assert_eq!(folder.run(&["lint", "--only-briefs", "README.md", "good.md"]).code, 0);
    assert_eq!(folder.run(&["lint", "--only-briefs", "README.md", "weak.md"]).code, 1);
    for command in ["lint", "outline", "pages"] {
        let ran = folder.run(&[command, "--only-briefs", "README.md"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command}");
        assert_eq!(folder.run(&[command, "--only-briefs", "nowhere.md"]).code, 2, "{command}");
    }
}

#[test]
fn no_word_of_a_brief_is_in_an_output_that_hides_them() {
    let folder = Folder::new("redact");
    let brief = "# Universal Periodic Review of Zemland, 53rd session\n\n## Zorbanik kilns\n\nZorbanik children work. 8,300 zorbanik kilns.\n\n### Recommendations\n\n\
                 - Continue zorbanik inspections of ZRBK as soon as zorbanik.\n- Continue zorbanik inspections of ZRBK as soon as zorbanik.\n\n\
                 <!-- upr-ignore tone: zorbanik -->\n\n### Questions\n\n- Will zorbanik?\n";
    folder.write("a.md", brief).write("b.md", brief);
    let words = ["zorbanik", "zrbk", "kilns", "inspections"];
    let formats = ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown", "csv"];
    for format in formats {
        let plain = folder.run(&["lint", "--format", format, "a.md", "b.md"]);
        assert!(plain.out.to_lowercase().contains("zorbanik") || plain.out.contains("ZRBK"), "{format} shows no word at all");
        let ran = folder.run(&["lint", "--redact", "--format", format, "a.md", "b.md"]);
        let shown = ran.out.to_lowercase() + &ran.err.to_lowercase();
        for word in words {
            assert!(!shown.contains(word), "{format} shows {word}: {shown}");
        }
    }
    for arguments in [&["--summary"][..], &["--summary", "--format", "json"], &["--require", "S,M,T"], &["--fix"], &["--statistics"]] {
        let ran = folder.run(&[&["lint", "--redact", "a.md", "b.md"], arguments].concat());
        let shown = ran.out.to_lowercase() + &ran.err.to_lowercase();
        assert!(words.iter().all(|word| !shown.contains(word)), "{arguments:?}: {shown}");
    }
    // Findings keep their fingerprints, so that nothing looks new.
    let fingerprints = |arguments: &[&str]| {
        let ran = folder.run(&[&["lint", "--format", "gitlab", "a.md"], arguments].concat());
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        json.as_array().unwrap().iter().map(|issue| issue["fingerprint"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(fingerprints(&["--redact"]), fingerprints(&[]));
    assert_eq!(folder.run(&["lint", "--redact", "--diff", "a.md"]).code, 2);
}

#[test]
fn how_often_a_rule_speaks_is_told_of_the_built_in_rules() {
    let folder = Folder::new("frequency");
    let words = |ran: &Ran| ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let ran = folder.run(&["explain", "missing-deadline"]);
    assert!(words(&ran).contains("How often It speaks of "), "{ran:?}");
    let ran = folder.run(&["explain", "brief/too-long"]);
    assert!(words(&ran).contains("How often Not measured"), "{ran:?}");
    folder.write("mine/words/en/general-verbs.toml", "title = \"General verbs\"\nabout = \"Ours.\"\nforms = \"verb\"\nwords = [\"dance\"]\n");
    let ran = folder.run(&["explain", "--rules", "mine", "missing-deadline"]);
    assert!(ran.code == 0 && !ran.out.contains("How often"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_brief_to_which_a_link_leads_is_read_once() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("link-twice");
    folder.write("briefs/a.md", "# UPR of Zemland\n").write("outside.md", "# UPR of Zemland\n");
    symlink("a.md", folder.0.join("briefs/0.md")).unwrap();
    symlink("../outside.md", folder.0.join("briefs/b.md")).unwrap();
    symlink("../outside.md", folder.0.join("briefs/c.md")).unwrap();
    symlink("..", folder.0.join("briefs/round")).unwrap();
    let ran = folder.run(&["lint", "--format", "json", "briefs"]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let paths: std::collections::BTreeSet<&str> = told["findings"].as_array().unwrap().iter().map(|found| found["path"].as_str().unwrap()).collect();
    assert_eq!(paths.into_iter().collect::<Vec<_>>(), ["briefs/a.md", "briefs/b.md"]);
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = Folder::new("twice");
    folder.write("briefs/a.md", WEAK);
    let once = folder.run(&["lint", "--format", "concise", "briefs"]).out;
    assert_eq!(folder.run(&["lint", "--format", "concise", "briefs", "briefs/a.md", "./briefs/a.md"]).out, once);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = Folder::new("pipe");
    for number in 0..60 {
        folder.write(&format!("{number}.md"), WEAK);
    }
    let mut child = folder.command(&["lint"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ran = Ran::new(&child.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn a_sentence_about_a_child_is_nowhere_shown_in_part() {
    let sentence = "On 12 March 2025 a 9-year-old girl from Aske was beaten at Marks Primary School";
    let folder = Folder::new("sentence");
    folder.write("a.md", GOOD.replace("- Repeal", &format!("- {sentence}. Repeal")).replace("However, 62 %", &format!("{sentence}. However, 62 %")));
    for arguments in [
        &["lint"][..],
        &["lint", "--format", "json"],
        &["lint", "--format", "concise"],
        &["lint", "--ignore", "safety"],
        &["outline"],
        &["outline", "--format", "json"],
        &["pages"],
    ] {
        let ran = folder.run(&[arguments, &["a.md"]].concat());
        for secret in ["Aske", "Marks", "9-year-old", "12 March"] {
            assert!(!ran.out.contains(secret) && !ran.err.contains(secret), "{arguments:?} shows {secret}: {}", ran.out);
        }
    }
}
