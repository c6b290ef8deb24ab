import { append } from '../../../maps.js';
import { ScopeArray } from '../../../tenant/access/scope-array.js';
import type { ScopeNode } from '../../../tenant/access/scope-nodes.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { PrincipalState } from './principal-state.js';
import { StateTable } from './state-table.js';
import type { DenySubject } from '../grants/denials.js';
import { EffectiveOperations } from './effective-operations.js';
import { type PrivilegeGain, PrivilegeGains } from './privilege-gains.js';
import type { GraphSource } from './graph-source.js';
import { either, includes } from '../methods/interned-sets.js';
import { nothing } from '../methods/interned-sets.js';
import { GrantIndex } from '../grants/grant-index.js';
import type { EscalationMethod } from '../methods/method.js';
import type { Way } from '../methods/method-table.js';
import type { IdentityHost, IdentityHosts } from './identity-hosts.js';
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
  /** How many principals that concerns. */
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
  private readonly states: StateTable;
  private readonly gains: PrivilegeGains;
  private readonly hosts: IdentityHosts;
  private readonly targetNodes = new Map<string, number>();
  private readonly targetsIn = new Map<string, Scope[]>();
  private readonly stateNodes = new Map<PrincipalState, number>();
  /** Principals and their nodes by each of their ids: of the tenant as it is. */
  private readonly statesOf = new Map<string, (readonly [PrincipalState, number])[]>();
  /** Nodes by the number of the place, then by that of the subject and that of the ways. */
  private readonly waysNodes = new ScopeArray<Map<number, number>[]>();
  private readonly waiting: number[] = [];
  /** The number of the set that holds all ways. */
  private readonly everyWay: number;
  private readonly replacements = new Map<RoleAssignment, Replacement>();

  constructor(
    private readonly source: GraphSource,
    targets: readonly Scope[],
  ) {
    const { tenant, table, evaluator, pruner, includeEligible } = source;
    const grants = new GrantIndex(tenant, evaluator, includeEligible);
    this.hosts = pruner.hosts;
    this.everyWay = table.opened.number({ definite: table.allWays, possible: 0n });
    this.states = new StateTable(source, grants);
    for (const scope of targets) {
      this.targetNodes.set(scope.key, this.graph.add({ kind: 'target', scope }));
      for (const key of tenant.tree.keysFrom(scope)) {
        append(this.targetsIn, key, scope);
      }
    }
    this.gains = new PrivilegeGains(source, grants);
  }

  build(principals: Iterable<string>): BuiltGraph {
    const starts = new Map<string, number>();
    for (const principal of principals) {
      const state = this.states.of(principal);
      if (state !== undefined) starts.set(principal, this.nodeOf(state));
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
    for (const [state, node] of this.concerned(assignment))
      replaced.set(node, this.nodeOf(this.states.lessened(state, assignment)));
    this.expandAll();
    const replacement = { replaced };
    this.replacements.set(assignment, replacement);
    return replacement;
  }

  /** All of the tenant as it is were found before the first is replaced. */
  private concerned({ principalId }: RoleAssignment): readonly (readonly [PrincipalState, number])[] {
    if (this.statesOf.size === 0) {
      for (const entry of this.stateNodes)
        for (const id of entry[0].ids) {
          append(this.statesOf, id, entry);
        }
    }
    return this.statesOf.get(principalId) ?? [];
  }

  private expandAll(): void {
    for (let at = this.waiting.pop(); at !== undefined; at = this.waiting.pop()) this.expand(at);
  }

  private expand(at: number): void {
    const node = this.graph.nodes[at]!;
    if (node.kind === 'state') this.expandState(at, node.state);
    else if (node.kind === 'ways') this.expandWays(at, node);
  }

  private expandState(at: number, state: PrincipalState): void {
    const { tenant, table, pruner } = this.source;
    const { subject } = state;
    const effective = new EffectiveOperations(state, this.source);
    for (const { place, ways } of effective.openWays(each => pruner.isOfUse(each))) {
      const { definite, possible } = table.opened.split(ways);
      if (definite !== nothing) this.graph.connect(at, this.waysNode(place, definite, subject));
      if (possible !== nothing) this.graph.connect(at, this.waysNode(place, possible, subject));
    }
    for (const gain of this.gains.of(state, effective)) {
      if (gain.isAlone) this.connectAlone(at, gain, state.subject);
      else this.connectGained(at, state, gain);
    }
    for (const owned of state.owned) {
      const isGroup = tenant.snapshot.principals.get(owned)?.type === 'Group';
      const other = isGroup ? undefined : this.states.of(owned);
      if (other !== undefined) this.graph.connect(at, this.nodeOf(other), { kind: 'own', owned });
    }
  }

  /** Whoever has everything at a scope has what all who do have, whoever they are. */
  private connectAlone(at: number, gain: PrivilegeGain, subject: DenySubject): void {
    const place = this.source.tenant.scopeNodes.at(gain.gained[0]!.scope);
    if (!this.source.pruner.isOfUse(place)) return;
    const ways = this.waysNode(place, this.everyWay, subject);
    this.graph.connect(at, ways, { kind: 'gain', gain }, gain.certainty);
  }

  private connectGained(at: number, state: PrincipalState, gain: PrivilegeGain): void {
    const gained = this.nodeOf(this.states.with(state, gain.gained, gain.joined));
    if (gained !== at) this.graph.connect(at, gained, { kind: 'gain', gain }, gain.certainty);
  }

  private waysNode(place: ScopeNode, ways: number, subject: DenySubject): number {
    let bySubject = this.waysNodes.get(place.number);
    if (bySubject === undefined) this.waysNodes.set(place.number, (bySubject = []));
    const byWays = (bySubject[subject.number] ??= new Map());
    let node = byWays.get(ways);
    if (node === undefined) {
      byWays.set(ways, (node = this.graph.add({ kind: 'ways', place, ways, subject })));
      this.waiting.push(node);
    }
    return node;
  }

  private expandWays(at: number, { place, ways: set, subject }: WaysNode): void {
    const { table } = this.source;
    const open = table.opened.at(set);
    const isCertain = open.definite !== 0n;
    if ((either(open) & table.control.bit) !== 0n) this.connectTargets(at, place, subject);
    const ways = table.ways.filter(({ bit }) => (either(open) & bit) !== 0n);
    const byMethod = new Map<EscalationMethod, Way[]>();
    for (const way of ways) byMethod.set(way.method, [...(byMethod.get(way.method) ?? []), way]);
    const seen = new Map<string, boolean>();
    for (const host of this.hosts.in(place.scope.key)) {
      const best = this.bestWay(byMethod.get(host.method) ?? [], host, subject, isCertain);
      if (best === undefined) continue;
      for (const identity of host.identities) {
        // One that is certain is enough; one that is not, until another is.
        if (seen.get(identity) === true || (seen.has(identity) && !best.isCertain)) continue;
        seen.set(identity, best.isCertain);
        const step = { kind: 'become', way: best.way, host, identity } as const;
        const other = this.states.of(identity);
        if (other !== undefined)
          this.graph.connect(at, this.nodeOf(other), step, best.isCertain ? 'certain' : 'perhaps');
      }
    }
  }

  /** The first that is certain, else the first that is not denied. */
  private bestWay(
    ways: readonly Way[],
    { place }: IdentityHost,
    subject: DenySubject,
    isCertain: boolean,
  ): { way: Way; isCertain: boolean } | undefined {
    const denied = this.source.denials.at(place, subject);
    const possible = ways.filter(({ mask }) => (denied.definite & mask) === 0n);
    const sure = possible.find(({ mask, doubt }) => doubt === undefined && (denied.possible & mask) === 0n);
    const way = sure ?? possible[0];
    return way && { way, isCertain: isCertain && sure !== undefined };
  }

  private connectTargets(at: number, place: ScopeNode, subject: DenySubject): void {
    const { table, tenant, denials } = this.source;
    const { control } = table;
    for (const target of this.targetsIn.get(place.scope.key) ?? []) {
      const denied = denials.at(tenant.scopeNodes.at(target), subject);
      if (includes(denied.definite, control.mask)) continue;
      const node = this.targetNodes.get(target.key)!;
      if (includes(denied.possible, control.mask))
        this.graph.connect(at, node, { kind: 'assign' }, 'perhaps');
      else this.graph.connect(at, node);
    }
  }

  private nodeOf(state: PrincipalState): number {
    let node = this.stateNodes.get(state);
    if (node === undefined) {
      this.stateNodes.set(state, (node = this.graph.add({ kind: 'state', state })));
      this.waiting.push(node);
    }
    return node;
  }
}

type WaysNode = Extract<PathNode, { kind: 'ways' }>;
