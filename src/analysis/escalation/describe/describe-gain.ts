import type { Reason } from '../../../tenant/access/decision.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { GraphSource } from '../graph/graph-source.js';
import type { AssignableRole } from '../grants/delegations.js';
import type { Growth } from '../graph/privilege-gains.js';
import type { HeldThrough } from '../grants/held-through.js';
import { includes } from '../methods/held.js';
import type { Holding } from '../grants/grant.js';
import type { NumberedOperation } from '../methods/method-table.js';
import type { Gain } from './path.js';
import { principalOf } from './path-principal.js';
import type { StepReasons } from './step-reasons.js';
import type { PathNeeds, TakenStep } from './taken-step.js';

/** What a growth comes to in a path: as much of it as the rest of the path needs. */
export interface DescribedGrowth {
  readonly does: string;
  readonly gains: readonly Gain[];
  readonly scope: string;
  /** What is done, and where. */
  readonly done: readonly { readonly operations: readonly NumberedOperation[]; readonly place: Scope }[];
  /** What it rests on beside the grants of these operations. */
  readonly because: readonly Reason[];
  readonly doubt: string | null;
}

/** `needs`: what later steps take from what was gained. */
export function describeGrowth(
  taken: TakenStep,
  growth: Growth,
  needs: PathNeeds,
  source: GraphSource,
  reasons: StepReasons,
): DescribedGrowth {
  const { method, gained } = growth;
  if (method.gains === 'owned-principals') return describeJoining(growth, needs, source);
  const needed = gained.filter(holding => needs.used.has(holding.key));
  const holdings = needed.length > 0 ? needed : gained.slice(0, 1);
  const way = source.table.ways.find(each => each.method === method);
  const operations = way?.operations ?? [];
  return {
    does: method.does,
    gains: holdings.flatMap(holding => gainsOf(holding, needs.used.get(holding.key) ?? 0n, source)),
    scope: holdings[0]!.scope.text,
    done: holdings.flatMap(holding => placesOf(holding).map(place => ({ operations, place }))),
    because: holdings.flatMap(holding => {
      const held = heldThrough(holding);
      if (held === undefined) return [];
      needs.assignments.add(held.assignment);
      return reasons.ofHolding(held, taken.actor, taken.acting);
    }),
    doubt: way?.doubt ?? null,
  };
}

function describeJoining({ method, joined }: Growth, needs: PathNeeds, source: GraphSource): DescribedGrowth {
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
function placesOf({ scope, source }: Holding): readonly Scope[] {
  if (source.kind !== 'gained') return [];
  return source.edited?.assignableScopes ?? [scope];
}

function gainsOf({ scope, source }: Holding, needed: bigint, { tenant }: GraphSource): readonly Gain[] {
  const named = (guid: string): string => {
    const role = tenant.role(guid)?.role;
    return role === undefined ? guid : roleName(role);
  };
  const gain = (role: string): Gain => ({ kind: 'role', role, scope: scope.text });
  if (source.kind !== 'gained') return [gain(named(source.assignment.roleGuid))];
  if (source.edited !== undefined) return [gain(named(source.edited.roleGuid))];
  if (source.roles === 'any') return [gain('Owner')];
  return fewest(source.roles, needed).map(({ roleGuid }) => gain(named(roleGuid)));
}

/** Few of the roles that together hold what is needed: one where one does, else the first ones that add something. */
function fewest(roles: readonly AssignableRole[], needed: bigint): readonly AssignableRole[] {
  const all = ({ granted }: AssignableRole): bigint => granted.certain | granted.perhaps;
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
function heldThrough({ source }: Holding): HeldThrough | undefined {
  return source.kind === 'gained' ? source.edited?.held : source;
}
