import type { Plane } from '../../../src/rbac/model/role-definition.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { Tenant } from '../../../src/tenant/access/tenant.js';
import type { Collection } from '../../../src/tenant/snapshot/collections.js';
import { snapshotOf } from '../../../src/tenant/snapshot/snapshot-of.js';
import { shippedCatalog } from '../../shipped-catalog.js';

export type Row = Readonly<Record<string, unknown>>;
export type Rows = Readonly<Partial<Record<Collection, readonly Row[]>>>;

/** One management group, one subscription in it, and a resource group in that. */
export const corp = '/providers/Microsoft.Management/managementGroups/corp';
export const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
export const group = `${subscription}/resourceGroups/rg`;

export const roles = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  rbacAdministrator: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
} as const;

export const everyone = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };

/** An object id that is easy to read. */
export function id(number: number): string {
  return `a0000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
}

export const index = new OperationIndex(shippedCatalog);

/** A tenant of these rows; the management group and the subscription are there unless the rows have others. */
export function tenantOf(rows: Rows): Tenant {
  return tenantOfRows({
    managementGroups: [{ id: 'corp', parent: null }],
    subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'corp' }],
    ...rows,
  });
}

/** A tenant of these rows and no others. */
export function tenantOfRows({
  isComplete = true,
  ...rows
}: Rows & { readonly isComplete?: boolean }): Tenant {
  const snapshot = snapshotOf(rows, 'tenant.json');
  return new Tenant({ ...snapshot, isComplete: isComplete && snapshot.isComplete }, shippedCatalog, index);
}

let assignments = 0;

/** A role assignment as Azure's REST interface answers it. */
export function assign(role: string, principal: string, scope: string, properties: Row = {}): Row {
  const guid = `d0000000-0000-0000-0000-${String(++assignments).padStart(12, '0')}`;
  return {
    id: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${guid}`,
    name: guid,
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId: principal,
      scope,
      ...properties,
    },
  };
}

/** A deny assignment; `permissions` and all else as Azure's REST interface has it. */
export function deny(scope: string, properties: Row): Row {
  const guid = `e0000000-0000-0000-0000-${String(++assignments).padStart(12, '0')}`;
  return {
    id: `${scope}/providers/Microsoft.Authorization/denyAssignments/${guid}`,
    name: guid,
    properties: {
      denyAssignmentName: 'Lock',
      scope,
      permissions: [],
      principals: [],
      excludePrincipals: [],
      ...properties,
    },
  };
}

export function user(number: number, ...memberOf: readonly number[]): Row {
  return { id: id(number), type: 'User', displayName: `User ${number}`, memberOf: memberOf.map(id) };
}

export function groupOf(number: number, ...memberOf: readonly number[]): Row {
  return { id: id(number), type: 'Group', displayName: `Group ${number}`, memberOf: memberOf.map(id) };
}

export function question(principal: number, operation: string, scope: string, plane: Plane = 'control') {
  return { principal: id(principal), operation, plane, scope };
}
