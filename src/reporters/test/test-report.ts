import type { AccessTestResult } from '../../analysis/access-tests/run-access-tests.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { Notice, UserError } from '../../errors.js';
import { count } from '../lint/summary.js';

/** What a run of access tests has to report. */
export interface TestReport {
  /** The file of the tests, as shown to people. */
  readonly file: string;
  readonly results: readonly AccessTestResult[];
  readonly inputErrors: readonly UserError[];
  readonly notices: readonly Notice[];
  readonly tenant: Tenant;
}

/** How many operations of tests were decided, and how. */
export interface TestCounts {
  readonly tests: number;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
}

/** Counts results. */
export function countsOf({ results }: Pick<TestReport, 'results'>): TestCounts {
  const counted = (wanted: AccessTestResult['status']): number =>
    results.filter(({ status }) => status === wanted).length;
  return {
    tests: results.length,
    passed: counted('pass'),
    failed: counted('fail'),
    unknown: counted('unknown'),
  };
}

/** `3 tests: 1 passed, 1 failed, 1 unknown.` */
export function totalsLine(report: Pick<TestReport, 'results' | 'inputErrors'>): string {
  const { tests, passed, failed, unknown } = countsOf(report);
  const parts = [
    ...(passed > 0 ? [`${passed} passed`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ];
  const left = report.inputErrors.length;
  const inputErrors = left === 0 ? '' : ` ${count(left, 'mistake')} in the file.`;
  return `${count(tests, 'test')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.${inputErrors}`;
}

/** What is wrong with a result, as a sentence; undefined where it passes. */
export function faultOf({
  status,
  decision,
  test,
  isForAnotherReason,
}: AccessTestResult): string | undefined {
  if (status === 'pass') return undefined;
  if (isForAnotherReason)
    return `expected ${test.expected} because of "${test.because}", found it for another reason`;
  return `expected ${test.expected}, found ${decision}`;
}
