import { getOrInsert } from '../../maps.js';
import {
  compare,
  namesIn,
  namesOf,
  type Comparison,
  type Coverage,
  type CoverageOptions,
  type Held,
  type Need,
} from '../../rbac/action-sets/coverage.js';
import type { SetTools } from '../../rbac/action-sets/need.js';
import type { Denial } from '../../tenant/access/denials.js';
import { isNothing } from '../../tenant/access/granted-role.js';
import { unionOf, type PermissionSet } from '../../rbac/permissions/permission-set.js';
import { acceptedAt } from './accepted-excess.js';
import type { AcceptedOperations, NeverHeld, StoppingDenial } from './check-report.js';
import { stoppingDenials } from './stopping-denials.js';
import { witnessTrace, type WitnessStep } from './excess-witnesses.js';
import type { AcceptedExcess } from './expectations.js';
import { heldTogether, type HeldHere, type AssignedRole, type RoleGrants } from './assigned-roles.js';
import { matching, type PlanePattern } from './matching-operations.js';
import { Numbers } from './numbers.js';
import type { JudgedScope } from './places.js';

/** What, by what, beside its needs, an identity is judged. The same object for all who are judged alike. */
export interface Policy {
  readonly accepted: readonly AcceptedExcess[];
  readonly never: readonly PlanePattern[];
  readonly options: CoverageOptions;
}

/** What some roles are found to be for some needs: the same for all who hold them there. */
export interface Judgement {
  readonly found: Pick<
    Comparison,
    | 'status'
    | 'coverage'
    | 'leastPrivilege'
    | 'conditional'
    | 'missing'
    | 'forbidden'
    | 'excess'
    | 'unaccepted'
  > & {
    /** What of the missing deny assignments take away, whatever grants it. */
    readonly denied: PermissionSet;
  };
  readonly coverage: Coverage;
  /** Operations of the missing that deny assignments take away, by name. */
  readonly denied: readonly string[];
  /** Deny assignments that take something away which is needed. */
  readonly denials: readonly StoppingDenial[];
  readonly accepted: readonly AcceptedOperations[];
  /** What must be held nowhere; what is needed left out. */
  readonly never: readonly Omit<NeverHeld, 'scope'>[];
  /** Granted, and nobody knows whether it has an effect at the place; undefined where there is none of that. */
  readonly unknownReach: Coverage['excess'] | undefined;
  /** The steps that explain the excess, by the roles in the order in which they are asked. */
  readonly traces: Map<string, readonly WitnessStep[]>;
}

type Needed = Pick<JudgedScope, 'scope' | 'need' | 'around' | 'inside' | 'sets' | 'recommended'>;

/** Judges combinations of roles and needs, each once: thousands of identities share a few. */
export class Judge {
  private readonly numbers = new Numbers();
  private readonly policies = new Map<string, Policy>();
  private readonly judgements = new Map<string, Judgement>();
  /** GUIDs of the roles of those names. */
  private readonly guids = new WeakMap<ReadonlySet<string>, ReadonlySet<string | undefined>>();

  constructor(
    private readonly tools: SetTools,
    private readonly nothing: PermissionSet,
    private readonly grantsOf: (role: string) => RoleGrants | undefined,
  ) {}

  policyOf(policy: Policy): Policy {
    const accepted = policy.accepted.map(({ role, operations, reason }) => [
      role?.value,
      operations.map(({ value }) => value),
      reason,
    ]);
    const key = JSON.stringify([
      accepted,
      policy.never.map(({ text, plane }) => [text, plane]),
      policy.options,
    ]);
    const known = this.policies.get(key);
    if (known === undefined) this.policies.set(key, policy);
    return known ?? policy;
  }

  judge({ assignedRoles, denials }: HeldHere, place: Needed, policy: Policy): Judgement {
    const here = { assignedRoles, denials: relevantOf(denials, assignedRoles, place) };
    const context = [policy, place.need, place.around, place.inside].map(object => this.numbers.of(object));
    const recommended = assignedRoles.filter(assignedRole => this.isRecommended(assignedRole, place));
    const key = [...context, ...this.numbersOf(here), 'as', ...this.rolesIn(recommended)].join(' ');
    let judgement = this.judgements.get(key);
    if (judgement === undefined) {
      // Sets take some kilobytes each.
      if (this.judgements.size >= maxJudgements) this.judgements.clear();
      this.judgements.set(key, (judgement = this.work(here, recommended, place, policy)));
    }
    return judgement;
  }

  /**
   * What is accepted counts as tolerated, even what a set forbids. What must never be held is forbidden whatever else,
   * but for what is needed. What a recommended role grants beside is no failure unless it is
   * forbidden; where it is held for a need at a wider scope, that was judged there.
   */
  compare(
    held: Held,
    { scope, need, around, inside }: Needed,
    { accepted, never, options }: Policy,
    recommended: readonly AssignedRole[] = [],
  ): Comparison {
    const granted = held.definite.union(held.conditional);
    const covered = accepted.reduce((all, entry) => all.union(this.covered(entry, granted)), this.nothing);
    const ofOuterNeeds = recommended.filter(({ scope: own }) => own !== undefined && own.key !== scope?.key);
    const expected = unionOf(
      [covered, around.required, inside.required, this.grantedBy(ofOuterNeeds).intersect(granted)],
      this.nothing,
    );
    const isStrict = options.allowExcess === 'none';
    const tolerated = [need, around, inside].map(each => each.tolerated);
    const judgedNeed: Need = {
      required: need.required,
      tolerated: isStrict ? expected : unionOf([expected, ...tolerated], this.nothing),
      forbidden: need.forbidden
        .subtract(expected)
        .union(matching(granted, never, this.tools, this.nothing).subtract(around.required)),
    };
    const rest = isStrict || recommended.length === 0 ? undefined : this.grantedBy(recommended);
    return compare(judgedNeed, held, isStrict ? { ...options, allowExcess: 'tolerated' } : options, rest);
  }

  /** The excess of holdings through the strings of their roles, the widest role first. */
  trace(
    { found, traces }: Judgement,
    widestFirst: readonly AssignedRole[],
    { options }: Policy,
  ): readonly WitnessStep[] {
    const key = widestFirst.map(({ granted }) => this.numbers.of(granted)).join(' ');
    let trace = traces.get(key);
    if (trace === undefined) {
      const unwanted = options.allowExcess === 'any' ? found.forbidden : found.excess;
      traces.set(key, (trace = witnessTrace(unwanted, widestFirst, this.tools)));
    }
    return trace;
  }

  /** What roles and deny assignments there are says all; who has them and how often says nothing. */
  private numbersOf({ assignedRoles, denials }: HeldHere): (number | string)[] {
    const roles = new Set<number>();
    for (const { granted } of assignedRoles) roles.add(this.numbers.of(granted));
    const sorted = [...roles].sort((a, b) => a - b);
    if (denials.length === 0) return sorted;
    const less = denials.map(denial => this.numbers.of(denial)).sort((a, b) => a - b);
    return [...sorted, 'less', ...less];
  }

  /** Whether its role is recommended where it is held; a custom role never is. A role to be has no scope: it is held at the place. */
  private isRecommended({ role, scope: own }: AssignedRole, { scope: place, recommended }: Needed): boolean {
    const names = recommended.get((own ?? place)?.key ?? '');
    if (names === undefined || role.guid === undefined || role.roleType !== 'BuiltInRole') return false;
    const guids = getOrInsert(
      this.guids,
      names,
      () => new Set([...names].map(name => this.grantsOf(name)?.role.guid)),
    );
    return guids.has(role.guid);
  }

  private rolesIn(assignedRoles: readonly AssignedRole[]): number[] {
    return this.numbersOf({ assignedRoles, denials: [] }).map(Number);
  }

  private grantedBy(assignedRoles: readonly AssignedRole[]): PermissionSet {
    return unionOf(
      assignedRoles.flatMap(({ granted }) => [granted.definite, granted.possible]),
      this.nothing,
    );
  }

  private work(
    { assignedRoles, denials }: HeldHere,
    recommended: readonly AssignedRole[],
    place: Needed,
    policy: Policy,
  ): Judgement {
    const held = heldTogether({ assignedRoles, denials }, this.nothing);
    const unknownReach = this.unknownReach(assignedRoles, denials);
    const compared = this.compare(held, place, policy, recommended);
    const { covered, ...found } = underUnknownReach(compared, unknownReach, policy.options);
    const { missing, conditional, excess } = found;
    const granted = held.definite.union(held.conditional);
    const accepted = this.acceptedIn(assignedRoles, granted, place, policy);
    const coverage = withAcceptance(namesIn({ covered, ...found }), accepted);
    const inTheWay = denials.filter(denial => denial.touches(place.need.required));
    const denied = this.deniedOf(missing, inTheWay);
    return {
      found: { ...found, denied },
      denied: namesOf(denied),
      coverage: place.sets.length > 0 ? coverage : { ...coverage, excess: shortened(excess) },
      denials: stoppingDenials(inTheWay, missing, conditional),
      accepted,
      never: this.neverHeld(granted, place, policy),
      unknownReach: isNothing(unknownReach) ? undefined : shortened(unknownReach),
      traces: new Map(),
    };
  }

  /** What of it is denied for certain is no question any more. */
  private unknownReach(assignedRoles: readonly AssignedRole[], denials: readonly Denial[]): PermissionSet {
    const sets = assignedRoles.map(({ granted }) => granted.unknownReach);
    const all = unionOf(sets, this.nothing);
    return isNothing(all) ? all : all.subtract(this.deniedOf(all, denials));
  }

  private deniedOf(missing: PermissionSet, denials: readonly Denial[]): PermissionSet {
    return denials.reduce((all, denial) => all.union(denial.takenFrom(missing).definite), this.nothing);
  }

  /** What of the operations granted somebody accepted. */
  private covered({ role, operations }: AcceptedExcess, granted: PermissionSet): PermissionSet {
    if (role === undefined) {
      return matching(
        granted,
        operations.map(({ value }) => ({ text: value, plane: 'both' })),
        this.tools,
        this.nothing,
      );
    }
    const grants = this.grantsOf(role.value);
    return grants === undefined
      ? this.nothing
      : granted.intersect(grants.held.definite.union(grants.held.conditional));
  }

  private acceptedIn(
    assignedRoles: readonly AssignedRole[],
    granted: PermissionSet,
    place: Needed,
    policy: Policy,
  ): AcceptedOperations[] {
    const beyond = granted.subtract(expectedAnyway(place, policy));
    const entries = policy.accepted.map(entry => {
      const role = entry.role && this.grantsOf(entry.role.value)?.role;
      return { entry, role, operations: this.covered(entry, beyond) };
    });
    return acceptedAt(entries, assignedRoles, place.need.forbidden);
  }

  private neverHeld(granted: PermissionSet, { need, around }: Needed, { never }: Policy): Judgement['never'] {
    if (never.length === 0) return [];
    const beyond = granted.subtract(need.required).subtract(around.required);
    return never.flatMap(pattern => {
      const held = matching(beyond, [pattern], this.tools, this.nothing);
      if (held.isEmpty) return [];
      const count = held.count('control') + held.count('data');
      return [{ pattern: pattern.text, count, ...firstOf(held) }];
    });
  }
}

/** Where only what may have an effect is missing, nobody knows whether it is. */
function underUnknownReach(
  compared: Comparison,
  unknownReach: PermissionSet,
  { conditionalGrants }: CoverageOptions,
): Comparison {
  const { missing, forbidden, conditional } = compared;
  const isOpen = !missing.isEmpty && missing.isSubsetOf(unknownReach);
  const failsAnyway = !forbidden.isEmpty || (!conditional.isEmpty && conditionalGrants === 'fail');
  if (!isOpen) return compared;
  return { ...compared, coverage: 'unknown', status: failsAnyway ? compared.status : 'unknown' };
}

/** What nobody has to accept, since it would be no excess. */
function expectedAnyway({ need, around, inside }: Needed, { options }: Policy): PermissionSet {
  const required = need.required.union(around.required).union(inside.required);
  if (options.allowExcess === 'none') return required;
  const tolerated = need.tolerated.union(around.tolerated).union(inside.tolerated);
  return required.union(tolerated.subtract(need.forbidden));
}

/** What somebody accepted counts as tolerated, and is no excess any more: it is told all the same. */
function withAcceptance(coverage: Coverage, accepted: readonly AcceptedOperations[]): Coverage {
  const isAccepted = coverage.leastPrivilege === 'exact' && accepted.some(({ operations }) => operations > 0);
  return isAccepted ? { ...coverage, leastPrivilege: 'accepted' } : coverage;
}

/** Deny assignments that are about what is held or needed: the others must not keep judgements apart that are the same. */
function relevantOf(
  denials: readonly Denial[],
  assignedRoles: readonly AssignedRole[],
  { need }: Needed,
): readonly Denial[] {
  if (denials.length === 0) return denials;
  const sets = new Set(assignedRoles.flatMap(({ granted }) => [granted.definite, granted.possible]));
  sets.add(need.required);
  return denials.filter(denial => [...sets].some(set => denial.touches(set)));
}

const maxJudgements = 1_000;

/** Where nothing is needed, counts and witnesses say it all: the names of everything at every scope would not. */
function shortened(excess: PermissionSet): Coverage['excess'] {
  return { control: excess.count('control'), data: excess.count('data'), ...firstOf(excess) };
}

function firstOf(set: PermissionSet): { readonly operations: readonly string[]; readonly omitted?: number } {
  const operations = set.operationsOnAnyPlane(maxNamed);
  const omitted = set.sizeOnAnyPlane - operations.length;
  return omitted > 0 ? { operations, omitted } : { operations };
}

const maxNamed = 100;
