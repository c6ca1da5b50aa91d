#!/usr/bin/env bash
# Loads the completions in real shells and asks them what they propose; renders the pages of the manual. Installs the shells from Debian
# if they are missing.
# usage: tests/shells.sh [UPR]
set -euo pipefail
cd "$(dirname "$0")/.."
upr=$(realpath "${1:-target/release/upr}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

missing=()
for program in zsh fish man; do command -v "$program" >/dev/null || missing+=("${program/#man/man-db}"); done
[ -e /usr/share/bash-completion/bash_completion ] || missing+=(bash-completion)
if [ "${#missing[@]}" -gt 0 ]; then
  root=(); [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

mkdir "$work/bin"
ln -s "$upr" "$work/bin/upr"
export PATH=$work/bin:$PATH HOME=$work

# What a shell proposes must hold a word.
proposes() {
  local shell=$1 word=$2 proposed=$3
  grep -qF -- "$word" <<<"$proposed" || { printf '%s does not propose %s but: %s\n' "$shell" "$word" "$proposed" >&2; exit 1; }
  printf '%s proposes %s\n' "$shell" "$word"
}

upr completions bash >"$work/upr.bash"
in_bash() {
  bash --norc -c '
    source /usr/share/bash-completion/bash_completion
    source "$1"; shift
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
    _upr upr "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf "%s\n" "${COMPREPLY[@]}"' bash "$work/upr.bash" "$@"
}
proposes bash outline "$(in_bash upr ou)"
proposes bash time-bound/missing-deadline "$(in_bash upr explain time-bound/)"
proposes bash --fail-on "$(in_bash upr lint --fail)"

mkdir "$work/zfunc"
upr completions zsh >"$work/zfunc/_upr"
# A shell without a terminal completes nothing; that the file is a function which the completion system takes is asked instead.
proposes zsh _upr "$(zsh -f -c "fpath=($work/zfunc \$fpath); autoload -Uz compinit && compinit -u -d $work/zcompdump && print \$_comps[upr] && autoload +X _upr")"

mkdir -p "$work/.config/fish/completions"
upr completions fish >"$work/.config/fish/completions/upr.fish"
proposes fish outline "$(fish -c 'complete -C "upr ou"')"
proposes fish time-bound/missing-deadline "$(fish -c 'complete -C "upr lint --select time-bound/m"')"

upr man --to "$work/man1"
for page in "$work"/man1/*.1; do
  warnings=$(MANROFFSEQ='' LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
  [ -z "$warnings" ] || { printf '%s: %s\n' "$page" "$warnings" >&2; exit 1; }
  [ "$(LC_ALL=C.UTF-8 MANWIDTH=80 man -l "$page" | grep -c '^NAME')" = 1 ] || { echo "$page is not rendered" >&2; exit 1; }
done
echo "$(ls "$work/man1" | wc -l) pages of the manual are rendered without a warning"
