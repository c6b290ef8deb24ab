import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import type { Io } from './io.js';

/**
 * Hooks and `xargs` put file names behind a command. A repository may hold a file named `--config=mine.json`: as an option,
 * it would decide what is found in the others. Nobody means both, so it is neither.
 * @throws UserError where an argument in front of `--` begins like an option and is the name of a file.
 */
export function refuseFileNamesAsOptions(args: readonly string[], io: Pick<Io, 'cwd'>): void {
  for (const arg of args) {
    if (arg === '--') return;
    if (arg.length < 2 || !arg.startsWith('-') || !isThere(arg, io)) continue;
    throw new UserError(`"${arg}" is a file here, and would be taken for an option.`, {
      hint: `Put "--" before file names, or write "./${arg}". If you meant the option, rename the file.`,
    });
  }
}

/** A link that leads nowhere is there, too. In a folder that is gone nothing is. */
function isThere(name: string, io: Pick<Io, 'cwd'>): boolean {
  try {
    return lstatSync(join(io.cwd, name), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
