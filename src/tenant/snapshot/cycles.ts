/**
 * The nodes of each circle: nodes that can all reach each other, the one that comes first in front. In linear time and
 * without recursion (Tarjan's strongly connected components), since a hostile file may hold a path through everything.
 */
export function cyclesIn(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const walk = new Walk(edges);
  for (const node of edges.keys()) walk.from(node);
  return walk.cycles;
}

interface Step {
  readonly node: string;
  readonly number: number;
  readonly targets: readonly string[];
  next: number;
  /** The lowest number of a node of the open path that is reached from here. */
  lowest: number;
}

class Walk {
  readonly cycles: string[][] = [];
  /** Infinity once nothing more can be found through the node. */
  private readonly numbers = new Map<string, number>();
  private readonly open: string[] = [];

  constructor(private readonly edges: ReadonlyMap<string, readonly string[]>) {}

  from(start: string): void {
    if (this.numbers.has(start)) return;
    const path = [this.enter(start)];
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const target = step.targets[step.next++];
      if (target === undefined) {
        path.pop();
        this.leave(step, path.at(-1));
      } else if (!this.numbers.has(target)) {
        if (this.edges.has(target)) path.push(this.enter(target));
      } else {
        step.lowest = Math.min(step.lowest, this.numbers.get(target)!);
      }
    }
  }

  private enter(node: string): Step {
    const number = this.numbers.size;
    this.numbers.set(node, number);
    this.open.push(node);
    return { node, number, targets: this.edges.get(node) ?? [], next: 0, lowest: number };
  }

  private leave(step: Step, before: Step | undefined): void {
    if (before !== undefined) before.lowest = Math.min(before.lowest, step.lowest);
    if (step.lowest < step.number) return;
    const members = this.open.splice(this.open.lastIndexOf(step.node));
    for (const member of members) this.numbers.set(member, Infinity);
    if (members.length > 1 || step.targets.includes(step.node)) this.cycles.push(members);
  }
}
