// Reads workflow commands and Checkstyle's XML with the packages that GitHub and Danger read and write them with.
// usage: node validate.mjs FOLDER-WITH-PACKAGES GITHUB CHECKSTYLE CONCISE; the concise lines say what must be found.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, github, checkstyle, concise] = process.argv.slice(2);
const require = createRequire(path.resolve(packages, 'package.json'));
const { issueCommand } = await import(pathToFileURL(path.resolve(packages, 'node_modules/@actions/core/lib/command.js')));
const { xml2js } = require('xml-js');
const { parseCheckstyle } = require('./node_modules/danger-plugin-lint-report/dist/parse/checkstyle_parser.js');

const lines = (file) => fs.readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
const expected = lines(concise).map((line) => {
  const [, file, row, column, severity, rule, message] = line.match(/^(.*?):(\d+):(\d+): (\w+)\[(.*?)\] (.*)$/);
  return { file, line: Number(row), column: Number(column), severity, rule, message };
});
assert.ok(expected.length > 10, 'there are findings');

// The runner takes a command apart at the first space, the commas, the first equals signs and the second double colon, then
// undoes the escapes, the percent sign last.
const undo = (text, escapes) => escapes.reduce((text, [code, character]) => text.replaceAll(code, character), text);
const DATA = [['%0D', '\r'], ['%0A', '\n'], ['%25', '%']];
const PROPERTY = [['%0D', '\r'], ['%0A', '\n'], ['%3A', ':'], ['%2C', ','], ['%25', '%']];
function read(line) {
  const end = line.indexOf('::', 2);
  assert.ok(line.startsWith('::') && end > 0, line);
  const head = line.slice(2, end);
  const space = head.indexOf(' ');
  const pairs = head.slice(space + 1).split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), undo(pair.slice(pair.indexOf('=') + 1), PROPERTY)]);
  return { command: head.slice(0, space), properties: Object.fromEntries(pairs), message: undo(line.slice(end + 2), DATA) };
}
function writtenByCore({ command, properties, message }) {
  let written = '';
  const write = process.stdout.write;
  process.stdout.write = (text) => ((written += text), true);
  try {
    issueCommand(command, properties, message);
  } finally {
    process.stdout.write = write;
  }
  assert.ok(written.endsWith(os.EOL));
  return written.slice(0, -os.EOL.length);
}
const NAMES = { error: 'error', warning: 'warning', notice: 'advice' };
const commands = lines(github).map((line) => {
  const command = read(line);
  assert.equal(writtenByCore(command), line);
  return command;
});
assert.deepEqual(
  commands.map(({ command, properties }) => [properties.file, Number(properties.line), NAMES[command], properties.title]),
  expected.map(({ file, line, severity, rule }) => [file, line, severity, rule]),
);
commands.forEach(({ properties, message }, number) => {
  assert.ok(message.startsWith(expected[number].message), message);
  assert.equal('col' in properties, properties.line === properties.endLine);
});
console.log(`@actions/core: ${commands.length} commands of ${github} are written as it writes them`);

const violations = parseCheckstyle(xml2js(fs.readFileSync(checkstyle, 'utf8')), '/nowhere');
const LEVELS = { error: 'error', warning: 'warning', info: 'advice' };
assert.deepEqual(
  violations.map(({ file, line, column, severity }) => [file, line, column, LEVELS[severity]]),
  expected.map(({ file, line, column, severity }) => [file, line, column, severity]),
);
console.log(`danger-plugin-lint-report: ${violations.length} violations in ${checkstyle}`);
