import { expect, test } from 'vitest';
import { readScopeHierarchy } from '../../../src/tenant/azure/scope-hierarchy.js';
import { answering } from './answers.js';

const tenant = '77777777-0000-0000-0000-000000000001';
const [own, lent] = ['99999999-8888-7777-6666-555555555555', '11111111-2222-3333-4444-555555555555'];
const groupId = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;

function group(name: string, parent: string | null): object {
  const properties = { displayName: name, parent: { id: parent === null ? null : groupId(parent) } };
  return { id: groupId(name), name, type: 'Microsoft.Management/managementGroups', properties };
}

function placed(name: string, parent: string): object {
  return {
    id: `/subscriptions/${name}`,
    name,
    type: '/subscriptions',
    properties: { parent: { id: groupId(parent) } },
  };
}

function subscription(subscriptionId: string, tenantId: string): object {
  return {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId,
    displayName: 'Production',
    state: 'Enabled',
  };
}

function read(entities: readonly object[], subscriptions: readonly object[]) {
  const http = answering(({ url }) => ({
    body: { value: url.includes('getEntities') ? entities : subscriptions },
  }));
  return readScopeHierarchy(http, { kind: 'tenant' }, tenant);
}

test('a subscription of another directory is counted, not read', async () => {
  const found = await read(
    [group(tenant, null), placed(own, tenant)],
    [subscription(own, tenant), subscription(lent, '22222222-0000-0000-0000-000000000002')],
  );
  expect(found.subscriptions.map(({ id }) => id)).toEqual([own]);
  expect({ foreign: found.foreign, gaps: found.gaps }).toEqual({ foreign: 1, gaps: [] });
});

test('a group whose parent is not shown is no root', async () => {
  const found = await read([group('Platform', null), placed(own, 'Platform')], [subscription(own, tenant)]);
  expect(found.managementGroups).toEqual([{ id: 'Platform', displayName: 'Platform', parent: undefined }]);
  expect(found.gaps.map(({ what, scope }) => [what, scope])).toEqual([
    ['managementGroups', groupId('Platform')],
  ]);
});

test('groups that lie in each other come to an end', async () => {
  const found = await read([group('A', 'B'), group('B', 'A'), placed(own, 'A')], [subscription(own, tenant)]);
  expect(found.managementGroups.map(({ id }) => id)).toEqual(['A', 'B']);
});

test('who sees nothing at all is told so', async () => {
  const { gaps } = await read([], []);
  expect(gaps).toEqual([
    {
      what: 'subscriptions',
      scope: '/',
      reason: 'none is shown: needs Microsoft.Resources/subscriptions/read',
    },
  ]);
});

test('a subscription of another directory that is asked for by its id is a gap, and not read', async () => {
  const lentRow = subscription(lent, '22222222-0000-0000-0000-000000000002');
  const http = answering(({ url }) => ({
    body: url.includes(lent) ? lentRow : { value: url.includes('getEntities') ? [] : [lentRow] },
  }));
  const found = await readScopeHierarchy(http, { kind: 'subscriptions', ids: [lent] }, tenant);
  expect(found.subscriptions).toEqual([]);
  expect(found.gaps).toEqual(
    ['subscriptions', 'roleAssignments'].map(what => ({
      what,
      scope: `/subscriptions/${lent}`,
      reason: 'it belongs to the directory 22222222-0000-0000-0000-000000000002: collect it there',
    })),
  );
});

test('a subscription of another directory that is listed twice is one', async () => {
  const elsewhere = subscription(lent, '22222222-0000-0000-0000-000000000002');
  const found = await read([], [subscription(own, tenant), elsewhere, elsewhere]);
  expect(found.foreign).toBe(1);
});
