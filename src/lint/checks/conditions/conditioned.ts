import type { RoleSource } from '../../../tenant/access/role-source.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { RoleDefinition } from '../../../rbac/model/role-definition.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { EntryPermissions } from '../../../rbac/permissions/role-permissions.js';
import type { DenyAssignment } from '../../../tenant/snapshot/deny-assignment.js';
import type { CheckContext } from '../check-context.js';
import type { Evidence, Match, TenantSubject } from '../match.js';
import { assignmentMatch } from '../tenant/assignment-match.js';
import { type ConditionReading, readCondition } from './condition-reading.js';

/** A condition, what it stands on, and what it guards. */
export interface Conditioned {
  readonly on: 'assignment' | 'deny-assignment' | 'permission';
  readonly text: string;
  readonly version: string | undefined;
  readonly reading: ConditionReading;
  /** The permissions that it guards; empty where nobody knows the role. */
  readonly entries: readonly EntryPermissions[];
  /** The role that it guards, where it guards a whole one. */
  readonly assignment: RoleAssignment | undefined;
  readonly roles: RoleSource;
  /** A match about it. The message may name what it stands on as {place}. */
  match(evidence?: Evidence, variant?: string): Match;
}

/** All conditions of a run: those in role definitions, and those on the assignments of tenants. */
export function findConditions(context: CheckContext, tenants: readonly Tenant[]): readonly Conditioned[] {
  const inRoles = context.inventory.roleDefinitions.flatMap(role => inRole(role, context));
  if (tenants.length === 0) return inRoles;
  return [...inRoles, ...tenants.flatMap(tenant => [...onAssignments(tenant), ...onDenials(tenant)])];
}

function inRole(role: RoleDefinition, context: CheckContext): readonly Conditioned[] {
  if (role.permissions.every(({ condition }) => condition === undefined)) return none;
  const place = `a permission of the role "${roleName(role)}"`;
  const { roles } = context;
  return context.permissionsOf(role).entries.flatMap(entry => {
    const { condition, conditionVersion } = entry.permission;
    const text = condition?.value.trim() ?? '';
    if (condition === undefined || text === '') return [];
    return {
      on: 'permission',
      text,
      version: conditionVersion?.value,
      reading: readCondition(text, roles.conditions),
      entries: [entry],
      assignment: undefined,
      roles,
      match: (evidence, variant) => ({
        at: condition.at,
        role,
        ...(variant !== undefined && { variant }),
        evidence: { place, ...evidence },
      }),
    } satisfies Conditioned;
  });
}

const none: readonly Conditioned[] = [];

/** What an eligible assignment guards, its activation guards as well: that one is not looked at again. */
function onAssignments(tenant: Tenant): Conditioned[] {
  const found: Conditioned[] = [];
  const eligible = new Set<string>();
  for (const assignment of tenant.snapshot.eligibleAssignments) {
    if (assignment.condition === undefined) continue;
    eligible.add(keyOf(assignment, tenant));
    found.push(onAssignment(assignment, assignment.condition, tenant, 'eligible-assignment'));
  }
  for (const assignment of tenant.assignments) {
    if (assignment.condition === undefined) continue;
    if (eligible.size > 0 && eligible.has(keyOf(assignment, tenant))) continue;
    found.push(onAssignment(assignment, assignment.condition, tenant, 'role-assignment'));
  }
  return found;
}

function onAssignment(
  assignment: RoleAssignment,
  text: string,
  tenant: Tenant,
  kind: TenantSubject['kind'],
): Conditioned {
  return {
    on: 'assignment',
    text,
    version: assignment.conditionVersion,
    reading: readCondition(text, tenant.conditions),
    entries: tenant.role(assignment.roleGuid)?.entries ?? [],
    assignment,
    roles: tenant,
    match: (evidence, variant) => {
      const match = assignmentMatch(assignment, tenant, evidence, kind);
      const { roleName, principal, scope } = match.evidence;
      const noun = kind === 'eligible-assignment' ? 'the eligible assignment' : 'the assignment';
      const place = `${noun} of "${String(roleName)}" to ${String(principal)} at ${String(scope)}`;
      return {
        ...match,
        at: assignment.conditionAt ?? match.at,
        subject: { ...match.subject!, condition: text },
        ...(variant !== undefined && { variant }),
        evidence: { place, ...match.evidence },
      };
    },
  };
}

function keyOf(assignment: RoleAssignment, tenant: Tenant): string {
  const { principalId, roleGuid, condition } = assignment;
  return `${principalId} ${roleGuid} ${tenant.scopeOf(assignment).key} ${condition}`;
}

function onDenials(tenant: Tenant): Conditioned[] {
  return tenant.snapshot.denyAssignments.flatMap(deny =>
    deny.condition === undefined ? [] : onDenial(deny, deny.condition, tenant),
  );
}

function onDenial(deny: DenyAssignment, text: string, tenant: Tenant): Conditioned {
  const { id, at, name = id, scope } = deny;
  return {
    on: 'deny-assignment',
    text,
    version: undefined,
    reading: readCondition(text, tenant.conditions),
    entries: tenant.denied(deny).entries,
    assignment: undefined,
    roles: tenant,
    match: (evidence, variant) => ({
      at,
      role: undefined,
      subject: { kind: 'deny-assignment', id, name, condition: text },
      ...(variant !== undefined && { variant }),
      evidence: { place: `the deny assignment "${name}" at ${scope}`, scope, ...evidence },
    }),
  };
}
