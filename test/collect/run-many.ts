import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { collectArguments, collectEnvironment, type Run, type Where } from './run-collect.js';

/** A process that collects as often as it is told to, one time after the other. */
export interface Runner {
  collect(azure: Where, snapshot: string, more?: readonly string[]): Promise<Run>;
  close(): void;
}

/** `caFile` is that of any server of this process: they all have the same authority. */
export function startRunner(caFile: string): Runner {
  const script = fileURLToPath(new URL('run-many.mjs', import.meta.url));
  const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), NODE_EXTRA_CA_CERTS: caFile };
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async collect(azure, snapshot, more = []) {
      const told = { args: collectArguments(azure, snapshot, more), env: collectEnvironment(azure) };
      child.stdin.write(`${JSON.stringify(told)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('The process that collects has ended.');
      return JSON.parse(value) as Run;
    },
    close: () => void child.stdin.end(),
  };
}
