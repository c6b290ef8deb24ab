import { Readable } from 'node:stream';
import { main } from '../../src/commands/dispatch.js';
import type { Io } from '../../src/cli/io.js';

/** What a run of the command line left behind. */
export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSurroundings {
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly isTTY?: true;
}

/** Runs the command line in this process. */
export async function runCli(args: readonly string[], surroundings: CliSurroundings = {}): Promise<CliRun> {
  const written = { stdout: '', stderr: '' };
  const streamTo = (name: keyof typeof written): Io['stdout'] => ({
    ...(surroundings.isTTY && { isTTY: true }),
    write: text => (written[name] += text),
  });
  const exitCode = await main(args, {
    stdin: Readable.from([Buffer.from(surroundings.stdin ?? '')]),
    stdout: streamTo('stdout'),
    stderr: streamTo('stderr'),
    cwd: surroundings.cwd ?? process.cwd(),
    env: surroundings.env ?? {},
    isInteractive: surroundings.isTTY,
    columns: surroundings.isTTY && 100,
  });
  return { exitCode, ...written };
}
