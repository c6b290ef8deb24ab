import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { lintExample } from '../../src/build/lint-example.js';
import { rulePages } from '../../src/build/rule-pages.js';
import { ruleSkeleton } from '../../src/build/rule-skeleton.js';
import type { AnyCheck } from '../../src/lint/checks/index.js';
import type { DocumentedRule } from '../../src/lint/engine/rule.js';
import { shippedRules, toMatches } from '../lint-example.js';
import { shippedCatalog } from '../shipped-catalog.js';

const id = 'role-owner-unknown';
const checks = read('src/lint/checks/index.ts');
const files = ruleSkeleton({ id, since: '0.2.0', checks });
const rule = JSON.parse(files.get(`rules/${id}.json`)!) as DocumentedRule;

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

test('a rule, a check, its place in the table and a test come of an id', () => {
  expect([...files.keys()]).toEqual([
    'rules/role-owner-unknown.json',
    'src/lint/checks/role-owner-unknown.ts',
    'src/lint/checks/index.ts',
    'test/lint/checks/role-owner-unknown.test.ts',
  ]);
});

test('the rule has the form of a rule', () => {
  const isRule = new Ajv({ strict: false }).compile(JSON.parse(read('rules/rule.schema.json')) as object);
  expect(isRule(rule), JSON.stringify(isRule.errors)).toBe(true);
});

test('the check finds what the examples say, under the rule', async () => {
  const { code } = await transform(files.get(`src/lint/checks/${id}.ts`)!, { loader: 'ts' });
  const module = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )) as Record<string, AnyCheck>;
  const check = module['roleOwnerUnknown']!;
  const ruleSet = { ...shippedRules, rules: [...shippedRules.rules, rule] };
  const surroundings = { ruleSet, catalog: shippedCatalog, ownChecks: new Map([[id, check]]) };
  for (const example of rule.examples)
    expect(toMatches(lintExample(rule, example, surroundings), example)).toEqual(example.matches);
  expect(rulePages(surroundings).get(`${id}.md`)).toContain('What the rule finds, in one line');
});

test('the table of checks gets two lines, in their place', () => {
  const before = checks.split('\n');
  const after = files.get('src/lint/checks/index.ts')!.split('\n');
  const added = after.filter(line => !before.includes(line));
  expect(added).toEqual([
    "import { roleOwnerUnknown } from './role-owner-unknown.js';",
    "  'role-owner-unknown': roleOwnerUnknown,",
  ]);
  expect(after.filter(line => !added.includes(line))).toEqual(before);
  const names = after.flatMap(line => /^ {2}'([^']*)': \w+,$/.exec(line)?.[1] ?? []);
  expect(names).toEqual([...names].sort());
});

test.each(['role', 'Role-x', 'role_x', '../role-x', 'role-', ''])('"%s" is no id', wrong => {
  expect(() => ruleSkeleton({ id: wrong, since: '0.2.0', checks })).toThrow('is not a rule ID');
});

test('an id that is taken is refused', () => {
  expect(() => ruleSkeleton({ id: 'role-empty', since: '0.2.0', checks })).toThrow('already');
});
