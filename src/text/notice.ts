import type { Notice } from '../errors.js';
import { shorten, visible } from './escape.js';

/** One line that tells a person about a notice, without a line break: `roles/x.json:3:1  notice  Message (code)`. */
export function formatNotice(notice: Notice): string {
  const place = placeOfNotice(notice);
  const words = `notice  ${visible(shorten(notice.message))} (${visible(notice.code)})`;
  return place === undefined ? words : `${visible(place)}  ${words}`;
}

/** `file`, `file:line` or `file:line:column`, as far as known; not escaped. Undefined for the run as a whole. */
export function placeOfNotice({ file, line, column }: Notice): string | undefined {
  if (file === undefined) return undefined;
  return [file, line, line === undefined ? undefined : column].filter(part => part !== undefined).join(':');
}
