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

/** The process's own. Its streams are made when first used: making them costs time. */
export function processIo(): Io {
  return {
    stdin: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      return process.stderr;
    },
    get columns() {
      return process.stdout.columns;
    },
    cwd: process.cwd(),
    env: process.env,
  };
}
