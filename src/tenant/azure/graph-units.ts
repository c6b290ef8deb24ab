import { append } from '../../maps.js';
import type { UnitResult, WrittenRow } from '../snapshot-writer/unit-result.js';
import { type AuthorizationReader, resultOf, subscriptionOf } from './authorization-unit.js';
import type { AzureRow } from './list-page.js';
import { gapOf, isTransientGap } from './gap.js';
import type { ResourceGraph } from './resource-graph.js';
import type { ResourceReader } from './resource-reader.js';

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
 * Resource Graph leaves out in silence what the caller may not read. Subscriptions that it does not know, and those of
 * which it shows nothing, are asked for one by one, as are all where it failed.
 */
export async function throughGraph(
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
    return { ...partial, gaps, isOpen: isTransientGap(failure) };
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
export async function resourcesThroughGraph(
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
      return { rows: new Map(), shared: [], gaps, isOpen: isTransientGap(found) };
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
    append(results, subscription, { ...row, type });
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
