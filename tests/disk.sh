#!/usr/bin/env bash
# Writes to a disk that is really full: a tiny one in memory, of which nearly all is taken. The brief stays as it was to the last byte,
# nothing is left lying beside it, the reason is said, and the rest of the run is done.
# Where no disk can be mounted without being asked for a password, a limit on the size of files stands in for it, and that is said.
# usage: tests/disk.sh [PROGRAM]
set -euo pipefail
cd "$(dirname "$0")/.."
upr=$(realpath "${1:-target/release/upr}")

if [ "${UPR_DISK:-}" = "" ]; then
  if unshare -rm true 2>/dev/null && unshare -rm sh -c 'mount -t tmpfs -o size=64k tmpfs /mnt' 2>/dev/null; then
    exec env UPR_DISK=full unshare -rm bash tests/disk.sh "$upr"
  fi
  {
    echo "WARNING: no disk can be mounted here (unshare -rm, mount -t tmpfs)."
    echo "WARNING: a limit on the size of files stands in for a full one; the message “the disk is full” is NOT tried."
  } >&2
  export UPR_DISK=limit
fi

fail() { echo "$*" >&2; exit 1; }
work=$(mktemp -d)
clean() { if mountpoint -q "$work/disk" 2>/dev/null; then umount "$work/disk"; fi; rm -rf "$work"; }
trap clean EXIT
mkdir "$work/disk" "$work/roomy"
if [ "$UPR_DISK" = full ]; then mount -t tmpfs -o size=64k tmpfs "$work/disk"; fi

# A brief of some 30 kB: of it there is no room for a second one.
brief() {
  printf '# UPR of Zemland, 53rd session, 5 November 2026\n\n## Prison\n\nThe State rejected recommendation 114.5.\n\n'
  for _ in $(seq "$1"); do printf 'A paragraph on the prisons of the north, of which nothing more is to be said here.\n\n'; done
}
brief 1 >"$work/roomy/small.md"
brief 360 >"$work/disk/large.md"
cp "$work/disk/large.md" "$work/before"
if [ "$UPR_DISK" = full ]; then
  dd if=/dev/zero of="$work/disk/taken" bs=1k count=64 2>/dev/null || true
  reason='the disk is full'
else
  # A program that is not told of the signal for files that are too large gets an error in its place.
  trap '' XFSZ
  ulimit -f 16
  reason='the file would be larger than this system lets it be'
fi

code=0
"$upr" lint --fix --quiet --fail-on never "$work/disk/large.md" "$work/roomy/small.md" >"$work/out" 2>"$work/err" || code=$?
[ "$code" = 2 ] || fail "exit $code in the place of 2: $(cat "$work/err")"
grep -qF "large.md: not written: $reason" "$work/err" || fail "the reason is not said: $(cat "$work/err")"
cmp "$work/disk/large.md" "$work/before" || fail "the brief is not what it was"
[ -z "$(find "$work/disk" -name '.upr-*')" ] || fail "something is left lying: $(ls -A "$work/disk")"
grep -q 'The State noted recommendation 114.5' "$work/roomy/small.md" || fail "the other brief is not mended"
echo "--fix: a brief that cannot be written stays as it was, the others are mended"
[ "$UPR_DISK" = full ] || exit 0

# What the program writes itself is there whole or not at all.
for file in known.json report.sarif; do
  case $file in
    known.json) options=(--baseline "$work/disk/$file" --write-baseline) ;;
    *) options=(--output "sarif:$work/disk/$file") ;;
  esac
  code=0
  "$upr" lint --quiet --fail-on never "${options[@]}" "$work/disk/large.md" >"$work/out" 2>"$work/err" || code=$?
  [ "$code" = 2 ] || fail "$file: exit $code in the place of 2: $(cat "$work/err")"
  grep -qF 'the disk is full' "$work/err" || fail "$file: the reason is not said: $(cat "$work/err")"
  [ ! -e "$work/disk/$file" ] || fail "$file: half a file is left"
  [ -z "$(find "$work/disk" -name '.upr-*')" ] || fail "$file: something is left lying"
done
echo "a baseline and a report that cannot be written are not there at all"
