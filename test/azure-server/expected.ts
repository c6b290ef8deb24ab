import type { FaultSchedule, PermanentFault } from './faults.js';
import { ScopeTree } from './scope-tree.js';
import { snapshotRowsOf } from './snapshot-rows.js';
import { authorizationKinds, type AuthorizationKind, type AzureTenant } from './tenant.js';

/** What a collection says that it could not read. */
export interface ExpectedGap {
  readonly what: string;
  readonly scope: string;
  /** Whether it is about what stands in the scope as well. */
  readonly reach: 'here' | 'below';
}

/** What a collection under a schedule must come to: every row that no gap is about, and these gaps. */
export interface Expected {
  /** Must be named. */
  readonly gaps: readonly ExpectedGap[];
  /** May be named: it depends on what was asked first. */
  readonly possible: readonly ExpectedGap[];
}

export function expectedOf(tenant: AzureTenant, { permanent }: FaultSchedule): Expected {
  const tree = new ScopeTree(tenant);
  const below = permanent.flatMap(gapsBelow);
  const isLost = (what: string, subscription: string): boolean =>
    below.some(gap => gap.what === what && tree.covers(gap.scope, `/subscriptions/${subscription}`));
  const gaps = [...below];
  const possible: ExpectedGap[] = [];
  if (!tenant.caller.isElevated) {
    gaps.push(...authorizationKinds.filter(isHidden).map(atRoot));
    possible.push(atRoot('denyAssignments'));
  }
  for (const fault of permanent) {
    if (fault.kind === 'vanished' || (fault.kind === 'refused' && fault.what === 'subscriptions'))
      for (const what of ['subscriptions', 'roleDefinitions'])
        possible.push({ what, scope: scopeOf(fault), reach: 'below' });
    // Resource Graph still shows what it knew of it, and what was asked before is there.
    if (fault.kind === 'vanished') possible.push(...everythingIn(scopeOf(fault)));
    if (fault.kind !== 'refused' || fault.reach !== 'here') continue;
    // What a management group hands down can be seen in each subscription in it.
    const gap = { what: fault.what, scope: fault.scope, reach: fault.reach };
    const subscriptions = tree.subscriptionsIn(fault.scope);
    if (subscriptions.every(id => isLost(fault.what, id))) gaps.push(gap);
    else if (permanent.length > 1) possible.push(gap);
  }
  const directory = permanent.filter(
    fault => fault.kind === 'directory refused' || isExpanded(tenant, fault),
  );
  // Which groups there are to look into depends on what could be read of assignments.
  if (directory.length > 0) (permanent.length > 1 ? possible : gaps).push(principals);
  return { gaps, possible };
}

/** What stands at the root is only shown to who elevated himself; but that nobody is denied anything there is clear. */
const isHidden = (what: AuthorizationKind): boolean => what !== 'denyAssignments';
const atRoot = (what: AuthorizationKind): ExpectedGap => ({ what, scope: '/', reach: 'here' });

const principals: ExpectedGap = { what: 'principals', scope: '/', reach: 'below' };

/** A group whose members give somebody access, and so are looked for. */
function isExpanded(tenant: AzureTenant, fault: PermanentFault): boolean {
  return (
    fault.kind === 'group refused' &&
    [...snapshotRowsOf(tenant)].some(({ kind, value }) => kind === 'principals' && value.id === fault.group)
  );
}

function gapsBelow(fault: PermanentFault): ExpectedGap[] {
  switch (fault.kind) {
    case 'refused':
      if (fault.reach === 'here') return [];
      if (fault.what === 'subscriptions') return everythingIn(fault.scope);
      return [{ what: fault.what, scope: fault.scope, reach: fault.reach }];
    case 'failing':
    case 'astray':
    case 'endless':
    case 'quoting':
      return [{ what: fault.what, scope: fault.scope, reach: 'below' }];
    case 'vanished':
      return fault.after > 0 ? [] : everythingIn(scopeOf(fault)).filter(({ what }) => isOnlyInArm(what));
    default:
      return [];
  }
}

function scopeOf(
  fault: PermanentFault & ({ readonly kind: 'vanished' } | { readonly kind: 'refused' }),
): string {
  return fault.kind === 'vanished' ? `/subscriptions/${fault.subscription}` : fault.scope;
}

function isOnlyInArm(what: string): boolean {
  return what !== 'roleAssignments' && what !== 'resources';
}

function everythingIn(scope: string): ExpectedGap[] {
  return [...authorizationKinds, 'resources'].map(what => ({ what, scope, reach: 'below' }));
}
