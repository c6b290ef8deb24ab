import type { Tenant } from '../../tenant/access/tenant.js';
import type { KindTable } from '../../analysis/exposure/kind-table.js';
import type { RuleSet } from '../../lint/engine/rules.js';
import { sensitiveOperations } from '../../lint/engine/sensitive-operations.js';
import type { ActionList, Permission } from '../../rbac/model/role-definition.js';
import { roleName } from '../../rbac/model/role-name.js';
import type { PermissionData, RoleData } from './report-data.js';

export interface RoleSurroundings {
  readonly tenant: Tenant;
  readonly ruleSet: Pick<RuleSet, 'rules' | 'groups'>;
  readonly kinds: KindTable;
}

/** What there is to say of each role that the report names, by GUID. */
export function rolesData(guids: readonly string[], surroundings: RoleSurroundings): RoleData[] {
  const held = holdersByRole(guids, surroundings.tenant);
  return guids.map(guid => roleData(guid, held.get(guid)!, surroundings));
}

interface Held {
  assignments: number;
  readonly principals: Set<string>;
}

function holdersByRole(guids: readonly string[], { assignments }: Tenant): ReadonlyMap<string, Held> {
  const held = new Map(
    guids.map((guid): [string, Held] => [guid, { assignments: 0, principals: new Set() }]),
  );
  for (const { roleGuid, principalId } of assignments) {
    const known = held.get(roleGuid);
    if (known === undefined) continue;
    known.assignments++;
    known.principals.add(principalId);
  }
  return held;
}

function roleData(guid: string, held: Held, { tenant, ruleSet, kinds }: RoleSurroundings): RoleData {
  const role = tenant.role(guid);
  const counts = { assignments: held.assignments, principals: held.principals.size };
  if (role === undefined) return { ...unknownRole, guid, name: guid, ...counts };
  const sensitive = sensitiveOperations(role, ruleSet, tenant);
  const bits = kinds.kindsIn(role.set);
  return {
    guid,
    name: roleName(role.role),
    description: role.role.description?.value ?? null,
    isCustom: role.role.roleType === 'CustomRole',
    isKnown: true,
    control: role.set.count('control'),
    data: role.set.count('data'),
    ...counts,
    kinds: kinds.kinds.flatMap((_, kind) => ((bits >> kind) & 1 ? [kind] : [])),
    permissions: role.role.permissions.map(permissionData),
    assignableScopes: role.role.assignableScopes.slice(0, maxStrings).map(({ value }) => value),
    ...(role.role.assignableScopes.length > maxStrings && {
      moreScopes: role.role.assignableScopes.length - maxStrings,
    }),
    sensitive: sensitive
      .slice(0, maxSensitive)
      .map(({ operation, plane, severity, reason, pattern, isConditional }) => ({
        ...{ operation, plane, severity, reason, pattern, isConditional },
      })),
    sensitiveCount: sensitive.length,
  };
}

const unknownRole = {
  description: null,
  isCustom: false,
  isKnown: false,
  control: 0,
  data: 0,
  kinds: [],
  permissions: [],
  assignableScopes: [],
  sensitive: [],
  sensitiveCount: 0,
} as const;

const maxStrings = 100;
const maxSensitive = 100;

function permissionData(permission: Permission): PermissionData {
  const listed = (list: ActionList): string[] =>
    permission[list].slice(0, maxStrings).map(({ text }) => text.trim());
  const left = (['actions', 'notActions', 'dataActions', 'notDataActions'] as const).reduce(
    (sum, list) => sum + Math.max(0, permission[list].length - maxStrings),
    0,
  );
  return {
    actions: listed('actions'),
    notActions: listed('notActions'),
    dataActions: listed('dataActions'),
    notDataActions: listed('notDataActions'),
    condition: permission.condition?.value ?? null,
    left,
  };
}
