import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const ids = readdirSync('rules')
  .filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'))
  .map(name => name.slice(0, -'.json'.length))
  .sort();

test('every rule is listed, under its category, with its severity', async () => {
  const { exitCode, stdout } = await runCli(['rules']);
  for (const id of ids)
    expect(stdout).toMatch(new RegExp(`^ {2}${id} +(critical|high|medium|low|info) `, 'm'));
  expect(stdout).toMatch(/\nazure-ml\n(.+\n)* {2}ml-scoring-wildcard +high +\S/);
  expect(stdout).toContain(`\n${ids.length} rules.`);
  expect(exitCode).toBe(0);
});

test('the list is there as JSON', async () => {
  const { rules } = JSON.parse((await runCli(['rules', '--format', 'json'])).stdout) as {
    rules: { id: string }[];
  };
  expect(rules.map(({ id }) => id)).toEqual(ids);
});

test('one rule is shown in full', async () => {
  const { stdout } = await runCli(['rules', 'ml-scoring-wildcard']);
  expect(stdout).toMatch(/^ml-scoring-wildcard \(high, azure-ml, since 0\.1\.0\)\n/);
  expect(stdout).toMatch(/^why {6}\S/m);
  expect(stdout).toMatch(/^fix {6}\S/m);
  expect(stdout).toMatch(/^see {6}https:\/\/learn\.microsoft\.com\//m);
  expect(stdout).toMatch(/^example {2}.*: found at \/Actions\/0$/m);
  expect(stdout).toMatch(/^example {2}.*: clean$/m);
});

test('one rule is there as JSON', async () => {
  const { stdout } = await runCli(['rules', 'ml-scoring-wildcard', '-f', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    rule: { id: 'ml-scoring-wildcard', severity: 'high' },
  });
});

test.each([
  { id: 'ml-scoring-wildcrd', hint: 'Did you mean "ml-scoring-wildcard"?' },
  { id: '__proto__', hint: 'All rules: azrbac rules' },
])('the unknown rule $id is refused with a hint', async ({ id, hint }) => {
  const { exitCode, stdout, stderr } = await runCli(['rules', id]);
  expect(stderr).toBe(`azrbac: There is no rule "${id}".\n${hint}\n`);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

test("the user's own rules are listed and shown like ours", async () => {
  const cwd = projectWith({
    'azrbac.config.json': { ruleFiles: ['no-dns-deletion.json', 'dns-deletion.json'] },
    'no-dns-deletion.json': {
      id: 'role-deletes-dns-zones',
      title: 'A role can delete DNS zones\u001b[2J',
      category: 'sensitive-operations',
      severity: 'high',
      check: 'grants-operation-group',
      options: { cases: [{ allOf: ['dns-deletion'] }] },
      message: 'Role "{role}" deletes DNS zones.',
      why: 'Our names would be gone.',
      fix: 'Remove the operation.',
    },
    'dns-deletion.json': {
      name: 'dns-deletion',
      title: 'Deletes DNS zones',
      operations: [
        { operation: 'Microsoft.Network/dnsZones/delete', plane: 'control', reason: 'delete a DNS zone' },
      ],
    },
  });
  const { exitCode, stdout, stderr } = await runCli(['rules'], { cwd });
  expect(stderr).toBe('');
  expect(stdout).toContain('role-deletes-dns-zones');
  expect(stdout).not.toContain('\u001b');
  expect(exitCode).toBe(0);
  expect((await runCli(['rules', 'role-deletes-dns-zones'], { cwd })).stdout).toContain(
    'why      Our names would be gone.',
  );
});
