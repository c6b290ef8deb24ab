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

test('patterns with several wildcards are evaluated up to a number, and beyond it said to be left out', async () => {
  const patterns = Array.from({ length: 1_200 }, (_, i) => `*/a${i}*/b*/read`);
  const role = { Name: 'Stars', Description: 'Stars.', Actions: patterns, AssignableScopes: ['/'] };
  const { stderr, exitCode } = await runCli(['lint', '--format', 'json', '-'], {
    cwd,
    stdin: JSON.stringify(role),
  });
  expect(stderr).toContain('notice  Of 1200 action patterns with more than one wildcard');
  expect(stderr).toContain(
    'the first 1000 were evaluated; the others were taken to cover nothing. (pattern-not-evaluated)',
  );
  expect(exitCode).toBe(1);
});

test('a pattern of 10,000 stars is said not to be evaluated', async () => {
  const role = {
    Name: 'Stars',
    Description: 'Stars.',
    Actions: ['*'.repeat(10_000)],
    AssignableScopes: ['/'],
  };
  const { stderr } = await runCli(['lint', '-'], { cwd, stdin: JSON.stringify(role) });
  expect(stderr).toMatch(
    /^-:1:1 {2}notice {2}1 action pattern, .* was taken to cover nothing\. \(pattern-not-evaluated\)\n/,
  );
});
