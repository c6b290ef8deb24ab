import { expect, test } from 'vitest';
import {
  suggestOperations,
  suggestPatterns,
  suggestProviders,
} from '../../../src/lint/checks/suggest-operations.js';
import { encodeOperationTable, OperationTable } from '../../../src/rbac/catalog/operation-table.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import type { Plane } from '../../../src/rbac/model/role-definition.js';
import { shippedCatalog } from '../../shipped-catalog.js';

test.each<{ typo: string; plane?: Plane; best: string | undefined }>([
  {
    typo: 'Microsoft.Compute/virtualMachines/restat/action',
    best: 'Microsoft.Compute/virtualMachines/restart/action',
  },
  {
    typo: 'Microsoft.Comptue/virtualMachines/restart/action',
    best: 'Microsoft.Compute/virtualMachines/restart/action',
  },
  {
    typo: 'Microsoft.ComputevirtualMachines/restart/action',
    best: 'Microsoft.Compute/virtualMachines/restart/action',
  },
  {
    typo: 'icrosoft.Compute/virtualMachines/restart/action',
    best: 'Microsoft.Compute/virtualMachines/restart/action',
  },
  {
    typo: 'microsoft.compute/virtualmachine/restart/acton',
    best: 'Microsoft.Compute/virtualMachines/restart/action',
  },
  {
    typo: 'Microsoft.Compute/virtualMachnies/restrat/action',
    best: 'Microsoft.Compute/virtualMachines/restart/action',
  },
  {
    typo: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoint/score/action',
    best: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action',
  },
  { typo: 'Microsoft.Compute/virtualMachines/teleportation/action', best: undefined },
  { typo: 'Contoso.Widgets/widgets/read', best: undefined },
  { typo: '', best: undefined },
  { typo: '/'.repeat(10_000), best: undefined },
])('"$typo" is nearest to $best', ({ typo, plane = 'control', best }) => {
  expect(suggestOperations(typo, plane, shippedCatalog)[0]).toBe(best);
});

test('the nearest comes first, whatever its name', () => {
  const spring = 'Microsoft.AppPlatform/Spring';
  expect(suggestOperations(`${spring}/apps/rad`, 'control', shippedCatalog)).toEqual([
    `${spring}/apps/read`,
    `${spring}/apms/read`,
  ]);
  expect(suggestProviders('microsoft.app', shippedCatalog.operations)).toEqual([
    'microsoft.app',
    'microsoft.aad',
    'microsoft.avs',
    'microsoft.maps',
  ]);
});

test('of those that are as near the first by name comes first', () => {
  const aws = 'Microsoft.AwsConnector';
  expect(suggestOperations(`${aws}/exsClusters/write`, 'control', shippedCatalog)).toEqual([
    `${aws}/ecsClusters/write`,
    `${aws}/eksClusters/write`,
    `${aws}/emrClusters/write`,
  ]);
});

test.each<{ plane: Plane; order: string }>([
  { plane: 'control', order: 'BCDA' },
  { plane: 'data', order: 'ACDB' },
])(
  'of those that are as near those of the $plane plane come first, and those of the other last',
  ({ plane, order }) => {
    const gadgets = (['data', 'control', 'both', 'unknown'] as const).map((of, i) => ({
      name: `Contoso.Widgets/gadget${'ABCD'[i]!}/read`,
      plane: of,
      basis: 'published' as const,
    }));
    const operations = OperationTable.decode(encodeOperationTable(gadgets), 'operations.txt');
    const found = suggestOperations('Contoso.Widgets/gadgetX/read', plane, { operations });
    expect(found.map(name => name.at(-6))).toEqual([...order].slice(0, 3));
  },
);

test.each([
  ['Microsoft.Ap/*', ['microsoft.app/*', 'Microsoft.AAD/*', 'Microsoft.AVS/*']],
  ['Microsoft.Compute/disk/*', ['Microsoft.Compute/disks/*']],
  ['Microsoft.Network/routeFilter/*/read', ['Microsoft.Network/routeFilters/*/read']],
  ['Microsoft.Compute/virtualMachine*', []],
  ['Microsoft.Insights/alertRule/*', ['Microsoft.Insights/AlertRules/*']],
  ['a/*', []],
  ['Microsoft.Compute/images/version/*', []],
  [`Microsoft.Compute/${'a/'.repeat(40)}*`, []],
])('of the wildcard "%s" what is meant may be %j', (pattern, expected) => {
  const index = new OperationIndex(shippedCatalog);
  expect(suggestPatterns(pattern, index, shippedCatalog.operations)).toEqual(expected);
});

test('operations of the plane asked for come first', () => {
  const typo = 'Microsoft.Storage/storageAccounts/blobServices/containers/blob/read';
  expect(suggestOperations(typo, 'data', shippedCatalog)).toEqual([
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
  ]);
});

test('an operation that differs by a number is another operation', () => {
  expect(suggestOperations('Microsoft.Web/sites/config/snapshots2/read', 'control', shippedCatalog)).toEqual(
    [],
  );
});

test('one wrong letter anywhere leads back to the operation in 95 of 100 cases', () => {
  const random = seededRandom(20261121);
  const operations = [...shippedCatalog.operations];
  let mutated = 0;
  let named = 0;
  while (mutated < 500) {
    const { name, plane } = operations[Math.floor(random() * operations.length)]!;
    const typo = mutate(name, random);
    // Another operation, or the same in other case: nobody can tell.
    if (shippedCatalog.findOperation(typo) !== undefined) continue;
    mutated++;
    if (suggestOperations(typo, plane === 'data' ? 'data' : 'control', shippedCatalog).includes(name))
      named++;
  }
  expect(named / mutated).toBeGreaterThanOrEqual(0.95);
});

/** One letter changed, dropped or swapped with the next. */
function mutate(name: string, random: () => number): string {
  const at = Math.floor(random() * (name.length - 1));
  const letter = 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)]!;
  switch (Math.floor(random() * 3)) {
    case 0:
      return name.slice(0, at) + letter + name.slice(at + 1);
    case 1:
      return name.slice(0, at) + name.slice(at + 1);
    default:
      return name.slice(0, at) + name[at + 1]! + name[at]! + name.slice(at + 2);
  }
}

/** Mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
