import type { ActionSet } from '../../rbac/action-sets/action-set.js';
import { namesOf } from '../../rbac/action-sets/coverage.js';
import { assignmentCommand, definitionCommand, type Grantee } from '../../rbac/model/az-command.js';
import { isGuid } from '../../rbac/model/guid.js';
import { customRole } from '../../rbac/model/custom-role.js';
import type { Scope } from '../../rbac/model/scope.js';
import { unionOf, type PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { Remedy } from './check-report.js';
import type { RoleGrants } from './assigned-roles.js';

/** Whom a role is to be assigned to, and where. */
export interface Assignee extends Grantee {
  readonly scope: Scope;
}

/**
 * The role assignment that would give what one action set misses; for a role that is not assigned yet, its operations.
 * `grantsOf` knows the built-in roles that do no harm to what else the identity needs.
 */
export function remedyFor(
  set: ActionSet,
  missing: PermissionSet,
  assignee: Assignee | undefined,
  grantsOf: (role: string) => RoleGrants | undefined,
): Remedy {
  const remedy = { actionSet: set.id, operations: namesOf(missing) };
  if (assignee === undefined) return { ...remedy, role: null, roles: [], customRole: null, commands: [] };
  const { scope } = assignee;
  const roles = rolesFor(set, missing, name => grantsOf(name)?.held.definite ?? emptyOf(missing));
  if (roles !== undefined) {
    const commands = isOfCode(assignee) ? [] : roles.map(role => assignmentCommand(role, assignee, scope));
    return { ...remedy, role: roles.length === 1 ? roles[0]! : null, roles, customRole: null, commands };
  }
  const operations = { control: missing.operations('control'), data: missing.operations('data') };
  const named = { name: set.title, description: `What "${set.id}" requires.` };
  const custom = customRole(named, operations, scope);
  return {
    ...remedy,
    role: null,
    roles: [],
    customRole: custom,
    commands: isOfCode(assignee)
      ? []
      : [definitionCommand(custom), assignmentCommand(custom.Name, assignee, scope)],
  };
}

/** What code is yet to deploy no command can name: the assignment belongs into the code. */
function isOfCode({ objectId, scope }: Assignee): boolean {
  return (objectId !== null && !isGuid(objectId)) || scope.text.includes('${');
}

/** The first recommended role that grants all of it, or those roles of the first recommended combination that give some of it. */
function rolesFor(
  { recommended, recommendedTogether }: ActionSet,
  missing: PermissionSet,
  grantedBy: (role: string) => PermissionSet,
): readonly string[] | undefined {
  const alone = recommended.find(role => missing.isSubsetOf(grantedBy(role)));
  if (alone !== undefined) return [alone];
  return recommendedTogether
    .filter(roles => missing.isSubsetOf(unionOf(roles.map(grantedBy), emptyOf(missing))))
    .map(roles => roles.filter(role => missing.intersects(grantedBy(role))))[0];
}

function emptyOf(set: PermissionSet): PermissionSet {
  return set.subtract(set);
}
