import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import type { Io } from './io.js';

export { jsonText as toJson } from '../reporters/json-text.js';

/** Hands over the finished report: to the file that `--output` names, else to standard output. */
export function writeReport(report: string, options: { readonly output: string | undefined }, io: Io): void {
  if (options.output === undefined) io.stdout.write(report);
  else replaceFile(resolve(io.cwd, options.output), options.output, report);
}

/** Says things that are not the report on standard error, each on a line of its own. */
export function say(lines: readonly string[], options: { readonly quiet: boolean }, io: Io): void {
  if (!options.quiet && lines.length > 0) io.stderr.write(`${lines.join('\n')}\n`);
}

/**
 * Whoever reads the file sees the old content or the whole new one. A link keeps its target, a file its mode.
 * `shown` names it in messages.
 */
export function replaceFile(path: string, shown: string, content: string | Buffer): void {
  try {
    const known = statSync(path, { throwIfNoEntry: false });
    // A device or a pipe, such as /dev/stdout, must not be replaced by a file.
    if (known !== undefined && !known.isFile()) writeFileSync(path, content);
    else replaceRegularFile(known === undefined ? path : realpathSync(path), content, known?.mode ?? 0o666);
  } catch (cause) {
    throw new UserError(`"${shown}" cannot be written: ${(cause as Error).message}.`, { cause });
  }
}

function replaceRegularFile(path: string, content: string | Buffer, mode: number): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${Date.now().toString(36)}`);
  try {
    writeFileSync(temporary, content, { mode, flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
