import { expect, test } from 'vitest';
import { encodeOperationTable, OperationTable } from '../../../src/rbac/catalog/operation-table.js';
import { NameEnds } from '../../../src/rbac/permissions/name-ends.js';

const names = [
  'Contoso.Widgets/widgets/read',
  'Microsoft.Compute/disks/delete',
  'Microsoft.Compute/disks/read',
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Compute/virtualMachines/start/action',
];
const table = OperationTable.decode(
  encodeOperationTable(names.map(name => ({ name, plane: 'control' as const, basis: 'published' as const }))),
  'operations.txt',
);

test.each([
  { tail: '/read', indexes: [0, 2, 3] },
  { tail: '/disks/read', indexes: [2] },
  { tail: 'disks/delete', indexes: [1] },
  { tail: 's/read', indexes: [0, 2, 3] },
  { tail: 'contoso.widgets/widgets/read', indexes: [0] },
  { tail: 'xcontoso.widgets/widgets/read', indexes: [] },
  { tail: '/write', indexes: [] },
  { tail: 'daer/', indexes: [] },
  { tail: '', indexes: [0, 1, 2, 3, 4] },
])('in $tail end $indexes', ({ tail, indexes }) => {
  const found = [...new NameEnds(table).endingIn(tail)];
  expect(found.map(({ index }) => index).sort()).toEqual(indexes);
  for (const { index, length } of found) expect(length).toBe(names[index]!.length);
});
