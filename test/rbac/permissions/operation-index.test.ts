import { expect, test } from 'vitest';
import { encodeOperationTable, OperationTable } from '../../../src/rbac/catalog/operation-table.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';

const names = [
  'Microsoft.Compute/disks/delete',
  'Microsoft.Compute/disks/read',
  'Microsoft.Compute/virtualMachines/read',
];

function indexOf(...operations: readonly string[]): OperationIndex {
  return limitedIndexOf({}, ...operations);
}

function limitedIndexOf(
  limits: { readonly severalStars?: number },
  ...operations: readonly string[]
): OperationIndex {
  const table = operations.map(name => ({ name, plane: 'control' as const, basis: 'published' as const }));
  return new OperationIndex(
    { operations: OperationTable.decode(encodeOperationTable(table), 'operations.txt') },
    limits,
  );
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

test('of patterns with several stars so many are evaluated as the limit says, the first ones', () => {
  const index = limitedIndexOf({ severalStars: 2 }, ...names);
  const found = ['*/disks/*', '*/virtual*/*', '*/*/read', '*/disks/*'].map(
    pattern => index.expand(pattern).size,
  );
  expect(found).toEqual([2, 1, 0, 2]);
});

test('what was decided within the limit stays decided when other patterns have taken its place', () => {
  const index = limitedIndexOf({ severalStars: 1 }, ...names);
  expect(index.expand('*/disks/*').size).toBe(2);
  for (let other = 0; other < 5_000; other++) index.expand(`Contoso.Widgets/w${other}/read`);
  expect(index.expand('*/disks/*').size).toBe(2);
});

test('without a limit any number of them is evaluated', () => {
  const index = indexOf(...names);
  for (let other = 0; other < 1_100; other++) index.expand(`*/none${other}/*`);
  expect(index.expand('*/disks/*').size).toBe(2);
});

test.each([['*/DISKS/*'], ['*/disks/read'], ['Microsoft.Compute/Disks/READ']])(
  '%s is the same however it is spelled, and the same object each time',
  pattern => {
    const index = indexOf(...names);
    expect(index.expand(pattern)).toBe(index.expand(pattern.toLowerCase()));
  },
);
