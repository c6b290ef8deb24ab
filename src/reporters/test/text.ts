import type { AccessTestResult } from '../../analysis/access-tests/run-access-tests.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { shownPrincipal, reasonLines } from '../access/decision-text.js';
import { type Extent, untrusted } from '../access/grant-lines.js';
import { faultOf, type TestReport, totalsLine } from './test-report.js';

/** For people: what did not come out as expected, and why; then the counts. */
export function testText(report: TestReport, extent: Extent): string {
  const shown =
    extent === 'everything' ? report.results : report.results.filter(({ status }) => status !== 'pass');
  const blocks = shown.map(result => `${resultLines(result, report.tenant).join('\n')}\n`);
  return [...blocks, `${totalsLine(report)}\n`].join('\n');
}

function resultLines(result: AccessTestResult, tenant: Tenant): string[] {
  const { status, test, operation } = result;
  const fault = faultOf(result);
  const { file, line, column } = test.place;
  return [
    `${status.padEnd(7)}  "${untrusted(test.name)}": ${shownPrincipal(test.principal.id, tenant)}`,
    `${indent}${untrusted(operation.name)} (${operation.plane} plane) at ${untrusted(test.scope.text)}`,
    ...(fault === undefined ? [] : [`${indent}${untrusted(fault)} (${untrusted(file)}:${line}:${column})`]),
    ...reasonLines(result, tenant).map(text => `${indent}  ${text.replaceAll('\n', `\n${indent}  `)}`),
  ];
}

const indent = '         ';
