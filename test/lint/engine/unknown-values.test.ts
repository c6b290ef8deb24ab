import { expect, test } from 'vitest';
import { readJson } from '../../../src/input/json.js';
import type { UnknownReason } from '../../../src/input/located-value.js';
import { findRoleDefinitions } from '../../../src/rbac/model/find-role-definitions.js';
import type { RoleDefinition, RoleUnknown } from '../../../src/rbac/model/role-definition.js';
import { shippedRules } from '../../lint-example.js';
import { lintFiles, roleWith } from './lint-text.js';

const document = readJson(
  JSON.stringify(roleWith(['Microsoft.Compute/virtualMachines/read']), null, 2),
  'main.tf',
);
const [role] = findRoleDefinitions(document, true).roleDefinitions;
const reason: UnknownReason = { kind: 'input', name: 'var.actions', at: { document, start: 0, end: 1 } };

function lintWith(unknowns: readonly RoleUnknown['part'][], of: Partial<RoleDefinition> = {}) {
  const roles = [{ ...role!, ...of, unknowns: unknowns.map(part => ({ part, reason })) }];
  return lintFiles({}, { documents: [document], roleDefinitions: roles, rules: shippedRules });
}

test('a cause is one notice, however many roles lack something because of it', () => {
  const other = { ...role!, unknowns: [{ part: 'actions', reason } as const] };
  const { notices } = lintFiles({}, { roleDefinitions: [other, { ...other }] });
  expect(notices).toEqual([
    {
      code: 'unknown-value',
      message: 'var.actions has no value here. 2 roles were linted without that part of actions.',
      file: 'main.tf',
      line: 1,
      column: 1,
    },
  ]);
});

test('rules that need to know all of a list are not asked where it is known in part', () => {
  const empty = { permissions: role!.permissions.map(permission => ({ ...permission, actions: [] })) };
  const ids = (unknowns: RoleUnknown['part'][]) =>
    lintWith(unknowns, empty).findings.map(({ rule }) => rule.id);
  expect(ids([])).toContain('role-empty');
  expect(ids(['actions'])).not.toContain('role-empty');
  expect(ids(['name'])).toContain('role-empty');
});

test('a finding tells the way by which its value came', () => {
  const via = [{ kind: 'local', name: 'local.actions', at: { document, start: 2, end: 8 } } as const];
  const actions = role!.permissions[0]!.actions.map(entry => ({
    ...entry,
    text: '*/read',
    key: '*/read',
    at: { document, pointer: entry.at.pointer, range: entry.at.range, via },
  }));
  const permissions = [{ ...role!.permissions[0]!, actions }];
  const [finding] = lintWith([], { permissions }).findings.filter(
    ({ rule }) => rule.id === 'role-grants-all-reads',
  );
  expect(finding?.related.map(({ message }) => message)).toEqual(['It comes here through local.actions.']);
});
