import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Catalog } from '../../../src/rbac/catalog/catalog.js';
import { toRoleDefinition, type StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import type { Check } from '../../../src/lint/checks/check.js';
import type { AnyCheck } from '../../../src/lint/checks/index.js';
import { runLint, type LintRequest } from '../../../src/lint/engine/run.js';
import type { Rule } from '../../../src/lint/engine/rule.js';
import type { RoleDefinition } from '../../../src/rbac/model/role-definition.js';

const catalog = Catalog.load(fileURLToPath(new URL('../../../role-catalog', import.meta.url)));

/** Matches every action string; a string with a star is the variant `wildcard`. */
const everyAction: Check<'role-definition', object> = {
  subject: 'role-definition',
  optionsSchema: {},
  *evaluate(role) {
    for (const { text, at } of role.permissions.flatMap(permission => permission.actions)) {
      const match = { at, role, evidence: { action: text, sorted: ['b', 'a'] } };
      yield text.includes('*') ? { ...match, variant: 'wildcard' } : match;
    }
  },
};

const failing: Check<'role-definition', object> = {
  subject: 'role-definition',
  optionsSchema: {},
  evaluate() {
    throw new RangeError('no operation 7');
  },
};

const rule: Rule = {
  id: 'action-listed',
  title: 'An action is listed',
  category: 'action-strings',
  severity: 'medium',
  check: 'every-action',
  message: 'Role "{role}" lists "{action}" and {sorted}; {unheard}.',
  variants: { wildcard: { severity: 'high', message: 'Role "{role}" lists the wildcard "{action}".' } },
  why: 'Tests need a fault.',
  fix: 'Remove it.',
  references: [],
  since: '0.1.0',
};

function customRole(
  name: string,
  actions: readonly string[],
  permission: StoredPermission = {},
): RoleDefinition {
  const guid = '00000000-0000-4000-8000-000000000001';
  return {
    ...toRoleDefinition({ guid, name, permissions: [{ ...permission, actions }] }),
    roleType: 'CustomRole',
  };
}

function lint(request: Partial<LintRequest>, ...rules: readonly Rule[]) {
  const checks: Record<string, AnyCheck> = { 'every-action': everyAction, failing };
  return runLint({
    documents: [],
    roleDefinitions: [customRole('Reader of disks', ['Microsoft.Compute/disks/read', 'Microsoft.Compute/*'])],
    rules: { rules: rules.length === 0 ? [rule] : rules, groups: [] },
    settings: new Map(),
    catalog,
    asOf: '2026-11-21',
    findCheck: name => checks[name],
    ...request,
  });
}

const summary = ({ findings }: ReturnType<typeof lint>) =>
  findings.map(({ severity, message }) => `${severity} ${message}`);

test('messages are filled with the evidence and the role, by variant', () => {
  expect(summary(lint({}))).toEqual([
    'medium Role "Reader of disks" lists "Microsoft.Compute/disks/read" and b, a; {unheard}.',
    'high Role "Reader of disks" lists the wildcard "Microsoft.Compute/*".',
  ]);
});

test.each([
  { settings: { 'action-listed': 'low' }, found: ['low', 'low'] },
  { settings: { 'action-listed': 'off' }, found: [] },
  { settings: { 'action-listed/wildcard': 'info' }, found: ['medium', 'info'] },
  { settings: { 'action-listed/wildcard': 'off' }, found: ['medium'] },
  { settings: { 'action-listed': 'off', 'action-listed/wildcard': 'critical' }, found: ['critical'] },
  { settings: { 'another-rule': 'off' }, found: ['medium', 'high'] },
] as const)('settings $settings give $found', ({ settings, found }) => {
  const { findings } = lint({ settings: new Map(Object.entries(settings)) });
  expect(findings.map(({ severity }) => severity)).toEqual(found);
});

test('values from files are not filled again', () => {
  const { findings } = lint({ roleDefinitions: [customRole('{action}', ['{role}/$&'])] });
  expect(findings[0]!.message).toBe('Role "{action}" lists "{role}/$&" and b, a; {unheard}.');
});

test('a check that fails stops the run and names rule and role', () => {
  const run = (): unknown => lint({}, { ...rule, check: 'failing' });
  expect(run).toThrow(
    'The rule "action-listed" failed on role "Reader of disks" of "built-in:Reader of disks".',
  );
});

test('built-in roles are skipped with one notice', () => {
  const result = lint({
    roleDefinitions: [catalog.builtInRoles.find('Owner')!, catalog.builtInRoles.find('Reader')!],
  });
  expect(result.findings).toEqual([]);
  expect(result.roleDefinitions).toBe(0);
  expect(result.notices).toEqual([
    {
      code: 'built-in-roles-skipped',
      message: '2 built-in roles were not linted; --include-built-in lints them too.',
    },
  ]);
});

test('built-in roles that are asked for are not held to what Azure asks of custom roles', () => {
  const roleDefinitions = [catalog.builtInRoles.find('Owner')!];
  const ofCustomRoles: Rule = { ...rule, id: 'action-of-custom-role', customRolesOnly: true };
  const { findings, notices } = lint({ roleDefinitions, builtInRoles: 'include' }, rule, ofCustomRoles);
  expect(findings.map(({ rule }) => rule.id)).toEqual(['action-listed']);
  expect(notices).toEqual([]);
});

test('a finding takes in what its rule implies, through several steps and in a ring', () => {
  const cause: Rule = {
    ...rule,
    id: 'action-cause',
    severity: 'critical',
    implies: ['action-effect'],
    variants: {},
  };
  const effect: Rule = { ...rule, id: 'action-effect', implies: ['action-listed'] };
  const listed: Rule = { ...rule, implies: ['action-cause'] };
  const { findings } = lint(
    { roleDefinitions: [customRole('Disks', ['Microsoft.Compute/disks/read'])] },
    cause,
    effect,
    listed,
  );
  expect(findings.map(({ rule, related }) => [rule.id, related.map(({ ruleId }) => ruleId)])).toEqual([
    ['action-cause', ['action-effect', 'action-listed']],
  ]);
});

test('a finding does not hide a worse one that its rule implies', () => {
  const mild: Rule = { ...rule, id: 'action-mild', severity: 'low', implies: ['action-listed'] };
  const { findings } = lint(
    { roleDefinitions: [customRole('Disks', ['Microsoft.Compute/disks/read'])] },
    mild,
    rule,
  );
  expect(findings.map(({ rule, related }) => [rule.id, related.length])).toEqual([
    ['action-listed', 0],
    ['action-mild', 0],
  ]);
});

test('a finding takes in a worse one that its rule entails', () => {
  const broad: Rule = {
    ...rule,
    id: 'action-broad',
    severity: 'low',
    implies: ['action-listed'],
    entails: ['action-listed'],
  };
  const { findings } = lint(
    { roleDefinitions: [customRole('Disks', ['Microsoft.Compute/disks/read'])] },
    broad,
    rule,
  );
  expect(findings.map(({ rule, related }) => [rule.id, related.length])).toEqual([['action-broad', 1]]);
});

test('a fingerprint outlives reordering and tells equals apart', () => {
  const fingerprintsOf = (...actions: string[]): string[] =>
    lint({ roleDefinitions: [customRole('Disks', actions)] }).findings.map(({ fingerprint }) => fingerprint);
  const [read, write] = fingerprintsOf('Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/write');
  expect(read).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintsOf('Microsoft.Compute/disks/write', 'Microsoft.Compute/disks/read')).toEqual([
    write,
    read,
  ]);
  const [first, second] = fingerprintsOf('Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/read');
  expect([first, second !== first]).toEqual([read, true]);
});
