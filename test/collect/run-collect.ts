import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AzureServer } from '../azure-server/index.js';

export const executable = fileURLToPath(new URL('../../dist/bin/azrbac.cjs', import.meta.url));

export interface Run {
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of a test's own for the snapshots it collects; removed by `remove`. */
export function snapshotFolder(): { snapshot: string; folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-collect-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  return { folder, snapshot: join(folder, 'tenant.ndjson.gz'), remove };
}

/** What a collector is told of a server. */
export type Where = Pick<AzureServer, 'armEndpoint' | 'graphEndpoint' | 'authorityHost' | 'environment'>;

/** What is given to `azrbac collect` to read a whole tenant of the local Azure. */
export function collectArguments(azure: Where, snapshot: string, more: readonly string[] = []): string[] {
  return [
    ...['collect', '--tenant', '--output', snapshot, '--auth', 'env', '--arm-endpoint', azure.armEndpoint],
    ...['--graph-endpoint', azure.graphEndpoint, '--authority-host', azure.authorityHost, ...more],
  ];
}

/** Waiting is as short as a test needs it; nothing of the surroundings gets through. */
export function collectEnvironment(azure: Where): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: tmpdir(),
    ...azure.environment,
    AZRBAC_WAIT_SCALE: '0.001',
  };
}

export interface Running {
  readonly done: Promise<Run>;
  kill(signal: NodeJS.Signals): void;
}

/** The real executable, as a person starts it. */
export function startCollect(
  azure: Where,
  snapshot: string,
  more: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, [executable, ...collectArguments(azure, snapshot, more)], {
    env: { ...collectEnvironment(azure), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => (output.stdout += String(chunk)));
  child.stderr.on('data', chunk => (output.stderr += String(chunk)));
  const done = new Promise<Run>(resolve => child.on('close', exitCode => resolve({ exitCode, ...output })));
  return { done, kill: signal => void child.kill(signal) };
}
