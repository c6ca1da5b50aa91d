//! `--require` and `--min-share`: how many recommendations must meet which letters.
//!
//! A recommendation passes if it meets all of them, and fails if it does not meet one. If neither can be told, it counts as neither.

use clap::Args;

use crate::report::judged::Judged;
use crate::report::one_line;
use crate::rules::verdict::{Answer, Letter};

/// What recommendations must meet.
#[derive(Args)]
#[command(next_help_heading = "What recommendations must meet")]
pub(super) struct GateArguments {
    /// Exit code 1 if a recommendation does not meet one of these letters: S,M,T. A letter that cannot be told does not count as not met.
    #[arg(long, value_name = "LETTERS", value_delimiter = ',', value_parser = letter)]
    require: Vec<Letter>,
    /// Exit code 1 if less than this percentage of the recommendations meet all letters, or all those of --require. Those of which it
    /// cannot be told are left out.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_share: Option<u8>,
}

fn letter(text: &str) -> Result<Letter, String> {
    let text = text.trim();
    let is_named = |(letter, name): &&(Letter, &str)| text.eq_ignore_ascii_case(name) || text.eq_ignore_ascii_case(&letter.initial().to_string());
    Letter::ALL.iter().find(is_named).map(|&(letter, _)| letter).ok_or_else(|| "write letters with commas between them: S,M,A,R,T".to_owned())
}

impl GateArguments {
    /// The gate, if one was asked for.
    pub(super) fn gate(&self) -> Option<Gate> {
        let asked = !self.require.is_empty() || self.min_share.is_some();
        asked.then(|| Gate {
            letters: if self.require.is_empty() { Letter::ALL.iter().map(|&(letter, _)| letter).collect() } else { self.require.clone() },
            required: !self.require.is_empty(),
            share: self.min_share,
            passed: 0,
            failed: 0,
            unknown: 0,
            named: Vec::new(),
        })
    }
}

/// So many recommendations that fail are named; the rest is counted.
const MOST_NAMED: usize = 20;

/// What is counted of the recommendations of all briefs.
pub(super) struct Gate {
    letters: Vec<Letter>,
    required: bool,
    share: Option<u8>,
    passed: usize,
    failed: usize,
    unknown: usize,
    named: Vec<String>,
}

impl Gate {
    /// Counts the recommendations of a brief.
    pub(super) fn count(&mut self, path: &str, recommendations: &[Judged]) {
        for recommendation in recommendations {
            let wanted: Vec<(Letter, Answer)> = recommendation.letters().filter(|(letter, _)| self.letters.contains(letter)).collect();
            let not_met: Vec<String> = wanted.iter().filter(|(_, answer)| *answer == Answer::NotMet).map(|(letter, _)| letter.name().to_owned()).collect();
            if not_met.is_empty() {
                let met = wanted.iter().all(|(_, answer)| *answer == Answer::Met);
                *(if met { &mut self.passed } else { &mut self.unknown }) += 1;
                continue;
            }
            self.failed += 1;
            if self.named.len() < MOST_NAMED {
                self.named.push(format!("{}:{}: this recommendation is not {}", one_line(path), recommendation.line, not_met.join(", not ")));
            }
        }
    }

    /// Why the run fails, line by line; nothing if it does not.
    pub(super) fn verdict(&self) -> Vec<String> {
        let judged = self.passed + self.failed;
        let letters: String = self.letters.iter().map(|letter| letter.initial().to_string()).collect::<Vec<_>>().join(",");
        let last = match self.share {
            None if self.failed > 0 => format!("{} of {judged} recommendations do not meet --require {letters}", self.failed),
            Some(share) if self.passed * 100 < judged * usize::from(share) => {
                let unknown = if self.unknown > 0 { format!("; {} more cannot be told", self.unknown) } else { String::new() };
                format!("{} of {judged} recommendations meet {letters}, which is less than --min-share {share}{unknown}", self.passed)
            }
            _ => return Vec::new(),
        };
        let more = self.failed - self.named.len();
        let rest = (more > 0).then(|| format!("and {more} recommendations more"));
        // A share is a figure; which ones fail is said where letters were named.
        let named = if self.required { self.named.iter().cloned().chain(rest).collect() } else { Vec::new() };
        named.into_iter().chain([last]).collect()
    }
}
