import type { Journal, JournalRow } from '../snapshot-writer/journal.js';
import type { UnitResult, WrittenRow } from '../snapshot-writer/unit-result.js';
import type { Target } from './collection-request.js';
import type { AzureConnection } from './connection.js';
import { type ScopeHierarchy, type FoundSubscription, readScopeHierarchy } from './scope-hierarchy.js';
import { type FoundGroup, textOrNull } from './group-tree.js';
import type { OnProgress } from './run-units.js';

export const containersUnit = 'containers';

/** As the journal has them, or read now: all other work follows from them. */
export async function containersOf(
  journal: Journal,
  { target, onProgress }: { readonly target: Target; readonly onProgress: OnProgress },
  { http }: AzureConnection,
): Promise<ScopeHierarchy> {
  if (!journal.units.has(containersUnit)) {
    const read = await readScopeHierarchy(http, target, journal.header.tenantId);
    await journal.append(containersUnit, 0, containerRows(read));
    onProgress({ what: 'subscriptions', done: 0, total: 0, rows: journal.rows });
    return read;
  }
  const { parts, gaps } = journal.units.get(containersUnit)!;
  const rowsOf = (kind: string): JournalRow[] =>
    parts.filter(part => part.kind === kind).flatMap(part => journal.rowsOf(part));
  return {
    managementGroups: rowsOf('managementGroups').map(({ id, displayName, parent }) => ({
      id,
      displayName: textOrNull(displayName),
      // Not shown, where there is none; `null` for the root group.
      parent: parent === undefined ? undefined : textOrNull(parent),
    })),
    subscriptions: rowsOf('subscriptions').map(({ id, displayName, managementGroup, state }) => ({
      id,
      displayName: textOrNull(displayName),
      managementGroup: textOrNull(managementGroup),
      state: textOrNull(state),
    })),
    foreign: 0,
    gaps,
    isOpen: false,
  };
}

function containerRows({ managementGroups, subscriptions, gaps, isOpen }: ScopeHierarchy): UnitResult {
  const written = ({ id, ...rest }: FoundGroup | FoundSubscription): WrittenRow => ({
    key: id.toLowerCase(),
    json: JSON.stringify({ id, ...rest }),
  });
  return {
    rows: new Map([
      ['managementGroups', managementGroups.map(written)],
      ['subscriptions', subscriptions.map(written)],
    ]),
    shared: [],
    gaps,
    isOpen,
  };
}
