/** Lines from `oldStart` on, up to `oldEnd`, that others take the place of. Both may be none. */
export interface LineChange {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** The fewest lines that differ, in order (E. Myers, 1986); of texts that share little, all between the ends that they share. */
export function changedLines(before: readonly string[], after: readonly string[]): LineChange[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [oldEnd, newEnd] = [before.length, after.length];
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  if (start === oldEnd && start === newEnd) return [];
  const kept = keptLines(before.slice(start, oldEnd), after.slice(start, newEnd));
  const ends: Pair = [oldEnd, newEnd];
  return gapsBetween([...kept.map(([x, y]): Pair => [x + start, y + start]), ends], [start, start]);
}

/** A line of the one text and a line of the other. */
type Pair = readonly [old: number, now: number];

/** What lies between lines that both texts have. */
function gapsBetween(kept: readonly Pair[], [x, y]: Pair): LineChange[] {
  const changes: LineChange[] = [];
  let [oldStart, newStart] = [x, y];
  for (const [old, now] of kept) {
    if (old > oldStart || now > newStart) changes.push({ oldStart, oldEnd: old, newStart, newEnd: now });
    [oldStart, newStart] = [old + 1, now + 1];
  }
  return changes;
}

/** A longest sequence of lines that both have, in order; none where they differ in too many. */
function keptLines(before: readonly string[], after: readonly string[]): Pair[] {
  const reached: number[][] = [];
  let furthest: number[] = [];
  for (let edits = 0; edits <= maxEdits; edits++) {
    const next: number[] = [];
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = stepOnto(diagonal, edits, furthest);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      next[diagonal + edits] = x;
      if (x >= before.length && x - diagonal >= after.length)
        return wayBack([...reached, next], before.length, diagonal);
    }
    reached.push(next);
    furthest = next;
  }
  return [];
}

/** Fixes change a few lines; what differs in more is a text of its own. */
const maxEdits = 2_000;

/** How far along the old text a diagonal begins, coming from its better neighbour. */
function stepOnto(diagonal: number, edits: number, furthest: readonly number[]): number {
  if (edits === 0) return 0;
  const from = (neighbour: number): number => furthest[neighbour + edits - 1] ?? -1;
  const isDown = diagonal === -edits || (diagonal !== edits && from(diagonal - 1) < from(diagonal + 1));
  return isDown ? from(diagonal + 1) : from(diagonal - 1) + 1;
}

function wayBack(reached: readonly (readonly number[])[], end: number, last: number): Pair[] {
  const kept: Pair[] = [];
  let [x, diagonal] = [end, last];
  for (let edits = reached.length - 1; edits >= 0; edits--) {
    const furthest = reached[edits - 1] ?? [];
    const begin = stepOnto(diagonal, edits, furthest);
    for (; x > begin; x--) kept.push([x - 1, x - 1 - diagonal]);
    if (edits === 0) break;
    const from = (neighbour: number): number => furthest[neighbour + edits - 1] ?? -1;
    diagonal +=
      diagonal === -edits || (diagonal !== edits && from(diagonal - 1) < from(diagonal + 1)) ? 1 : -1;
    x = from(diagonal);
  }
  return kept.reverse();
}
