import type { ActionSet } from '../../rbac/action-sets/action-set.js';
import { namesOf } from '../../rbac/action-sets/coverage.js';
import { assignmentCommand, definitionCommand, type Grantee } from '../../rbac/model/az-command.js';
import { customRole } from '../../rbac/model/custom-role.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { Remedy } from './check-report.js';
import type { RoleGrants } from './holdings.js';

/** Whom a role is to be assigned to, and where. */
export interface Assignee extends Grantee {
  readonly scope: Scope;
}

/**
 * The role assignment that would give what one action set misses; for a role that is not assigned yet, its operations.
 * `grantsOf` knows the built-in roles that may be recommended.
 */
export function remedyFor(
  set: ActionSet,
  missing: PermissionSet,
  assignee: Assignee | undefined,
  grantsOf: (role: string) => RoleGrants | undefined,
): Remedy {
  const remedy = { actionSet: set.id, operations: namesOf(missing) };
  if (assignee === undefined) return { ...remedy, role: null, customRole: null, commands: [] };
  const { scope } = assignee;
  const role = set.roles.find(name => missing.isSubsetOf(grantsOf(name)?.held.certain ?? emptyOf(missing)));
  if (role !== undefined)
    return { ...remedy, role, customRole: null, commands: [assignmentCommand(role, assignee, scope)] };
  const operations = { control: missing.operations('control'), data: missing.operations('data') };
  const named = { name: set.title, description: `What "${set.id}" requires.` };
  const custom = customRole(named, operations, scope);
  return {
    ...remedy,
    role: null,
    customRole: custom,
    commands: [definitionCommand(custom), assignmentCommand(custom.Name, assignee, scope)],
  };
}

function emptyOf(set: PermissionSet): PermissionSet {
  return set.subtract(set);
}
