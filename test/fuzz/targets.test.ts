import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const runner = fileURLToPath(new URL('run-fuzz.mjs', import.meta.url));

test('what reads strangers’ input bears two thousand damaged ones', { timeout: 300_000 }, () => {
  const args = [runner, '--inputs', '2000', '--workers', '1'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stdout + stderr).toContain('; 0 faults');
  expect(status).toBe(0);
});
