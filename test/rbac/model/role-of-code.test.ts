import { expect, test } from 'vitest';
import { readJson } from '../../../src/input/json.js';
import type { LocatedValue, UnknownReason } from '../../../src/input/located-value.js';
import { roleOfCode, type RoleParts } from '../../../src/rbac/model/role-of-code.js';

const document = readJson('', 'main.tf');
const at = { document, start: 0, end: 0 };
const reason: UnknownReason = { kind: 'input', name: 'var.actions', at };
const unknown: LocatedValue = { kind: 'unknown', reason, parts: undefined, at, via: [] };

function value(of: unknown): LocatedValue {
  const base = { at, via: [] };
  if (of === undefined) return unknown;
  if (of === null) return { ...base, kind: 'null' };
  if (typeof of === 'string') return { ...base, kind: 'string', value: of };
  if (typeof of === 'number') return { ...base, kind: 'number', value: of };
  if (Array.isArray(of)) return { ...base, kind: 'list', items: of.map(value), more: undefined };
  const members = Object.entries(of as object).map(([key, each]) => ({ key, keyAt: at, value: value(each) }));
  return { ...base, kind: 'object', members, more: undefined };
}

function role(
  parts: Partial<Record<'name' | 'id' | 'assignableScopes' | 'permissions', unknown>>,
  rest: Partial<RoleParts> = {},
) {
  const read = (name: keyof typeof parts) => (name in parts ? value(parts[name]) : undefined);
  return roleOfCode({
    resource: {
      type: 'azurerm_role_definition',
      address: 'azurerm_role_definition.deployer',
      domain: 'main.bicep',
      at,
      properties: { kind: 'object', members: [], more: undefined, at, via: [] },
      presence: undefined,
    },
    name: read('name'),
    id: read('id'),
    description: undefined,
    assignableScopes: read('assignableScopes'),
    hasDefaultScope: true,
    permissions: read('permissions'),
    ...rest,
  });
}

test('the known actions of a list are read, and what is unknown in it is kept beside', () => {
  const read = role({ name: 'Deployer', permissions: [{ actions: ['*/read', undefined] }] });
  expect(read.permissions[0]?.actions.map(({ key }) => key)).toEqual(['*/read']);
  expect(read.unknowns).toEqual([{ part: 'actions', reason }]);
  expect(read.defects).toEqual([]);
});

test('a place names the way from the resource', () => {
  const read = role({ permissions: [{ actions: ['*/read'], notActions: ['*/write', '*/delete'] }] });
  expect(read.permissions[0]?.notActions[1]?.at.pointer).toBe(
    '/azurerm_role_definition.deployer/permissions/0/notActions/1',
  );
});

test.each([
  [{ name: 'Deployer' }, ['missing-permissions']],
  [{ name: 'Deployer', permissions: [] }, ['missing-permissions']],
  [{ name: 'Deployer', permissions: undefined }, []],
  [{ name: 'Deployer', permissions: [{ actions: undefined }] }, []],
  [{ permissions: [{ actions: ['*'] }] }, ['missing-name']],
  [{ name: ' ', permissions: [{ actions: ['*'] }] }, ['missing-name']],
  [{ name: undefined, permissions: [{ actions: ['*'] }] }, []],
  [{ name: 'Deployer', permissions: [{ actions: 7 }] }, ['wrong-type']],
  [{ name: 'Deployer', permissions: [{ actions: ['*', ['*']] }] }, ['wrong-type']],
])('%j lacks %j', (parts, kinds) => {
  expect(role(parts).defects.map(({ kind }) => kind)).toEqual(kinds);
});

test('scopes that are not written are missing only where the format has none of its own', () => {
  const written = { name: 'Deployer', permissions: [{ actions: ['*'] }] };
  expect(role(written, { hasDefaultScope: false }).defects.map(({ kind }) => kind)).toEqual([
    'missing-assignable-scopes',
  ]);
  expect(role(written).defects).toEqual([]);
});

test('the GUID of a role is the last part of its id', () => {
  const id = '/providers/Microsoft.Authorization/roleDefinitions/B24988AC-6180-42A0-AB88-20F7382DD24C';
  expect(role({ id }).guid).toBe('b24988ac-6180-42a0-ab88-20f7382dd24c');
});
