import { createHash } from 'node:crypto';
import type { UnitResult, WrittenRow } from '../snapshot-writer/unit-result.js';
import type { AuthorizationKind } from './authorization-lists.js';
import { type AuthorizationReader, resultOf } from './authorization-unit.js';
import type { AzureRow } from './azure-list.js';
import type { Containers, FoundSubscription } from './containers.js';
import { gapOf, isPassing } from './gap.js';
import type { ResourceGraph } from './resource-graph.js';
import type { ResourceReader } from './resource-reader.js';
import { subscriptionOf } from './authorization-unit.js';

/** A piece of the work. Its name is the same each time the same is collected. */
export interface Unit {
  readonly name: string;
  /** For progress: what is being read. */
  readonly what: string;
  run(): Promise<UnitResult>;
}

export interface Readers {
  readonly authorization: AuthorizationReader;
  readonly resources: ResourceReader;
  readonly graph: ResourceGraph;
}

export interface PlanOptions {
  /** `graph-only`: what Resource Graph refuses is a gap, and not asked elsewhere. */
  readonly engine: 'arm' | 'graph' | 'graph-only';
  /** Told when a query was refused, and its subscriptions are read one by one. */
  onFallback(): void;
}

/**
 * The work that the containers call for, in the order that the snapshot has it in. What stands above subscriptions comes
 * first: most of it need not be kept again when subscriptions show it.
 */
export function planUnits(
  { managementGroups, subscriptions }: Containers,
  readers: Readers,
  options: PlanOptions,
): Unit[] {
  const { authorization } = readers;
  const root = assignmentKinds.map(kind => unit(`/ ${kind}`, kind, () => authorization.above(kind, '/')));
  const groups = managementGroups.flatMap(({ id }) => {
    const scope = `/providers/Microsoft.Management/managementGroups/${encodeURIComponent(id)}`;
    return allKinds.map(kind => unit(`${scope} ${kind}`, kind, () => authorization.above(kind, scope)));
  });
  const below =
    options.engine === 'arm'
      ? bySubscription(subscriptions, readers)
      : byGraph(subscriptions, readers, options);
  const [first] = subscriptions;
  const anywhere = first === undefined ? '/' : `/subscriptions/${first.id}`;
  const builtIn = unit('built-in roles', 'roleDefinitions', () => authorization.newBuiltInRoles(anywhere));
  return [...root, ...groups, builtIn, ...below];
}

const assignmentKinds = [
  'roleAssignments',
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
] as const;
const allKinds: readonly AuthorizationKind[] = ['roleDefinitions', ...assignmentKinds];
/** What Resource Graph does not hold. */
const onlyInArm: readonly AuthorizationKind[] = [
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
];

function bySubscription(subscriptions: readonly FoundSubscription[], readers: Readers): Unit[] {
  return subscriptions.flatMap(({ id }) => [
    ...allKinds.map(kind => inSubscription(kind, id, readers)),
    unit(`/subscriptions/${id} resources`, 'resources', () => readers.resources.inSubscription(id)),
  ]);
}

function byGraph(
  subscriptions: readonly FoundSubscription[],
  readers: Readers,
  options: PlanOptions,
): Unit[] {
  const ids = subscriptions.map(({ id }) => id);
  return chunks(ids, chunkSize).flatMap(chunk => [
    unit(`${nameOf(chunk)} roleDefinitions`, 'roleDefinitions', () =>
      throughGraph('roleDefinitions', chunk, readers, options),
    ),
    unit(`${nameOf(chunk)} roleAssignments`, 'roleAssignments', () =>
      throughGraph('roleAssignments', chunk, readers, options),
    ),
    ...chunk.flatMap(id => onlyInArm.map(kind => inSubscription(kind, id, readers))),
    unit(`${nameOf(chunk)} resources`, 'resources', () => resourcesThroughGraph(chunk, readers, options)),
  ]);
}

/** All of them count: where more subscriptions are found when a collection is resumed, others come together. */
function nameOf(chunk: readonly string[]): string {
  return `graph ${createHash('sha256').update(chunk.join()).digest('hex').slice(0, 32)}`;
}

/** Some 30 subscriptions with 200 assignments each are six pages: enough to be quick, little enough to be kept in memory. */
const chunkSize = 30;

function inSubscription(kind: AuthorizationKind, id: string, { authorization }: Readers): Unit {
  return unit(`/subscriptions/${id} ${kind}`, kind, () => authorization.atSubscription(kind, id));
}

/**
 * Resource Graph leaves out in silence what the caller may not read. Subscriptions that it does not know, and those of
 * which it shows nothing, are asked for one by one, as are all where it failed.
 */
async function throughGraph(
  kind: 'roleDefinitions' | 'roleAssignments',
  chunk: readonly string[],
  readers: Readers,
  options: PlanOptions,
): Promise<UnitResult> {
  const [list, visible] = await Promise.all([
    readers.graph.query(kind, chunk),
    readers.graph.visibleOf(chunk),
  ]);
  const failure = list.failure ?? visible.failure;
  if (failure !== undefined && options.engine === 'graph-only') {
    const partial = split(kind, list.rows, chunk);
    const gaps = chunk.map(id => gapOf(kind, `/subscriptions/${id}`, failure));
    return { ...partial, gaps, isOpen: isPassing(failure) };
  }
  if (failure !== undefined) options.onFallback();
  const known = new Set(visible.rows.map(({ subscriptionId }) => String(subscriptionId).toLowerCase()));
  const shown = new Set(list.rows.map(row => subscriptionOf(row)));
  const isSilent = (id: string): boolean => !known.has(id) || (kind === 'roleAssignments' && !shown.has(id));
  const alone = failure === undefined ? chunk.filter(isSilent) : chunk;
  const others = await Promise.all(alone.map(id => readers.authorization.atSubscription(kind, id)));
  const mine = split(kind, list.rows, failure === undefined ? chunk.filter(id => !isSilent(id)) : []);
  return joined([mine, ...others]);
}

/** As above: a subscription without a single resource is asked for itself, as it may only not be shown. */
async function resourcesThroughGraph(
  chunk: readonly string[],
  { graph, resources }: Readers,
  options: PlanOptions,
): Promise<UnitResult> {
  const visible = await graph.visibleOf(chunk);
  const known = new Set(visible.rows.map(({ subscriptionId }) => String(subscriptionId).toLowerCase()));
  const found =
    visible.failure ??
    (await resources.throughGraph(
      graph,
      chunk.filter(id => known.has(id)),
    ));
  if (!('rows' in found)) {
    if (options.engine !== 'graph-only') options.onFallback();
    else {
      const gaps = chunk.map(id => gapOf('resources', `/subscriptions/${id}`, found));
      return { rows: new Map(), shared: [], gaps, isOpen: isPassing(found) };
    }
  }
  const rows = 'rows' in found ? (found.rows.get('resources') ?? []) : [];
  const shown = new Set(rows.map(({ key }) => subscriptionOf({ id: key })));
  const alone = chunk.filter(id => !shown.has(id));
  const others = await Promise.all(alone.map(id => resources.inSubscription(id)));
  return joined('rows' in found ? [found, ...others] : others);
}

/** Rows of several subscriptions; `type` as Azure Resource Manager writes it. */
function split(
  kind: 'roleDefinitions' | 'roleAssignments',
  rows: readonly AzureRow[],
  chunk: readonly string[],
): UnitResult {
  const type = `Microsoft.Authorization/${kind}`;
  const results = new Map<string | undefined, AzureRow[]>();
  for (const row of rows) {
    const subscription = kind === 'roleDefinitions' ? undefined : subscriptionOf(row);
    const found = results.get(subscription);
    if (found === undefined) results.set(subscription, [{ ...row, type }]);
    else found.push({ ...row, type });
  }
  const own = chunk.map(id => resultOf(kind, '', { rows: results.get(id) ?? [], failure: undefined }, id));
  return joined([
    resultOf(kind, '', { rows: results.get(undefined) ?? [], failure: undefined }, undefined),
    ...own,
  ]);
}

function joined(results: readonly UnitResult[]): UnitResult {
  const rows = new Map<'roleAssignments' | 'resources', WrittenRow[]>();
  for (const result of results)
    for (const [kind, some] of result.rows) {
      const all = rows.get(kind as 'resources') ?? [];
      for (const row of some) all.push(row);
      rows.set(kind as 'resources', all);
    }
  return {
    rows,
    shared: results.flatMap(({ shared }) => shared),
    gaps: results.flatMap(({ gaps }) => gaps),
    isOpen: results.some(({ isOpen }) => isOpen),
  };
}

function unit(name: string, what: string, run: () => Promise<UnitResult>): Unit {
  return { name, what, run };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
