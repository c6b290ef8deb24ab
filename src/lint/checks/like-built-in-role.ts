import { providerOf } from '../../rbac/model/provider-of.js';
import type { BuiltInRoleSize } from '../../rbac/catalog/built-in-roles.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { foldCase } from '../../rbac/permissions/action-pattern.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';

/** Finds custom roles that grant just what a built-in role grants. */
export const roleMatchesBuiltin: Check<'role-definition', object> = {
  subject: 'role-definition',
  needs: ['permissions', 'actions', 'dataActions', 'notActions', 'notDataActions', 'condition'],
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(role, _options, context) {
    const set = comparableSet(role, context);
    if (set === undefined) return;
    const equal = candidates(set, 0, context)
      .map(candidate => ({ name: candidate.name, theirs: setOf(candidate, context) }))
      .filter(({ theirs }) => mayBeWithin(0, set, theirs) && differenceOf(set, theirs).isNone)
      .map(({ name }) => name);
    if (equal.length > 0)
      yield { at: role.name?.at ?? role.at, role, evidence: { builtInRoles: equal, count: sizeOf(set) } };
  },
};

export interface NearBuiltinOptions {
  /** The most operations that may differ, and what share of the built-in role they may be, in percent. */
  readonly operations: number;
  readonly percent: number;
}

/** Finds custom roles that differ from a built-in role by a few of many operations. Names the nearest one. */
export const roleNearBuiltin: Check<'role-definition', NearBuiltinOptions> = {
  subject: 'role-definition',
  needs: ['permissions', 'actions', 'dataActions', 'notActions', 'notDataActions', 'condition'],
  optionsSchema: {
    type: 'object',
    required: ['operations', 'percent'],
    additionalProperties: false,
    properties: {
      operations: { type: 'integer', minimum: 1, maximum: 20 },
      percent: { type: 'number', exclusiveMinimum: 0, maximum: 50 },
    },
  },

  *evaluate(role, { operations, percent }, context) {
    const set = comparableSet(role, context);
    if (set === undefined || sizeOf(set) * percent < 100) return;
    const most = Math.min(operations, Math.floor((sizeOf(set) * percent) / 100));
    const near = candidates(set, most, context)
      .filter(candidate => mayBeWithin(most, set, setOf(candidate, context)))
      .map(candidate => ({ name: candidate.name, ...differenceOf(set, setOf(candidate, context)) }))
      .filter(({ missing, extra }) => missing.length + extra.length <= most)
      .sort((a, b) => a.missing.length + a.extra.length - b.missing.length - b.extra.length);
    const [nearest] = near;
    if (nearest === undefined || nearest.missing.length + nearest.extra.length === 0) return;
    const { name, missing, extra } = nearest;
    const variant = missing.length === 0 ? 'more' : extra.length === 0 ? 'less' : undefined;
    yield {
      at: role.name?.at ?? role.at,
      role,
      ...(variant === undefined ? undefined : { variant }),
      evidence: { builtInRole: name, missing, extra },
    };
  },
};

/** Undefined where a comparison says nothing: no grants, or grants under a condition. */
function comparableSet(role: RoleDefinition, context: CheckContext): PermissionSet | undefined {
  if (role.roleType === 'BuiltInRole' || role.permissions.some(({ condition }) => condition !== undefined))
    return undefined;
  const { set } = context.permissionsOf(role);
  return set.isEmpty ? undefined : set;
}

/** Built-in roles of about that size that speak of a provider that every near role must speak of. */
function candidates(
  set: PermissionSet,
  distance: number,
  { catalog }: CheckContext,
): readonly BuiltInRoleSize[] {
  const sized = catalog.builtInRoles.ofSetSize(sizeOf(set), distance);
  if (sized.length === 0) return [];
  const providers = firstProviders(set, distance + 1, catalog);
  return sized.filter(
    candidate => !candidate.isConditional && providers.some(provider => candidate.mentions(provider)),
  );
}

/** At most `distance` operations differ, so a near role covers one of the first `distance + 1`. */
function firstProviders(set: PermissionSet, count: number, catalog: CheckContext['catalog']): string[] {
  const providers = new Set<string>();
  let left = count;
  for (const plane of planes) {
    for (const index of set[plane].known) {
      if (left-- === 0) return [...providers];
      providers.add(foldCase(providerOf(catalog.operations.at(index).name)));
    }
  }
  for (const plane of planes) {
    for (const lower of set[plane].unlisted.keys()) {
      if (left-- === 0) return [...providers];
      providers.add(foldCase(providerOf(lower)));
    }
  }
  return [...providers];
}

function setOf(candidate: BuiltInRoleSize, context: CheckContext): PermissionSet {
  return context.permissionsOf(candidate.role()).set;
}

/** Whether no more of the catalog's operations differ: to name those that do costs far more than to count them. */
function mayBeWithin(most: number, mine: PermissionSet, theirs: PermissionSet): boolean {
  const differing = planes.map(plane => {
    const [ours, others] = [mine[plane].known, theirs[plane].known];
    return ours.size + others.size - 2 * ours.sharedWith(others);
  });
  return differing.reduce((all, count) => all + count) <= most;
}

const planes = ['control', 'data'] as const;

function sizeOf(set: PermissionSet): number {
  return set.count('control') + set.count('data');
}

/** What the built-in role has more and less, wildcards' reach into operations of unknown plane included. */
function differenceOf(
  mine: PermissionSet,
  theirs: PermissionSet,
): { missing: string[]; extra: string[]; isNone: boolean } {
  const missing = namesOf(theirs.subtract(mine));
  const extra = namesOf(mine.subtract(theirs));
  const sameUnknown =
    mine.control.unknownPlane.equals(theirs.control.unknownPlane) &&
    mine.data.unknownPlane.equals(theirs.data.unknownPlane);
  return { missing, extra, isNone: missing.length === 0 && extra.length === 0 && sameUnknown };
}

function namesOf(set: PermissionSet): string[] {
  return [...set.operations('control'), ...set.operations('data')];
}
