import type { Finding, LintResult } from '../../lint/engine/finding.js';
import { escapeMarkdown, markdownCode, shorten } from '../../text/escape.js';
import { fitting, noticeSection } from './markdown-lists.js';
import { placeName } from '../../text/source-span.js';
import { helpUriOf } from '../rule-page.js';
import { summaryLine, severitiesWorstFirst } from './summary.js';

/**
 * GitHub-flavoured Markdown for a job summary or a comment: a table of findings, worst first, and the notices.
 * Stays below the megabyte that GitHub takes, and says what it left out.
 */
export function reportMarkdown(result: LintResult): string {
  const parts = [`## azrbac lint\n\n${summaryLine(result)}\n`];
  if (result.findings.length > 0) {
    const rows = fitting(severitiesWorstFirst(result.findings), findingRow, 'more finding');
    parts.push(`| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n${rows}`);
  }
  if (result.notices.length > 0) parts.push(noticeSection(result.notices));
  return parts.join('\n');
}

const longestCell = 1000;

function findingRow(finding: Finding): string {
  const place = markdownCode(shorten(placeName(finding.at)));
  const rule = `[${escapeMarkdown(finding.rule.id)}](${helpUriOf(finding.rule)})`;
  return `| ${finding.severity} | ${place} | ${escapeMarkdown(shorten(finding.message, longestCell))} | ${rule} |\n`;
}
