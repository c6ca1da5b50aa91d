#!/usr/bin/env bash
# Runs what stands between a brief and a commit or a merge: the hooks with the real pre-commit (from PyPI), Git's own hook as `upr init`
# writes it, and the steps of the GitHub action as a runner runs them. Hooks are taken from the last commit, as pre-commit does.
# usage: tests/hooks.sh
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$project/target}
cargo build --release --locked --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME=$work/pre-commit GIT_CONFIG_GLOBAL=$work/gitconfig
git config --global user.name Tester
git config --global user.email tester@zemland.example
git config --global init.defaultBranch main
git config --global safe.directory '*'

fail() { echo "$*" >&2; exit 1; }
# A command must end with this code; what it wrote is kept in $work/out.
ends() {
  local wanted=$1 code=0
  shift
  "$@" >"$work/out" 2>&1 || code=$?
  [ "$code" = "$wanted" ] || { cat "$work/out" >&2; fail "exit $code in the place of $wanted: $*"; }
}
says() { grep -qF -- "$1" "$work/out" || { cat "$work/out" >&2; fail "nothing says: $1"; }; }

weak='# Universal Periodic Review of Zemland, 53rd session, 5 November 2026

## Children in court

### Recommendations

- Consider ratifying the Optional Protocol to the Convention against Torture.
'
scratch() { mkdir "$1"; cd "$1"; git init --quiet; printf '# Notes\n\nNo brief at all.\n' >README.md; printf '%s' "$weak" >weak.md; git add .; }

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pre-commit
scratch "$work/with-pre-commit"
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $project
    rev: $(git -C "$project" rev-parse HEAD)
    hooks: [{id: upr}]
YAML
git add .
ends 1 "$work/venv/bin/pre-commit" run
says 'weak.md:7:3: warning[specific/considering-verb]'
"$work/venv/bin/pre-commit" install >/dev/null
ends 1 git commit --quiet --message 'A weak brief'
git rm --quiet --cached weak.md
ends 0 git commit --quiet --message 'No brief'
echo "pre-commit runs the hook: a weak brief stops a commit, other Markdown does not"

scratch "$work/with-fix"
printf '\n## Follow-up\n\nThe State rejected recommendation 114.5.\n' >>weak.md
sed "s/id: upr/id: upr-fix/" "$work/with-pre-commit/.pre-commit-config.yaml" >.pre-commit-config.yaml
git add .
ends 1 "$work/venv/bin/pre-commit" run
grep -q 'The State noted recommendation 114.5' weak.md || fail "the hook upr-fix has mended nothing"
echo "pre-commit runs the hook that mends"

PATH=$CARGO_TARGET_DIR/release:$PATH
scratch "$work/with-init"
ends 0 upr init --git-hook
ends 1 git commit --quiet --message 'A weak brief'
says 'weak.md:7:3: warning[specific/considering-verb]'
git rm --quiet --cached weak.md
ends 0 git commit --quiet --message 'No brief'
ends 0 "$work/venv/bin/pre-commit" validate-config
echo "Git's own hook stops a weak brief; what upr init writes for pre-commit is valid"

# The steps of the action, as they stand in it, with what a runner gives to them.
action=$project/.github/actions/lint
export GITHUB_ACTION_PATH=$action GITHUB_PATH=$work/path GITHUB_STEP_SUMMARY=$work/summary.md
mapfile -t steps < <(sed -n 's/^      run: //p' "$action/action.yml")
[ "${#steps[@]}" = 2 ] || fail "the action has ${#steps[@]} steps"
cd "$work/with-init"
ends 0 bash -c "${steps[0]}"
[ "$(cat "$GITHUB_PATH")" = "$CARGO_TARGET_DIR/release" ] || fail "the program is not made known"
UPR_PATHS=$'.\n' UPR_OPTIONS=$'--fail-on=warning\n\n' UPR_SARIF=upr.sarif ends 1 bash -c "${steps[1]}"
says '::warning file=weak.md,line=7'
grep -q 'weak.md' "$GITHUB_STEP_SUMMARY" || fail "the summary says nothing of the brief"
[ "$(python3 -c 'import json; print(json.load(open("upr.sarif"))["version"])')" = 2.1.0 ] || fail "there is no SARIF file"
UPR_PATHS='README.md' UPR_OPTIONS='' UPR_SARIF='' ends 0 bash -c "${steps[1]}"
echo "the steps of the GitHub action run"

# The jobs for GitLab, as YAML that its reader takes.
"$work/venv/bin/python" - "$project/.gitlab/upr.yml" <<'PYTHON'
import sys, yaml
job = yaml.safe_load(open(sys.argv[1]))["upr"]
assert set(job["artifacts"]["reports"]) == {"codequality", "junit"} and all("upr" in line for line in job["script"]), job
PYTHON
echo "the template for GitLab is read"
