import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toRoleDefinition, type StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import { packageFolder } from '../../../src/package/package-folder.js';
import { permissionsOf } from '../../../src/rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { readCapabilityAreas } from '../../../src/rbac/permissions/read-capability-areas.js';
import { encodeOperationTable, OperationTable } from '../../../src/rbac/catalog/operation-table.js';
import { summarize } from '../../../src/rbac/permissions/role-summary.js';
import type { Phrase, RoleSummary } from '../../../src/rbac/permissions/wording.js';
import { someOf } from '../../portion.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const areas = readCapabilityAreas(join(packageFolder(), 'rules', 'capabilities'));
const index = new OperationIndex(shippedCatalog);
const online = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/';

function summaryOf(role: string | readonly StoredPermission[]): RoleSummary {
  const definition =
    typeof role === 'string'
      ? shippedCatalog.builtInRoles.find(role)!
      : toRoleDefinition({
          guid: '00000000-0000-4000-8000-000000000001',
          name: 'Tested Role',
          permissions: role,
        });
  return summarize(permissionsOf(definition, shippedCatalog, index), areas, shippedCatalog, index);
}

function words(phrases: readonly Phrase[]): string[] {
  return phrases.map(({ phrase, conditional }) => (conditional ? `${phrase} (conditional)` : phrase));
}

test.each([
  { role: 'AcrPull', can: ['pulls images'], cannot: ['push images', 'delete images'] },
  {
    role: 'Reader',
    can: [
      'reads everything that Azure Resource Manager shows',
      'reads stored credentials',
      'reads read-only keys, and so all data',
    ],
    cannot: [
      'change anything',
      'read or change data, such as blobs and secrets, as itself: it has no data actions',
      'assign roles',
      'create or change custom roles',
    ],
  },
  {
    role: 'Key Vault Secrets User',
    can: ['reads secrets', 'lists secrets without their values'],
    cannot: ['write secrets', 'decrypt or sign with keys'],
  },
  {
    role: 'Storage Blob Data Reader',
    can: [
      'lists and reads blob containers',
      'creates user delegation keys, for signatures within its own data access',
      'reads blobs',
    ],
    cannot: ['read the keys of storage accounts', 'write blobs', 'delete blobs'],
  },
  {
    role: 'AzureML Data Scientist',
    can: [
      'reads everything in a workspace',
      'calls online endpoints',
      'creates and changes online endpoints',
      'deploys models to online endpoints',
      'runs code as the identity of an online endpoint',
      'deletes online endpoints and their deployments',
      'takes the keys or tokens of online endpoints',
      'replaces the keys of online endpoints',
      'reads what deployments log',
      'invokes batch endpoints',
      'creates and changes batch endpoints and their deployments',
      'starts jobs, and so runs code on compute',
      'starts, stops and restarts compute',
      'registers models, data and environments',
      'reads stored credentials',
      'reads the keys of the storage account behind the workspace',
      'opens terminals and notebooks on compute',
      'creates or changes 68 of 82 kinds of things in Microsoft.MachineLearningServices',
      'deletes 57 of 70 kinds of things in Microsoft.MachineLearningServices',
      'performs 54 of 62 actions in Microsoft.MachineLearningServices',
    ],
    cannot: ['create compute', 'create or change the workspace', 'delete the workspace'],
  },
])('$role', ({ role, can, cannot }) => {
  const summary = summaryOf(role);
  expect(words(summary.can)).toEqual(can);
  expect(words(summary.cannot)).toEqual(cannot);
});

test('Contributor: broad words, what is notable, and what it lacks', () => {
  const { can, cannot } = summaryOf('Contributor');
  expect(words(can).slice(0, 4)).toEqual([
    'reads everything that Azure Resource Manager shows',
    'creates and changes nearly everything (3482 of 3505 operations)',
    'deletes nearly everything (2806 of 2825 operations)',
    'performs nearly every action on resources (4237 of 4242 operations)',
  ]);
  expect(words(can)).toContain('runs commands inside virtual machines as administrator');
  expect(words(can)).not.toContain('creates and changes virtual machines');
  expect(words(cannot)).toEqual([
    'read or change data, such as blobs and secrets, as itself: it has no data actions',
    'assign roles',
    'create or change custom roles',
  ]);
});

test('Virtual Machine Contributor: who reads the keys of storage accounts is not said to be unable to read blobs', () => {
  const { can, cannot } = summaryOf('Virtual Machine Contributor');
  expect(words(can)).toEqual(
    expect.arrayContaining([
      'creates and changes virtual machines',
      'runs commands inside virtual machines as administrator',
      'reads the keys of storage accounts, and so everything in them',
      'reads 80 of 113 kinds of things in Microsoft.Compute',
    ]),
  );
  expect(words(cannot)).toContain('assign roles');
  expect(words(cannot)).not.toContain('read blobs');
});

test('the documented scoring role', () => {
  const { can, cannot } = summaryOf([{ actions: [`${online}*/action`] }]);
  expect(words(can)).toEqual([
    'calls online endpoints',
    'takes the keys or tokens of online endpoints',
    'replaces the keys of online endpoints',
    'reads what deployments log',
  ]);
  expect(words(cannot)).toEqual(
    expect.arrayContaining(['create or change online endpoints', 'deploy models to online endpoints']),
  );
});

test('the documented control-plane role', () => {
  const verbs = ['write', 'delete', 'read', 'token/action', 'listKeys/action', 'regenerateKeys/action'];
  const { can, cannot } = summaryOf([{ actions: verbs.map(verb => online + verb) }]);
  expect(words(can)).toEqual([
    'creates and changes online endpoints',
    'takes the keys or tokens of online endpoints',
    'replaces the keys of online endpoints',
    'reads workspaces/onlineEndpoints in Microsoft.MachineLearningServices',
    'deletes workspaces/onlineEndpoints in Microsoft.MachineLearningServices',
  ]);
  expect(words(cannot)).toEqual(
    expect.arrayContaining([
      'call online endpoints with its own identity',
      'deploy models to online endpoints',
    ]),
  );
});

test('one read less than everything is not everything', () => {
  const { can } = summaryOf([
    {
      actions: ['Microsoft.MachineLearningServices/workspaces/*/read'],
      notActions: ['Microsoft.MachineLearningServices/workspaces/metadata/secrets/read'],
    },
  ]);
  expect(words(can)).not.toContain('reads everything in a workspace');
});

test('what is granted under a condition alone says so, and what it may lead to is not denied', () => {
  const { can, cannot } = summaryOf([
    {
      actions: ['Microsoft.Authorization/roleAssignments/write', 'Microsoft.KeyVault/vaults/read'],
      condition: "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})))",
    },
  ]);
  expect(words(can)).toEqual([
    'assigns the roles that the condition lets through (conditional)',
    'reads the settings of key vaults (conditional)',
  ]);
  expect(cannot).toEqual([]);
});

test('an operation that the catalog does not know is owned up to', () => {
  const { can } = summaryOf([{ actions: ['Contoso.Widgets/widgets/polish/action'] }]);
  expect(can).toEqual([
    {
      phrase: 'holds one operation that the catalog does not know',
      area: 'other operations',
      plane: 'control',
      operations: ['Contoso.Widgets/widgets/polish/action'],
    },
  ]);
});

test('every operation of every built-in role stands behind a phrase, and no phrase speaks of another', {
  timeout: 300_000,
}, () => {
  for (const role of someOf([...shippedCatalog.builtInRoles.all()], { of: 4 })) {
    const permissions = permissionsOf(role, shippedCatalog, index);
    const { can, cannot } = summarize(permissions, areas, shippedCatalog, index);
    for (const plane of ['control', 'data'] as const) {
      const granted = permissions.set.operations(plane);
      const spokenOf = new Set(
        can.filter(said => said.plane === plane).flatMap(({ operations }) => operations),
      );
      expect([...spokenOf].sort(), role.name?.value).toEqual([...granted].sort());
      const denied = new Set(
        cannot.filter(said => said.plane === plane).flatMap(({ operations }) => operations),
      );
      expect(
        granted.filter(operation => denied.has(operation)),
        role.name?.value,
      ).toEqual([]);
    }
  }
});

test('operations that nobody published are told last, in their order', () => {
  const [spin, stop] = ['Contoso.Widgets/spin/action', 'Contoso.Widgets/stop/action'];
  const last = (...actions: readonly string[]) => summaryOf([{ actions }]).can.at(-1);
  expect(last(stop, 'Microsoft.Compute/disks/read', spin)).toMatchObject({
    phrase: 'holds 2 operations that the catalog does not know',
    operations: [spin, stop],
  });
  expect(last(stop)?.phrase).toBe('holds one operation that the catalog does not know');
});

test.each(['Reader', 'Contributor', 'Owner', 'AcrPush', 'Key Vault Administrator', 'AzureML Data Scientist'])(
  'what %s can do does not depend on the order of areas',
  name => {
    const permissions = permissionsOf(shippedCatalog.builtInRoles.find(name)!, shippedCatalog, index);
    expect(summarize(permissions, areas.toReversed(), shippedCatalog, index)).toEqual(summaryOf(name));
  },
);

/** What a role says of a catalog of that many operations, of which it is denied some. */
function wordsOf(operations: readonly string[], permission: StoredPermission): readonly string[] {
  const table = operations.map(name => ({
    name,
    plane: name.includes('/data') ? ('data' as const) : ('control' as const),
    basis: 'published' as const,
  }));
  const catalog = { operations: OperationTable.decode(encodeOperationTable(table), 'operations.txt') };
  const own = new OperationIndex(catalog);
  const guid = '00000000-0000-4000-8000-000000000001';
  const role = toRoleDefinition({ guid, name: 'Tested Role', permissions: [permission] });
  return words(summarize(permissionsOf(role, catalog, own), [], catalog, own).can);
}

const readsOf = (type: string, count: number) =>
  Array.from({ length: count }, (_, at) => `Contoso.Widgets/${type}${at}/read`);

test.each([
  { left: 0, says: 'reads everything that Azure Resource Manager shows' },
  { left: 2, says: 'reads nearly everything that Azure Resource Manager shows (18 of 20 operations)' },
])('less $left of 20 it $says', ({ left, says }) => {
  const operations = readsOf('widget', 20);
  expect(wordsOf(operations, { actions: ['*'], notActions: operations.slice(0, left) })).toEqual([says]);
});

test.each([
  { left: 0, says: 'performs every action on resources' },
  { left: 1, says: 'performs nearly every action on resources (19 of 20 operations)' },
])('less $left of 20 actions it $says', ({ left, says }) => {
  const operations = Array.from({ length: 20 }, (_, at) => `Contoso.Widgets/widget${at}/spin/action`);
  expect(wordsOf(operations, { actions: ['*'], notActions: operations.slice(0, left) })).toEqual([says]);
});

test.each([
  { left: 0, says: 'performs every action on the data of services' },
  { left: 1, says: 'performs nearly every action on the data of services (19 of 20 operations)' },
])('less $left of 20 actions on data it $says', ({ left, says }) => {
  const operations = Array.from({ length: 20 }, (_, at) => `Contoso.Widgets/data${at}/spin/action`);
  const notDataActions = operations.slice(0, left);
  expect(wordsOf(operations, { dataActions: ['*'], notDataActions })).toEqual([says]);
});

/** What is said of a role in areas of disks that say one thing each. */
function saidOfDisks(
  permissions: readonly StoredPermission[],
  capabilities: readonly (readonly [name: string, order: number, operations: object])[],
): readonly string[] {
  const guid = '00000000-0000-4000-8000-000000000001';
  const role = toRoleDefinition({ guid, name: 'Tested Role', permissions });
  const own = capabilities.map(([name, order, operations]) => ({
    name,
    area: name,
    order,
    within: ['Microsoft.Compute/disks/'],
    capabilities: [{ phrase: `uses ${name}`, plane: 'control' as const, ...operations }],
  }));
  return words(summarize(permissionsOf(role, shippedCatalog, index), own, shippedCatalog, index).can);
}

const [readDisks, writeDisks] = ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/write'];

test('areas are spoken of in their order, and those of one order by their names', () => {
  const all = { all: [readDisks] };
  expect(
    saidOfDisks(
      [{ actions: [readDisks] }],
      [
        ['a', 3, all],
        ['d', 2, all],
        ['b', 2, all],
        ['c', 1, all],
      ],
    ),
  ).toEqual(['uses c', 'uses b', 'uses d', 'uses a']);
});

test('what takes an operation that the catalog lacks is not said', () => {
  const all = [readDisks, 'Contoso.Widgets/widgets/read'];
  expect(saidOfDisks([{ actions: all }], [['disks', 1, { all }]])).not.toContain('uses disks');
  expect(saidOfDisks([{ actions: all }], [['disks', 1, {}]])).not.toContain('uses disks');
});

test.each([
  ['some of it is granted without one', readDisks, ['uses disks']],
  ['none of it is', 'Microsoft.Compute/virtualMachines/start/action', ['uses disks (conditional)']],
])('what is granted under a condition says so unless %s', (_, free, expected) => {
  const permissions = [
    { actions: [free] },
    { actions: [readDisks, writeDisks], condition: "@Resource[a] StringEquals 'x'" },
  ];
  const said = saidOfDisks(permissions, [['disks', 1, { any: [readDisks, writeDisks] }]]);
  expect(said.filter(phrase => phrase.startsWith('uses'))).toEqual(expected);
});

test('a tenth and more of what there is to read is missing from nearly everything', () => {
  const operations = readsOf('widget', 20);
  const [phrase] = wordsOf(operations, { actions: ['*'], notActions: operations.slice(0, 3) });
  expect(phrase).toBe('reads 17 of 20 kinds of things in Contoso.Widgets');
});

test('what is of the data of a provider is said to be', () => {
  const operations = [...readsOf('widget', 30), ...readsOf('data', 30)];
  expect(wordsOf(operations, { dataActions: [operations.find(name => name.includes('/data0/'))!] })).toEqual([
    'reads data0 in the data of Contoso.Widgets',
  ]);
});

test.each([
  { count: 3, says: 'reads widget0, widget1 and widget2 in Contoso.Widgets' },
  { count: 4, says: 'reads everything in Contoso.Widgets' },
])('all of $count things of a provider: $says', ({ count, says }) => {
  const others = readsOf('other', 40).map(name => name.replace('Contoso.Widgets', 'Contoso.Others'));
  expect(wordsOf([...others, ...readsOf('widget', count)], { actions: ['Contoso.Widgets/*'] })).toEqual([
    says,
  ]);
});
