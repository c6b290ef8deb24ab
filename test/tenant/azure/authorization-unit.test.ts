import { expect, test } from 'vitest';
import { AuthorizationReader } from '../../../src/tenant/azure/authorization-unit.js';
import { answering } from './answers.js';

const subscription = '99999999-8888-7777-6666-555555555555';
const scope = `/subscriptions/${subscription}`;
const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

function versionIn(url: string): string | null {
  return new URL(url).searchParams.get('api-version');
}

const unsupported = {
  status: 400,
  body: { error: { code: 'NoRegisteredProviderFound', message: 'The api-version is not supported.' } },
};

test('where the newer version of deny assignments is not served, the older one is asked, and then always', async () => {
  const http = answering(({ url }) =>
    versionIn(url) === '2024-07-01-preview' ? unsupported : { body: { value: [] } },
  );
  const azure = new AuthorizationReader(http, () => true);
  for (let time = 0; time < 2; time++)
    expect((await azure.atSubscription('denyAssignments', subscription)).gaps).toEqual([]);
  expect(http.asked.map(({ url }) => versionIn(url))).toEqual([
    '2024-07-01-preview',
    '2022-04-01',
    '2022-04-01',
  ]);
});

test('rows stay as Azure answers them', async () => {
  const row = {
    id: `${scope}/providers/Microsoft.Authorization/denyAssignments/d1`,
    name: 'd1',
    properties: {
      scope,
      denyAssignmentEffect: 'audit',
      createdOn: '2026-03-14T08:12:45.6789012Z',
      permissions: [
        { actions: ['*/delete'], condition: '@Resource[a] BoolEquals true', conditionVersion: '2.0' },
      ],
    },
  };
  const azure = new AuthorizationReader(
    answering(() => ({ body: { value: [row] } })),
    () => true,
  );
  const { rows } = await azure.atSubscription('denyAssignments', subscription.toUpperCase().toLowerCase());
  expect(rows.get('denyAssignments')!.map(({ json }) => JSON.parse(json))).toEqual([row]);
});

test('what a subscription inherits is shared with others', async () => {
  const at = (place: string) => ({ id: `${place}/x`, properties: { scope: place } });
  const group = '/providers/Microsoft.Management/managementGroups/Platform';
  const value = [at('/'), at(group), at(scope), at(`${scope.toUpperCase()}/resourceGroups/rg`)];
  const azure = new AuthorizationReader(
    answering(() => ({ body: { value } })),
    () => true,
  );
  const { rows, shared } = await azure.atSubscription('roleAssignments', subscription);
  expect(rows.get('roleAssignments')!.map(({ key }) => key)).toEqual([
    `${scope}/x`,
    `${scope}/resourcegroups/rg/x`,
  ]);
  expect(shared.map(({ key }) => key)).toEqual(['//x', `${group.toLowerCase()}/x`]);
});

test('a built-in role that the catalog does not know is collected, under the id it has everywhere', async () => {
  const role = (name: string) => ({
    id: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
    name,
  });
  const unknown = '00000000-1111-2222-3333-444444444444';
  const azure = new AuthorizationReader(
    answering(() => ({ body: { value: [role(reader), role(unknown)] } })),
    guid => guid === reader,
  );
  const { shared } = await azure.newBuiltInRoles(scope);
  expect(shared.map(({ json }) => JSON.parse(json))).toEqual([
    { id: `/providers/Microsoft.Authorization/roleDefinitions/${unknown}`, name: unknown },
  ]);
});

test('where the filter for what lies below is refused, roles are asked for without it', async () => {
  const http = answering(({ url }) =>
    url.includes('atScopeAndBelow') ? unsupported : { body: { value: [] } },
  );
  const azure = new AuthorizationReader(http, () => true);
  expect((await azure.atSubscription('roleDefinitions', subscription)).gaps).toEqual([]);
  expect(http.asked).toHaveLength(2);
});

test('a list that breaks off keeps what was read, and is worth another try', async () => {
  const row = { id: `${scope}/providers/Microsoft.Authorization/roleAssignments/a`, properties: { scope } };
  const http = answering(({ url }) => ({
    body: {
      value: [row],
      nextLink: url.includes('skip') ? 'https://evil.example/' : `${url}&$skipToken=skip`,
    },
  }));
  const azure = new AuthorizationReader(http, () => true);
  const { rows, gaps, isOpen } = await azure.atSubscription('roleAssignments', subscription);
  expect(rows.get('roleAssignments')).toHaveLength(2);
  expect(gaps).toEqual([{ what: 'roleAssignments', scope, reason: 'the list goes on at another host' }]);
  expect(isOpen).toBe(true);
});
