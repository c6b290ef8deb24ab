import { append } from '../../../maps.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import { aroundOf, isIn, type ScopeNode } from '../../../tenant/access/scope-nodes.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import { parseScope, type Scope } from '../../../rbac/model/scope.js';
import type { AssignmentSource, HeldCustomRole } from './grant.js';
import type { MethodGrant } from './grant.js';

/** Custom roles that are held, and where they are edited. */
export class CustomRoles {
  private readonly byHolder = new Map<string, CustomRoleList>();
  private readonly assignable = new Map<string, Assignable>();

  constructor(private readonly tenant: Tenant) {}

  /** Custom roles among the own assignments of an id. */
  of(id: string): CustomRoleList {
    let list = this.byHolder.get(id);
    if (list === undefined) {
      const roles: HeldCustomRole[] = [];
      for (const assignment of this.tenant.assignmentsOf(id)) {
        const { scopes } = this.assignableOf(assignment.roleGuid);
        if (scopes.length > 0) roles.push(...this.held({ kind: 'role-assignment', assignment, holder: id }));
      }
      this.byHolder.set(id, (list = roles.length === 0 ? noCustomRoles : new CustomRoleList(roles)));
    }
    return list;
  }

  /** Custom roles that a grant brings. */
  in({ scope, source }: MethodGrant): readonly HeldCustomRole[] {
    if (source.kind !== 'gained') return this.held(source);
    if (source.roles === 'any') return [];
    return source.roles.roles.flatMap(({ roleGuid }) => this.heldAt(roleGuid, scope, undefined, undefined));
  }

  private held(held: AssignmentSource): readonly HeldCustomRole[] {
    const { roleGuid, condition } = held.assignment;
    return this.heldAt(roleGuid, this.tenant.scopeOf(held.assignment), condition, held);
  }

  private heldAt(
    roleGuid: string,
    scope: Scope,
    condition: string | undefined,
    held: AssignmentSource | undefined,
  ): readonly HeldCustomRole[] {
    const { scopes: assignableScopes, places: assignableNodes, around } = this.assignableOf(roleGuid);
    if (assignableScopes.length === 0) return [];
    const place = this.tenant.scopeNodes.at(scope);
    const others = around.filter(number => !isIn(place, number));
    const crossing = others.length === 0 ? none : others;
    return [{ roleGuid, scope, condition, assignableScopes, assignableNodes, held, crossing }];
  }

  private assignableOf(guid: string): Assignable {
    let assignable = this.assignable.get(guid);
    if (assignable === undefined) {
      const role = this.tenant.snapshot.roleDefinitions.find(guid);
      const written = role?.roleType === 'CustomRole' ? role.assignableScopes : [];
      const scopes = written.map(({ value }) => parseScope(value));
      const places = scopes.map(scope => this.tenant.scopeNodes.at(scope));
      const around = new Set(places.flatMap(aroundOf));
      this.assignable.set(guid, (assignable = { scopes, places, around: [...around] }));
    }
    return assignable;
  }

  /** Whether it is a custom role, and may be assigned anywhere. */
  isEditable(guid: string): boolean {
    return this.assignableOf(guid).scopes.length > 0;
  }
}

/** A custom role's assignable scopes; none of what is no custom role. */
interface Assignable {
  readonly scopes: readonly Scope[];
  readonly places: readonly ScopeNode[];
  /** The numbers of these places, and of all that they lie in. */
  readonly around: readonly number[];
}

/** Custom roles that somebody could edit, with what matters of them to who cannot. */
export class CustomRoleList {
  /** The numbers of places where whoever can do anything may gain by editing one of them. */
  readonly crossing: ReadonlySet<number>;
  /** Ids that they are assigned to. */
  readonly holders: readonly string[];
  /** The same roles by the places that they are edited at: whoever may not do it there may edit none of them. */
  readonly byAssignableNodes: ReadonlyMap<readonly ScopeNode[], readonly HeldCustomRole[]>;

  constructor(readonly roles: readonly HeldCustomRole[]) {
    this.crossing = new Set(roles.flatMap(({ crossing }) => crossing));
    const groups = new Map<readonly ScopeNode[], HeldCustomRole[]>();
    for (const role of roles) {
      append(groups, role.assignableNodes, role);
    }
    this.byAssignableNodes = groups;
    this.holders = [...new Set(roles.flatMap(({ held }) => held?.holder ?? []))];
  }

  /** The same list where the assignment is none of theirs. */
  without(assignment: RoleAssignment | undefined): CustomRoleList {
    if (assignment === undefined) return this;
    const left = this.roles.filter(({ held }) => held?.assignment !== assignment);
    return left.length === this.roles.length ? this : new CustomRoleList(left);
  }
}

const noCustomRoles = new CustomRoleList([]);
const none: readonly number[] = [];
