import { expect, test } from 'vitest';
import { assign, group, id, roles, subscription, user } from '../tenant/access/tenant-rows.js';
import { carrier, identity, owner } from '../analysis/escalation/paths-of.js';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const tenant = {
  version: 1,
  kind: 'azrbac-snapshot',
  principals: [{ ...user(1), displayName: 'Ada\u001b[31m' }, user(2), { ...identity(9), owners: [] }],
  subscriptions: [{ id: subscription.split('/')[2] }],
  resources: [carrier('Microsoft.Compute/virtualMachines', 'vm', 9)],
  roleAssignments: [assign(roles.contributor, id(1), group), owner(9)],
};

async function run(snapshot: object, ...args: readonly string[]) {
  return runCli(['paths', '--snapshot', 's.json', ...args], { cwd: projectWith({ 's.json': snapshot }) });
}

test('says who gets there and why, and nothing of strangers unescaped', async () => {
  const { exitCode, stdout } = await run(tenant);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('1 step: "Ada\\u{1b}[31m"');
  expect(stdout).toContain('Microsoft.Compute/virtualMachines/runCommand/action');
  expect(stdout).toContain('cuts off 1 of 1');
  expect(stdout).toContain('1 identity can take over 1 of 1 scope (1 path).');
});

test('says the same to a script, always alike', async () => {
  const { stdout, exitCode } = await run(tenant, '--format', 'json');
  expect(exitCode).toBe(1);
  const report = JSON.parse(stdout);
  expect(Object.keys(report)).toEqual(['version', 'targets', 'paths', 'cuts', 'notices']);
  expect(report.paths[0]).toMatchObject({
    from: { id: id(1), type: 'User' },
    to: subscription,
    stepCount: 1,
    steps: [{ method: 'virtual-machine', certainty: 'certain' }],
    because: [{ role: 'Owner' }],
    cut: [{ method: 'virtual-machine', gains: 'Identity 9' }],
  });
  expect((await run(tenant, '--format', 'json')).stdout).toBe(stdout);
});

test('no path is 0; none found while something was not read is 3', async () => {
  const harmless = { ...tenant, roleAssignments: [owner(9)] };
  expect((await run(harmless)).exitCode).toBe(0);
  const gaps = [{ what: 'roleAssignments', scope: subscription, reason: 'refused' }];
  expect((await run({ ...harmless, gaps })).exitCode).toBe(3);
  const unknown = assign('00000000-0000-0000-0000-00000000beef', id(2), subscription);
  expect((await run({ ...harmless, roleAssignments: [owner(9), unknown] })).exitCode).toBe(3);
  expect((await run({ ...tenant, gaps })).exitCode).toBe(1);
});

test('asks for one principal, one scope, few steps, owners', async () => {
  expect((await run(tenant, '--from', 'User 2')).exitCode).toBe(0);
  expect((await run(tenant, '--from', id(1), '--to', group)).exitCode).toBe(1);
  const all = await run(tenant, '--from', id(9), '--all');
  expect(all.exitCode).toBe(0);
  expect(all.stdout).toContain('in control: "Identity 9"');
});

test.each([['0'], ['-1'], ['x'], ['1.5']])('--max-steps %s is a mistake', async steps => {
  const { exitCode, stderr } = await run(tenant, `--max-steps=${steps}`);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--max-steps');
});
