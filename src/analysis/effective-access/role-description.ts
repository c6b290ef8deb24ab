import { join } from 'node:path';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { packageFolder } from '../../package/package-folder.js';
import { compileRules } from '../../lint/engine/rules.js';
import { sensitiveOperations, type SensitiveOperation } from '../../lint/engine/sensitive-operations.js';
import {
  planeOf,
  type ActionList,
  type Plane,
  type RoleDefinition,
} from '../../rbac/model/role-definition.js';
import { permissionsOf, type RolePermissions } from '../../rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { conditionWords } from './condition-words.js';
import { readCapabilityAreas } from '../../rbac/permissions/read-capability-areas.js';
import { summarize } from '../../rbac/permissions/role-summary.js';
import { wildcardGrants, type WildcardGrants } from '../../rbac/permissions/wildcard-grants.js';
import type { RoleSummary } from '../../rbac/permissions/wording.js';

/** All that `azrbac role` has to say of a role. */
export interface RoleDescription {
  readonly role: RoleDefinition;
  readonly summary: RoleSummary;
  readonly sensitive: readonly SensitiveOperation[];
  readonly wildcards: readonly DescribedWildcard[];
  readonly conditions: readonly DescribedCondition[];
  /** What the role grants on each plane, sorted. */
  readonly operations: Readonly<Record<Plane, readonly string[]>>;
  /** What its wildcards cover and no plane is known of. */
  readonly unknownPlane: Readonly<Record<Plane, readonly string[]>>;
}

export interface DescribedWildcard {
  readonly pattern: string;
  readonly list: ActionList;
  /** Index in `permissions[]`. */
  readonly permission: number;
  /** How many operations it grants, how many NotActions take away, and how many more are of unknown plane. */
  readonly count: number;
  readonly subtracted: number;
  readonly unknownPlane: number;
  /** Which of those it grants are sensitive, sorted as {@link RoleDescription.sensitive}. */
  readonly sensitive: readonly string[];
}

export interface DescribedCondition {
  readonly permission: number;
  readonly condition: string;
  readonly version: string | null;
  /** What it lets through, in plain words. */
  readonly meaning: readonly string[];
}

/** Works everything out. */
export function describeRole(role: RoleDefinition, catalog: Catalog): RoleDescription {
  const rulesFolder = join(packageFolder(), 'rules');
  const index = new OperationIndex(catalog);
  const permissions = permissionsOf(role, catalog, index);
  const sensitive = sensitiveOperations(permissions, compileRules(rulesFolder), { catalog });
  const listed = sensitive.flatMap(({ operation, plane }) => {
    const number = catalog.operations.indexOf(operation);
    return number < 0 ? [] : [{ operation, plane, number }];
  });
  const { set } = permissions;
  return {
    role,
    summary: summarize(permissions, readCapabilityAreas(join(rulesFolder, 'capabilities')), catalog, index),
    sensitive,
    wildcards: Array.from(wildcardGrants(role, permissions, index), wildcard =>
      describeWildcard(wildcard, listed),
    ),
    conditions: conditionsOf(permissions, catalog),
    operations: { control: set.operations('control'), data: set.operations('data') },
    unknownPlane: {
      control: set.unknownPlaneOperations('control'),
      data: set.unknownPlaneOperations('data'),
    },
  };
}

/** A sensitive operation of the catalog, with its number there. */
interface ListedOperation {
  readonly operation: string;
  readonly plane: Plane;
  readonly number: number;
}

function describeWildcard(
  { entry, granted, subtracted, unknownPlane }: WildcardGrants,
  sensitive: readonly ListedOperation[],
): DescribedWildcard {
  const plane = planeOf[entry.list];
  return {
    pattern: entry.text.trim(),
    list: entry.list,
    permission: entry.permissionIndex,
    count: granted.size,
    subtracted,
    unknownPlane,
    sensitive: sensitive
      .filter(found => found.plane === plane && granted.has(found.number))
      .map(({ operation }) => operation),
  };
}

function conditionsOf({ entries }: RolePermissions, catalog: Catalog): DescribedCondition[] {
  return entries.flatMap((entry, permission) => {
    const { condition, conditionVersion } = entry.permission;
    if (condition === undefined) return [];
    const meaning = conditionWords(condition.value, entry, catalog);
    return [{ permission, condition: condition.value, version: conditionVersion?.value ?? null, meaning }];
  });
}
