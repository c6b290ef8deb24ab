import { expect, test } from 'vitest';
import { isDecidable, matchesAction } from '../../src/permissions/action-pattern.js';

test.each([
  { pattern: '*', action: 'Microsoft.Compute/virtualMachines/read', matches: true },
  { pattern: '*/read', action: 'Microsoft.Compute/virtualMachines/extensions/READ', matches: true },
  { pattern: '*/read', action: 'read', matches: false },
  { pattern: 'Microsoft.Compute/*', action: 'Microsoft.ComputeSchedule/locations/read', matches: false },
  { pattern: 'Microsoft.Compute/*', action: 'Microsoft.Compute', matches: false },
  {
    pattern: 'Microsoft.Compute/virtualMachines/*/read',
    action: 'microsoft.compute/virtualmachines/read',
    matches: true,
  },
  {
    pattern: 'Microsoft.Compute/virtualMachines/*/read',
    action: 'Microsoft.Compute/virtualMachinesread',
    matches: false,
  },
  {
    pattern: 'Microsoft.Compute/virtualMachines/*/read',
    action: 'Microsoft.Compute/virtualMachines/a/b/read',
    matches: true,
  },
  { pattern: 'a/*/*/b', action: 'a/b', matches: true },
  { pattern: 'a/*b*/c', action: 'a/b/c', matches: true },
  { pattern: 'a/[bc]/{d,e}', action: 'a/b/d', matches: false },
  { pattern: 'a/?/read', action: 'a/b/read', matches: false },
  { pattern: 'a/**', action: 'a/b/c', matches: true },
  { pattern: '*É', action: 'é', matches: false },
  { pattern: '*/É*', action: 'a/é', matches: false },
  { pattern: 'a*b*K', action: 'abk', matches: true },
  { pattern: 'a*b*K', action: 'ab\u212a', matches: false },
])('$pattern covers $action: $matches', ({ pattern, action, matches }) => {
  expect(matchesAction(pattern, action)).toBe(matches);
});

test.each([
  { name: 'stars without end', pattern: '*a'.repeat(5_000), decidable: false },
  { name: 'a run of stars is one', pattern: '*'.repeat(4_000), decidable: true },
  { name: 'reserved control characters', pattern: 'a\u0001*', decidable: false },
])('$name: decidable is $decidable', ({ pattern, decidable }) => {
  expect(isDecidable(pattern)).toBe(decidable);
});
