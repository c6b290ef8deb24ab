import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Plane } from '../../../src/rbac/model/role-definition.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { permissionsOf } from '../../../src/rbac/permissions/role-permissions.js';
import { bestOf, grantingRoles } from '../../../src/rbac/recommendations/granting-roles.js';
import { type DocumentedTask, RolePurposes } from '../../../src/rbac/recommendations/role-purposes.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const purposes = new RolePurposes();
const tools = { catalog: shippedCatalog, index: new OperationIndex(shippedCatalog), purposes };
const { tasks } = JSON.parse(readFileSync('role-catalog/role-purposes.json', 'utf8')) as {
  readonly tasks: readonly DocumentedTask[];
};

function planeOf(operation: string): Plane {
  return shippedCatalog.findOperation(operation)?.plane === 'control' ? 'control' : 'data';
}

const answers = tasks.flatMap(({ operations, roles, reference }) =>
  operations.map(operation => ({ operation, role: roles[0]!, reference })),
);

test('there are many answers, each with its source', () => {
  expect(answers.length).toBeGreaterThanOrEqual(49);
  expect(answers.filter(({ reference }) => !reference.startsWith('https://learn.microsoft.com/'))).toEqual(
    [],
  );
});

test.each(answers)('$operation: $role', ({ operation, role }) => {
  expect(bestOf(grantingRoles({ [planeOf(operation)]: [operation] }, [], tools))?.name).toBe(role);
});

test('every role that documentation names grants the operations', () => {
  const wrong = tasks.flatMap(({ operations, roles }) =>
    roles.flatMap(name => {
      const role = shippedCatalog.builtInRoles.find(name);
      if (role === undefined) return [name];
      const permissions = permissionsOf(role, shippedCatalog, tools.index);
      return operations.filter(
        operation => permissions.witnesses(operation, planeOf(operation)).length === 0,
      );
    }),
  );
  expect(wrong).toEqual([]);
});

test('every built-in role has a purpose with evidence', () => {
  const names = shippedCatalog.builtInRoles.names();
  expect(names.filter(name => (purposes.of(name)?.evidence ?? '') === '')).toEqual([]);
});

// Without the list of documented tasks, what is for the service itself must still come first.
type PurposeFile = NonNullable<ConstructorParameters<typeof RolePurposes>[0]>;

const undocumented = new RolePurposes({
  ...(JSON.parse(readFileSync('role-catalog/role-purposes.json', 'utf8')) as PurposeFile),
  tasks: [],
});

test.each([
  ['Microsoft.Storage/storageAccounts/write', 'Storage Account Contributor'],
  ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write', 'Storage Blob Data Contributor'],
  ['Microsoft.ContainerInstance/containerGroups/write', 'Azure Container Instances Contributor Role'],
  ['Microsoft.Network/dnsZones/A/write', 'DNS Zone Contributor'],
  ['Microsoft.Resources/subscriptions/resourceGroups/read', 'Reader'],
  ['Microsoft.ServiceBus/namespaces/messages/send/action', 'Azure Service Bus Data Sender'],
])('%s: %s, by the ranking alone', (operation, role) => {
  const ranked = grantingRoles({ [planeOf(operation)]: [operation] }, [], {
    ...tools,
    purposes: undocumented,
  });
  expect(bestOf(ranked)?.name).toBe(role);
});

test('a role made for a service of Microsoft never comes before one for people', () => {
  for (const { operation } of answers.slice(0, 20)) {
    const { roles } = grantingRoles({ [planeOf(operation)]: [operation] }, [], { ...tools, most: 1_000 });
    const kinds = roles.filter(({ conditional }) => !conditional).map(({ purpose }) => purpose);
    const first = kinds.findIndex(kind => kind === 'service' || kind === 'deprecated');
    const rest = first < 0 ? [] : kinds.slice(first);
    expect(rest.filter(kind => kind === 'general' || kind === 'job-function')).toEqual([]);
  }
});
