#!/usr/bin/env bash
# Compares the CPU time of `upr lint` on 1,000 briefs (copies of those in FOLDER, else of the project's own) with that of two other
# linters on the same files, in one run. Installs them from PyPI into a folder of its own. Prints the figures and the ratios.
# usage: tests/peers.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-tests/briefs}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet rumdl typos

mkdir "$work/briefs"
cargo build --release --locked --quiet
number=0
while [ "$number" -lt 1000 ]; do
  for brief in "$folder"/*.md; do
    number=$((number + 1))
    [ "$number" -le 1000 ] || break
    cp "$brief" "$work/briefs/$number.md"
  done
done

# CPU seconds (user and system) of a command: the least of five runs, which says most about the program and least about the machine.
cpu() {
  local best=""
  for _ in 1 2 3 4 5; do
    local used
    used=$({ TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1 || true; } 2>&1 | awk '{print $1 + $2}')
    if [ -z "$best" ] || awk "BEGIN{exit !($used < $best)}"; then best=$used; fi
  done
  echo "$best"
}

upr=$PWD/target/release/upr
cd "$work/briefs"
size=$(cat ./*.md | wc -c)
ours=$(cpu "$upr" lint --format json .)
rumdl=$(cpu "$work/venv/bin/rumdl" check --no-cache .)
typos=$(cpu "$work/venv/bin/typos" .)
start=$(cpu "$upr" lint --format json 1.md)
echo "1,000 briefs, $size bytes, CPU seconds: upr $ours, rumdl $rumdl, typos $typos; one brief: upr $start"
awk "BEGIN{printf \"upr / rumdl %.2f, upr / typos %.2f\\n\", $ours / $rumdl, $ours / $typos}"
