import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BfsCounter, maxInBatch } from '../../../../src/analysis/escalation/search/bfs-counter.js';
import { PathGraph } from '../../../../src/analysis/escalation/graph/path-graph.js';
import {
  ReverseBfs,
  type AncestorBound,
  stepsIn,
} from '../../../../src/analysis/escalation/search/reverse-bfs.js';
import { parseScope } from '../../../../src/rbac/model/scope.js';
import { runs } from '../../../portion.js';

// Many targets in one search, against one search for each of them.

const nodes = 40;
const node = fc.nat(nodes - 1);
const edges = fc.array(fc.tuple(node, node, fc.constantFrom('free', 'certain', 'perhaps')), {
  maxLength: 150,
});

function graphOf(list: readonly (readonly [number, number, 'free' | 'certain' | 'perhaps'])[]): PathGraph {
  const graph = new PathGraph();
  for (let at = 0; at < nodes; at++) graph.add({ kind: 'target', scope: parseScope('/') });
  for (const [from, to, kind] of list)
    graph.connect(
      from,
      to,
      kind === 'free' ? undefined : { kind: 'assign' },
      kind === 'free' ? 'certain' : kind,
    );
  return graph;
}

test('targets that are counted together are counted as each for itself', () => {
  fc.assert(
    fc.property(
      edges,
      fc.uniqueArray(node, { minLength: 1, maxLength: maxInBatch }),
      fc.array(fc.nat(3), { minLength: nodes, maxLength: nodes }),
      fc.option(node, { nil: undefined }),
      (list, targets, starting, around) => {
        const graph = graphOf(list);
        const floor: AncestorBound | undefined = around === undefined ? undefined : floorFrom(graph, around);
        const counter = new BfsCounter(graph, Int32Array.from(starting));
        // The same one twice: nothing of the first is left.
        for (const batch of [targets, targets.toReversed()])
          for (const [at, found] of counter.of(batch, floor).entries())
            expect(nonZero(found)).toEqual(countOne(graph, batch[at]!, floor, starting));
      },
    ),
    runs({ whole: 500, part: 100 }),
  );
});

interface Counts {
  readonly nearer: ReadonlyMap<number, number>;
  readonly around: ReadonlyMap<number, number>;
}

function countOne(
  graph: PathGraph,
  target: number,
  floor: AncestorBound | undefined,
  starting: readonly number[],
): object {
  const approach = new ReverseBfs(graph, target, { bound: floor });
  const [nearer, around] = [new Map<number, number>(), new Map<number, number>()];
  const add = (counts: Map<number, number>, key: number, count: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + count);
  };
  for (const [start, count] of starting.entries()) {
    const cost = start === target ? 0 : approach.costFrom(start);
    if (cost < 0) continue;
    add(nearer, cost, count);
    const other = floor?.[start] ?? never;
    if (other !== never) add(around, stepsIn(other), count);
  }
  return nonZero({ nearer, around });
}

function floorFrom(graph: PathGraph, around: number): AncestorBound {
  const floor = new Int32Array(nodes).fill(never);
  new ReverseBfs(graph, around).lower(floor);
  return floor;
}

function nonZero({ nearer, around }: Counts): object {
  const listed = (counts: ReadonlyMap<number, number>): readonly (readonly number[])[] =>
    [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  return { nearer: listed(nearer), around: listed(around) };
}

const never = 0x7fffffff;
