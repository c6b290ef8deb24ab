import { roleName } from '../model/role-name.js';
import type { SetTools } from '../action-sets/need.js';
import type { ActionList, Plane } from '../model/role-definition.js';
import { foldCase } from '../permissions/action-pattern.js';
import type { EntryPermissions } from '../permissions/effective.js';
import type { Bitset } from '../permissions/bitset.js';
import type { OperationIndex } from '../permissions/operation-index.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import type { ExcessWitness } from './check-report.js';
import type { Holding } from './holdings.js';

/** One string of the role that stands `at` that place among those asked. */
export interface WitnessStep {
  readonly at: number;
  readonly entry: EntryPermissions;
  readonly pattern: string;
  readonly list: ActionList;
  readonly operations: number;
}

/** Taking the widest role away helps most: an operation that several grant is counted there. */
export function widestFirst(holdings: readonly Holding[]): readonly Holding[] {
  return holdings.length < 2 ? holdings : [...holdings].sort((a, b) => b.size - a.size);
}

/** Through which strings of which roles an excess comes, most first. An operation is counted at the first that grants it. */
export function witnessTrace(
  excess: PermissionSet,
  roles: readonly Pick<Holding, 'permissions'>[],
  tools: SetTools,
): WitnessStep[] {
  if (excess.isEmpty) return [];
  const found: WitnessStep[] = [];
  for (const plane of ['control', 'data'] as const) {
    if (excess.count(plane) === 0) continue;
    const left = new Left(excess, plane);
    for (const [at, { permissions }] of roles.entries()) {
      if (left.isEmpty) break;
      for (const entry of permissions.entries) left.take(at, entry, tools, found);
    }
  }
  return found.sort((a, b) => b.operations - a.operations);
}

/** The same, told of those who hold the roles. */
export function witnessesOf(trace: readonly WitnessStep[], holdings: readonly Holding[]): ExcessWitness[] {
  return trace.map(({ at, entry, pattern, list, operations }) => {
    const { assignment, role } = holdings[at]!;
    return {
      kind: assignment === null ? 'role' : 'role-assignment',
      id: assignment?.id ?? null,
      scope: assignment?.scope ?? null,
      role: roleName(role),
      condition: assignment?.condition ?? entry.permission.condition?.value ?? null,
      pattern,
      list,
      operations,
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

  take(at: number, entry: EntryPermissions, { index }: SetTools, found: WitnessStep[]): void {
    const strings = entry.permission[this.list];
    if (strings.length === 0) return;
    const { known } = entry.set[this.plane];
    if (!this.known.intersects(known) && this.unlisted.size === 0) return;
    const granted = this.known.clone();
    granted.keepAll(known);
    // What this permission grants is explained by its strings: all of it, whichever of them is named.
    this.known.removeAll(granted);
    for (const { pattern, covered } of expanded(entry, this.list, index)) {
      if (granted.isEmpty && this.unlisted.size === 0) return;
      const isUnlisted = this.unlisted.size > 0 && this.unlisted.delete(foldCase(pattern)) ? 1 : 0;
      const operations = granted.sharedWith(covered) + isUnlisted;
      if (operations === 0) continue;
      granted.removeAll(covered);
      found.push({ at, entry, pattern, list: this.list, operations });
    }
  }
}

/** The strings of a list with what they cover, kept for all who hold the role. */
function expanded(
  entry: EntryPermissions,
  list: ActionList,
  index: OperationIndex,
): readonly ExpandedString[] {
  let known = expansions.get(entry);
  if (known === undefined) expansions.set(entry, (known = {}));
  return (known[list] ??= entry.permission[list].map(({ text }) => {
    return { pattern: text.trim(), covered: index.expand(text.trim()) };
  }));
}

interface ExpandedString {
  readonly pattern: string;
  readonly covered: Bitset;
}

const expansions = new WeakMap<EntryPermissions, Partial<Record<ActionList, readonly ExpandedString[]>>>();
