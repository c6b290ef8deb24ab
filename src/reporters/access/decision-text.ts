import type { Decision, Reason, Verdict } from '../../tenant/access/decision.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { shorten, visible } from '../../text/escape.js';

/** The end of "… may do it", by decision. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  allowed: 'allowed',
  conditional: 'depends on a condition',
  denied: 'denied',
  'not-granted': 'not granted',
  unknown: 'unknown',
};

/** Why, a reason per line. Text of strangers is made visible. */
export function reasonLines({ because }: Pick<Decision, 'because'>, tenant: Tenant): string[] {
  const lines = because.slice(0, maxShown).map(reason => reasonLine(reason, tenant));
  const more = because.length - maxShown;
  return more > 0 ? [...lines, `and ${more} more (see --format json)`] : lines;
}

const maxShown = 20;

function reasonLine(reason: Reason, tenant: Tenant): string {
  const { kind, id, scope, role, pattern, via, condition, explanation } = reason;
  if (kind === 'gap' || kind === 'out-of-reach') return show(explanation ?? id);
  const name = show(role ?? '(unnamed)');
  const place = `at ${show(scope)} (${show(id.slice(id.lastIndexOf('/') + 1))})`;
  const through = pattern === null ? '' : `, through "${show(pattern)}"`;
  const groups =
    via.length === 0 ? '' : `, by way of ${via.map(group => groupName(group, tenant)).join(' > ')}`;
  const guard = condition === null ? '' : `\n  where: ${show(condition)}`;
  return `${starts[kind]} "${name}" ${place}${through}${groups}${guard}`;
}

const starts: Readonly<Record<Exclude<Reason['kind'], 'gap' | 'out-of-reach'>, string>> = {
  'role-assignment': 'the role',
  'deny-assignment': 'denied by',
  'eligible-assignment': 'could activate (PIM) the role',
};

/** As people know it. */
export function shownPrincipal(id: string, { snapshot }: Tenant): string {
  const name = snapshot.principals.get(id)?.displayName;
  return name === undefined ? id : `"${show(name)}" (${id})`;
}

function groupName(id: string, tenant: Tenant): string {
  return shownPrincipal(id, tenant);
}

function show(text: string): string {
  return visible(shorten(text, 1_000));
}
