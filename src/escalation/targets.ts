import type { Tenant } from '../access/tenant.js';
import { parseScope, type Scope } from '../model/scope.js';

/**
 * Subscriptions and management groups of a tenant, those that assignments name among them, each behind what it lies in.
 */
export function targetsOf(tenant: Tenant): readonly Scope[] {
  const { snapshot, tree } = tenant;
  const found = new Map<string, Scope>();
  const add = (text: string): void => {
    const scope = parseScope(text);
    if (scope.kind === 'subscription' || scope.kind === 'management-group') found.set(scope.key, scope);
  };
  for (const name of snapshot.managementGroups.keys())
    add(`/providers/Microsoft.Management/managementGroups/${name}`);
  for (const id of snapshot.subscriptions.keys()) add(`/subscriptions/${id}`);
  const seen = new Set<number>();
  for (const { scope, place } of tenant.assignments) {
    // Most stand in a subscription that was met before.
    const { number, subscription } = tenant.places.at(place);
    if (seen.has(subscription || number)) continue;
    seen.add(subscription || number);
    const start = subscriptionOrGroup.exec(scope)?.[0].toLowerCase();
    if (start !== undefined && !found.has(start)) add(start);
  }
  const depth = (scope: Scope): number => tree.keysFrom(scope).size;
  return [...found.values()].sort((a, b) => depth(a) - depth(b) || (a.key < b.key ? -1 : 1));
}

const subscriptionOrGroup =
  /^\/(?:subscriptions\/[^/]+|providers\/Microsoft\.Management\/managementGroups\/[^/]+)/i;
