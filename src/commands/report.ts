import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** Whoever reads the file sees the old text or the whole new one. `shown` names it in messages. */
export function replaceFile(path: string, shown: string, text: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new UserError(`"${shown}" cannot be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
