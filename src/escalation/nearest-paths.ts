import type { FoundPath } from './path-search.js';

/** Keeps so many of the paths that are added, the nearest ones; of those that are as near, the ones that came first. */
export class NearestPaths {
  /** By what they cost. */
  private readonly levels = new Map<number, FoundPath[]>();
  private kept = 0;
  private added = 0;
  /** Nothing as far as this is kept any more. */
  private closed = Infinity;

  constructor(private readonly most: number) {}

  /** `make` is called where the path is kept. */
  add(cost: number, make: () => FoundPath): void {
    this.added++;
    if (cost >= this.closed) return;
    if (this.kept >= this.most && !this.makeRoom(cost)) return;
    const there = this.levels.get(cost);
    if (there === undefined) this.levels.set(cost, [make()]);
    else there.push(make());
    this.kept++;
  }

  /** Nearest first, and how many were not kept. */
  sorted(): { readonly paths: readonly FoundPath[]; readonly left: number } {
    const levels = [...this.levels].sort(([a], [b]) => a - b);
    return { paths: levels.flatMap(([, paths]) => paths), left: this.added - this.kept };
  }

  /** Gives up the last of the farthest, if there are any farther than that. */
  private makeRoom(cost: number): boolean {
    const farthest = Math.max(...this.levels.keys());
    if (farthest <= cost) {
      this.closed = Math.min(this.closed, farthest);
      return false;
    }
    const paths = this.levels.get(farthest)!;
    paths.pop();
    if (paths.length === 0) this.levels.delete(farthest);
    this.closed = Math.min(this.closed, farthest);
    this.kept--;
    return true;
  }
}
