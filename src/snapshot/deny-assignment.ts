import type { RoleDefinition } from '../model/role-definition.js';

/**
 * Takes operations away from principals, whatever their roles grant
 * (https://learn.microsoft.com/azure/role-based-access-control/deny-assignments). Ids are in lower case.
 */
export interface DenyAssignment {
  readonly id: string;
  /** As written. */
  readonly scope: string;
  readonly appliesToChildScopes: boolean;
  /** Ids; {@link everyone} stands for all principals. */
  readonly principals: ReadonlySet<string>;
  readonly excludedPrincipals: ReadonlySet<string>;
  /** What it takes away, as if a role granted it; what its NotActions name, it leaves. */
  readonly denied: RoleDefinition;
}

/** The id of "all principals" in a deny assignment. */
export const everyone = '00000000-0000-0000-0000-000000000000';
