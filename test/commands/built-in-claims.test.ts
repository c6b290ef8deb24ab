import { expect, test } from 'vitest';
import { runCli } from './run-cli.js';

// What a role file says of its type proves nothing: Azure does not read it when a role is created.

const everything = { actions: ['*'], notActions: [], dataActions: [], notDataActions: [] };
const reading = { ...everything, actions: ['*/read'] };
const reader = {
  roleName: 'Reader',
  roleType: 'BuiltInRole',
  name: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  permissions: [reading],
  assignableScopes: ['/'],
};
const unknownGuid = '11111111-2222-3333-4444-555555555555';

async function lint(...roles: readonly object[]) {
  const { exitCode, stdout } = await runCli(['lint', '-', '--format', 'json'], {
    stdin: JSON.stringify(roles),
  });
  const { findings, notices } = JSON.parse(stdout) as {
    findings: { ruleId: string }[];
    notices: { code: string; message: string }[];
  };
  return { exitCode, rules: findings.map(({ ruleId }) => ruleId), notices };
}

test.each([
  { name: 'a name and a GUID of its own', role: { roleName: 'Everything', name: unknownGuid } },
  { name: 'the name of a built-in role alone', role: { name: unknownGuid } },
  { name: 'the GUID of a built-in role alone', role: { roleName: 'Everything' } },
  { name: 'no GUID at all', role: { name: undefined } },
  { name: 'name and GUID of a built-in role that grants less', role: {} },
])('a role of type BuiltInRole with $name is linted', async ({ role }) => {
  const { exitCode, rules, notices } = await lint({ ...reader, permissions: [everything], ...role });
  expect(rules).toContain('role-equals-owner');
  expect(notices.map(({ code }) => code)).toContain('built-in-role-unknown');
  expect(exitCode).toBe(1);
});

test.each([
  {
    name: 'type',
    role: { Name: 'Everything', type: 'BuiltInRole', Actions: ['*'], AssignableScopes: ['/'] },
  },
  {
    name: '"IsCustom": false',
    role: { Name: 'Everything', Id: unknownGuid, IsCustom: false, Actions: ['*'], AssignableScopes: ['/'] },
  },
  {
    name: 'IsCustom and a type that contradict each other',
    role: { Name: 'Everything', IsCustom: true, roleType: 'builtinrole', Actions: ['*'] },
  },
])('a role that is called built-in by $name is linted', async ({ role }) => {
  expect((await lint(role)).rules).toContain('role-equals-owner');
});

test('a role that calls itself built-in is held to what Azure asks of custom roles', async () => {
  const { rules } = await lint({
    ...reader,
    roleName: 'Everything',
    name: unknownGuid,
    assignableScopes: [],
  });
  expect(rules).toContain('role-missing-assignable-scopes');
});

test('a built-in role is known where its strings come in another order and case, or grant less than they do today', async () => {
  const lower = { ...reader, permissions: [{ ...reading, actions: ['*/READ'] }] };
  const less = { ...reader, permissions: [{ ...reading, actions: ['Microsoft.Compute/*/read'] }] };
  for (const role of [lower, less]) {
    expect((await lint(role)).notices.map(({ code }) => code)).toEqual(['built-in-roles-skipped']);
  }
});

test('the notice counts the roles and names the date of the catalog', async () => {
  const claims = [1, 2].map(n => ({
    ...reader,
    roleName: `Reader ${n}`,
    name: unknownGuid.replace('1', `${n}`),
  }));
  const { notices } = await lint(reader, ...claims);
  expect(notices).toEqual([
    {
      code: 'built-in-roles-skipped',
      message: '1 built-in role was not linted; --include-built-in lints them too.',
    },
    {
      code: 'built-in-role-unknown',
      message:
        '2 roles say that they are built-in and are not in the catalog of 2026-08-22, or not with these permissions; they were linted as custom roles.',
      file: '-',
      line: 1,
      column: 212,
    },
  ]);
});

test('an older export of a built-in role under its former name is not blamed for its GUID and scope', async () => {
  const { rules, notices } = await lint({ ...reader, roleName: 'Reader (Preview)' });
  // What it grants is judged all the same.
  expect(rules).toEqual(['role-grants-all-reads']);
  expect(notices.map(({ code }) => code)).toEqual(['built-in-role-unknown']);
});
