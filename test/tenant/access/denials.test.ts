import { expect, test } from 'vitest';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { emptySet } from '../../../src/rbac/permissions/role-permissions.js';
import { AccessEvaluator } from '../../../src/tenant/access/held-access.js';
import { Denials } from '../../../src/tenant/access/denials.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { assign, deny, everyone, group, id, index, roles, tenantOf, user } from './tenant-rows.js';

const blobRead = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const start = 'Microsoft.Compute/virtualMachines/start/action';

function denialOf(permissions: readonly object[]) {
  const tenant = tenantOf({
    principals: [user(1)],
    roleAssignments: [assign(roles.contributor, id(1), group), assign(roles.blobReader, id(1), group)],
    denyAssignments: [deny(group, { principals: [everyone], permissions })],
  });
  const denials = new Denials(tenant, emptySet(shippedCatalog, index));
  const [denial] = denials.at(parseScope(group), tenant.identityOf(id(1))).definite;
  return { denial: denial!, held: new AccessEvaluator(tenant).at(parseScope(group), id(1)) };
}

test.each([
  { permissions: [{ actions: [start] }], control: 1, data: 0 },
  { permissions: [{ dataActions: [blobRead] }], control: 0, data: 1 },
  { permissions: [{ actions: [start] }, { dataActions: [blobRead] }], control: 1, data: 1 },
  { permissions: [{ actions: ['Microsoft.Authorization/roleAssignments/write'] }], control: 0, data: 0 },
  { permissions: [{ actions: [start], notActions: [start] }], control: 0, data: 0 },
  { permissions: [], control: 0, data: 0 },
])('$permissions takes away $control and $data', ({ permissions, control, data }) => {
  const { denial, held } = denialOf(permissions);
  const granted = held.definite.union(held.denied);
  const isAbout = control + data > 0;
  // Asked twice: what was found out is kept.
  expect([denial.touches(granted), denial.touches(granted)]).toEqual([isAbout, isAbout]);
  const { definite, possible } = denial.takenFrom(granted);
  expect([definite.count('control'), definite.count('data')]).toEqual([control, data]);
  expect(possible.isEmpty).toBe(true);
  expect([held.denied.count('control'), held.denied.count('data')]).toEqual([control, data]);
  expect(held.denials).toHaveLength(isAbout ? 1 : 0);
});
