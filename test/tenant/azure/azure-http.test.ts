import { expect, test } from 'vitest';
import type { AccessTokens } from '../../../src/tenant/azure/access-tokens.js';
import { failureOf, failureReason } from '../../../src/tenant/azure/azure-failure.js';
import { AzureHttp } from '../../../src/tenant/azure/azure-http.js';
import { realClock } from '../../../src/tenant/azure/clock.js';
import { endpointsOf } from '../../../src/tenant/azure/clouds.js';
import { endpointOf } from '../../../src/tenant/azure/endpoint-of.js';
import { untilInterrupted } from '../../../src/cli/interruption.js';

const oneHost = { arm: 'https://azure.example/arm', graph: 'https://azure.example/graph' };

test.each([
  ['https://azure.example/graph/v1.0/$batch', oneHost.graph],
  ['https://azure.example/arm/subscriptions', oneHost.arm],
  ['https://azure.example/armory', oneHost.arm],
])('at %s the token for %s is meant', (url, endpoint) => {
  expect(endpointOf(url, oneHost)).toBe(endpoint);
});

test.each([
  'http://azure.example/arm/',
  'https://azure.example:444/arm/',
  'https://azure.example@elsewhere.example/arm/',
  'https://azure.example.elsewhere.example/arm/',
  'https://somebody@azure.example/arm/',
  '/arm/',
])('to %s no token is sent', url => {
  expect(() => endpointOf(url, oneHost)).toThrow(/a link leads to another host/);
});

test('what waits for its turn when a run is stopped is not sent any more', async () => {
  const controller = new AbortController();
  const tokens = {
    of: async () => {
      controller.abort();
      return 'a token';
    },
  } as unknown as AccessTokens;
  const clock = realClock({});
  const http = new AzureHttp({
    endpoints: endpointsOf({}),
    tokens,
    concurrency: 1,
    clock,
    signal: controller.signal,
  });
  const url = `${http.endpoints.arm}/subscriptions`;
  await expect(http.send({ method: 'GET', url })).rejects.toMatchObject({ kind: 'stopped' });
  expect(http.requests).toBe(0);
  await expect(untilInterrupted(() => http.send({ method: 'GET', url }))).rejects.toThrow(
    'It was interrupted before it was done.',
  );
});

test('a token of the wrong directory is no missing permission', () => {
  const error = { code: 'InvalidAuthenticationTokenTenant', message: 'The token is of another directory.' };
  expect(failureReason(failureOf(401, { error }), 'Microsoft.Resources/subscriptions/read')).toBe(
    '401 InvalidAuthenticationTokenTenant: The token is of another directory',
  );
});
