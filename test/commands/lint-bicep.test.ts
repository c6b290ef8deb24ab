import { expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const role = `targetScope = 'subscription'

param more array
var actions = [
  'Microsoft.Compute/virtualMachines/reed'
]

resource restarter 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid('restarter')
  properties: {
    roleName: 'Restarter'
    description: 'Restarts machines.'
    permissions: [
      {
        // azrbac-ignore role-grants-all-reads: It audits.
        actions: concat(actions, ['*/read'], more)
      }
    ]
    assignableScopes: [subscription().id]
  }
}
`;

async function lint(files: Record<string, string>, ...args: string[]) {
  const run = await runCli(['lint', '.', '--format', 'json', '--fail-on', 'never', ...args], {
    cwd: projectWith(files),
  });
  return JSON.parse(run.stdout) as {
    summary: { roleDefinitions: number; suppressed: number };
    findings: {
      ruleId: string;
      file: string;
      line: number;
      column: number;
      related: { message: string }[];
    }[];
    notices: { code: string; message: string; line?: number }[];
  };
}

test('a role in Bicep is linted where its literals stand', async () => {
  const { summary, findings, notices } = await lint({ 'infra/main.bicep': role });
  expect(summary).toMatchObject({ roleDefinitions: 1, suppressed: 1 });
  expect(findings).toMatchObject([
    {
      ruleId: 'action-unknown',
      file: 'infra/main.bicep',
      line: 5,
      column: 3,
      related: [{ message: 'It comes here through actions.' }],
    },
  ]);
  expect(notices.map(({ message }) => message)).toEqual([
    'subscription() is known only after deployment. Role "Restarter" was linted without that part of assignableScopes.',
    'param more has no value here. Role "Restarter" was linted without that part of actions.',
  ]);
});

test('a syntax error costs its own declaration', async () => {
  const { findings } = await lint({
    'main.bicep': role.replace('param more array', "var x = [\n  'assignableScopes'"),
  });
  expect(findings.map(({ ruleId, line }) => [ruleId, line])).toEqual([
    ['document-syntax', 5],
    ['action-unknown', 6],
  ]);
});

test('Bicep without roles is passed over in folders, and a notice where it was named', async () => {
  const files = { 'main.bicep': 'param x string\noutput y string = x\n', 'role.bicep': role };
  expect((await lint(files)).summary.roleDefinitions).toBe(1);
  const cwd = projectWith(files);
  const run = await runCli(['lint', 'main.bicep', '--allow-empty', '--format', 'json'], { cwd });
  expect(JSON.parse(run.stdout)).toMatchObject({
    notices: [{ message: 'No role definition was found; the file holds Bicep without any.' }],
  });
});
