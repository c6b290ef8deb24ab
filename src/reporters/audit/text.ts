import type { AuditResult } from '../../analysis/audit/audit-result.js';
import { type CausesLeft, listCauses } from '../../analysis/audit/listed-causes.js';
import { causeLines, type CauseTextContext } from './cause-text.js';
import { pathLines } from './path-text.js';
import { findingsLine, gapLine, gapsLine, pathsLine, sizeLine, tenantLine } from './summary.js';
import { identitiesLine, resultLine } from '../check/result-words.js';
import { shorten, visible } from '../../text/escape.js';
import { paintFor } from '../paint.js';
import type { ReportOptions } from '../reporter.js';
import { count } from '../lint/summary.js';
import { folded, wrapped } from '../../text/wrap.js';

/**
 * For people: what was looked at and how much was found, then causes, worst first, then expectations and paths, then the
 * counts again. What could not be read is said first and last.
 */
export async function reportAuditText(
  result: AuditResult,
  { color, columns }: Pick<ReportOptions, 'color' | 'columns'>,
): Promise<Iterable<string>> {
  const paint = await paintFor(color);
  return pieces(result, {
    paint,
    columns,
    principals: result.principals,
    scopeNames: result.scopeNames,
    explained: new Set(),
    placed: new Set(),
    printed: new Set(),
  });
}

function* pieces(result: AuditResult, page: CauseTextContext): Generator<string> {
  const { listed, left } = listCauses(result.causes);
  const block = (lines: readonly string[]): string => (lines.length === 0 ? '' : `${lines.join('\n')}\n\n`);
  yield block(overview(result, page));
  yield block(gapLines(result, page));
  for (const cause of listed) yield block(causeLines(cause, page));
  const fold = (line: string): string[] => folded(line, page.columns);
  yield block(left.map(leftLine).flatMap(fold));
  yield block(checkLines(result).flatMap(fold));
  if (result.paths.paths.length > 0) yield block(['Paths to control', ...pathLines(result)].flatMap(fold));
  yield `${closing(result, page).join('\n')}\n`;
}

function overview(result: AuditResult, { columns }: CauseTextContext): string[] {
  return [
    visible(shorten(tenantLine(result.tenant))),
    ...wrapped(sizeLine(result), columns),
    findingsLine(result),
  ];
}

/** Who reads that little was found must know where nobody looked. */
function gapLines(result: AuditResult, { paint, columns, scopeNames }: CauseTextContext): string[] {
  const line = gapsLine(result);
  if (line === undefined) return [];
  const listed = result.gaps
    .slice(0, maxGaps)
    .flatMap(gap => folded(`  ${visible(shorten(gapLine(gap, scopeNames)))}`, columns));
  const left = result.gaps.length - maxGaps;
  return [
    ...wrapped(line, columns).map(text => paint.mark(text)),
    ...listed,
    ...(left > 0 ? [`  and ${left} more (see --format json)`] : []),
  ];
}

function leftLine({ rule, severity, causes, findings }: CausesLeft): string {
  return `and ${count(causes, 'more cause')} of ${visible(rule.id)}, ${severity}: ${count(findings, 'finding')} (see --format json)`;
}

function checkLines({ check }: AuditResult): string[] {
  if (check === undefined) return [];
  const wrong = check.results.filter(({ status }) => status !== 'pass');
  const left = wrong.length - maxResults;
  return [
    `Expectations of ${identitiesLine(check.identities)}`,
    ...wrong.slice(0, maxResults).map(result => `  ${resultLine(result)}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
    ...(wrong.length === 0 ? [] : ['  azrbac check says what is missing or too much, and through what.']),
  ];
}

function closing(result: AuditResult, { paint }: CauseTextContext): string[] {
  const gaps = gapsLine(result);
  return [findingsLine(result), pathsLine(result), ...(gaps === undefined ? [] : [paint.mark(gaps)])];
}

const maxGaps = 10;
const maxResults = 20;
