import type { ActionSet } from '../action-sets/action-set.js';
import type { CoverageOptions, CoverageStatus } from '../action-sets/coverage.js';
import type { SetTools } from '../action-sets/need.js';
import { toRoleDefinition } from '../catalog/built-in-roles.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Notice } from '../errors.js';
import type { RoleDefinition } from '../model/role-definition.js';
import type { Scope } from '../model/scope.js';
import { permissionsOf } from '../permissions/effective.js';
import type { OperationIndex } from '../permissions/operation-index.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import { ScopeTree } from '../snapshot/scope-tree.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { redundantAmong, widerThanNeeded } from './assignment-use.js';
import type {
  CheckReport,
  IdentityResult,
  IdentitySummary,
  NeverHeld,
  Remedy,
  Subject,
} from './check-report.js';
import { DoubtFinder, PrincipalNotices, type Doubts } from './doubts.js';
import { widestFirst, witnessesOf } from './excess-witnesses.js';
import type { ExpectedIdentity, Expectations } from './expectations.js';
import { heldTogether, Holdings, HoldingsByScope, type Holding, type RoleGrants } from './holdings.js';
import { Judge, type Judgement, type Policy } from './judge.js';
import { coversNothing, matching } from './matching-operations.js';
import { Needs } from './needs.js';
import { placesOf, placeWithoutNeed, type Place } from './places.js';
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
  readonly byScope: HoldingsByScope;
  readonly policy: Policy;
  readonly notices: PrincipalNotices;
}

/** A place with what was found there. */
interface JudgedPlace {
  readonly place: Place;
  readonly holdings: readonly Holding[];
  readonly judgement: Judgement;
}

class Evaluation {
  private readonly tools: SetTools;
  private readonly nothing: PermissionSet;
  private readonly tree: ScopeTree;
  private readonly holdings: Holdings;
  private readonly needs: Needs;
  private readonly judge: Judge;
  private readonly doubts: DoubtFinder | undefined;
  private readonly grants = new Map<string, RoleGrants | undefined>();

  constructor(private readonly request: EvaluationRequest) {
    const { snapshot, catalog, index } = request;
    this.tools = { catalog, index };
    this.nothing = permissionsOf(
      toRoleDefinition({ guid: '', name: '', permissions: [] }),
      catalog,
      index,
    ).set;
    this.tree = new ScopeTree(snapshot ?? { managementGroups: new Map(), subscriptions: new Map() });
    this.holdings = new Holdings(snapshot, this.tools, guid => catalog.builtInRoles.find(guid), this.nothing);
    this.needs = new Needs(this.tools, this.nothing);
    this.judge = new Judge(this.tools, this.nothing, name => this.grantsOf(name));
    this.doubts = snapshot && new DoubtFinder(snapshot, this.holdings, this.tree);
  }

  check(identity: ExpectedIdentity): CheckedIdentity {
    const judged = this.judgedOf(identity);
    const places = placesOf(identity.needs ?? [], this.needs, this.tree);
    const needy = places.map(place => this.judgedAt(place, judged));
    const elsewhere = this.elsewhere(judged, places).map(place => this.judgedAt(place, judged));
    const results = [
      ...needy.map(place => this.resultAt(place, judged)),
      ...elsewhere.map(place => this.resultAt(place, judged)).filter(({ status }) => status !== 'pass'),
    ];
    this.noteContradictions(places, judged);
    this.noteEmptyPatterns(judged);
    const assigned = judged.holdings.filter(({ scope }) => scope !== undefined);
    const summary = {
      subject: judged.subject,
      status: worstOf(results.map(({ status }) => status)) ?? (elsewhere.length > 0 ? 'pass' : null),
      never: [...needy, ...elsewhere].flatMap(neverHeld),
      widerThanNeeded: widerThanNeeded(assigned, places, this.tree),
      redundant: redundantAmong(assigned, this.tree, this.nothing),
    };
    return { results, summary, notices: judged.notices.list };
  }

  private judgedOf(identity: ExpectedIdentity): Judged {
    const { name, principal, role, never, accepted, needs } = identity;
    const subject: Subject = {
      kind: 'identity',
      name: name.value,
      principal: principal?.value ?? null,
      role: role?.value ?? null,
    };
    const notices = new PrincipalNotices(name.value, this.request.file);
    const holdings = this.held(identity, notices);
    const policy = this.judge.policyOf({
      accepted,
      never: never.map(({ pattern, plane }) => ({ text: pattern.value, plane })),
      // Where no needs are written down, nobody can say what is too much.
      options: needs === undefined ? { ...this.request.options, allowExcess: 'any' } : this.request.options,
    });
    return { identity, subject, holdings, byScope: new HoldingsByScope(holdings), policy, notices };
  }

  private held({ principal, role }: ExpectedIdentity, notices: PrincipalNotices): Holding[] {
    if (principal === undefined) {
      const definition = this.request.roles.get(role?.value ?? '');
      return definition === undefined ? [] : [this.holdings.ofRole(definition)];
    }
    const assignments = this.holdings.assignmentsOf(principal.value);
    if (assignments.length === 0)
      notices.add('no-role-assignments', `(${principal.value}) has no role assignment in the snapshot`);
    if (assignments.some(({ condition }) => condition !== undefined)) {
      notices.add(
        'condition-not-evaluated',
        'has role assignments with conditions, which are not evaluated yet; what they grant counts as conditional',
      );
    }
    return assignments.flatMap(assignment => this.holdings.of(assignment) ?? []);
  }

  /**
   * The innermost scopes at which it holds something, be it a role that nobody knows, and that lead to none of its needs.
   * A role that is not assigned yet is judged as it is where nothing is needed of it.
   */
  private elsewhere({ identity }: Judged, places: readonly Place[]): Place[] {
    const { principal, needs = [] } = identity;
    const forbidden = this.needs.together(this.needs.everywhere(needs));
    const placeAt = (scope: Scope | undefined): Place =>
      placeWithoutNeed(scope, forbidden, places, this.needs, this.tree);
    if (principal === undefined) return places.length > 0 ? [] : [placeAt(undefined)];
    const assignments = this.holdings.assignmentsOf(principal.value);
    const scopes = new Map(
      assignments.map(assignment => this.holdings.scopeOf(assignment)).map(scope => [scope.key, scope]),
    );
    const apart = [...scopes.values()].filter(({ key }) =>
      places.every(({ scope }) => scope === undefined || this.tree.reach(key, scope) === 'apart'),
    );
    const outer = new Set(
      apart.flatMap(scope => [...this.tree.keysFrom(scope)].filter(key => key !== scope.key)),
    );
    return apart
      .filter(({ key }) => !outer.has(key))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(placeAt);
  }

  private judgedAt(place: Place, { byScope, policy }: Judged): JudgedPlace {
    const holdings = byScope.reaching(place.scope, this.tree);
    return { place, holdings, judgement: this.judge.judge(holdings, place, policy) };
  }

  private resultAt(judgedPlace: JudgedPlace, judged: Judged): IdentityResult {
    const { place, holdings, judgement } = judgedPlace;
    const { judge } = this;
    const remedies = (): Remedy[] =>
      judgement.found.missing.isEmpty ? [] : this.remediesAt(place, judgement.found.missing, judged);
    return {
      subject: judged.subject,
      actionSet: place.sets.length === 0 ? null : place.sets.map(({ id }) => id).join('+'),
      actionSets: place.sets.map(({ id }) => id),
      scope: place.scope?.text ?? null,
      ...judgement.coverage,
      status: this.statusUnder(this.doubtsAt(place, judged), judgedPlace, judged),
      // Of thousands of results, few are looked at so closely.
      get remedies() {
        return remedies();
      },
      get because() {
        const asked = widestFirst(holdings);
        return witnessesOf(judge.trace(judgement, asked, judged.policy), asked);
      },
      accepted: judgement.accepted,
    };
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
    { place, holdings, judgement }: JudgedPlace,
    { policy }: Judged,
  ): CoverageStatus {
    const { found } = judgement;
    if (doubts === undefined) return found.status;
    const { perhapsMore, perhapsLess, isUnreadable } = doubts;
    const others: CoverageStatus[] = [];
    if (perhapsMore.length > 0) {
      others.push(this.judge.judge([...holdings, ...perhapsMore], place, policy).found.status);
    }
    if (perhapsLess.length > 0) {
      const { certain, conditional } = heldTogether(holdings, this.nothing);
      const denied = perhapsLess.reduce((all, { permissions }) => all.union(permissions.set), this.nothing);
      const less = { certain: certain.subtract(denied), conditional: conditional.subtract(denied) };
      others.push(this.judge.compare(less, place, policy).status);
    }
    if (isUnreadable && !failsWhateverElse(found, policy.options)) return 'unknown';
    return others.some(other => isFailure(other) !== isFailure(found.status)) ? 'unknown' : found.status;
  }

  private remediesAt(place: Place, missing: PermissionSet, { identity, holdings, policy }: Judged): Remedy[] {
    const { sets, scope } = place;
    const principal = identity.principal?.value;
    const type = principal === undefined ? undefined : this.principalType(principal, holdings);
    const assignee =
      principal === undefined || scope === undefined
        ? undefined
        : { objectId: principal, kind: type!, scope };
    // A role that grants what is forbidden would mend one failure with another.
    const harmless = (name: string): RoleGrants | undefined => {
      const grants = this.grantsOf(name);
      return grants !== undefined && this.judge.compare(grants.held, place, policy).forbidden.isEmpty
        ? grants
        : undefined;
    };
    return sets.flatMap((set: ActionSet) => {
      const own = missing.intersect(this.needs.of(set).required);
      return own.isEmpty ? [] : [remedyFor(set, own, assignee, harmless)];
    });
  }

  /** Most identities are service principals, managed ones included. */
  private principalType(principal: string, holdings: readonly Holding[]): string {
    const known = this.request.snapshot?.principals.get(principal)?.type;
    if (known !== undefined && known !== 'Unknown') return known;
    return holdings[0]?.assignment?.principalType ?? 'ServicePrincipal';
  }

  private noteContradictions(places: readonly Place[], { policy, notices }: Judged): void {
    for (const pattern of policy.never) {
      const needed = places.find(
        ({ need }) => !matching(need.required, [pattern], this.tools, this.nothing).isEmpty,
      );
      if (needed === undefined) continue;
      notices.add(
        'never-covers-what-is-needed',
        `must hold nothing of "${pattern.text}" beyond what it needs: "${needed.sets[0]!.id}" requires some of it`,
      );
    }
  }

  /** A slip in a pattern must not look as if nothing that it covers were held. */
  private noteEmptyPatterns({ policy: { accepted, never }, notices }: Judged): void {
    const acceptable = accepted.flatMap(({ operations }) =>
      operations.map(({ value }) => ({ text: value, plane: 'both' as const })),
    );
    const empty = [...never, ...acceptable].filter(pattern => coversNothing(pattern, this.tools.index));
    if (empty.length === 0) return;
    const named = empty
      .slice(0, mostNamed)
      .map(({ text, plane }) => `"${text}"${plane === 'both' ? '' : ` (${plane} plane)`}`);
    const more = empty.length > mostNamed ? ` and ${empty.length - mostNamed} more` : '';
    notices.add(
      'pattern-without-operations',
      `has patterns that cover no operation of the catalog: ${named.join(', ')}${more}`,
    );
  }
}

/** Of patterns in one notice. */
const mostNamed = 5;

function neverHeld({ place, judgement }: JudgedPlace): NeverHeld[] {
  return judgement.never.map(({ pattern, ...held }) => ({
    pattern,
    scope: place.scope?.text ?? null,
    ...held,
  }));
}

function isFailure(status: CoverageStatus): boolean {
  return status === 'fail' || status === 'excess';
}

/** More could only be added to what was seen: what is too much already stays so. */
function failsWhateverElse(
  { forbidden, excess }: Judgement['found'],
  { allowExcess }: CoverageOptions,
): boolean {
  return !forbidden.isEmpty || (!excess.isEmpty && allowExcess !== 'any');
}

/** In this order a status outdoes the others. */
const byWeight: readonly CoverageStatus[] = ['fail', 'excess', 'unknown', 'pass'];

function worstOf(statuses: readonly CoverageStatus[]): CoverageStatus | undefined {
  return byWeight.find(status => statuses.includes(status));
}
