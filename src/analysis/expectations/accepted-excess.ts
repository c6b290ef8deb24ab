import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { unionOf, type PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { AcceptedOperations } from './check-report.js';
import type { AcceptedExcess } from './expectations.js';
import type { AssignedRole } from './assigned-roles.js';

/** An entry, and what it accepts at one place. */
export interface AcceptedThere {
  readonly entry: AcceptedExcess;
  /** The role that the entry names. */
  readonly role: RoleDefinition | undefined;
  readonly operations: PermissionSet;
}

/**
 * What the entries accept at a place, by which of them. An entry may name a role that is assigned elsewhere, or nowhere, and
 * that grants what is held here: it is told of that only where no other entry accepts it.
 */
export function acceptedAt(
  entries: readonly AcceptedThere[],
  assignedRoles: readonly AssignedRole[],
  forbidden: PermissionSet,
): AcceptedOperations[] {
  const here = entries.filter(entry => isOfHere(entry, assignedRoles));
  return entries.map(entry => {
    const { operations } = entry;
    if (here.includes(entry)) return acceptedBy(entry, operations, forbidden);
    const others = unionOf(
      here.map(other => other.operations),
      operations.subtract(operations),
    );
    return acceptedBy(entry, operations.subtract(others), forbidden);
  });
}

/** Patterns speak of whatever is held. */
function isOfHere({ entry, role }: AcceptedThere, assignedRoles: readonly AssignedRole[]): boolean {
  if (entry.role === undefined) return true;
  return role !== undefined && assignedRoles.some(assignedRole => isSameRole(assignedRole.role, role));
}

/** The file of a role need not hold the id that it has once it is deployed. */
function isSameRole(a: RoleDefinition, b: RoleDefinition): boolean {
  if (a.guid !== undefined && b.guid !== undefined) return a.guid.toLowerCase() === b.guid.toLowerCase();
  const [name, other] = [a, b].map(role => role.name?.value.trim().toLowerCase());
  return name !== undefined && name === other;
}

function acceptedBy(
  { entry: { role, operations, reason } }: AcceptedThere,
  accepted: PermissionSet,
  forbidden: PermissionSet,
): AcceptedOperations {
  return {
    role: role?.value ?? null,
    patterns: operations.map(({ value }) => value),
    reason,
    operations: accepted.count('control') + accepted.count('data'),
    forbidden: accepted.intersect(forbidden).operationsOnAnyPlane(),
  };
}
