import { getOrInsert } from '../../maps.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { Bitset } from '../../rbac/permissions/bitset.js';
import type { EntryPermissions } from '../../rbac/permissions/role-permissions.js';
import { PermissionSet, unionOf, type PlaneSet } from '../../rbac/permissions/permission-set.js';
import type { DenyAssignment } from '../snapshot/deny-assignment.js';
import { isDenied, type DirectoryIdentity } from './denied-principals.js';
import { isGuarded } from './granted-role.js';
import { guardedSet, type GuardedSet, scopeMatters } from './guarded-set.js';
import type { Tenant } from './tenant.js';

/** A deny assignment as it meets some scopes: the same object wherever it takes the same away. */
export class Denial {
  private readonly touched = new WeakMap<PermissionSet, boolean>();

  constructor(
    readonly deny: DenyAssignment,
    private readonly scope: Scope,
    private readonly tenant: Tenant,
    private readonly nothing: PermissionSet,
  ) {}

  /** Whether it is about anything in a set. Most are about nothing that somebody holds. */
  touches(set: PermissionSet): boolean {
    return getOrInsert(this.touched, set, () =>
      this.tenant
        .denied(this.deny)
        .entries.some(entry => touchesOn('control', entry, set) || touchesOn('data', entry, set)),
    );
  }

  /** What of a set it takes away, and what where its conditions hold. Its wildcards reach what is of any plane, or none. */
  takenFrom(granted: PermissionSet): GuardedSet {
    const { deny, tenant, nothing } = this;
    const parts = tenant.denied(deny).entries.map(entry => {
      const covered = this.coveredBy(entry, granted);
      const texts = [entry.permission.condition?.value, deny.condition].filter(text => text !== undefined);
      if (texts.length === 0) return { definite: covered, possible: nothing };
      return guardedSet(covered, texts, this.scope, tenant);
    });
    const union = (part: keyof GuardedSet): PermissionSet =>
      unionOf(
        parts.map(split => split[part]),
        nothing,
      );
    return { definite: union('definite'), possible: union('possible') };
  }

  /** Most of what is denied is about one plane, and about a few of the operations held. */
  private coveredBy(entry: EntryPermissions, granted: PermissionSet): PermissionSet {
    const restrict = (plane: Plane): PlaneSet => {
      if (!touchesOn(plane, entry, granted)) return this.nothing[plane];
      const { known, unknownPlane, unlisted } = granted[plane];
      const within = (bits: Bitset): Bitset => {
        const kept = entry.set[plane].known.clone();
        kept.addAll(entry.set[plane].unknownPlane);
        kept.keepAll(bits);
        return kept;
      };
      return {
        known: within(known),
        unknownPlane: unknownPlane.isEmpty ? unknownPlane : within(unknownPlane),
        unlisted: new Map([...unlisted].filter(([lower]) => entry.witness(lower, plane) !== undefined)),
      };
    };
    return new PermissionSet(this.tenant.catalog, restrict('control'), restrict('data'));
  }
}

function touchesOn(plane: Plane, entry: EntryPermissions, set: PermissionSet): boolean {
  const { known, unknownPlane } = entry.set[plane];
  const held = [set[plane].known, set[plane].unknownPlane];
  return (
    held.some(bits => bits.intersects(known) || bits.intersects(unknownPlane)) ||
    [...set[plane].unlisted.keys()].some(lower => entry.witness(lower, plane) !== undefined)
  );
}

/** Deny assignments that are about someone at a scope, and those of which nobody knows whether they are. */
export interface DenialsAt {
  readonly definite: readonly Denial[];
  readonly unread: readonly Denial[];
}

/** Finds deny assignments by the scopes that they reach. Those that only audit stop nobody. */
export class Denials {
  private readonly made = new Map<DenyAssignment, Map<string, Denial>>();

  constructor(
    private readonly tenant: Tenant,
    private readonly nothing: PermissionSet,
  ) {}

  at(scope: Scope, identity: DirectoryIdentity): DenialsAt {
    const definite: Denial[] = [];
    const unread: Denial[] = [];
    for (const { item: deny, reach } of this.tenant.denyAssignmentsAround(scope)) {
      if (!deny.appliesToChildScopes && this.tenant.scopeOf(deny).key !== scope.key) continue;
      const meant = isDenied(deny, identity, this.tenant.snapshot.principals);
      if (meant === 'false') continue;
      const isCertain = reach === 'reaches' && meant === 'true';
      (isCertain ? definite : unread).push(this.denial(deny, scope));
    }
    return { definite, unread };
  }

  private denial(deny: DenyAssignment, scope: Scope): Denial {
    const made = getOrInsert(this.made, deny, () => new Map<string, Denial>());
    const guarded = isGuarded(this.tenant.denied(deny), deny.condition) && scopeMatters(scope);
    const key = guarded ? scope.key : '';
    return getOrInsert(made, key, () => new Denial(deny, scope, this.tenant, this.nothing));
  }
}

/** What is left of what is granted, and what is taken away for certain. */
export interface LeftAccess {
  readonly definite: PermissionSet;
  readonly conditional: PermissionSet;
  readonly denied: PermissionSet;
}

/** Takes away what each of the denials takes; what one may take is conditional then. */
export function lessTaken(
  { definite, conditional }: Pick<LeftAccess, 'definite' | 'conditional'>,
  taken: readonly GuardedSet[],
  nothing: PermissionSet,
): LeftAccess {
  if (taken.length === 0) return { definite, conditional, denied: nothing };
  const union = (part: keyof GuardedSet): PermissionSet =>
    unionOf(
      taken.map(each => each[part]),
      nothing,
    );
  const denied = union('definite');
  const possible = union('possible').subtract(denied);
  return {
    definite: definite.subtract(denied).subtract(possible),
    conditional: conditional.union(definite.intersect(possible)).subtract(denied),
    denied,
  };
}
