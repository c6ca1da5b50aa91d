//! The program `upr`.

use std::process::ExitCode;

fn main() -> ExitCode {
    upr_lint::cli::run()
}
