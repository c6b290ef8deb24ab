import { compareText } from '../../compare-text.js';
import type { Match, RelatedPlace } from '../checks/match.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Finding, FindingSubject } from './finding.js';
import { fillMessage } from './message.js';
import type { Rule, Severity } from './rule.js';
import type { Suppression } from './suppression.js';
import { severityOf, variantOf, type RuleSettings } from './settings.js';

/** A match on its way to becoming a finding. */
export interface PendingFinding {
  readonly rule: Rule;
  readonly match: Match;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  /** The suppression that accepts it. */
  readonly acceptedBy: Suppression | undefined;
}

/** Undefined where the settings turn the match off. */
export function toPendingFinding(
  rule: Rule,
  match: Match,
  settings: RuleSettings,
  catalogDate: string,
): PendingFinding | undefined {
  const severity = severityOf(rule, match.variant, settings);
  if (severity === 'off') return undefined;
  const template =
    (match.variant === undefined ? undefined : variantOf(rule, match.variant)?.message) ?? rule.message;
  const message = fillMessage(template, match.evidence, { role: nameOf(match.role), catalogDate });
  return { rule, match, severity, message, related: relatedOf(match), acceptedBy: undefined };
}

const none: readonly RelatedPlace[] = [];

/** What the check names, and in code the way by which the value came to the role. */
function relatedOf({ at, related = none }: Match): readonly RelatedPlace[] {
  if (at.via === undefined) return related;
  const steps = at.via.map(
    (step): RelatedPlace => ({
      at: { document: step.at.document, pointer: '', range: { start: step.at.start, end: step.at.end } },
      message: `It comes here through ${step.name}.`,
    }),
  );
  return [...related, ...steps];
}

/**
 * Findings by file, place, rule id, pointer. Offsets order places as lines and columns do. Pointers into a snapshot are made when
 * asked for: each is asked for once, and not twenty times.
 */
export function sortedFindings(pending: readonly PendingFinding[]): PendingFinding[] {
  const placed = pending.map((finding): PositionedFinding => {
    const { document, range, pointer } = finding.match.at;
    return { finding, file: document.file, start: range?.start ?? -1, ruleId: finding.rule.id, pointer };
  });
  return placed.sort(comparePlaced).map(({ finding }) => finding);
}

interface PositionedFinding {
  readonly finding: PendingFinding;
  readonly file: string;
  readonly start: number;
  readonly ruleId: string;
  readonly pointer: string;
}

function comparePlaced(a: PositionedFinding, b: PositionedFinding): number {
  return (
    compareText(a.file, b.file) ||
    a.start - b.start ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.pointer, b.pointer)
  );
}

export function toFinding(finding: PendingFinding, fingerprint: string): Finding {
  const { rule, match, severity, message, related } = finding;
  const { variant, at, evidence, fix } = match;
  return {
    rule,
    variant,
    severity,
    message,
    at,
    subject: subjectOf(match),
    evidence,
    related,
    fingerprint,
    fix,
    roleGuid: match.role?.guid ?? match.subject?.role?.guid,
    condition: match.subject?.condition,
  };
}

function subjectOf({ role, subject }: Match): FindingSubject | undefined {
  if (subject !== undefined) return { kind: subject.kind, name: subject.name, id: subject.id };
  return role && { kind: 'role-definition', name: role.name?.value ?? null, id: role.id?.value ?? null };
}

function nameOf(role: RoleDefinition | undefined): string {
  return role?.name?.value ?? role?.guid ?? role?.address ?? '(unnamed)';
}
