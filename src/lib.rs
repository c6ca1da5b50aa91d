//! `upr` reads an advocacy brief for the Universal Periodic Review and says what is weak, where, why and what to write instead.
//!
//! ```text
//! text ──▶ markdown ──▶ words ──▶ brief ──▶ language ──▶ rules ──▶ diagnostic ──▶ shown ──▶ report
//! bytes    blocks       lists     roles     facts        verdicts  one type        └──▶ server
//!             └──▶ pages (typeset length)                  ▲
//!                                            config ────────┘ (what is said of rules, page and review)
//! ```
//!
//! Each stage is a pure, total function of the one before. Any text gives a brief, any brief gives readings, any reading gives
//! diagnostics: a brief can be weak, never wrong. Only rule files, configurations and the command line can be *wrong*, and
//! they answer with a diagnostic that points into the file. Only [`cli`], [`files`] and [`config`](mod@config) touch the disk and only
//! [`server::wire`] the wire; nothing reads a clock or opens a connection.
//!
//! [`check`](mod@check) runs the stages one after the other; [`builtin`] holds the rules that the program carries, made ready when it is built.
//! [`fixes`] checks a text, mends it and checks it again, until there is nothing left to mend.
//! A recommendation that stands outside any brief goes straight from its words to the rules: [`rules::single`].

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail loudly"))]

pub mod text;

pub mod markdown;

pub mod words;

pub mod brief;

pub mod pages;

pub mod language;

pub mod diagnostic;

pub mod rules;

pub mod check;

pub mod fixes;

pub mod builtin;

pub mod shown;

pub mod files;

pub mod report;

pub mod config;

pub mod server;

pub mod cli;

pub use check::{Checked, check, lint};
