#!/usr/bin/env bash
# Checks the briefs: UPR_PATHS, UPR_OPTIONS (one on each line) and UPR_SARIF come from the inputs of the action.
set -euo pipefail
lines() { grep -v '^[[:space:]]*$' <<<"$1" || true; }
mapfile -t paths < <(lines "${UPR_PATHS:-.}")
mapfile -t options < <(lines "${UPR_OPTIONS:-}")
[ -z "${UPR_SARIF:-}" ] || options+=("--output=sarif:$UPR_SARIF")
exec upr lint --only-briefs --format github "${options[@]}" -- "${paths[@]}"
