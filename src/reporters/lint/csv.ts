import type { Finding, LintResult } from '../../lint/engine/finding.js';
import { shorten, visible } from '../../text/escape.js';
import { spanOf } from '../../text/source-span.js';
import { helpUriOf } from '../rule-page.js';

/** A column of the report, and what stands in it for a finding. */
export interface CsvColumn {
  readonly name: string;
  valueOf(finding: Finding): string | number | null | undefined;
}

/**
 * A row per finding, for a spreadsheet: RFC 4180, UTF-8 without a mark at its start. The columns are an interface: more may
 * come behind them, none changes its name or its place.
 */
export function reportCsv(result: LintResult): Iterable<string> {
  return csvPieces(result.findings, csvColumns);
}

/** The rows of these findings with a line of names above them. */
export function* csvPieces(findings: readonly Finding[], columns: readonly CsvColumn[]): Generator<string> {
  yield row(columns.map(({ name }) => name));
  for (const finding of findings) yield row(columns.map(column => column.valueOf(finding)));
}

export const csvColumns: readonly CsvColumn[] = [
  { name: 'severity', valueOf: ({ severity }) => severity },
  { name: 'ruleId', valueOf: ({ rule }) => rule.id },
  { name: 'message', valueOf: ({ message }) => message },
  { name: 'file', valueOf: ({ at }) => at.document.file },
  { name: 'line', valueOf: ({ at }) => spanOf(at)?.line },
  { name: 'column', valueOf: ({ at }) => spanOf(at)?.column },
  { name: 'pointer', valueOf: ({ at }) => at.pointer },
  { name: 'subjectKind', valueOf: ({ subject }) => subject?.kind },
  { name: 'subjectName', valueOf: ({ subject }) => subject?.name },
  { name: 'subjectId', valueOf: ({ subject }) => subject?.id },
  { name: 'roleName', valueOf: finding => evidenceText(finding, 'roleName') },
  { name: 'principalId', valueOf: finding => evidenceText(finding, 'principalId') },
  { name: 'scope', valueOf: finding => evidenceText(finding, 'scope') },
  { name: 'fingerprint', valueOf: ({ fingerprint }) => fingerprint },
  { name: 'helpUri', valueOf: ({ rule }) => helpUriOf(rule) },
];

function evidenceText({ evidence }: Finding, name: string): string | undefined {
  const value = evidence[name];
  return typeof value === 'string' ? value : undefined;
}

function row(values: readonly (string | number | null | undefined)[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = inert(visible(shorten(value ?? '', longestCell)));
  // A semicolon is what spreadsheets of many countries take for a comma; blanks at the ends are trimmed by some.
  return /[",;]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A spreadsheet computes what begins like a formula, wherever the text came from
 * (https://owasp.org/www-community/attacks/CSV_Injection). Tabs and line breaks are visible by now and begin nothing; blanks
 * before it, and the wide forms of the signs, are known to some.
 */
function inert(text: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(text) ? `'${text}` : text;
}

/** Excel takes 32,767 characters. */
const longestCell = 30_000;
