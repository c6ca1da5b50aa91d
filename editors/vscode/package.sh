#!/usr/bin/env bash
# Packages the extension with the program inside, for one platform: target/upr-TARGET.vsix.
# usage: editors/vscode/package.sh [TARGET] [PROGRAM]   TARGET as vsce names it: linux-x64, linux-arm64, darwin-x64, darwin-arm64,
# win32-x64, …; without it, that of this machine, with the program that is built here.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD

this_machine() {
  case "$(uname -s)" in
    Linux) system=linux ;;
    Darwin) system=darwin ;;
    MINGW* | MSYS* | CYGWIN*) system=win32 ;;
    *) echo "there is no package for $(uname -s)" >&2; exit 2 ;;
  esac
  case "$(uname -m)" in
    x86_64 | amd64) echo "$system-x64" ;;
    aarch64 | arm64) echo "$system-arm64" ;;
    armv7*) echo "$system-armhf" ;;
    *) echo "there is no package for $(uname -m)" >&2; exit 2 ;;
  esac
}
target=${1:-$(this_machine)}
name=upr
[[ $target != win32-* ]] || name=upr.exe
if [ "$#" -ge 2 ]; then
  program=$(realpath "$2")
else
  [ "$target" = "$(this_machine)" ] || { echo "name the program that is built for $target" >&2; exit 2; }
  cargo build --release --locked --quiet
  program=$root/target/release/$name
fi

cd editors/vscode
npm ci --no-audit --no-fund >/dev/null
rm -rf bin
mkdir bin
cp "$program" "bin/$name"
cp "$root/LICENSE-MIT" LICENSE
mkdir -p "$root/target"
npx vsce package --no-dependencies --allow-missing-repository --no-rewrite-relative-links --target "$target" -o "$root/target/upr-$target.vsix" >/dev/null
echo "$root/target/upr-$target.vsix"
