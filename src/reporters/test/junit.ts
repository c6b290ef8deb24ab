import type { AccessTestResult } from '../../analysis/access-tests/run-access-tests.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { UserError } from '../../errors.js';
import { type JunitCase, junitXml } from '../../text/junit-xml.js';
import { shownPrincipal, reasonLines } from '../access/decision-text.js';
import { faultOf, type TestReport } from './test-report.js';

/** JUnit XML: a case per operation of a test. What could not be decided, and what is wrong in the file, is an error. */
export function testJunit({ file, results, inputErrors, tenant }: TestReport): string {
  const cases = [
    ...results.map(result => resultCase(result, tenant)),
    ...inputErrors.map(inputError => inputErrorCase(inputError, file)),
  ];
  return junitXml('azrbac test', [{ name: file, cases }]);
}

function resultCase(result: AccessTestResult, tenant: Tenant): JunitCase {
  const { test, operation, status } = result;
  const message = faultOf(result);
  const named = {
    className: test.place.file,
    name: test.operations.length === 1 ? test.name : `${test.name}: ${operation.name}`,
    body: [
      `${shownPrincipal(test.principal.id, tenant)}: ${operation.name} (${operation.plane} plane) at ${test.scope.text}`,
      ...(message === undefined ? [] : [`${message} (line ${test.place.line})`]),
      ...reasonLines(result, tenant).flatMap(text => text.split('\n')),
    ],
  };
  if (message === undefined) return { ...named, outcome: 'passed' };
  return { ...named, outcome: status === 'fail' ? 'failure' : 'error', type: result.decision, message };
}

function inputErrorCase({ message, hint, place }: UserError, file: string): JunitCase {
  const name = place === undefined ? 'the file' : `line ${place.line}, column ${place.column}`;
  const body = [message, ...(hint === undefined ? [] : [hint])];
  return {
    className: file,
    name,
    outcome: 'error',
    type: 'mistake',
    message: place?.sentence ?? message,
    body,
  };
}
