import type { Collection } from './collections.js';
import type { SnapshotGap } from './snapshot.js';

/**
 * Answers of Azure's REST interface hold one page of a list each, and say where the next one is (`nextLink`). Which page
 * continues which nobody can tell, but that the last one is missing: where every page of a collection names another.
 */
export class Pages {
  private readonly open = new Map<Collection, string[]>();
  private readonly ended = new Set<Collection>();

  /** A file that holds a page with rows of these collections. */
  add(file: string, of: Iterable<Collection>, hasNext: boolean): void {
    for (const collection of of) {
      if (!hasNext) this.ended.add(collection);
      else if (this.open.has(collection)) this.open.get(collection)!.push(file);
      else this.open.set(collection, [file]);
    }
  }

  /** The lists whose end is not there. */
  gaps(): SnapshotGap[] {
    return [...this.open]
      .filter(([collection]) => !this.ended.has(collection))
      .map(([what, files]) => ({
        what,
        scope: '/',
        reason: `"${files.at(-1)}" names a next page (nextLink), and no file holds a last one.`,
      }));
  }
}
