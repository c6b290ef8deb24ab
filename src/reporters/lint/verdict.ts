import type { LintResult } from '../../lint/engine/finding.js';
import { isAtLeast } from '../../lint/engine/rule.js';
import type { ReportOptions } from '../reporter.js';
import { isNothingChecked } from './summary.js';

/** Whether the run failed, and against which threshold. Nothing where nothing was looked at. */
export function verdictOf(
  result: LintResult,
  { failOn, isIncomplete }: Pick<ReportOptions, 'failOn' | 'isIncomplete'>,
): string[] {
  if (isIncomplete) return ['INCOMPLETE: not everything could be read.'];
  if (isNothingChecked(result)) return [];
  const hidden = result.leftOut?.milder?.failing ?? 0;
  if (failOn === 'never')
    return result.findings.length === 0 ? [] : ['PASSED: findings do not fail this run.'];
  const shown = result.findings.filter(({ severity }) => isAtLeast(severity, failOn)).length;
  const failing = shown + hidden;
  const remark = hidden === 0 ? '' : shown === 0 ? ', not shown' : `, ${hidden} of them not shown`;
  if (failing > 0) return [`FAILED: ${failing} at or above ${failOn}${remark}.`];
  return [`PASSED: none at or above ${failOn}.`];
}
