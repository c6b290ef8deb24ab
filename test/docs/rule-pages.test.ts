import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rulePages } from '../../src/build/rule-pages.js';
import { shippedRules } from '../lint-example.js';
import { shippedCatalog } from '../shipped-catalog.js';

const folder = fileURLToPath(new URL('../../docs/rules/', import.meta.url));
const pages = rulePages({ ruleSet: shippedRules, catalog: shippedCatalog });

test('docs/rules has a page for each rule and no other', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
});

test('every rule says how it can be wrong, in words of its own', () => {
  const limits = shippedRules.rules.map(({ limits: text = '' }) => text);
  expect(shippedRules.rules.filter(({ limits: text = '' }) => text.length < 60).map(({ id }) => id)).toEqual(
    [],
  );
  expect(new Set(limits).size).toBe(limits.length);
});

test.each([...pages])('docs/rules/%s is what "npm run docs" writes', (name, text) => {
  expect(readFileSync(`${folder}${name}`, 'utf8')).toBe(text);
});
