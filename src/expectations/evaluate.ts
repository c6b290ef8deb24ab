import type { ActionSet } from '../action-sets/action-set.js';
import { compare, namesIn, namesOf, type Comparison, type CoverageOptions, type CoverageStatus, type Held, type Need } from '../action-sets/coverage.js';
import type { SetTools } from '../action-sets/need.js';
import { toRoleDefinition } from '../catalog/built-in-roles.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Notice } from '../errors.js';
import type { RoleDefinition } from '../model/role-definition.js';
import { permissionsOf } from '../permissions/effective.js';
import type { OperationIndex } from '../permissions/operation-index.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import { ScopeTree } from '../snapshot/scope-tree.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { redundantAmong, widerThanNeeded } from './assignment-use.js';
import type { AcceptedOperations, CheckReport, ExcessWitness, IdentityResult, IdentitySummary, NeverHeld, Subject } from './check-report.js';
import { DoubtFinder, PrincipalNotices, type Doubts } from './doubts.js';
import { excessWitnesses } from './excess-witnesses.js';
import type { AcceptedExcess, ExpectedIdentity, Expectations } from './expectations.js';
import { heldTogether, Holdings, type Holding, type RoleGrants } from './holdings.js';
import { matching, type PlanePattern } from './matching-operations.js';
import { Needs, placesOf, placeWithoutNeed, type Place } from './places.js';
import { remedyFor } from './remedies.js';

export interface EvaluationRequest {
  readonly expectations: Expectations;
  /** The expectations file, as shown to people. */
  readonly file: string;
  /** Undefined where all identities are roles. */
  readonly snapshot: Snapshot | undefined;
  /** The roles that expectations name, by the name that they use. */
  readonly roles: ReadonlyMap<string, RoleDefinition>;
  readonly catalog: Catalog;
  readonly index: OperationIndex;
  readonly options: CoverageOptions;
}

/** Holds what identities have against what is expected of them. */
export function evaluate(request: EvaluationRequest): CheckReport {
  const evaluation = new Evaluation(request);
  const checked = request.expectations.identities.map(identity => evaluation.check(identity));
  return {
    results: checked.flatMap(({ results }) => results),
    identities: checked.map(({ summary }) => summary),
    notices: checked.flatMap(({ notices }) => notices),
  };
}

interface CheckedIdentity {
  readonly results: readonly IdentityResult[];
  readonly summary: IdentitySummary;
  readonly notices: readonly Notice[];
}

/** An identity while it is judged. */
interface Judged {
  readonly identity: ExpectedIdentity;
  readonly subject: Subject;
  readonly holdings: readonly Holding[];
  readonly never: readonly PlanePattern[];
  readonly notices: PrincipalNotices;
  readonly options: CoverageOptions;
}

class Evaluation {
  private readonly tools: SetTools;
  private readonly nothing: PermissionSet;
  private readonly tree: ScopeTree;
  private readonly holdings: Holdings;
  private readonly needs: Needs;
  private readonly doubts: DoubtFinder | undefined;
  private readonly grants = new Map<string, RoleGrants | undefined>();

  constructor(private readonly request: EvaluationRequest) {
    const { snapshot, catalog, index } = request;
    this.tools = { catalog, index };
    this.nothing = permissionsOf(toRoleDefinition({ guid: '', name: '', permissions: [] }), catalog, index).set;
    this.tree = new ScopeTree(snapshot ?? { managementGroups: new Map(), subscriptions: new Map() });
    this.holdings = new Holdings(snapshot, this.tools, guid => catalog.builtInRoles.find(guid), this.nothing);
    this.needs = new Needs(this.tools, this.nothing);
    this.doubts = snapshot && new DoubtFinder(snapshot, this.holdings, this.tree);
  }

  check(identity: ExpectedIdentity): CheckedIdentity {
    const judged = this.judgedOf(identity);
    const places = placesOf(identity.needs ?? [], this.needs, this.tree);
    const elsewhere = this.elsewhere(judged, places);
    const results = [
      ...places.map(place => this.resultAt(place, judged)),
      ...elsewhere.map(place => this.resultAt(place, judged)).filter(({ status }) => status !== 'pass'),
    ];
    this.noteContradictions(places, judged);
    const assigned = judged.holdings.filter(({ scope }) => scope !== undefined);
    const summary = {
      subject: judged.subject,
      status: worstOf(results.map(({ status }) => status)) ?? (elsewhere.length > 0 ? 'pass' : null),
      never: [...places, ...elsewhere].flatMap(place => this.neverHeld(place, judged)),
      widerThanNeeded: widerThanNeeded(assigned, places, this.tree),
      redundant: redundantAmong(assigned, this.tree, this.nothing),
    };
    return { results, summary, notices: judged.notices.list };
  }

  private judgedOf(identity: ExpectedIdentity): Judged {
    const { name, principal, role, never, needs } = identity;
    const subject: Subject = { kind: 'identity', name: name.value, principal: principal?.value ?? null, role: role?.value ?? null };
    const notices = new PrincipalNotices(name.value, this.request.file);
    return {
      identity,
      subject,
      holdings: this.held(identity, notices),
      never: never.map(({ pattern, plane }) => ({ text: pattern.value, plane })),
      notices,
      // Where no needs are written down, nobody can say what is too much.
      options: needs === undefined ? { ...this.request.options, allowExcess: 'any' } : this.request.options,
    };
  }

  private held({ principal, role }: ExpectedIdentity, notices: PrincipalNotices): Holding[] {
    if (principal === undefined) {
      const definition = this.request.roles.get(role?.value ?? '');
      return definition === undefined ? [] : [this.holdings.ofRole(definition)];
    }
    const assignments = this.holdings.assignmentsOf(principal.value);
    if (assignments.length === 0) notices.add('no-role-assignments', `(${principal.value}) has no role assignment in the snapshot`);
    if (assignments.some(({ condition }) => condition !== undefined)) {
      notices.add('condition-not-evaluated', 'has role assignments with conditions, which are not evaluated yet; what they grant counts as conditional');
    }
    return assignments.flatMap(assignment => this.holdings.of(assignment) ?? []);
  }

  /** The innermost scopes at which it holds something, be it a role that nobody knows, and that lead to none of its needs. */
  private elsewhere({ identity: { principal } }: Judged, places: readonly Place[]): Place[] {
    const assignments = principal === undefined ? [] : this.holdings.assignmentsOf(principal.value);
    const scopes = new Map(assignments.map(assignment => this.holdings.scopeOf(assignment)).map(scope => [scope.key, scope]));
    const apart = [...scopes.values()].filter(({ key }) =>
      places.every(({ scope }) => scope === undefined || this.tree.reach(key, scope) === 'apart'),
    );
    const outer = new Set(apart.flatMap(scope => [...this.tree.keysFrom(scope)].filter(key => key !== scope.key)));
    return apart
      .filter(({ key }) => !outer.has(key))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(scope => placeWithoutNeed(scope, places, this.needs, this.tree));
  }

  private resultAt(place: Place, judged: Judged): IdentityResult {
    const { subject, identity, options } = judged;
    const holdings = this.reaching(place, judged);
    const held = heldTogether(holdings, this.nothing);
    const granted = held.certain.union(held.conditional);
    const found = this.compareAt(place, judged, held);
    const doubts = this.doubtsAt(place, judged);
    const { tools } = this;
    const unwanted = options.allowExcess === 'any' ? found.forbidden : found.excess;
    let witnesses: readonly ExcessWitness[] | undefined;
    return {
      subject,
      actionSet: place.sets.length === 0 ? null : place.sets.map(({ id }) => id).join('+'),
      actionSets: place.sets.map(({ id }) => id),
      scope: place.scope?.text ?? null,
      ...namesIn({ ...found, status: this.statusUnder(doubts, found, place, judged, held) }),
      remedies: found.missing.isEmpty ? [] : this.remediesAt(place, found.missing, judged),
      // Of thousands of results, few are looked at so closely.
      get because() {
        return (witnesses ??= excessWitnesses(unwanted, holdings, tools));
      },
      accepted: identity.accepted.map(entry => this.acceptedBy(entry, granted, place)),
    };
  }

  private reaching({ scope: place }: Place, { holdings }: Judged): Holding[] {
    return holdings.filter(
      ({ scope }) => scope === undefined || (place !== undefined && this.tree.reach(scope.key, place) === 'reaches'),
    );
  }

  /**
   * What is accepted counts as tolerated, even what a set forbids. What must never be held is forbidden whatever else,
   * but for what is needed.
   */
  private compareAt({ need, around }: Place, { identity, never, options }: Judged, held: Held): Comparison {
    const granted = held.certain.union(held.conditional);
    const accepted = identity.accepted.reduce((all, entry) => all.union(this.covered(entry, granted)), this.nothing);
    const expected = accepted.union(around.required);
    const isStrict = options.allowExcess === 'none';
    const judgedNeed: Need = {
      required: need.required,
      tolerated: isStrict ? expected : expected.union(need.tolerated).union(around.tolerated),
      forbidden: need.forbidden.subtract(expected).union(matching(granted, never, this.tools, this.nothing).subtract(around.required)),
    };
    return compare(judgedNeed, held, isStrict ? { ...options, allowExcess: 'tolerated' } : options);
  }

  /** What of the operations granted somebody accepted. */
  private covered({ role, operations }: AcceptedExcess, granted: PermissionSet): PermissionSet {
    if (role === undefined) {
      return matching(granted, operations.map(({ value }) => ({ text: value, plane: 'both' })), this.tools, this.nothing);
    }
    const grants = this.grantsOf(role.value);
    return grants === undefined ? this.nothing : granted.intersect(grants.held.certain.union(grants.held.conditional));
  }

  private acceptedBy(entry: AcceptedExcess, granted: PermissionSet, place: Place): AcceptedOperations {
    const { need } = place;
    const beyond = this.covered(entry, granted).subtract(this.expectedAnyway(place));
    return {
      role: entry.role?.value ?? null,
      patterns: entry.operations.map(({ value }) => value),
      reason: entry.reason,
      operations: beyond.count('control') + beyond.count('data'),
      forbidden: namesOf(beyond.intersect(need.forbidden)),
    };
  }

  /** What nobody has to accept, since it would be no excess. */
  private expectedAnyway({ need, around }: Place): PermissionSet {
    const required = need.required.union(around.required);
    if (this.request.options.allowExcess === 'none') return required;
    return required.union(need.tolerated.union(around.tolerated).subtract(need.forbidden));
  }

  private grantsOf(name: string): RoleGrants | undefined {
    if (!this.grants.has(name)) {
      const role = this.request.roles.get(name) ?? this.request.catalog.builtInRoles.find(name);
      this.grants.set(name, role && this.holdings.grants(role));
    }
    return this.grants.get(name);
  }

  private doubtsAt({ scope }: Place, { identity, notices }: Judged): Doubts | undefined {
    if (scope === undefined || identity.principal === undefined) return undefined;
    return this.doubts?.at(scope, identity.principal.value, notices);
  }

  /** `unknown` only where what was not evaluated could make a failure of what passes, or the other way round. */
  private statusUnder(
    doubts: Doubts | undefined,
    found: Comparison,
    place: Place,
    judged: Judged,
    held: Held,
  ): CoverageStatus {
    if (doubts === undefined) return found.status;
    const { perhapsMore, perhapsLess, isUnreadable } = doubts;
    const others: CoverageStatus[] = [];
    if (perhapsMore.length > 0) {
      const more = heldTogether(perhapsMore, this.nothing);
      const certain = held.certain.union(more.certain);
      const conditional = held.conditional.union(more.conditional).subtract(certain);
      others.push(this.compareAt(place, judged, { certain, conditional }).status);
    }
    if (perhapsLess.length > 0) {
      const denied = perhapsLess.reduce((all, { permissions }) => all.union(permissions.set), this.nothing);
      const less = { certain: held.certain.subtract(denied), conditional: held.conditional.subtract(denied) };
      others.push(this.compareAt(place, judged, less).status);
    }
    if (isUnreadable && !failsWhateverElse(found, judged.options)) return 'unknown';
    return others.some(other => isFailure(other) !== isFailure(found.status)) ? 'unknown' : found.status;
  }

  private remediesAt({ sets, scope }: Place, missing: PermissionSet, { identity, holdings }: Judged) {
    const principal = identity.principal?.value;
    const type = principal === undefined ? undefined : this.principalType(principal, holdings);
    const assignee = principal === undefined || scope === undefined ? undefined : { principal, principalType: type!, scope };
    return sets.flatMap((set: ActionSet) => {
      const own = missing.intersect(this.needs.of(set).required);
      return own.isEmpty ? [] : [remedyFor(set, own, assignee, name => this.grantsOf(name))];
    });
  }

  /** Most identities are service principals, managed ones included. */
  private principalType(principal: string, holdings: readonly Holding[]): string {
    const known = this.request.snapshot?.principals.get(principal)?.type;
    if (known !== undefined && known !== 'Unknown') return known;
    return holdings[0]?.assignment?.principalType ?? 'ServicePrincipal';
  }

  private noteContradictions(places: readonly Place[], { never, notices }: Judged): void {
    for (const pattern of never) {
      const needed = places.find(({ need }) => !matching(need.required, [pattern], this.tools, this.nothing).isEmpty);
      if (needed === undefined) continue;
      notices.add('never-covers-what-is-needed', `must hold nothing of "${pattern.text}" beyond what it needs: "${needed.sets[0]!.id}" requires some of it`);
    }
  }

  private neverHeld(place: Place, judged: Judged): NeverHeld[] {
    if (judged.never.length === 0) return [];
    const { certain, conditional } = heldTogether(this.reaching(place, judged), this.nothing);
    const beyond = certain.union(conditional).subtract(place.need.required).subtract(place.around.required);
    return judged.never.flatMap(pattern => {
      const held = matching(beyond, [pattern], this.tools, this.nothing);
      if (held.isEmpty) return [];
      const count = held.count('control') + held.count('data');
      let names: readonly string[] | undefined;
      return [
        {
          pattern: pattern.text,
          scope: place.scope?.text ?? null,
          count,
          get operations() {
            return (names ??= namesOf(held));
          },
        },
      ];
    });
  }
}

function isFailure(status: CoverageStatus): boolean {
  return status === 'fail' || status === 'excess';
}

/** More could only be added to what was seen: what is too much already stays so. */
function failsWhateverElse({ forbidden, excess }: Comparison, { allowExcess }: CoverageOptions): boolean {
  return !forbidden.isEmpty || (!excess.isEmpty && allowExcess !== 'any');
}

/** In this order a status outdoes the others. */
const byWeight: readonly CoverageStatus[] = ['fail', 'excess', 'unknown', 'pass'];

function worstOf(statuses: readonly CoverageStatus[]): CoverageStatus | undefined {
  return byWeight.find(status => statuses.includes(status));
}
