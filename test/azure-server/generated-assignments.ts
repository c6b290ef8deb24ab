import { seededRandom } from '../seeded.js';
import { groupId as managementGroupId } from './arm-containers.js';
import { typeOfKind } from './authorization-rows.js';
import type { TenantSizes } from './generate-tenant.js';
import { builtInRoles } from './generated-roles.js';
import { guidOf, pick } from './ids.js';
import { subscriptionOf } from './scope-tree.js';
import type {
  AuthorizationKind,
  AuthorizationRows,
  Directory,
  ManagementGroup,
  RoleDefinitionRow,
  ScopedRow,
} from './tenant.js';

type Random = () => number;

const everyone = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };
const blobCondition =
  "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'))";

/** Assignments of all kinds; those of a subscription follow from its number alone. */
export class AssignmentRows {
  private readonly principals: readonly { principalId: string; principalType: string }[];
  private readonly roles: readonly string[];

  constructor(
    private readonly sizes: TenantSizes,
    directory: Directory,
    roles: readonly RoleDefinitionRow[],
  ) {
    this.principals = [...directory.objects.values()].map(object => ({
      principalId: object.id,
      principalType: typeOf(object['@odata.type']),
    }));
    this.roles = roles.map(({ guid }) => guid);
  }

  top(groups: readonly ManagementGroup[]): AuthorizationRows {
    const random = seededRandom(this.sizes.seed + 41);
    // The first stands at the root: what an administrator leaves behind who elevated himself.
    const scopeOf = (kind: AuthorizationKind, number: number): string =>
      number === 0 && kind !== 'denyAssignments' ? '/' : managementGroupId(pick(random, groups).name);
    const rows = (kind: AuthorizationKind): ScopedRow[] =>
      Array.from({ length: this.sizes.topAssignments }, (_, number) =>
        this.row(kind, `top ${kind}`, number, scopeOf(kind, number), random),
      );
    return {
      roleAssignments: rows('roleAssignments'),
      denyAssignments: rows('denyAssignments'),
      eligibleAssignments: rows('eligibleAssignments'),
      activeAssignments: rows('activeAssignments'),
    };
  }

  inSubscription(id: string, number: number): AuthorizationRows {
    const { sizes } = this;
    const random = seededRandom(sizes.seed * 7919 + number * 31);
    const rows = (kind: AuthorizationKind, length: number): ScopedRow[] =>
      Array.from({ length }, (_, index) =>
        this.row(kind, `${number} ${kind}`, index, scopeIn(random, id), random),
      );
    const roleAssignments = rows('roleAssignments', sizes.assignmentsPerSubscription);
    return {
      roleAssignments,
      denyAssignments: rows('denyAssignments', sizes.denyAssignments),
      eligibleAssignments: rows('eligibleAssignments', sizes.eligibleAssignments),
      activeAssignments: roleAssignments.slice(0, sizes.activeAssignments).map(activeOf),
    };
  }

  private row(kind: AuthorizationKind, of: string, number: number, scope: string, random: Random): ScopedRow {
    const name = guidOf(`${this.sizes.seed} ${of}`, number);
    const properties =
      kind === 'denyAssignments' ? this.deny(number, random) : this.grant(kind, scope, random);
    return named(kind, name, scope, properties);
  }

  private grant(kind: AuthorizationKind, scope: string, random: Random): Record<string, unknown> {
    const role = pick(random, this.roles);
    const isGuarded = role === builtInRoles.storageBlobDataReader;
    return {
      roleDefinitionId: `${prefixOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      ...this.principal(random),
      ...(isGuarded ? { condition: blobCondition, conditionVersion: '2.0' } : {}),
      ...(kind === 'roleAssignments'
        ? {
            createdOn: '2026-03-14T08:12:45.6789012Z',
            updatedOn: '2026-03-14T08:12:45.6789012Z',
            createdBy: null,
          }
        : schedule(kind)),
    };
  }

  /** One in thirty is gone from the directory, though its assignments stay. */
  private principal(random: Random): { principalId: string; principalType: string } {
    if (random() < 1 / 30)
      return { principalId: guidOf('gone', Math.floor(random() * 5)), principalType: 'ServicePrincipal' };
    return pick(random, this.principals);
  }

  private deny(number: number, random: Random): Record<string, unknown> {
    const excluded = pick(random, this.principals);
    return {
      denyAssignmentName: `Deny assignment ${number}`,
      description: 'Made by a deployment stack.',
      permissions: [{ actions: ['*/delete'], notActions: [], dataActions: [], notDataActions: [] }],
      doNotApplyToChildScopes: number % 5 === 4,
      principals: [everyone],
      excludePrincipals: [{ id: excluded.principalId, type: excluded.principalType }],
      isSystemProtected: true,
      denyAssignmentEffect: number % 3 === 2 ? 'audit' : 'enforced',
    };
  }
}

function activeOf(row: ScopedRow, number: number): ScopedRow {
  const isActivated = number % 2 === 0;
  const { createdOn: _, updatedOn: __, createdBy: ___, ...properties } = row.properties;
  return named('activeAssignments', guidOf(row.name, 1), row.properties.scope, {
    ...properties,
    ...schedule('activeAssignments'),
    assignmentType: isActivated ? 'Activated' : 'Assigned',
    originRoleAssignmentId: row.id,
    ...(isActivated ? { endDateTime: '2026-08-22T14:00:00Z' } : {}),
  });
}

function schedule(kind: AuthorizationKind): Record<string, unknown> {
  return {
    status: 'Provisioned',
    startDateTime: '2026-03-14T08:12:45.677Z',
    memberType: 'Direct',
    ...(kind === 'activeAssignments' ? { assignmentType: 'Assigned' } : {}),
  };
}

function named(
  kind: AuthorizationKind,
  name: string,
  scope: string,
  properties: Record<string, unknown>,
): ScopedRow {
  const type = typeOfKind[kind];
  const id = `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/${type}/${name}`;
  return { id, name, type: `Microsoft.Authorization/${type}`, properties: { ...properties, scope } };
}

/** Azure writes resource groups in either way. */
function scopeIn(random: Random, subscription: string): string {
  const at = `/subscriptions/${subscription}`;
  const which = random();
  if (which < 0.2) return at;
  const group = `${at}/${which < 0.3 ? 'resourcegroups' : 'resourceGroups'}/rg-web-prod`;
  if (which < 0.6) return group;
  if (which < 0.9)
    return `${group}/providers/Microsoft.Storage/storageAccounts/stprod${Math.floor(random() * 9)}`;
  return `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws-0/onlineEndpoints/score-0`;
}

function prefixOf(scope: string): string {
  const subscription = subscriptionOf(scope);
  return subscription === undefined ? '' : `/subscriptions/${subscription}`;
}

function typeOf(type: string): string {
  if (type.endsWith('user')) return 'User';
  return type.endsWith('group') ? 'Group' : 'ServicePrincipal';
}
