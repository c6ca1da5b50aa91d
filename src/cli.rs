//! The command line as clap sees it; one file per subcommand. Here and in `main` is all that touches files.
//!
//! Exit codes: 0 clean, 1 findings at or above the threshold (or an example that fails), 2 could not run.

mod assess;
mod baseline;
mod book;
mod change;
mod config;
mod configuration;
mod each_brief;
mod explain;
mod formats;
mod gate;
mod in_order;
mod init;
mod inputs;
mod known;
mod lint;
mod manual;
mod new;
mod outline;
mod own_files;
mod pages;
mod patch;
mod rows;
mod rules;
mod schema;
mod server;
mod test;
mod text;
mod treatment;
mod whole;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::brief::date::Date;
use crate::brief::review::{Review, ReviewDate};
use crate::report::Style;

/// Nothing to say.
const CLEAN: u8 = 0;
/// There are findings.
const FOUND: u8 = 1;
/// The program could not do what it was asked.
const FAILED: u8 = 2;

#[derive(Parser)]
#[command(name = "upr", version, about = text::ABOUT, after_help = text::AFTER_HELP, arg_required_else_help = true, propagate_version = true)]
struct Arguments {
    /// When to use colours. `auto` uses them on a terminal, unless the variable `NO_COLOR` is set.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check briefs and say what is weak, where, why and what to do.
    #[command(after_help = text::AFTER_LINT)]
    Lint(Box<lint::Lint>),
    /// Show what the program understood of a brief: State, review, issues, recommendations, deadlines, questions.
    #[command(after_help = text::AFTER_OUTLINE)]
    Outline(outline::Outline),
    /// Read recommendations one by one, from a list or a database, and say what each one is.
    #[command(after_help = text::AFTER_ASSESS)]
    Assess(assess::Assess),
    /// Show how long a brief is when it is printed, and where each page ends.
    #[command(after_help = text::AFTER_PAGES)]
    Pages(pages::Pages),
    /// Show each setting that holds for a brief, and where it was given.
    #[command(after_help = text::AFTER_CONFIG)]
    Config(config::Config),
    /// List all rules.
    #[command(after_help = text::AFTER_RULES)]
    Rules(rules::Rules),
    /// Explain a rule: why it exists, what to do, examples, how to silence it.
    #[command(after_help = text::AFTER_EXPLAIN)]
    Explain(explain::Explain),
    /// Print a JSON Schema, for editors and other programs: of upr.toml, of rule files, of what upr writes.
    #[command(after_help = text::AFTER_SCHEMA)]
    Schema(schema::SchemaOf),
    /// Run the examples of rules. For people who write rules.
    #[command(after_help = text::AFTER_TEST)]
    Test(test::Test),
    /// Write a brief to fill in, after the model of the factsheet.
    #[command(after_help = text::AFTER_NEW)]
    New(new::New),
    /// Write what a folder of briefs needs so that everybody checks the same: upr.toml, a check before each commit, a GitHub workflow.
    #[command(after_help = text::AFTER_INIT)]
    Init(init::Init),
    /// Print the completions of a shell: what it proposes when you press the tab key.
    #[command(after_help = text::AFTER_COMPLETIONS)]
    Completions(manual::Completions),
    /// Write the pages of the manual, for `man upr`.
    #[command(after_help = text::AFTER_MAN)]
    Man(manual::Man),
    /// Serve an editor: findings, dates and names while you write. Editors start it by themselves.
    #[command(after_help = text::AFTER_SERVER)]
    Server(server::Server),
}

#[derive(Clone, Copy, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// What the user knows of the review; it goes before what the brief says.
#[derive(Args)]
#[command(next_help_heading = "The review")]
struct ReviewArguments {
    /// The State under review: its name or its ISO code (for example NPL).
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// The session of the UPR Working Group, as a number.
    #[arg(long, value_name = "NUMBER")]
    session: Option<u16>,
    /// The date of the review: 2026-11 or 2026-11-05.
    #[arg(long, value_name = "DATE", value_parser = review_date)]
    review: Option<ReviewDate>,
}

impl ReviewArguments {
    fn review(&self) -> Review {
        Review { state: self.state.clone(), session: self.session, date: self.review, ..Review::default() }
    }
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a day as 2026-10-01".to_owned())
}

fn review_date(text: &str) -> Result<ReviewDate, String> {
    ReviewDate::parse(text).ok_or_else(|| "write a month as 2026-11 or a day as 2026-11-05".to_owned())
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let colour = arguments.color;
    let done = match &arguments.command {
        Command::Lint(lint) => lint.run(colour),
        Command::Outline(outline) => outline.run(colour),
        Command::Assess(assess) => assess.run(colour),
        Command::Pages(pages) => pages.run(colour),
        Command::Config(config) => config.run(colour),
        Command::Rules(rules) => rules.run(colour),
        Command::Explain(explain) => explain.run(colour),
        Command::Schema(schema) => schema.run(),
        Command::Test(test) => test.run(colour),
        Command::New(new) => new.run(),
        Command::Init(init) => init.run(),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
        Command::Server(server) => server.run(),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        // Whoever reads our output has seen enough: `upr rules | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(CLEAN),
        Err(error) => {
            complain(&format!("the output could not be written: {error}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Says on standard error why something could not be done.
fn complain(message: &str) {
    // There is nowhere to say that standard error is closed.
    let _ = writeln!(io::stderr().lock(), "error: {}", crate::report::one_line(message));
}

/// How many columns a line of output has when it does not go to a terminal.
const WIDTH: usize = 100;
/// Longer lines of prose are hard to read, however wide the terminal is.
const WIDEST: usize = 120;

/// The style of what goes to standard output.
fn style(colour: Colour) -> Style {
    let width = terminal_size::terminal_size_of(io::stdout()).map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, WIDEST));
    Style { colour: is_coloured(colour, io::stdout().is_terminal()), width }
}

fn is_coloured(colour: Colour, terminal: bool) -> bool {
    let unset = |name: &str| std::env::var_os(name).is_none_or(|value| value.is_empty());
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && unset("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Standard output, buffered. Any thread may write to it, one at a time.
fn stdout() -> io::BufWriter<io::Stdout> {
    io::BufWriter::with_capacity(1 << 16, io::stdout())
}
