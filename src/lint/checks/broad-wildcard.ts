import type { ActionEntry } from '../../rbac/model/role-definition.js';
import { broadGrants, type BroadPattern } from '../../rbac/permissions/broad-pattern.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';
import { firstTwo } from '../../text/list.js';

export interface BroadWildcardOptions {
  readonly lists: readonly ('actions' | 'dataActions')[];
  readonly patterns: readonly BroadPattern[];
  /** The operation group that the message names examples of; a role that reaches none gets the variant `none-named`. */
  readonly naming?: string;
}

/** Finds wildcards that no provider limits. One match per role, at the first of them. */
export const broadWildcard: Check<'role-definition', BroadWildcardOptions> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    required: ['lists', 'patterns'],
    additionalProperties: false,
    properties: {
      lists: { type: 'array', minItems: 1, items: { enum: ['actions', 'dataActions'] } },
      patterns: {
        type: 'array',
        minItems: 1,
        items: { enum: ['*', '*/read', '*/write', '*/delete', '*/action'] },
      },
      naming: { type: 'string', format: 'operation-group' },
    },
  },

  *evaluate(role, { lists, patterns, naming }, context) {
    const found = role.permissions.flatMap(permission =>
      lists.flatMap(list => grantsAmong(permission, list, patterns)),
    );
    const [first, ...others] = found;
    if (first === undefined) return;
    const permissions = context.permissionsOf(role);
    const operations = naming === undefined ? [] : namedOperations(naming, permissions, context);
    yield {
      at: first.at,
      role,
      ...(naming !== undefined && operations.length === 0 ? { variant: 'none-named' } : undefined),
      evidence: {
        patterns: [...new Set(found.map(entry => entry.text.trim()))],
        count: permissions.set.count(lists.includes('actions') ? 'control' : 'data'),
        ...(naming === undefined ? undefined : { operations, listing: firstTwo(operations) }),
      },
      related: others.map(entry => ({ at: entry.at, message: 'This does too.' })),
    };
  },
};

function grantsAmong(
  permission: Parameters<typeof broadGrants>[0],
  list: 'actions' | 'dataActions',
  patterns: readonly BroadPattern[],
): ActionEntry[] {
  return [...broadGrants(permission, list)]
    .filter(([broad]) => patterns.includes(broad))
    .map(([, entry]) => entry);
}

function namedOperations(
  group: string,
  permissions: ReturnType<CheckContext['permissionsOf']>,
  context: CheckContext,
): string[] {
  return context
    .group(group)
    .operations.filter(({ operation, plane }) => permissions.set.has(operation, plane))
    .map(({ operation }) => operation);
}
