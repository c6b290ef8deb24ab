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
    const rows = worstFirst(result.findings).map(finding => findingRow(finding));
    parts.push(
      `| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n${fitting(rows, 'finding')}`,
    );
  }
  if (result.notices.length > 0)
    parts.push(`### Notices\n\n${fitting(result.notices.map(noticeItem), 'notice')}`);
  return parts.join('\n');
}

// Two lists of this many bytes at most, and a little around them, stay below GitHub's limit of 1 MiB.
const mostBytes = 500_000;

const longestCell = 1000;

function fitting(lines: readonly string[], noun: string): string {
  let bytes = 0;
  const firstOut = lines.findIndex(line => (bytes += Buffer.byteLength(line)) > mostBytes);
  if (firstOut === -1) return lines.join('');
  return `${lines.slice(0, firstOut).join('')}\n${count(lines.length - firstOut, `more ${noun}`)} not shown here.\n`;
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
