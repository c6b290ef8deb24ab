import type { ActionSet } from '../action-sets/action-set.js';
import { namesOf } from '../action-sets/coverage.js';
import type { Scope } from '../model/scope.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import type { CustomRole, Remedy } from './check-report.js';
import type { RoleGrants } from './holdings.js';

/** Whom a role is to be assigned to, and where. */
export interface Assignee {
  readonly principal: string;
  /** As Azure says it: `ServicePrincipal`, … */
  readonly principalType: string;
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
  const role = set.roles.find(name => missing.isSubsetOf(grantsOf(name)?.held.certain ?? emptyOf(missing)));
  if (role !== undefined)
    return { ...remedy, role, customRole: null, commands: [assignmentCommand(assignee, role)] };
  const customRole = customRoleFor(set, missing, assignee.scope);
  const definition = `az role definition create --role-definition ${quoted(JSON.stringify(customRole))}`;
  return {
    ...remedy,
    role: null,
    customRole,
    commands: [definition, assignmentCommand(assignee, customRole.Name)],
  };
}

/** https://learn.microsoft.com/cli/azure/role/assignment#az-role-assignment-create */
function assignmentCommand({ principal, principalType, scope }: Assignee, role: string): string {
  const who = `--assignee-object-id ${principal} --assignee-principal-type ${principalType}`;
  return `az role assignment create ${who} --role ${quoted(role)} --scope ${quoted(scope.text)}`;
}

function customRoleFor(set: ActionSet, missing: PermissionSet, scope: Scope): CustomRole {
  return {
    Name: set.title,
    IsCustom: true,
    Description: `What "${set.id}" requires.`,
    Actions: missing.operations('control'),
    NotActions: [],
    DataActions: missing.operations('data'),
    NotDataActions: [],
    AssignableScopes: [assignableScope(scope)],
  };
}

/** Roles are made available per resource group or wider, never for a single resource. */
function assignableScope({ text }: Scope): string {
  const parts = text.split('/');
  return parts[3]?.toLowerCase() === 'resourcegroups'
    ? parts.slice(0, 5).join('/')
    : parts.slice(0, 3).join('/') || text;
}

function emptyOf(set: PermissionSet): PermissionSet {
  return set.subtract(set);
}

/** For a POSIX shell. What people paste must not run what a stranger wrote into a name. */
function quoted(text: string): string {
  return /^[\w /.:@+(),-]+$/.test(text) ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
