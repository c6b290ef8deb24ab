import { aroundOf, isIn, type Place } from '../../../tenant/access/places.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import { parseScope, type Scope } from '../../../rbac/model/scope.js';
import { CustomRoleList, type HeldCustomRole } from './custom-role-list.js';
import type { HeldThrough } from './held-through.js';
import type { Holding } from './grant.js';

/** Custom roles that are held, and where they are edited. */
export class CustomRoles {
  private readonly byHolder = new Map<string, CustomRoleList>();
  private readonly assignable = new Map<string, Assignable>();

  constructor(private readonly tenant: Tenant) {}

  /** Those among the own assignments of an id. */
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

  /** Those that a holding brings. */
  in({ scope, source }: Holding): readonly HeldCustomRole[] {
    if (source.kind !== 'gained') return this.held(source);
    if (source.roles === 'any') return [];
    return source.roles.flatMap(({ roleGuid }) => this.heldAt(roleGuid, scope, undefined, undefined));
  }

  private held(held: HeldThrough): readonly HeldCustomRole[] {
    const { roleGuid, condition } = held.assignment;
    return this.heldAt(roleGuid, this.tenant.scopeOf(held.assignment), condition, held);
  }

  private heldAt(
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

  /** Whether it is a custom role, and may be assigned anywhere. */
  isEditable(guid: string): boolean {
    return this.assignableOf(guid).scopes.length > 0;
  }
}

/** A custom role's assignable scopes; none of what is no custom role. */
interface Assignable {
  readonly scopes: readonly Scope[];
  readonly places: readonly Place[];
  /** The numbers of these places, and of all that they lie in. */
  readonly around: readonly number[];
}

const noCustomRoles = new CustomRoleList([]);
const none: readonly number[] = [];
