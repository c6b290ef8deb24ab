import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../tenant/access/decide.js';
import type { Tenant } from '../../../src/tenant/access/tenant.js';
import { attributeKey } from '../../../src/rbac/conditions/knowledge.js';
import { type EscalationMethod, loadMethods } from '../../../src/analysis/escalation/methods/method.js';
import { fullTypeOf } from '../../../src/analysis/escalation/methods/resource-type.js';
import type { Plane } from '../../../src/rbac/model/role-definition.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import {
  assign,
  corp,
  deny,
  everyone,
  group,
  groupOf,
  id,
  roles,
  type Row,
  type Rows,
  subscription,
  tenantOf,
} from '../../tenant/access/tenant-rows.js';
import { carrier, customRole, identity, onlyRoles, report, userAssigned } from './paths-of.js';
import { runs } from '../../portion.js';

// The same question answered the slow way: one operation at a time, by `decide`, in worlds that steps have changed.

const methods = loadMethods();
const write = 'Microsoft.Authorization/roleAssignments/write';
const storage = `${group}/providers/Microsoft.Storage/storageAccounts/store`;
const places = [
  '/',
  corp,
  subscription,
  group,
  storage,
  `${subscription}/resourceGroups/rg2`,
  `${subscription}/resourceGroups/empty`,
];

/** Whether the principal controls the subscription in the end, for all that can be told. */
class Reference {
  private readonly tenants = new WeakMap<Rows, Tenant>();
  private readonly answers = new WeakMap<Rows, Map<string, boolean>>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly rows: Rows,
    private readonly includeEligible: boolean,
  ) {}

  reaches(principal: string): boolean {
    this.seen.add(principal);
    const world = this.grow(principal);
    if (this.may(world, principal, write, subscription, undefined, ['allowed'])) return true;
    if (this.isHeldBackPerhaps(world, principal)) return true;
    return this.becomes(world, principal).some(next => !this.seen.has(next) && this.reaches(next));
  }

  /** Control without a condition that a deny assignment may take away. */
  private isHeldBackPerhaps(world: Rows, principal: string): boolean {
    const free = { ...world, denyAssignments: [] };
    return (
      this.may(free, principal, write, subscription, undefined, ['allowed']) &&
      this.may(world, principal, write, subscription)
    );
  }

  private may(
    world: Rows,
    principal: string,
    operation: string,
    scope: string,
    request?: { readonly role: string; readonly principal: string; readonly type: string },
    accepted: readonly string[] = ['allowed', 'conditional'],
    plane: Plane = 'control',
  ): boolean {
    const attributes = new Map(
      request === undefined
        ? []
        : [
            [key('RoleDefinitionId'), [request.role]],
            [key('PrincipalId'), [request.principal]],
            [key('PrincipalType'), [request.type]],
          ],
    );
    const question = { principal, operation, plane, scope };
    const asked = JSON.stringify([question, request, accepted]);
    const known = this.answers.get(world) ?? new Map<string, boolean>();
    this.answers.set(world, known);
    let answer = known.get(asked);
    if (answer === undefined) {
      answer = accepted.includes(decide(this.tenant(world), question, attributes).decision);
      known.set(asked, answer);
    }
    return answer;
  }

  /** Everything that the principal can add to what it holds, until nothing more comes. */
  private grow(principal: string): Rows {
    let world = this.rows;
    for (let size = -1; size !== sizeOf(world); ) {
      size = sizeOf(world);
      world = this.join(world, principal);
      world = this.assignAll(world, principal);
      world = this.editRoles(world, principal);
      if (this.includeEligible) world = this.activate(world, principal);
    }
    return world;
  }

  private assignAll(world: Rows, principal: string): Rows {
    const tenant = this.tenant(world);
    const self = tenant.snapshot.principals.get(principal)!;
    const recipients = [
      { id: principal, type: self.type },
      ...tenant
        .identityOf(principal)
        .ids.slice(1)
        .map(each => ({ id: each, type: 'Group' })),
      ...(self.type === 'User' ? ['ServicePrincipal', 'Group'].map(type => ({ id: id(999), type })) : []),
    ];
    const candidates = [...Object.values(roles), everything, ...custom.map(({ guid }) => guid)];
    let next = world;
    for (const scope of places) {
      for (const role of candidates) {
        const given = recipients.some(to =>
          this.may(world, principal, write, scope, { role, principal: to.id, type: to.type }),
        );
        const byPim = methods
          .filter(({ gains }) => gains === 'any-role')
          .some(({ ways }) => this.mayDo(world, principal, ways, scope));
        if (given || byPim) next = withAssignment(next, role, principal, scope);
      }
    }
    return next;
  }

  private editRoles(world: Rows, principal: string): Rows {
    const tenant = this.tenant(world);
    const held = tenant.identityOf(principal).ids.flatMap(holder => tenant.assignmentsOf(holder));
    let next = world;
    for (const { roleGuid, scope, condition } of held) {
      const role = tenant.snapshot.roleDefinitions.find(roleGuid);
      if (role?.roleType !== 'CustomRole' || roleGuid === everything || role.assignableScopes.length === 0)
        continue;
      const operation = 'Microsoft.Authorization/roleDefinitions/write';
      if (role.assignableScopes.every(({ value }) => this.may(world, principal, operation, value)))
        next = withAssignment(next, everything, principal, scope, condition);
    }
    return next;
  }

  private activate(world: Rows, principal: string): Rows {
    const tenant = this.tenant(world);
    let next = world;
    for (const holder of tenant.identityOf(principal).ids)
      for (const { roleGuid, scope, condition } of tenant.eligibleOf(holder))
        next = withAssignment(next, roleGuid, principal, scope, condition);
    return next;
  }

  private join(world: Rows, principal: string): Rows {
    const groups = (world.principals ?? []).filter(
      ({ type, owners }) => type === 'Group' && (owners as string[] | undefined)?.includes(principal),
    );
    const joined = groups.map(({ id: each }) => each as string);
    if (joined.length === 0) return world;
    const principals = (world.principals ?? []).map(row => {
      if (row['id'] !== principal) return row;
      return { ...row, memberOf: [...new Set([...(row['memberOf'] as string[]), ...joined])] };
    });
    return { ...world, principals };
  }

  private becomes(world: Rows, principal: string): string[] {
    const owned = (world.principals ?? []).filter(
      ({ type, owners, servicePrincipalType }) =>
        type === 'ServicePrincipal' &&
        servicePrincipalType !== 'ManagedIdentity' &&
        (owners as string[] | undefined)?.includes(principal),
    );
    const found = owned.map(({ id: each }) => each as string);
    for (const { id: resource, type, principalId, userAssigned: more } of this.tenant(world).snapshot
      .resources) {
      for (const method of methods.filter(each => each.resourceTypes?.includes(type))) {
        const place = method.at === 'parent' ? resource.split('/').slice(0, -2).join('/') : resource;
        if (!this.mayDo(world, principal, method.ways, place) || !this.carries(world, principal, method))
          continue;
        found.push(
          ...[principalId, ...more.map(each => each.principalId)].filter(each => each !== undefined),
        );
      }
    }
    return found;
  }

  private carries(world: Rows, principal: string, { carriers }: EscalationMethod): boolean {
    if (carriers === undefined) return true;
    return carriers.some(operations =>
      places
        .concat(this.tenant(world).snapshot.resources.map(each => each.id))
        .filter(
          place =>
            parseScope(place).kind !== 'resource' ||
            operations.every(operation => `${operation.toLowerCase()}/`.startsWith(`${fullTypeOf(place)}/`)),
        )
        .some(place => operations.every(operation => this.may(world, principal, operation, place))),
    );
  }

  private mayDo(world: Rows, principal: string, ways: EscalationMethod['ways'], place: string): boolean {
    return ways.some(
      ({ control = [], data = [] }) =>
        control.every(operation => this.may(world, principal, operation, place)) &&
        data.every(operation => this.may(world, principal, operation, place, undefined, undefined, 'data')),
    );
  }

  private tenant(world: Rows): Tenant {
    let tenant = this.tenants.get(world);
    if (tenant === undefined) this.tenants.set(world, (tenant = tenantOf(world)));
    return tenant;
  }
}

function key(attribute: string): string {
  return attributeKey('Request', `Microsoft.Authorization/roleAssignments:${attribute}`);
}

function sizeOf({ roleAssignments = [], principals = [] }: Rows): number {
  return roleAssignments.length + JSON.stringify(principals).length;
}

/** Once: what is there already adds nothing. */
function withAssignment(
  rows: Rows,
  role: string,
  principal: string,
  scope: string,
  condition?: string,
): Rows {
  const name = `${role} ${principal} ${scope} ${condition ?? ''}`;
  const known = rows.roleAssignments ?? [];
  if (known.some(row => row['gained'] === name)) return rows;
  const row = {
    ...assign(role, principal, scope, condition === undefined ? {} : { condition }),
    gained: name,
  };
  return { ...rows, roleAssignments: [...known, row] };
}

const everythingRole = customRole(['*'], {
  permissions: [{ actions: ['*'], notActions: [], dataActions: ['*'], notDataActions: [] }],
});
const everything = everythingRole.guid;
const custom = [
  customRole(['Microsoft.Compute/virtualMachines/*'], { assignableScopes: [group] }),
  customRole(['Microsoft.Authorization/roleDefinitions/*'], { assignableScopes: [subscription] }),
  customRole(['Microsoft.ManagedIdentity/*/action'], { assignableScopes: [subscription, group] }),
  customRole(['Microsoft.Logic/*', 'Microsoft.Authorization/*/read'], { assignableScopes: [corp] }),
  customRole(['Microsoft.Authorization/roleAssignmentScheduleRequests/write']),
  customRole(['Microsoft.Authorization/roleAssignments/*'], {
    permissions: [
      { actions: ['*'], notActions: ['Microsoft.Authorization/*'], dataActions: [], notDataActions: [] },
    ],
  }),
];

const conditions = [
  onlyRoles(roles.reader),
  onlyRoles(roles.owner),
  onlyRoles(roles.contributor, roles.rbacAdministrator),
  `@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'`,
  `@Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {${id(1)}, ${id(7)}}`,
  `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {${roles.owner}, ${roles.rbacAdministrator}, ${everything}}`,
  `(!(ActionMatches{'Microsoft.Compute/*'})) OR (@Resource[x:y] StringEquals 'z')`,
];

const guids = [...Object.values(roles), ...custom.map(({ guid }) => guid)];
const anybody = fc.integer({ min: 1, max: 9 });
const assignment = fc.record({
  role: fc.constantFrom(...guids),
  principal: anybody,
  scope: fc.constantFrom(...places),
  condition: fc.option(fc.constantFrom(...conditions), { freq: 3, nil: undefined }),
});
const world = fc.record({
  assignments: fc.array(assignment, { minLength: 2, maxLength: 9 }),
  eligible: fc.array(assignment, { maxLength: 2 }),
  members: fc.array(fc.tuple(anybody, fc.integer({ min: 7, max: 8 })), { maxLength: 4 }),
  owners: fc.array(fc.tuple(anybody, fc.integer({ min: 5, max: 8 })), { maxLength: 2 }),
  denied: fc.array(
    fc.record({
      actions: fc.constantFrom(
        '*',
        'Microsoft.Compute/*',
        'Microsoft.Authorization/*',
        'Microsoft.ManagedIdentity/*',
      ),
      scope: fc.constantFrom(corp, subscription, group),
      excluded: anybody,
    }),
    { maxLength: 1 },
  ),
  includeEligible: fc.boolean(),
});

function rowsOf({
  assignments,
  eligible,
  members,
  owners,
  denied,
}: typeof world extends fc.Arbitrary<infer W> ? W : never): Rows {
  const memberOf = (number: number): string[] =>
    members.flatMap(([member, of]) => (member === number && of !== number ? [id(of)] : []));
  const ownersOf = (number: number): string[] =>
    owners.flatMap(([owner, of]) => (of === number ? [id(owner)] : []));
  const principal = (number: number, row: Row): Row => ({
    ...row,
    memberOf: memberOf(number),
    owners: ownersOf(number),
  });
  const toRow = ({ role, principal: to, scope, condition }: (typeof assignments)[number]): Row =>
    assign(role, id(to), scope, condition === undefined ? {} : { condition });
  return {
    principals: [
      ...[1, 2, 3].map(number => principal(number, { id: id(number), type: 'User' })),
      ...[4, 9].map(number => principal(number, identity(number))),
      ...[5, 6].map(number => principal(number, { id: id(number), type: 'ServicePrincipal' })),
      ...[7, 8].map(number => principal(number, groupOf(number))),
    ],
    roleDefinitions: [everythingRole.row, ...custom.map(({ row }) => row)],
    resources: [
      carrier('Microsoft.Compute/virtualMachines', 'vm', 4),
      carrier('Microsoft.Logic/workflows', 'flow', 6, `${subscription}/resourceGroups/rg2`),
      userAssigned('deployer', 9),
    ],
    roleAssignments: assignments.map(toRow),
    eligibleAssignments: eligible.map(toRow),
    denyAssignments: denied.map(({ actions, scope, excluded }) =>
      deny(scope, {
        permissions: [{ actions: [actions] }],
        principals: [everyone],
        excludePrincipals: [{ id: id(excluded) }],
      }),
    ),
  };
}

test('agrees with the slow way on who can come to control the subscription', () => {
  fc.assert(
    fc.property(world, given => {
      const rows = rowsOf(given);
      const { includeEligible } = given;
      const { paths } = report(rows, { to: subscription, includeOwners: true, includeEligible });
      const found = paths.map(({ from }) => from.id);
      const people = [1, 2, 3, 4, 5, 6, 9].map(id);
      const expected = people.filter(each => new Reference(rows, includeEligible).reaches(each));
      expect([...found].sort()).toEqual(expected);
    }),
    runs({ whole: 400, part: 12 }),
  );
}, 900_000);
