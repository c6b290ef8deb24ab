import { expect, test } from 'vitest';
import type { Readers } from '../../../src/tenant/azure/graph-units.js';
import { planUnits } from '../../../src/tenant/azure/plan.js';

const containers = { managementGroups: [], foreign: 0, gaps: [], isOpen: false };

function graphUnits(ids: readonly string[]): string[] {
  const subscriptions = ids.map(id => ({ id, displayName: null, managementGroup: null, state: null }));
  const options = { engine: 'graph', onFallback: () => {} } as const;
  return planUnits({ ...containers, subscriptions }, {} as Readers, options)
    .map(({ name }) => name)
    .filter(name => name.startsWith('graph '));
}

test('work on other subscriptions has another name, though it begins with the same', () => {
  const [some, more] = [graphUnits(['a', 'c']), graphUnits(['a', 'b', 'c'])];
  expect(new Set([...some, ...more]).size).toBe(6);
  expect(graphUnits(['a', 'c'])).toEqual(some);
});
