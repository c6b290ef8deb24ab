import { append } from '../../maps.js';
import type { Finding, LintResult } from '../../lint/engine/finding.js';
import { isAtLeast } from '../../lint/engine/rule.js';
import { findingLine } from './finding-line.js';
import { type JunitCase, junitXml } from '../../text/junit-xml.js';
import type { ReportOptions } from '../reporter.js';
import { summaryLine } from './summary.js';

/**
 * JUnit XML: a suite per file with findings, a test case per rule that fired in it. A case fails if one of its
 * findings is as severe as what fails the run. Without any finding there is one suite with one passed case,
 * because readers take an empty report for a broken one.
 */
export function reportJunit(
  result: LintResult,
  { failOn, command = 'azrbac lint' }: Pick<ReportOptions, 'failOn' | 'command'>,
): string {
  const suites = [...groupBy(result.findings, finding => finding.at.document.file)].map(
    ([file, findings]) => ({
      name: file,
      cases: [...groupBy(findings, finding => finding.rule.id).values()].map(ofRule =>
        testCase(ofRule, failOn),
      ),
    }),
  );
  if (suites.length === 0) suites.push({ name: command, cases: [passedRun(result, command)] });
  return junitXml(command, suites);
}

function testCase(findings: readonly Finding[], failOn: ReportOptions['failOn']): JunitCase {
  const [first] = findings;
  if (first === undefined) throw new Error('A test case needs a finding.');
  const failed = findings.some(({ severity }) => isAtLeast(severity, failOn));
  const body = [
    ...findings.map(finding => findingLine(finding)),
    `why: ${first.rule.why}`,
    `fix: ${first.rule.fix}`,
  ];
  const named = { className: first.at.document.file, name: first.rule.id, body };
  return failed
    ? { ...named, outcome: 'failure', type: first.severity, message: first.message }
    : { ...named, outcome: 'passed' };
}

function passedRun(result: LintResult, command: string): JunitCase {
  return { className: command, name: 'no findings', outcome: 'passed', body: [summaryLine(result)] };
}

function groupBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    append(groups, keyOf(value), value);
  }
  return groups;
}
