//! Mending and silencing, as a user does it: what is written, what is shown as a patch, and what happens when writing fails.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod program;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use program::{Folder, Ran};

const BRIEF: &str = "# UPR of Zemland, 53rd session\n\n## Prison\n\nIn 2021 Zemland **rejected** recommendations on child labour.\n\n### Recommendations\n\n- Ratify the Convention against Torture.\n- Consider ratifying the Optional Protocol by 2028.\n";

fn mended(brief: &str) -> String {
    brief.replace("rejected", "noted")
}

impl Folder {
    fn read(&self, name: &str) -> String {
        String::from_utf8(fs::read(self.0.join(name)).unwrap()).unwrap()
    }

    /// The names of all files of the folder.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn git(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "core.autocrlf=false"]).args(arguments);
        let output = command.current_dir(&self.0).output().expect("git is installed");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn feed(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }
}

#[test]
fn what_has_one_right_answer_is_mended_and_the_rest_is_told() {
    let folder = Folder::new("fix-safe");
    folder.write("a.md", BRIEF);
    let ran = folder.run(&["lint", "--fix", "a.md"]);
    assert_eq!(folder.read("a.md"), mended(BRIEF));
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(!ran.out.contains("tone/wrong-term]"), "{}", ran.out);
    assert!(ran.out.contains("1 finding mended: tone/wrong-term (1)\n"), "{}", ran.out);
    assert!(ran.out.contains("1 finding left, because the fix may change the meaning: specific/considering-verb (1)\n"), "{}", ran.out);
    assert!(ran.out.contains("1 finding left, because the fix has a gap that only you can fill: time-bound/missing-deadline (1)\n"), "{}", ran.out);
    let again = folder.run(&["lint", "--fix", "a.md"]);
    assert!(again.out.contains("0 findings mended\n"), "{}", again.out);
    assert_eq!(folder.read("a.md"), mended(BRIEF));
    assert_eq!(folder.names(), ["a.md"]);
}

#[test]
fn the_exit_code_is_that_of_what_is_left() {
    let folder = Folder::new("fix-exit");
    folder.write("a.md", BRIEF);
    let only = ["lint", "--select", "tone", "--fail-on", "advice", "a.md"];
    assert_eq!(folder.run(&only).code, 1);
    assert_eq!(folder.run(&[&only[..], &["--fix"]].concat()).code, 0);
}

#[test]
fn a_stronger_verb_is_written_only_if_asked_for_and_a_gap_never() {
    let folder = Folder::new("fix-unsafe");
    folder.write("a.md", BRIEF);
    let ran = folder.run(&["lint", "--fix", "--unsafe-fixes", "a.md"]);
    let text = mended(BRIEF).replace("Consider ratifying", "Ratify");
    assert_eq!(folder.read("a.md"), text);
    assert!(ran.out.contains("2 findings mended"), "{}", ran.out);
    assert!(!text.contains("[DATE]"));
    let alone = folder.run(&["lint", "--unsafe-fixes", "a.md"]);
    assert_eq!((alone.code, alone.out.as_str()), (2, ""));
}

#[test]
fn line_endings_and_marks_stay_as_they_are() {
    let folder = Folder::new("fix-bytes");
    let odd = format!("\u{feff}{}", BRIEF.replace('\n', "\r\n").trim_end());
    folder.write("odd.md", &odd);
    folder.run(&["lint", "--fix", "odd.md"]);
    assert_eq!(folder.read("odd.md"), mended(&odd));
}

#[test]
fn json_says_what_was_mended_and_what_was_not() {
    let folder = Folder::new("fix-json");
    folder.write("a.md", BRIEF);
    let ran = folder.run(&["lint", "--fix", "--format", "json", "a.md"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let fixes = &json["summary"]["fixes"];
    assert_eq!(fixes["applied"], serde_json::json!([{"rule": "tone/wrong-term", "count": 1}]));
    assert_eq!(fixes["skipped"][1]["rule"], "time-bound/missing-deadline");
    assert_eq!(fixes["skipped"][1]["reason"], "the fix has a gap that only you can fill");
}

#[test]
fn standard_input_is_mended_to_standard_output() {
    let folder = Folder::new("fix-stdin");
    let output = folder.feed(&["lint", "--fix", "-"], BRIEF.as_bytes());
    let ran = Ran::new(&output);
    assert_eq!(ran.out, mended(BRIEF));
    assert!(ran.err.contains("specific/considering-verb") && ran.err.contains("1 finding mended"), "{}", ran.err);
    assert_eq!(ran.code, 1);
    let clean = Ran::new(&folder.feed(&["lint", "--fix", "--quiet", "--select", "tone", "-"], BRIEF.as_bytes()));
    assert_eq!((clean.code, clean.out, clean.err.as_str()), (0, mended(BRIEF), ""));
}

#[test]
fn git_takes_the_patch() {
    let folder = Folder::new("fix-git");
    let long = format!("{BRIEF}{}\nIt rejected all recommendations.\n", "\nA line about nothing.\n".repeat(20));
    folder.write("briefs/zwölf briefe.md", &long);
    folder.write("briefs/windows.md", BRIEF.replace('\n', "\r\n"));
    folder.write("briefs/no-end.md", "# UPR of Zemland, 53rd session\n\nIn 2021 it rejected recommendations.");
    folder.write("briefs/lone\u{d}return.md", BRIEF.replace("\n\n## ", "\n\nA\rB\n\n## "));
    folder.git(&["init", "-q"]);
    let ran = folder.run(&["lint", "--diff", "briefs"]);
    assert_eq!(ran.code, 1);
    assert_eq!(folder.read("briefs/windows.md"), BRIEF.replace('\n', "\r\n"), "--diff writes nothing");
    folder.write("../fix.patch", &ran.out);
    folder.git(&["apply", "../fix.patch"]);
    let applied: Vec<String> =
        ["zwölf briefe.md", "windows.md", "no-end.md", "lone\u{d}return.md"].iter().map(|name| folder.read(&format!("briefs/{name}"))).collect();
    let none = folder.run(&["lint", "--diff", "briefs"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""), "nothing is left to mend");
    // The same bytes as --fix writes.
    folder.git(&["apply", "-R", "../fix.patch"]);
    folder.run(&["lint", "--fix", "briefs"]);
    for (name, applied) in ["zwölf briefe.md", "windows.md", "no-end.md", "lone\u{d}return.md"].iter().zip(applied) {
        assert_eq!(folder.read(&format!("briefs/{name}")), applied, "{name}");
        assert!(applied.contains("noted"));
    }
    fs::remove_file(folder.0.join("../fix.patch")).unwrap();
}

#[test]
fn git_takes_the_patch_in_a_folder_of_the_repository() {
    let folder = Folder::new("fix-git-inside");
    folder.write("a/b/brief.md", BRIEF);
    folder.git(&["init", "-q"]);
    let inside = Folder(folder.0.join("a"));
    let ran = inside.run(&["lint", "--diff", inside.0.join("b").to_str().unwrap()]);
    inside.write("fix.patch", &ran.out);
    inside.git(&["apply", "fix.patch"]);
    assert_eq!(inside.read("b/brief.md"), mended(BRIEF));
}

#[test]
fn what_is_no_text_is_left_alone() {
    let folder = Folder::new("fix-bytes-wrong");
    let bytes = [BRIEF.as_bytes(), b"\xff\xfe"].concat();
    folder.write("a.md", &bytes).write("b.md", BRIEF);
    let ran = folder.run(&["lint", "--fix", "a.md", "b.md"]);
    assert_eq!(ran.code, 2);
    assert_eq!(fs::read(folder.0.join("a.md")).unwrap(), bytes);
    assert_eq!(folder.read("b.md"), mended(BRIEF), "the rest is done");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn permissions_stay() {
        let folder = Folder::new("fix-mode");
        folder.write("a.md", BRIEF);
        let path = folder.0.join("a.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        folder.run(&["lint", "--fix", "a.md"]);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(folder.read("a.md"), mended(BRIEF));
    }

    #[test]
    fn a_file_that_may_only_be_read_is_told_and_the_rest_is_done() {
        let folder = Folder::new("fix-read-only");
        folder.write("a.md", BRIEF).write("b.md", BRIEF);
        fs::set_permissions(folder.0.join("a.md"), fs::Permissions::from_mode(0o444)).unwrap();
        let ran = folder.run(&["lint", "--fix", "a.md", "b.md"]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("a.md: not written: the file may only be read"), "{}", ran.err);
        assert_eq!((folder.read("a.md"), folder.read("b.md")), (BRIEF.to_owned(), mended(BRIEF)));
        assert_eq!(folder.names(), ["a.md", "b.md"]);
    }

    #[test]
    fn a_link_stays_and_its_target_is_written() {
        let folder = Folder::new("fix-link");
        folder.write("target/a.md", BRIEF);
        symlink("target/a.md", folder.0.join("link.md")).unwrap();
        assert_eq!(folder.run(&["lint", "--fix", "link.md"]).code, 1);
        assert!(fs::symlink_metadata(folder.0.join("link.md")).unwrap().file_type().is_symlink());
        assert_eq!(folder.read("target/a.md"), mended(BRIEF));
    }

    #[test]
    fn a_link_out_of_the_named_folder_is_not_followed() {
        let folder = Folder::new("fix-link-out");
        folder.write("outside/a.md", BRIEF).write("briefs/b.md", BRIEF);
        symlink("../outside/a.md", folder.0.join("briefs/link.md")).unwrap();
        let ran = folder.run(&["lint", "--fix", "briefs"]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("briefs/link.md: not written: this is a link to a file outside the folders that you named"), "{}", ran.err);
        assert_eq!((folder.read("outside/a.md"), folder.read("briefs/b.md")), (BRIEF.to_owned(), mended(BRIEF)));
    }

    /// A brief above the number of bytes that the shell below allows.
    fn large() -> String {
        format!("{BRIEF}{}", "\nA line about nothing.\n".repeat(400))
    }

    #[test]
    fn a_disk_without_room_leaves_the_old_file() {
        let folder = Folder::new("fix-full");
        folder.write("large.md", large()).write("small.md", BRIEF);
        // The signal of a file that grows too large is not for us; then writing fails as on a full disk.
        let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" lint --fix --quiet large.md small.md";
        let output = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_upr")]).current_dir(&folder.0).output().unwrap();
        let ran = Ran::new(&output);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("large.md: not written: the file would be larger"), "{}", ran.err);
        assert_eq!((folder.read("large.md"), folder.read("small.md")), (large(), mended(BRIEF)));
        assert_eq!(folder.names(), ["large.md", "small.md"], "nothing is left over");
    }

    #[test]
    fn a_run_that_is_killed_leaves_old_or_new_files() {
        let folder = Folder::new("fix-killed");
        let names: Vec<String> = (0..20).map(|number| format!("{number}.md")).collect();
        let (mut killed, mut cut) = (0, 0);
        for round in 0..8 {
            for name in &names {
                folder.write(name, BRIEF);
            }
            let mut child = folder.command(&["lint", "--fix", "--threads", "2", "."]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            // Killed when so many files are written: at another moment of the run in each round.
            let wanted = round * 2;
            while child.try_wait().unwrap().is_none() {
                let written = names.iter().filter(|name| folder.read(name) != BRIEF).count();
                if written >= wanted {
                    child.kill().unwrap();
                    killed += 1;
                    break;
                }
            }
            child.wait().unwrap();
            let texts: Vec<String> = names.iter().map(|name| folder.read(name)).collect();
            assert!(texts.iter().all(|text| *text == BRIEF || *text == mended(BRIEF)));
            cut += usize::from(texts.iter().any(|text| text == BRIEF));
            let ran = folder.run(&["lint", "--fix", "--quiet", "--select", "tone", "."]);
            assert_eq!((ran.code, ran.out.as_str()), (0, ""), "a later run does the rest and reads no leftover: {}", ran.err);
        }
        assert!(killed > 0 && cut > 0, "no run was cut short: {killed} {cut}");
    }
}

#[test]
fn ignores_are_written_once_and_the_run_is_clean() {
    let folder = Folder::new("ignores");
    folder.write("a.md", BRIEF.replace('\n', "\r\n"));
    let ran = folder.run(&["lint", "--add-ignores", "--reason", "agreed with the mission", "a.md"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let text = folder.read("a.md");
    assert!(text.contains("- Ratify the Convention against Torture. <!-- upr-ignore "), "{text}");
    assert_eq!(folder.run(&["lint", "--fail-on", "advice", "a.md"]).code, 0);
    let again = folder.run(&["lint", "--add-ignores", "--reason", "again", "a.md"]);
    assert!(again.out.contains("findings silenced: 0\n"), "{}", again.out);
    assert_eq!(folder.read("a.md"), text);
    assert!(!text.replace("\r\n", "").contains('\n'));
}

#[test]
fn ignores_need_a_reason_that_can_stand_in_a_comment() {
    let folder = Folder::new("ignores-reason");
    folder.write("a.md", BRIEF);
    for reason in [&["--reason", "no --> end"][..], &["--reason", " "], &["--reason", "two\nlines"], &[]] {
        assert_eq!(folder.run(&[&["lint", "a.md", "--add-ignores"], reason].concat()).code, 2, "{reason:?}");
    }
    assert_eq!(folder.read("a.md"), BRIEF);
}

#[test]
fn an_unused_comment_goes_with_its_line() {
    let folder = Folder::new("fix-unused");
    let comment = "<!-- upr-ignore specific/passive-voice: old -->";
    let text = BRIEF.replace("## Prison", &format!("{comment}\n\n## Prison")).replace("Torture.", &format!("Torture. {comment}"));
    folder.write("a.md", text);
    let ran = folder.run(&["lint", "--fix", "a.md"]);
    assert!(ran.out.contains("ignore/unused (2)"), "{}", ran.out);
    assert_eq!(folder.read("a.md"), mended(BRIEF).replace("## Prison", "\n## Prison"));
}
