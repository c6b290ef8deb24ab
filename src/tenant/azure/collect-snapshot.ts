import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Notice } from '../../errors.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { Journal } from '../snapshot-writer/journal.js';
import {
  snapshotFormOf,
  type SnapshotCounts,
  type SnapshotFile,
  writeSnapshot,
} from '../snapshot-writer/write-snapshot.js';
import type { Caller } from './access-tokens.js';
import { AuthorizationReader } from './authorization-unit.js';
import { openJournal } from './collection-journal.js';
import { engineNotice, foreignNotice } from './collection-notices.js';
import type { Engine, Target } from './collection-request.js';
import { type AzureConnection, type ConnectionOptions, connect } from './connection.js';
import { DirectoryReader } from './directory.js';
import { type Named, namedByRows } from './named-by-rows.js';
import { readNamedRoles } from './named-roles.js';
import { planUnits, type Unit } from './plan.js';
import { kindsAtRoot, remainingGaps } from './remaining-gaps.js';
import { ResourceGraph } from './resource-graph.js';
import { ResourceReader } from './resource-reader.js';
import { type OnProgress, runUnits } from './run-units.js';
import { containersOf, containersUnit } from './stored-containers.js';

export interface CollectRequest extends ConnectionOptions {
  readonly target: Target;
  readonly engine: Engine;
  readonly output: SnapshotFile;
  /** Go on with what an interrupted collection left beside the output. */
  readonly isResumed: boolean;
  /** An instant, as the snapshot states it. */
  readonly collectedAt: string;
  /** Whether the catalog knows that built-in role, by its GUID in lower case: then it need not be in the snapshot. */
  isKnownRole(guid: string): boolean;
  readonly onProgress: OnProgress;
}

export interface CollectedSnapshot {
  readonly file: SnapshotFile;
  readonly caller: Caller;
  readonly tenantId: string;
  readonly engine: 'arm' | 'graph';
  readonly counts: SnapshotCounts;
  readonly gaps: readonly SnapshotGap[];
  readonly notices: readonly Notice[];
  readonly requests: number;
}

/**
 * Reads all that decides access at the target and writes it as a snapshot. What cannot be read is a gap, in the snapshot
 * and here. What was read so far is kept beside the output until all is there.
 * @throws UserError where nobody can sign in, or the output cannot be written. AzureFailure of the kind `stopped` where
 * the signal said so.
 */
export async function collectSnapshot(request: CollectRequest): Promise<CollectedSnapshot> {
  snapshotFormOf(request.output.path);
  const connection = await connect(request);
  const notices: Notice[] = [];
  const journal = openJournal(request, connection.caller.tenantId ?? 'unknown', notices);
  try {
    const collected = await collectInto(journal, request, connection, notices);
    journal.close();
    rmSync(journal.path, { force: true });
    return collected;
  } catch (error) {
    journal.close();
    if (journal.units.size === 0) rmSync(journal.path, { force: true });
    throw error;
  }
}

async function collectInto(
  journal: Journal,
  request: CollectRequest,
  connection: AzureConnection,
  notices: Notice[],
): Promise<CollectedSnapshot> {
  const { http, caller } = connection;
  const containers = await containersOf(journal, request, connection);
  const engine = engineFor(request.engine, containers.subscriptions.length);
  let refusedQueries = 0;
  const readers = {
    authorization: new AuthorizationReader(http, guid => request.isKnownRole(guid)),
    resources: new ResourceReader(http),
    graph: new ResourceGraph(http),
  };
  const units = planUnits(containers, readers, {
    engine: request.engine === 'graph' ? 'graph-only' : engine,
    onFallback: () => refusedQueries++,
  });
  const { concurrency, onProgress } = request;
  await runUnits(units, journal, { concurrency, firstOrder: 1, onProgress });
  const known = names(units);
  const later = unitsFor(
    await namedByRows(journal, [containersUnit, ...known]),
    journal,
    request,
    connection,
  );
  await runUnits(later, journal, { concurrency: 1, firstOrder: units.length + 1, onProgress });
  const all = [containersUnit, ...known, ...names(later)];
  const found = all.flatMap(name => journal.units.get(name)?.gaps ?? []);
  const gaps = remainingGaps(found, containers, kindsAtRoot(journal.shared.all()));
  const counts = writeSnapshot(journal, { units: all, gaps }, request.output);
  notices.push(engineNotice(engine, refusedQueries));
  if (containers.foreign > 0) notices.push(foreignNotice(containers.foreign));
  return {
    file: request.output,
    caller,
    tenantId: journal.header.tenantId,
    engine,
    counts,
    gaps,
    notices,
    requests: http.requests,
  };
}

/**
 * The work that follows from what was found. Its name tells of whom: where more is found when the collection is resumed,
 * it is other work.
 */
function unitsFor(
  { principals, roles }: Named,
  journal: Journal,
  { isKnownRole }: Pick<CollectRequest, 'isKnownRole'>,
  { http, clock }: AzureConnection,
): Unit[] {
  const shown = new Set(journal.shared.of('roleDefinitions').map(({ key }) => key));
  const unknown = new Map([...roles].filter(([guid]) => !shown.has(guid) && !isKnownRole(guid)));
  const gaps = [...journal.units.values()].flatMap(unit => unit.gaps);
  const told = gaps.filter(({ what }) => what === 'roleDefinitions').map(({ scope }) => scope.toLowerCase());
  return [
    {
      name: `named roles ${digest(unknown.keys())}`,
      what: 'roleDefinitions',
      run: () => readNamedRoles(http, unknown, new Set(told)),
    },
    {
      name: `principals ${digest(principals.keys())}`,
      what: 'principals',
      run: () => new DirectoryReader(http, clock).read(principals),
    },
  ];
}

function digest(ids: Iterable<string>): string {
  return createHash('sha256')
    .update([...ids].sort().join())
    .digest('hex')
    .slice(0, 32);
}

function names(units: readonly Unit[]): string[] {
  return units.map(({ name }) => name);
}

/** Resource Graph answers for many subscriptions at once, and is behind by some minutes: it pays from some number on. */
function engineFor(engine: Engine, subscriptions: number): 'arm' | 'graph' {
  if (engine !== 'auto') return engine;
  return subscriptions > manySubscriptions ? 'graph' : 'arm';
}

const manySubscriptions = 20;
