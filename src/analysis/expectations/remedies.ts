import type { ActionSet } from '../../rbac/action-sets/action-set.js';
import { namesOf } from '../../rbac/action-sets/coverage.js';
import { assignmentCommand, definitionCommand, type Grantee } from '../../rbac/model/az-command.js';
import { isGuid } from '../../rbac/model/guid.js';
import type { Scope } from '../../rbac/model/scope.js';
import { unionOf, type PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { Remedy } from './check-report.js';
import type { RoleGrants } from './assigned-roles.js';
import { proposedRole } from './proposed-role.js';

/** Whom a role is to be assigned to, and where. */
export interface Assignee extends Grantee {
  readonly scope: Scope;
}

/** What the roles grant that a remedy may be, by name. */
export interface RemedyRoles {
  /** A built-in role that does no harm to what else the identity needs. */
  readonly builtIn: (role: string) => RoleGrants | undefined;
  /** A custom role of the tenant. */
  readonly custom: (role: string) => RoleGrants | undefined;
}

/** The role assignment that would give what one action set misses; for a role that is not assigned yet, its operations. */
export function remedyFor(
  set: ActionSet,
  missing: PermissionSet,
  assignee: Assignee | undefined,
  known: RemedyRoles,
): Remedy {
  const remedy = { actionSet: set.id, operations: namesOf(missing) };
  if (assignee === undefined) return { ...remedy, role: null, roles: [], customRole: null, commands: [] };
  const { scope } = assignee;
  const assign = (role: string): string[] =>
    isOfCode(assignee) ? [] : [assignmentCommand(role, assignee, scope)];
  const grantedBy = (grants: RoleGrants | undefined): PermissionSet =>
    grants?.held.definite ?? emptyOf(missing);
  const roles = rolesFor(set, missing, name => grantedBy(known.builtIn(name)));
  if (roles !== undefined) {
    const role = roles.length === 1 ? roles[0]! : null;
    return { ...remedy, role, roles, customRole: null, commands: roles.flatMap(assign) };
  }
  const custom = proposedRole(set, missing, scope);
  const { Name: name } = custom;
  // Somebody may have run the first of the commands already.
  if (missing.isSubsetOf(grantedBy(known.custom(name))))
    return { ...remedy, role: name, roles: [name], customRole: null, commands: assign(name) };
  const commands = isOfCode(assignee) ? [] : [definitionCommand(custom), ...assign(name)];
  return { ...remedy, role: null, roles: [], customRole: custom, commands };
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
