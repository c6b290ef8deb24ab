import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const type = 'Microsoft.Authorization/roleDefinitions';
const read = 'Microsoft.Compute/virtualMachines/read';

function template(parts: object, permission: object): string {
  const properties = {
    roleName: 'Restarter',
    description: 'Restarts machines.',
    assignableScopes: ['[subscription().id]'],
    permissions: [permission],
  };
  const $schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
  const resources = [{ type, name: "[guid('restarter')]", apiVersion: '2022-04-01', properties }];
  return JSON.stringify({ $schema, contentVersion: '1.0.0.0', ...parts, resources }, null, 2);
}

async function lint(cwd: string, ...args: string[]) {
  const run = await runCli(['lint', 'main.json', '--format', 'json', '--fail-on', 'never', ...args], { cwd });
  return JSON.parse(run.stdout) as {
    findings: { ruleId: string; line: number; column: number; related: { message: string }[] }[];
    notices: { code: string; message: string }[];
  };
}

test('a finding stands at the literal in a variable, and tells the way from there', async () => {
  const variables = { actions: [read, 'Microsoft.Compute/virtualMachines/restart/acton'] };
  const cwd = projectWith({ 'main.json': template({ variables }, { actions: "[variables('actions')]" }) });
  const { findings } = await lint(cwd);
  expect(findings).toMatchObject([
    {
      ruleId: 'action-unknown',
      line: 7,
      column: 7,
      related: [{ message: "It comes here through variables('actions')." }],
    },
  ]);
});

test('what is unknown is one notice per cause, and the rest is linted', async () => {
  const parameters = { more: { type: 'array' } };
  const actions = "[concat(createArray('*'), parameters('more'))]";
  const cwd = projectWith({ 'main.json': template({ parameters }, { actions }) });
  const { findings, notices } = await lint(cwd);
  expect(findings.map(({ ruleId }) => ruleId)).toContain('role-assigns-roles');
  expect(notices.map(({ message }) => message)).toEqual([
    'subscription() is known only after deployment. Role "Restarter" was linted without that part of assignableScopes.',
    'parameters(\'more\') has no value here. Role "Restarter" was linted without that part of actions.',
  ]);
});

test('a module that hands on empty values because nobody gave any has no empty role', async () => {
  const parameters = { actions: { type: 'array', defaultValue: [] } };
  const inner = JSON.parse(template({ parameters }, { actions: "[parameters('actions')]" })) as object;
  const given =
    "[if(not(empty(parameters('actions'))), createObject('value', parameters('actions')), createObject('value', createArray()))]";
  const module = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name: 'module',
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: { actions: given },
      template: inner,
    },
  };
  const outer = { ...inner, resources: [module] };
  const { findings, notices } = await lint(projectWith({ 'main.json': JSON.stringify(outer, null, 2) }));
  expect(findings).toEqual([]);
  expect(notices.map(({ message }) => message)).toContainEqual(
    expect.stringContaining("parameters('actions')"),
  );
});

describe('--fix', () => {
  async function fixed(text: string): Promise<{ text: string; notices: string[] }> {
    const cwd = projectWith({ 'main.json': text });
    const { notices } = await lint(cwd, '--fix');
    const messages = notices.filter(({ code }) => code === 'not-fixed').map(({ message }) => message);
    return { text: readFileSync(join(cwd, 'main.json'), 'utf8'), notices: messages };
  }

  test('mends a permission of a template', async () => {
    expect(await fixed(template({}, { actions: [read, read] }))).toEqual({
      text: template({}, { actions: [read] }),
      notices: [],
    });
  });

  test('leaves a list alone that is no permission, and says so', async () => {
    const text = template({ variables: { actions: [read, read] } }, { actions: "[variables('actions')]" });
    expect(await fixed(text)).toEqual({
      text,
      notices: ['1 finding (action-duplicate) was not fixed: it is not about a permission of a role.'],
    });
  });

  test('changes nothing that changes another role', async () => {
    const first = JSON.parse(template({}, { actions: [read, read, '*/read'] })) as {
      resources: { name: string; properties: { roleName: string; permissions: object } }[];
      variables: object;
    };
    const permission = { actions: [read, read, 'Microsoft.Web/sites/read'] };
    const variables = { permission };
    const own = first.resources[0]!;
    own.properties.permissions = ["[variables('permission')]"];
    const other = structuredClone(own);
    other.name = 'b';
    other.properties.roleName = 'Other';
    other.properties.permissions = [{ actions: ["[variables('permission').actions[2]]"] }];
    const text = JSON.stringify({ ...first, variables, resources: [own, other] }, null, 2);
    const result = await fixed(text);
    expect(result.text).toBe(text);
    expect(result.notices).toEqual([expect.stringContaining('another permission would change as well')]);
  });
});

test('a template in which no role is defined is said to be one', async () => {
  const text = template({}, {}).replace(type, 'Microsoft.Web/sites');
  const { notices } = await lint(projectWith({ 'main.json': text }), '--allow-empty');
  expect(notices.map(({ message }) => message)).toEqual([
    'No role definition was found; the file holds an ARM template without any.',
  ]);
});
