import type { Notice } from '../errors.js';
import { circlesIn } from './circles.js';
import { amount } from './listed.js';
import type { Snapshot } from './snapshot.js';

type Parts = Omit<Snapshot, 'notices'>;

/** What lies in itself. */
export function inconsistencies(snapshot: Parts): Notice[] {
  const found = [...managementGroupCircles(snapshot)];
  return found.map(([code, message]) => ({ code, message, file: snapshot.source }));
}

/** The code of a notice and what it says. */
type Finding = readonly [code: string, message: string];

function* managementGroupCircles({ managementGroups }: Parts): Generator<Finding> {
  const edges = new Map(
    [...managementGroups].map(([name, parent]) => [name, parent === null ? [] : [parent]]),
  );
  const circles = circlesIn(edges);
  for (const name of circles.slice(0, mostNamed))
    yield ['management-group-cycle', `The management group "${name}" lies in itself.`];
  const more = circles.length - mostNamed;
  if (more > 0)
    yield ['management-group-cycle', `The same goes for ${amount(more, 'more management group')}.`];
}

const mostNamed = 10;
