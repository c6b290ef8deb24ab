import { ScopeArray } from './scope-array.js';
import { keyAround, parseScope, type Scope } from '../../rbac/model/scope.js';
import type { ScopeTree } from '../snapshot/scope-tree.js';

/** A scope of the tenant as numbers: those of scopes are equal where their keys are. */
export interface ScopeNode {
  readonly number: number;
  /** One of its scopes, of those that differ in nothing but case: not for its text. */
  readonly scope: Scope;
  /** The number of the subscription that it lies in, or is; 0 above subscriptions. */
  readonly subscription: number;
  /** Itself and what it lies in, from its subscription down; empty above subscriptions. */
  readonly within: readonly number[];
  /** Itself and what it lies in above subscriptions, as far as that is known. */
  readonly above: readonly number[];
}

/** The scopes of a tenant, numbered once: a million assignments share them, and comparing numbers takes no hashing. */
export class ScopeNodes {
  /** Nodes by the ordinal of the scope. */
  private readonly byOrdinal = new ScopeArray<ScopeNode>();
  private readonly byKey = new Map<string, ScopeNode>();
  /** Numbers of what stands above subscriptions, by key. */
  private readonly numbersAbove = new Map<string, number>();
  private lastNumber = 0;

  constructor(private readonly tree: ScopeTree) {}

  /** `scope` is one of the tenant's snapshot, or from elsewhere. */
  at(scope: Scope): ScopeNode {
    const { ordinal } = scope;
    if (ordinal === undefined) return this.ofKey(scope);
    let place = this.byOrdinal.get(ordinal);
    if (place === undefined) this.byOrdinal.set(ordinal, (place = this.ofKey(scope)));
    return place;
  }

  private ofKey(scope: Scope): ScopeNode {
    let place = this.byKey.get(scope.key);
    if (place !== undefined) return place;
    place = isInSubscription(scope.key) ? this.inSubscription(scope) : this.aboveSubscriptions(scope);
    this.byKey.set(scope.key, place);
    return place;
  }

  /** What a resource lies in is what its resource group does and the group itself: worked out once for all in it. */
  private inSubscription(scope: Scope): ScopeNode {
    const number = ++this.lastNumber;
    if (scope.kind === 'subscription')
      return { number, scope, subscription: number, within: [number], above: this.above(scope) };
    const parent = keyAround(scope)!;
    const { subscription, within, above } = this.byKey.get(parent) ?? this.ofKey(parseScope(parent));
    return { number, scope, subscription, within: within.concat(number), above };
  }

  private aboveSubscriptions(scope: Scope): ScopeNode {
    const number = this.numberAbove(scope.key);
    return { number, scope, subscription: 0, within: [], above: this.above(scope) };
  }

  private above(scope: Scope): number[] {
    const keys = [...this.tree.keysFrom(scope)];
    return keys.filter(key => !isInSubscription(key)).map(key => this.numberAbove(key));
  }

  private numberAbove(key: string): number {
    let number = this.numbersAbove.get(key);
    if (number === undefined) this.numbersAbove.set(key, (number = ++this.lastNumber));
    return number;
  }
}

/** Whether the key is of a subscription, or of what lies in one. */
function isInSubscription(key: string): boolean {
  return key.startsWith('/subscriptions/');
}

/** The numbers of a place and of all that it lies in, as far as that is known. */
export function aroundOf({ above, within }: ScopeNode): readonly number[] {
  return within.length === 0 ? above : above.concat(within);
}

/** Whether the place lies in that of the number, or is it. */
export function isIn({ above, within }: ScopeNode, number: number): boolean {
  return within.includes(number) || above.includes(number);
}
