import type { AuditResult } from '../../analysis/audit/audit-result.js';
import type { Cause } from '../../analysis/audit/cause.js';
import { listCauses } from '../../analysis/audit/listed-causes.js';
import type { ScopeDisplayNames } from '../../tenant/snapshot/scope-names.js';
import type { IdentityResult } from '../../analysis/expectations/check-report.js';
import { type AlikePaths, alikePaths, stepText } from './alike-paths.js';
import { findingsLine, gapLine, gapsLine, pathsLine, reachLine, sizeLine, tenantLine } from './summary.js';
import { identitiesLine, resultLine } from '../check/result-words.js';
import { escapeMarkdown, markdownCode, shorten } from '../../text/escape.js';
import { fitting, noticeSection } from '../lint/markdown-lists.js';
import { helpUriOf } from '../rule-page.js';
import { count } from '../lint/summary.js';

/**
 * GitHub-flavoured Markdown for a job summary: a table of causes, worst first, expectations that do not hold, and the
 * nearest paths. Stays below the megabyte that GitHub takes, and says what it left out.
 */
export function reportAuditMarkdown(result: AuditResult): string {
  const gaps = gapsLine(result);
  const gapNote = gaps === undefined ? [] : [`> **${escapeMarkdown(gaps)}**\n`];
  const parts = [
    `## azrbac audit\n\n${escapeMarkdown(shorten(tenantLine(result.tenant)))}  \n${sizeLine(result)}\n`,
    `${findingsLine(result)}\n`,
    ...gapNote,
    ...(result.gaps.length === 0
      ? []
      : [fitting(result.gaps, gap => item(gapLine(gap, result.scopeNames)), 'more gap')]),
    ...causeTable(result),
    ...checkSection(result),
    ...pathSection(result),
    ...(result.lint.notices.length === 0 ? [] : [noticeSection(result.lint.notices)]),
    ...gapNote,
  ];
  return parts.join('\n');
}

const longestCell = 1_000;

function causeTable({ causes, scopeNames }: AuditResult): string[] {
  if (causes.length === 0) return [];
  const { listed, left } = listCauses(causes);
  const rows = fitting(listed, (cause: Cause) => causeRow(cause, scopeNames), 'more cause');
  const others = left.map(
    ({ rule, severity, causes: more, findings }) =>
      `- ${count(more, 'more cause')} of ${markdownCode(rule.id)}, ${severity}: ${count(findings, 'finding')}\n`,
  );
  const table = `| Severity | Cause | Concerns | Rule |\n| --- | --- | --- | --- |\n${rows}`;
  return [table, ...(others.length === 0 ? [] : [others.join('')])];
}

function causeRow(cause: Cause, names: ScopeDisplayNames): string {
  const { severity, message, rule } = cause;
  const concerns = escapeMarkdown(shorten(reachLine(cause, names) ?? '', longestCell));
  const link = `[${escapeMarkdown(rule.id)}](${helpUriOf(rule)})`;
  return `| ${severity} | ${escapeMarkdown(shorten(message, longestCell))} | ${concerns} | ${link} |\n`;
}

function checkSection({ check }: AuditResult): string[] {
  if (check === undefined) return [];
  const wrong = check.results.filter(({ status }) => status !== 'pass');
  const rows = fitting(wrong, (result: IdentityResult) => item(resultLine(result)), 'more result');
  return [`### Expectations\n\n${identitiesLine(check.identities)}\n\n${rows}`];
}

function pathSection(result: AuditResult): string[] {
  const { paths } = result.paths;
  const groups = alikePaths(paths).slice(0, maxPaths);
  const left = groups.reduce((rest, group) => rest - group.length, paths.length);
  const more = left > 0 ? `\n${count(left, 'more path')} not shown here.\n` : '';
  return [`### Paths to control\n\n${pathsLine(result)}\n\n${groups.map(pathItem).join('')}${more}`];
}

const maxPaths = 20;

function pathItem([first, ...others]: AlikePaths): string {
  const { from, to, steps } = first;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const way = steps.map(stepText).join(', then ');
  return item(`${from.displayName ?? from.id} (${from.type})${more} to ${to}: ${way}`);
}

function item(text: string): string {
  return `- ${escapeMarkdown(shorten(text, longestCell))}\n`;
}
