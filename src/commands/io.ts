import { fstatSync, writeSync } from 'node:fs';

/** The surroundings of a run. Commands reach the outside through this alone, so that tests can run them in process. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
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
    get columns() {
      return process.stdout.columns;
    },
    cwd: process.cwd(),
    env: process.env,
  };
}

/** Writes to files and pipes without Node's streams, which take a tenth of a short run to load. */
function standardOutput(descriptor: 1 | 2, stream: () => NodeJS.WriteStream): OutputStream {
  let waiting: NodeJS.WriteStream | undefined;
  const toStream = (rest: string | Buffer): void => {
    waiting ??= stream().on('error', ignoreClosedPipe);
    waiting.write(rest);
  };
  return {
    get isTTY() {
      return !isFileOrPipe(descriptor) && stream().isTTY;
    },
    write: text => {
      const rest =
        waiting === undefined && isFileOrPipe(descriptor) ? writeNow(descriptor, Buffer.from(text)) : text;
      if (rest.length > 0) toStream(rest);
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
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') return Buffer.alloc(0);
    if (code !== 'EAGAIN') throw error;
  }
  return bytes.subarray(written);
}

/** `azrbac … | head` closes the pipe early; that is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
