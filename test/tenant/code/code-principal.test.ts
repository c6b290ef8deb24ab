import { expect, test } from 'vitest';
import { CodePrincipalNames } from '../../../src/tenant/code/code-principal.js';

test('principals of the code have names that people can read, each its own', () => {
  const names = new CodePrincipalNames();
  const candidates = ['the app', 'the app in a.tf'];
  const given = ['one', 'two', 'three', 'four', 'one'].map(key => names.nameOf(key, candidates));
  expect(given).toEqual([
    'the app',
    'the app in a.tf',
    'the app in a.tf (2)',
    'the app in a.tf (3)',
    'the app',
  ]);
});

test('a number that code itself has written is passed over', () => {
  const names = new CodePrincipalNames();
  expect(names.nameOf('one', ['x (2)'])).toBe('x (2)');
  expect(names.nameOf('two', ['x'])).toBe('x');
  expect(names.nameOf('three', ['x'])).toBe('x (3)');
});
