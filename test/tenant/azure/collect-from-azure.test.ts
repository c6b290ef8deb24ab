import { expect, test } from 'vitest';
import { type CollectOptions, collectFromAzure } from '../../../src/tenant/azure/collect-from-azure.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const credential = { getToken: () => Promise.reject(new Error('nobody should be signed in')) };

test.each<Partial<CollectOptions>>([
  {},
  { tenant: true, managementGroup: 'Platform' },
  { subscriptions: [] },
  { subscriptions: ['Production'] },
  { subscriptions: ['99999999-8888-7777-6666-555555555555/../..'] },
])('a program that asks for %j is told what is wrong with it', async target => {
  const asked = collectFromAzure({ credential, output: 'never.json', ...target }, shippedCatalog);
  await expect(asked).rejects.toThrow(/is needed|needs the ids/);
});
