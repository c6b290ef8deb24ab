import { heldThrough } from '../access/granted-role.js';
import { type SetTools } from '../action-sets/need.js';
import type { Held } from '../action-sets/coverage.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import type { RoleDefinition } from '../model/role-definition.js';
import { parseScope, type Scope } from '../model/scope.js';
import { permissionsOf, type RolePermissions } from '../permissions/effective.js';
import { unionOf, type PermissionSet } from '../permissions/permission-set.js';
import { groupBy } from './group-by.js';
import type { ScopeTree } from '../snapshot/scope-tree.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/** One role at one scope, whoever has it. */
export interface Holding {
  /** Null for a role that is not assigned yet. */
  readonly assignment: RoleAssignment | null;
  /** Undefined for a role that is not assigned yet: it is held wherever it is needed. */
  readonly scope: Scope | undefined;
  readonly role: RoleDefinition;
  readonly permissions: RolePermissions;
  readonly held: Held;
  /** How many operations the role grants. */
  readonly size: number;
}

/** What a role grants, worked out once for all who have it. */
export interface RoleGrants {
  readonly role: RoleDefinition;
  readonly permissions: RolePermissions;
  readonly held: Held;
  /** The same where a condition guards all of it. */
  readonly guarded: Held;
  readonly size: number;
}

/** Who holds what, looked up by principal. */
export class Holdings {
  private readonly byGuid = new Map<string, RoleGrants | undefined>();
  private readonly scopes = new Map<string, Scope>();
  private readonly byPrincipal: ReadonlyMap<string, readonly RoleAssignment[]>;
  private readonly nothing: PermissionSet;

  constructor(
    private readonly snapshot: Pick<Snapshot, 'roleAssignments' | 'roleDefinitions'> | undefined,
    private readonly tools: SetTools,
    private readonly builtIn: (guid: string) => RoleDefinition | undefined,
    nothing: PermissionSet,
  ) {
    this.nothing = nothing;
    this.byPrincipal = groupBy(snapshot?.roleAssignments ?? [], ({ principalId }) => principalId);
  }

  assignmentsOf(principal: string): readonly RoleAssignment[] {
    return this.byPrincipal.get(principal) ?? [];
  }

  /** Undefined where the role is neither in the snapshot nor built in. */
  of(assignment: RoleAssignment): Holding | undefined {
    const grants = this.grantsOf(assignment.roleGuid);
    if (grants === undefined) return undefined;
    const { role, permissions, size } = grants;
    const held = assignment.condition === undefined ? grants.held : grants.guarded;
    return { assignment, scope: this.scopeOf(assignment), role, permissions, held, size };
  }

  /** Whether the role is in the snapshot or built in. */
  knowsRoleOf({ roleGuid }: RoleAssignment): boolean {
    return this.grantsOf(roleGuid) !== undefined;
  }

  /** As if the role were assigned wherever it is needed. */
  ofRole(role: RoleDefinition): Holding {
    return { ...this.grants(role), assignment: null, scope: undefined };
  }

  grants(role: RoleDefinition): RoleGrants {
    const { catalog, index } = this.tools;
    const permissions = permissionsOf(role, catalog, index);
    const size = permissions.set.count('control') + permissions.set.count('data');
    const held = heldThrough(role, this.tools);
    const guarded = { certain: this.nothing, conditional: held.certain.union(held.conditional) };
    return { role, permissions, held, guarded, size };
  }

  /** Scopes are few, assignments many. */
  scopeOf({ scope }: Pick<RoleAssignment, 'scope'>): Scope {
    let parsed = this.scopes.get(scope);
    if (parsed === undefined) this.scopes.set(scope, (parsed = parseScope(scope)));
    return parsed;
  }

  private grantsOf(guid: string): RoleGrants | undefined {
    if (!this.byGuid.has(guid)) {
      const role = this.snapshot?.roleDefinitions.find(guid) ?? this.builtIn(guid);
      this.byGuid.set(guid, role === undefined ? undefined : this.grants(role));
    }
    return this.byGuid.get(guid);
  }
}

/** The holdings of one principal, found by where they reach. */
export class HoldingsByScope {
  private readonly byKey: ReadonlyMap<
    string | undefined,
    readonly (readonly [at: number, holding: Holding])[]
  >;

  constructor(holdings: readonly Holding[]) {
    this.byKey = groupBy(holdings.entries(), ([, { scope }]) => scope?.key);
  }

  /** Those at that scope and around it, and those that are not assigned yet, in their order. */
  reaching(scope: Scope | undefined, tree: ScopeTree): Holding[] {
    const keys = scope === undefined ? [undefined] : [undefined, ...tree.keysFrom(scope)];
    const groups = keys.flatMap(key => {
      const group = this.byKey.get(key);
      return group === undefined ? [] : [group];
    });
    const found = groups.length > 1 ? groups.flat().sort(([a], [b]) => a - b) : (groups[0] ?? []);
    return found.map(([, holding]) => holding);
  }
}

/** All that some holdings grant. What one grants for certain, a condition on another does not make doubtful. */
export function heldTogether(holdings: readonly Holding[], nothing: PermissionSet): Held {
  const certain = unionOf(
    holdings.map(({ held }) => held.certain),
    nothing,
  );
  const conditional = unionOf(
    holdings.map(({ held }) => held.conditional),
    nothing,
  );
  return { certain, conditional: conditional.subtract(certain) };
}
