#!/usr/bin/env bash
# Builds upr from the source around this action, and makes it known to the steps that follow.
set -euo pipefail
source=$(cd "$(dirname "$0")/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$source/target}
cargo build --release --locked --manifest-path "$source/Cargo.toml" --target-dir "$target"
echo "$target/release" >>"$GITHUB_PATH"
