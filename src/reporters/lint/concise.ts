import type { Finding, LintResult } from '../../lint/engine/finding.js';
import { titleOf } from '../../lint/engine/wording.js';
import { shorten, visible } from '../../text/escape.js';
import { placeName } from '../../text/source-span.js';
import type { ReportOptions } from '../reporter.js';
import { sortedForReading } from './finding-groups.js';

/** One line per finding and nothing else: `path:line:column: severity rule: title`. */
export function* reportConcise(
  { findings }: LintResult,
  { sort = 'severity' }: Pick<ReportOptions, 'sort'>,
): Generator<string> {
  for (const finding of sortedForReading(findings, sort)) yield `${conciseLine(finding)}\n`;
}

function conciseLine(finding: Finding): string {
  const { at, severity, rule, subject, message } = finding;
  // Of an assignment no line says which it is.
  const isOfFile = subject === undefined || subject.kind === 'role-definition';
  const words = shorten(isOfFile ? titleOf(finding) : message);
  return `${visible(placeName(at))}: ${severity} ${visible(rule.id)}: ${visible(words)}`;
}
