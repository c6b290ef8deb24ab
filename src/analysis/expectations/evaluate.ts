import type { DirectoryIdentity } from '../../tenant/access/denied-principals.js';
import { AccessReader } from '../../tenant/access/held-access.js';
import { Tenant } from '../../tenant/access/tenant.js';
import type { ActionSet } from '../../rbac/action-sets/action-set.js';
import type { CoverageOptions, CoverageStatus } from '../../rbac/action-sets/coverage.js';
import type { SetTools } from '../../rbac/action-sets/need.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Notice } from '../../errors.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import { snapshotOf } from '../../tenant/snapshot/snapshot-of.js';
import { redundantAmong, widerThanNeeded } from './assignment-use.js';
import type {
  CheckReport,
  IdentityResult,
  IdentitySummary,
  NeverHeld,
  Remedy,
  Subject,
} from './check-report.js';
import { DoubtFinder } from './doubts.js';
import { widestFirst, witnessesOf } from './excess-witnesses.js';
import type { ExpectedIdentity, Expectations } from './expectations.js';
import { noticesWithCommand } from './groups-unknown.js';
import { Holdings, HoldingsByScope, type HeldHere, type Holding, type RoleGrants } from './holdings.js';
import { IdentityNotices } from './identity-notices.js';
import { Judge, type Judgement, type Policy } from './judge.js';
import { coversNothing, matching } from './matching-operations.js';
import { Needs } from './needs.js';
import { placesOf, placeWithoutNeed, type JudgedScope } from './places.js';
import { remedyFor } from './remedies.js';
import { verdictUnder, type StatusVerdict } from './status-under-doubt.js';

export interface EvaluationRequest {
  readonly expectations: Expectations;
  /** The expectations file, as shown to people. */
  readonly file: string;
  /** Undefined where all identities are roles. */
  readonly tenant: Tenant | undefined;
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
    notices: noticesWithCommand(checked),
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
  /** The principal with its groups. */
  readonly directory: DirectoryIdentity | undefined;
  /** Its own and those of its groups, be they of roles that nobody knows. */
  readonly assignments: readonly RoleAssignment[];
  readonly holdings: readonly Holding[];
  readonly byScope: HoldingsByScope;
  readonly policy: Policy;
  readonly notices: IdentityNotices;
}

/** A place with what was found there. */
interface JudgedPlace {
  readonly place: JudgedScope;
  readonly here: HeldHere;
  readonly judgement: Judgement;
}

class Evaluation {
  private readonly tools: SetTools;
  private readonly nothing: PermissionSet;
  private readonly tenant: Tenant;
  private readonly reader: AccessReader;
  private readonly holdings: Holdings;
  private readonly needs: Needs;
  private readonly judge: Judge;
  private readonly doubts: DoubtFinder;
  private readonly grants = new Map<string, RoleGrants | undefined>();

  constructor(private readonly request: EvaluationRequest) {
    const { catalog, index } = request;
    this.tools = { catalog, index };
    this.tenant = request.tenant ?? new Tenant(snapshotOf({}, ''), catalog, index);
    this.reader = new AccessReader(this.tenant);
    this.nothing = this.reader.nothing;
    this.holdings = new Holdings(this.tenant, this.reader);
    this.needs = new Needs(this.tools, this.nothing);
    this.judge = new Judge(this.tools, this.nothing, name => this.grantsOf(name));
    this.doubts = new DoubtFinder(this.tenant, this.reader, this.holdings);
  }

  check(identity: ExpectedIdentity): CheckedIdentity {
    const judged = this.judgedOf(identity);
    const places = placesOf(identity.needs ?? [], this.needs, this.tenant.tree);
    const needy = places.map(place => this.judgedAt(place, judged));
    const elsewhere = this.elsewhere(judged, places).map(place => this.judgedAt(place, judged));
    const results = [
      ...needy.map(place => this.resultAt(place, judged)),
      ...this.open(judged),
      ...elsewhere.map(place => this.resultAt(place, judged)).filter(({ status }) => status !== 'pass'),
    ];
    this.noteContradictions(places, judged);
    this.noteEmptyPatterns(judged);
    const { tree } = this.tenant;
    const lasting = judged.holdings.filter(
      ({ assignment }) => assignment !== null && !this.tenant.isPassing(assignment),
    );
    const summary = {
      subject: judged.subject,
      status: worstOf(results.map(({ status }) => status)) ?? (elsewhere.length > 0 ? 'pass' : null),
      never: [...needy, ...elsewhere].flatMap(neverHeld),
      widerThanNeeded: widerThanNeeded(judged.holdings, places, tree),
      redundant: redundantAmong(lasting, tree, this.nothing),
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
    const notices = new IdentityNotices(name.value, this.request.file);
    const directory = principal && this.tenant.identityOf(principal.value);
    const assignments = (directory?.ids ?? []).flatMap(id => this.tenant.assignmentsOf(id));
    const holdings = this.held(identity, assignments, notices);
    const policy = this.judge.policyOf({
      accepted,
      never: never.map(({ pattern, plane }) => ({ text: pattern.value, plane })),
      // Where no needs are written down, nobody can say what is too much.
      options: needs === undefined ? { ...this.request.options, allowExcess: 'any' } : this.request.options,
    });
    const byScope = new HoldingsByScope(holdings);
    return { identity, subject, directory, assignments, holdings, byScope, policy, notices };
  }

  private held(
    { principal, role }: ExpectedIdentity,
    assignments: readonly RoleAssignment[],
    notices: IdentityNotices,
  ): Holding[] {
    if (principal === undefined) {
      const definition = this.request.roles.get(role?.value ?? '');
      return definition === undefined ? [] : [this.holdings.ofRole(definition)];
    }
    if (assignments.length === 0)
      notices.add('no-role-assignments', `(${principal.value}) has no role assignment in the snapshot`);
    this.doubts.noteGroups(principal.value, notices);
    return this.holdings.of(principal.value);
  }

  /**
   * The innermost scopes at which it holds something, be it a role that nobody knows, and that lead to none of its needs.
   * A role that is not assigned yet is judged as it is where nothing is needed of it.
   */
  private elsewhere({ identity, assignments }: Judged, places: readonly JudgedScope[]): JudgedScope[] {
    const { principal, needs = [] } = identity;
    const { tree } = this.tenant;
    const forbidden = this.needs.together(this.needs.everywhere(needs));
    const open = needs.filter(need => need.open !== undefined);
    const placeAt = (scope: Scope | undefined): JudgedScope =>
      placeWithoutNeed(scope, forbidden, places, open, this.needs, tree);
    if (principal === undefined) return places.length > 0 ? [] : [placeAt(undefined)];
    const scopes = new Map(
      assignments.map(assignment => this.tenant.scopeOf(assignment)).map(scope => [scope.key, scope]),
    );
    const apart = [...scopes.values()].filter(({ key }) =>
      places.every(({ scope }) => scope === undefined || tree.reach(key, scope) === 'apart'),
    );
    const outer = new Set(apart.flatMap(scope => [...tree.keysFrom(scope)].filter(key => key !== scope.key)));
    return apart
      .filter(({ key }) => !outer.has(key))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(placeAt);
  }

  private judgedAt(place: JudgedScope, { directory, byScope, policy }: Judged): JudgedPlace {
    const { scope } = place;
    const holdings = this.holdings.seenFrom(scope, byScope.reaching(scope, this.tenant.tree));
    const isDeniable = scope !== undefined && directory !== undefined;
    const denials = isDeniable ? this.reader.denials.at(scope, directory).certain : [];
    const here = { holdings, denials };
    return { place, here, judgement: this.judge.judge(here, place, policy) };
  }

  /** Needs of which nobody can tell whether they are met: what is held for them, where their scope is known. */
  private open(judged: Judged): IdentityResult[] {
    const open = (judged.identity.needs ?? []).flatMap(need =>
      need.open === undefined ? [] : [{ ...need, open: need.open }],
    );
    if (open.length === 0) return [];
    const named = open.map(({ set, open: { when } }) => `${set.id} (${when ?? 'scope unknown'})`);
    judged.notices.add('need-not-checked', `has needs that were not checked: ${named.join(', ')}`);
    return open.map(need => {
      const place = placesOf([{ ...need, open: undefined }], this.needs, this.tenant.tree)[0]!;
      const { judgement } = this.judgedAt(place, need.scope === undefined ? unheld(judged) : judged);
      const { covered, conditional, missing } = judgement.coverage;
      return {
        subject: judged.subject,
        actionSet: need.set.id,
        actionSets: [need.set.id],
        scope: need.scope?.value.text ?? null,
        ...undecided,
        covered,
        conditional,
        missing,
        notChecked: { reason: need.open.reason, at: need.open.at ?? null, when: need.open.when ?? null },
      };
    });
  }

  private resultAt(judgedPlace: JudgedPlace, judged: Judged): IdentityResult {
    const { place, here, judgement } = judgedPlace;
    const { judge, tenant } = this;
    const { denied, missing } = judgement.found;
    // No role assignment helps against a deny assignment.
    const remedies = (): Remedy[] => this.remediesAt(place, missing.subtract(denied), judged);
    return {
      subject: judged.subject,
      actionSet: place.sets.length === 0 ? null : place.sets.map(({ id }) => id).join('+'),
      actionSets: place.sets.map(({ id }) => id),
      scope: place.scope?.text ?? null,
      ...judgement.coverage,
      ...this.verdictOf(judgedPlace, judged),
      denied: judgement.denied,
      denials: judgement.denials,
      // Of thousands of results, few are looked at so closely.
      get remedies() {
        return remedies();
      },
      get because() {
        const asked = widestFirst(here.holdings);
        const trace = judge.trace(judgement, asked, judged.policy);
        return witnessesOf(trace, asked, id => tenant.snapshot.principals.get(id)?.displayName);
      },
      accepted: judgement.accepted,
      notChecked: null,
      unknownReach: judgement.unknownReach,
    };
  }

  private grantsOf(name: string): RoleGrants | undefined {
    if (!this.grants.has(name)) {
      const role = this.request.roles.get(name) ?? this.request.catalog.builtInRoles.find(name);
      this.grants.set(name, role && this.holdings.grants(role));
    }
    return this.grants.get(name);
  }

  private verdictOf({ place, here, judgement }: JudgedPlace, judged: Judged): Partial<StatusVerdict> {
    const { identity, notices, policy } = judged;
    if (place.scope === undefined || identity.principal === undefined) return {};
    const doubts = this.doubts.at(place.scope, identity.principal.value, notices);
    if (doubts === undefined) return {};
    return verdictUnder(doubts, judgement.found, here, place, policy, this.judge);
  }

  private remediesAt(
    place: JudgedScope,
    missing: PermissionSet,
    { identity, holdings, policy }: Judged,
  ): Remedy[] {
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
    const known = this.tenant.snapshot.principals.get(principal)?.type;
    if (known !== undefined && known !== 'Unknown') return known;
    const own = holdings.find(({ via }) => via.length === 0);
    return own?.assignment?.principalType ?? 'ServicePrincipal';
  }

  private noteContradictions(places: readonly JudgedScope[], { policy, notices }: Judged): void {
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

/** Where a scope is not known, nobody knows what is held there. */
function unheld(judged: Judged): Judged {
  return { ...judged, byScope: new HoldingsByScope([]) };
}

const undecided = {
  status: 'unknown',
  coverage: 'unknown',
  leastPrivilege: 'unknown',
  forbidden: [],
  excess: { control: 0, data: 0, operations: [] },
  denied: [],
  denials: [],
  remedies: [],
  because: [],
  accepted: [],
} as const;

/** Of patterns in one notice. */
const mostNamed = 5;

function neverHeld({ place, judgement }: JudgedPlace): NeverHeld[] {
  return judgement.never.map(({ pattern, ...held }) => ({
    pattern,
    scope: place.scope?.text ?? null,
    ...held,
  }));
}

/** In this order a status outdoes the others. */
const byWeight: readonly CoverageStatus[] = ['fail', 'excess', 'unknown', 'pass'];

function worstOf(statuses: readonly CoverageStatus[]): CoverageStatus | undefined {
  return byWeight.find(status => statuses.includes(status));
}
