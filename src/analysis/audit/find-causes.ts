import { compareText } from '../../compare-text.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { IdentityResult } from '../expectations/check-report.js';
import type { Finding, LintResult } from '../../lint/engine/finding.js';
import { severities } from '../../lint/engine/rule.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { Scope } from '../../rbac/model/scope.js';
import { shortSha256 } from '../../sha256.js';
import { type Cause, placeOfFinding } from './cause.js';
import { causeCommands } from './cause-commands.js';
import { causeMessage } from './cause-message.js';
import { BlastRadiusCounter, type AffectedScope, widthOf } from './blast-radius.js';
import { type KeyedSubject, subjectOf } from './cause-subject.js';

export interface CauseRequest {
  readonly lint: Pick<LintResult, 'findings' | 'catalog'>;
  readonly tenant: Tenant;
  /** Results of the check of expectations, where there was one. */
  readonly results?: readonly IdentityResult[] | undefined;
  /** A file relative to the configuration; as it is unless told. */
  readonly fileKey?: ((file: string) => string) | undefined;
}

/**
 * Groups findings by what a person would change, worst first: by severity, then by how many identities and scopes are
 * concerned, then by how wide the widest scope is, then by name. Each finding is in one cause. Deterministic.
 */
export function findCauses({
  lint,
  tenant,
  results = [],
  fileKey = identity,
}: CauseRequest): readonly Cause[] {
  const groups = grouped(lint.findings, fileKey);
  const assigned = assignmentsByRole(groups, tenant);
  const counter = new BlastRadiusCounter(tenant);
  const causes = groups.map((group): Cause => {
    const { id, subject } = group;
    const isRole = isAboutRole(group);
    const assignments = isRole
      ? widestFirst(assigned.get(subject.id ?? '') ?? [], ({ place }) => place)
      : undefined;
    const findings = isRole ? group.findings : widestFirst(group.findings, at(counter));
    const { rule, variant, severity } = findings[0]!;
    const { kind, name } = subject;
    return {
      ...{ id, rule, variant, severity },
      message: causeMessage(findings, lint.catalog.date),
      subject: { kind, name, id: subject.id },
      findings,
      assignments,
      reach: counter.count(assignments === undefined ? foundAt(findings, counter) : heldAt(assignments)),
      commands: causeCommands(findings, subject, results),
    };
  });
  return causes.sort((a, b) => compareCauses(a, b, counter));
}

interface Group {
  readonly id: string;
  readonly subject: KeyedSubject;
  readonly findings: Finding[];
}

/** What settings say is said of a rule and its variants: within a group there is one severity. */
function grouped(findings: readonly Finding[], fileKey: (file: string) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const subject = subjectOf(finding, fileKey);
    const key = JSON.stringify([finding.rule.id, finding.variant ?? '', subject.kind, subject.key]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { id: shortSha256(key), subject, findings: [finding] });
    else known.findings.push(finding);
  }
  return [...groups.values()];
}

/** Where the roles are assigned that findings are about. Of a million assignments, those of other roles are not listed. */
function assignmentsByRole(
  groups: readonly Group[],
  { assignments }: Tenant,
): ReadonlyMap<string, readonly RoleAssignment[]> {
  const wanted = new Map<string, RoleAssignment[]>();
  for (const group of groups)
    if (group.subject.id !== null && isAboutRole(group)) wanted.set(group.subject.id, []);
  if (wanted.size === 0) return wanted;
  for (const assignment of assignments) wanted.get(assignment.roleGuid)?.push(assignment);
  return wanted;
}

/** Then it is the definition that is to change, and all who have the role are concerned. */
function isAboutRole({ findings }: Group): boolean {
  return findings.every(({ subject }) => subject?.kind === 'role-definition');
}

/** Whoever reads no more than the first place should read the one that matters most. */
function widestFirst<Item>(items: readonly Item[], placeOf: (item: Item) => Scope | undefined): Item[] {
  const placed = items.map(item => {
    const place = placeOf(item);
    return { item, width: place === undefined ? Number.MAX_SAFE_INTEGER : widthOf(place) };
  });
  return placed.sort((a, b) => a.width - b.width).map(({ item }) => item);
}

function at(counter: BlastRadiusCounter): (finding: Finding) => Scope | undefined {
  return finding => {
    const { scope } = placeOfFinding(finding);
    return scope === undefined ? undefined : counter.scope(scope);
  };
}

function* foundAt(findings: readonly Finding[], counter: BlastRadiusCounter): Generator<AffectedScope> {
  for (const finding of findings) {
    const { principalId, scope } = placeOfFinding(finding);
    yield { principalId, scope: scope === undefined ? undefined : counter.scope(scope) };
  }
}

function* heldAt(assignments: readonly RoleAssignment[]): Generator<AffectedScope> {
  for (const { principalId, place } of assignments) yield { principalId, scope: place };
}

function compareCauses(a: Cause, b: Cause, counter: BlastRadiusCounter): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    b.reach.identities - a.reach.identities ||
    b.reach.scopes - a.reach.scopes ||
    width(a, counter) - width(b, counter) ||
    compareText(a.subject.name, b.subject.name) ||
    compareText(a.rule.id, b.rule.id) ||
    compareText(a.id, b.id)
  );
}

function width({ reach: { widest } }: Cause, counter: BlastRadiusCounter): number {
  return widest === null ? Number.MAX_SAFE_INTEGER : widthOf(counter.scope(widest));
}

function identity(file: string): string {
  return file;
}
