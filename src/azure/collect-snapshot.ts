import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { type Notice, UserError } from '../errors.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import { Journal } from '../snapshot-writer/journal.js';
import { type JournalHeader, journalVersion } from '../snapshot-writer/journal-entries.js';
import type { UnitResult, WrittenRow } from '../snapshot-writer/unit-result.js';
import {
  formOf,
  type SnapshotCounts,
  type SnapshotFile,
  writeSnapshot,
} from '../snapshot-writer/write-snapshot.js';
import type { Caller } from './access-tokens.js';
import { AuthorizationReader } from './authorization-unit.js';
import { type Engine, type Target, targetInWords } from './collection-request.js';
import { type Connection, type ConnectionOptions, connect } from './connection.js';
import { type Containers, type FoundGroup, type FoundSubscription, readContainers } from './containers.js';
import { DirectoryReader } from './directory.js';
import { type Named, namedByRows } from './named-by-rows.js';
import { readNamedRoles } from './named-roles.js';
import { planUnits, type Unit } from './plan.js';
import { kindsAtRoot, remainingGaps } from './remaining-gaps.js';
import { ResourceGraph } from './resource-graph.js';
import { ResourceReader } from './resource-reader.js';
import { type OnProgress, runUnits } from './run-units.js';

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
  formOf(request.output.path);
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

/** Where an interrupted collection keeps what it has read. */
export function journalOf({ path, shown }: SnapshotFile): SnapshotFile {
  return { path: `${path}.partial`, shown: `${shown}.partial` };
}

function openJournal(request: CollectRequest, tenantId: string, notices: Notice[]): Journal {
  const { path, shown } = journalOf(request.output);
  const header: JournalHeader = {
    journal: journalVersion,
    collectedAt: request.collectedAt,
    tenantId,
    cloud: request.endpoints.cloud,
    request: {
      target: targetInWords(request.target),
      engine: request.engine,
      endpoint: request.endpoints.arm,
    },
  };
  if (request.isResumed) return resumed(Journal.resume(path, shown), header, shown);
  if (existsSync(path)) {
    const message = `What an interrupted collection had left in "${shown}" was dropped; --resume would have gone on with it.`;
    notices.push({ code: 'collect-restarted', message });
  }
  return Journal.create(path, shown, header);
}

/** @throws UserError where the journal is of something else. */
function resumed(journal: Journal, wanted: JournalHeader, shown: string): Journal {
  const { header } = journal;
  const differences = [
    ...(header.tenantId === wanted.tenantId ? [] : [`tenant ${header.tenantId}`]),
    ...Object.entries(wanted.request)
      .filter(([name, value]) => header.request[name] !== value)
      .map(([name]) => `${name}: ${header.request[name]}`),
  ];
  if (differences.length === 0) return journal;
  journal.close();
  throw new UserError(`"${shown}" was begun for something else: ${differences.join('; ')}.`, {
    hint: 'Resume with the options that it was begun with, or run without --resume to begin anew.',
  });
}

async function collectInto(
  journal: Journal,
  request: CollectRequest,
  connection: Connection,
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
  const counts = writeSnapshot(journal, all, gaps, request.output);
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

const containersUnit = 'containers';

/**
 * The work that follows from what was found. Its name tells of whom: where more is found when the collection is resumed,
 * it is other work.
 */
function unitsFor(
  { principals, roles }: Named,
  journal: Journal,
  { isKnownRole }: Pick<CollectRequest, 'isKnownRole'>,
  { http, clock }: Connection,
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

function engineNotice(engine: 'arm' | 'graph', refusedQueries: number): Notice {
  const through =
    engine === 'arm'
      ? 'All was read through Azure Resource Manager.'
      : 'Role assignments, custom roles and resources were read through Azure Resource Graph; deny assignments and PIM through Azure Resource Manager.';
  const instead =
    refusedQueries === 0
      ? ''
      : ` Resource Graph refused ${refusedQueries === 1 ? 'a query' : `${refusedQueries} queries`}: those subscriptions were read one by one.`;
  return { code: 'collect-engine', message: `${through}${instead}` };
}

function foreignNotice(foreign: number): Notice {
  const what = foreign === 1 ? 'A subscription' : `${foreign} subscriptions`;
  const message = `${what} of other directories, shown through Azure Lighthouse, ${foreign === 1 ? 'was' : 'were'} not read: collect them in their own.`;
  return { code: 'collect-foreign-subscriptions', message };
}

/** As the journal has them, or read now: all other work follows from them. */
async function containersOf(
  journal: Journal,
  { target, onProgress }: CollectRequest,
  { http }: Connection,
): Promise<Containers> {
  if (!journal.units.has(containersUnit)) {
    const read = await readContainers(http, target, journal.header.tenantId);
    await journal.append(containersUnit, 0, containerRows(read));
    onProgress({ what: 'subscriptions', done: 0, total: 0, rows: journal.rows });
    return read;
  }
  const { parts, gaps } = journal.units.get(containersUnit)!;
  const rowsOf = (kind: string): unknown[] =>
    parts
      .filter(part => part.kind === kind)
      .flatMap(part => journal.linesOf(part).map(line => (JSON.parse(line) as { value: unknown }).value));
  return {
    managementGroups: rowsOf('managementGroups') as FoundGroup[],
    subscriptions: rowsOf('subscriptions') as FoundSubscription[],
    foreign: 0,
    gaps,
    isOpen: false,
  };
}

function containerRows({ managementGroups, subscriptions, gaps, isOpen }: Containers): UnitResult {
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
