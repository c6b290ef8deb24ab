import { expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

interface Report {
  readonly findings: readonly { ruleId: string; line: number; pointer: string; message: string }[];
  readonly notices: readonly { code: string; message: string; line: number }[];
  readonly summary: { roleDefinitions: number };
}

async function lint(content: object, ...more: string[]): Promise<Report> {
  const cwd = projectWith({ 'plan.json': content });
  const run = await runCli(
    ['lint', 'plan.json', '--format', 'json', '--fail-on', 'never', '--allow-empty', ...more],
    {
      cwd,
    },
  );
  return JSON.parse(run.stdout) as Report;
}

const misspelt = 'Microsoft.Compute/virtualMachines/restat/action';
const values = {
  name: 'VM Restarter',
  description: 'Restarts virtual machines.',
  scope: '/subscriptions/11111111-2222-3333-4444-555555555555',
  assignable_scopes: ['/subscriptions/11111111-2222-3333-4444-555555555555'],
  permissions: [{ actions: [misspelt], data_actions: [], not_actions: [], not_data_actions: [] }],
};

function resource(address: string, more: object = {}): object {
  return {
    address,
    mode: 'managed',
    type: 'azurerm_role_definition',
    name: 'restarter',
    values: { ...values, ...more },
  };
}

test('roles of a plan are linted, those of its modules too', async () => {
  const child = {
    address: 'module.a',
    resources: [resource('module.a.azurerm_role_definition.restarter', { name: 'Other' })],
  };
  const report = await lint({
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: {
      root_module: { resources: [resource('azurerm_role_definition.restarter')], child_modules: [child] },
    },
  });
  expect(report.summary.roleDefinitions).toBe(2);
  expect(report.findings.map(({ ruleId, line, pointer }) => [ruleId, line, pointer])).toEqual([
    ['action-unknown', 22, '/azurerm_role_definition.restarter/permissions/0/actions/0'],
    ['action-unknown', 51, '/module.a.azurerm_role_definition.restarter/permissions/0/actions/0'],
  ]);
});

test('what the plan does not know is unknown, and what a subnet delegates is no role', async () => {
  const address = 'azurerm_role_definition.restarter';
  const { permissions: _, name: __, ...known } = values;
  const subnet = { service_delegation: [{ actions: [misspelt] }] };
  const report = await lint({
    terraform_version: '1.9.0',
    planned_values: {
      root_module: {
        resources: [
          { ...resource(address), values: { ...known, permissions: [{ not_actions: [misspelt] }] } },
          {
            address: 'azurerm_subnet.a',
            mode: 'managed',
            type: 'azurerm_subnet',
            values: { delegation: [subnet] },
          },
        ],
      },
    },
    resource_changes: [
      {
        address,
        change: {
          actions: ['create'],
          after_unknown: { id: true, name: true, permissions: [{ actions: true }] },
        },
      },
    ],
  });
  expect(report.findings.map(({ ruleId }) => ruleId)).toEqual(['action-unknown']);
  expect(report.notices.map(({ message }) => message)).toEqual([
    `${address}.name is known only after deployment. Role "${address}" was linted without that part of name.`,
    `${address}.permissions is known only after deployment. Role "${address}" was linted without that part of actions.`,
  ]);
});

test('a state is read as Terraform shows it, and as it keeps it', async () => {
  const shown = {
    terraform_version: '1.9.0',
    values: { root_module: { resources: [resource('azurerm_role_definition.restarter')] } },
  };
  const kept = {
    version: 4,
    terraform_version: '1.9.0',
    resources: [
      {
        mode: 'managed',
        type: 'azurerm_role_definition',
        name: 'restarter',
        module: 'module.a',
        instances: [{ index_key: 'dev', attributes: values }],
      },
    ],
  };
  expect((await lint(shown)).findings.map(({ pointer }) => pointer)).toEqual([
    '/azurerm_role_definition.restarter/permissions/0/actions/0',
  ]);
  expect((await lint(kept)).findings.map(({ pointer }) => pointer)).toEqual([
    '/module.a.azurerm_role_definition.restarter["dev"]/permissions/0/actions/0',
  ]);
});

test('--fix leaves a plan as it is', async () => {
  const permissions = [{ actions: [misspelt, misspelt] }];
  const report = await lint(
    {
      terraform_version: '1.9.0',
      planned_values: {
        root_module: { resources: [resource('azurerm_role_definition.restarter', { permissions })] },
      },
    },
    '--fix',
  );
  expect(report.notices.map(({ message }) => message)).toEqual([
    '1 finding (action-duplicate) was not fixed: only Terraform itself writes plans and states.',
  ]);
});

test('a plan that only mentions roles is said to hold none', async () => {
  const report = await lint({
    terraform_version: '1.9.0',
    planned_values: {},
    checks: ['azurerm_role_definition'],
  });
  expect(report.notices.map(({ message }) => message)).toEqual([
    'No role definition was found; the file holds a Terraform document without any.',
  ]);
});
