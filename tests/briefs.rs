//! The project's own briefs, in all shapes that briefs have: each is understood as its `expected.json` says.

#[path = "../examples/briefs.rs"]
mod measure;

use std::path::Path;

#[test]
fn our_own_briefs_are_understood() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/briefs");
    assert!(measure::measured(&folder, false), "a figure above is below the floor; `cargo run --example briefs -- tests/briefs --verbose` tells more");
}
