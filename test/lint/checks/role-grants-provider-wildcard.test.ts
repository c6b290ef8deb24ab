import { expect, test } from 'vitest';
import type { OperationGroup } from '../../../src/lint/checks/operation-group.js';
import { roleGrantsProviderWildcard } from '../../../src/lint/checks/role-grants-provider-wildcard.js';
import { RunContext } from '../../../src/lint/engine/context.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { customRole } from './custom-role.js';

const spin = 'Contoso.Widgets/widgets/spin/action';
const keys = 'Microsoft.Storage/storageAccounts/listKeys/action';
const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const sought: OperationGroup = {
  name: 'sought',
  title: 'Operations that are looked for',
  operations: [
    { operation: spin, plane: 'control', reason: 'spins' },
    { operation: keys, plane: 'control', reason: 'reads keys' },
    { operation: blobs, plane: 'data', reason: 'reads blobs' },
  ],
};

function found(actions: readonly string[], dataActions: readonly string[] = []) {
  const role = customRole({ actions, dataActions });
  const context = new RunContext({
    catalog: shippedCatalog,
    inventory: { documents: [], assignments: [], roleDefinitions: [role] },
    asOf: '2026-11-21',
    groups: [sought],
    isDeclaredTemplate: () => false,
  });
  const matches = [...roleGrantsProviderWildcard.evaluate(role, { groups: ['sought'] }, context)];
  return matches.map(({ variant = 'itself', ...match }) => ({ ...match, variant }));
}

test.each<[string, readonly string[], readonly string[], object | undefined]>([
  ['no wildcard', [keys], [], undefined],
  ['one that reaches nothing', ['Microsoft.Compute/*'], [], { variant: 'harmless', related: [] }],
  [
    'one that reaches something',
    ['Microsoft.Storage/*'],
    [],
    { variant: 'itself', evidence: { patterns: ['Microsoft.Storage/*'], operations: [keys] } },
  ],
  [
    'one on the plane of data',
    [],
    ['Microsoft.Storage/*'],
    { variant: 'itself', evidence: { operations: [blobs] } },
  ],
  [
    'one on each plane',
    ['Microsoft.Storage/*'],
    ['Microsoft.Storage/*'],
    {
      evidence: { operations: [blobs, keys] },
      related: [{ at: { pointer: '/permissions/0/dataActions/0' } }],
    },
  ],
  [
    'an operation that the catalog does not know beside the wildcard',
    ['Contoso.Widgets/*', spin],
    [],
    { variant: 'itself', evidence: { operations: [spin] } },
  ],
  [
    'two, of which the second reaches something',
    ['Microsoft.Compute/*', 'Microsoft.Storage/*', 'microsoft.storage/*'],
    [],
    {
      at: { pointer: '/permissions/0/actions/1' },
      evidence: { patterns: ['Microsoft.Storage/*'] },
      related: [],
    },
  ],
])('of a role with %s', (_, actions, dataActions, expected) => {
  const matches = found(actions, dataActions);
  expect(matches).toHaveLength(expected === undefined ? 0 : 1);
  if (expected !== undefined) expect(matches[0]).toMatchObject(expected);
});

test('of a wildcard that reaches nothing no operations are named', () => {
  expect(found(['Microsoft.Compute/*'])[0]?.evidence).toEqual({ patterns: ['Microsoft.Compute/*'] });
});
