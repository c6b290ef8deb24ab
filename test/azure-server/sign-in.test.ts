import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ClientSecretCredential,
  DeviceCodeCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from './ask.js';
import { generateTenant } from './generate-tenant.js';
import { type AzureServer, startAzureServer } from './index.js';

const tenant = generateTenant();
const { tenantId } = tenant;
const { clientId, clientSecret } = tenant.caller;
const folder = mkdtempSync(join(tmpdir(), 'azrbac-sign-in-'));
const before = { ...process.env };
let azure: AzureServer;

beforeAll(async () => {
  azure = await startAzureServer(tenant);
});
afterAll(async () => {
  for (const name of Object.keys(azure.managedIdentityEnvironment)) {
    delete process.env[name];
    if (before[name] !== undefined) process.env[name] = before[name];
  }
  rmSync(folder, { recursive: true });
  await azure.close();
});

const options = () => ({
  authorityHost: azure.authorityHost,
  disableInstanceDiscovery: true,
  tlsOptions: { ca: azure.ca },
});

function workload(): TokenCredential {
  const tokenFilePath = join(folder, 'token');
  writeFileSync(tokenFilePath, azure.federatedToken);
  return new WorkloadIdentityCredential({ tenantId, clientId, tokenFilePath, ...options() });
}

function managedIdentity(): TokenCredential {
  Object.assign(process.env, azure.managedIdentityEnvironment);
  return new ManagedIdentityCredential({ tlsOptions: { ca: azure.ca } } as object);
}

test.each<[string, () => TokenCredential]>([
  ['a client secret', () => new ClientSecretCredential(tenantId, clientId, clientSecret, options())],
  ['a workload’s federated token', workload],
  ['a managed identity', managedIdentity],
  [
    'a device code',
    () => new DeviceCodeCredential({ tenantId, clientId, userPromptCallback: () => {}, ...options() }),
  ],
])('with %s, a token is had that ARM takes', async (_, credentialOf) => {
  const { token } = (await credentialOf().getToken(`${azure.armEndpoint}/.default`))!;
  const url = `${azure.armEndpoint}/subscriptions?api-version=2022-12-01`;
  expect((await ask(azure, url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  expect(azure.refusals).toEqual([]);
});

test('with a wrong secret, there is none', async () => {
  const credential = new ClientSecretCredential(tenantId, clientId, 'guessed', options());
  await expect(credential.getToken(`${azure.armEndpoint}/.default`)).rejects.toThrow('AADSTS7000215');
});
