import type { KnownAttributes } from '../../tenant/access/condition-truth.js';
import type { Verdict } from '../../tenant/access/decision.js';
import type { ErrorPlace } from '../../errors.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import type { Scope } from '../../rbac/model/scope.js';

/** What somebody expects of access: the file that `azrbac test` is given says it. */
export interface AccessTest {
  /** As the file has it, else made of its number. */
  readonly name: string;
  readonly place: Pick<ErrorPlace, 'file' | 'line' | 'column'>;
  readonly principal: TestedPrincipal;
  /** Each is decided by itself. */
  readonly operations: readonly TestedOperation[];
  readonly scope: Scope;
  readonly expected: ExpectedDecision;
  /** What conditions may take as known. */
  readonly attributes: KnownAttributes;
  /** A role, deny assignment or assignment that must be among the reasons. */
  readonly because: string | undefined;
}

export const expectedDecisions = [
  'allowed',
  'conditional',
  'denied',
  'not-granted',
] as const satisfies Verdict[];

export type ExpectedDecision = (typeof expectedDecisions)[number];

export interface TestedPrincipal {
  /** Object id, in lower case. */
  readonly id: string;
  /** What the file calls it; null where it has the id itself. */
  readonly name: string | null;
}

export interface TestedOperation {
  readonly name: string;
  readonly plane: Plane;
}
