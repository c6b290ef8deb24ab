/**
 * A mistake of the user's or of the surroundings (bad option, unreadable file, damaged catalog).
 * Shown as one sentence and a hint, never with a stack; the exit code is 2.
 * Any other error that reaches the command line is a bug of ours and is shown as one.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What to do about it, as one sentence or a command. */
  readonly hint: string | undefined;
  /** Where the mistake stands, if it does in a file; the message says it, too. */
  readonly place: ErrorPlace | undefined;

  constructor(message: string, options: { hint?: string; cause?: unknown; place?: ErrorPlace } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    this.place = options.place;
  }
}

/** Line and column count from 1. */
export interface ErrorPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The message without the place. */
  readonly sentence: string;
}

/** Says that something was not analysed, or only in part. A fault in what was read is a finding instead. */
export interface Notice {
  /** Kebab-case and stable: scripts look at it. */
  readonly code: string;
  readonly message: string;
  /** As in {@link SourceDocument.file}; absent where the notice is about the whole run. */
  readonly file?: string;
  /** Both count from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** Why a file could not be read or written, as the end of a sentence: without the paths that the system's own has in it. */
export function reasonOfError(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return code === undefined ? message : reasonOf(code);
}

/** Why the system refused a file, by its code, as the end of a sentence. */
export function reasonOf(code: string): string {
  return reasons.get(code) ?? `the system reports ${code}`;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'it does not exist'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['ELOOP', 'its links go in a circle'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['EISDIR', 'it is a folder'],
  ['EEXIST', 'something else is there'],
  ['EROFS', 'nothing can be written there'],
  ['ENOSPC', 'there is no space left'],
  ['EDQUOT', 'there is no space left'],
  ['EFBIG', 'it would be larger than a file may be'],
  ['EIO', 'the device does not work'],
  ['EBADF', 'it is not open for that'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['ENXIO', 'it is a socket or a device, and only regular files are read'],
  ['ERR_INVALID_ARG_VALUE', 'its name holds a NUL'],
]);
