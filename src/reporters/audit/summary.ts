import type { AuditResult, TenantOverview } from '../../analysis/audit/audit-result.js';
import type { BlastRadius } from '../../analysis/audit/blast-radius.js';
import { placeCount, type Cause } from '../../analysis/audit/cause.js';
import type { NamedScope, ScopeDisplayNames } from '../../tenant/snapshot/scope-names.js';
import type { SnapshotGap } from '../../tenant/snapshot/snapshot.js';
import { shorten } from '../../text/escape.js';
import { leftOutSentences } from '../lint/left-out.js';
import { takeoverLine } from '../paths/takeover-line.js';
import { count, findingsPhrase } from '../lint/summary.js';

/** Sentences on an audit as a whole that all formats for people share. Nothing in them is escaped. */

/** `Tenant 9999… as collected 2026-08-22T06:00:00Z (snapshot.json)` */
export function tenantLine({ tenantId, collectedAt, source }: TenantOverview): string {
  const when = collectedAt === null ? 'collection time not recorded' : `as collected ${collectedAt}`;
  return `${tenantId === null ? 'Unnamed tenant' : `Tenant ${tenantId}`}, ${when} (${source})`;
}

/** What there is in it. */
export function sizeLine({ tenant, lint }: AuditResult): string {
  const parts = [
    count(tenant.subscriptions, 'subscription'),
    count(tenant.managementGroups, 'management group'),
    count(tenant.principals, 'principal'),
    count(tenant.roleAssignments, 'role assignment'),
    `${count(lint.roleDefinitions, 'role definition')} looked at`,
    ...(lint.files === 0 ? [] : [count(lint.files, 'file')]),
  ];
  return `${parts.join(', ')}.`;
}

/** `43 findings (2 critical, 41 low) of 12 causes. 3 suppressed by the configuration.` */
export function findingsLine({ lint, causes }: AuditResult): string {
  const of = causes.length === 0 ? '' : ` of ${count(causes.length, 'cause')}`;
  return [`${findingsPhrase(lint.findings)}${of}.`, ...leftOutSentences(lint)].join(' ');
}

/** How many can take over how much. */
export function pathsLine({ paths }: AuditResult): string {
  return takeoverLine(paths);
}

/** Undefined where all was read. */
export function gapsLine({ gaps, tenant }: AuditResult): string | undefined {
  const unread = [
    ...(gaps.length === 0 ? [] : [`${count(gaps.length, 'part')} of the tenant could not be read`]),
    ...(tenant.isComplete ? [] : ['parts of the snapshot are missing or make no sense']),
  ];
  if (unread.length === 0) return undefined;
  return `INCOMPLETE: ${unread.join(', and ')}. It was not checked and is not in this report.`;
}

export function gapLine({ what, scope, reason }: SnapshotGap, names: ScopeDisplayNames): string {
  return `${what} at ${scopeText(scope, names)}: ${reason}`;
}

/**
 * `/subscriptions/1111… ("Production")`: the id, and what people call the subscription or management group. The name is
 * added to `said`, and left out where it is there already.
 */
export function scopeText(scope: string, names: ScopeDisplayNames, said = new Set<string>()): string {
  const around = names.around(scope);
  if (around === undefined || said.has(around.id)) return scope;
  said.add(around.id);
  return `${scope} ("${scopeName(around)}")`;
}

/** A name takes no more of a line than that. */
export function scopeName({ name }: NamedScope): string {
  return shorten(name, 100);
}

/** Whom a cause concerns; undefined where that is said already, or it is about nothing of the tenant. */
export function reachLine(cause: Cause, names: ScopeDisplayNames, said?: Set<string>): string | undefined {
  const { assignments, reach } = cause;
  const places = placeCount(cause);
  if (assignments !== undefined && places === 0) return 'assigned nowhere';
  const times = places === 1 ? 'once' : places === 2 ? 'twice' : `${places} times`;
  const lead =
    assignments !== undefined ? `assigned ${times}` : places === 1 ? undefined : count(places, 'place');
  const parts = [lead, ...concerned(reach, places, names, said)].filter(part => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** What, for one place, is more than one. */
function concerned(
  { identities, scopes, widest }: BlastRadius,
  places: number,
  names: ScopeDisplayNames,
  said: Set<string> | undefined,
): string[] {
  const least = places === 1 ? 2 : 1;
  return [
    ...(identities < least ? [] : [identities === 1 ? '1 identity' : `${identities} identities`]),
    ...(scopes < least ? [] : [count(scopes, 'scope')]),
    ...(widest === null || scopes < 2 ? [] : [`the widest ${scopeText(widest, names, said)}`]),
  ];
}
