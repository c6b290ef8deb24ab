import { principalTypeOf } from '../../tenant/access/principal-type.js';
import { conditionTexts, displayNameOf, roleNameOf } from '../../analysis/effective-access/access-names.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { HeldRole } from '../../tenant/access/held-access.js';
import type { Notice } from '../../errors.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import { noticeObject } from '../../text/notice-json.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { AccessDescription, EligibleRole } from '../../analysis/effective-access/access-description.js';
import type { ScopeAccess } from '../../analysis/effective-access/scope-access.js';

/** Whether lists of operations are written, or only how long they are. */
export type ListExtent = 'lists' | 'counts';

/** The report for scripts. Lists are made when they are written: there may be many scopes. */
export function accessJson(
  { principal, groups, scopes, eligible }: AccessDescription,
  notices: readonly Notice[],
  tenant: Tenant,
  extent: ListExtent,
): object {
  return {
    version: 1,
    principal: {
      id: principal,
      type: principalTypeOf(principal, tenant),
      displayName: displayNameOf(principal, tenant),
    },
    groups: groups.map(({ id, via }) => ({ id, displayName: displayNameOf(id, tenant), via })),
    scopes: scopes.map(access => scopeJson(access, tenant, extent)),
    eligible: eligible.map(role => eligibleJson(role, tenant)),
    notices: notices.map(noticeObject),
  };
}

function scopeJson(access: ScopeAccess, tenant: Tenant, extent: ListExtent): object {
  const { scope, definite, conditional, denied, denials, unknownReach } = access;
  return {
    scope: scope.text,
    get roles() {
      return access.roles.map(role => roleJson(role, tenant));
    },
    get can() {
      return access.can.map(
        ({ operations, conditional: isConditional, conditionalPhrase: _, ...phrase }) => ({
          ...phrase,
          conditional: isConditional === true,
          count: operations.length,
          ...(extent === 'lists' && { operations }),
        }),
      );
    },
    get control() {
      return planeJson(definite, 'control', extent);
    },
    get data() {
      return planeJson(definite, 'data', extent);
    },
    get unknownPlane() {
      return {
        control: listJson(definite.unknownPlaneOperations('control'), extent),
        data: listJson(definite.unknownPlaneOperations('data'), extent),
      };
    },
    get conditional() {
      return planesJson(conditional, extent);
    },
    get denied() {
      const denyAssignments = denials.map(({ id, name, scope: place, condition }) => ({
        id,
        name: name ?? null,
        scope: place,
        condition: condition ?? null,
      }));
      return { ...planesJson(denied, extent), denyAssignments };
    },
    get unknownReach() {
      return planesJson(unknownReach, extent);
    },
    get providers() {
      return access.providers;
    },
    get sensitive() {
      return access.sensitive.map(({ through, isLiteral, isConditional, ...sensitive }) => ({
        ...sensitive,
        literal: isLiteral,
        conditional: isConditional,
        role: roleNameOf(through.assignment, tenant),
        assignment: through.assignment.id,
      }));
    },
    get unread() {
      return access.unread.map(({ id, scope: place, roleGuid }) => ({ id, scope: place, roleId: roleGuid }));
    },
  };
}

function roleJson({ assignment, via, role }: HeldRole, tenant: Tenant): object {
  const { id, scope, roleGuid, condition } = assignment;
  return {
    id,
    scope,
    role: roleNameOf(assignment, tenant),
    roleId: roleGuid,
    via,
    condition: condition ?? null,
    roleConditions: conditionTexts(role),
  };
}

function eligibleJson({ assignment, via }: EligibleRole, tenant: Tenant): object {
  const { id, scope, roleGuid, condition, startsOn, endsOn } = assignment;
  return {
    id,
    scope,
    role: roleNameOf(assignment, tenant),
    roleId: roleGuid,
    via,
    condition: condition ?? null,
    startsOn: startsOn ?? null,
    endsOn: endsOn ?? null,
  };
}

function planesJson(set: PermissionSet, extent: ListExtent) {
  return { control: planeJson(set, 'control', extent), data: planeJson(set, 'data', extent) };
}

function planeJson(set: PermissionSet, plane: Plane, extent: ListExtent) {
  return extent === 'counts' ? { count: set.count(plane) } : listJson(set.operations(plane), extent);
}

function listJson(operations: readonly string[], extent: ListExtent) {
  return { count: operations.length, ...(extent === 'lists' && { operations }) };
}
