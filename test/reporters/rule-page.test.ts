import { expect, test } from 'vitest';
import { helpUriOf } from '../../src/reporters/rule-page.js';
import { wildcardRule } from './lint-result.js';

test('a rule of ours has its page', () => {
  expect(helpUriOf(wildcardRule)).toBe(
    'https://github.com/azrbac/azrbac/blob/main/docs/rules/ml-scoring-wildcard.md',
  );
});

test.each([
  { references: ['https://wiki.example/roles?a=b'], uri: 'https://wiki.example/roles?a=b' },
  { references: ['javascript:alert(1)', 'https://wiki.example/a)|b'], uri: 'https://wiki.example/a%29%7Cb' },
  { references: ['https://wiki.example/#a##[b]'], uri: 'https://wiki.example/#a#%23[b]' },
  { references: ['http://wiki.example/'], uri: 'https://github.com/azrbac/azrbac' },
  { references: ['See the wiki'], uri: 'https://github.com/azrbac/azrbac' },
  { references: [], uri: 'https://github.com/azrbac/azrbac' },
])("a user's own rule with the references $references leads to $uri", ({ references, uri }) => {
  expect(helpUriOf({ ...wildcardRule, since: 'own', references })).toBe(uri);
});
