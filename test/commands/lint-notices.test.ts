import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from './run-cli.js';

const cosmosRole = {
  RoleName: 'Item Reader',
  Type: 'CustomRole',
  AssignableScopes: ['/'],
  Permissions: [{ DataActions: ['Microsoft.DocumentDB/databaseAccounts/readMetadata'] }],
};

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'azrbac-notices-'));
  writeFileSync(join(cwd, 'package.json'), '{ "name": "shop" }\n');
  writeFileSync(join(cwd, 'forecast.json'), '{ "temperature": 21 }\n');
  writeFileSync(join(cwd, 'cosmos.json'), JSON.stringify(cosmosRole));
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test('a file that was named and holds no role is a notice of its own', async () => {
  const { stderr, exitCode } = await runCli(['lint', 'package.json', 'forecast.json'], { cwd });
  expect(stderr).toContain('package.json  notice  No role definition was found');
  expect(stderr).toContain('forecast.json  notice  No role definition was found');
  expect(exitCode).toBe(2);
});

test('where nothing need be a role, files that are none are only counted', async () => {
  const { stderr, exitCode } = await runCli(['lint', '--allow-empty', 'package.json', 'forecast.json'], {
    cwd,
  });
  expect(stderr).toBe('notice  2 files without a role definition\n');
  expect(exitCode).toBe(0);
});

test('other notices are still told one by one', async () => {
  const { stderr } = await runCli(['lint', '--allow-empty', 'package.json', 'cosmos.json'], { cwd });
  expect(stderr).toMatch(/^cosmos\.json.* {2}notice {2}.*\(not-an-azure-role\)\n/);
  expect(stderr).toContain('notice  1 file without a role definition\n');
});

test('JSON reports tell them all', async () => {
  const { stdout } = await runCli(
    ['lint', '--allow-empty', '--format', 'json', 'package.json', 'forecast.json'],
    { cwd },
  );
  const { notices } = JSON.parse(stdout) as { notices: { code: string; file: string }[] };
  expect(notices.map(({ code, file }) => [code, file])).toEqual([
    ['no-role-definition', 'package.json'],
    ['no-role-definition', 'forecast.json'],
  ]);
});
