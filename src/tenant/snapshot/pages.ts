import type { Collection } from './collections.js';
import type { SnapshotGap } from './snapshot.js';

/**
 * Answers of Azure's REST interface hold one page of a list each, and say where the next one is (`nextLink`). Which page
 * continues which nobody can tell, but that the last one is missing: where every page of a collection names another.
 */
export class Pages {
  private readonly open = new Map<Collection, string[]>();
  private readonly ended = new Set<Collection>();
  /** Lists that are shorter than they say; the last one of several pages is. */
  private readonly short = new Map<Collection, string>();

  /** A file that holds a page with rows of these collections; `maybe` unless a page before it names it. */
  add(file: string, of: Iterable<Collection>, hasNext: 'yes' | 'no' | 'maybe'): void {
    for (const collection of of) {
      if (hasNext === 'maybe') this.short.set(collection, file);
      else if (hasNext === 'no') this.ended.add(collection);
      else if (this.open.has(collection)) this.open.get(collection)!.push(file);
      else this.open.set(collection, [file]);
    }
  }

  /** The lists whose end is not there. */
  gaps(): SnapshotGap[] {
    const open = [...this.open].filter(([what]) => !this.ended.has(what) && !this.short.has(what));
    const cutOff = [...this.short].filter(([what]) => !this.open.has(what));
    return [
      ...open.map(([what, files]) => ({
        what,
        scope: '/',
        reason: `"${files.at(-1)}" names a next page (nextLink), and no file holds a last one.`,
      })),
      ...cutOff.map(([what, file]) => ({
        what,
        scope: '/',
        reason: `"${file}" holds fewer rows than it says there are.`,
      })),
    ];
  }
}
