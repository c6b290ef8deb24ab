import { getOrInsert } from '../../maps.js';
import type { SetTools } from '../../rbac/action-sets/need.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { Denial } from '../../tenant/access/denials.js';
import { AccessComparer } from './access-comparer.js';
import type { AssignedRole, HeldHere, RoleGrants } from './assigned-roles.js';
import { witnessTrace, type WitnessStep } from './excess-witnesses.js';
import type { Judgement, NeedsHere, Policy } from './judgement.js';
import { JudgementMaker } from './judgement-maker.js';
import { Numbers } from './numbers.js';

/** Judges combinations of roles and needs, each once: thousands of identities share a few. */
export class Judge {
  readonly comparer: AccessComparer;
  private readonly maker: JudgementMaker;
  private readonly numbers = new Numbers();
  private readonly policies = new Map<string, Policy>();
  private readonly judgements = new Map<string, Judgement>();
  /** GUIDs of the roles of those names. */
  private readonly guids = new WeakMap<ReadonlySet<string>, ReadonlySet<string | undefined>>();

  constructor(
    private readonly tools: SetTools,
    nothing: PermissionSet,
    private readonly grantsOf: (role: string) => RoleGrants | undefined,
  ) {
    this.comparer = new AccessComparer(tools, nothing, grantsOf);
    this.maker = new JudgementMaker(this.comparer, nothing);
  }

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

  judge({ assignedRoles, denials }: HeldHere, place: NeedsHere, policy: Policy): Judgement {
    const here = { assignedRoles, denials: relevantOf(denials, assignedRoles, place) };
    const context = [policy, place.need, place.around, place.inside].map(object => this.numbers.of(object));
    const recommended = assignedRoles.filter(assignedRole => this.isRecommended(assignedRole, place));
    const key = [...context, ...this.numbersOf(here), ...this.waysHeld(recommended, place)].join(' ');
    let judgement = this.judgements.get(key);
    if (judgement === undefined) {
      // Sets take some kilobytes each.
      if (this.judgements.size >= maxJudgements) this.judgements.clear();
      this.judgements.set(key, (judgement = this.maker.make(here, recommended, place, policy)));
    }
    return judgement;
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
  private isRecommended(
    { role, scope: own }: AssignedRole,
    { scope: place, recommended }: NeedsHere,
  ): boolean {
    const names = recommended.get((own ?? place)?.key ?? '');
    if (names === undefined || role.guid === undefined || role.roleType !== 'BuiltInRole') return false;
    const guids = getOrInsert(
      this.guids,
      names,
      () => new Set([...names].map(name => this.grantsOf(name)?.role.guid)),
    );
    return guids.has(role.guid);
  }

  /** A role that is recommended is judged in another way at the scope where it is held than below it. */
  private waysHeld(recommended: readonly AssignedRole[], { scope: place }: NeedsHere): (number | string)[] {
    const isHere = ({ scope: own }: AssignedRole): boolean => own === undefined || own.key === place?.key;
    const [here, around] = [recommended.filter(isHere), recommended.filter(role => !isHere(role))];
    return [here, around].flatMap(roles => ['as', ...this.numbersOf({ assignedRoles: roles, denials: [] })]);
  }
}

/** Deny assignments that are about what is held or needed: the others must not keep judgements apart that are the same. */
function relevantOf(
  denials: readonly Denial[],
  assignedRoles: readonly AssignedRole[],
  { need }: NeedsHere,
): readonly Denial[] {
  if (denials.length === 0) return denials;
  const sets = new Set(assignedRoles.flatMap(({ granted }) => [granted.definite, granted.possible]));
  sets.add(need.required);
  return denials.filter(denial => [...sets].some(set => denial.touches(set)));
}

const maxJudgements = 1_000;
