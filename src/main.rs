//! The program `upr`.

fn main() {}
