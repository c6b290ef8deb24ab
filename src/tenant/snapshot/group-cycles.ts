import type { Principal } from '../../rbac/model/principal.js';
import { cyclesIn } from './cycles.js';

/** Groups that are members of themselves, one through the other: the groups of each circle. Found once per directory. */
export function groupCyclesIn(principals: ReadonlyMap<string, Principal>): readonly (readonly string[])[] {
  let found = known.get(principals);
  if (found === undefined) {
    found = cyclesIn(new Map([...principals].map(([id, { memberOf }]) => [id, memberOf])));
    known.set(principals, found);
  }
  return found;
}

const known = new WeakMap<ReadonlyMap<string, Principal>, readonly (readonly string[])[]>();
