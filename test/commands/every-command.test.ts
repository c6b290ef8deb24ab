import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/commands/index.js';
import { expectRuns, fileRuns, formatsOf, type Run } from './file-runs.js';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const cwd = projectWith({});

/** Every id that commands take. */
const runs: Readonly<Record<string, readonly Run[]>> = {
  expand: [[0, 'Microsoft.Compute/*/read', '--not', '*/instanceView/read']],
  role: [
    [0, 'Owner'],
    [0, 'AzureML Data Scientist'],
    [0, 'Storage Blob Data Owner'],
    [0, 'b24988ac-6180-42a0-ab88-20f7382dd24c'],
  ],
  check: [
    [0, '--action-set', 'blob-read', '--role', 'Storage Blob Data Reader'],
    // A set of several parts is needed at several scopes, which a role by itself does not have.
    ...actionSets().map(({ id, kind }): Run => {
      return [kind === 'composite' ? 2 : 1, '--action-set', id, '--role', 'Billing Reader'];
    }),
  ],
  'action-sets': [[0], ...actionSets().map(({ id }): Run => [0, id])],
  explain: errorCodes().map((code): Run => [0, code]),
  init: [[0, '--dry-run', '--ci', 'github']],
  rules: [[0], ...jsonFilesIn('rules').map((file): Run => [0, basename(file, '.json')])],
  'catalog info': [[0]],
  'catalog search': [[0, 'machine', 'score']],
  completion: [
    [0, 'bash'],
    [0, 'zsh'],
    [0, 'fish'],
  ],
};

test('every command is run, but for those that need Azure, or the lists that are fetched there', () => {
  const unrun = commands.filter(({ name }) => !(name in runs) && !(name in fileRuns)).map(({ name }) => name);
  expect(unrun).toEqual(['collect', 'catalog update']);
});

test.each(commands.map(({ name }) => name))('%s has help', async name => {
  const { exitCode, stdout, stderr } = await runCli([...name.split(' '), '--help']);
  expect(stdout.startsWith(`Usage: azrbac ${name}`)).toBe(true);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

describe.each(commands.filter(({ name }) => name in runs))('$name', command => {
  test.each(formatsOf(command))('gives what --format %s promises, whatever it is asked', async format => {
    await expectRuns(command, runs[command.name]!, { formats: [format], cwd });
  });
});

function jsonFilesIn(folder: string): string[] {
  return readdirSync(folder).filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'));
}

function actionSets(): { readonly id: string; readonly kind?: string }[] {
  const folder = 'role-catalog/action-sets';
  return jsonFilesIn(folder).map(file => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
}

function errorCodes(): string[] {
  const folder = 'role-catalog/azure-errors';
  const families = jsonFilesIn(folder).map(
    file =>
      JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as {
        readonly errors: readonly { readonly codes: readonly string[] }[];
      },
  );
  return [...new Set(families.flatMap(({ errors }) => errors.flatMap(({ codes }) => codes)))];
}
