import { expect, test } from 'vitest';
import { roleMatchesBuiltin, roleNearBuiltin } from '../../../src/lint/checks/like-built-in-role.js';
import { roleIdentity } from '../../../src/lint/checks/role-identity.js';
import { customRole, evaluate } from './custom-role.js';

const pull = 'Microsoft.ContainerRegistry/registries/pull/read';
const vault = 'Microsoft.KeyVault/vaults/secrets';
// Key Vault Secrets User.
const secretsUser = { dataActions: [`${vault}/getSecret/action`, `${vault}/readMetadata/action`] };

test('a role without a name that grants what a built-in one does is found where it begins', () => {
  const role = customRole({ actions: [pull] }, { name: undefined });
  expect(evaluate(roleMatchesBuiltin, role, {})).toMatchObject([
    { at: role.at, evidence: { builtInRoles: ['AcrPull'], count: 1 } },
  ]);
});

test.each([
  ['the same', { actions: [pull] }, ['AcrPull']],
  ['the same on data', secretsUser, ['Key Vault Secrets User']],
  ['more', { actions: [pull, 'Microsoft.ContainerRegistry/registries/read'] }, undefined],
  ['the same under a condition', { actions: [pull], condition: '@Resource[a] BoolEquals true' }, undefined],
  ['nothing', { actions: [] }, undefined],
])('a role that grants %s', (_, permission, expected) => {
  const found = evaluate(roleMatchesBuiltin, customRole(permission), {});
  expect(found[0]?.evidence['builtInRoles']).toEqual(expected);
});

test.each([
  ['one more', [`${vault}/setSecret/action`], { variant: 'more', extra: [`${vault}/setSecret/action`] }],
  ['nothing more', [], undefined],
])('a role that grants what two of a built-in one are and %s', (_, more, expected) => {
  const role = customRole({ dataActions: [...secretsUser.dataActions, ...more] }, { name: undefined });
  const [match] = evaluate(roleNearBuiltin, role, { operations: 3, percent: 50 });
  const found = match && { variant: match.variant, extra: match.evidence['extra'] };
  expect(found).toEqual(expected);
  if (match !== undefined) expect(match.at).toBe(role.at);
});

const id = (value: string) => {
  const { at } = customRole({});
  return { id: { value, at }, guid: undefined };
};

test.each([
  ['', false],
  [' ', false],
  ['<role id>', false],
  ['xxxxxxxx-xxxx', false],
  ['disk-keeper', true],
])('the id "%s" is none: %s', (value, isFault) => {
  const found = evaluate(roleIdentity, customRole({}, id(value)), { fault: 'id-not-guid' });
  expect(found).toHaveLength(isFault ? 1 : 0);
});
