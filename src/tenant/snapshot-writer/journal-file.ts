import { lstatSync, openSync, rmSync } from 'node:fs';
import { reasonOfError, UserError } from '../../errors.js';
import { notOurs } from './journal-entries.js';

/** Mode of what names people and tells who holds what. */
export const ownerOnly = 0o600;

/** @throws UserError where that cannot be done, or what is there is no file. */
export function openJournalFile(path: string, flag: 'wx+' | 'r+', shown: string): number {
  try {
    if (flag === 'wx+') rmSync(path, { force: true });
    else if (!lstatSync(path).isFile()) throw notOurs(shown);
    return openSync(path, flag, ownerOnly);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    if (flag === 'r+' && (cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UserError(`There is nothing to resume: "${shown}" does not exist.`, {
        hint: 'Run the same command without --resume.',
        cause,
      });
    }
    const isFolderMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isFolderMissing ? 'its folder does not exist' : reasonOfError(cause);
    throw new UserError(`"${shown}" cannot be written: ${reason}.`, { cause });
  }
}
