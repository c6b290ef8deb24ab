import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** What a run said in a format: its report, and what went to standard error. */
export interface Said {
  readonly format: string;
  readonly text: string;
}

/** Runs them all in these formats, holds exit codes and reports against what is promised, and returns what was said. */
export async function expectRuns(
  { name, options }: CommandDeclaration,
  runs: readonly Run[],
  { formats, cwd }: { readonly formats: readonly (string | undefined)[]; readonly cwd: string },
): Promise<Said[]> {
  const perRun = options['format']?.withFile ? [formats] : formats.map(format => [format]);
  const said: Said[] = [];
  for (const formatsOfRun of perRun) {
    const exitCodes: Run[] = [];
    for (const [, ...args] of runs) {
      const run = await runIn(formatsOfRun, [...name.split(' '), ...args], cwd);
      // There is no report where the arguments were wrong.
      for (const { format, text } of run.reports)
        if (run.exitCode !== 2 || text !== '') expectWellFormed(format, text);
      exitCodes.push([run.exitCode, ...args]);
      said.push(...run.reports, ...run.reports.map(({ format }) => ({ format, text: run.stderr })));
    }
    expect(exitCodes).toEqual(runs);
  }
  return said;
}

/** The first report goes to standard output, each of the others to a file. */
async function runIn(formats: readonly (string | undefined)[], args: readonly string[], cwd: string) {
  const [first, ...others] = formats;
  const reports = mkdtempSync(join(tmpdir(), 'azrbac-'));
  const files = others.map(format => ({ format: format!, file: join(reports, format!) }));
  const line = [
    ...args,
    ...(first === undefined ? [] : ['--format', first]),
    ...files.flatMap(({ format, file }) => ['--format', `${format}=${file}`]),
  ];
  const { exitCode, stdout, stderr } = await runCli(line, { cwd });
  expect([line, stderr]).toEqual([line, expect.not.stringMatching(/This is a bug|^ +at /m)]);
  const written = files.map(({ format, file }): Said => ({ format, text: readFileSync(file, 'utf8') }));
  return { exitCode, stderr, reports: [{ format: first ?? 'text', text: stdout }, ...written] };
}
