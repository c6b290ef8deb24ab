import { paintFor, type Paint } from '../paint.js';
import type { LintResult } from '../../lint/engine/finding.js';
import { visible } from '../../text/escape.js';
import { displayWidth } from '../../text/display-width.js';
import { fitted } from '../../text/break-long.js';
import type { ReportOptions } from '../reporter.js';
import { type FindingGroup, groupFindings } from './finding-groups.js';
import { foldLines } from './finding-text.js';
import type { TextPage } from './text-page.js';
import { summaryLine } from './summary.js';
import { verdictOf } from './verdict.js';

type TextOptions = Pick<
  ReportOptions,
  'color' | 'columns' | 'failOn' | 'sort' | 'verbose' | 'withoutSummary' | 'isIncomplete'
>;

/**
 * For people: file by file and role by role, the worst first. Each finding has its place, severity and rule, a title, the
 * text that is meant, what it comes to and how to fix it. Notices are not in it: the command prints them apart.
 */
export async function reportText(result: LintResult, options: TextOptions): Promise<Iterable<string>> {
  return textPieces(result, options, await paintFor(options.color));
}

function* textPieces(result: LintResult, options: TextOptions, paint: Paint): Generator<string> {
  const { columns = 80, sort = 'severity', verbose = false } = options;
  const page = { paint, columns: Math.max(narrowest, columns), verbose };
  let file: string | undefined;
  let ofFile: TextPage = { ...page, shown: new Set() };
  for (const group of groupFindings(result.findings, sort)) {
    if (group.file !== file) ofFile = { ...page, shown: new Set() };
    file = group.file;
    yield `${headingLines(group, page).join('\n')}\n`;
    for (const fold of group.folds) yield `${foldLines(fold, ofFile).join('\n')}\n\n`;
  }
  if (options.withoutSummary) return;
  yield `${closingLines(result, options, page.columns).join('\n')}\n`;
}

/** Below this, lines would hold single words. */
const narrowest = 40;

function headingLines({ file, role }: FindingGroup, { paint, columns }: Omit<TextPage, 'shown'>): string[] {
  const path = visible(file);
  const name = role === undefined ? undefined : `role "${visible(role)}"`;
  if (name !== undefined && displayWidth(path) + 3 + displayWidth(name) <= columns)
    return [`${paint.place(path)}   ${name}`];
  const roleLines = name === undefined ? [] : fitted(name, columns - 2).map(line => `  ${line}`);
  // Buildkite reads commands at the very beginning of a line.
  const pathLines = fitted(path, columns - 2).map((line, i) => `${i === 0 ? '' : '  '}${paint.place(line)}`);
  return [...pathLines, ...roleLines];
}

function closingLines(result: LintResult, options: TextOptions, columns: number): string[] {
  const verdict = verdictOf(result, options);
  const summary = summaryLine(result);
  if (result.findings.length === 0) return fitted([summary, ...verdict].join(' '), columns);
  return [...fitted(summary, columns), ...fitted([...verdict, readOn].join(' '), columns)];
}

const readOn = 'Why: azrbac rules RULE. Short: --format concise';
