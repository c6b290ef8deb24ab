import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Catalog } from '../../src/rbac/catalog/catalog.js';
import { shippedCatalogFolder } from '../../src/package/package-folder.js';
import { projectWith, restarter } from './project.js';
import { runCli } from './run-cli.js';

test('catalog info says the date and the counts', async () => {
  const { stdout } = await runCli(['catalog', 'info']);
  expect(stdout).toMatch(/^Catalog of \d{4}-\d\d-\d\d\n/);
  expect(stdout).toMatch(/^built-in roles +\d{3,}$/m);
  expect(stdout).toMatch(/^names cleaned of blanks +\d+$/m);
});

test('catalog search finds names that hold all words, in any case', async () => {
  const { stdout, exitCode } = await runCli(['catalog', 'search', 'onlineENDPOINTS', 'score']);
  expect(stdout).toBe('control  Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action\n');
  expect(exitCode).toBe(0);
});

test('catalog search finds built-in roles with their GUIDs', async () => {
  const { stdout } = await runCli(['catalog', 'search', 'AzureML Data Scientist', '--format', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({
    count: 0,
    builtInRoles: [{ guid: 'f6c7c914-8db3-469d-8ca1-694a8f32e121', name: 'AzureML Data Scientist' }],
  });
});

test('catalog search without a hit succeeds and says so', async () => {
  const { stdout, stderr, exitCode } = await runCli(['catalog', 'search', 'no-such-word']);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
  expect(stderr).toContain('0 operations, 0 retired operations and 0 built-in roles');
});

const operations = [
  {
    name: 'Microsoft.MachineLearningServices',
    operations: [{ name: 'Microsoft.MachineLearningServices/workspaces/read\u00a0', isDataAction: false }],
    resourceTypes: [
      {
        operations: [
          {
            name: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action',
            isDataAction: false,
          },
          { name: 'Microsoft.MachineLearningServices/workspaces/{operationName}/read', isDataAction: false },
        ],
      },
    ],
  },
];
const roles = [
  {
    name: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    roleName: 'Reader',
    roleType: 'BuiltInRole',
    permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
  },
];

test('catalog update writes a folder that can be loaded, and says what it cleaned and set aside', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'azrbac-'));
  writeFileSync(join(cwd, 'operations.json'), JSON.stringify(operations));
  writeFileSync(join(cwd, 'roles.json'), JSON.stringify(roles));
  const { exitCode, stdout, stderr } = await runCli(
    [
      'catalog',
      'update',
      '--operations',
      'operations.json',
      '--roles',
      'roles.json',
      '--to',
      'azure/catalog',
      '--as-of',
      '2026-10-01',
    ],
    { cwd },
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Catalog of 2026-10-01\n/);
  expect(stdout).toMatch(/^names cleaned of blanks +1$/m);
  expect(stdout).toContain('  Microsoft.MachineLearningServices/workspaces/{operationName}/read\n');
  expect(stderr).toContain('is it complete?');

  expect(readdirSync(join(cwd, 'azure'))).toEqual(['catalog']);
  const catalog = Catalog.load(join(cwd, 'azure/catalog'));
  expect(Array.from(catalog.operations, ({ name }) => name)).toEqual([
    'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action',
    'Microsoft.MachineLearningServices/workspaces/read',
  ]);
  expect(catalog.builtInRoles.find('reader')?.guid).toBe('acdd72a7-3385-48ef-bd42-f606fba81ae7');
  expect(catalog.retiredOperations.find('Microsoft.Compute/virtualMachines/read')).toMatchObject({
    plane: 'control',
  });
});

test('a role that has another name in the export goes by the one before too', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'azrbac-'));
  const renamed = JSON.stringify(roles).replace('"Reader"', '"Viewer"');
  expect(renamed).not.toBe(JSON.stringify(roles));
  writeFileSync(join(cwd, 'operations.json'), JSON.stringify(operations));
  writeFileSync(join(cwd, 'roles.json'), renamed);
  await runCli(
    ['catalog', 'update', '--operations', 'operations.json', '--roles', 'roles.json', '--to', '.'],
    { cwd },
  );
  const { builtInRoles } = Catalog.load(cwd);
  expect(builtInRoles.find('reader')).toBeUndefined();
  expect(builtInRoles.findNamed('reader')).toMatchObject({
    role: { guid: 'acdd72a7-3385-48ef-bd42-f606fba81ae7', name: { value: 'Viewer' } },
    formerName: 'Reader',
  });
});

test('what was retired stays retired', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'azrbac-'));
  writeFileSync(join(cwd, 'operations.json'), JSON.stringify(operations));
  writeFileSync(join(cwd, 'roles.json'), JSON.stringify(roles));
  await runCli(
    ['catalog', 'update', '--operations', 'operations.json', '--roles', 'roles.json', '--to', '.'],
    { cwd },
  );
  const [before] = [...Catalog.load(shippedCatalogFolder()).retiredOperations];
  expect(Catalog.load(cwd).retiredOperations.find(before!.name)?.name).toBe(before!.name);
});

test.each([
  { args: [], says: 'azrbac catalog update needs --operations FILE.' },
  {
    args: ['--operations', 'no-such.json', '--roles', 'r.json', '--to', 'x'],
    says: 'Cannot read "no-such.json": it does not exist.',
  },
  {
    args: ['--operations', 'package.json', '--roles', 'package.json', '--to', 'x', '--as-of', '2026-02-30'],
    says: 'needs a date that exists',
  },
  {
    args: ['--operations', 'package.json', '--roles', 'package.json', '--to', 'x'],
    says: '"package.json" is neither a list',
  },
])('catalog update $args: $says', async ({ args, says }) => {
  const { exitCode, stderr } = await runCli(['catalog', 'update', ...args]);
  expect(stderr).toContain(says);
  expect(exitCode).toBe(2);
});

test.each(['operations.txt', 'built-in-roles.txt', 'manifest.json'])(
  'a catalog without its %s is one clear error, whenever it is read',
  async file => {
    const cwd = mkdtempSync(join(tmpdir(), 'azrbac-catalog-'));
    cpSync(shippedCatalogFolder(), join(cwd, 'own'), { recursive: true });
    rmSync(join(cwd, 'own', file));
    writeFileSync(join(cwd, 'azrbac.config.json'), '{ "catalog": "own" }');
    const role = { Name: 'R', Actions: ['*'], AssignableScopes: ['/'] };
    const { stderr, exitCode } = await runCli(['lint', '-'], { cwd, stdin: JSON.stringify(role) });
    expect(stderr).toMatch(
      /^azrbac: The catalog file ".*" cannot be read: it does not exist\.\nReinstall azrbac/,
    );
    expect(stderr).toContain(file);
    expect(exitCode).toBe(2);
  },
);

test('a file where the catalog is to go is one clear error', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'azrbac-catalog-'));
  writeFileSync(join(cwd, 'operations.json'), JSON.stringify(operations));
  writeFileSync(join(cwd, 'roles.json'), JSON.stringify(roles));
  const args = [
    'catalog',
    'update',
    '--operations',
    'operations.json',
    '--roles',
    'roles.json',
    '--to',
    'roles.json',
  ];
  const { stderr, exitCode } = await runCli(args, { cwd });
  expect(stderr).toMatch(/^azrbac: The folder ".*roles\.json" cannot be made: something else is there\.\n$/);
  expect(exitCode).toBe(2);
});

test('a catalog without an operation that changes anything makes no role like Contributor', async () => {
  const contributor = { ...roles[0], name: 'b24988ac-6180-42a0-ab88-20f7382dd24c', roleName: 'Contributor' };
  const everything = [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }];
  const cwd = projectWith({
    'operations.json': [
      {
        name: 'Microsoft.Compute',
        operations: [{ name: 'Microsoft.Compute/disks/read', isDataAction: false }],
      },
    ],
    'roles.json': [{ ...contributor, permissions: everything }],
    'role.json': { ...restarter, Actions: ['*'] },
  });
  const exports = ['--operations', 'operations.json', '--roles', 'roles.json', '--to', 'small'];
  await runCli(['catalog', 'update', ...exports], { cwd });
  writeFileSync(join(cwd, 'azrbac.config.json'), JSON.stringify({ catalog: 'small' }));
  const { stdout } = await runCli(['lint', 'role.json', '--format', 'json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ catalog: { operations: 1 } });
  expect(stdout).not.toMatch(/NaN|role-equals-contributor/);
});
