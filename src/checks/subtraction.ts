import type { ActionEntry, ActionList, Permission, RoleDefinition } from '../model/role-definition.js';
import { planeOf } from '../model/role-definition.js';
import { Bitset } from '../permissions/bitset.js';
import { PatternList } from '../permissions/pattern-list.js';
import type { CheckContext } from './check.js';
import { faultyEntries } from './action-verdict.js';

/** The lists that subtract, with the one that each subtracts from. */
export const subtractions = [
  { subtracting: 'notActions', granting: 'actions' },
  { subtracting: 'notDataActions', granting: 'dataActions' },
] as const satisfies readonly { subtracting: ActionList; granting: ActionList }[];

/** What a list grants before anything is subtracted. */
export interface Granted {
  /** Operations of the list's plane, or of unknown plane. */
  readonly known: Bitset;
  /** Strings without a star that the catalog does not know. */
  readonly unlisted: readonly string[];
}

export function grantedBy(entries: readonly ActionEntry[], { catalog, index }: CheckContext): Granted {
  const known = new Bitset(index.size);
  const unlisted: string[] = [];
  for (const { text } of entries) {
    const trimmed = text.trim();
    if (trimmed.includes('*')) {
      known.addAll(index.expand(trimmed));
      continue;
    }
    const operation = catalog.operations.indexOf(trimmed);
    if (operation >= 0) known.add(operation);
    else if (trimmed !== '') unlisted.push(trimmed);
  }
  if (entries.length > 0) {
    const possible = index.mask(planeOf[entries[0]!.list]).clone();
    possible.addAll(index.mask('unknown'));
    known.keepAll(possible);
  }
  return { known, unlisted };
}

/** The entries of one subtracting list that take nothing from what their own permission grants. */
export interface ListWithoutEffect {
  readonly granting: ActionList;
  readonly entries: readonly ActionEntry[];
  /** No entry of the list removes anything. */
  readonly isWholeList: boolean;
}

/**
 * The lists with such entries. Strings that are faulty in themselves are left out: that they remove nothing follows
 * from it.
 */
export function listsWithoutEffect(role: RoleDefinition, context: CheckContext): ListWithoutEffect[] {
  const faulty = faultyEntries(role, context);
  return role.permissions.flatMap(permission =>
    subtractions.flatMap(({ subtracting, granting }) => {
      const sound = permission[subtracting].filter(entry => !faulty.has(entry));
      if (sound.length === 0) return [];
      const granted = grantedBy(permission[granting], context);
      const removers = removersOf(granted.unlisted, permission, subtracting);
      const entries = sound.filter(
        ({ text }) =>
          !removers.has(text.trim().toLowerCase()) &&
          !context.index.expand(text.trim()).intersects(granted.known),
      );
      return entries.length === 0
        ? []
        : [{ granting, entries, isWholeList: entries.length === sound.length }];
    }),
  );
}

/** Texts of the subtracting entries that cover one of the strings, in lower case. */
function removersOf(
  strings: readonly string[],
  permission: Permission,
  subtracting: ActionList,
): ReadonlySet<string> {
  if (strings.length === 0) return new Set();
  const list = new PatternList(permission[subtracting]);
  const removers = new Set<string>();
  for (const text of strings) {
    for (const entry of list.findAll(text)) removers.add(entry.text.trim().toLowerCase());
  }
  return removers;
}
