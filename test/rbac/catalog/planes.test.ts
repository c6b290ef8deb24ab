import { expect, test } from 'vitest';
import { planeDecisions } from '../../../src/build/plane-decisions.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const byName = new Map(
  [...shippedCatalog.operations].map(operation => [operation.name.toLowerCase(), operation]),
);

test.each(
  planeDecisions.flatMap(({ operations, plane, basis }) => operations.map(name => ({ name, plane, basis }))),
)('$name is on the plane that was decided: $plane', ({ name, plane, basis }) => {
  expect(byName.get(name.toLowerCase())).toMatchObject({ plane, basis });
});

test('no decision is made twice, and none without a reason', () => {
  const names = planeDecisions.flatMap(({ operations }) => operations);
  expect(names).toHaveLength(21);
  expect(new Set(names).size).toBe(21);
  expect(planeDecisions.filter(({ why }) => why === '')).toEqual([]);
});

test('the plane of 355 operations is unknown', () => {
  expect([...byName.values()].filter(({ plane }) => plane === 'unknown')).toHaveLength(355);
});

test.each([
  ['microsoft.app/sandboxGroups/sandboxes/executeCommand/action', 'data', 'published'],
  ['Microsoft.Kusto/Clusters/AddCalloutPolicies/action', 'control', 'inferred'],
  ['Microsoft.App/artifactApps/start/action', 'data', 'published'],
])('%s is on the %s plane, which is %s', (name, plane, basis) => {
  expect(byName.get(name.toLowerCase())).toMatchObject({ plane, basis });
});
