import { expect, test } from 'vitest';
import { AccessReader } from '../../src/access/held-access.js';
import { parseScope } from '../../src/model/scope.js';
import { assign, deny, everyone, group, id, roles, tenantOf, user, type Rows } from './tenant-rows.js';

const read = 'Microsoft.Storage/storageAccounts/read';

function held(rows: Rows) {
  return new AccessReader(tenantOf({ principals: [user(1)], ...rows })).at(parseScope(group), id(1));
}

test('roles that say nothing of their id stay apart', () => {
  const [one, other] = ['c0000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000002'];
  const rows = {
    roleDefinitions: [
      { name: one, permissions: [{ actions: ['*/read'] }] },
      { name: other, permissions: [{ actions: ['*/write'] }] },
    ],
    roleAssignments: [assign(other, id(1), group), assign(one, id(1), group)],
  };
  expect(held(rows).certain.has(read, 'control')).toBe(true);
});

test('operations of unknown plane are denied, too', () => {
  const agreements = 'Anyscale.Platform/agreements';
  const rows = {
    roleAssignments: [assign(roles.owner, id(1), group)],
    denyAssignments: [
      deny(group, { principals: [everyone], permissions: [{ actions: [`${agreements}/*`] }] }),
    ],
  };
  expect(held({ ...rows, denyAssignments: [] }).certain.unknownPlaneOperations('control')).toContain(
    `${agreements}/read`,
  );
  expect(held(rows).certain.unknownPlaneOperations('control')).not.toContain(`${agreements}/read`);
  expect(held(rows).denials).toHaveLength(1);
});

test('an empty name in a condition is that of no operation', () => {
  const condition = "!(ActionMatches{''})";
  const { certain } = held({ roleAssignments: [assign(roles.owner, id(1), group, { condition })] });
  expect(certain.has(read, 'control')).toBe(true);
});

// The catalog does not know the operation: a string that spells it out is all that speaks for it.
test.each([
  ['rules it out', "!(ActionMatches{'Contoso.Widgets/widgets/spin/action'})", 'nothing'],
  ['speaks of another one', "!(ActionMatches{'Contoso.Widgets/widgets/read'})", 'certain'],
  ['may hold', '@Resource[Contoso.Widgets/widgets:color] BoolEquals true', 'conditional'],
] as const)('an operation that nobody published, where a condition %s', (_, condition, expected) => {
  const spin = 'Contoso.Widgets/widgets/spin/action';
  const widgets = 'c0000000-0000-0000-0000-000000000001';
  const { certain, conditional } = held({
    roleDefinitions: [{ name: widgets, permissions: [{ actions: [spin] }] }],
    roleAssignments: [assign(widgets, id(1), group, { condition })],
  });
  const parts = Object.entries({ certain, conditional }).filter(([, set]) => set.has(spin, 'control'));
  expect(parts.map(([part]) => part)).toEqual(expected === 'nothing' ? [] : [expected]);
});
