import { compareText } from '../../compare-text.js';
import { append } from '../../maps.js';
import type { RelatedPlace } from '../checks/match.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { PendingFinding } from './pending-finding.js';
import { isOwn, severities } from './rule.js';

/**
 * One cause, one finding: on each role, or assignment, what a finding's rule implies becomes its `related`, worst finding first.
 * A finding hides a worse one only where its rule, one of ours, entails it: every role that breaks the one breaks the other.
 * Those that a suppression accepts on their own disappear instead.
 */
export function groupImplied(pending: readonly PendingFinding[]): readonly PendingFinding[] {
  const implied = new Set<PendingFinding>();
  const grown = new Map<PendingFinding, PendingFinding>();
  for (const ofRole of byRole(pending)) {
    for (const finding of ofRole.filter(({ rule }) => rule.implies !== undefined).sort(worstFirst)) {
      if (implied.has(finding)) continue;
      const reach = reachOf(finding, ofRole);
      const isTaken = (other: PendingFinding): boolean =>
        other.rule.id !== finding.rule.id &&
        !implied.has(other) &&
        reach.has(other.rule.id) &&
        mayHide(finding, other);
      const taken = ofRole.filter(isTaken);
      if (taken.length === 0) continue;
      const related = taken.flatMap(other => {
        implied.add(other);
        const deeper = grown.get(other)?.related ?? other.related;
        return other.acceptedBy !== undefined ? deeper : [toRelated(other), ...deeper];
      });
      grown.set(finding, { ...finding, related: [...finding.related, ...related] });
    }
  }
  return pending.filter(finding => !implied.has(finding)).map(finding => grown.get(finding) ?? finding);
}

/** The findings of each role, or thing of a tenant, that has more than one; of rules that imply others, or are implied. */
function byRole(pending: readonly PendingFinding[]): PendingFinding[][] {
  const rules = [...new Set(pending.map(({ rule }) => rule))];
  const implied = new Set(rules.flatMap(({ implies = [] }) => implies));
  const concerned = new Set(rules.filter(({ id, implies }) => implies !== undefined || implied.has(id)));
  const byRole = new Map<RoleDefinition | string, PendingFinding[]>();
  for (const finding of pending) {
    if (!concerned.has(finding.rule)) continue;
    const { role, subject } = finding.match;
    const about = subject === undefined ? role : `${subject.kind} ${subject.id}`;
    if (about === undefined) continue;
    append(byRole, about, finding);
  }
  return [...byRole.values()].filter(ofRole => ofRole.length > 1);
}

/** Ids of the rules that the rule of the finding implies, directly or through rules that fired on the same role. */
function reachOf(finding: PendingFinding, ofRole: readonly PendingFinding[]): ReadonlySet<string> {
  const implies = new Map(ofRole.map(({ rule }) => [rule.id, rule.implies ?? []]));
  const reach = new Set(finding.rule.implies);
  for (const id of reach) {
    for (const next of implies.get(id) ?? []) reach.add(next);
  }
  return reach;
}

function worstFirst(a: PendingFinding, b: PendingFinding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || compareText(a.rule.id, b.rule.id);
}

/**
 * A rule of the user's own may come from whoever wrote the role. It hides no finding that is worse, whatever it says that it
 * entails, and none where a suppression hides its own.
 */
function mayHide({ rule, severity, acceptedBy }: PendingFinding, other: PendingFinding): boolean {
  const isWorse = severities.indexOf(other.severity) < severities.indexOf(severity);
  if (isOwn(rule)) return !isWorse && acceptedBy === undefined;
  return !isWorse || (rule.entails ?? []).includes(other.rule.id);
}

function toRelated({ rule, match, message }: PendingFinding): RelatedPlace {
  return { at: match.at, message, ruleId: rule.id };
}
