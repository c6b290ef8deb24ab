import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ClientSecretCredential } from '@azure/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateTenant } from './generate-tenant.js';
import { type AzureServer, startAzureServer } from './index.js';

// The libraries that people sign in and ask with, as they are.

const tenant = generateTenant({ seed: 5 });
const [first] = tenant.subscriptions;
const scope = `subscriptions/${first!.id}`;
let azure: AzureServer;

beforeAll(async () => {
  azure = await startAzureServer(tenant, { pageSizes: { arm: 3 } });
});
afterAll(() => azure.close());

function clientOf(secret = tenant.caller.clientSecret): AuthorizationManagementClient {
  const tlsOptions = { ca: azure.ca };
  const credential = new ClientSecretCredential(tenant.tenantId, tenant.caller.clientId, secret, {
    authorityHost: azure.authorityHost,
    disableInstanceDiscovery: true,
    tlsOptions,
  });
  return new AuthorizationManagementClient(credential, first!.id, {
    endpoint: azure.armEndpoint,
    credentialScopes: `${azure.armEndpoint}/.default`,
    tlsOptions,
  } as object);
}

async function idsOf(rows: AsyncIterable<{ id?: string }>): Promise<string[]> {
  const found: string[] = [];
  for await (const { id } of rows) found.push(id!);
  return found;
}

test('role assignments at a subscription are those at it, above and below, on several pages', async () => {
  const ids = await idsOf(clientOf().roleAssignments.listForScope(scope));
  const own = tenant.inSubscription(first!.id).roleAssignments.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(own));
  expect(ids.filter(id => id.startsWith('/providers/Microsoft.Authorization/'))).toHaveLength(1);
  expect(azure.refusals).toEqual([]);
});
