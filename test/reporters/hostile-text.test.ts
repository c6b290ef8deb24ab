import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/input/json.js';
import type { Finding, LintResult } from '../../src/lint/engine/finding.js';
import {
  formatNotice,
  formatReport,
  reportFormats,
  type ReportFormat,
} from '../../src/reporters/lint/reporters.js';
import { placeIn, plain, result, wildcardFinding } from './lint-result.js';
import { commandsIn } from './commands-in.js';
import { parseXml } from './parse-xml.js';
import { expectWellFormed } from './well-formed.js';

const hostileNames = [
  { name: 'terminal escape', text: '\u001b]0;owned\u0007\u001b[2J\u001b[31mOwner' },
  { name: 'terminal escape of one byte', text: '\u009b2JOwner' },
  { name: 'GitHub command', text: '::error file=a.json::owned' },
  { name: 'GitHub command behind blanks', text: ' \t \u00a0::stop-commands::token' },
  { name: 'GitHub command on a line of its own', text: 'Owner\n::set-output name=a::b' },
  { name: 'GitHub command behind a carriage return', text: 'Owner\r::add-mask::a' },
  { name: 'GitHub command behind a line separator', text: 'Owner\u2028::add-mask::a' },
  { name: 'old GitHub command', text: 'Owner ##[add-path]/tmp' },
  { name: 'Azure command', text: '##vso[task.setvariable variable=a]b' },
  { name: 'Azure command in a line', text: 'Owner ###VSO[task.complete result=Succeeded;]done' },
  { name: 'TeamCity command', text: "##teamcity[buildProblem description='owned']" },
  { name: 'Buildkite group', text: '--- owned' },
  { name: 'GitLab section', text: 'section_start:0:owned[collapsed=true]\r\u001b[0KOwner' },
  { name: 'end of a CDATA section', text: ']]><failure/><![CDATA[' },
  { name: 'HTML', text: '</script><img src=x onerror="alert(1)">&lt;' },
  { name: 'end of an attribute', text: '"\'/><testcase name="' },
  { name: 'right-to-left override', text: 'Reader\u202eretirW\u2066x\u2069' },
  { name: 'zero-width characters', text: 'Re\u200bad\u200der\ufeff' },
  { name: 'lone surrogates', text: '\udc00 a\ud800' },
  { name: 'noncharacters', text: 'a\ufffe\uffffb\u{1ffff}\ufdd0' },
  { name: 'placeholders of SARIF', text: '{0}{7}{{1}}' },
  { name: "NUL and XML's illegal characters", text: 'a\u0000b\u000b\ufffec' },
  {
    name: 'Markdown',
    text: '| a | **b** `c` [d](https://evil.example) ![e](f) @octocat #1 <b> www.evil.example $x$',
  },
  { name: 'escapes of commands', text: '%0A::error::a%3A,;]' },
  { name: '__proto__', text: '__proto__' },
] as const;

describe.each(hostileNames)('$name', ({ text }) => {
  const hostile = resultNaming(text);

  test.each(reportFormats)('has no effect on a terminal or a CI log in %s', async format => {
    const report = lineFeeds(format, await formatReport(format, hostile, plain));
    expect(report).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200b\u200d\ufeff]/);
    expect(report).not.toMatch(/[\p{Cs}\p{Noncharacter_Code_Point}]/u);
    expect(commandsIn(report)).toEqual(ownCommands[format]);
  });

  test('survives JSON', async () => {
    const { findings } = JSON.parse(await formatReport('json', hostile, plain)) as { findings: Finding[] };
    expect(findings[0]?.message).toBe(`Role "${text}" grants all.`);
    expect(findings[1]?.message).toBe(text);
    expect(findings[0]?.subject?.name).toBe(text);
    expect(findings[0]?.evidence['pattern']).toBe(text);
  });

  test.each(reportFormats)('leaves %s what it is', async format => {
    expectWellFormed(format, await formatReport(format, hostile, plain));
  });

  test('gives well-formed XML with one suite and two cases', async () => {
    const report = await formatReport('junit', hostile, plain);
    expect(parseXml(report)).toEqual([
      ...['testsuites', 'testsuite', 'testcase', 'failure', '/failure', '/testcase'],
      ...['/testsuite', '/testsuites'],
    ]);
  });

  test('gives a Markdown table of two rows with four cells', async () => {
    const report = await formatReport('markdown', hostile, plain);
    const rows = report.split('\n').filter(line => /^\| (high|critical) /.test(line));
    expect(rows.map(row => row.match(/(?<!\\)\|/g)?.length)).toEqual([5, 5]);
    expect(report.replaceAll('<!-- -->', '').replace(/<\/?span>/g, '')).not.toMatch(/<[a-z/!]/i);
    const prose = report.replace(/`[^`\n]*`/g, '');
    expect(prose).not.toMatch(/[@#]\w|www\.|(?<!\]\()https:\/\//);
  });

  test('is a notice on one harmless line', () => {
    const line = formatNotice({ code: 'not-an-azure-role', message: text, file: text, line: 1 });
    expect(line).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200b\u200d\ufeff]/);
    expect(commandsIn(line)).toEqual([]);
  });
});

const fragments = [
  '##teamcity[',
  '--- ',
  '\uffff',
  '{0}',
  '::error::a',
  '##[',
  '##vso[',
  '\n',
  '\r',
  ' ',
  '\u2028',
  '\u001b[',
  ']]>',
  '<',
  '&',
  '"',
  '|',
  '`',
  '\\',
  '\ud800',
];

test.each(reportFormats)('no text makes a command in %s', async format => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary' })))
    .map(parts => parts.join(''));
  await fc.assert(
    fc.asyncProperty(text, async name => {
      const report = await formatReport(format, resultNaming(name), plain);
      expect(commandsIn(report)).toEqual(ownCommands[format]);
      expect(report).not.toContain('\u001b');
      if (format === 'junit') parseXml(report);
    }),
  );
});

/** RFC 4180 ends its rows with both. */
function lineFeeds(format: ReportFormat, report: string): string {
  return format === 'csv' ? report.replaceAll('\r\n', '\n') : report;
}

/** Where text gets without another word in front of it: the message, the file, the document, evidence, names. */
function resultNaming(text: string): LintResult {
  const document = readJson(`{"Name": ${JSON.stringify(text)},\n${text}\n"a": "${text}"}`, text);
  const finding: Finding = {
    ...wildcardFinding,
    message: `Role "${text}" grants all.`,
    at: placeIn(document, 'Name'),
    subject: { kind: 'role-definition', name: text, id: text },
    evidence: { pattern: text, [text]: [text] },
    related: [{ at: { document, pointer: `/${text}`, range: undefined }, message: text }],
  };
  const start = document.text.indexOf('\n') + 1;
  const bare: Finding = {
    ...finding,
    message: text,
    at: { document, pointer: `/${text}`, range: { start, end: start + 3 } },
  };
  return {
    ...result,
    findings: [finding, bare],
    suppressed: [{ finding, by: 'config', reason: text }],
    notices: [{ code: 'not-an-azure-role', message: text, file: text }],
  };
}

const ownCommands: Readonly<Record<ReportFormat, readonly string[]>> = {
  text: [],
  concise: [],
  json: [],
  sarif: [],
  github: ['::error', '::error'],
  azure: ['##vso[task.logissue', '##vso[task.logissue'],
  gitlab: [],
  markdown: [],
  junit: [],
  csv: [],
};
