import type { SourceRef } from '../../input/source-document.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Scope } from '../../rbac/model/scope.js';

/**
 * Takes operations away from principals, whatever their roles grant
 * (https://learn.microsoft.com/azure/role-based-access-control/deny-assignments). Ids are in lower case.
 */
export interface DenyAssignment {
  readonly id: string;
  /** What people call it; undefined where it has no name. */
  readonly name: string | undefined;
  /** As written. */
  readonly scope: string;
  /** What that says. */
  readonly place: Scope;
  readonly appliesToChildScopes: boolean;
  /** One that only audits is logged, and stops nobody. */
  readonly effect: 'enforced' | 'audit';
  /** Ids; {@link everyone} stands for all principals. */
  readonly principals: ReadonlySet<string>;
  readonly excludedPrincipals: ReadonlySet<string>;
  /** Principals of both that the assignment itself says are users or service principals: nobody is a member of them. */
  readonly individuals: ReadonlySet<string>;
  /** What it takes away, as if a role granted it; what its NotActions name, it leaves. */
  readonly denied: RoleDefinition;
  /** A condition (ABAC) guards the whole of it. */
  readonly condition: string | undefined;
  readonly at: SourceRef;
}

/** The id of "all principals" in a deny assignment. */
export const everyone = '00000000-0000-0000-0000-000000000000';
