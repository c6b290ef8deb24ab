import { expect, test } from 'vitest';
import { runCli } from './run-cli.js';

const endpoints = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints';

test('a pattern is answered with the operations that it covers, one per line', async () => {
  const { exitCode, stdout, stderr } = await runCli(['expand', `${endpoints}/*/action`]);
  expect(stdout).toBe(
    [
      `${endpoints}/deployments/getlogs/action`,
      `${endpoints}/listkeys/action`,
      `${endpoints}/regeneratekeys/action`,
      `${endpoints}/score/action`,
      `${endpoints}/token/action`,
      '',
    ].join('\n'),
  );
  expect(stderr).toMatch(/^5 control-plane operations, in the catalog of \d{4}-\d\d-\d\d\.\n$/);
  expect(exitCode).toBe(0);
});

test('--not takes away what its pattern covers, and several patterns are a union', async () => {
  const { stdout } = await runCli([
    ...['expand', `${endpoints}/*/action`, `${endpoints}/WRITE`],
    ...['--not', `${endpoints}/*keys/action`, '--not', `${endpoints}/deployments/*`],
  ]);
  expect(stdout.split('\n')).toEqual([
    `${endpoints}/score/action`,
    `${endpoints}/token/action`,
    `${endpoints}/write`,
    '',
  ]);
});

test('a misspelt operation is no pattern that covers nothing', async () => {
  const { exitCode, stdout, stderr } = await runCli(['expand', `${endpoints}/scores/action`, '-q']);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`Did you mean "${endpoints}/score/action"?`);
});

test('JSON holds what the text holds, and what it leaves out', async () => {
  const { stdout, stderr } = await runCli([
    ...[
      'expand',
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*/action',
      '--plane',
      'data',
    ],
    ...['--not', '*/move/action', '--format', 'json'],
  ]);
  const report = JSON.parse(stdout) as Record<string, unknown> & { operations: string[] };
  expect(Object.keys(report)).toEqual([
    'version',
    'plane',
    'patterns',
    'notPatterns',
    'count',
    'operations',
    'unknownPlane',
    'notices',
  ]);
  expect(report).toMatchObject({ version: 1, plane: 'data', notPatterns: ['*/move/action'], notices: [] });
  expect(report['count']).toBe(report.operations.length);
  expect(report.operations).toContain(
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
  );
  expect(report.operations).not.toContain(
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action',
  );
  expect(stderr).toBe('');
});

test.each([
  { name: 'an unknown provider', pattern: 'Microsoft.Nothing/*', code: 'pattern-matches-nothing' },
  {
    name: 'an operation of the other plane',
    pattern: 'Microsoft.KeyVault/vaults/secrets/getSecret/action',
    code: 'pattern-matches-nothing',
  },
  {
    name: 'stars without end',
    pattern: 'Microsoft.Compute/' + '*a'.repeat(5_000),
    code: 'pattern-not-evaluated',
  },
  { name: 'the name of a prototype member', pattern: '__proto__', code: 'pattern-matches-nothing' },
])('$name: no operation, a notice, success', async ({ pattern, code }) => {
  const { exitCode, stdout, stderr } = await runCli(['expand', pattern, '--format=json']);
  expect(JSON.parse(stdout)).toMatchObject({ count: 0, operations: [], notices: [{ code }] });
  expect(stderr).toMatch(/^notice /);
  expect(exitCode).toBe(0);
});

test('operations of unknown plane count where they are spelled out, and stand apart under a wildcard', async () => {
  const wildcard = JSON.parse((await runCli(['expand', '*', '-f', 'json'])).stdout) as {
    operations: string[];
    unknownPlane: string[];
  };
  const [operation = ''] = wildcard.unknownPlane;
  expect(wildcard.operations).not.toContain(operation);
  const literal = JSON.parse((await runCli(['expand', operation, '-f', 'json'])).stdout) as object;
  expect(literal).toMatchObject({ count: 1, operations: [operation], unknownPlane: [] });
});

test('--quiet leaves standard error empty', async () => {
  const { stderr } = await runCli(['expand', 'Microsoft.Nothing/*', '--quiet']);
  expect(stderr).toBe('');
});
