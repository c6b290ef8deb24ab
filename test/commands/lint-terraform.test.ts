import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

interface Report {
  readonly findings: readonly {
    ruleId: string;
    message: string;
    file: string;
    line: number;
    column: number;
    pointer: string;
    subject: { name: string | null };
    related: readonly { message: string }[];
  }[];
  readonly notices: readonly { code: string; message: string; file: string; line: number }[];
  readonly summary: { roleDefinitions: number; suppressed: number; files: number };
}

async function lint(cwd: string, ...paths: string[]): Promise<Report> {
  const args = ['lint', ...paths, '--format', 'json', '--fail-on', 'never'];
  return JSON.parse((await runCli(args, { cwd })).stdout) as Report;
}

function places({ findings }: Report): string[] {
  return findings.map(({ file, line, column, ruleId }) => `${file}:${line}:${column} ${ruleId}`);
}

function messages({ notices }: Report): string[] {
  return notices.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

const misspelt = 'Microsoft.Compute/virtualMachines/restat/action';
const read = 'Microsoft.Compute/virtualMachines/read';
const scope = '/subscriptions/11111111-2222-3333-4444-555555555555';

function role(parts: { actions: string; name?: string; label?: string; more?: string }): string {
  const { actions, name = '"VM Restarter"', label = 'restarter', more = '' } = parts;
  return `resource "azurerm_role_definition" "${label}" {
${more}  name        = ${name}
  scope       = "${scope}"
  description = "Restarts virtual machines."

  permissions {
    actions = ${actions}
  }
}
`;
}

test('a finding stands at the literal of a role', async () => {
  const report = await lint(projectWith({ 'main.tf': role({ actions: `["${misspelt}"]` }) }), 'main.tf');
  expect(places(report)).toEqual(['main.tf:7:16 action-unknown']);
  expect(report.findings[0]).toMatchObject({
    subject: { name: 'VM Restarter' },
    pointer: '/azurerm_role_definition.restarter/permissions/0/actions/0',
  });
  expect(report.notices).toEqual([]);
});

test('a literal in another file of the folder is found from the file of the role, with the way there', async () => {
  const cwd = projectWith({
    'main.tf': role({ actions: 'concat(local.actions, [])' }),
    'locals.tf': `locals {\n  actions = [\n    "${misspelt}",\n  ]\n}\n`,
    'other.tf': role({ actions: `["${misspelt}x"]`, label: 'other' }),
  });
  const report = await lint(cwd, 'main.tf');
  expect(places(report)).toEqual(['locals.tf:3:5 action-unknown']);
  expect(report.findings[0]?.related.map(({ message }) => message)).toEqual([
    'It comes here through local.actions.',
  ]);
  expect(places(await lint(cwd, 'locals.tf'))).toEqual(['locals.tf:3:5 action-unknown']);
});

test('a comment accepts what is found on the next line, in the file of the literal', async () => {
  const cwd = projectWith({
    'main.tf': role({ actions: 'local.actions' }),
    'locals.tf': `locals {\n  actions = [\n    # azrbac-ignore action-unknown: it is to come\n    "${misspelt}",\n  ]\n}\n`,
  });
  expect(await lint(cwd, 'main.tf')).toMatchObject({ findings: [], summary: { suppressed: 1 } });
  expect(await lint(cwd, '.')).toMatchObject({ findings: [], summary: { suppressed: 1 } });
});

test('what is unknown is one notice per cause, and the rest is linted', async () => {
  const text = `variable "more" {}\n${role({ actions: `concat(["${misspelt}", "\${var.provider}/read"], var.more)` })}variable "provider" {}\n`;
  const report = await lint(projectWith({ 'main.tf': text }), '.');
  expect(places(report)).toEqual(['main.tf:8:23 action-unknown']);
  expect(messages(report)).toEqual([
    'main.tf:1 var.more has no value here. Role "VM Restarter" was linted without that part of actions.',
    'main.tf:11 var.provider has no value here. Role "VM Restarter" was linted without that part of actions.',
  ]);
});

test('a role whose actions are unknown is not said to be empty or without permissions', async () => {
  const report = await lint(projectWith({ 'main.tf': role({ actions: 'var.actions' }) }), '.');
  expect(places(report)).toEqual([]);
  expect(messages(report)).toEqual([
    'main.tf:7 var.actions is not declared. Role "VM Restarter" was linted without that part of actions.',
  ]);
});

test('instances of a loop that share a fault are one finding', async () => {
  const text = role({
    actions: `concat(["${misspelt}"], each.value)`,
    name: '"VM Restarter ${each.key}"',
    more: `  for_each = { dev = ["${read}"], prod = ["${read}x"] }\n`,
  });
  const report = await lint(projectWith({ 'main.tf': text }), '.');
  expect(report.summary.roleDefinitions).toBe(2);
  expect(places(report)).toEqual(['main.tf:2:74 action-unknown', 'main.tf:8:23 action-unknown']);
  expect(report.findings[0]?.pointer).toBe(
    '/azurerm_role_definition.restarter["prod"]/permissions/0/actions/1',
  );
});

test('dynamic blocks are permissions', async () => {
  const text = `resource "azurerm_role_definition" "restarter" {
  name        = "VM Restarter"
  scope       = "${scope}"
  description = "Restarts virtual machines."
  dynamic "permissions" {
    for_each = ["${misspelt}"]
    content {
      actions = [permissions.value]
    }
  }
}`;
  const report = await lint(projectWith({ 'main.tf': text }), '.');
  expect(places(report)).toEqual(['main.tf:6:17 action-unknown']);
});

describe('modules', () => {
  const module = {
    'modules/role/main.tf': role({ actions: 'var.actions', name: 'var.name' }),
    'modules/role/variables.tf': 'variable "name" {}\nvariable "actions" {\n  type = list(string)\n}\n',
  };

  test('are read with what they are called with', async () => {
    const cwd = projectWith({
      ...module,
      'main.tf': `module "role" {\n  source  = "./modules/role"\n  name    = "VM Restarter"\n  actions = ["${misspelt}"]\n}\n`,
    });
    const report = await lint(cwd, '.');
    expect(places(report)).toEqual(['main.tf:4:14 action-unknown']);
    expect(report.findings[0]).toMatchObject({
      pointer: '/module.role.azurerm_role_definition.restarter/permissions/0/actions/0',
      related: [
        { message: 'It comes here through module.role.' },
        { message: 'It comes here through var.actions.' },
      ],
    });
    expect(report.notices).toEqual([]);
    expect(places(await lint(cwd, 'main.tf'))).toEqual(['main.tf:4:14 action-unknown']);
  });

  test('alone have the defaults of their variables', async () => {
    const report = await lint(projectWith(module), '.');
    expect(places(report)).toEqual([]);
    expect(report.notices.map(({ message }) => message.split('.')[1])).toEqual([
      'name has no value here',
      'actions has no value here',
    ]);
  });

  test('give outputs, and take those of others, in loops', async () => {
    const cwd = projectWith({
      ...module,
      'modules/actions/main.tf': `output "actions" {\n  value = ["${misspelt}"]\n}\n`,
      'main.tf': `module "actions" {\n  source = "./modules/actions"\n}\nmodule "role" {\n  for_each = toset(["a", "b"])\n  source   = "./modules/role"\n  name     = each.key\n  actions  = module.actions.actions\n}\n`,
    });
    const report = await lint(cwd, '.');
    expect(places(report)).toEqual(['modules/actions/main.tf:2:12 action-unknown']);
    expect(report.summary.roleDefinitions).toBe(2);
  });

  test('of registries are named', async () => {
    const call = 'module "role" {\n  source = "Azure/role/azurerm"\n}\n';
    const report = await lint(projectWith({ 'main.tf': call + role({ actions: `["${read}"]` }) }), '.');
    expect(messages(report)).toEqual([
      'main.tf:1 module.role comes from "Azure/role/azurerm" and was not read. Whether it holds role definitions is not known.',
    ]);
  });

  test('outside of the root are refused, links too', async () => {
    const outside = projectWith({ 'main.tf': role({ actions: `["${misspelt}"]` }) });
    const cwd = projectWith({
      'main.tf': `module "a" {\n  source = "./linked"\n}\nmodule "b" {\n  source = "../../../../../../../..${outside}"\n}\n${role({ actions: `["${read}"]` })}`,
    });
    symlinkSync(outside, join(cwd, 'linked'));
    const report = await lint(cwd, 'main.tf');
    expect(places(report)).toEqual([]);
    expect(report.notices.map(({ code }) => code)).toEqual(['module-not-read', 'module-not-read']);
  });

  test('that call themselves come to an end', async () => {
    const text = `module "self" {\n  source = "./"\n}\n${role({ actions: `["${misspelt}"]` })}`;
    const report = await lint(projectWith({ 'main.tf': text }), '.');
    expect(places(report)).toEqual(['main.tf:10:16 action-unknown']);
  });
});

test('Terraform in JSON is read as well', async () => {
  const permissions = { actions: [misspelt, '${local.read}'] };
  const properties = { name: 'VM Restarter', scope, description: 'Restarts virtual machines.', permissions };
  const cwd = projectWith({
    'main.tf.json': {
      locals: { read: `${read}x` },
      resource: { azurerm_role_definition: { restarter: properties } },
    },
  });
  expect(places(await lint(cwd, '.'))).toEqual([
    'main.tf.json:3:13 action-unknown',
    'main.tf.json:13:13 action-unknown',
  ]);
});

test('roles in files of JSON are found there, once', async () => {
  const file = {
    Name: 'VM Restarter',
    IsCustom: true,
    Description: 'Restarts.',
    Actions: [misspelt],
    AssignableScopes: [scope],
  };
  const text = `locals {\n  role = jsondecode(file("\${path.module}/roles/restarter.json"))\n}\n${role({ actions: 'local.role.Actions', name: 'local.role.Name' })}`;
  const cwd = projectWith({ 'main.tf': text, 'roles/restarter.json': file });
  expect(places(await lint(cwd, '.'))).toEqual(['roles/restarter.json:6:5 action-unknown']);
  expect(places(await lint(cwd, 'main.tf'))).toEqual(['roles/restarter.json:6:5 action-unknown']);
});

test('lists in files of YAML are found there', async () => {
  const cwd = projectWith({
    'locals.tf': 'locals {\n  actions = yamldecode(file("${path.module}/actions.yaml"))["actions"]\n}\n',
    'actions.yaml': `actions:\n  - ${misspelt}\n`,
    'main.tf': role({ actions: 'local.actions' }),
  });
  expect(places(await lint(cwd, 'main.tf'))).toEqual(['actions.yaml:2:5 action-unknown']);
});

test('what is known only after deployment is one notice for all that name it', async () => {
  const text = (name: string): string =>
    `data "azurerm_subscription" "here" {}\n${role({ actions: `["${read}"]`, name }).replace(`"${scope}"`, 'data.azurerm_subscription.here.id')}`;
  const report = await lint(projectWith({ 'a/main.tf': text('"One"'), 'b/main.tf': text('"Two"') }), '.');
  expect(messages(report)).toEqual([
    'a/main.tf:1 data.azurerm_subscription.here.id is known only after deployment. 2 roles were linted without that part of assignableScopes.',
  ]);
});

test('a damaged file says so, and its other roles are linted', async () => {
  const damaged = role({ actions: `["${read}, "*/read"]`, label: 'damaged', name: '"Damaged"' });
  const cwd = projectWith({ 'main.tf': damaged + role({ actions: `["${misspelt}"]` }) });
  expect(places(await lint(cwd, 'main.tf'))).toEqual([
    'main.tf:7:59 document-syntax',
    'main.tf:16:16 action-unknown',
  ]);
});

test('a named file without a role is a notice, and one in a folder is none', async () => {
  const cwd = projectWith({
    'main.tf': 'resource "azurerm_subnet" "a" {}\n',
    'role.tf': role({ actions: `["${read}"]` }),
  });
  expect(messages(await lint(cwd, '.'))).toEqual([]);
  expect((await lint(cwd, 'main.tf', 'role.tf')).notices).toEqual([
    {
      code: 'no-role-definition',
      message: 'No role definition was found; the file holds Terraform without any.',
      file: 'main.tf',
    },
  ]);
});

test('standard input is Terraform where its name says so, and stands among the files beside it', async () => {
  const cwd = projectWith({ 'locals.tf': `locals {\n  actions = ["${misspelt}"]\n}\n` });
  const args = ['lint', '-', '--stdin-filename', 'main.tf', '--format', 'json', '--fail-on', 'never'];
  const { stdout } = await runCli(args, { cwd, stdin: role({ actions: 'local.actions' }) });
  expect(places(JSON.parse(stdout) as Report)).toEqual(['locals.tf:2:14 action-unknown']);
});

test('--fix leaves Terraform as it is, and says so', async () => {
  const text = role({ actions: `["${read}", "${read}"]` });
  const cwd = projectWith({ 'main.tf': text });
  const report = await lint(cwd, 'main.tf', '--fix');
  expect(places(report)).toEqual(['main.tf:7:58 action-duplicate']);
  expect(messages(report)).toEqual([
    'main.tf:undefined 1 finding (action-duplicate) was not fixed: fixes are not written into Terraform yet.',
  ]);
  expect(readFileSync(join(cwd, 'main.tf'), 'utf8')).toBe(text);
});

test('a repository decides what may be read', async () => {
  const cwd = projectWith({
    'infra/main.tf': role({ actions: 'jsondecode(file("../roles/actions.json"))' }),
  });
  mkdirSync(join(cwd, 'roles'));
  writeFileSync(join(cwd, 'roles/actions.json'), JSON.stringify([misspelt]));
  mkdirSync(join(cwd, 'infra/.git'));
  const refused = await lint(join(cwd, 'infra'), '.');
  expect(refused.notices.map(({ message }) => message.split('.json" ')[1])).toEqual([
    'lies outside of .. Role "VM Restarter" was linted without that part of actions.',
  ]);
  mkdirSync(join(cwd, '.git'));
  expect(places(await lint(cwd, '.'))).toEqual([]);
});

describe('--fail-on-unknown', () => {
  const files = {
    'main.tf': `${role({ actions: 'concat(["*/read"], var.actions)' })}variable "actions" {}\n`,
    'known.tf.json': '{}',
  };

  test.each([
    { options: ['--fail-on', 'never'], code: 0 },
    { options: ['--fail-on', 'never', '--fail-on-unknown'], code: 3 },
    // What is found goes before what is not known.
    { options: ['--rule', 'role-grants-all-reads=high', '--fail-on-unknown'], code: 1 },
  ])('$options ends with $code', async ({ options, code }) => {
    const run = await runCli(['lint', 'main.tf', ...options], { cwd: projectWith(files) });
    expect({ code: run.exitCode, says: run.stderr.includes('var.actions has no value here.') }).toEqual({
      code,
      says: true,
    });
  });

  test('is content where all is known', async () => {
    const cwd = projectWith({ 'main.tf': role({ actions: `["${read}"]` }) });
    expect((await runCli(['lint', 'main.tf', '--fail-on-unknown'], { cwd })).exitCode).toBe(0);
  });
});
