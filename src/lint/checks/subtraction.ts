import type { ActionEntry, ActionList, RoleDefinition } from '../../rbac/model/role-definition.js';
import { planeOf } from '../../rbac/model/role-definition.js';
import type { PatternList } from '../../rbac/permissions/pattern-list.js';
import type { CheckContext } from './check-context.js';
import { faultyEntries } from './action-verdict.js';

/** The lists that subtract, with the one that each subtracts from. */
export const subtractions = [
  { subtracting: 'notActions', granting: 'actions' },
  { subtracting: 'notDataActions', granting: 'dataActions' },
] as const satisfies readonly { subtracting: ActionList; granting: ActionList }[];

/** The entries of one subtracting list that take nothing from what their own permission grants. */
export interface ListWithoutEffect {
  readonly granting: ActionList;
  readonly entries: readonly ActionEntry[];
  /** No entry of the list removes anything. */
  readonly isCompleteList: boolean;
}

/**
 * The lists with such entries. Strings that are faulty in themselves are left out: that they remove nothing follows
 * from it.
 */
export function listsWithoutEffect(role: RoleDefinition, context: CheckContext): ListWithoutEffect[] {
  const faulty = faultyEntries(role, context);
  return context.permissionsOf(role).entries.flatMap(permissions =>
    subtractions.flatMap(({ subtracting, granting }) => {
      const sound = permissions.permission[subtracting].filter(entry => !faulty.has(entry));
      if (sound.length === 0) return [];
      const { known, unknownPlane, unlisted } = permissions.granted(planeOf[granting]);
      const removers = removersOf(unlisted.keys(), permissions.list(subtracting));
      const entries = sound.filter(({ key }) => {
        const removed = context.index.expand(key);
        return !removers.has(key) && !removed.intersects(known) && !removed.intersects(unknownPlane);
      });
      return entries.length === 0
        ? []
        : [{ granting, entries, isCompleteList: entries.length === sound.length }];
    }),
  );
}

/** Keys of the subtracting entries that cover one of the strings. */
function removersOf(strings: Iterable<string>, subtracting: PatternList): ReadonlySet<string> {
  const removers = new Set<string>();
  for (const text of strings) {
    for (const { key } of subtracting.findAll(text)) removers.add(key);
  }
  return removers;
}
