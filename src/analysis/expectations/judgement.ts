import type { Comparison, Coverage, CoverageOptions } from '../../rbac/action-sets/coverage.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { AcceptedOperations, NeverHeld, StoppingDenial } from './check-report.js';
import type { WitnessStep } from './excess-witnesses.js';
import type { AcceptedExcess } from './expectations.js';
import type { PlanePattern } from './matching-operations.js';
import type { JudgedScope } from './places.js';

/** What, by what, beside its needs, an identity is judged. The same object for all who are judged alike. */
export interface Policy {
  readonly accepted: readonly AcceptedExcess[];
  readonly never: readonly PlanePattern[];
  readonly options: CoverageOptions;
}

/** What some roles are found to be for some needs: the same for all who hold them there. */
export interface Judgement {
  readonly found: Pick<
    Comparison,
    | 'status'
    | 'coverage'
    | 'leastPrivilege'
    | 'conditional'
    | 'missing'
    | 'forbidden'
    | 'excess'
    | 'unaccepted'
  > & {
    /** What of the missing deny assignments take away, whatever grants it. */
    readonly denied: PermissionSet;
  };
  readonly coverage: Coverage;
  /** Operations of the missing that deny assignments take away, by name. */
  readonly denied: readonly string[];
  /** Deny assignments that take something away which is needed. */
  readonly denials: readonly StoppingDenial[];
  readonly accepted: readonly AcceptedOperations[];
  /** What must be held nowhere; what is needed left out. */
  readonly never: readonly Omit<NeverHeld, 'scope'>[];
  /** Granted, and nobody knows whether it has an effect at the place; undefined where there is none of that. */
  readonly unknownReach: Coverage['excess'] | undefined;
  /** The steps that explain the excess, by the roles in the order in which they are asked. */
  readonly traces: Map<string, readonly WitnessStep[]>;
}

/** What of a scope its judgement depends on. */
export type NeedsHere = Pick<JudgedScope, 'scope' | 'need' | 'around' | 'inside' | 'sets' | 'recommended'>;
