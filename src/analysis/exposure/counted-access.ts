import { getOrInsert } from '../../maps.js';
import type { DirectoryIdentity } from '../../tenant/access/denied-principals.js';
import type { Denial } from '../../tenant/access/denials.js';
import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import { AccessEvaluator } from '../../tenant/access/held-access.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { DenyAssignment } from '../../tenant/snapshot/deny-assignment.js';

/** Somebody, with all groups. */
export interface Holder extends DirectoryIdentity {
  readonly principal: string;
}

/** A role as a change would leave it. */
export interface ChangedRole {
  readonly roleGuid: string;
  readonly without: RolePermissions;
}

/** Works out what assignments give, once for all that come to the same. */
export class AccessCounter {
  private readonly evaluator: AccessEvaluator;
  private readonly deniedScopes: DeniedScopes;
  private readonly made = new WeakMap<GuardedSet, Map<string, GuardedSet>>();
  private readonly numbers = new WeakMap<object, number>();
  private lastNumber = 0;
  private kept = 0;

  constructor(
    private readonly tenant: Tenant,
    private readonly needed?: NeededAccess,
  ) {
    this.evaluator = new AccessEvaluator(tenant);
    this.deniedScopes = new DeniedScopes(tenant);
  }

  /** Whether it depends on who has the assignment what it gives. */
  dependsOnHolder({ place }: RoleAssignment): boolean {
    return this.deniedScopes.has(place);
  }

  /**
   * What the assignment gives where it stands, less what is denied and less what is needed there. Undefined where nobody
   * knows the role; `holder` is undefined where it does not depend on it.
   */
  of(
    { roleGuid, condition, place }: RoleAssignment,
    holder: Holder | undefined,
    changed?: ChangedRole,
  ): GuardedSet | undefined {
    const role = changed?.roleGuid === roleGuid ? changed.without : this.tenant.role(roleGuid);
    if (role === undefined) return undefined;
    const granted = this.evaluator.grantedBy(role, condition, place);
    if (holder === undefined) return granted;
    const { definite, unread } = this.denialsAt(place, holder);
    const needed = this.needed?.at(holder.principal, place);
    if (needed === undefined && definite.length === 0 && unread.length === 0) return granted;
    const key = [definite, unread, needed === undefined ? [] : [needed]]
      .map(list => this.keyOf(list))
      .join('; ');
    return this.once(granted, key, () => {
      const left = this.evaluator.left(
        { definite: granted.definite, conditional: granted.possible },
        { definite, unread },
      );
      return {
        definite: needed === undefined ? left.definite : left.definite.subtract(needed),
        possible: needed === undefined ? left.conditional : left.conditional.subtract(needed),
      };
    });
  }

  /** One that does not reach what lies below takes nothing away that the assignment gives there. */
  private denialsAt(place: Scope, holder: Holder): { definite: Denial[]; unread: Denial[] } {
    if (!this.deniedScopes.has(place)) return noDenials;
    const { definite, unread } = this.evaluator.denials.at(place, holder);
    const reaching = (denial: Denial): boolean => denial.deny.appliesToChildScopes;
    return { definite: definite.filter(reaching), unread: unread.filter(reaching) };
  }

  private once(granted: GuardedSet, key: string, make: () => GuardedSet): GuardedSet {
    const byKey = getOrInsert(this.made, granted, () => new Map());
    let made = byKey.get(key);
    if (made === undefined) {
      made = make();
      if (this.kept++ < maxKept) byKey.set(key, made);
    }
    return made;
  }

  private keyOf(objects: readonly object[]): string {
    return objects.map(each => this.numberOf(each)).join(' ');
  }

  private numberOf(object: object): number {
    return getOrInsert(this.numbers, object, () => ++this.lastNumber);
  }
}

/** Six kilobytes each where they are no sets that stand somewhere else. */
const maxKept = 50_000;

const noDenials: { definite: Denial[]; unread: Denial[] } = { definite: [], unread: [] };

/** What identities are expected to hold, so that it is no excess. */
export interface NeededAccess {
  /** Whether anything is said of that principal, an id in lower case. */
  knows(principal: string): boolean;
  /** What it needs at the scope or around it; the same object for the same needs. */
  at(principal: string, scope: Scope): PermissionSet | undefined;
}

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
