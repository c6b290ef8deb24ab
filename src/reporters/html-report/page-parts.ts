import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../package/package-folder.js';
import { reasonOfError, UserError } from '../../errors.js';

/** The code and the style of the page, as the build left them. @throws UserError where they are missing. */
export function pageParts(folder = join(packageFolder(), 'dist')): {
  readonly code: string;
  readonly style: string;
} {
  const read = (name: string): string => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch (cause) {
      throw new UserError(`The report page is missing: ${reasonOfError(cause)}.`, {
        hint: 'Reinstall azrbac.',
        cause,
      });
    }
  };
  return { code: read('report-page.js'), style: read('report-page.css') };
}

/** The source of a content security policy that lets this text run, and no other. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
