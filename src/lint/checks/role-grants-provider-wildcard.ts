import { providerOf } from '../../rbac/model/provider-of.js';
import { getOrInsert } from '../../maps.js';
import type { ActionEntry, Plane, RoleDefinition } from '../../rbac/model/role-definition.js';
import { foldCase } from '../../rbac/permissions/action-pattern.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import { isProviderWildcard } from '../../rbac/permissions/broad-pattern.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { byLowerCase } from '../../rbac/permissions/permission-set.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';
import { firstTwo } from '../../text/list.js';
import type { GroupOperation, OperationGroup } from './operation-group.js';

export interface ProviderWildcardOptions {
  /** Operation groups whose operations make such a wildcard worth more than a note. */
  readonly groups: readonly string[];
}

/**
 * Finds wildcards that stand for all of one provider. One match per role, at the first that reaches an operation of
 * the groups; a role whose wildcards reach none gets the variant `harmless`.
 */
export const roleGrantsProviderWildcard: Check<'role-definition', ProviderWildcardOptions> = {
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
    const providers = new Set(reached.map(foldedProvider));
    const reaching = wildcards.filter(entry => providers.has(foldedProvider(entry.key)));
    const named = reaching.length > 0 ? reaching : wildcards;
    const blamed = new Set(named.map(({ key }) => foldedProvider(key)));
    const operations = reached.filter(operation => blamed.has(foldedProvider(operation)));
    const [first, ...others] = named as [ActionEntry, ...ActionEntry[]];
    yield {
      at: first.at,
      role,
      ...(reaching.length === 0 ? { variant: 'harmless' } : undefined),
      evidence: {
        patterns: [...new Set(named.map(entry => entry.text.trim()))],
        ...(reaching.length === 0 ? undefined : { operations, listing: firstTwo(operations) }),
      },
      related: others.map(entry => ({
        at: entry.at,
        message: 'This grants every operation of a provider too.',
      })),
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

/** Sorted by their lower-case form. */
function reachedOperations(
  { set }: RolePermissions,
  groups: readonly string[],
  context: CheckContext,
): string[] {
  const { operations } = context.catalog;
  const reached = new Set<string>();
  for (const name of groups) {
    const { bits, unlisted } = soughtIn(context.group(name), context);
    for (const plane of planes) {
      if (!bits[plane].intersects(set[plane].known)) continue;
      const known = bits[plane].clone();
      known.keepAll(set[plane].known);
      for (const number of known) reached.add(operations.at(number).name);
    }
    for (const { operation, plane } of unlisted)
      if (set[plane].unlisted.has(foldCase(operation))) reached.add(operation);
  }
  return [...reached].sort(byLowerCase);
}

/** The operations of a group: those of the catalog as sets, and the others. */
interface Sought {
  readonly bits: Readonly<Record<Plane, Bitset>>;
  readonly unlisted: readonly GroupOperation[];
}

function soughtIn(group: OperationGroup, { catalog, index }: CheckContext): Sought {
  const byGroup = getOrInsert(soughtBy, index, () => new Map());
  let sought = byGroup.get(group);
  if (sought === undefined) {
    const bits = { control: new Bitset(index.size), data: new Bitset(index.size) };
    const unlisted: GroupOperation[] = [];
    for (const operation of group.operations) {
      const number = catalog.operations.indexOf(operation.operation);
      if (number < 0) unlisted.push(operation);
      else bits[operation.plane].add(number);
    }
    byGroup.set(group, (sought = { bits, unlisted }));
  }
  return sought;
}

/** Kept for all roles of a run. */
const soughtBy = new WeakMap<OperationIndex, Map<OperationGroup, Sought>>();

const planes = ['control', 'data'] as const;

function foldedProvider(text: string): string {
  return foldCase(providerOf(text));
}
