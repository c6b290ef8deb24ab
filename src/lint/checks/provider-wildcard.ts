import type { ActionEntry, RoleDefinition } from '../../rbac/model/role-definition.js';
import { foldCase } from '../../rbac/permissions/action-pattern.js';
import { isProviderWildcard } from '../../rbac/permissions/broad-pattern.js';
import type { RolePermissions } from '../../rbac/permissions/effective.js';
import { byLowerCase } from '../../rbac/permissions/permission-set.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';
import { listing } from './listing.js';

export interface ProviderWildcardOptions {
  /** Operation groups whose operations make such a wildcard worth more than a note. */
  readonly groups: readonly string[];
}

/**
 * Finds wildcards that stand for all of one provider. One match per role, at the first that reaches an operation of
 * the groups; a role whose wildcards reach none gets the variant `harmless`.
 */
export const providerWildcard: Check<'role-definition', ProviderWildcardOptions> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    required: ['groups'],
    additionalProperties: false,
    properties: { groups: { type: 'array', items: { type: 'string', format: 'operation-group' } } },
  },

  *evaluate(role, { groups }, context) {
    const wildcards = providerWildcards(role);
    if (wildcards.length === 0) return;
    const reached = reachedOperations(context.permissionsOf(role), groups, context);
    const reaching = wildcards.filter(entry => reached.some(operation => isBelow(entry, operation)));
    const named = reaching.length > 0 ? reaching : wildcards;
    const operations = reached.filter(operation => named.some(entry => isBelow(entry, operation)));
    const [first, ...others] = named as [ActionEntry, ...ActionEntry[]];
    yield {
      at: first.at,
      role,
      ...(reaching.length === 0 ? { variant: 'harmless' } : undefined),
      evidence: {
        patterns: [...new Set(named.map(entry => entry.text.trim()))],
        ...(reaching.length === 0 ? undefined : { operations, listing: listing(operations) }),
      },
      related: others.map(entry => ({ at: entry.at, message: 'All of a provider as well.' })),
    };
  },
};

function providerWildcards(role: RoleDefinition): ActionEntry[] {
  const seen = new Set<string>();
  return role.permissions
    .flatMap(({ actions, dataActions }) => [...actions, ...dataActions])
    .filter(({ key, list }) => {
      if (!key.includes('*') || !isProviderWildcard(key)) return false;
      const known = `${list} ${key}`;
      if (seen.has(known)) return false;
      seen.add(known);
      return true;
    });
}

function reachedOperations(
  permissions: RolePermissions,
  groups: readonly string[],
  context: CheckContext,
): string[] {
  const reached = new Set<string>();
  for (const name of groups) {
    for (const { operation, plane } of context.group(name).operations) {
      if (permissions.set.has(operation, plane)) reached.add(operation);
    }
  }
  return [...reached].sort(byLowerCase);
}

function isBelow(entry: ActionEntry, operation: string): boolean {
  return foldCase(operation).startsWith(entry.key.slice(0, entry.key.indexOf('/') + 1));
}
