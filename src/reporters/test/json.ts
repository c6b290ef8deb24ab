import type { AccessTestResult } from '../../analysis/access-tests/run-access-tests.js';
import { inputErrorsJson } from '../../text/input-errors-json.js';
import { jsonPieces } from '../../text/json-pieces.js';
import { noticeObject } from '../../text/notice-json.js';
import { reasonObject } from '../access/decision-json.js';
import type { Report } from '../reporter.js';
import { countsOf, type TestReport } from './test-report.js';

/** The report for scripts. */
export function testJson(report: TestReport): Report {
  return jsonPieces({
    version: 1,
    summary: countsOf(report),
    results: report.results.map(resultJson),
    notices: report.notices.map(noticeObject),
    errors: inputErrorsJson(report.inputErrors),
  });
}

function resultJson({ test, operation, status, decision, because }: AccessTestResult): object {
  return {
    name: test.name,
    ...test.place,
    principal: test.principal,
    operation: operation.name,
    plane: operation.plane,
    scope: test.scope.text,
    expected: test.expected,
    expectedBecause: test.because ?? null,
    decision,
    status,
    because: because.map(reasonObject),
  };
}
