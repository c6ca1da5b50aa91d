//! Every example of every rule, as a test of its own, run through the whole program.

use libtest_mimic::{Arguments, Failed, Trial};
use upr_lint::builtin;
use upr_lint::rules::examples;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for rule in &builtin::rulebook().rules {
        for outcome in examples::run(builtin::rulebook(), rule) {
            let kind = if outcome.flags { "flags" } else { "allows" };
            let name = format!("{}::{kind}::line_{}", rule.id, outcome.example.line);
            let text = outcome.example.text;
            let run = move || outcome.failure.map_or(Ok(()), |failure| Err(Failed::from(format!("{failure}\n    {text}"))));
            trials.push(Trial::test(name, run));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
