import { seededRandom } from '../seeded.js';
import type { FailingStatus, FaultSchedule, PermanentFault, RefusedList, TransientFault } from './faults.js';
import { transientKinds } from './faults.js';
import { groupId } from './arm-containers.js';
import { pick } from './ids.js';
import { authorizationKinds, type AzureTenant } from './tenant.js';

type Random = () => number;

/** Some kinds of trouble at once; in every second schedule some of it for good. */
export function randomSchedule(seed: number, tenant: AzureTenant): FaultSchedule {
  const random = seededRandom(seed * 2_654_435);
  const transient = Array.from({ length: 1 + Math.floor(random() * 4) }, () => transientFault(random));
  if (seed % 16 === 0) transient.push({ kind: 'stall', share: 0.03, times: 1 });
  const isForGood = seed % 2 === 1;
  const length = isForGood ? 1 + Math.floor(random() * 2) : 0;
  const permanent = Array.from({ length }, () => permanentFault(random, tenant));
  return { seed, transient, permanent: withoutContradictions(permanent), meetsSignIn: seed % 20 === 0 };
}

/** All but stalling, which costs a timeout each time. */
const quickKinds = transientKinds.filter(kind => kind !== 'stall');

function transientFault(random: Random): TransientFault {
  const [kind, share] = [pick(random, quickKinds), pick(random, [0.05, 0.2, 0.5, 1])];
  return { kind, share, times: 1 + Math.floor(random() * 2) };
}

const refusable: readonly RefusedList[] = [...authorizationKinds, 'resources', 'subscriptions'];
/** These are read through ARM, whatever the engine. */
const neverInResourceGraph = ['denyAssignments', 'eligibleAssignments', 'activeAssignments'] as const;

function permanentFault(random: Random, tenant: AzureTenant): PermanentFault {
  const subscription = pick(random, tenant.subscriptions).id;
  const scope = `/subscriptions/${subscription}`;
  const what = pick(random, neverInResourceGraph);
  const which = Math.floor(random() * 8);
  if (which < 2) return { kind: 'refused', what: pick(random, refusable), scope, reach: 'below' };
  if (which === 2)
    return {
      kind: 'refused',
      what: pick(random, authorizationKinds),
      scope: groupId(pick(random, tenant.managementGroups).name),
      reach: 'here',
    };
  if (which === 3)
    return { kind: 'failing', what, scope, status: pick<FailingStatus>(random, [429, 500, 503]) };
  if (which === 4) return { kind: pick(random, ['astray', 'endless'] as const), what, scope };
  if (which === 5) return { kind: 'directory refused' };
  if (which === 6)
    return { kind: 'group refused', group: pick(random, [...tenant.directory.members.keys()]) };
  return { kind: 'vanished', subscription, after: Math.floor(random() * 4) };
}

/** One trouble for good per subscription, and one with the directory: two together would hide each other. */
function withoutContradictions(faults: readonly PermanentFault[]): PermanentFault[] {
  const seen = new Set<string>();
  return faults.filter(fault => {
    const place = placeOf(fault);
    return seen.has(place) ? false : seen.add(place);
  });
}

function placeOf(fault: PermanentFault): string {
  if (fault.kind === 'vanished') return `/subscriptions/${fault.subscription}`;
  return 'scope' in fault ? fault.scope : 'directory';
}
