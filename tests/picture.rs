//! The picture of the terminal in the README: drawn from what the program prints, so that it cannot show anything else.
//!
//! `UPDATE_README=1 cargo test --test picture` draws it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test may fail loudly")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

const PICTURE: &str = "tests/pictures/lint.svg";
/// Widths and heights in pixels of the picture.
const CHARACTER: usize = 8;
const LINE: usize = 19;
const MARGIN: usize = 16;

/// How a run of characters is printed, by the codes that the program uses.
#[derive(Clone, Copy, Default, PartialEq)]
struct Style {
    bold: bool,
    dim: bool,
    colour: Option<&'static str>,
}

impl Style {
    fn after(self, code: &str) -> Style {
        match code {
            "0" | "" => Style::default(),
            "1" => Style { bold: true, ..self },
            "2" => Style { dim: true, ..self },
            "31" => Style { colour: Some("#ff7b72"), ..self },
            "32" => Style { colour: Some("#7ee787"), ..self },
            "33" => Style { colour: Some("#e3b341"), ..self },
            "34" => Style { colour: Some("#79c0ff"), ..self },
            "36" => Style { colour: Some("#76e3ea"), ..self },
            other => panic!("the picture does not know the code {other}"),
        }
    }

    fn attributes(self) -> String {
        let fill = self.colour.unwrap_or(if self.dim { "#8b949e" } else { "#e6edf3" });
        let weight = if self.bold { " font-weight=\"bold\"" } else { "" };
        format!(" fill=\"{fill}\"{weight}")
    }
}

/// The runs of one line: their style, the column where they begin, and their characters.
fn runs(line: &str, style: &mut Style) -> Vec<(Style, usize, String)> {
    let mut runs: Vec<(Style, usize, String)> = Vec::new();
    let mut column = 0;
    let mut rest = line;
    while let Some(next) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\u{1b}[") {
            let (codes, text) = after.split_once('m').expect("a code ends with m");
            *style = codes.split(';').fold(*style, Style::after);
            rest = text;
            continue;
        }
        match runs.last_mut() {
            Some((last, _, text)) if *last == *style => text.push(next),
            _ => runs.push((*style, column, next.to_string())),
        }
        column += 1;
        rest = &rest[next.len_utf8()..];
    }
    runs
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What was printed with colours, as a picture.
fn svg(command: &str, printed: &str) -> String {
    let prompt = format!("\u{1b}[32m$\u{1b}[0m \u{1b}[1m{command}\u{1b}[0m");
    let lines: Vec<&str> = std::iter::once(prompt.as_str()).chain([""]).chain(printed.lines()).collect();
    let mut style = Style::default();
    let drawn: Vec<Vec<(Style, usize, String)>> = lines.iter().map(|line| runs(line, &mut style)).collect();
    let columns = drawn.iter().flatten().map(|(_, column, text)| column + text.chars().count()).max().unwrap_or(0);
    let width = columns * CHARACTER + 2 * MARGIN;
    let height = lines.len() * LINE + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>{}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"13\" xml:space=\"preserve\">\n",
        escaped(command)
    );
    for (number, line) in drawn.iter().enumerate() {
        let y = MARGIN + number * LINE + LINE * 3 / 4;
        for (style, column, text) in line.iter().filter(|(_, _, text)| !text.trim().is_empty()) {
            // Some viewers drop the spaces at the ends of a run.
            let indent = text.chars().take_while(|c| *c == ' ').count();
            let text = text.trim_matches(' ');
            let x = MARGIN + (column + indent) * CHARACTER;
            // The length is fixed, so that columns stand below one another whatever font the reader has.
            let length = text.chars().count() * CHARACTER;
            writeln!(svg, "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\"{}>{}</text>", style.attributes(), escaped(text)).unwrap();
        }
    }
    svg + "</g>\n</svg>\n"
}

#[test]
fn the_picture_in_the_readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments = ["lint", "tests/briefs/sample.md"];
    let output = Command::new(env!("CARGO_BIN_EXE_upr")).args(arguments).args(["--color", "always"]).current_dir(root).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "the sample has findings");
    let drawn = svg(&format!("upr {}", arguments.join(" ")), &String::from_utf8(output.stdout).unwrap());
    let file = root.join(PICTURE);
    if env::var_os("UPDATE_README").is_some() {
        fs::write(&file, &drawn).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept == drawn, "{PICTURE} is not up to date; run: UPDATE_README=1 cargo test --test picture");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.contains(&format!("({PICTURE})")), "README.md does not show {PICTURE}");
}
