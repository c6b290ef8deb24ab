import type { Notice } from '../../errors.js';
import { escapeMarkdown, markdownCode, shorten } from '../../text/escape.js';
import { placeOfNotice } from '../../text/notice.js';
import { count } from './summary.js';

/** A line for each value, as many as GitHub takes, and how many were left out. `noun` is what one more is called. */
export function fitting<Value>(
  values: readonly Value[],
  lineOf: (value: Value) => string,
  noun: string,
): string {
  const lines: string[] = [];
  let bytes = 0;
  for (const value of values) {
    const line = lineOf(value);
    bytes += Buffer.byteLength(line);
    if (bytes > maxBytes) break;
    lines.push(line);
  }
  if (lines.length < values.length) {
    lines.push(`\n${count(values.length - lines.length, noun)} not shown here.\n`);
  }
  return lines.join('');
}

/** The notices of a run, under a heading. */
export function noticeSection(notices: readonly Notice[]): string {
  return `### Notices\n\n${fitting(notices, noticeItem, 'more notice')}`;
}

// Two lists of this many bytes at most, and a little around them, stay below GitHub's limit of 1 MiB.
const maxBytes = 500_000;

const longestCell = 1000;

function noticeItem(notice: Notice): string {
  const place = placeOfNotice(notice);
  const lead = place === undefined ? '' : `${markdownCode(shorten(place))}: `;
  return `- ${lead}${escapeMarkdown(shorten(notice.message, longestCell))} (${markdownCode(notice.code)})\n`;
}
