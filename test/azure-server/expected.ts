import type { FaultSchedule, PermanentFault } from './faults.js';
import { authorizationKinds, type AzureTenant } from './tenant.js';

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
  const root = authorizationKinds.map(what => ({ what, scope: '/', reach: 'here' as const }));
  const late = permanent.filter(fault => fault.kind === 'vanished' && fault.after > 0);
  return {
    gaps: [
      ...(tenant.caller.isElevated ? [] : root),
      ...permanent.filter(fault => !late.includes(fault)).flatMap(gapsOf),
    ],
    possible: permanent.flatMap(possibleGaps),
  };
}

function gapsOf(fault: PermanentFault): ExpectedGap[] {
  switch (fault.kind) {
    case 'refused':
      if (fault.what === 'subscriptions') return everythingIn(fault.scope);
      return [{ what: fault.what, scope: fault.scope, reach: fault.reach }];
    case 'failing':
    case 'astray':
    case 'endless':
      return [{ what: fault.what, scope: fault.scope, reach: 'below' }];
    case 'directory refused':
    case 'group refused':
      return [{ what: 'principals', scope: '/', reach: 'below' }];
    case 'vanished':
      return everythingIn(`/subscriptions/${fault.subscription}`);
  }
}

/** That a subscription is gone may also be said of itself. */
function possibleGaps(fault: PermanentFault): ExpectedGap[] {
  const scope = fault.kind === 'vanished' ? `/subscriptions/${fault.subscription}` : undefined;
  const refused = fault.kind === 'refused' && fault.what === 'subscriptions' ? fault.scope : undefined;
  const itself = scope ?? refused;
  if (itself === undefined) return [];
  return [...everythingIn(itself), { what: 'subscriptions', scope: itself, reach: 'here' }];
}

function everythingIn(scope: string): ExpectedGap[] {
  return [...authorizationKinds, 'resources'].map(what => ({ what, scope, reach: 'below' }));
}
