import type { Scope } from '../../rbac/model/scope.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';

/** What identities are expected to hold, so that it is no excess. */
export interface NeededAccess {
  /** Whether anything is said of that principal, an id in lower case. */
  knows(principal: string): boolean;
  /** What it needs at the scope or around it; the same object for the same needs. */
  at(principal: string, scope: Scope): PermissionSet | undefined;
}
