import { resolve } from 'node:path';
import { shortenLine } from '../text/escape.js';
import type { Report } from '../reporters/reporter.js';
import type { Io } from './io.js';
import { replaceFile } from './replace-file.js';
import { bufferedPieces } from './write-pieces.js';

export { jsonPieces } from '../text/json-pieces.js';
export { jsonText as toJson } from '../text/json-text.js';

export type { Report } from '../reporters/reporter.js';

export interface OutputOptions {
  /** The file that `--output` names; standard output where there is none. */
  readonly output: string | undefined;
  /** What is said of a tenant is kept as its snapshot is: a new file is for its owner alone. */
  readonly snapshot?: string | undefined;
  readonly isPrivate?: boolean;
}

/** Hands over the report. @throws UserError where it cannot be written. */
export function writeReport(
  report: Report,
  { output, snapshot, isPrivate = snapshot !== undefined }: OutputOptions,
  io: Io,
): void {
  if (output === undefined || output === '/dev/stdout')
    for (const piece of bufferedPieces(report)) io.stdout.write(piece);
  else replaceFile({ path: resolve(io.cwd, output), shown: output, isPrivate }, report);
}

/** Says things that are not the report on standard error, each on a line of its own. */
export function printNotices(lines: readonly string[], options: { readonly quiet: boolean }, io: Io): void {
  if (!options.quiet && lines.length > 0) io.stderr.write(`${lines.map(shortenLine).join('\n')}\n`);
}
