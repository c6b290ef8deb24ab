import { expect, test } from 'vitest';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { narrowestAround, ScopeTree } from '../../../src/tenant/snapshot/scope-tree.js';

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const group = `${subscription}/resourceGroups/rg1`;
const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ml`;
const endpoint = `${workspace}/onlineEndpoints/scoring`;
const lost = '/subscriptions/22222222-2222-3333-4444-555555555555';

const tree = new ScopeTree({
  managementGroups: new Map([
    ['root', null],
    ['corp', 'root'],
    ['sandbox', 'root'],
    ['round', 'circle'],
    ['circle', 'round'],
    ['mirror', 'mirror'],
  ]),
  subscriptions: new Map([
    ['11111111-2222-3333-4444-555555555555', 'corp'],
    ['22222222-2222-3333-4444-555555555555', null],
    ['33333333-2222-3333-4444-555555555555', 'round'],
  ]),
});

const managementGroup = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;

const assignment = 'providers/Microsoft.Authorization/policyAssignments/tags';
const policy = `${managementGroup('corp')}/${assignment}`;

test.each([
  [endpoint, endpoint, 'reaches'],
  [workspace, endpoint, 'reaches'],
  [group.toUpperCase(), endpoint, 'reaches'],
  [`${subscription}/`, endpoint, 'reaches'],
  ['/', endpoint, 'reaches'],
  [managementGroup('Corp'), endpoint, 'reaches'],
  [managementGroup('root'), endpoint, 'reaches'],
  [managementGroup('sandbox'), endpoint, 'apart'],
  [managementGroup('root'), managementGroup('sandbox'), 'reaches'],
  [managementGroup('corp'), managementGroup('sandbox'), 'apart'],
  [`${subscription}/resourceGroups/rg`, endpoint, 'apart'],
  [`${workspace}/onlineEndpoints/scor`, endpoint, 'apart'],
  [endpoint, workspace, 'apart'],
  [lost, endpoint, 'apart'],
  [managementGroup('corp'), lost, 'unknown'],
  [policy, lost, 'apart'],
  ['/', lost, 'reaches'],
  [managementGroup('corp'), policy, 'reaches'],
  [managementGroup('root'), policy, 'reaches'],
  [managementGroup('sandbox'), policy, 'apart'],
  [managementGroup('root'), `${managementGroup('unheard-of')}/${assignment}`, 'unknown'],
  [managementGroup('mirror'), managementGroup('mirror'), 'reaches'],
  [managementGroup('root'), managementGroup('mirror'), 'unknown'],
  [managementGroup('circle'), '/subscriptions/33333333-2222-3333-4444-555555555555', 'reaches'],
  [managementGroup('corp'), '/subscriptions/33333333-2222-3333-4444-555555555555', 'unknown'],
])('from %s to %s: %s', (outer, inner, reach) => {
  expect(tree.reach(parseScope(outer).key, parseScope(inner))).toBe(reach);
});

test.each([
  [[endpoint], endpoint.toLowerCase()],
  [[endpoint, `${workspace}/batchEndpoints/b`], workspace.toLowerCase()],
  [[endpoint, `${subscription}/resourceGroups/rg2`], subscription],
  [[endpoint, lost], undefined],
])('the narrowest scope around %s', (scopes, narrowest) => {
  expect(narrowestAround(scopes.map(parseScope))).toBe(narrowest);
});

test('a way up that is longer than any of Azure is as unknown as one that is missing', () => {
  const chain = Array.from(
    { length: 200_000 },
    (_, at) => [`g${at}`, at === 0 ? null : `g${at - 1}`] as const,
  );
  const deep = new ScopeTree({ managementGroups: new Map(chain), subscriptions: new Map() });
  const lowest = parseScope(managementGroup('g199999'));
  expect(deep.reach(managementGroup('g199980').toLowerCase(), lowest)).toBe('reaches');
  expect(deep.reach(managementGroup('g199979').toLowerCase(), lowest)).toBe('unknown');
  expect([
    deep.isComplete(parseScope(managementGroup('g19'))),
    deep.isComplete(parseScope(managementGroup('g20'))),
  ]).toEqual([true, false]);
});
