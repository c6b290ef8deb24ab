import { AccessQuestion } from '../../tenant/access/access-question.js';
import { Decider } from '../../tenant/access/decide.js';
import type { Decision, Reason } from '../../tenant/access/decision.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { isKnownPrincipal } from '../../tenant/access/known-principal.js';
import type { AccessTest, TestedOperation } from './access-test.js';

/** What became of one operation of a test. */
export interface AccessTestResult extends Decision {
  readonly test: AccessTest;
  readonly operation: TestedOperation;
  /** `unknown`: what was needed to decide could not be read. */
  readonly status: 'pass' | 'fail' | 'unknown';
  /** Decided as expected, and not for the reason that was. */
  readonly isForAnotherReason: boolean;
}

/** Decides every operation of every test, in the order of the file. */
export function runAccessTests(tests: readonly AccessTest[], tenant: Tenant): AccessTestResult[] {
  const deciders = new Deciders(tenant);
  return tests.flatMap(test =>
    test.operations.map(operation => {
      const decision = deciders.of(operation, test).decide(test.principal.id);
      return { ...decision, test, operation, ...compare(decision, test, tenant) };
    }),
  );
}

/** Tests ask the same of many principals: what grants an operation at a scope is worked out once. */
class Deciders {
  private readonly known = new Map<string, Decider>();

  constructor(private readonly tenant: Tenant) {}

  of({ name, plane }: TestedOperation, { scope, attributes }: AccessTest): Decider {
    const key = JSON.stringify([name.toLowerCase(), plane, scope.key, [...attributes]]);
    let decider = this.known.get(key);
    if (decider === undefined) {
      if (this.known.size >= maxKept) this.known.clear();
      const question = new AccessQuestion(this.tenant, { operation: name, plane, scope, attributes });
      this.known.set(key, (decider = new Decider(this.tenant, question)));
    }
    return decider;
  }
}

/** Each keeps what it found of each principal. */
const maxKept = 1_000;

function compare(
  { decision, because }: Decision,
  test: AccessTest,
  tenant: Tenant,
): Pick<AccessTestResult, 'status' | 'isForAnotherReason'> {
  if (decision === 'unknown' || (decision === 'not-granted' && !isKnownPrincipal(test.principal.id, tenant)))
    return { status: 'unknown', isForAnotherReason: false };
  if (decision !== test.expected) return { status: 'fail', isForAnotherReason: false };
  const { because: wanted } = test;
  const isForAnotherReason = wanted !== undefined && !because.some(reason => isNamed(reason, wanted));
  return { status: isForAnotherReason ? 'fail' : 'pass', isForAnotherReason };
}

/** Whether it is meant by the name of the role or deny assignment, or by the id of the assignment, which may be its last part alone. */
function isNamed({ role, id }: Reason, wanted: string): boolean {
  const key = wanted.toLowerCase();
  return role?.trim().toLowerCase() === key || id === key || id.endsWith(`/${key.replace(/^\//, '')}`);
}
