import { compareText } from '../../../compare-text.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import { parseScope, type Scope } from '../../../rbac/model/scope.js';
import { isTooDeep } from '../../../tenant/snapshot/scope-tree.js';

/** What paths may lead to. */
export interface Targets {
  /**
   * Subscriptions and management groups of a tenant, those that assignments name among them, each behind what it lies in.
   */
  readonly scopes: readonly Scope[];
  /** How many management groups are left out: beyond what Azure allows, in depth or number. */
  readonly leftOut: number;
}

export function targetsOf(tenant: Tenant): Targets {
  const { snapshot, tree } = tenant;
  const found = new Map<string, Scope>();
  const add = (text: string): void => {
    const scope = parseScope(text);
    if (scope.kind === 'subscription' || scope.kind === 'management-group') found.set(scope.key, scope);
  };
  const groups = [...snapshot.managementGroups.keys()];
  const looked = groups.filter(name => !isTooDeep(name, snapshot.managementGroups)).slice(0, maxGroups);
  for (const name of looked) add(`/providers/Microsoft.Management/managementGroups/${name}`);
  for (const id of snapshot.subscriptions.keys()) add(`/subscriptions/${id}`);
  const seen = new Set<number>();
  for (const { scope, place } of tenant.assignments) {
    // Most stand in a subscription that was met before.
    const { number, subscription } = tenant.scopeNodes.at(place);
    if (seen.has(subscription || number)) continue;
    seen.add(subscription || number);
    const start = subscriptionOrGroup.exec(scope)?.[0].toLowerCase();
    if (start !== undefined && !found.has(start)) add(start);
  }
  const depth = (scope: Scope): number => tree.keysFrom(scope).size;
  return {
    scopes: [...found.values()].sort((a, b) => depth(a) - depth(b) || compareText(a.key, b.key)),
    leftOut: groups.length - looked.length,
  };
}

/**
 * As many as Azure allows in a directory; the search takes the square of their number in room
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits).
 */
const maxGroups = 10_000;

const subscriptionOrGroup =
  /^\/(?:subscriptions\/[^/]+|providers\/Microsoft\.Management\/managementGroups\/[^/]+)/i;
