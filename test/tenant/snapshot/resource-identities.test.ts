import { expect, test } from 'vitest';
import { ResourceIdentities } from '../../../src/tenant/snapshot/resource-identities.js';
import { snapshotOf } from '../../../src/tenant/snapshot/snapshot-of.js';

const [group, own, shared] = [
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg',
  'a',
  'b',
].map((text, at) => (at === 0 ? text : `aaaaaaaa-0000-0000-0000-00000000000${text}`)) as [
  string,
  string,
  string,
];
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer`;
const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm`;

function identitiesOf(...resources: object[]): ResourceIdentities {
  return new ResourceIdentities(snapshotOf({ resources }, 'snapshot.json'));
}

test('a resource has its own, and those that are assigned to it', () => {
  const found = identitiesOf({
    id: machine,
    identity: { principalId: own, userAssignedIdentities: { [identity]: { principalId: shared } } },
  });
  expect(found.of(machine.toUpperCase())).toEqual([own, shared]);
  expect(found.of(`${identity}/`)).toEqual([shared]);
  expect(found.of(group)).toEqual([]);
});

test('which principal a user-assigned identity is stands in its own row, too', () => {
  const found = identitiesOf(
    { id: machine, identity: { userAssignedIdentities: { [identity]: {} } } },
    { id: identity, properties: { principalId: shared } },
  );
  expect(found.of(machine)).toEqual([shared]);
});
