import type { ActionEntry, RoleDefinition } from '../../rbac/model/role-definition.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';

export interface CoversBuiltInRoleOptions {
  /** The built-in role's name. */
  readonly builtInRole: string;
  /** How much of its write, delete and action operations makes a role like it, in percent. */
  readonly percent: number;
  /** An operation that the role must grant without a condition. */
  readonly grants?: string;
  /** An operation that the role must not grant without a condition. */
  readonly lacks?: string;
}

/** Finds roles that can change nearly all that a broad built-in role can change. */
export const coversBuiltInRole: Check<'role-definition', CoversBuiltInRoleOptions> = {
  subject: 'role-definition',
  needs: ['permissions', 'actions'],
  optionsSchema: {
    type: 'object',
    required: ['builtInRole', 'percent'],
    additionalProperties: false,
    properties: {
      builtInRole: { type: 'string' },
      percent: { type: 'number', exclusiveMinimum: 0, maximum: 100 },
      grants: { type: 'string' },
      lacks: { type: 'string' },
    },
  },

  *evaluate(role, { builtInRole, percent, grants, lacks }, context) {
    const like = context.catalog.builtInRoles.find(builtInRole);
    if (like === undefined) return;
    const permissions = context.permissionsOf(role);
    const [mine, theirs] = [permissions.set.control.known, context.permissionsOf(like).set.control.known];
    // Which operations change something is worked out from all names of the catalog: not for a role far too small.
    if (mine.size * 200 < theirs.size * percent) return;
    if (grants !== undefined && !grantsAlways(permissions, grants)) return;
    if (lacks !== undefined && grantsAlways(permissions, lacks)) return;
    const changing = changingOperations(theirs, context);
    if (changing.isEmpty) return;
    const count = changing.sharedWith(mine);
    if (count * 100 < changing.size * percent) return;
    yield {
      at: (broadestEntry(role, context) ?? role).at,
      role,
      evidence: { builtInRole, count, percent: Math.floor((count * 100) / changing.size) },
    };
  },
};

function grantsAlways(permissions: RolePermissions, operation: string): boolean {
  return permissions.witnesses(operation, 'control').some(({ isConditional }) => !isConditional);
}

/** Whoever can change nearly all that Contributor can, can run code as anything and read any key. In percent. */
export const contributorLike = 95;

/**
 * How many of the write, delete and action operations of a built-in role another role grants, in percent, rounded down;
 * 0 where the catalog has none of them.
 */
export function percentOfChanges(
  permissions: RolePermissions,
  builtInRole: string,
  context: Pick<CheckContext, 'catalog' | 'index' | 'permissionsOf'>,
): number {
  const like = context.catalog.builtInRoles.find(builtInRole);
  if (like === undefined) return 0;
  const changing = changingOperations(context.permissionsOf(like).set.control.known, context);
  if (changing.isEmpty) return 0;
  return Math.floor((changing.sharedWith(permissions.set.control.known) * 100) / changing.size);
}

function changingOperations(set: Bitset, { index }: Pick<CheckContext, 'index'>): Bitset {
  let changing = changingOf.get(set);
  if (changing === undefined) {
    changingOf.set(set, (changing = new Bitset(index.size)));
    for (const verb of ['*/write', '*/delete', '*/action']) changing.addAll(index.expand(verb));
    changing.keepAll(set);
  }
  return changing;
}

/** What changes by what a built-in role grants, for all roles that are compared with it. */
const changingOf = new WeakMap<Bitset, Bitset>();

function broadestEntry(role: RoleDefinition, { index }: CheckContext): ActionEntry | undefined {
  let broadest: ActionEntry | undefined;
  let most = 0;
  for (const entry of role.permissions.flatMap(({ actions }) => actions)) {
    if (!entry.key.includes('*')) continue;
    const { size } = index.expand(entry.key);
    if (size > most) [broadest, most] = [entry, size];
  }
  return broadest;
}
