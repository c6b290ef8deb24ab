import { blobCondition, delegationCondition } from './tenant-conditions.mjs';
import { kindOfPrincipal } from './tenant-directory.mjs';
import { groupId, guid, principalId, roleIdAt, subscriptionScope } from './tenant-ids.mjs';
import { scopeOf } from './tenant-scopes.mjs';
import { mulberry32 } from './seeded.mjs';

/** Rows of all kinds of assignments. Each follows from its number alone. */
export class AssignmentRows {
  constructor(roles, sizes) {
    this.roles = roles;
    this.sizes = sizes;
    this.delegating = roles.guidOf('Role Based Access Control Administrator');
    this.ofBlobs = ['Storage Blob Data Reader', 'Storage Blob Data Contributor'].map(roles.guidOf);
  }

  *roleAssignments() {
    for (let number = 0; number < this.sizes.assignments; number++) yield this.roleAssignment(number);
  }

  roleAssignment(number) {
    const random = mulberry32(this.sizes.seed + number * 31 + 7);
    const scope = scopeOf(random, this.sizes);
    const { role, condition } = this.roleAt(random, scope);
    return {
      ...named('roleAssignments', guid('assignment', number), scope),
      properties: {
        roleDefinitionId: roleIdAt(scope, role),
        ...this.principal(random),
        scope,
        ...(condition === undefined ? {} : { condition, conditionVersion: '2.0' }),
        createdOn: `2026-0${1 + (number % 8)}-1${number % 10}T0${number % 7}:12:45.6789012Z`,
      },
    };
  }

  /** One in a hundred has a condition. Data actions are not for management groups, and nor are custom roles here. */
  roleAt(random, scope) {
    const which = random();
    if (which < 0.005)
      return { role: this.delegating, condition: delegationCondition(random, () => this.roles.pick(random)) };
    if (scope.startsWith('/providers')) return { role: this.roles.guidOf(random() < 0.7 ? 'Reader' : 'Contributor') };
    if (which < 0.01) return { role: this.ofBlobs[Math.floor(random() * 2)], condition: blobCondition(random) };
    return { role: this.roles.pick(random) };
  }

  /** A few hold very much. */
  principal(random) {
    const { principals, groups } = this.sizes;
    if (groups > 0 && random() < 0.25)
      return { principalId: groupId(Math.floor(random() ** 2 * groups)), principalType: 'Group' };
    const number = Math.floor(random() ** 2 * principals);
    const principalType = kindOfPrincipal(number) === 'User' ? 'User' : 'ServicePrincipal';
    return { principalId: principalId(number), principalType };
  }

  *eligibleAssignments() {
    for (let number = 0; number < this.sizes.eligible; number++) {
      const row = this.roleAssignment(number * 13 + 1_000_003);
      yield scheduled('roleEligibilityScheduleInstances', row, number, { memberType: 'Direct' });
    }
  }

  /** They stand among the role assignments, too. */
  *activeAssignments() {
    const { active, assignments } = this.sizes;
    for (let number = 0; number < Math.min(active, assignments); number++) {
      const row = this.roleAssignment(Math.floor((number * assignments) / active));
      const isActivated = number % 5 === 0;
      yield scheduled('roleAssignmentScheduleInstances', row, number, {
        assignmentType: isActivated ? 'Activated' : 'Assigned',
        originRoleAssignmentId: row.id,
        ...(isActivated ? { endDateTime: '2026-08-22T14:00:00Z' } : {}),
      });
    }
  }

  /** As deployment stacks and managed applications leave them: nobody but their own identity may delete, or write. */
  *denyAssignments() {
    for (let number = 0; number < this.sizes.denies; number++) {
      const scope = `${subscriptionScope(number % this.sizes.subscriptions)}/resourceGroups/rg-stack-${number}`;
      const permission = { actions: number % 2 === 0 ? ['*/delete'] : ['*'], notActions: number % 2 === 0 ? [] : ['*/read'] };
      yield {
        ...named('denyAssignments', guid('deny', number), scope),
        properties: {
          denyAssignmentName: `Deny assignment ${number}`,
          permissions: [{ ...permission, dataActions: [], notDataActions: [] }],
          scope,
          doNotApplyToChildScopes: false,
          principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
          excludePrincipals: [{ id: principalId(number * 10 + 8), type: 'ServicePrincipal' }],
          isSystemProtected: true,
        },
      };
    }
  }
}

function scheduled(type, { properties: { createdOn, ...properties } }, number, more) {
  const row = named(type, guid(type, number), properties.scope);
  return { ...row, properties: { ...properties, startDateTime: createdOn, status: 'Provisioned', ...more } };
}

function named(type, name, scope) {
  return {
    id: `${scope}/providers/Microsoft.Authorization/${type}/${name}`,
    name,
    type: `Microsoft.Authorization/${type}`,
  };
}
