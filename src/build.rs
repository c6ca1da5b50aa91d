//! Lists the files of `rules/` so that the program carries them, and grows the trees of their word lists so that it need not do so at
//! each start. `cargo` runs this before it compiles the crate.
//!
//! It shares the crate's own modules, so that there is one reader of rule files; what it writes is the code that [`builtin`] includes.

#![allow(dead_code, unused_imports, missing_docs, reason = "the build needs a part of the modules that it shares with the crate")]

mod text;

mod markdown;

mod words;

mod brief;

mod pages;

mod language;

mod diagnostic;

mod rules;

mod check;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use check::lint;
use rules::{BrokenFile, RuleFile, Rulebook};
use words::{Language, WordList};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let rules = root.join("rules");
    println!("cargo::rerun-if-changed={}", rules.display());
    println!("cargo::rerun-if-changed={}", root.join("src").display());
    let mut files = Vec::new();
    collect(&rules, &mut files)?;
    // The order of the file system is not the same everywhere; that of the names is.
    files.sort();
    let mut code = String::from("/// Path and text of each file of `rules/`, in the order of the paths.\npub(super) static FILES: &[(&str, &str)] = &[\n");
    let mut read = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&rules).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        writeln!(code, "    ({name:?}, include_str!({:?})),", file.display().to_string()).map_err(io::Error::other)?;
        read.push(RuleFile { name: format!("rules/{name}"), path: name, text: Cow::Owned(fs::read_to_string(file)?) });
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("files.rs"), code)?;
    let book = Rulebook::load(read).map_err(|broken| io::Error::other(said(&broken)))?;
    fs::write(out.join("grown.rs"), grown(&book).map_err(io::Error::other)?)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "md") && path.file_name().is_some_and(|name| name != "README.md") {
            files.push(path);
        }
    }
    Ok(())
}

/// What is wrong with the files, a line for each fault.
fn said(broken: &[BrokenFile]) -> String {
    let lines = broken.iter().flat_map(|file| {
        file.diagnostics.iter().map(|fault| format!("{}:{}: {}", file.source.name(), file.source.line_number(fault.span.start), fault.message))
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// The word lists and their trees, as code.
fn grown(book: &Rulebook) -> Result<String, std::fmt::Error> {
    let mut code = String::from("/// The word lists of each language with their trees.\npub(super) fn grown() -> [Grown; Language::ALL.len()] {\n    [\n");
    for language in Language::ALL {
        let name = language.code().to_uppercase();
        writeln!(code, "        Grown {{ lists: &{name}, tree: &{name}_TREE }},")?;
    }
    code.push_str("    ]\n}\n");
    for language in Language::ALL {
        let lists: Vec<&WordList> = book.lexicon.all(language).collect();
        let name = language.code().to_uppercase();
        writeln!(code, "static {name}_TREE: Tree = {};", book.lexicon.tree(language))?;
        writeln!(code, "static {name}: [WordList; {}] = [", lists.len())?;
        for list in lists {
            write_list(&mut code, list)?;
        }
        code.push_str("];\n");
    }
    Ok(code)
}

fn write_list(code: &mut String, list: &WordList) -> std::fmt::Result {
    let strings = |strings: &[Cow<'static, str>]| {
        let written: Vec<String> = strings.iter().map(|string| format!("Cow::Borrowed({string:?})")).collect();
        format!("Cow::Borrowed(&[{}])", written.join(", "))
    };
    let rows: Vec<String> = list.rows.iter().map(|row| strings(row)).collect();
    writeln!(code, "WordList {{ name: Cow::Borrowed({:?}), language: Language::{:?}, entries: Cow::Borrowed(&[", list.name, list.language)?;
    for entry in list.entries.iter() {
        let instead = entry.instead.as_ref().map_or("None".to_owned(), |instead| format!("Some(Cow::Borrowed({instead:?}))"));
        writeln!(code, "Entry {{ phrase: Cow::Borrowed({:?}), value: {}, instead: {instead} }},", entry.phrase, entry.value)?;
    }
    writeln!(
        code,
        "]), rows: Cow::Borrowed(&[{}]), forms: Forms::{:?}, exact: {}, except: {}, except_in: {} }},",
        rows.join(", "),
        list.forms,
        list.exact,
        strings(&list.except),
        strings(&list.except_in)
    )
}
