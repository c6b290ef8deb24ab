import { append } from '../../maps.js';
import { readJson } from '../../input/json.js';
import type { SourceDocument } from '../../input/source-document.js';
import { findRolesAtOnce } from '../../rbac/model/find-roles.js';
import type { Permission } from '../../rbac/model/role-definition.js';
import { actionLists } from '../../rbac/model/role-properties.js';
import { EntryProof, type ProofTools } from './entry-proof.js';
import { onlyListsChanged } from './only-lists-changed.js';
import type { PlannedFix, Refusal } from './plan.js';

/**
 * The fixes that a changed text does not prove. It proves a fix if outside of the lists that it is about nothing changed
 * to the letter, and each permission grants exactly what it did, or differs by just what the fix is for.
 */
export function unprovedIn(
  document: SourceDocument,
  text: string | undefined,
  fixes: readonly PlannedFix[],
  tools: ProofTools,
): Refusal[] {
  if (text === undefined) return refuseAll(fixes, 'the encoding of the file would not hold the changed text');
  const changed = readJson(text, document.file);
  if (changed.syntaxProblems.length > 0 || !onlyListsChanged(document, changed, fixes))
    return refuseAll(fixes, 'more of the text would change than the fix is about');
  const [before, after] = [permissionsIn(document), permissionsIn(changed)];
  if (before.length !== after.length) return refuseAll(fixes, 'the text would hold another role');
  const groups = groupedByPermission(fixes);
  const places = new Set(before.map(placeOf));
  const strays = [...groups].flatMap(([place, group]) => (places.has(place) ? [] : group));
  if (strays.length > 0) return refuseAll(strays, 'it is not about a permission of a role');
  if (before.some((permission, i) => !groups.has(placeOf(permission)) && !isSame(permission, after[i]!)))
    return refuseAll(fixes, 'another permission would change as well');
  // In code, one text may be a permission of several roles.
  return before.flatMap((permission, i) => {
    const group = groups.get(placeOf(permission));
    return group === undefined ? [] : new EntryProof(permission, after[i]!, tools).unproved(group);
  });
}

function placeOf({ at }: Permission): number {
  return at.range?.start ?? -1;
}

function isSame(before: Permission, after: Permission): boolean {
  return actionLists.every(list => {
    const [one, other] = [before[list], after[list]];
    return one.length === other.length && one.every(({ text }, i) => text === other[i]!.text);
  });
}

function refuseAll(fixes: readonly PlannedFix[], reason: string): Refusal[] {
  return fixes.map(({ finding }) => ({ finding, reason }));
}

/** Permissions of all roles, in their order. */
function permissionsIn(document: SourceDocument): Permission[] {
  return findRolesAtOnce(document, false).roleDefinitions.flatMap(({ permissions }) => permissions);
}

/** Fixes by where the permission begins. */
function groupedByPermission(fixes: readonly PlannedFix[]): Map<number, PlannedFix[]> {
  const groups = new Map<number, PlannedFix[]>();
  for (const fix of fixes) {
    append(groups, fix.permission.start, fix);
  }
  return groups;
}
