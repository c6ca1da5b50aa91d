"""Asks the Python package `jsonschema`, which knows all of draft 2020-12, whether the schemas hold. `python3 tests/schemas.py UPR`: UPR is the program."""

import json
import pathlib
import subprocess
import sys
import tomllib

import jsonschema

UPR = sys.argv[1]
ROOT = pathlib.Path(__file__).resolve().parent.parent
CRITERIA = ["achievable", "brief", "measurable", "relevant", "safety", "specific", "time-bound", "tone"]


def run(*arguments):
    return json.loads(subprocess.run([UPR, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)


def validator(kind):
    schema = run("schema", kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


checked = 0


def check(kind, values):
    global checked
    known = validator(kind)
    for name, value in values:
        for fault in known.iter_errors(value):
            sys.exit(f"{name}: {fault.json_path}: {fault.message}")
        checked += 1


def files(paths):
    return [(str(path), tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(paths)]


check("rules", files(path for folder in CRITERIA for path in (ROOT / "rules" / folder).glob("*.toml")))
check("config", files(path for path in (ROOT / "tests/config").rglob("*.toml") if "rules-of-ours" not in path.parts))
for kind, command in [("json", "lint"), ("outline", "outline"), ("pages", "pages")]:
    check(kind, [(f"upr {command}", run(command, "--format", "json", "tests/briefs"))])
if not list(validator("config").iter_errors({"sesion": 53})):
    sys.exit("a wrong configuration passes")
print(f"{checked} files and outputs hold")
