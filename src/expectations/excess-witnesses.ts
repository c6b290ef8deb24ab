import type { SetTools } from '../action-sets/need.js';
import type { ActionList, Plane } from '../model/role-definition.js';
import { foldCase } from '../permissions/action-pattern.js';
import type { EntryPermissions } from '../permissions/effective.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import type { ExcessWitness } from './check-report.js';
import { roleName, type Holding } from './holdings.js';

/**
 * Through which strings of which roles an excess comes. An operation that several grant is counted at the first: the
 * assignment at the narrowest scope is named last, since taking it away helps least.
 */
export function excessWitnesses(excess: PermissionSet, holdings: readonly Holding[], tools: SetTools): ExcessWitness[] {
  if (excess.isEmpty) return [];
  const found: ExcessWitness[] = [];
  for (const plane of ['control', 'data'] as const) {
    if (excess.count(plane) === 0) continue;
    const left = new Left(excess, plane);
    for (const holding of holdings) {
      for (const entry of holding.permissions.entries) left.take(holding, entry, tools, found);
    }
  }
  return found.sort((a, b) => b.operations - a.operations);
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

  take(holding: Holding, entry: EntryPermissions, { index }: SetTools, found: ExcessWitness[]): void {
    const strings = entry.permission[this.list];
    if (strings.length === 0) return;
    const granted = this.known.clone();
    granted.keepAll(entry.set[this.plane].known);
    for (const { text } of strings) {
      if (granted.isEmpty && this.unlisted.size === 0) return;
      const pattern = text.trim();
      const through = granted.clone();
      through.keepAll(index.expand(pattern));
      const isUnlisted = this.unlisted.delete(foldCase(pattern)) ? 1 : 0;
      const operations = through.size + isUnlisted;
      if (operations === 0) continue;
      granted.removeAll(through);
      this.known.removeAll(through);
      found.push({ ...witnessOf(holding, entry), pattern, list: this.list, operations });
    }
  }
}

function witnessOf({ assignment, role }: Holding, { permission }: EntryPermissions) {
  return {
    kind: assignment === null ? ('role' as const) : ('role-assignment' as const),
    id: assignment?.id ?? null,
    scope: assignment?.scope ?? null,
    role: roleName(role),
    condition: assignment?.condition ?? permission.condition?.value ?? null,
  };
}
