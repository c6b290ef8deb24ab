import type { Tenant } from '../access/tenant.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { parseScope, type Scope } from '../model/scope.js';
import type { AssignableRole } from './delegation.js';
import type { Granted, GrantReader } from './granted.js';

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
  const { certain, perhaps, guards } = granted;
  const key = [
    scope.key,
    certain.toString(36),
    perhaps.toString(36),
    roles === 'any' ? '*' : numberOf(roles),
    guards.map(({ number }) => number).join(),
  ].join(':');
  const source =
    edited === undefined
      ? ({ kind: 'gained', roles } as const)
      : ({ kind: 'gained', roles, edited } as const);
  return { key, scope, granted, source };
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
  /** Undefined for one that was gained on the way. */
  readonly held: HeldThrough | undefined;
  /**
   * Keys of scopes around one of the assignable scopes that are not around where it is held: whoever can do anything there
   * may gain by editing it. Empty for most roles, which are held below their one assignable scope.
   */
  readonly crossing: ReadonlySet<string>;
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
  private readonly customRoles = new Map<string, readonly HeldCustomRole[]>();
  private readonly assignableScopes = new Map<string, readonly Scope[]>();

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
  customRolesOf(id: string): readonly HeldCustomRole[] {
    let roles = this.customRoles.get(id);
    if (roles === undefined) {
      roles = this.tenant
        .assignmentsOf(id)
        .flatMap(assignment => this.customRoleHeld({ kind: 'role-assignment', assignment, holder: id }));
      this.customRoles.set(id, roles);
    }
    return roles;
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
    const assignableScopes = this.assignableScopesOf(roleGuid);
    if (assignableScopes.length === 0) return [];
    const { tree } = this.tenant;
    const around = tree.keysFrom(scope);
    const keys = assignableScopes.flatMap(place => [...tree.keysFrom(place)]);
    const crossing = new Set(keys.filter(key => !around.has(key)));
    return [{ roleGuid, scope, condition, assignableScopes, held, crossing }];
  }

  /** None where it is no custom role. */
  private assignableScopesOf(guid: string): readonly Scope[] {
    let scopes = this.assignableScopes.get(guid);
    if (scopes === undefined) {
      const role = this.tenant.snapshot.roleDefinitions.find(guid);
      const written = role?.roleType === 'CustomRole' ? role.assignableScopes : [];
      this.assignableScopes.set(guid, (scopes = written.map(({ value }) => parseScope(value))));
    }
    return scopes;
  }

  private read(
    holder: string,
    kind: 'role-assignment' | 'eligible-assignment',
    assignments: readonly RoleAssignment[],
  ): readonly Holding[] {
    return assignments.flatMap(assignment => {
      const granted = this.grants.of(assignment.roleGuid, assignment.condition);
      const matters =
        (granted.certain | granted.perhaps) !== 0n ||
        // One that grants nothing yet may be edited once it is active.
        (kind === 'eligible-assignment' && this.assignableScopesOf(assignment.roleGuid).length > 0);
      if (!matters) return [];
      const scope = this.tenant.scopeOf(assignment);
      return [{ key: assignment.id, scope, granted, source: { kind, assignment, holder } }];
    });
  }
}
