import {
  planeOf,
  type ActionEntry,
  type ActionList,
  type RoleDefinition,
} from '../../rbac/model/role-definition.js';
import type { EntryPermissions } from '../../rbac/permissions/role-permissions.js';
import type { PatternList } from '../../rbac/permissions/pattern-list.js';
import { faultyEntries, listNames } from './action-verdict.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';
import type { Match } from './match.js';
import { subtractions } from './subtraction.js';

/**
 * Strings that add nothing to their own list: `duplicate`, the same string stands there before it; `redundant`, a wider
 * wildcard covers it, whatever Azure publishes.
 */
export const repeatedAction: Check<'role-definition', { as: 'duplicate' | 'redundant' }> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    properties: { as: { enum: ['duplicate', 'redundant'] } },
    required: ['as'],
    additionalProperties: false,
  },
  *evaluate(role, { as }, context) {
    for (const entryPermissions of context.permissionsOf(role).entries) {
      for (const list of lists) {
        if (entryPermissions.permission[list].length < 2) continue;
        yield* as === 'duplicate'
          ? duplicatesIn(entryPermissions, list, role)
          : redundantIn(entryPermissions, list, role, context);
      }
    }
  },
};

const lists = Object.keys(planeOf) as ActionList[];

function* duplicatesIn(
  permissions: EntryPermissions,
  list: ActionList,
  role: RoleDefinition,
): Generator<Match> {
  const entries = permissions.permission[list];
  const patterns = permissions.list(list);
  if (patterns.size === entries.length) return;
  for (const entry of entries) {
    const first = patterns.spelledOut(entry.key)!;
    if (first === entry || entry.key === '') continue;
    yield {
      at: entry.at,
      role,
      evidence: { action: entry.text, list: listNames[list] },
      related: [{ at: first.at, message: 'First listed here.' }],
      fix: { kind: 'remove', effect: 'none' },
    };
  }
}

function* redundantIn(
  permissions: EntryPermissions,
  list: ActionList,
  role: RoleDefinition,
  context: CheckContext,
): Generator<Match> {
  const patterns = permissions.list(list);
  const covered = permissions.permission[list].filter(entry => patterns.findWider(entry) !== undefined);
  if (covered.length === 0) return;
  const subtracted = subtractedFrom(permissions, list);
  const faulty = faultyEntries(role, context);
  const seen = new Set<string>();
  for (const entry of covered) {
    if (faulty.has(entry) || seen.has(entry.key)) continue;
    seen.add(entry.key);
    if (addsSomething(entry.key, subtracted, context)) continue;
    const wider = patterns.findWider(entry)!;
    yield {
      at: entry.at,
      role,
      evidence: { action: entry.text, list: listNames[list], wider: wider.text },
      related: [{ at: wider.at, message: 'The wider entry.' }],
      ...(isStarForNothing(wider, entry.key) ? {} : { fix: { kind: 'remove', effect: 'none' } }),
    };
  }
}

// Microsoft states nowhere that `A/*/read` covers `A/read`, so nobody's `A/read` is taken away without a look.
function isStarForNothing(wider: ActionEntry, folded: string): boolean {
  return wider.key.length === folded.length + 2;
}

/** What is subtracted from the list; undefined for a list that subtracts itself. */
function subtractedFrom(permissions: EntryPermissions, list: ActionList): PatternList | undefined {
  const pair = subtractions.find(({ granting }) => granting === list);
  return pair && permissions.list(pair.subtracting);
}

/** Whether an operation under a wildcard of a granting list says something: its plane is not known, or it is subtracted. */
function addsSomething(
  folded: string,
  subtracted: PatternList | undefined,
  { catalog }: CheckContext,
): boolean {
  if (folded.includes('*') || subtracted === undefined) return false;
  const operation = catalog.findOperation(folded);
  if (operation === undefined || operation.plane === 'unknown') return true;
  return subtracted.find(folded) !== undefined;
}
