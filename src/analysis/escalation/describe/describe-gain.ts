import type { Reason } from '../../../tenant/access/decision.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { GraphSource } from '../graph/graph-source.js';
import type { AssignableRole } from '../grants/delegations.js';
import type { PrivilegeGain } from '../graph/privilege-gains.js';
import { includes } from '../methods/interned-sets.js';
import type { MethodGrant, AssignmentSource } from '../grants/grant.js';
import type { NumberedOperation } from '../methods/method-table.js';
import { type Gain, principalOf } from './path.js';
import type { StepReasons, PathNeeds, TakenStep } from './step-reasons.js';

/** What a gain comes to in a path: as much of it as the rest of the path needs. */
export interface DescribedGain {
  readonly does: string;
  readonly gains: readonly Gain[];
  readonly scope: string;
  /** What is done, and where. */
  readonly done: readonly { readonly operations: readonly NumberedOperation[]; readonly place: Scope }[];
  /** What it rests on beside the grants of these operations. */
  readonly because: readonly Reason[];
  readonly doubt: string | null;
}

/** What a gain is described with. */
export interface GainContext {
  readonly needs: PathNeeds;
  readonly source: GraphSource;
  readonly reasons: StepReasons;
}

/** `needs`: what later steps take from what was gained. */
export function describeGain(
  taken: TakenStep,
  gain: PrivilegeGain,
  { needs, source, reasons }: GainContext,
): DescribedGain {
  const { method, gained } = gain;
  if (method.gains === 'owned-principals') return describeJoining(gain, needs, source);
  const needed = gained.filter(grant => needs.used.has(grant.key));
  const grants = needed.length > 0 ? needed : gained.slice(0, 1);
  const way = source.table.ways.find(each => each.method === method);
  const operations = way?.operations ?? [];
  return {
    does: method.does,
    gains: grants.flatMap(grant => gainsOf(grant, needs.used.get(grant.key) ?? 0n, source)),
    scope: grants[0]!.scope.text,
    done: grants.flatMap(grant => placesOf(grant).map(place => ({ operations, place }))),
    because: grants.flatMap(grant => {
      const held = heldThrough(grant);
      if (held === undefined) return [];
      needs.assignments.add(held.assignment);
      return reasons.ofAssignment(held, taken.state, taken.acting);
    }),
    doubt: way?.doubt ?? null,
  };
}

function describeJoining(
  { method, joined }: PrivilegeGain,
  needs: PathNeeds,
  source: GraphSource,
): DescribedGain {
  const isNeeded = (group: string): boolean =>
    source.tenant.identityOf(group).ids.some(id => needs.holders.has(id));
  const groups = joined.some(isNeeded) ? joined.filter(isNeeded) : joined;
  return {
    does: `${method.does}, and joins the group`,
    gains: groups.map(id => ({ kind: 'group', ...principalOf(id, source.tenant) })),
    scope: '/',
    done: [],
    because: [],
    doubt: null,
  };
}

/** Where it is done: a role is edited at all of its assignable scopes, and assigned where it is held. */
function placesOf({ scope, source }: MethodGrant): readonly Scope[] {
  if (source.kind !== 'gained') return [];
  return source.edited?.assignableScopes ?? [scope];
}

function gainsOf({ scope, source }: MethodGrant, needed: bigint, { tenant }: GraphSource): readonly Gain[] {
  const named = (guid: string): string => {
    const role = tenant.role(guid)?.role;
    return role === undefined ? guid : roleName(role);
  };
  const gain = (role: string): Gain => ({ kind: 'role', role, scope: scope.text });
  if (source.kind !== 'gained') return [gain(named(source.assignment.roleGuid))];
  if (source.edited !== undefined) return [gain(named(source.edited.roleGuid))];
  if (source.roles === 'any') return [gain('Owner')];
  return fewest(source.roles.roles, needed).map(({ roleGuid }) => gain(named(roleGuid)));
}

/** Few of the roles that together hold what is needed: one where one does, else the first ones that add something. */
function fewest(roles: readonly AssignableRole[], needed: bigint): readonly AssignableRole[] {
  const all = ({ granted }: AssignableRole): bigint => granted.definite | granted.possible;
  const one = roles.find(role => includes(all(role), needed));
  if (one !== undefined) return [one];
  let rest = needed;
  return roles.filter(role => {
    const adds = (all(role) & rest) !== 0n;
    rest &= ~all(role);
    return adds;
  });
}

/** The custom role that is held and edited, or the assignment that is activated. */
function heldThrough({ source }: MethodGrant): AssignmentSource | undefined {
  return source.kind === 'gained' ? source.edited?.held : source;
}
