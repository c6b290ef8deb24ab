import type { Place } from '../../../tenant/access/places.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { Actor } from './principal-state.js';
import type { Addition, Additions } from './self-grants.js';
import type { EffectiveOperations } from './effective-operations.js';
import { either, includes } from '../methods/held.js';
import type { HeldCustomRole } from '../grants/custom-role-list.js';
import type { Holding } from '../grants/grant.js';
import type { Holdings } from '../grants/grant-index.js';
import type { HeldAt } from '../grants/grant-list.js';
import type { EscalationMethod } from '../methods/method.js';
import type { MethodTable } from '../methods/method-table.js';
import type { Relevance } from './pruner.js';

/** How sure a step is. `after-activation`: once an eligible assignment is activated, which may ask for an approval. */
export type Certainty = 'certain' | 'perhaps' | 'after-activation';

/** What a method adds to what an actor holds. */
export interface Growth {
  readonly method: EscalationMethod;
  readonly gained: readonly Holding[];
  readonly joined: readonly string[];
  readonly certainty: Certainty;
  /** What is gained is everything at a scope, and the rest of what the actor holds adds nothing to it. */
  readonly isAlone: boolean;
}

/** Works out how actors come to hold more without becoming another principal. */
export class Growths {
  constructor(
    private readonly tenant: Tenant,
    private readonly holdings: Holdings,
    private readonly table: MethodTable,
    private readonly additions: Additions,
    private readonly relevance: Relevance,
  ) {}

  of(actor: Actor, effective: EffectiveOperations): readonly Growth[] {
    const lacksCarrier = this.lacksCarrier(effective);
    const leadsOn = (place: Place): boolean => this.leadsOn(place, actor, lacksCarrier);
    // Whoever has everything around a scope gains nothing there.
    const spots = outerFirst(effective.spots.filter(({ place }) => leadsOn(place)));
    const complete = new Set<number>();
    const { places } = this.tenant;
    const isIn = (numbers: readonly number[]): boolean => numbers.some(number => complete.has(number));
    const isComplete = ({ above, within }: Place): boolean =>
      complete.size > 0 && (isIn(above) || isIn(within));
    const isFresh = this.freshness(actor, effective);
    return this.table.methods.flatMap(method => {
      if (method.gains === 'eligible-roles') return this.activation(method, actor);
      if (method.gains === 'owned-principals') return this.joining(method, actor);
      const isWanted = (place: Place): boolean => leadsOn(place) && !isComplete(place);
      const growths: Growth[] = [];
      const others: Addition[] = [];
      for (const addition of this.additions.of(method, actor, effective, { spots, isWanted })) {
        const place = places.at(addition.holding.scope);
        if (isComplete(place) || !isFresh(addition)) continue;
        const isAlone =
          !lacksCarrier &&
          this.isAny(addition.holding) &&
          !actor.customRoles.some(list => list.crossing.has(place.number));
        if (!isAlone) others.push(addition);
        else growths.push(alone(method, addition));
        if (isAlone && addition.isCertain) complete.add(place.number);
      }
      return [...growths, ...together(method, others)];
    });
  }

  /** What the actor holds already is nothing new. */
  private freshness(actor: Actor, effective: EffectiveOperations): (addition: Addition) => boolean {
    let mayEdit: boolean | undefined;
    let guarded: ReadonlySet<string> | undefined;
    let roles: ReadonlySet<string> | undefined;
    const isNewGuard = (key: string): boolean =>
      !(guarded ??= new Set(actor.lists.flatMap(list => list.guarded.flatMap(guardKeys)))).has(key);
    const isNewRole = (role: HeldCustomRole): boolean =>
      !(roles ??= new Set(actor.customRoles.flatMap(list => list.roles.map(roleKey)))).has(roleKey(role));
    return ({ holding }) => {
      const { scope, granted } = holding;
      const known = effective.grantedAt(this.tenant.places.at(scope));
      return (
        !includes(known.certain, granted.certain) ||
        !includes(either(known), granted.perhaps) ||
        guardKeys(holding).some(isNewGuard) ||
        (this.holdings.customRoles.in(holding).some(isNewRole) && (mayEdit ??= this.mayEdit(actor)))
      );
    };
  }

  /** Whether one of its grants is enough to edit a role. */
  private mayEdit({ lists }: Actor): boolean {
    return lists.some(({ holdings }) =>
      holdings.some(({ granted }) => includes(either(granted), this.table.editing)),
    );
  }

  private activation(method: EscalationMethod, { eligible, gained }: Actor): readonly Growth[] {
    const isNew = eligible.some(holding => !gained.includes(holding));
    return isNew
      ? [{ method, gained: eligible, joined: [], certainty: 'after-activation', isAlone: false }]
      : [];
  }

  /** Groups only: an owned service principal is another principal to become. */
  private joining(method: EscalationMethod, { owned }: Actor): readonly Growth[] {
    const groups = owned.filter(id => this.tenant.snapshot.principals.get(id)?.type === 'Group');
    return groups.length === 0
      ? []
      : [{ method, gained: [], joined: groups, certainty: 'certain', isAlone: false }];
  }

  /** Whether it may help to hold something there. */
  private leadsOn(place: Place, { customRoles }: Actor, lacksCarrier: boolean): boolean {
    if (this.relevance.isOfUse(place) || lacksCarrier) return true;
    return customRoles.length > 0 && this.relevance.isEditable(place);
  }

  /** Whether there are identities that it could attach if it had something to attach them to. */
  private lacksCarrier(effective: EffectiveOperations): boolean {
    return this.table.attachingWays.some(
      ({ method, mask }) =>
        includes(effective.all, mask) &&
        effective.carrierPlace(this.table.carriersOf(method)!)?.isCertain !== true,
    );
  }

  /** Everything without a condition: what else the actor holds adds nothing there. */
  private isAny({ granted }: Holding): boolean {
    return granted.certain === this.table.everything;
  }
}

function guardKeys({ scope, granted }: Holding): readonly string[] {
  return granted.guards.map(({ number }) => `${number} ${scope.key}`);
}

function roleKey({ roleGuid, scope }: HeldCustomRole): string {
  return `${roleGuid} ${scope.key}`;
}

/** A growth that needs nothing beside it. */
function alone(method: EscalationMethod, { holding, isCertain }: Addition): Growth {
  return {
    method,
    gained: [holding],
    joined: [],
    certainty: isCertain ? 'certain' : 'perhaps',
    isAlone: true,
  };
}

/** What is certain, and then all of it. */
function together(method: EscalationMethod, additions: readonly Addition[]): readonly Growth[] {
  const certain = additions.filter(({ isCertain }) => isCertain);
  const growth = (some: readonly Addition[], certainty: Certainty): Growth[] => {
    if (some.length === 0) return [];
    return [{ method, gained: some.map(({ holding }) => holding), joined: [], certainty, isAlone: false }];
  };
  return [
    ...growth(certain, 'certain'),
    ...(certain.length < additions.length ? growth(additions, 'perhaps') : []),
  ];
}

function outerFirst(spots: readonly HeldAt[]): readonly HeldAt[] {
  const byDepth: HeldAt[][] = [];
  for (const spot of spots) (byDepth[depthOf(spot.place)] ??= []).push(spot);
  return byDepth.flat();
}

function depthOf({ above, within }: Place): number {
  return above.length + within.length;
}
