import { describe, expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

interface Report {
  readonly findings: readonly { ruleId: string; file: string; line: number; column: number }[];
  readonly notices: readonly { code: string; message: string }[];
  readonly summary: { roleDefinitions: number; suppressed: number };
}

async function lint(files: Readonly<Record<string, string>>): Promise<Report> {
  const args = ['lint', '.', '--format', 'json', '--fail-on', 'never', '--allow-empty'];
  return JSON.parse((await runCli(args, { cwd: projectWith(files) })).stdout) as Report;
}

function places({ findings }: Report): string[] {
  return findings.map(({ line, column, ruleId }) => `${line}:${column} ${ruleId}`);
}

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';

describe('tasks of Ansible', () => {
  const task = (actions: string): string => `- hosts: localhost
  tasks:
    - name: Let them restart machines
      azure.azcollection.azure_rm_roledefinition:
        name: VM Restarter
        description: Restarts virtual machines.
        permissions:
          - actions:
              ${actions}
            not_actions: []
        assignable_scopes:
          - ${subscription}
`;

  test('are read, in their places', async () => {
    expect(places(await lint({ 'site.yml': task('- Microsoft.Compute/virtualMachines/raed') }))).toEqual([
      '9:17 action-unknown',
    ]);
    expect(places(await lint({ 'site.yml': task('- "*"') }))).toEqual(['9:17 role-equals-owner']);
  });

  test('that remove a role are none of its business', async () => {
    const gone = task('- "*"').replace('name: VM', 'state: absent\n        name: VM');
    expect((await lint({ 'site.yml': gone })).summary.roleDefinitions).toBe(0);
  });

  test('leave open what Jinja puts in, and say so', async () => {
    const { findings, notices, summary } = await lint({
      'site.yml': task('"{{ item.actions }}"').replace('VM Restarter', '"{{ item.name }}"'),
    });
    expect([findings, summary.roleDefinitions]).toEqual([[], 1]);
    expect(notices.map(({ message }) => message.split(' has ', 1)[0])).toEqual([
      '{{ item.name }}',
      '{{ item.actions }}',
    ]);
  });

  test('are judged by what is known beside it', async () => {
    const report = await lint({ 'site.yml': task('- "*"\n              - "{{ more }}"') });
    expect(places(report)).toContain('9:17 role-grants-all-actions');
  });

  test('are suppressed in comments', async () => {
    const quiet = task('# azrbac-ignore role-equals-owner: it is a test\n              - "*"');
    const { findings, summary } = await lint({ 'site.yml': quiet });
    expect([findings, summary.suppressed]).toEqual([[], 1]);
  });
});

test.each([
  [
    'a list of roles in snake_case',
    `roles:\n  - role_name: All\n    permissions:\n      - actions: ["*"]\n        not_actions: []\n    assignable_scopes: ["${subscription}"]\n`,
  ],
  [
    'the shape of the Azure CLI',
    `Name: All\nIsCustom: true\nActions: ["*"]\nNotActions: []\nAssignableScopes: ["${subscription}"]\n`,
  ],
  [
    'the shape of REST in values of a chart',
    `global:\n  azure:\n    role:\n      roleName: All\n      permissions:\n        - actions: ["*"]\n      assignableScopes: ["${subscription}"]\n`,
  ],
  ['the second document of a file', `a: 1\n---\nname: All\nactions: ["*"]\nnot_actions: []\n`],
])('%s is read', async (_, text) => {
  const { findings, summary } = await lint({ 'values.yaml': text });
  expect(summary.roleDefinitions).toBe(1);
  expect(findings.map(({ ruleId }) => ruleId)).toContain('role-equals-owner');
});

test.each([
  [
    'a role of Kubernetes',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: assignable_scopes }\nrules: [{ verbs: ["*"], resources: [pods], apiGroups: [""] }]\n',
  ],
  [
    'a policy of AWS',
    'Version: "2012-10-17"\nStatement: [{ Effect: Allow, NotAction: ["*"], Action: ["*"], not_actions: [] }]\n',
  ],
  ['a workflow that has actions', 'name: not_actions\nactions: [checkout, setup]\n'],
])('%s is left alone', async (_, text) => {
  const { summary, notices } = await lint({ 'other.yaml': text });
  expect([summary.roleDefinitions, notices]).toEqual([0, []]);
});

test('a named file without a trace of a role is not parsed, and said to hold none', async () => {
  const cwd = projectWith({ 'deploy.yaml': 'steps: [build\n' });
  const { stderr, exitCode } = await runCli(['lint', 'deploy.yaml'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('No role definition was found; the file holds YAML without any.');
});

test('a damaged text is worth a word, and no fix is written into YAML', async () => {
  const damaged = await lint({ 'a.yaml': 'a: [b\nassignable_scopes:\n - "x' });
  expect(damaged.notices).toMatchObject([{ code: 'no-role-definition' }]);
  const cwd = projectWith({
    'a.yaml': `name: R\ndescription: d\nactions: [Microsoft.Compute/virtualMachines/raed]\nassignable_scopes: ["${subscription}"]\n`,
  });
  const { stderr, stdout } = await runCli(['lint', 'a.yaml', '--fix', '--fix-typos'], { cwd });
  expect(stdout + stderr).toContain('fixes are not written into YAML yet');
});
