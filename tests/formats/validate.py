"""Reads what upr writes with the schemas and readers of those for whom it is written.

usage: validate.py SARIF-SCHEMA JUNIT-SCHEMA JSON JSONL SARIF RDJSON CSV GITLAB JUNIT
"""

import csv
import json
import sys
from pathlib import Path

import jsonschema
import junitparser
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from lxml import etree

(sarif_schema, junit_schema, *files) = map(Path, sys.argv[1:])
(json_file, jsonl_file, sarif_file, rdjson_file, csv_file, gitlab_file, junit_file) = files


def text(file):
    """The text of a file, which must be UTF-8 without a byte-order mark and without codes for a terminal."""
    read = file.read_bytes().decode("utf-8")
    assert "\x1b" not in read and not read.startswith("\ufeff"), file
    return read


# JSON and JSON lines say the same.
whole = json.loads(text(json_file))
findings = whole["findings"]
lines = [json.loads(line) for line in text(jsonl_file).splitlines()]
assert lines[:-1] == findings and lines[-1] == {"summary": whole["summary"]}
assert len(findings) > 10
print(f"json: {len(findings)} findings, the same in {jsonl_file}")

# SARIF: the schema, and what it cannot say.
sarif = json.loads(text(sarif_file))
jsonschema.validators.validator_for(json.loads(text(sarif_schema)))(json.loads(text(sarif_schema))).validate(sarif)
(run,) = sarif["runs"]
spoken = [result for result in run["results"] if "suppressions" not in result]
assert [result["ruleId"] for result in spoken] == [finding["rule"] for finding in findings]
rules = run["tool"]["driver"]["rules"]
keys = set()
for result in run["results"]:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    key = (result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], result["partialFingerprints"]["upr/v1"])
    assert key not in keys, key
    keys.add(key)
print(f"SARIF schema: {sarif_file} with {len(run['results'])} results and {len(rules)} rules")


def message(name, *fields):
    """A message of a protocol: fields with their names, numbers, and types or messages; a star marks a list."""
    described = descriptor_pb2.DescriptorProto(name=name)
    kinds = descriptor_pb2.FieldDescriptorProto
    for field, number, kind in fields:
        added = described.field.add(name=field, number=number)
        added.label = kinds.LABEL_REPEATED if kind.startswith("*") else kinds.LABEL_OPTIONAL
        kind = kind.lstrip("*")
        if kind == "string":
            added.type = kinds.TYPE_STRING
        elif kind == "int32":
            added.type = kinds.TYPE_INT32
        else:
            added.type = kinds.TYPE_ENUM if kind == "Severity" else kinds.TYPE_MESSAGE
            added.type_name = f".reviewdog.rdf.{kind}"
    return described


# The messages of reviewdog's Diagnostic Format, by the names and numbers of its fields. The reader refuses any other field.
protocol = descriptor_pb2.FileDescriptorProto(name="rdf.proto", package="reviewdog.rdf", syntax="proto3")
severity = protocol.enum_type.add(name="Severity")
for number, name in enumerate(["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]):
    severity.value.add(name=name, number=number)
protocol.message_type.extend([
    message("DiagnosticResult", ("diagnostics", 1, "*Diagnostic"), ("source", 2, "Source"), ("severity", 3, "Severity")),
    message("Diagnostic", ("message", 1, "string"), ("location", 2, "Location"), ("severity", 3, "Severity"), ("source", 4, "Source"),
            ("code", 5, "Code"), ("suggestions", 6, "*Suggestion"), ("original_output", 7, "string")),
    message("Location", ("path", 2, "string"), ("range", 3, "Range")),
    message("Range", ("start", 1, "Position"), ("end", 2, "Position")),
    message("Position", ("line", 1, "int32"), ("column", 2, "int32")),
    message("Suggestion", ("range", 1, "Range"), ("text", 2, "string")),
    message("Source", ("name", 1, "string"), ("url", 2, "string")),
    message("Code", ("value", 1, "string"), ("url", 2, "string")),
])
pool = descriptor_pool.DescriptorPool()
pool.Add(protocol)
result = message_factory.GetMessageClass(pool.FindMessageTypeByName("reviewdog.rdf.DiagnosticResult"))()
json_format.Parse(text(rdjson_file), result)
assert [diagnostic.code.value for diagnostic in result.diagnostics] == [finding["rule"] for finding in findings]
print(f"Protocol Buffers: {len(result.diagnostics)} diagnostics in {rdjson_file}")

# CSV: the same findings, and no cell that a spreadsheet would reckon.
rows = list(csv.DictReader(text(csv_file).splitlines(keepends=True), strict=True))
assert [(row["rule"], int(row["line"])) for row in rows] == [(finding["rule"], finding["line"]) for finding in findings]
assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
print(f"csv: {len(rows)} rows in {csv_file}")

# GitLab: what its documentation and its parser ask of each issue.
issues = json.loads(text(gitlab_file))
assert [issue["check_name"] for issue in issues] == [finding["rule"] for finding in findings]
for issue in issues:
    assert isinstance(issue["description"], str) and issue["description"] and "\n" not in issue["description"]
    assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
    path, begin = issue["location"]["path"], issue["location"]["lines"]["begin"]
    assert isinstance(begin, int) and begin > 0 and not path.startswith(("/", "./"))
assert len({issue["fingerprint"] for issue in issues}) == len(issues)
print(f"GitLab: {len(issues)} issues in {gitlab_file}")

# JUnit: the schema, and the numbers as a reader counts them.
etree.XMLSchema(etree.parse(junit_schema)).assertValid(etree.parse(junit_file))
suites = junitparser.JUnitXml.fromfile(str(junit_file))
heavy = [finding for finding in findings if finding["severity"] != "advice"]
tests = failures = 0
for suite in suites:
    briefs = [brief for brief in whole["summary"]["briefs"] if brief["path"] == suite.name]
    assert len(briefs) == 1 and suite.tests == briefs[0]["recommendations"]["count"] + 1 == len(list(suite)), suite.name
    failed = [case for case in suite if any(isinstance(result, junitparser.Failure) for result in case.result)]
    assert suite.failures == len(failed) == len({finding["recommendation"] for finding in heavy if finding["path"] == suite.name}), suite.name
    tests, failures = tests + suite.tests, failures + suite.failures
print(f"JUnit schema and reader: {tests} tests, {failures} failures in {junit_file}")
