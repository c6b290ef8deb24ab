import type { Coverage, CoverageStatus, Excess } from '../../rbac/action-sets/coverage.js';
import type { Notice } from '../../errors.js';
import type { CustomRole } from '../../rbac/model/custom-role.js';
import type { ActionList } from '../../rbac/model/role-definition.js';

/** What the check of expectations found, as `azrbac check --format json` writes it. Operations as in the catalog, sorted. */
export interface CheckReport {
  /** Per identity and scope of its needs; then where it holds something although no need of it is declared there. */
  readonly results: readonly IdentityResult[];
  /** Per identity, in the order of the file. */
  readonly identities: readonly IdentitySummary[];
  readonly notices: readonly Notice[];
}

export interface Subject {
  readonly kind: 'identity';
  readonly name: string;
  readonly principal: string | null;
  /** As the expectations name it. */
  readonly role: string | null;
}

export interface IdentityResult extends Coverage {
  readonly subject: Subject;
  /** Several needs at one scope are one result: their ids, joined by `+`. Null where nothing is needed. */
  readonly actionSet: string | null;
  readonly actionSets: readonly string[];
  readonly scope: string | null;
  /** Operations of `missing` that deny assignments take away: no role assignment gives them. */
  readonly denied: readonly string[];
  /** The deny assignments that take away what is needed. */
  readonly denials: readonly StoppingDenial[];
  readonly remedies: readonly Remedy[];
  /** Through what the excess comes, most first. */
  readonly because: readonly ExcessWitness[];
  readonly accepted: readonly AcceptedOperations[];
  /** Granted, and no page says whether it has an effect at the scope: neither covered nor excess. Undefined where there is none. */
  readonly unknownReach?: Excess | undefined;
  /** Why nobody can tell whether the need is met; null where it was checked. */
  readonly notChecked: NotChecked | null;
}

/** A need whose scope is not known, or that holds under a condition of which nobody said whether it holds. */
export interface NotChecked {
  readonly reason: 'scope-unknown' | 'conditional';
  /** The name of the scope, where it is not known. */
  readonly at: string | null;
  /** The condition, where there is one. */
  readonly when: string | null;
}

/** A deny assignment that stands in the way of a need. */
export interface StoppingDenial {
  readonly id: string;
  /** What people call it; null where it has no name. */
  readonly name: string | null;
  readonly scope: string;
  /** What of the need it takes away. */
  readonly operations: readonly string[];
  /** The condition under which alone it takes them away. */
  readonly condition: string | null;
}

/** What would give an identity the operations that one action set misses. */
export interface Remedy {
  readonly actionSet: string;
  readonly operations: readonly string[];
  /** The built-in role that gives them all; null where it takes several, or a custom role, or the role itself must change. */
  readonly role: string | null;
  /** The built-in roles that give them all together. */
  readonly roles: readonly string[];
  /** The custom role, as `az role definition create` takes it. */
  readonly customRole: CustomRole | null;
  /** Ready to paste, in order. */
  readonly commands: readonly string[];
}

/** One string of one role that grants what is not needed. */
export interface ExcessWitness {
  readonly kind: 'role-assignment' | 'role';
  /** The id of the assignment; null for a role that is not assigned yet. */
  readonly id: string | null;
  readonly scope: string | null;
  readonly role: string;
  readonly pattern: string;
  readonly list: ActionList;
  /** How many operations of the excess come through it first. */
  readonly operations: number;
  /** Where it is granted only if conditions hold: their texts. */
  readonly condition: string | null;
  /** Ids of groups, from one that the identity is in to the one that has the assignment. Empty where it is its own. */
  readonly via: readonly string[];
  /** What people call the group that has the assignment; null where it has no name, or the assignment is its own. */
  readonly group: string | null;
}

export interface AcceptedOperations {
  readonly role: string | null;
  readonly patterns: readonly string[];
  readonly reason: string;
  /** How many of the operations held are accepted by it, and would be excess without it. */
  readonly operations: number;
  /** Operations among them that an action set forbids. */
  readonly forbidden: readonly string[];
}

export interface IdentitySummary {
  readonly subject: Subject;
  /** The worst of its results; `unknown` where the snapshot does not know it, or a pattern of `never` covers no operation. */
  readonly status: CoverageStatus;
  /** What it must hold nowhere and holds. */
  readonly never: readonly NeverHeld[];
  readonly widerThanNeeded: readonly WiderAssignment[];
  readonly redundant: readonly AssignmentRef[];
}

export interface NeverHeld {
  readonly pattern: string;
  readonly scope: string | null;
  readonly count: number;
  /** The first of them. */
  readonly operations: readonly string[];
  /** How many more there are, if any. */
  readonly omitted?: number;
}

export interface AssignmentRef {
  readonly id: string;
  readonly scope: string;
  readonly role: string;
}

/** An assignment that serves needs which all lie deeper. */
export interface WiderAssignment extends AssignmentRef {
  readonly neededAt: readonly string[];
  /** The narrowest scope that would do. */
  readonly narrower: string | null;
}
