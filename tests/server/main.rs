//! The language server, spoken to as editors do: over a connection in memory and over the pipes of the real program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::needless_pass_by_value,
    reason = "a test may fail loudly"
)]

#[path = "../config/coalition.rs"]
mod coalition;
mod configuration;
mod editor;
mod editors;
mod folders;
mod life;
#[path = "../program/mod.rs"]
mod program;
mod runs;
mod snippets;
mod strange;
mod writing;
