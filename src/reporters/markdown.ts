import type { Notice } from '../errors.js';
import type { Finding, LintResult } from '../lint/finding.js';
import { escapeMarkdown, markdownCode, shorten } from './escape.js';
import { placeOfNotice } from './notice.js';
import { placeName } from './place.js';
import { helpUriOf } from './rule-page.js';
import { count, summaryLine, worstFirst } from './summary.js';

/**
 * GitHub-flavoured Markdown for a job summary or a comment: a table of findings, worst first, and the notices.
 * Stays below the megabyte that GitHub takes, and says what it left out.
 */
export function reportMarkdown(result: LintResult): string {
  const parts = [`## azrbac lint\n\n${summaryLine(result)}\n`];
  if (result.findings.length > 0) {
    const rows = fitting(worstFirst(result.findings), findingRow, 'more finding');
    parts.push(`| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n${rows}`);
  }
  if (result.notices.length > 0) {
    parts.push(`### Notices\n\n${fitting(result.notices, noticeItem, 'more notice')}`);
  }
  return parts.join('\n');
}

// Two lists of this many bytes at most, and a little around them, stay below GitHub's limit of 1 MiB.
const mostBytes = 500_000;

const longestCell = 1000;

function fitting<Value>(values: readonly Value[], lineOf: (value: Value) => string, noun: string): string {
  const lines: string[] = [];
  let bytes = 0;
  for (const value of values) {
    const line = lineOf(value);
    bytes += Buffer.byteLength(line);
    if (bytes > mostBytes) break;
    lines.push(line);
  }
  if (lines.length < values.length) {
    lines.push(`\n${count(values.length - lines.length, noun)} not shown here.\n`);
  }
  return lines.join('');
}

function findingRow(finding: Finding): string {
  const place = markdownCode(shorten(placeName(finding.at)));
  const rule = `[${escapeMarkdown(finding.rule.id)}](${helpUriOf(finding.rule)})`;
  return `| ${finding.severity} | ${place} | ${escapeMarkdown(shorten(finding.message, longestCell))} | ${rule} |\n`;
}

function noticeItem(notice: Notice): string {
  const place = placeOfNotice(notice);
  const lead = place === undefined ? '' : `${markdownCode(shorten(place))}: `;
  return `- ${lead}${escapeMarkdown(shorten(notice.message, longestCell))} (${markdownCode(notice.code)})\n`;
}
