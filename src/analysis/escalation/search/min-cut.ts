import type { ReverseBfs } from './reverse-bfs.js';
import type { PathEdge, PathGraph } from '../graph/path-graph.js';

/** The fewest steps that every path of one start to one target needs one of. */
export interface StepCut {
  readonly steps: readonly PathEdge[];
}

/** How much may still be spent on cuts: in arcs that are looked at. */
export class CutEffort {
  private left = maxEffort;
  /** Whether it did not last. */
  get isSpent(): boolean {
    return this.left <= 0;
  }

  spend(arcs: number): void {
    this.left -= arcs;
  }
}

/** What is to be cut off from what. */
export interface CutRequest {
  readonly graph: PathGraph;
  readonly start: number;
  readonly target: number;
  /** From the target. */
  readonly search: ReverseBfs;
}

/**
 * The smallest set of steps without which no path is left, exactly: maximum flow is minimum cut (Ford and Fulkerson), on
 * the part of the graph between start and target. Steps from one state to one other count as one, whatever the method.
 * Undefined where that part is too large to be worth it.
 */
export function minimumCut(
  { graph, start, target, search }: CutRequest,
  effort: CutEffort,
): StepCut | undefined {
  if (effort.isSpent) return undefined;
  const network = networkBetween(graph, start, target, search);
  effort.spend(network?.arcs.size ?? maxArcs);
  if (network === undefined) return undefined;
  let augmentations = 0;
  while (augment(network, start, target)) {
    effort.spend(network.arcs.size);
    if (++augmentations > maxSteps) return undefined;
  }
  const reached = reachable(network, start);
  if (reached.has(target)) return undefined;
  const steps = [...network.arcs.values()].filter(
    ({ from, to, capacity }) => capacity === 0 && reached.has(from) && !reached.has(to),
  );
  return { steps: steps.flatMap(({ step }) => step ?? []) };
}

interface Arc {
  readonly from: number;
  readonly to: number;
  /** What may still flow. */
  capacity: number;
  readonly step: PathEdge | undefined;
  readonly reverse: Arc | undefined;
}

interface Network {
  readonly arcs: Map<string, Arc>;
  readonly leaving: Map<number, Arc[]>;
}

/** Undefined where it is too large, or no step lies between. Open ways are passed over: arcs go from state to state. */
function networkBetween(
  graph: PathGraph,
  start: number,
  target: number,
  search: ReverseBfs,
): Network | undefined {
  const network: Network = { arcs: new Map(), leaving: new Map() };
  const seen = new Set([start]);
  for (const from of seen) {
    for (const edge of edgesFrom(graph, from, search)) {
      if (network.arcs.size > maxArcs) return undefined;
      addArc(network, from, edge);
      if (edge.to !== target) seen.add(edge.to);
    }
  }
  return network;
}

/** To states and targets, past open ways. What comes without a step cannot be taken away by itself. */
function* edgesFrom(graph: PathGraph, from: number, search: ReverseBfs): Generator<PathEdge> {
  for (const edge of graph.edgesFrom(from)) {
    if (!search.has(edge.to)) continue;
    if (edge.step !== undefined || graph.nodes[edge.to]!.kind !== 'ways') yield edge;
    else for (const next of graph.edgesFrom(edge.to)) if (search.has(next.to)) yield next;
  }
}

function addArc({ arcs, leaving }: Network, from: number, edge: PathEdge): void {
  const key = `${from} ${edge.to}`;
  const known = arcs.get(key);
  if (known !== undefined) {
    if (edge.step === undefined) known.capacity = Infinity;
    return;
  }
  const arc: Arc = {
    from,
    to: edge.to,
    capacity: edge.step === undefined ? Infinity : 1,
    step: edge,
    get reverse() {
      return back;
    },
  };
  const back: Arc = { from: edge.to, to: from, capacity: 0, step: undefined, reverse: arc };
  arcs.set(key, arc);
  listOf(leaving, from).push(arc);
  listOf(leaving, edge.to).push(back);
}

/** One more unit along a shortest way that is left; false where there is none. */
function augment({ leaving }: Network, start: number, target: number): boolean {
  const cameBy = new Map<number, Arc>();
  const waiting = [start];
  for (const at of waiting) {
    if (at === target) break;
    for (const arc of leaving.get(at) ?? []) {
      if (arc.capacity === 0 || arc.to === start || cameBy.has(arc.to)) continue;
      cameBy.set(arc.to, arc);
      waiting.push(arc.to);
    }
  }
  if (!cameBy.has(target)) return false;
  for (let arc = cameBy.get(target); arc !== undefined; arc = cameBy.get(arc.from)) {
    arc.capacity -= 1;
    arc.reverse!.capacity += 1;
    if (arc.from === start) break;
  }
  return true;
}

function reachable({ leaving }: Network, start: number): ReadonlySet<number> {
  const reached = new Set([start]);
  for (const at of reached)
    for (const arc of leaving.get(at) ?? []) if (arc.capacity > 0) reached.add(arc.to);
  return reached;
}

function listOf(lists: Map<number, Arc[]>, key: number): Arc[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}

/** Between a principal and a target lie a few dozen steps mostly. */
const maxArcs = 2_000;

/** Nobody takes away more than that one by one. */
const maxSteps = 20;

const maxEffort = 1_000_000;
