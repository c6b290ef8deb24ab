import { type AzureFailure, failureReason } from './azure-failure.js';
import type { ScopeHierarchy } from './scope-hierarchy.js';
import { readPermissions } from './gap.js';

/** A kind of thing that a collection reads. */
export interface Area {
  readonly area: string;
  /** `unknown`: there was nothing to try it with. */
  readonly status: 'readable' | 'in part' | 'not readable' | 'unknown';
  /** What was found, or why it could not be read. */
  readonly detail: string;
  /** The operation or permission that is missing. */
  readonly missing: string | undefined;
  /** The least that would help, as a thing to ask an administrator for. */
  readonly ask: string | undefined;
}

export const reader = 'the role Reader at the root management group, or at each subscription';
export const directoryReader =
  'the application permission Directory.Read.All of Microsoft Graph, or the Entra role Directory Readers';

export function subscriptionsArea({ subscriptions, gaps }: ScopeHierarchy): Area {
  const lost = gaps.filter(({ what }) => what === 'subscriptions');
  const readable = subscriptions.length - lost.filter(({ scope }) => scope !== '/').length;
  const detail = lost[0]?.reason ?? `${readable} are shown`;
  const status = lost.length === 0 ? 'readable' : readable > 0 ? 'in part' : 'not readable';
  return {
    area: 'subscriptions',
    status,
    detail,
    ...(lost.length === 0 ? nothing : { missing: readPermissions.subscriptions, ask: reader }),
  };
}

export function groupsArea({ managementGroups, gaps }: ScopeHierarchy): Area {
  const lost = gaps.filter(({ what }) => what === 'managementGroups');
  const detail = lost[0]?.reason ?? `${managementGroups.length} are shown`;
  const status = lost.length === 0 ? 'readable' : managementGroups.length > 0 ? 'in part' : 'not readable';
  const ask = 'the role Management Group Reader at the root management group';
  return {
    area: 'management groups',
    status,
    detail,
    ...(lost.length === 0 ? nothing : { missing: readPermissions.managementGroups, ask }),
  };
}

const nothing = { missing: undefined, ask: undefined };

/** How an area was tried: of so many that were tried, so many could be read. */
export interface AreaTrial {
  readonly readable: number;
  readonly tried: number;
  readonly detail: string;
  readonly failure: AzureFailure | undefined;
  /** What it takes to read it, and whom to ask for that. */
  readonly permission: string;
  readonly ask: string;
}

/** What comes of a trial. */
export function areaOf(area: string, { readable, tried, detail, failure, permission, ask }: AreaTrial): Area {
  if (tried === 0) return unknown(area, 'there is nothing to try it with');
  if (readable >= tried) return { area, status: 'readable', detail, ...nothing };
  const status = readable > 0 ? 'in part' : 'not readable';
  const reason = failure === undefined ? detail : failureReason(failure, permission);
  return {
    area,
    status,
    detail: readable > 0 ? `${detail}; ${reason}` : reason,
    missing: failure?.action ?? permission,
    ask,
  };
}

/** There was nothing to try it with. */
export function unknown(area: string, detail: string): Area {
  return { area, status: 'unknown', detail, ...nothing };
}
