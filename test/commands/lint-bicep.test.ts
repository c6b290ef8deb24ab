import { describe, expect, test } from 'vitest';
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

describe('files beside it', () => {
  const assigned = `targetScope = 'subscription'
param principalId string
param roleId string

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, roleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: roleId
  }
}
`;
  const main = (scope = ''): string => `targetScope = 'subscription'

module owner 'modules/assign.bicep' = {
  name: 'owner'
${scope}  params: {
    principalId: 'a0000000-0000-0000-0000-000000000001'
    roleId: roleDefinitions('Owner').id
  }
}
`;

  interface Found {
    readonly findings: readonly { ruleId: string; message: string; file: string; line: number }[];
    readonly notices: readonly { code: string; message: string }[];
    readonly summary: { roleAssignments?: number; suppressed: number };
  }

  async function lintFolder(files: Readonly<Record<string, string>>, ...paths: string[]): Promise<Found> {
    const args = ['lint', ...paths, '--format', 'json', '--fail-on', 'never', '--allow-empty'];
    return JSON.parse((await runCli(args, { cwd: projectWith(files) })).stdout) as Found;
  }

  const files = { 'main.bicep': main(), 'modules/assign.bicep': assigned };

  test('a module is linted with what it is called with, in its own file, and once', async () => {
    const { findings, notices, summary } = await lintFolder(files, '.');
    expect(findings.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId}`)).toEqual([
      'modules/assign.bicep:5 assignment-privileged-service-principal',
    ]);
    expect([notices, summary.roleAssignments]).toEqual([[], 1]);
  });

  test('a run on one file says nothing of what stands in others', async () => {
    expect((await lintFolder(files, 'main.bicep')).findings).toEqual([]);
  });

  test('files that use each other hide nothing of each other', async () => {
    const circle = (other: string): string =>
      `${main().replace('modules/assign.bicep', other).replace('module owner', 'module circle')}
resource owner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid('${other}')
  properties: {
    principalId: 'b0000000-0000-0000-0000-000000000001'
    principalType: 'ServicePrincipal'
    roleDefinitionId: roleDefinitions('Owner').id
  }
}
`;
    const both = { 'a.bicep': circle('b.bicep'), 'b.bicep': circle('a.bicep') };
    const filesOf = async (more: Readonly<Record<string, string>>): Promise<string[]> => {
      const { findings } = await lintFolder({ ...both, ...more }, '.');
      return [...new Set(findings.map(({ file }) => file))].sort();
    };
    expect(await filesOf({})).toEqual(['a.bicep', 'b.bicep']);
    const outer = main().replace('modules/assign.bicep', 'a.bicep');
    expect(await filesOf({ 'outer.bicep': outer })).toEqual(['a.bicep', 'b.bicep']);
  });

  test('a comment in the module holds', async () => {
    const code = assigned.replace(
      'resource',
      '// azrbac-ignore assignment-privileged-service-principal: on purpose\nresource',
    );
    const { findings, summary } = await lintFolder({ ...files, 'modules/assign.bicep': code }, '.');
    expect([findings, summary.suppressed]).toEqual([[], 1]);
  });

  test('where a module is deployed is where it assigns', async () => {
    const inGroup = assigned
      .replace("targetScope = 'subscription'", '')
      .replace('subscription().id', 'resourceGroup().id');
    const { findings } = await lintFolder(
      { 'main.bicep': main("  scope: resourceGroup('ml')\n"), 'modules/assign.bicep': inGroup },
      '.',
    );
    expect(findings.map(({ message }) => / at (.+?): /.exec(message)?.[1])).toEqual([
      '/subscriptions/${subscription()}/resourceGroups/ml',
    ]);
  });

  test('what is not read is said', async () => {
    const code = (path: string): string => `module a '${path}' = {\n  name: 'a'\n}\n`;
    const said = async (path: string): Promise<readonly string[]> =>
      (await lintFolder({ 'main.bicep': code(path) }, 'main.bicep')).notices.map(({ message }) => message);
    expect(await said('br/public:avm/res/web/site:0.1.0')).toEqual([
      '1 module comes from a registry and was not read: "br/public:avm/res/web/site:0.1.0". Whether it holds role definitions is not known.',
    ]);
    expect(await said('./absent.bicep')).toEqual([
      'Module "a" lies in "./absent.bicep", which does not exist. Whether it holds role definitions is not known.',
    ]);
    expect((await said('../../../../../../../../etc/hosts.bicep')).join()).toMatch(
      /lies outside of|does not exist/,
    );
  });

  test('a module that uses itself ends', async () => {
    const code = `${assigned}module again 'assign.bicep' = {\n  name: 'again'\n  params: { principalId: principalId, roleId: roleId }\n}\n`;
    const { notices } = await lintFolder({ 'main.bicep': main(), 'modules/assign.bicep': code }, '.');
    expect(notices.map(({ message }) => message)).toEqual([
      'Module "again" lies in too many others and was not read. Whether it holds role definitions is not known.',
    ]);
  });

  test.each([
    [
      'loadJsonContent',
      'roles.json',
      '{ "name": "VM Restarter",\n  "actions": ["Microsoft.Compute/virtualMachines/restat/action"] }\n',
      'roles.json:2',
    ],
    [
      'loadYamlContent',
      'roles.yaml',
      'name: VM Restarter\nactions: [Microsoft.Compute/virtualMachines/restat/action]\n',
      'roles.yaml:2',
    ],
  ])('%s gives values that are edited in that file', async (load, file, text, place) => {
    const code = `var role = ${load}('${file}')
resource restarter 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, role.name)
  properties: {
    roleName: role.name
    description: 'Restarts virtual machines.'
    assignableScopes: ['/subscriptions/11111111-2222-3333-4444-555555555555']
    permissions: [{ actions: role.actions }]
  }
}
`;
    const { findings } = await lintFolder({ 'main.bicep': code, [file]: text }, '.');
    const found = findings.filter(({ ruleId }) => ruleId === 'action-unknown');
    expect(found.map(each => `${each.file}:${each.line}`)).toEqual([place]);
  });
});
