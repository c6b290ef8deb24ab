import { getOrInsert } from '../../maps.js';

/** Numbers for objects, so that a combination of them can be the key of a map. */
export class Numbers {
  private readonly known = new WeakMap<object, number>();
  private next = 0;

  of(object: object): number {
    return getOrInsert(this.known, object, () => this.next++);
  }
}
