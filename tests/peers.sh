#!/usr/bin/env bash
# Compares the CPU time of `upr lint` on 1,000 briefs (copies of those in FOLDER, else of the project's own) with that of two other
# linters on the same files, in one run. Installs them from PyPI into a folder of its own. Prints the figures and the ratios. The aim is
# a ratio of 1; since each brief is also set in type to count its pages, it stands near 1.2. The script fails above 1.3, so that it does
# not get worse unseen. Machines are noisy: before it fails, it measures once more, with three times the runs.
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

# CPU seconds (user and system) of one run of a command.
cpu() {
  { TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1 || true; } 2>&1 | awk '{print $1 + $2}'
}

# Runs each program so many times, in turn, so that all see the same machine. The least of the runs of each counts: it says most about
# the program and least about the machine. Says whether upr takes no more time than the others.
measure() {
  local runs=$1 figures=""
  for _ in $(seq "$runs"); do
    figures+="upr $(cpu "$upr" lint --format json .)"$'\n'
    figures+="rumdl $(cpu "$work/venv/bin/rumdl" check --no-cache .)"$'\n'
    figures+="typos $(cpu "$work/venv/bin/typos" .)"$'\n'
    figures+="one $(cpu "$upr" lint --format json 1.md)"$'\n'
  done
  awk -v size="$size" -v most=1.15 '
    NF == 2 && (!($1 in least) || $2 < least[$1]) { least[$1] = $2 }
    END {
      printf "1,000 briefs, %d bytes, CPU seconds: upr %.3f, rumdl %.3f, typos %.3f; one brief: upr %.3f\n", size, least["upr"], least["rumdl"], least["typos"], least["one"]
      printf "upr / rumdl %.2f, upr / typos %.2f\n", least["upr"] / least["rumdl"], least["upr"] / least["typos"]
      exit least["upr"] > most * least["rumdl"] || least["upr"] > most * least["typos"]
    }' <<<"$figures"
}

upr=$PWD/target/release/upr
cd "$work/briefs"
size=$(cat ./*.md | wc -c)
if ! measure 5; then
  echo "measuring once more, with more runs"
  measure 15
fi
