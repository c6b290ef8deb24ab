import { expect } from 'vitest';
import type { CommandDeclaration } from '../../src/cli/command-spec.js';
import { group, id } from '../tenant/access/tenant-rows.js';
import { expectWellFormed } from '../reporters/well-formed.js';
import { runCli } from './run-cli.js';

/** A run of a command without its format, and the exit code that it has in every format. */
export type Run = readonly [exitCode: number, ...args: readonly string[]];

/** The formats of a command; `undefined` where it has but one. */
export function formatsOf({ options }: CommandDeclaration): readonly (string | undefined)[] {
  return options['format']?.choices ?? [undefined];
}

const restart = 'Microsoft.Compute/virtualMachines/restart/action';
const snapshot = ['--snapshot', 'tenant.json'];

/** By command, runs over the files of `projectNaming`. */
export const fileRuns: Readonly<Record<string, readonly Run[]>> = {
  lint: [
    [1, 'roles', '--profile', 'strict'],
    [1, 'roles', ...snapshot, '--expect', 'access.json', '--profile', 'recommended'],
  ],
  role: [[0, 'role.json', '--all']],
  check: [
    [1, 'access.json', ...snapshot],
    [2, 'mistakes.json', ...snapshot],
    [1, '--endpoint', 'endpoint.json'],
    [1, '--manifests', 'pods.json'],
    [1, '--action-set', 'blob-read', '--role', 'role.json'],
  ],
  explain: [[0, 'error.log']],
  can: [[1, '--principal', id(1), '--action', restart, '--scope', group, ...snapshot]],
  'who-can': [[0, '--action', 'Microsoft.Compute/virtualMachines/delete', '--scope', group, ...snapshot]],
  access: [
    [3, id(1), ...snapshot],
    [3, id(1), '--scope', group, '--all', ...snapshot],
  ],
  test: [
    [1, 'tests.json', ...snapshot],
    [2, 'mistakes.json', ...snapshot],
  ],
  paths: [[1, '--all', ...snapshot]],
  audit: [[1, 'roles', ...snapshot, '--expect', 'access.json', '--profile', 'strict']],
};

/** Runs them all in one format, holds exit codes and reports against what is promised, and returns what was said. */
export async function expectRuns(
  name: string,
  runs: readonly Run[],
  { format, cwd }: { readonly format: string | undefined; readonly cwd: string },
): Promise<string[]> {
  const exitCodes: Run[] = [];
  const said: string[] = [];
  for (const [, ...args] of runs) {
    const line = [...name.split(' '), ...args, ...(format === undefined ? [] : ['--format', format])];
    const { exitCode, stdout, stderr } = await runCli(line, { cwd });
    expect([line, stderr]).toEqual([line, expect.not.stringMatching(/This is a bug|^ +at /m)]);
    // There is no report where the arguments were wrong.
    if (exitCode !== 2 || stdout !== '') expectWellFormed(format ?? 'text', stdout);
    exitCodes.push([exitCode, ...args]);
    said.push(stdout, stderr);
  }
  expect(exitCodes).toEqual(runs);
  return said;
}
