#!/usr/bin/env bash
# Packages the extension with the program inside and tries it in a real VS Code (code-server) in headless Chromium.
# Installs from Debian and npm what is missing. usage: editors/vscode/test/run.sh [FOLDER FOR SCREENSHOTS]
set -euo pipefail
cd "$(dirname "$0")/../../.."
root=$PWD
shots=$(mkdir -p "${1:-$root/target/screenshots}" && cd "${1:-$root/target/screenshots}" && pwd)
tools=${UPR_EDITOR_TOOLS:-$root/target/editor-tools}

missing=()
command -v chromium >/dev/null || missing+=(chromium fonts-liberation)
for package in libkrb5-dev libsecret-1-dev ripgrep pkg-config python3 g++ make curl; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root apt-get update -q
  $as_root apt-get install -q -y --no-install-recommends "${missing[@]}"
fi

# The newest code-server for Node 20, and the driver of the browser. Its own install script wants a compiler for parts that a
# test does not use; here only what is needed is built.
install_code_server() (
  mkdir -p "$tools" && cd "$tools"
  npm init -y
  npm install --no-audit --no-fund --ignore-scripts code-server@4.100.3 playwright-core
  cd node_modules/code-server/lib/vscode
  npm install --no-audit --no-fund --ignore-scripts --omit=dev
  if [ -d node_modules/@vscode/ripgrep ]; then
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
  fi
  npm rebuild
  ln -sfn node_modules node_modules.asar
  ln -sf code-linux.sh bin/remote-cli/code-server
  ln -sf browser-linux.sh bin/helpers/browser.sh
  (cd extensions && npm install --no-audit --no-fund --ignore-scripts --omit=dev)
  cd ../../../.. && npm rebuild argon2
  touch installed
)
if [ ! -e "$tools/installed" ]; then
  install_code_server >"$root/target/code-server.log" 2>&1 || {
    tail -20 "$root/target/code-server.log" >&2
    exit 1
  }
fi

package=$(bash "$root/editors/vscode/package.sh" | tail -n 1)

work=$(mktemp -d)
server=""
stop() {
  # The host of the extensions can outlive its server: the whole group ends.
  [ -z "$server" ] || kill -- "-$server" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
mkdir -p "$work/briefs/.vscode"
echo '{ "editor.codeActionsOnSave": { "source.fixAll.upr": "explicit" } }' >"$work/briefs/.vscode/settings.json"
cp "$root/tests/briefs/sample.md" "$work/briefs/"
code=(node "$tools/node_modules/.bin/code-server" --user-data-dir "$work/user" --extensions-dir "$work/extensions")
"${code[@]}" --install-extension "$package" >/dev/null
port=8391
setsid "${code[@]}" --auth none --bind-addr "127.0.0.1:$port" --disable-telemetry --disable-update-check --disable-workspace-trust \
  --disable-getting-started-override "$work/briefs" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 60); do
  if curl -fs "http://127.0.0.1:$port/healthz" >/dev/null; then break; fi
  sleep 1
done
cd "$tools"
URL="http://127.0.0.1:$port" WORKSPACE="$work/briefs" SHOTS="$shots" SETTINGS="$work/briefs/.vscode/settings.json" NODE_PATH="$tools/node_modules" node "$root/editors/vscode/test/browser.cjs" || {
  tail -20 "$work/log" >&2
  exit 1
}
