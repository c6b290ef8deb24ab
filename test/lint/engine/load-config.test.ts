import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileKeyOf, loadConfig } from '../../../src/lint/engine/load-config.js';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'azrbac-')));
  mkdirSync(join(root, 'repository', '.git'), { recursive: true });
  mkdirSync(join(root, 'repository', 'infra', 'roles'), { recursive: true });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const write = (file: string, text: string | Buffer): void => writeFileSync(join(root, file), text);
const load = (folder: string, file?: string) => loadConfig({ cwd: join(root, folder), file });

test('the nearest file upwards counts', async () => {
  write('repository/azrbac.config.json', '{"failOn": "high"}');
  write('repository/infra/azrbac.config.json', '{"failOn": "low"}');
  const { config, folder, file } = await load('repository/infra/roles');
  expect([config.failOn, folder, file]).toEqual([
    'low',
    join(root, 'repository', 'infra'),
    '../azrbac.config.json',
  ]);
});

test('the search ends at the root of the repository', async () => {
  write('azrbac.config.json', '{"failOn": "high"}');
  expect((await load('repository/infra')).file).toBeUndefined();
  write('repository/azrbac.config.json', '{}');
  expect((await load('repository/infra')).file).toBe('../azrbac.config.json');
});

test('a file that is named counts alone', async () => {
  write('repository/azrbac.config.json', '{"failOn": "high"}');
  write('repository/ci.json', '{"failOn": "info"}');
  expect((await load('repository/infra', '../ci.json')).config.failOn).toBe('info');
});

test('files are known by their path from the configuration, wherever azrbac is started', async () => {
  write('repository/azrbac.config.json', '{}');
  const keyIn = async (folder: string) => fileKeyOf(await load(folder), join(root, folder));
  expect((await keyIn('repository'))('infra/roles/a.json')).toBe('infra/roles/a.json');
  expect((await keyIn('repository/infra'))('roles/a.json')).toBe('infra/roles/a.json');
  expect((await keyIn('repository/infra/roles'))('../../a.json')).toBe('a.json');
  expect((await keyIn('repository/infra'))('-')).toBe('-');
});

test('UTF-16 with its mark is read', async () => {
  write('repository/azrbac.config.json', Buffer.from('\ufeff{"failOn": "never"}', 'utf16le'));
  expect((await load('repository')).config.failOn).toBe('never');
});

test.each([
  ['none.json', '"none.json" cannot be read: it does not exist.'],
  ['infra', '"infra" cannot be read: it is a folder.'],
])('%s cannot be read', async (file, message) => {
  await expect(load('repository', file)).rejects.toThrow(message);
});

test.each([
  ['azrbac.config.jsonc', '{ "failOn": "high" } // JSON with comments'],
  ['azrbac.config.yaml', 'failOn: high # YAML'],
  ['azrbac.config.yml', 'failOn: high'],
  ['package.json', '{ "name": "roles", "azrbac": { "failOn": "high" } }'],
])('%s is a configuration', async (name, text) => {
  write(`repository/${name}`, text);
  const { config, file } = await load('repository');
  expect([config.failOn, file]).toEqual(['high', name]);
});

test('a manifest that only depends on azrbac is no configuration', async () => {
  write('repository/package.json', '{ "devDependencies": { "azrbac": "^1.0.0" } }');
  expect((await load('repository')).file).toBeUndefined();
  await expect(load('repository', 'package.json')).rejects.toThrow(
    '"package.json" has no key "azrbac", which would be the configuration.',
  );
});

test('of two configurations in one folder neither wins in silence', async () => {
  write('repository/azrbac.config.json', '{}');
  write('repository/package.json', '{ "azrbac": {} }');
  await expect(load('repository/infra')).rejects.toThrow(
    'Both "azrbac.config.json" and "package.json" in one folder configure azrbac.',
  );
  expect((await load('repository', 'azrbac.config.json')).file).toBe('azrbac.config.json');
});

test.each([
  ['azrbac.config.yaml', 'failOn: [high', /^azrbac\.config\.yaml:1:\d+: This is not YAML: /],
  [
    'azrbac.config.yaml',
    'failOn: hihg',
    /^azrbac\.config\.yaml:1:9: "failOn" is "hihg", which is none of .*never\.$/,
  ],
  [
    'package.json',
    '{ "azrbac": { "fialOn": 1 } }',
    /^package\.json:1:15: "fialOn" is not a key of the config/,
  ],
  ['package.json', '{ "azrbac": true }', /^package\.json:1:13: "azrbac" must be an object\.$/],
])('a mistake in %s is shown where it is: %s', async (name, text, message) => {
  write(`repository/${name}`, text);
  await expect(load('repository')).rejects.toThrow(message);
});
