import type { Reason } from '../../../tenant/access/decision.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { Certainty } from '../graph/privilege-gains.js';
import { principalTypeOf } from '../../../tenant/access/principal-type.js';

/** A way from somebody to control of a scope. */
export interface EscalationPath {
  readonly from: PathPrincipal;
  /** The scope that is controlled in the end, as written. */
  readonly to: string;
  readonly stepCount: number;
  /** Empty for whoever is as good as Owner already. */
  readonly steps: readonly PathStep[];
  /** Why whoever it is by then controls the scope; empty where a role that was gained on the way does it. */
  readonly because: readonly Reason[];
  /** The fewest steps without which no path is left, of this principal to this scope; null where there are too many to say. */
  readonly cut: readonly CutStep[] | null;
}

export interface PathStep {
  /** The id of a method: `role-catalog/escalation-methods.json`. */
  readonly method: string;
  /** What is done, as the end of a sentence that begins with the principal. */
  readonly does: string;
  /** Who does it: the principal where the path starts, or one that it became. */
  readonly from: PathPrincipal;
  readonly gains: readonly Gain[];
  readonly operations: readonly string[];
  readonly scope: string;
  readonly because: readonly Reason[];
  readonly certainty: Certainty;
  /** Why it may fail, where that is not a condition; null for a step that is certain. */
  readonly doubt: string | null;
}

export interface PathPrincipal {
  readonly id: string;
  readonly type: string;
  readonly displayName: string | null;
}

/** A principal that one becomes, a group that one joins, or a role that one has from then on. */
export type Gain =
  | ({ readonly kind: 'principal' | 'group' } & PathPrincipal)
  | { readonly kind: 'role'; readonly role: string; readonly scope: string };

/** A step of a cut, in short. */
export interface CutStep {
  readonly method: string;
  readonly does: string;
  /** Who is become, or which groups are joined; null where somebody comes to hold more and stays who they are. */
  readonly gains: string | null;
  readonly scope: string;
}

/** The principal as people know it; of one that the directory does not know, what its assignments say. */
export function principalOf(id: string, tenant: Tenant): PathPrincipal {
  const known = tenant.snapshot.principals.get(id);
  return { id, type: principalTypeOf(id, tenant), displayName: known?.displayName ?? null };
}
