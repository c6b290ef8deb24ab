import type { ActionSet } from '../../rbac/action-sets/action-set.js';
import { customRole, type CustomRole } from '../../rbac/model/custom-role.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import { shortSha256 } from '../../sha256.js';

/**
 * The custom role that grants what a set misses at a scope. Azure takes the name of a custom role once in a tenant, so the name
 * says what the role grants and where it can be assigned: roles that differ have names that differ, and those that do not share one.
 */
export function proposedRole(set: ActionSet, missing: PermissionSet, scope: Scope): CustomRole {
  const named = { name: set.title, description: `What "${set.id}" requires.` };
  const operations = { control: missing.operations('control'), data: missing.operations('data') };
  const role = customRole(named, operations, [scope]);
  return { ...role, Name: `${set.title} (${markOf(role)})` };
}

function markOf({ Actions, DataActions, AssignableScopes: [scope = ''] }: CustomRole): string {
  const hash = shortSha256(JSON.stringify([Actions, DataActions, scope.toLowerCase()])).slice(0, 6);
  const place = scope.slice(scope.lastIndexOf('/') + 1);
  return /^[\w.-]+$/.test(place) ? `${place} ${hash}` : hash;
}
