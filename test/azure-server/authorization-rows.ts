import type { Chunk } from './pages.js';
import { subscriptionOf } from './scope-tree.js';
import type { AuthorizationKind, ScopedRow } from './tenant.js';
import type { World } from './world.js';

/** Under which name Microsoft.Authorization serves each kind. */
export const typeOfKind: Readonly<Record<AuthorizationKind, string>> = {
  roleAssignments: 'roleAssignments',
  denyAssignments: 'denyAssignments',
  eligibleAssignments: 'roleEligibilityScheduleInstances',
  activeAssignments: 'roleAssignmentScheduleInstances',
};

export function readActionOf(kind: AuthorizationKind): string {
  return `Microsoft.Authorization/${typeOfKind[kind]}/read`;
}

/** Which rows are meant, as seen from the scope that is asked. */
export interface Reach {
  readonly above: boolean;
  readonly below: boolean;
}

/** Rows of a kind at a scope and around it, as far as the caller may know of them. */
export function rowsAt(
  world: World,
  kind: AuthorizationKind,
  scope: string,
  reach: Reach,
): Chunk<ScopedRow>[] {
  const { tenant, tree, access } = world;
  const around = new Set(tree.around(scope));
  const own = tree.around(scope)[0]!;
  const isMeant = (row: ScopedRow): boolean => {
    const at = keyOf(row);
    if (at === own) return true;
    if (around.has(at)) return reach.above && (at !== '' || tenant.caller.isElevated);
    return reach.below && tree.covers(own, at) && access.may(readActionOf(kind), at);
  };
  const isInSubscription = subscriptionOf(scope) !== undefined;
  const subscriptions = isInSubscription || reach.below ? tree.subscriptionsIn(scope) : [];
  return [
    () => tenant.top[kind].filter(isMeant),
    ...subscriptions.map(id => () => tenant.inSubscription(id)[kind].filter(isMeant)),
  ];
}

function keyOf({ properties }: ScopedRow): string {
  return properties.scope.toLowerCase().replace(/\/+$/, '');
}
