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
