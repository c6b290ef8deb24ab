import { expect } from 'vitest';
import { parseCsv } from './parse-csv.js';
import { parseXml } from './parse-xml.js';
import { sarifSchemaErrors } from './sarif-schema.js';

/** Holds a report against the grammar of its format, as strictly as its readers might. */
export function expectWellFormed(format: string, report: string): void {
  expect(report).toMatch(/\n$/);
  expect(Buffer.from(report).toString()).toBe(report);
  checks[format]?.(report);
}

const checks: Readonly<Record<string, (report: string) => void>> = {
  json: report => expect((JSON.parse(report) as { version: unknown }).version).toBe(1),
  sarif: expectSarif,
  gitlab: expectIssues,
  junit: report => expect(parseXml(report)[0]).toBe('testsuites'),
  csv: expectEvenRows,
  markdown: expectEvenTables,
  github: report => expectCommands(report, /^::(error|warning|notice) [^:]*::[^\n]*$/),
  azure: report => expectCommands(report, /^##vso\[task\.logissue [^\]]*\][^\n]*$/),
  html: expectData,
  text: report => expect(report).not.toMatch(/(?!\n)\p{Cc}/u),
};

/** The schema, and no placeholder in a message: none of ours has arguments. */
function expectSarif(report: string): void {
  const log = JSON.parse(report) as object;
  expect(sarifSchemaErrors(log)).toEqual([]);
  for (const message of messagesIn(log)) expect(message.replaceAll(/\{\{|\}\}/g, '')).not.toMatch(/[{}]/);
}

/** Message objects and the message strings of rules have `text` and perhaps `markdown`, and nothing else has. */
function messagesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    (key === 'text' || key === 'markdown') && typeof each === 'string' ? [each] : messagesIn(each),
  );
}

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
function expectIssues(report: string): void {
  const issues = JSON.parse(report) as unknown[];
  const location = { path: expect.any(String), lines: { begin: expect.any(Number) } };
  const text = expect.any(String);
  for (const issue of issues)
    expect(issue).toEqual({
      description: text,
      check_name: text,
      fingerprint: text,
      severity: text,
      location,
    });
}

function expectEvenRows(report: string): void {
  const [names = [], ...rows] = parseCsv(report);
  expect(new Set(names).size).toBe(names.length);
  for (const row of rows) expect(row).toHaveLength(names.length);
}

/** GFM cuts what a row has too much, and ends a table at a line that is no row. */
function expectEvenTables(report: string): void {
  let cells: number | undefined;
  for (const line of report.split('\n')) {
    const isRow = line.startsWith('| ');
    if (!isRow) expect(line).not.toMatch(/^\s*\|/);
    const found = isRow ? (line.match(/(?<!\\)(?:\\\\)*\|/g)?.length ?? 0) : undefined;
    if (found !== undefined && cells !== undefined) expect([line, found]).toEqual([line, cells]);
    cells = found;
  }
  expect(report.replaceAll('<!-- -->', '').replaceAll(/<\/?span>/g, '')).not.toMatch(/<[a-z/!?]/i);
}

/** Commands for the runner, then plain lines, none of which it obeys. */
function expectCommands(report: string, command: RegExp): void {
  for (const line of report.split('\n')) {
    if (/^\s*::|##(vso)?\[/.test(line)) expect(line).toMatch(command);
  }
}

function expectData(report: string): void {
  const data = [...report.matchAll(/<script type="application\/json" id="data-\w+">([^<]*)<\/script>/g)];
  expect(data.length).toBeGreaterThan(3);
  for (const [, text = ''] of data) JSON.parse(text);
  // One more holds the code.
  expect(report.match(/<script/gi)?.length).toBe(data.length + 1);
}
