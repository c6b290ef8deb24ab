import { expect, test } from 'vitest';
import {
  compileFoldedPattern,
  isDecidable,
  matchesAction,
} from '../../../src/rbac/permissions/action-pattern.js';

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
  { pattern: '*/{read,write}', action: 'a/read', matches: false },
  { pattern: '*/{read,write}', action: 'a/{read,write}', matches: true },
  { pattern: '*/@(read|write)', action: 'a/read', matches: false },
  { pattern: '*/.hidden', action: 'a/.hidden', matches: true },
  { pattern: '*/!read', action: 'a/write', matches: false },
  { pattern: '#*', action: '#read', matches: true },
  { pattern: '!*', action: 'read', matches: false },
  { pattern: '*', action: '.read', matches: true },
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
  { name: '64 stars', pattern: '*a'.repeat(64), decidable: true },
  { name: '65 stars', pattern: '*a'.repeat(65), decidable: false },
  { name: '4,096 letters', pattern: 'a'.repeat(4_096), decidable: true },
  { name: '4,097 letters', pattern: 'a'.repeat(4_097), decidable: false },
  { name: 'stars without end', pattern: '*a'.repeat(5_000), decidable: false },
  { name: 'a run of stars is one', pattern: '*'.repeat(4_000), decidable: true },
  { name: 'reserved control characters', pattern: 'a\u0001*', decidable: false },
])('$name: decidable is $decidable', ({ pattern, decidable }) => {
  expect(isDecidable(pattern)).toBe(decidable);
});

// Several stars: what stands between them is looked for before the pattern itself is asked.
test.each([
  ['microsoft.compute/*/disks/*', 'microsoft.compute/disks/read', true],
  ['microsoft.compute/*/disks/*', 'microsoft.compute/a/disks/read', true],
  ['microsoft.compute/*/disks/*', 'microsoft.compute/disk/read', false],
  ['*/disks/*/read', 'microsoft.compute/disks/read', true],
  ['*/disks/*/read', 'microsoft.compute/disks/write', false],
  ['*a*b*', 'ba', false],
  ['*a*b*', 'ab', true],
  ['*aa*aa*', 'aaa', false],
  ['*aa*aa*', 'aaaa', true],
])('%s, in small letters, covers %s: %s', (pattern, operation, expected) => {
  expect(compileFoldedPattern(pattern)(operation)).toBe(expected);
});

test.each([
  ['a text of 4,096 letters', 'a'.repeat(4_096), true],
  ['a longer one, as none of Azure is', 'a'.repeat(4_097), false],
  ['what Azure never uses', 'Microsoft.Compute/\u0001', false],
])('a star covers %s: %s', (_, operation, expected) => {
  expect(matchesAction('*', operation)).toBe(expected);
});

test('what cannot be decided covers nothing, however it is asked', () => {
  const stars = '*a'.repeat(65);
  expect([matchesAction(stars, 'a'.repeat(70)), compileFoldedPattern(stars)('a'.repeat(70))]).toEqual([
    false,
    false,
  ]);
});
