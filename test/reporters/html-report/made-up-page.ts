import { htmlPage } from '../../../src/reporters/html-report/html-report.js';
import type { ReportData } from '../../../src/reporters/html-report/report-data.js';
// @ts-expect-error -- a script of the benchmarks, without types
import { reportData } from '../../bench/report-data.mjs';

/** A page of as many findings as that, three to a cause unless told. */
export function madeUpPage(findings: number, sizes: { identities?: number; causes?: number } = {}): string {
  return [...htmlPage(reportData(findings, sizes) as ReportData)].join('');
}
