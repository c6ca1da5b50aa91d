//! `upr assess` as a user runs it: what it reads, what it says of a row that is wrong, order, pipes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod program;

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use program::{Folder, Ran};
use serde_json::Value;

/// Runs `upr assess` with these arguments and this standard input.
fn assess(name: &str, arguments: &[&str], input: &[u8]) -> Ran {
    let folder = Folder::new(&format!("assess-{name}"));
    let all: Vec<&str> = ["assess"].into_iter().chain(arguments.iter().copied()).collect();
    let mut child = folder.command(&all).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // The input may be larger than a pipe holds, and the program may stop reading it.
    let feeding = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    Ran::new(&output)
}

/// The JSON objects of an output.
fn rows(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// The texts of the rows that came out.
fn texts(ran: &Ran) -> Vec<String> {
    rows(ran).iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_row_has_the_promised_fields() {
    let text = "Consider raising the age of marriage to 18 in the Family Code within two years, and swiftly open a shelter";
    let ran = assess("fields", &["--review", "2026-11-05"], text.as_bytes());
    assert_eq!(ran.code, 0, "{ran:?}");
    let row = &rows(&ran)[0];
    let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
    for key in ["line", "text", "lang", "action", "actions", "deadline", "vague_time", "quantities", "names", "smart", "findings"] {
        assert!(keys.iter().any(|known| *known == key), "{key} in {keys:?}");
    }
    assert_eq!(row["text"], text);
    assert_eq!(
        (row["action"]["category"].as_u64(), row["action"]["name"].as_str(), row["action"]["verb"].as_str()),
        (Some(3), Some("considering"), Some("Consider"))
    );
    assert!(row["action"]["reason"].as_str().unwrap().contains("“Consider”"), "{row}");
    assert_eq!(row["actions"], 2);
    let deadline = &row["deadline"];
    assert_eq!(
        (deadline["text"].as_str(), deadline["kind"].as_str(), deadline["latest"].as_str()),
        (Some("within two years"), Some("duration"), Some("2028-11-05"))
    );
    assert_eq!((deadline["months"].as_u64(), deadline["anchor"].is_null()), (Some(24), true));
    assert_eq!(row["vague_time"], serde_json::json!(["swiftly"]));
    assert_eq!(row["quantities"], serde_json::json!(["18"]));
    assert_eq!(row["names"][0]["kind"], "right");
    let smart = &row["smart"];
    let verdicts: Vec<&str> = ["specific", "measurable", "achievable", "time_bound"].iter().map(|letter| smart[letter]["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["met", "met", "met", "met"]);
    let finding = &row["findings"][0];
    assert_eq!((finding["rule"].as_str(), finding["severity"].as_str()), (Some("specific/considering-verb"), Some("warning")));
    for span in [&row["action"]["span"], &deadline["span"], &finding["span"]] {
        let at = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
        assert!(text.get(at("start")..at("end")).is_some_and(|words| !words.is_empty()), "{span}");
    }
}

#[test]
fn a_deadline_says_to_what_it_is_tied() {
    let check = |text: &str, review: &[&str], kind: &str, latest: Option<&str>, anchor: Option<&str>| {
        let row = &rows(&assess("anchor", review, text.as_bytes()))[0];
        let deadline = &row["deadline"];
        assert_eq!((deadline["kind"].as_str(), deadline["latest"].as_str(), deadline["anchor"].as_str()), (Some(kind), latest, anchor), "{text}");
    };
    let review = ["--review", "2026-11"];
    check("Open a shelter by June 2028", &review, "date", Some("2028-06-30"), None);
    check("Open a shelter before the next review", &review, "next-review", None, Some("next-review"));
    check("Open a shelter by the mid-term report", &review, "mid-term", Some("2029-05-30"), Some("mid-term"));
    check("Open a shelter within two years", &[], "duration", None, None);
    check("Open a shelter before the next elections", &review, "event", None, Some("event"));
}

#[test]
fn lines_are_read_whatever_their_ends() {
    let ran = assess("lines", &[], b"\xef\xbb\xbfRatify CEDAW\r\n\r\n  \t\nOpen\ta shelter\nAmend the Press Act");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(texts(&ran), ["Ratify CEDAW", "Open\ta shelter", "Amend the Press Act"]);
    let lines: Vec<u64> = rows(&ran).iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [1, 4, 5]);
}

#[test]
fn a_line_that_is_no_text_is_told_and_spoils_no_other() {
    let ran = assess("bytes", &[], b"Ratify CEDAW\nOpen \xff shelter\nAmend the Press Act\n");
    assert_eq!((ran.code, texts(&ran)), (1, vec!["Ratify CEDAW".to_owned(), "Amend the Press Act".to_owned()]));
    assert_eq!(ran.err, "error: standard input:2: the line is not UTF-8 text\n");
}

#[test]
fn nothing_in_is_nothing_out() {
    for (shape, input) in [("lines", ""), ("lines", "\n\n"), ("jsonl", ""), ("csv", ""), ("csv", "text,review\n")] {
        let ran = assess("empty", &["--input", shape], input.as_bytes());
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""), "{shape} {input:?}");
    }
}

#[test]
fn a_long_line_is_read_and_an_endless_one_refused() {
    // Neither a list without an end nor small words may cost more than their number.
    let long = "Ratify CEDAW, open a shelter, a, the, to, ".repeat(4_000);
    let endless = "x".repeat(3 << 20);
    let input = format!("{long}\n{endless}\nAmend the Press Act\n");
    let ran = assess("long", &["--threads", "2"], input.as_bytes());
    assert_eq!((ran.code, texts(&ran)), (1, vec![long, "Amend the Press Act".to_owned()]));
    assert_eq!(ran.err, "error: standard input:2: the row has more than 1048576 bytes, which no recommendation has\n");
}

const TABLE: &str = "id,text,reviewed\r\n\
    1,\"Adopt the law \"\"on bread\"\",\nand open a shelter within a year\",2026-11\r\n\
    2,Ratify CEDAW\r\n\
    3,Abolish fees by 2020,soon\r\n\
    \r\n\
    4,Abolish fees by 2020,2026-11\r\n\
    5,Abolish fees by 2020,\r\n";

#[test]
fn a_table_is_read_by_its_columns() {
    let folder = Folder::new("assess-table");
    folder.write("rows.csv", format!("\u{feff}{TABLE}"));
    let ran = folder.run(&["assess", "--review-column", "reviewed", "--review", "2019-05", "rows.csv"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(texts(&ran), ["Adopt the law \"on bread\",\nand open a shelter within a year", "Abolish fees by 2020", "Abolish fees by 2020"]);
    let faults: Vec<&str> = ran.err.lines().collect();
    assert_eq!(
        faults,
        [
            "error: rows.csv:4: the row has 2 columns, the header 3 columns",
            "error: rows.csv:5: the date of the review is none: write a month as 2026-11 or a day as 2026-11-05"
        ]
    );
    // A year before the review of its row is over, and the review of all rows counts where the cell is empty.
    let verdicts: Vec<String> = rows(&ran).iter().map(|row| row["smart"]["time_bound"]["verdict"].as_str().unwrap().to_owned()).collect();
    assert_eq!(verdicts, ["met", "not-met", "met"]);
}

#[test]
fn a_column_that_is_not_there_ends_the_run() {
    let folder = Folder::new("assess-column");
    folder.write("rows.csv", TABLE);
    for (arguments, message) in [
        (&["assess", "--column", "recommendation", "rows.csv"][..], "error: rows.csv: there is no column “recommendation”; there are: id, text, reviewed\n"),
        (&["assess", "--review-column", "date", "rows.csv"], "error: rows.csv: there is no column “date”; there are: id, text, reviewed\n"),
        (&["assess", "none.csv"], "error: none.csv: there is no such file\n"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (2, "", message), "{arguments:?}");
    }
    assert_eq!(folder.run(&["assess", "--review", "soon", "rows.csv"]).code, 2);
}

#[test]
fn json_lines_are_read_by_their_fields() {
    let input = r#"{"text":"Ratify CEDAW by 2020","review":"2026-11","id":1}
{"text":"Ratify CEDAW by 2020","review":null}
not json
["Ratify CEDAW"]
{"id":5}
{"text":6}
{"text":"Open a shelter","review":"soon"}
{"text":"Open a “shelter”\nin the north"}
"#;
    let ran = assess("json", &["--input", "jsonl"], input.as_bytes());
    assert_eq!(
        (ran.code, texts(&ran)),
        (1, vec!["Ratify CEDAW by 2020".to_owned(), "Ratify CEDAW by 2020".to_owned(), "Open a “shelter”\nin the north".to_owned()])
    );
    let places: Vec<&str> = ran.err.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
    assert_eq!(places, ["standard input:3", "standard input:4", "standard input:5", "standard input:6", "standard input:7"]);
}

#[test]
fn faults_do_not_repeat_what_a_row_says() {
    let ran = assess("quiet", &["--input", "jsonl"], b"{\"text\": \"Amina Kor, 12\n{\"name\":\"Amina Kor\"}\n");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(!ran.err.contains("Amina"), "{ran:?}");
}

/// So many rows that every thread gets some, each with its number.
fn many() -> String {
    (0..6_000).fold(String::new(), |mut all, number| {
        writeln!(all, "{} the Rome Statute by 2028 and train {number} judges", ["Ratify", "Consider ratifying", "Continue ratifying"][number % 3]).unwrap();
        all
    })
}

#[test]
fn any_number_of_threads_gives_the_same_rows_in_order() {
    let input = many();
    let one = assess("one-thread", &["--threads", "1"], input.as_bytes());
    assert_eq!(texts(&one), input.lines().collect::<Vec<_>>());
    for threads in ["2", "7"] {
        let many = assess("threads", &["--threads", threads], input.as_bytes());
        assert!(many.code == one.code && many.out == one.out, "{threads} threads give another output");
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = Folder::new("assess-pipe");
    folder.write("rows.txt", many());
    let mut child = folder.command(&["assess", "rows.txt"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"line\":1,"), "{first}");
    let ran = Ran::new(&child.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn the_language_is_told_or_found() {
    let text = "Ratifier la Convention avant la fin de 2028";
    assert_eq!(rows(&assess("found", &[], text.as_bytes()))[0]["lang"], "fr");
    assert_eq!(rows(&assess("told", &["--lang", "en"], text.as_bytes()))[0]["lang"], "en");
    let row = &rows(&assess("french", &[], text.as_bytes()))[0];
    assert!(row["action"]["category"].is_null(), "{row}");
    assert_eq!((row["smart"]["specific"]["verdict"].as_str(), row["smart"]["time_bound"]["verdict"].as_str()), (Some("cannot-tell"), Some("met")));
}

#[test]
fn rules_of_ones_own_speak_too() {
    let folder = Folder::new("assess-rules");
    let rule = "title = \"Bread\"\nseverity = \"warning\"\nmessage = \"“{words}” is bread.\"\nrationale = \"Bread.\"\n[source]\nwork = \"A\"\nsays = \"B\"\n\
        [match]\neach = \"recommendation\"\nwith = \"breads\"\n[[verdict]]\nletter = \"specific\"\nis = \"not met\"\n\
        [examples]\nflags = [\"Bake [[bread]].\", \"Eat [[bread]].\"]\nallows = [\"Bake.\", \"Eat.\"]\n";
    folder.write("own/specific/bread.toml", rule).write("own/words/en/breads.toml", "title = \"Bread\"\nabout = \"Bread.\"\nwords = [\"bread\"]\n");
    folder.write("rows.txt", "Ratify CEDAW and bake bread\n");
    let row = &rows(&folder.run(&["assess", "--rules", "own", "rows.txt"]))[0];
    assert_eq!(row["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "specific/bread").count(), 1, "{row}");
    assert_eq!(row["smart"]["specific"], serde_json::json!({"verdict": "not-met", "words": ["bread"]}));
}

#[test]
fn the_readme_shows_the_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    for arguments in [
        &["assess", "--review", "2026-11", "--format", "table", "tests/recommendations.txt"][..],
        &["assess", "--review", "2026-11", "tests/recommendations.txt"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_upr")).args(arguments).current_dir(root).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        // Of the JSON the second line stands there.
        let shown = if arguments.contains(&"table") { shown.trim_end() } else { shown.lines().nth(1).unwrap() };
        assert!(readme.contains(shown), "README.md shows another output than `upr {}`:\n{shown}", arguments.join(" "));
    }
}
