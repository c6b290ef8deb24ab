import type { Notice } from '../../errors.js';
import { cyclesIn } from './cycles.js';
import { groupCyclesIn } from './group-cycles.js';
import { largeCount } from '../../text/count.js';
import { firstFive } from '../../text/list.js';
import { isTooDeep, longestWayUp } from './scope-tree.js';
import type { SharedTexts } from './shared-texts.js';
import type { Snapshot } from './snapshot.js';

type Parts = Omit<Snapshot, 'notices'>;

/** What rows speak of and the snapshot lacks, and what lies in itself. `used` is what assignments speak of. */
export function inconsistencies(
  snapshot: Parts,
  used: Pick<SharedTexts, 'holders' | 'subscriptions'>,
): Notice[] {
  return [
    ...missingPrincipals(snapshot, used),
    ...foreignGroups(snapshot, used),
    ...missingGroups(snapshot),
    ...groupCycles(snapshot),
    ...managementGroupCycles(snapshot),
    ...deepManagementGroups(snapshot),
    ...missingManagementGroups(snapshot),
    ...missingSubscriptions(snapshot, used),
  ].map(([code, message]) => ({ code, message, file: snapshot.source }));
}

/** The code of a notice and what it says. */
type Finding = readonly [code: string, message: string];

type Holders = Pick<SharedTexts, 'holders'>;

/** Exports name some principals, or none; then none is missing. */
function* missingPrincipals({ principals, hasDirectory }: Parts, used: Holders): Generator<Finding> {
  if (!hasDirectory) return;
  const missing: string[] = [];
  for (const [id] of used.holders()) if (!principals.has(id)) missing.push(id);
  if (missing.length === 0) return;
  const message = `The snapshot does not hold ${largeCount(missing.length, 'principal')} that assignments are to: ${firstFive(missing)}.`;
  yield ['snapshot-principals-missing', message];
}

/** They hold roles for members whom nobody here can name. */
function* foreignGroups({ principals }: Parts, used: Holders): Generator<Finding> {
  const groups: string[] = [];
  for (const [id, isForeign] of used.holders()) {
    const type = principals.get(id)?.type;
    if (type === undefined ? isForeign : type === 'ForeignGroup') groups.push(id);
  }
  if (groups.length === 0) return;
  const message = `Roles are assigned to ${largeCount(groups.length, 'group')} of other directories, whose members are not known: ${firstFive(groups)}.`;
  yield ['foreign-group-members-unknown', message];
}

function* missingGroups({ principals, hasDirectory }: Parts): Generator<Finding> {
  if (!hasDirectory) return;
  const missing = new Set<string>();
  for (const { memberOf } of principals.values())
    for (const group of memberOf) if (!principals.has(group)) missing.add(group);
  if (missing.size === 0) return;
  const message = `The snapshot does not hold ${largeCount(missing.size, 'group')} that principals are members of: ${firstFive(missing)}.`;
  yield ['snapshot-groups-missing', message];
}

function* groupCycles({ principals }: Parts): Generator<Finding> {
  const cycles = groupCyclesIn(principals).map(([first]) => first!);
  if (cycles.length === 0) return;
  yield [
    'group-cycle',
    `The snapshot holds ${largeCount(cycles.length, 'circle')} of groups that are members of themselves, one through the other, with: ${firstFive(cycles)}.`,
  ];
}

function* managementGroupCycles({ managementGroups }: Parts): Generator<Finding> {
  const edges = new Map(
    [...managementGroups].map(([name, parent]) => [name, parent === null ? [] : [parent]]),
  );
  const cycles = cyclesIn(edges).map(([first]) => first!);
  for (const name of cycles.slice(0, maxNamed))
    yield ['management-group-cycle', `The management group "${name}" contains itself.`];
  const more = cycles.length - maxNamed;
  if (more > 0)
    yield ['management-group-cycle', `The same goes for ${largeCount(more, 'more management group')}.`];
}

function* deepManagementGroups({ managementGroups }: Parts): Generator<Finding> {
  const deep = [...managementGroups.keys()].filter(name => isTooDeep(name, managementGroups));
  if (deep.length === 0) return;
  const lie = deep.length === 1 ? 'lies' : 'lie';
  const message = `${largeCount(deep.length, 'management group')} ${lie} more than ${longestWayUp} levels deep; Azure allows 6. What is assigned further up was not followed to: ${firstFive(deep)}.`;
  yield ['management-group-too-deep', message];
}

function* missingManagementGroups({ managementGroups, subscriptions }: Parts): Generator<Finding> {
  const missing = new Set<string>();
  for (const parent of [...managementGroups.values(), ...subscriptions.values()])
    if (parent !== null && !managementGroups.has(parent)) missing.add(parent);
  if (missing.size === 0) return;
  const message = `The snapshot does not tell the place of ${largeCount(missing.size, 'management group')} that others lie in: ${firstFive(missing)}.`;
  yield ['management-group-missing', message];
}

/** Only where any were collected: without, nothing is known of management groups, and nothing wrong follows. */
function* missingSubscriptions(
  { subscriptions }: Parts,
  used: Pick<SharedTexts, 'subscriptions'>,
): Generator<Finding> {
  if (subscriptions.size === 0) return;
  const missing = new Set<string>();
  for (const subscription of used.subscriptions)
    if (!subscriptions.has(subscription)) missing.add(subscription);
  if (missing.size === 0) return;
  const message = `The snapshot does not hold ${largeCount(missing.size, 'subscription')} that assignments stand at: ${firstFive(missing)}.`;
  yield ['snapshot-subscriptions-missing', message];
}

const maxNamed = 10;
