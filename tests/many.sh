#!/usr/bin/env bash
# Lints 30 and 10,000 briefs (copies of the project's own): prints time and memory, and fails if the output is not the same for any
# number of threads, or if ten times as many briefs take twice the memory.
# usage: tests/many.sh [UPR]
set -euo pipefail
cd "$(dirname "$0")/.."
upr=$(realpath "${1:-target/release/upr}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The pages of a brief go by its name, so that no two are the same file.
python3 - "$work" tests/briefs/*.md <<'PYTHON'
import pathlib, sys
work, *briefs = map(pathlib.Path, sys.argv[1:])
texts = [brief.read_bytes() for brief in briefs]
for count in (30, 1000, 10000):
    for number in range(count):
        file = work / str(count) / f"{number // 100:03}" / f"{number:05}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(texts[number % len(texts)])
PYTHON
cd "$work"
python3 - "$upr" <<'PYTHON'
import hashlib, os, resource, subprocess, sys, time

def run(count, *options):
    begun = time.perf_counter()
    process = subprocess.Popen([sys.argv[1], "lint", "--format", "jsonl", *options, str(count)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    digest = hashlib.sha256()
    while part := process.stdout.read(1 << 20):
        digest.update(part)
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, digest.hexdigest()

for count, runs in ((30, 15), (1000, 3), (10000, 3)):
    times, memory, digests = zip(*(run(count) for _ in range(runs)))
    digests = {*digests, *(run(count, "--threads", threads)[2] for threads in ("1", "2", "7"))}
    print(f"{count:>6} briefs: {min(times) * 1000:.0f} ms, {max(memory):.1f} MB", flush=True)
    if len(digests) != 1:
        sys.exit(f"{count} briefs: the output is not the same every time")
    if count == 1000:
        before = max(memory)
if max(memory) > 2 * before:
    sys.exit(f"memory grows: {before:.1f} MB for 1,000 briefs, {max(memory):.1f} MB for 10,000")
PYTHON
