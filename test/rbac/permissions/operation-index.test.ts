import { expect, test } from 'vitest';
import { encodeOperationTable, OperationTable } from '../../../src/rbac/catalog/operation-table.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';

const names = [
  'Microsoft.Compute/disks/delete',
  'Microsoft.Compute/disks/read',
  'Microsoft.Compute/virtualMachines/read',
];

function indexOf(...operations: readonly string[]): OperationIndex {
  const table = operations.map(name => ({ name, plane: 'control' as const, basis: 'published' as const }));
  return new OperationIndex({
    operations: OperationTable.decode(encodeOperationTable(table), 'operations.txt'),
  });
}

test.each([
  ['Microsoft.Compute/DISKS/delete', ['Microsoft.Compute/disks/delete']],
  ['Microsoft.Compute/disks/re*ead', []],
  ['Microsoft.Compute/disks/re*d', ['Microsoft.Compute/disks/read']],
  ['Microsoft.Compute/disks/read*', ['Microsoft.Compute/disks/read']],
  ['Microsoft.Compute/disks/*/read', ['Microsoft.Compute/disks/read']],
  ['Microsoft.Compute/disks/*disks/read', []],
])(
  '%s covers %j: what stands before the star and what stands behind it share no letter',
  (pattern, expected) => {
    const found = [...indexOf(...names).expand(pattern)].map(number => names[number]);
    expect(found).toEqual(expected);
  },
);
