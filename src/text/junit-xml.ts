import { escapeXml, shorten } from './escape.js';

/** A named list of cases, such as those of a file. */
export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

/** Nothing in it is escaped yet. */
export type JunitCase = JunitCaseBase &
  (
    | { readonly outcome: 'passed' }
    /** `error`: it could not be told whether it passes. */
    | { readonly outcome: 'failure' | 'error'; readonly type: string; readonly message: string }
  );

interface JunitCaseBase {
  readonly className: string;
  readonly name: string;
  /** Lines on what was found. */
  readonly body: readonly string[];
}

/** JUnit XML as CI systems read it. */
export function junitXml(name: string, suites: readonly JunitSuite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(name)}" ${totals(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>\n',
  ].join('\n');
}

function suiteLines({ name, cases }: JunitSuite): string[] {
  return [
    `  <testsuite name="${escapeXml(name)}" ${totals(cases)}>`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
  ];
}

function totals(cases: readonly JunitCase[]): string {
  const counted = (wanted: JunitCase['outcome']): number =>
    cases.filter(({ outcome }) => outcome === wanted).length;
  return `tests="${cases.length}" failures="${counted('failure')}" errors="${counted('error')}" skipped="0"`;
}

function caseLines(each: JunitCase): string[] {
  const body = each.body.map(escapeXml).join('\n');
  const content =
    each.outcome === 'passed'
      ? `<system-out>${body}</system-out>`
      : `<${each.outcome} type="${escapeXml(each.type)}" message="${escapeXml(shorten(each.message))}">${body}</${each.outcome}>`;
  return [
    `    <testcase classname="${escapeXml(each.className)}" name="${escapeXml(each.name)}">`,
    `      ${content}`,
    '    </testcase>',
  ];
}
