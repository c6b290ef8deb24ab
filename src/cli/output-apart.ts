import { statSync, type Stats } from 'node:fs';
import { basename, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { configFileNames } from '../lint/engine/find-config.js';
import type { CommandLine } from './command-spec.js';
import type { Io } from './io.js';
import { filesOfFormats } from './outputs.js';

/**
 * A report takes the place of whatever stands where it goes.
 * @throws UserError where that is a file which something else on the command line names, or a configuration.
 */
export function expectOutputApart({ positionals, options }: CommandLine, io: Pick<Io, 'cwd'>): void {
  const { output, format, ...others } = options;
  const named = [...positionals, ...Object.values(others).flat()].filter(value => typeof value === 'string');
  for (const target of [...(typeof output === 'string' ? [output] : []), ...filesOfFormats(format)]) {
    if ((configFileNames as readonly string[]).includes(basename(target)))
      throw overwritten('the configuration');
    expectNotOverwritten(target, named, io);
  }
}

/** @throws UserError where the report would overwrite one of the files; all relative to the working directory. */
export function expectNotOverwritten(
  output: string | undefined,
  files: readonly string[],
  { cwd }: Pick<Io, 'cwd'>,
): void {
  if (output === undefined) return;
  const path = resolve(cwd, output);
  const known = statOf(path);
  // A device such as /dev/null takes what it is given.
  if (known !== undefined && !known.isFile()) return;
  const file = files.find(one => one !== '-' && isSame({ path, known }, resolve(cwd, one)));
  if (file !== undefined) throw overwritten(`"${file}", which is named or read as well`);
}

function isSame({ path, known }: { path: string; known: Stats | undefined }, other: string): boolean {
  if (path === other) return true;
  if (known === undefined || known.ino === 0) return false;
  const { ino, dev } = statOf(other) ?? {};
  return ino === known.ino && dev === known.dev;
}

/** What is given need not be a path, and then may be none at all. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function overwritten(what: string): UserError {
  return new UserError(`"--output" would overwrite ${what}.`, { hint: 'Name another file: --output FILE' });
}
