import { getOrInsert } from '../../maps.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { DenyAssignment } from '../../tenant/snapshot/deny-assignment.js';

/**
 * Where deny assignments may take something away from what is assigned there: those around it that reach what lies below.
 * One that does not takes nothing away that the assignment gives there.
 */
export class DeniedScopes {
  private readonly numbers: ReadonlySet<number>;
  /** Subscriptions that they stand in, or at: most have none. */
  private readonly subscriptions: ReadonlySet<number>;
  private readonly atManagementGroups: readonly DenyAssignment[];
  /** Whether something is denied, by what is around a scope above subscriptions: one list for a subscription and all that lies in it. */
  private readonly deniedAbove = new Map<readonly number[], boolean>();

  constructor(private readonly tenant: Tenant) {
    const reaching = tenant.snapshot.denyAssignments.filter(
      ({ appliesToChildScopes, effect }) => appliesToChildScopes && effect !== 'audit',
    );
    const places = reaching.map(({ place }) => tenant.scopeNodes.at(place));
    this.numbers = new Set(places.map(({ number }) => number));
    this.subscriptions = new Set(places.map(({ subscription }) => subscription));
    this.atManagementGroups = reaching.filter(({ place }) => place.kind === 'management-group');
  }

  has(scope: Scope): boolean {
    if (this.numbers.size === 0) return false;
    const { subscription, within, above } = this.tenant.scopeNodes.at(scope);
    const isDenied = getOrInsert(this.deniedAbove, above, () => this.isDeniedAbove(scope, above));
    if (isDenied) return true;
    return this.subscriptions.has(subscription) && within.some(number => this.numbers.has(number));
  }

  /** Nobody may know whether a management group is among them. */
  private isDeniedAbove(scope: Scope, above: readonly number[]): boolean {
    return (
      above.some(number => this.numbers.has(number)) ||
      this.atManagementGroups.some(({ place }) => this.tenant.tree.reach(place.key, scope) === 'unknown')
    );
  }
}
