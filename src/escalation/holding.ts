import { aroundOf, isIn, type Place } from '../access/places.js';
import type { Tenant } from '../access/tenant.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { parseScope, type Scope } from '../model/scope.js';
import { CustomRoleList } from './custom-role-list.js';
import type { AssignableRole } from './delegation.js';
import type { Granted, GrantReader } from './granted.js';
import { nothing } from './held-sets.js';

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

/** A custom role that somebody holds, and could edit. */
export interface HeldCustomRole {
  readonly roleGuid: string;
  readonly scope: Scope;
  readonly condition: string | undefined;
  readonly assignableScopes: readonly Scope[];
  /** Those of these: the same list for all who hold the role. */
  readonly assignablePlaces: readonly Place[];
  /** Undefined for one that was gained on the way. */
  readonly held: HeldThrough | undefined;
  /**
   * Numbers of places around one of the assignable scopes that are not around where it is held: whoever can do anything
   * there may gain by editing it. Empty for most roles, which are held below their one assignable scope.
   */
  readonly crossing: readonly number[];
}

/** An assignment, and who has it: the principal itself, or a group. */
export interface HeldThrough {
  readonly kind: 'role-assignment' | 'eligible-assignment';
  readonly assignment: RoleAssignment;
  readonly holder: string;
}

/** What each id holds of operations that matter. Most assignments give none of them. */
export class Holdings {
  private readonly known = new Map<string, readonly Holding[]>();
  private readonly eligible = new Map<string, readonly Holding[]>();
  private readonly customRoles = new Map<string, CustomRoleList>();
  private readonly assignable = new Map<string, Assignable>();

  constructor(
    private readonly tenant: Tenant,
    private readonly grants: GrantReader,
    private readonly isEligibleIncluded: boolean,
  ) {}

  /** Its own assignments alone. */
  of(id: string): readonly Holding[] {
    let holdings = this.known.get(id);
    if (holdings === undefined) {
      holdings = this.read(id, 'role-assignment', this.tenant.assignmentsOf(id));
      this.known.set(id, holdings);
    }
    return holdings;
  }

  /** What it could activate; nothing where that is left out of account. */
  eligibleOf(id: string): readonly Holding[] {
    if (!this.isEligibleIncluded) return [];
    let holdings = this.eligible.get(id);
    if (holdings === undefined) {
      holdings = this.read(id, 'eligible-assignment', this.tenant.eligibleOf(id));
      this.eligible.set(id, holdings);
    }
    return holdings;
  }

  /** Custom roles among its own assignments. */
  customRolesOf(id: string): CustomRoleList {
    let list = this.customRoles.get(id);
    if (list === undefined) {
      const roles: HeldCustomRole[] = [];
      for (const assignment of this.tenant.assignmentsOf(id)) {
        const { scopes } = this.assignableOf(assignment.roleGuid);
        if (scopes.length > 0)
          roles.push(...this.customRoleHeld({ kind: 'role-assignment', assignment, holder: id }));
      }
      this.customRoles.set(id, (list = roles.length === 0 ? noCustomRoles : new CustomRoleList(roles)));
    }
    return list;
  }

  /** Custom roles that a holding brings. */
  customRolesIn({ scope, source }: Holding): readonly HeldCustomRole[] {
    if (source.kind !== 'gained') return this.customRoleHeld(source);
    if (source.roles === 'any') return [];
    return source.roles.flatMap(({ roleGuid }) => {
      return this.customRole(roleGuid, scope, undefined, undefined);
    });
  }

  private customRoleHeld(held: HeldThrough): readonly HeldCustomRole[] {
    const { roleGuid, condition } = held.assignment;
    return this.customRole(roleGuid, this.tenant.scopeOf(held.assignment), condition, held);
  }

  private customRole(
    roleGuid: string,
    scope: Scope,
    condition: string | undefined,
    held: HeldThrough | undefined,
  ): readonly HeldCustomRole[] {
    const { scopes: assignableScopes, places: assignablePlaces, around } = this.assignableOf(roleGuid);
    if (assignableScopes.length === 0) return [];
    const place = this.tenant.places.at(scope);
    const others = around.filter(number => !isIn(place, number));
    const crossing = others.length === 0 ? none : others;
    return [{ roleGuid, scope, condition, assignableScopes, assignablePlaces, held, crossing }];
  }

  private assignableOf(guid: string): Assignable {
    let assignable = this.assignable.get(guid);
    if (assignable === undefined) {
      const role = this.tenant.snapshot.roleDefinitions.find(guid);
      const written = role?.roleType === 'CustomRole' ? role.assignableScopes : [];
      const scopes = written.map(({ value }) => parseScope(value));
      const places = scopes.map(scope => this.tenant.places.at(scope));
      const around = new Set(places.flatMap(aroundOf));
      this.assignable.set(guid, (assignable = { scopes, places, around: [...around] }));
    }
    return assignable;
  }

  private read(
    holder: string,
    kind: 'role-assignment' | 'eligible-assignment',
    assignments: readonly RoleAssignment[],
  ): readonly Holding[] {
    const holdings: Holding[] = [];
    for (const assignment of assignments) {
      const granted = this.grants.of(assignment.roleGuid, assignment.condition);
      const matters =
        granted.number !== nothing ||
        // One that grants nothing yet may be edited once it is active.
        (kind === 'eligible-assignment' && this.assignableOf(assignment.roleGuid).scopes.length > 0);
      if (matters) holdings.push(new AssignedHolding(kind, assignment, holder, granted));
    }
    return holdings.length === 0 ? noHoldings : holdings;
  }
}

/** A custom role's assignable scopes; none of what is no custom role. */
interface Assignable {
  readonly scopes: readonly Scope[];
  readonly places: readonly Place[];
  /** The numbers of these places, and of all that they lie in. */
  readonly around: readonly number[];
}

/** An assignment as what somebody holds. There may be a million: it is its own source, and works out the rest. */
class AssignedHolding implements Holding, HeldThrough {
  constructor(
    readonly kind: HeldThrough['kind'],
    readonly assignment: RoleAssignment,
    readonly holder: string,
    readonly granted: Granted,
  ) {}

  get key(): string {
    return this.assignment.id;
  }

  get scope(): Scope {
    return this.assignment.place;
  }

  get source(): HeldThrough {
    return this;
  }
}

const noHoldings: readonly Holding[] = [];
const noCustomRoles = new CustomRoleList([]);
const none: readonly number[] = [];
