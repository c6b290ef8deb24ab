import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('in a process of its own it says where it listens, and what it was asked wrongly', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-server-'));
  const { startAzureProcess } = await import(new URL('start-process.mjs', import.meta.url).href);
  const azure = await startAzureProcess(folder, { sizes: { seed: 4 } });
  expect(azure.armEndpoint).toMatch(/^https:\/\/localhost:\d+$/);
  expect(await azure.close()).toEqual({ refusals: [], exitCode: 0 });
  rmSync(folder, { recursive: true });
});
