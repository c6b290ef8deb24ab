import type { Finding, LintResult } from '../../lint/engine/finding.js';
import { severities, type Severity } from '../../lint/engine/rule.js';
import { count } from '../../text/count.js';
import { leftOutSentences } from './left-out.js';

export { count } from '../../text/count.js';

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** The worst findings first, otherwise in their order. */
export function severitiesWorstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** `1 finding (1 high) in 3 role definitions in 2 files. 2 suppressed in comments. 1 notice.` */
export function summaryLine(result: LintResult): string {
  const first = isNothingChecked(result)
    ? `Nothing was checked: no role definition in ${count(result.files, 'file')}.`
    : `${findingsPhrase(result.findings)} in ${lookedAt(result)}.`;
  const sentences = [first, ...leftOutSentences(result)];
  if (result.notices.length > 0) sentences.push(`${count(result.notices.length, 'notice')}.`);
  return sentences.join(' ');
}

/** Then "No findings" would say what nobody knows. */
export function isNothingChecked({ findings, roleDefinitions, roleAssignments }: LintResult): boolean {
  return findings.length === 0 && roleDefinitions === 0 && roleAssignments === undefined;
}

function lookedAt({ roleDefinitions, roleAssignments, files }: LintResult): string {
  const roles = count(roleDefinitions, 'role definition');
  if (roleAssignments === undefined) return `${roles} in ${count(files, 'file')}`;
  const tenant = `${roles} and ${count(roleAssignments, 'role assignment')}`;
  return files === 0 ? tenant : `${tenant}, with ${count(files, 'file')}`;
}

/** `3 findings (1 high, 2 low)`, or `No findings`. */
export function findingsPhrase(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No findings';
  const counts = countBySeverity(findings);
  const parts = severities
    .filter(severity => counts[severity] > 0)
    .map(severity => `${counts[severity]} ${severity}`);
  return `${count(findings.length, 'finding')} (${parts.join(', ')})`;
}
