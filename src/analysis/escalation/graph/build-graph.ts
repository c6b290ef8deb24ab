import { ByPlace } from '../../../tenant/access/by-place.js';
import type { Place } from '../../../tenant/access/places.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { Actor } from './principal-state.js';
import { Actors } from './state-table.js';
import { Additions } from './self-grants.js';
import type { DenySubject } from '../grants/denials.js';
import { EffectiveOperations } from './effective-operations.js';
import { type Growth, Growths } from './privilege-gains.js';
import type { GraphSource } from './graph-source.js';
import { either, includes } from '../methods/held.js';
import { nothing } from '../methods/interned-sets.js';
import { Holdings } from '../grants/grant-index.js';
import type { EscalationMethod } from '../methods/method.js';
import type { Way } from '../methods/method-table.js';
import type { Opening, Openings } from './identity-hosts.js';
import { PathGraph, type PathNode, type Replacement } from './path-graph.js';

/** Who leads where, from some principals to some targets. */
export interface BuiltGraph {
  readonly graph: PathGraph;
  /** The node of each principal that may lead anywhere. */
  readonly starts: ReadonlyMap<string, number>;
  /** The node of each target, by its key. */
  readonly targets: ReadonlyMap<string, number>;
  /** What would change if an assignment were not there. The graph grows by it; what was in it stays as it is. */
  without(assignment: RoleAssignment): Replacement;
  /** How many actors that concerns. */
  concernedBy(assignment: RoleAssignment): number;
}

/** Builds the graph of all that the principals lead to. */
export function buildGraph(
  source: GraphSource,
  principals: Iterable<string>,
  targets: readonly Scope[],
): BuiltGraph {
  return new GraphBuilder(source, targets).build(principals);
}

class GraphBuilder {
  private readonly graph = new PathGraph();
  private readonly actors: Actors;
  private readonly growths: Growths;
  private readonly openings: Openings;
  private readonly targetNodes = new Map<string, number>();
  private readonly targetsIn = new Map<string, Scope[]>();
  private readonly actorNodes = new Map<Actor, number>();
  /** Actors and their nodes by each of their ids: of the tenant as it is. */
  private readonly actorsOf = new Map<string, (readonly [Actor, number])[]>();
  /** By the number of the place, then by that of the subject and that of the ways. */
  private readonly powerNodes = new ByPlace<Map<number, number>[]>();
  private readonly waiting: number[] = [];
  /** The number of the set that holds all ways. */
  private readonly everyWay: number;
  private readonly replacements = new Map<RoleAssignment, Replacement>();

  constructor(
    private readonly source: GraphSource,
    targets: readonly Scope[],
  ) {
    const { tenant, table, grants, delegations, denials, relevance, includeEligible } = source;
    const holdings = new Holdings(tenant, grants, includeEligible);
    this.openings = relevance.openings;
    this.everyWay = table.opened.number({ certain: table.allWays, perhaps: 0n });
    this.actors = new Actors(tenant, table, holdings, denials, relevance);
    for (const scope of targets) {
      this.targetNodes.set(scope.key, this.graph.add({ kind: 'target', scope }));
      for (const key of tenant.tree.keysFrom(scope)) {
        const there = this.targetsIn.get(key);
        if (there === undefined) this.targetsIn.set(key, [scope]);
        else there.push(scope);
      }
    }
    const additions = new Additions(tenant.places, table, grants, delegations, relevance);
    this.growths = new Growths(tenant, holdings, table, additions, relevance);
  }

  build(principals: Iterable<string>): BuiltGraph {
    const starts = new Map<string, number>();
    for (const principal of principals) {
      const actor = this.actors.of(principal);
      if (actor !== undefined) starts.set(principal, this.nodeOf(actor));
    }
    this.expandAll();
    const without = (assignment: RoleAssignment): Replacement => this.without(assignment);
    const concernedBy = (assignment: RoleAssignment): number => this.concerned(assignment).length;
    return { graph: this.graph, starts, targets: this.targetNodes, without, concernedBy };
  }

  private without(assignment: RoleAssignment): Replacement {
    const known = this.replacements.get(assignment);
    if (known !== undefined) return known;
    const replaced = new Map<number, number>();
    for (const [actor, node] of this.concerned(assignment))
      replaced.set(node, this.nodeOf(this.actors.lessened(actor, assignment)));
    this.expandAll();
    const replacement = { replaced };
    this.replacements.set(assignment, replacement);
    return replacement;
  }

  /** All of the tenant as it is were found before the first is replaced. */
  private concerned({ principalId }: RoleAssignment): readonly (readonly [Actor, number])[] {
    if (this.actorsOf.size === 0) {
      for (const entry of this.actorNodes)
        for (const id of entry[0].ids) {
          const known = this.actorsOf.get(id);
          if (known === undefined) this.actorsOf.set(id, [entry]);
          else known.push(entry);
        }
    }
    return this.actorsOf.get(principalId) ?? [];
  }

  private expandAll(): void {
    for (let at = this.waiting.pop(); at !== undefined; at = this.waiting.pop()) this.expand(at);
  }

  private expand(at: number): void {
    const node = this.graph.nodes[at]!;
    if (node.kind === 'actor') this.expandActor(at, node.actor);
    else if (node.kind === 'power') this.expandPower(at, node);
  }

  private expandActor(at: number, actor: Actor): void {
    const { tenant, table, relevance } = this.source;
    const { subject } = actor;
    const effective = new EffectiveOperations(actor, this.source);
    for (const { place, ways } of effective.openWays(each => relevance.isOfUse(each))) {
      const { certain, perhaps } = table.opened.split(ways);
      if (certain !== nothing) this.graph.connect(at, this.powerNode(place, certain, subject));
      if (perhaps !== nothing) this.graph.connect(at, this.powerNode(place, perhaps, subject));
    }
    for (const growth of this.growths.of(actor, effective)) {
      if (growth.isAlone) this.connectAlone(at, growth, actor.subject);
      else this.connectGrown(at, actor, growth);
    }
    for (const owned of actor.owned) {
      const isGroup = tenant.snapshot.principals.get(owned)?.type === 'Group';
      const other = isGroup ? undefined : this.actors.of(owned);
      if (other !== undefined) this.graph.connect(at, this.nodeOf(other), { kind: 'own', owned });
    }
  }

  /** Whoever has everything at a scope has what all who do have, whoever they are. */
  private connectAlone(at: number, growth: Growth, subject: DenySubject): void {
    const place = this.source.tenant.places.at(growth.gained[0]!.scope);
    if (!this.source.relevance.isOfUse(place)) return;
    const power = this.powerNode(place, this.everyWay, subject);
    this.graph.connect(at, power, { kind: 'grow', growth }, growth.certainty);
  }

  private connectGrown(at: number, actor: Actor, growth: Growth): void {
    const grown = this.nodeOf(this.actors.with(actor, growth.gained, growth.joined));
    if (grown !== at) this.graph.connect(at, grown, { kind: 'grow', growth }, growth.certainty);
  }

  private powerNode(place: Place, ways: number, subject: DenySubject): number {
    let bySubject = this.powerNodes.get(place.number);
    if (bySubject === undefined) this.powerNodes.set(place.number, (bySubject = []));
    const byWays = (bySubject[subject.number] ??= new Map());
    let node = byWays.get(ways);
    if (node === undefined) {
      byWays.set(ways, (node = this.graph.add({ kind: 'power', place, ways, subject })));
      this.waiting.push(node);
    }
    return node;
  }

  private expandPower(at: number, { place, ways: set, subject }: PowerNode): void {
    const { table } = this.source;
    const open = table.opened.at(set);
    const isCertain = open.certain !== 0n;
    if ((either(open) & table.control.bit) !== 0n) this.connectTargets(at, place, subject);
    const ways = table.ways.filter(({ bit }) => (either(open) & bit) !== 0n);
    const byMethod = new Map<EscalationMethod, Way[]>();
    for (const way of ways) byMethod.set(way.method, [...(byMethod.get(way.method) ?? []), way]);
    const seen = new Map<string, boolean>();
    for (const opening of this.openings.in(place.scope.key)) {
      const best = this.bestWay(byMethod.get(opening.method) ?? [], opening, subject, isCertain);
      if (best === undefined) continue;
      for (const identity of opening.identities) {
        // One that is certain is enough; one that is not, until another is.
        if (seen.get(identity) === true || (seen.has(identity) && !best.isCertain)) continue;
        seen.set(identity, best.isCertain);
        const step = { kind: 'become', way: best.way, opening, identity } as const;
        const other = this.actors.of(identity);
        if (other !== undefined)
          this.graph.connect(at, this.nodeOf(other), step, best.isCertain ? 'certain' : 'perhaps');
      }
    }
  }

  /** The first that is certain, else the first that is not denied. */
  private bestWay(
    ways: readonly Way[],
    { place }: Opening,
    subject: DenySubject,
    isCertain: boolean,
  ): { way: Way; isCertain: boolean } | undefined {
    const denied = this.source.denials.at(place, subject);
    const possible = ways.filter(({ mask }) => (denied.certain & mask) === 0n);
    const sure = possible.find(({ mask, doubt }) => doubt === undefined && (denied.perhaps & mask) === 0n);
    const way = sure ?? possible[0];
    return way && { way, isCertain: isCertain && sure !== undefined };
  }

  private connectTargets(at: number, place: Place, subject: DenySubject): void {
    const { table, tenant, denials } = this.source;
    const { control } = table;
    for (const target of this.targetsIn.get(place.scope.key) ?? []) {
      const denied = denials.at(tenant.places.at(target), subject);
      if (includes(denied.certain, control.mask)) continue;
      const node = this.targetNodes.get(target.key)!;
      if (includes(denied.perhaps, control.mask)) this.graph.connect(at, node, { kind: 'assign' }, 'perhaps');
      else this.graph.connect(at, node);
    }
  }

  private nodeOf(actor: Actor): number {
    let node = this.actorNodes.get(actor);
    if (node === undefined) {
      this.actorNodes.set(actor, (node = this.graph.add({ kind: 'actor', actor })));
      this.waiting.push(node);
    }
    return node;
  }
}

type PowerNode = Extract<PathNode, { kind: 'power' }>;
