import { expect, test } from 'vitest';
import { broadPattern, isProviderWildcard } from '../../src/permissions/broad-pattern.js';

test.each([
  { pattern: '*', broad: '*' },
  { pattern: ' */* ', broad: '*' },
  { pattern: '**', broad: '*' },
  { pattern: 'Microsoft.*', broad: '*' },
  { pattern: '*/Write', broad: '*/write' },
  { pattern: '*/*/delete', broad: '*/delete' },
  { pattern: 'Microsoft.*/action', broad: '*/action' },
  { pattern: '*/read', broad: '*/read' },
  { pattern: '*/register/action', broad: undefined },
  { pattern: '*read', broad: undefined },
  { pattern: 'Microsoft.Compute/*', broad: undefined },
  { pattern: 'Microsoft.Compute/*/read', broad: undefined },
])('$pattern comes down to $broad', ({ pattern, broad }) => {
  expect(broadPattern(pattern)).toBe(broad);
});

test.each([
  { pattern: 'Microsoft.Compute/*', is: true },
  { pattern: 'Microsoft.Compute/*/*', is: true },
  { pattern: 'Microsoft.Compute/virtualMachines/*', is: false },
  { pattern: 'Microsoft.Compute/*/read', is: false },
  { pattern: 'Microsoft.*/*', is: false },
  { pattern: '*', is: false },
])('$pattern is all of one provider: $is', ({ pattern, is }) => {
  expect(isProviderWildcard(pattern)).toBe(is);
});
