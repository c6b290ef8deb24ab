import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { readJson } from '../../../src/input/json.js';
import { readConfig, type Config } from '../../../src/lint/engine/config.js';

const schema = JSON.parse(
  readFileSync(new URL('../../../rules/azrbac.config.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv().compile(schema);

const read = (text: string): Config => readConfig(readJson(text, 'azrbac.config.json'));

/** What the mistake in a configuration is called, and the hint. */
function mistakeIn(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof UserError) return [error.message, error.hint].filter(Boolean).join(' ');
    throw error;
  }
  return 'none';
}

const reason = 'Reviewed by the platform team.';

describe('the published schema and the reader agree that', () => {
  test.each([
    {},
    { $schema: './node_modules/azrbac/rules/azrbac.config.schema.json' },
    {
      extends: 'strict',
      failOn: 'never',
      baseline: 'azrbac-baseline.json',
      catalog: 'catalog',
      rulesFolder: 'own-rules',
    },
    { include: ['roles/**/*.json'], exclude: [], placeholders: ['*.tmpl'], ruleFiles: ['own/rule.json'] },
    { rules: { 'action-casing': 'off', 'action-unknown/near-match': 'critical', 'role-destroys': 'info' } },
    { suppressions: [] },
    { suppressions: [{ rule: 'role-destroys', reason }] },
    {
      suppressions: [
        {
          rule: 'role-destroys/literal',
          role: 'Cleaner',
          file: 'roles/*.json',
          operation: '*/delete',
          reason,
          owner: 'me',
          expires: '2027-01-31',
        },
      ],
    },
    { suppressions: [{ rule: 'role-destroys', reason, expires: 'soon' }] },
    { suppressions: [{ rule: 'role-destroys', reason, expires: '' }] },
  ])('%j is right', config => {
    expect([validate(config), mistakeIn(JSON.stringify(config))]).toEqual([true, 'none']);
  });

  test.each([
    [[], 'azrbac.config.json:1:1: The value must be an object.'],
    ['strict', 'azrbac.config.json:1:1: The value must be an object.'],
    [
      { excludes: [] },
      'azrbac.config.json:1:2: "excludes" is not a key of the configuration. Did you mean "exclude"?',
    ],
    [
      { extends: 'strct' },
      'azrbac.config.json:1:12: "extends" is "strct", which is none of recommended, strict. Did you mean "strict"?',
    ],
    [{ extends: null }, 'azrbac.config.json:1:12: "extends" must be a string.'],
    [{ rules: [] }, 'azrbac.config.json:1:10: "rules" must be an object.'],
    [
      { rules: { 'role-destroys': 'warning' } },
      'azrbac.config.json:1:27: "rules/role-destroys" is "warning", which is none of critical, high, medium, low, info, off. There is: critical, high, medium, low, info, off.',
    ],
    [{ rules: { 'role-destroys': 2 } }, 'azrbac.config.json:1:27: "rules/role-destroys" must be a string.'],
    [{ rules: { 'Role Destroys': 'off' } }, 'azrbac.config.json:1:11: "Role Destroys" is not a rule ID.'],
    [{ include: 'roles' }, 'azrbac.config.json:1:12: "include" must be a list.'],
    [{ include: ['roles', 7] }, 'azrbac.config.json:1:21: "include/1" must be a string.'],
    [{ exclude: [''] }, 'azrbac.config.json:1:13: "exclude/0" is empty.'],
    [{ catalog: ' ' }, 'azrbac.config.json:1:12: "catalog" is empty.'],
    [
      { failOn: 'off' },
      'azrbac.config.json:1:11: "failOn" is "off", which is none of critical, high, medium, low, info, never. There is: critical, high, medium, low, info, never.',
    ],
    [{ suppressions: {} }, 'azrbac.config.json:1:17: "suppressions" must be a list.'],
    [{ suppressions: ['role-destroys'] }, 'azrbac.config.json:1:18: "suppressions/0" must be an object.'],
    [
      { suppressions: [{ reason }] },
      'azrbac.config.json:1:18: The key "rule" is missing: a suppression needs one.',
    ],
    [
      { suppressions: [{ rule: 'role-destroys' }] },
      'azrbac.config.json:1:18: The key "reason" is missing: a suppression needs one.',
    ],
    [
      { suppressions: [{ rule: 'role-destroys', reason: ' ' }] },
      'azrbac.config.json:1:51: "suppressions/0/reason" is empty.',
    ],
    [
      { suppressions: [{ rule: 'role-destroys', reason, until: '2027-01-31' }] },
      'azrbac.config.json:1:84: "until" is not a key of a suppression. There is: rule, role, file, operation, principal, scope, reason, owner, expires.',
    ],
    [
      { suppressions: [{ rule: 'role-destroys', reason, expires: 20270131 }] },
      'azrbac.config.json:1:94: "suppressions/0/expires" must be a string.',
    ],
    [{ baseline: false }, 'azrbac.config.json:1:13: "baseline" must be a string.'],
  ])('%j is wrong', (config, message) => {
    expect([validate(config), mistakeIn(JSON.stringify(config))]).toEqual([false, message]);
  });
});

test('a key that JSON objects inherit is unknown like any other', () => {
  expect(mistakeIn('{"__proto__": {}}')).toMatch(
    /^azrbac.config.json:1:2: "__proto__" is not a key of the configuration\./,
  );
});

test('a key that stands twice is a mistake', () => {
  expect(mistakeIn('{\n  "include": [],\n  "include": ["roles"]\n}')).toBe(
    'azrbac.config.json:3:3: The key "include" is listed twice. Remove one of the two.',
  );
});

test('comments and trailing commas are fine, other broken JSON is not', () => {
  expect(read('{\n  // The platform team\n  "include": ["roles",],\n}').include).toEqual(['roles']);
  expect(mistakeIn('{ "include": [ }')).toMatch(/^azrbac\.config\.json:1:16: This is not JSON: /);
  expect(mistakeIn('')).toBe('azrbac.config.json:1:1: This is not JSON: The text holds no value.');
});

test('nesting without end is a mistake like any other', () => {
  expect(mistakeIn(`{"include": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toBe(
    'azrbac.config.json:1:14: "include/0" must be a string.',
  );
});
