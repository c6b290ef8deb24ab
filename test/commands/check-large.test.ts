import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { projectWith } from './project.js';
import { portion } from '../portion.js';

const executable = fileURLToPath(new URL('../../dist/bin/azrbac.cjs', import.meta.url));
const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const contributor = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`;
const identities = portion({ whole: 200, part: 60 });

function guid(start: string, number: number): string {
  return `${start}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Contributors of a whole subscription, each of whom should only assign roles there. */
function manyContributors(): string {
  const numbers = Array.from({ length: identities }, (_, at) => at);
  return projectWith({
    'access.json': {
      version: 1,
      identities: numbers.map(at => ({
        name: `client ${at}`,
        principal: guid('bbbbbbbb', at),
        needs: [{ set: 'role-assigner', scope: subscription }],
      })),
    },
    'snapshot.json': {
      version: 1,
      kind: 'azrbac-snapshot',
      roleAssignments: numbers.map(at => ({
        id: `${subscription}/providers/Microsoft.Authorization/roleAssignments/${guid('aaaaaaaa', at)}`,
        properties: {
          principalId: guid('bbbbbbbb', at),
          principalType: 'ServicePrincipal',
          roleDefinitionId: contributor,
          scope: subscription,
        },
      })),
    },
  });
}

test('a report much larger than the heap is valid', {
  timeout: 120_000,
}, () => {
  const cwd = manyContributors();
  const args = [
    'check',
    'access.json',
    '--snapshot',
    'snapshot.json',
    '--format',
    'json',
    '--output',
    'report.json',
  ];
  const run = spawnSync(process.execPath, ['--max-old-space-size=96', executable, ...args], {
    cwd,
    encoding: 'utf8',
  });
  expect([run.status, run.stderr]).toEqual([1, '']);
  const written = readFileSync(join(cwd, 'report.json'), 'latin1');
  rmSync(cwd, { recursive: true });
  expect(written.length).toBeGreaterThan(identities * 1_000_000);
  const { results } = JSON.parse(written) as {
    results: { excess: { control: number; data: number; operations: string[] } }[];
  };
  expect(results.length).toBe(identities);
  // Every operation is named, in the last result as in the first.
  const { control, data, operations } = results.at(-1)!.excess;
  expect(operations.length).toBe(control + data);
  expect(operations).toEqual(results[0]!.excess.operations);
});
