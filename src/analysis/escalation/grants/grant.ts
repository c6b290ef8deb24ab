import type { Scope } from '../../../rbac/model/scope.js';
import type { HeldCustomRole } from './custom-role-list.js';
import type { AssignableRole } from './delegations.js';
import type { Granted } from './grant-evaluator.js';
import type { HeldThrough } from './held-through.js';

/** Something that gives operations of methods at a scope and below. */
export interface Holding {
  /** Equal for what gives the same at the same scope. */
  readonly key: string;
  readonly scope: Scope;
  readonly granted: Granted;
  readonly source: HoldingSource;
}

/** An assignment that stands in the snapshot, or what somebody gave themselves on the way. */
export type HoldingSource =
  | HeldThrough
  | {
      readonly kind: 'gained';
      readonly roles: readonly AssignableRole[] | 'any';
      /** The custom role that was edited to grant it. */
      readonly edited?: HeldCustomRole;
    };

/** What somebody gave themselves. */
export function gainedHolding(
  scope: Scope,
  granted: Granted,
  roles: readonly AssignableRole[] | 'any',
  edited?: HeldCustomRole,
): Holding {
  const source =
    edited === undefined
      ? ({ kind: 'gained', roles } as const)
      : ({ kind: 'gained', roles, edited } as const);
  return new GainedHolding(scope, granted, source);
}

/** Most are found to add nothing before anybody asks for their key. */
class GainedHolding implements Holding {
  constructor(
    readonly scope: Scope,
    readonly granted: Granted,
    readonly source: Extract<HoldingSource, { kind: 'gained' }>,
  ) {}

  get key(): string {
    const { number, guards } = this.granted;
    const { roles } = this.source;
    const from = roles === 'any' ? '*' : numberOf(roles);
    return [this.scope.key, number, from, guards.map(guard => guard.number).join()].join(':');
  }
}

/** Lists of roles come from few conditions, each list once. */
function numberOf(roles: readonly AssignableRole[]): number {
  let number = numbers.get(roles);
  if (number === undefined) numbers.set(roles, (number = ++last));
  return number;
}

const numbers = new WeakMap<readonly AssignableRole[], number>();
let last = 0;
