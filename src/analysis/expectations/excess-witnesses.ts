import { getOrInsert } from '../../maps.js';
import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import type { SetTools } from '../../rbac/action-sets/need.js';
import { roleName } from '../../rbac/model/role-name.js';
import type { ActionList, Plane } from '../../rbac/model/role-definition.js';
import { foldCase } from '../../rbac/permissions/action-pattern.js';
import type { Bitset } from '../../rbac/permissions/bitset.js';
import type { EntryPermissions } from '../../rbac/permissions/role-permissions.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { ExcessWitness } from './check-report.js';
import type { AssignedRole } from './assigned-roles.js';

/** One string of the role that stands `at` that place among those asked. */
export interface WitnessStep {
  readonly at: number;
  readonly entry: EntryPermissions;
  readonly pattern: string;
  readonly list: ActionList;
  readonly operations: number;
  /** Whether it grants them whatever the request, or where conditions hold. */
  readonly part: keyof GuardedSet;
}

/** Taking the widest role away helps most: an operation that several grant is counted there. */
export function widestFirst(assignedRoles: readonly AssignedRole[]): readonly AssignedRole[] {
  return assignedRoles.length < 2 ? assignedRoles : [...assignedRoles].sort((a, b) => b.size - a.size);
}

/** Through which strings of which roles an excess comes, most first. An operation is counted at the first that grants it. */
export function witnessTrace(
  excess: PermissionSet,
  roles: readonly Pick<AssignedRole, 'permissions' | 'granted'>[],
  tools: SetTools,
): WitnessStep[] {
  if (excess.isEmpty) return [];
  const found: WitnessStep[] = [];
  for (const plane of ['control', 'data'] as const) {
    if (excess.count(plane) === 0) continue;
    const left = new Left(excess, plane);
    // What one role gives for certain, a condition on another does not explain.
    for (const part of ['definite', 'possible'] as const) {
      for (const [at, { permissions, granted }] of roles.entries()) {
        if (left.isEmpty) break;
        for (const [number, entry] of permissions.entries.entries())
          left.take({ at, entry, part }, granted.entries[number]![part], tools, found);
      }
    }
  }
  return found.sort((a, b) => b.operations - a.operations);
}

/** The same, told of those who hold the roles; `nameOf` knows what groups are called. */
export function witnessesOf(
  trace: readonly WitnessStep[],
  assignedRoles: readonly AssignedRole[],
  nameOf: (group: string) => string | undefined,
): ExcessWitness[] {
  return trace.map(({ at, entry, pattern, list, operations, part }) => {
    const { assignment, role, via } = assignedRoles[at]!;
    const conditions = [assignment?.condition, entry.permission.condition?.value];
    const group = via.at(-1);
    return {
      kind: assignment === null ? 'role' : 'role-assignment',
      id: assignment?.id ?? null,
      scope: assignment?.scope ?? null,
      role: roleName(role),
      condition: part === 'definite' ? null : conditions.filter(text => text !== undefined).join(' AND '),
      pattern,
      list,
      operations,
      via,
      group: (group === undefined ? undefined : nameOf(group)) ?? null,
    };
  });
}

/** What of one plane has no witness yet. */
class Left {
  private readonly known;
  private readonly unlisted: Set<string>;
  private readonly list: ActionList;

  constructor(
    excess: PermissionSet,
    private readonly plane: Plane,
  ) {
    this.known = excess[plane].known.clone();
    this.unlisted = new Set(excess[plane].unlisted.keys());
    this.list = plane === 'control' ? 'actions' : 'dataActions';
  }

  get isEmpty(): boolean {
    return this.known.isEmpty && this.unlisted.size === 0;
  }

  /** `given` is what of the permission counts. */
  take(
    step: Pick<WitnessStep, 'at' | 'entry' | 'part'>,
    given: PermissionSet,
    { index }: SetTools,
    found: WitnessStep[],
  ): void {
    const { entry } = step;
    const strings = entry.permission[this.list];
    if (strings.length === 0) return;
    const { known, unlisted } = given[this.plane];
    if (!this.known.intersects(known) && (this.unlisted.size === 0 || unlisted.size === 0)) return;
    const granted = this.known.clone();
    granted.keepAll(known);
    // What this permission grants is explained by its strings: all of it, whichever of them is named.
    this.known.removeAll(granted);
    for (const { pattern, covered } of expanded(entry, this.list, index)) {
      if (granted.isEmpty && this.unlisted.size === 0) return;
      const folded = foldCase(pattern);
      const isUnlisted = unlisted.has(folded) && this.unlisted.delete(folded) ? 1 : 0;
      const operations = granted.sharedWith(covered) + isUnlisted;
      if (operations === 0) continue;
      granted.removeAll(covered);
      found.push({ ...step, pattern, list: this.list, operations });
    }
  }
}

/** The strings of a list with what they cover, kept for all who hold the role. */
function expanded(
  entry: EntryPermissions,
  list: ActionList,
  index: OperationIndex,
): readonly ExpandedString[] {
  const known = getOrInsert(expansions, entry, () => ({}));
  return (known[list] ??= entry.permission[list].map(({ text, key }) => {
    return { pattern: text.trim(), covered: index.expand(key) };
  }));
}

interface ExpandedString {
  readonly pattern: string;
  readonly covered: Bitset;
}

const expansions = new WeakMap<EntryPermissions, Partial<Record<ActionList, readonly ExpandedString[]>>>();
