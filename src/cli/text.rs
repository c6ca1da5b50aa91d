//! The longer texts of `upr help`.

pub(super) const ABOUT: &str = "Checks briefs for the Universal Periodic Review. Finds the recommendations in a Markdown text and says which are not S.M.A.R.T., why, and what to write instead.";

pub(super) const AFTER_HELP: &str = "\
Examples:
  upr lint brief.md                      check a brief
  upr outline brief.md                   show what the program understood of it
  upr pages brief.md                     show how long it is when it is printed
  upr explain time-bound/missing-deadline
  pandoc -t gfm brief.docx | upr lint -  check a Word document

The program uses no network. It changes no file unless you ask it to.";

pub(super) const AFTER_LINT: &str = "\
Examples:
  upr lint brief.md
  upr lint --review 2026-11 --state Nepal brief.md
  upr lint briefs --format concise --select time-bound,safety
  upr lint briefs --summary                      a table with one row for each brief
  upr lint briefs --require S,M,T                every recommendation must meet these letters
  upr lint briefs --output sarif:upr.sarif --output junit:upr.xml
  upr lint - < brief.md
  upr lint --diff brief.md               show what --fix would mend
  upr lint --fix brief.md                mend what has one right answer
  upr lint --add-ignores --reason \"agreed with the mission\" brief.md
  upr lint --baseline known.json --write-baseline briefs
  upr lint --since main briefs           only what was changed since
  upr lint --no-config brief.md          without the upr.toml of its folder

Exit code: 0 if all is well, 1 if there are findings (see --fail-on), letters are not met, or, with --diff, something to mend,
2 if something could not be read or written.

Formats, for --format and --output:
  full        each finding with the words it speaks of; then the figures of the brief
  concise     one line for each finding
  markdown    a report to paste into a pull request
  csv         a table for a spreadsheet
  json        for other programs: one object
  jsonl       for other programs: one object on each line, written as briefs are read
  sarif       SARIF 2.1.0, for code scanning and editors; keeps what is silenced, with the reason
  github      annotations of GitHub Actions, and a table in the summary of the run
  gitlab      GitLab's code quality report
  junit       a test for each brief and each recommendation
  checkstyle  Checkstyle's XML, for build servers
  rdjson      for reviewdog, with suggestions

With full, json, jsonl and markdown the figures of the briefs stand in the output, else they go to standard error.
The README says what other programs can rely on.";

pub(super) const AFTER_OUTLINE: &str = "\
Examples:
  upr outline brief.md
  upr outline --format json briefs > outline.json

If a recommendation is missing here, the program took it for something else. Write <!-- upr: recommendations --> before the list,
or <!-- upr: issue --> before the heading of an issue.";

pub(super) const AFTER_ASSESS: &str = "\
Examples:
  upr assess recommendations.txt > assessed.jsonl
  upr assess --format table --review 2026-11 recommendations.txt
  upr assess --column recommendation --review-column reviewed database.csv

Each row of the input is a recommendation, and so is each line of the output. Rows that cannot be read are named on standard
error with their line; empty ones are left out. Only rules about one recommendation speak, not those about a brief.
The text is repeated as it is, so the output is as private as the input.

Exit code: 0 if every row was read, 1 if a row was left out because something is wrong with it, 2 if nothing could be done.";

pub(super) const AFTER_PAGES: &str = "\
Examples:
  upr pages brief.md
  upr pages --format json briefs > pages.json

The page is A4 with margins of 2.5 cm and 11-point Carlito, as wide as Calibri. A brief asks for another one in its front matter:
page: Letter, serif, 12 pt, margin 2 cm, spacing 1.15";

pub(super) const AFTER_CONFIG: &str = "\
Examples:
  upr config                       what holds for briefs in this folder
  upr config --for geneva/brief.md
  upr config --format json

A configuration is a file called upr.toml in the folder of a brief or above it. The README shows one.";

pub(super) const AFTER_SERVER: &str = "\
An editor starts it, as the README says under “While you write”; it reads from its standard input and writes to its standard output:
  upr server
  upr server --rules our-rules --session 53

The editor may say the same in its own settings, in the section “upr”: rules, state, session and review. They go before the options.
What holds for a brief otherwise stands in its upr.toml, as for “upr lint”.";

pub(super) const AFTER_RULES: &str = "\
Examples:
  upr rules
  upr rules --format json";

pub(super) const AFTER_EXPLAIN: &str = "\
Examples:
  upr explain time-bound/missing-deadline
  upr explain missing-deadline
  upr explain time-bound                  all rules of a folder";

pub(super) const AFTER_SCHEMA: &str = "\
Examples:
  upr schema config > upr.schema.json    then your editor knows the keys of upr.toml
  upr schema json                        what upr lint --format json writes";

pub(super) const AFTER_TEST: &str = "\
Examples:
  upr test                                       the examples of all rules
  upr test rules/time-bound/missing-deadline.toml
  upr test --rules my-rules

A file that you name takes the place of the built-in one with the same folder and name.
Exit code: 0 if all examples pass, 1 if one fails, 2 if a rule file cannot be read.";

pub(super) const AFTER_NEW: &str = "\
Examples:
  upr new --state Nepal --session 51 brief.md
  upr new --state NPL --lang fr note.md

What you have to fill in stands in square brackets, and “upr lint” names each gap that is left.";

pub(super) const AFTER_INIT: &str = "\
Examples:
  upr init
  upr init --git-hook briefs

No file is overwritten: what is there already is left as it is.";

pub(super) const AFTER_COMPLETIONS: &str = "\
Examples:
  upr completions bash > ~/.local/share/bash-completion/completions/upr
  upr completions zsh > ~/.zfunc/_upr
  upr completions fish > ~/.config/fish/completions/upr.fish";

pub(super) const AFTER_MAN: &str = "\
Examples:
  upr man > upr.1                          the page of the program
  upr man --to ~/.local/share/man/man1     that page, and one for each command";
