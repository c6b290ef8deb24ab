import type { Finding, LintResult } from '../lint/finding.js';
import { severities } from '../lint/rule.js';
import { escapeXml, shorten } from './escape.js';
import { findingLine } from './finding-line.js';
import type { ReportOptions } from './reporter.js';
import { summaryLine } from './summary.js';

/**
 * JUnit XML: a suite per file with findings, a test case per rule that fired in it. A case fails if one of its
 * findings is as severe as what fails the run. Without any finding there is one suite with one passed case,
 * because readers take an empty report for a broken one.
 */
export function reportJunit(result: LintResult, { failOn }: Pick<ReportOptions, 'failOn'>): string {
  const suites = [...groupBy(result.findings, finding => finding.at.document.file)].map(([file, findings]) =>
    suite(
      file,
      [...groupBy(findings, finding => finding.rule.id).values()].map(ofRule => testCase(ofRule, failOn)),
    ),
  );
  if (suites.length === 0) suites.push(suite('azrbac lint', [passedRun(result)]));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="azrbac lint" ${totals(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>\n',
  ].join('\n');
}

interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

interface TestCase {
  readonly failed: boolean;
  readonly lines: readonly string[];
}

function suite(name: string, cases: readonly TestCase[]): Suite {
  return { name, cases };
}

function suiteLines({ name, cases }: Suite): string[] {
  return [
    `  <testsuite name="${escapeXml(name)}" ${totals(cases)}>`,
    ...cases.flatMap(({ lines }) => lines),
    '  </testsuite>',
  ];
}

function totals(cases: readonly TestCase[]): string {
  return `tests="${cases.length}" failures="${cases.filter(({ failed }) => failed).length}" errors="0" skipped="0"`;
}

function testCase(findings: readonly Finding[], failOn: ReportOptions['failOn']): TestCase {
  const [first] = findings;
  if (first === undefined) throw new Error('A test case needs a finding.');
  const failed = findings.some(finding => fails(finding, failOn));
  const text = [
    ...findings.map(finding => findingLine(finding)),
    `why: ${first.rule.why}`,
    `fix: ${first.rule.fix}`,
  ];
  const body = text.map(escapeXml).join('\n');
  const name = `classname="${escapeXml(first.at.document.file)}" name="${escapeXml(first.rule.id)}"`;
  const content = failed
    ? `<failure type="${first.severity}" message="${escapeXml(shorten(first.message))}">${body}</failure>`
    : `<system-out>${body}</system-out>`;
  return { failed, lines: [`    <testcase ${name}>`, `      ${content}`, '    </testcase>'] };
}

function fails(finding: Finding, failOn: ReportOptions['failOn']): boolean {
  return failOn !== 'never' && severities.indexOf(finding.severity) <= severities.indexOf(failOn);
}

function passedRun(result: LintResult): TestCase {
  const lines = [
    '    <testcase classname="azrbac lint" name="no findings">',
    `      <system-out>${escapeXml(summaryLine(result))}</system-out>`,
    '    </testcase>',
  ];
  return { failed: false, lines };
}

function groupBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
