import type { ScopeLevel } from './scope-level.js';

/** How exposed a tenant is, and what would make it less so. Points are numbers with one decimal. */
export interface Exposure {
  readonly kinds: readonly ExposedKind[];
  readonly score: TenantScore;
  /** The highest figures first. Whoever holds nothing and may activate nothing is not listed. */
  readonly identities: readonly ExposedIdentity[];
  /** What removes most for each change first. */
  readonly changes: readonly AccessChange[];
  /** What was not read and leaves figures open, or makes them too high, as sentences. */
  readonly open: readonly string[];
}

export interface ExposedKind {
  readonly id: string;
  readonly title: string;
  readonly weight: number;
  readonly why: string;
}

export interface TenantScore {
  /** The mean of the highest figures. */
  readonly figure: number;
  /** What it may be at most, by all that was not read. */
  readonly upTo: number;
  /** How many of them. */
  readonly of: number;
  /** The sum of all figures: what changes are measured by. */
  readonly sum: number;
  /** How many identities have a figure of 0, of 1 to 19, 20 to 39, and so on. */
  readonly bands: readonly { readonly from: number; readonly to: number; readonly identities: number }[];
  readonly identities: number;
  /** Users and service principals that hold nothing. */
  readonly withoutAccess: number;
  /** Identities of which something was not read that may raise their figures. */
  readonly open: number;
}

export interface ExposedIdentity {
  readonly id: string;
  readonly type: string;
  readonly displayName: string | null;
  /** `ManagedIdentity`, `Application`, … */
  readonly servicePrincipalType: string | null;
  readonly isGuest: boolean;
  /** Nobody can sign in as it. */
  readonly isDisabled: boolean;
  readonly figure: number;
  readonly upTo: number;
  /** Whether an expectations file says what it needs. */
  readonly isExpected: boolean;
  /** The kinds of access that it has, may have or may activate. */
  readonly cells: readonly ExposedCell[];
  /** What of it was not read, as sentences. */
  readonly unknown: readonly string[];
}

export interface ExposedCell {
  /** The id of the kind. */
  readonly kind: string;
  readonly points: number;
  /** More than `points` where something was not read. */
  readonly upTo: number;
  /** What activating would add. */
  readonly eligible: number;
  /** The assignments that give these points. */
  readonly because: readonly Contribution[];
  /** How many more give as many points. */
  readonly more: number;
  /** How many give fewer. */
  readonly weaker: number;
  /** Assignments that would add to it if they were activated. */
  readonly activatable: readonly Contribution[];
}

/** One assignment that gives some kind of access. */
export interface Contribution {
  readonly id: string;
  readonly scope: string;
  readonly reach: ScopeLevel;
  readonly role: string;
  readonly roleGuid: string;
  /** Ids of groups, from one that the identity is in to the one that has the assignment. Empty where it is its own. */
  readonly via: readonly string[];
  readonly condition: string | null;
  /** Only where conditions hold, or where a deny assignment may take it away: it counts half. */
  readonly isConditional: boolean;
  /** Whether it ends by itself. */
  readonly isPassing: boolean;
  readonly patterns: readonly ContributingPattern[];
}

/** One string of the role. */
export interface ContributingPattern {
  readonly pattern: string;
  readonly list: 'actions' | 'dataActions';
  /** How many operations of the kind come through it. */
  readonly count: number;
  /** The first of them. */
  readonly operations: readonly string[];
}

/** Something to do, and how much of the sum of figures it removes. */
export interface AccessChange {
  readonly kind: 'remove-assignment' | 'remove-role-from-principal' | 'remove-pattern';
  /** Ids of the assignments; of a pattern none. */
  readonly assignments: readonly string[];
  readonly scopes: readonly string[];
  readonly role: string;
  readonly roleGuid: string;
  /** Who has the assignments; null for a pattern. */
  readonly principal: {
    readonly id: string;
    readonly type: string;
    readonly displayName: string | null;
  } | null;
  readonly pattern: string | null;
  readonly list: 'actions' | 'dataActions' | null;
  /** Whether making it eligible would do as well: people activate roles, services cannot. */
  readonly mayBecomeEligible: boolean;
  /** How many things have to be changed. */
  readonly steps: number;
  readonly removed: number;
  /** Identities whose figures it lowers. */
  readonly identities: number;
}
