import { compareText } from '../../compare-text.js';
import { assignmentAction } from '../../rbac/conditions/role-assignment-guard.js';
import type { SourceRef } from '../../input/source-document.js';
import type { ActionEntry, RoleDefinition } from '../../rbac/model/role-definition.js';
import { foldCase } from '../../rbac/permissions/action-pattern.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import { byLowerCase } from '../../rbac/permissions/permission-set.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';
import { type AssignedRoles, assignedRoles } from './conditions/assigned-roles.js';
import { type GuardedGrant, guarded } from './guarded-grants.js';
import { grantsOf } from './group-grants.js';
import { firstTwo } from '../../text/list.js';
import type { Match, RelatedPlace } from './match.js';
import { operationMeaning } from './operation-group.js';

export interface GrantsOperationGroupOptions {
  /** The first case that holds makes the match. */
  readonly cases: readonly GroupCase[];
  /**
   * A role that grants the operations under conditions alone gets the variant `conditional`. If it assigns roles, those that the
   * conditions let through make the variant, and nothing is found where they are all ordinary.
   */
  readonly conditionalVariant?: boolean;
  /** What these strings grant is left to other rules. Compared as a whole, in any case. */
  readonly notThrough?: readonly string[];
}

/** Operation groups of which a role must grant one operation each. The first one is what the finding is about. */
export interface GroupCase {
  /** A list stands for all the operations of its groups. */
  readonly allOf: readonly (string | readonly string[])[];
  /** The match's variant, whatever else is true of the grants. */
  readonly variant?: string;
}

const groupName = { type: 'string', format: 'operation-group' };
const groupNames = { type: 'array', minItems: 1, items: groupName };

/**
 * Finds roles that grant operations of a group, or of several groups together. One match per role, at the first string
 * that grants them through a wildcard. Where all is spelled out, at the first string that does so, as the variant
 * `literal`: rules may hold that this is what the role is for.
 */
export const grantsOperationGroup: Check<'role-definition', GrantsOperationGroupOptions> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    required: ['cases'],
    additionalProperties: false,
    properties: {
      cases: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['allOf'],
          additionalProperties: false,
          properties: {
            allOf: { type: 'array', minItems: 1, items: { anyOf: [groupName, groupNames] } },
            variant: { type: 'string' },
          },
        },
      },
      conditionalVariant: { type: 'boolean' },
      notThrough: { type: 'array', items: { type: 'string' } },
    },
  },

  *evaluate(role, options, context) {
    for (const { allOf, variant } of options.cases) {
      const parts = grantsOfAll(role, allOf, options, context);
      if (parts === undefined) continue;
      const assigned = assignedBy(role, parts, options, context);
      if (assigned === 'ordinary-roles') continue;
      yield toMatch(role, parts, variant ?? assigned?.variant ?? variantOf(parts), assigned);
      return;
    }
  },
};

/** Per item of `allOf`, what the role grants of it; undefined where it grants nothing of one. */
function grantsOfAll(
  role: RoleDefinition,
  allOf: GroupCase['allOf'],
  { notThrough = [] }: GrantsOperationGroupOptions,
  context: CheckContext,
): Part[] | undefined {
  const permissions = context.permissionsOf(role);
  const parts: Part[] = [];
  for (const names of allOf) {
    const granted = [names].flat().flatMap(name => grantsOf(permissions, context.group(name), context));
    // Most roles grant nothing of most groups.
    if (granted.length === 0) return undefined;
    const left = notThrough.map(foldCase);
    const grants = granted
      .filter(({ witness }) => !left.includes(witness.entry.key))
      .flatMap(grant => guarded(grant, permissions, context) ?? []);
    if (grants.length === 0) return undefined;
    parts.push(toPart(grants, entryOrder(permissions)));
  }
  return parts;
}

/** What a role grants of one group: the grants that the finding names, and the others. */
interface Part {
  /** The string that is to blame first. */
  readonly entry: ActionEntry;
  readonly named: readonly GuardedGrant[];
  readonly others: readonly GuardedGrant[];
}

/** Unconditional grants are worse than conditional ones, and wildcards worse than what the author spelled out. */
function toPart(grants: readonly GuardedGrant[], order: ReadonlyMap<ActionEntry, number>): Part {
  const sorted = grants
    .map(grant => ({
      grant,
      rank: rankOf(grant),
      place: order.get(grant.witness.entry)!,
      name: grant.operation.operation.toLowerCase(),
    }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place || compareText(a.name, b.name));
  const { grant: first, rank } = sorted[0]!;
  const named: GuardedGrant[] = [];
  const others: GuardedGrant[] = [];
  for (const other of sorted) {
    const isNamed = first.witness.isLiteral
      ? other.rank === rank
      : other.grant.witness.entry === first.witness.entry;
    (isNamed ? named : others).push(other.grant);
  }
  return { entry: first.witness.entry, named, others };
}

function rankOf({ guard, witness }: GuardedGrant): number {
  return Number(guard !== 'none') * 2 + Number(witness.isLiteral);
}

/** The strings of a role, numbered as they are written. */
function entryOrder(permissions: RolePermissions): ReadonlyMap<ActionEntry, number> {
  let order = orders.get(permissions);
  if (order === undefined) {
    const written = permissions.role.permissions.flatMap(({ actions, dataActions }) => [
      ...actions,
      ...dataActions,
    ]);
    orders.set(permissions, (order = new Map(written.map((entry, i) => [entry, i]))));
  }
  return order;
}

/** Kept for all rules that ask about a role. */
const orders = new WeakMap<RolePermissions, ReadonlyMap<ActionEntry, number>>();

function variantOf(parts: readonly Part[]): string | undefined {
  const isLiteral = parts.every(({ named }) => named[0]!.witness.isLiteral);
  return isLiteral ? 'literal' : undefined;
}

function isConditional({ named }: Part): boolean {
  return named[0]!.guard !== 'none';
}

/** What comes of conditions that guard all the grants of the first group. Undefined where there are none. */
function assignedBy(
  role: RoleDefinition,
  parts: readonly Part[],
  { conditionalVariant = false }: GrantsOperationGroupOptions,
  context: CheckContext,
): AssignedRoles | 'ordinary-roles' | undefined {
  const [part] = parts;
  if (!conditionalVariant || part === undefined || !isConditional(part)) return undefined;
  const { operation, plane } = part.named[0]!.operation;
  if (foldCase(operation) !== assigningRoles) return { variant: 'conditional', evidence: {} };
  const witnesses = context.permissionsOf(role).witnesses(operation, plane);
  return assignedRoles(witnesses, context) ?? 'ordinary-roles';
}

const assigningRoles = foldCase(assignmentAction('write'));

function toMatch(
  role: RoleDefinition,
  parts: readonly Part[],
  variant: string | undefined,
  assigned: AssignedRoles | undefined,
): Match {
  const [subject, ...rest] = parts as [Part, ...Part[]];
  const names = subject.named.map(({ operation }) => operation.operation).sort(byLowerCase);
  return {
    at: subject.entry.at,
    role,
    ...(variant === undefined ? undefined : { variant }),
    evidence: {
      operations: names.slice(0, maxOperations),
      count: names.length,
      listing: firstTwo(names),
      pattern: subject.entry.text.trim(),
      ...(rest.length === 0 ? undefined : { together: firstTwo(rest.flatMap(firstName)) }),
      ...assigned?.evidence,
    },
    identity: [...new Set(allGrants(parts).map(({ witness }) => witness.entry.key))].sort(),
    related: relatedPlaces(parts),
    conditions: conditionsOf(parts, 'unread'),
  };
}

function allGrants(parts: readonly Part[]): GuardedGrant[] {
  return parts.flatMap(({ named, others }) => [...named, ...others]);
}

/** More would drown the reader; `count` has their number. */
const maxOperations = 5;
/** How many reasons are given of one group, for the operations that the finding names. */
const maxReasons = 2;
const maxRelated = 10;

function firstName({ named }: Part): string {
  return named[0]!.operation.operation;
}

/** Why the named operations matter, what else grants such operations, and which condition guards them. */
function relatedPlaces(parts: readonly Part[]): RelatedPlace[] {
  const reasons = parts.flatMap(({ named }) => onePerReason(named).slice(0, maxReasons).map(toReason));
  const explained = new Set(reasons.map(({ at }) => at));
  const elsewhere: RelatedPlace[] = [];
  for (const grant of allGrants(parts)) {
    const { at } = grant.witness.entry;
    if (elsewhere.length === maxRelated) break;
    if (!explained.has(at)) elsewhere.push(toReason(grant));
    explained.add(at);
  }
  const conditions = conditionsOf(parts, 'all').map(at => ({
    at,
    message: 'Granted only if this condition is true.',
  }));
  return [...conditions, ...reasons, ...elsewhere].slice(0, maxRelated);
}

/** The first grant of each reason: to read the same sentence of several operations helps nobody. */
function onePerReason(grants: readonly GuardedGrant[]): GuardedGrant[] {
  const byReason = new Map<string, GuardedGrant>();
  for (const grant of grants) {
    if (!byReason.has(grant.operation.reason)) byReason.set(grant.operation.reason, grant);
  }
  return [...byReason.values()];
}

function toReason({ operation, witness }: GuardedGrant): RelatedPlace {
  return { at: witness.entry.at, ...operationMeaning(operation) };
}

/** Conditions of the grants that hold under conditions alone; `unread` are those that nobody can read. */
function conditionsOf(parts: readonly Part[], which: 'all' | 'unread'): SourceRef[] {
  const permissions = parts
    .filter(isConditional)
    .flatMap(({ named }) => named)
    .filter(({ guard }) => which === 'all' || guard === 'unread')
    .map(({ witness }) => witness.permission.permission);
  return [...new Set(permissions)].flatMap(({ condition }) => condition?.at ?? []);
}
