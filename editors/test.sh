#!/usr/bin/env bash
# Tries the server in real editors: Neovim and Emacs, which it installs from Debian if they are not there.
# usage: editors/test.sh
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
command -v nvim >/dev/null || missing+=(neovim)
command -v emacs >/dev/null || missing+=(emacs-nox)
[ -d /usr/share/emacs/site-lisp/elpa-src ] && ls /usr/share/emacs/site-lisp/elpa-src | grep -q '^eglot' || missing+=(elpa-eglot)
if [ "${#missing[@]}" -gt 0 ]; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root apt-get update -q
  $as_root apt-get install -q -y --no-install-recommends "${missing[@]}"
fi

cargo build --release --locked --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$PWD/target/release:$PATH"

# Each editor gets a copy of its own, since it changes the brief.
for editor in neovim emacs; do
  cp tests/briefs/sample.md "$work/$editor.md"
done
UPR_BRIEF="$work/neovim.md" timeout 60 nvim --headless -u NONE -n -c 'luafile editors/neovim/test.lua'
# Emacs tells on standard error what it loads; that is of interest only if something fails.
UPR_BRIEF="$work/emacs.md" timeout 60 emacs -q --batch -l editors/emacs/test.el 2>"$work/emacs.log" || {
  cat "$work/emacs.log" >&2
  exit 1
}
