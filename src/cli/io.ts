import { exitFailure } from './exit-codes.js';
import { fstatSync, writeSync } from 'node:fs';
import { reasonOfError, UserError } from '../errors.js';

/** The surroundings of a run. Commands reach the outside through this alone, so that tests can run them in process. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether somebody at a terminal can be asked. */
  readonly isInteractive?: boolean | undefined;
  /** The width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

export interface OutputStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** The process's own. Its streams are made when first used, if at all: making them costs time. */
export function processIo(): Io {
  return {
    stdin: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() },
    stdout: standardOutput(1, () => process.stdout),
    stderr: standardOutput(2, () => process.stderr),
    get isInteractive() {
      return process.stdin.isTTY && process.stderr.isTTY;
    },
    get columns() {
      return process.stdout.columns;
    },
    get cwd() {
      return workingDirectory();
    },
    env: process.env,
  };
}

/** Writes to files and pipes without Node's streams, which take a tenth of a short run to load. */
function standardOutput(descriptor: 1 | 2, stream: () => NodeJS.WriteStream): OutputStream {
  const failed = descriptor === 1 ? refuse : nothing;
  let waiting: NodeJS.WriteStream | undefined;
  const toStream = (rest: string | Buffer): void => {
    waiting ??= stream().on('error', descriptor === 1 ? refuseLate : nothing);
    waiting.write(rest);
  };
  return {
    get isTTY() {
      return !isFileOrPipe(descriptor) && stream().isTTY;
    },
    write: text => {
      try {
        const rest =
          waiting === undefined && isFileOrPipe(descriptor) ? writeNow(descriptor, Buffer.from(text)) : text;
        if (rest.length > 0) toStream(rest);
      } catch (error) {
        failed(error);
      }
    },
  };
}

function isFileOrPipe(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isFile() || stats.isFIFO();
  } catch {
    return false;
  }
}

/** What could not be written at once: somebody else may have made the pipe non-blocking. */
function writeNow(descriptor: number, bytes: Buffer): Buffer {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
  return bytes.subarray(written);
}

/** `azrbac … | head` closes the pipe early; that is no failure. A report that is cut off for any other reason is one. */
function refuse(cause: unknown): void {
  if ((cause as NodeJS.ErrnoException).code === 'EPIPE') return;
  throw new UserError(`${outputFailed}: ${reasonOfError(cause)}.`, { cause });
}

/** The run may be over, and have set its exit code: this one holds all the same. */
function refuseLate(cause: NodeJS.ErrnoException): void {
  if (cause.code === 'EPIPE') return;
  process.once('exit', () => {
    process.exitCode = exitFailure;
  });
  try {
    writeSync(2, `azrbac: ${outputFailed}: ${reasonOfError(cause)}.\n`);
  } catch {
    // Then nobody can be told.
  }
}

const outputFailed = 'Standard output cannot be written';

/** What goes to standard error is said beside the work: whether somebody takes it changes nothing. */
function nothing(): void {}

function workingDirectory(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UserError('The working directory is gone.', {
      hint: 'Go to a folder that exists, and run the command again.',
      cause,
    });
  }
}
