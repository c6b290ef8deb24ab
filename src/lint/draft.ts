import type { Match, RelatedPlace } from '../checks/check.js';
import type { RoleDefinition } from '../model/role-definition.js';
import type { Finding, FindingSubject } from './finding.js';
import { fillMessage } from './message.js';
import { compareText } from './rules.js';
import type { Rule, Severity } from './rule.js';
import type { Suppression } from './suppression.js';
import { severityOf, variantOf, type RuleSettings } from './settings.js';

/** A match on its way to becoming a finding. */
export interface Draft {
  readonly rule: Rule;
  readonly match: Match;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  /** The suppression that accepts it. */
  readonly acceptedBy?: Suppression | undefined;
}

/** Undefined where the settings turn the match off. */
export function toDraft(
  rule: Rule,
  match: Match,
  settings: RuleSettings,
  catalogDate: string,
): Draft | undefined {
  const severity = severityOf(rule, match.variant, settings);
  if (severity === 'off') return undefined;
  const template =
    (match.variant === undefined ? undefined : variantOf(rule, match.variant)?.message) ?? rule.message;
  const message = fillMessage(template, match.evidence, { role: nameOf(match.role), catalogDate });
  return { rule, match, severity, message, related: match.related ?? [] };
}

/** By file, place, rule id, pointer. Offsets order places as lines and columns do. */
export function compareDrafts(a: Draft, b: Draft): number {
  const [atA, atB] = [a.match.at, b.match.at];
  return (
    compareText(atA.document.file, atB.document.file) ||
    (atA.range?.start ?? -1) - (atB.range?.start ?? -1) ||
    compareText(a.rule.id, b.rule.id) ||
    compareText(atA.pointer, atB.pointer)
  );
}

export function toFinding({ rule, match, severity, message, related }: Draft, fingerprint: string): Finding {
  const subject = subjectOf(match);
  const { variant, at, evidence, fix } = match;
  const roleGuid = match.role?.guid ?? match.subject?.role?.guid;
  const condition = match.subject?.condition;
  return {
    ...{ rule, variant, severity, message, at, subject, evidence, related, fingerprint, fix },
    roleGuid,
    condition,
  };
}

function subjectOf({ role, subject }: Match): FindingSubject | undefined {
  if (subject !== undefined) return { kind: subject.kind, name: subject.name, id: subject.id };
  return role && { kind: 'role-definition', name: role.name?.value ?? null, id: role.id?.value ?? null };
}

function nameOf(role: RoleDefinition | undefined): string {
  return role?.name?.value ?? role?.guid ?? '(unnamed)';
}
