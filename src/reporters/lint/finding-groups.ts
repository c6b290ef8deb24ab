import type { Finding } from '../../lint/engine/finding.js';
import { severities } from '../../lint/engine/rule.js';
import { titleOf } from '../../lint/engine/wording.js';

/** Findings about one role of one file, or about the file itself. */
export interface FindingGroup {
  readonly file: string;
  /** The name of the role; undefined where they are about something else. */
  readonly role: string | undefined;
  /** In the order of the report; each has at least one finding. */
  readonly folds: readonly Fold[];
}

/** Findings of one rule that say the same of several places. */
export type Fold = readonly [Finding, ...Finding[]];

/** File by file, as they come; within a file, what is worst first, or as it is written. */
export function groupFindings(findings: readonly Finding[], sort: 'severity' | 'position'): FindingGroup[] {
  return [...byKey(findings, ({ at }) => at.document.file).values()].flatMap(ofFile => {
    const groups = [...byKey(ofFile, roleKey).values()].map(group => inOrder(group, sort));
    if (sort === 'severity') groups.sort(([a], [b]) => rankOf(a) - rankOf(b));
    return groups.map(
      (group): FindingGroup => ({
        file: group[0].at.document.file,
        role: roleOf(group[0]),
        folds: foldsOf(group),
      }),
    );
  });
}

/** The findings in the order of {@link groupFindings}. */
export function sortedForReading(findings: readonly Finding[], sort: 'severity' | 'position'): Finding[] {
  return groupFindings(findings, sort).flatMap(({ folds }) => folds.flat());
}

function inOrder(group: Fold, sort: 'severity' | 'position'): Fold {
  if (sort === 'position') return group;
  return group.toSorted((a, b) => rankOf(a) - rankOf(b)) as unknown as Fold;
}

function rankOf({ severity }: Finding): number {
  return severities.indexOf(severity);
}

function roleOf({ subject }: Finding): string | undefined {
  return subject?.kind === 'role-definition' ? (subject.name ?? subject.id ?? undefined) : undefined;
}

function roleKey(finding: Finding): string {
  return roleOf(finding) ?? '';
}

function foldsOf(group: Fold): Fold[] {
  return [...byKey(group, (finding, i) => (isFoldable(finding) ? wordingKey(finding) : String(i))).values()];
}

/** What has operations or other places to show is shown by itself. */
function isFoldable({ evidence, related, at }: Finding): boolean {
  return evidence['operations'] === undefined && related.length === 0 && at.range !== undefined;
}

function wordingKey(finding: Finding): string {
  return [finding.rule.id, finding.severity, titleOf(finding)].join('\n');
}

/** In the order in which each key comes first. */
function byKey(
  findings: readonly Finding[],
  key: (finding: Finding, index: number) => string,
): Map<string, Fold> {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  findings.forEach((finding, i) => {
    const name = key(finding, i);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [finding]);
    else known.push(finding);
  });
  return groups;
}
