#!/usr/bin/env bash
# Lets those who read our formats read them: the golden files and what is written of the project's own briefs.
#   SARIF       the schema and the validator of Microsoft's SARIF Multitool
#   JUnit       Jenkins' schema, as pytest ships it for its own tests, and the reader junitparser
#   Checkstyle  the reader of danger-plugin-lint-report
#   GitHub      @actions/core writes each command anew, and it must be the same
#   rdjson      Protocol Buffers' own JSON reader, with the messages of reviewdog's format
#   GitLab      what GitLab asks of a code quality report; its fingerprints must be unique
#   CSV, JSON   Python's readers
# Installs from PyPI and npm into a folder of its own (target/formats). usage: tests/formats/validate.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
tools=$root/target/formats/tools
written=$root/target/formats/written

mkdir -p "$tools/npm"
[ -x "$tools/venv/bin/python" ] || python3 -m venv "$tools/venv"
"$tools/venv/bin/pip" install --quiet --disable-pip-version-check jsonschema==4.* junitparser==5.* protobuf lxml
if [ ! -e "$tools/junit-10.xsd" ]; then
  "$tools/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: -d "$tools/sdist" pytest==9.*
  tar -xzOf "$tools"/sdist/pytest-*.tar.gz --wildcards '*/junit-10.xsd' >"$tools/junit-10.xsd.part"
  mv "$tools/junit-10.xsd.part" "$tools/junit-10.xsd"
fi
cp tests/formats/package.json "$tools/npm/"
npm --prefix "$tools/npm" install --silent --no-audit --no-fund --ignore-scripts

cargo build --release --locked --quiet
rm -rf "$written" && mkdir -p "$written"
outputs=()
for format in full.txt concise.txt json jsonl sarif github.txt gitlab.json junit.xml checkstyle.xml rdjson markdown.md csv; do
  outputs+=(--output "${format%%.*}:$written/$format")
done
code=0
target/release/upr lint tests/briefs --fail-on warning --format concise --quiet "${outputs[@]}" >/dev/null || code=$?
[ "$code" = 1 ]

golden=tests/formats/golden
multitool=$tools/npm/node_modules/@microsoft/sarif-multitool-linux
chmod +x "$multitool/Sarif.Multitool"
for sarif in "$golden/findings.sarif" "$written/sarif"; do
  # It reads only files with this ending.
  cp "$sarif" "$tools/checked.sarif"
  DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$multitool/Sarif.Multitool" validate "$tools/checked.sarif" >"$tools/multitool.log" || {
    cat "$tools/multitool.log" >&2
    exit 1
  }
  if grep -E ': error ' "$tools/multitool.log" >&2; then exit 1; fi
  # A file that it cannot make sense of gives no word at all; that there is no address for more about the program is always said.
  grep -q 'warning SARIF2005' "$tools/multitool.log"
  echo "SARIF Multitool: $sarif is valid"
done

node tests/formats/validate.mjs "$tools/npm" "$golden/github.txt" "$golden/checkstyle.xml" "$golden/concise.txt"
node tests/formats/validate.mjs "$tools/npm" "$written/github.txt" "$written/checkstyle.xml" "$written/concise.txt"

validate=("$tools/venv/bin/python" tests/formats/validate.py "$multitool/sarif-2.1.0.json" "$tools/junit-10.xsd")
"${validate[@]}" "$golden"/findings.{json,jsonl,sarif,rdjson,csv} "$golden"/{gitlab.json,junit.xml}
"${validate[@]}" "$written"/{json,jsonl,sarif,rdjson,csv,gitlab.json,junit.xml}
