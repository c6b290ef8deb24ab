// How many rows of each kind a snapshot holds, counted line by line: what its end says is left alone.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

export async function countRows(snapshot) {
  const counts = { gaps: 0 };
  const ids = new Set();
  for await (const line of createInterface({ input: createReadStream(snapshot).pipe(createGunzip()) })) {
    const kind = /^\{"kind":"(\w+)","value"/.exec(line)?.[1];
    if (kind === undefined) continue;
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (kind !== 'roleAssignments') continue;
    const id = /"id":"([^"]+)"/.exec(line)[1].toLowerCase();
    if (ids.has(id)) throw new Error(`${id} is there twice.`);
    ids.add(id);
  }
  return counts;
}
