import type { Coverage, CoverageOptions } from '../../rbac/action-sets/coverage.js';
import type { Unknowns } from './unknowns.js';
import type { HeldHere, AssignedRole } from './assigned-roles.js';
import type { Judge } from './judge.js';
import type { Judgement, Policy } from './judgement.js';
import type { JudgedScope } from './places.js';

type Found = Judgement['found'];

/** The parts of a verdict. */
export type StatusVerdict = Pick<Coverage, 'status' | 'coverage' | 'leastPrivilege'>;

/** What was found at a place, and what could change it. */
interface PlaceFacts {
  readonly unknowns: Unknowns;
  readonly known: Found;
  readonly here: HeldHere;
  readonly place: JudgedScope;
  readonly policy: Policy;
  readonly judge: Judge;
}

/** `unknown` only where what is not known could make a failure of what passes, or the other way round. */
export function verdictUnder(facts: PlaceFacts): StatusVerdict {
  const worlds = new Worlds(facts);
  const { status, coverage, leastPrivilege } = facts.known;
  const isFailure = status === 'fail' || status === 'excess';
  const isTurned = isFailure ? worlds.mayPass : worlds.mayFail;
  const isCoverageOpen = coverage === 'complete' ? worlds.mayLack : worlds.mayCover;
  const isTooMuch = leastPrivilege === 'excess' || leastPrivilege === 'forbidden';
  return {
    status: isTurned ? 'unknown' : status,
    coverage: isCoverageOpen ? 'unknown' : coverage,
    leastPrivilege: (isTooMuch ? worlds.mayBeLittle : worlds.mayExceed) ? 'unknown' : leastPrivilege,
  };
}

/** What may be the case. Grants only ever add, and deny assignments only ever take away. */
class Worlds {
  private readonly options: CoverageOptions;

  constructor(private readonly facts: PlaceFacts) {
    this.options = facts.policy.options;
  }

  get mayFail(): boolean {
    return this.mayExceed || this.mayLack;
  }

  /** What is not held for certain may be too much. */
  get mayExceed(): boolean {
    const { possibleGrants, isMoreUnread } = this.facts.unknowns;
    const minds =
      this.options.allowExcess !== 'any' ||
      this.facts.policy.never.length > 0 ||
      !this.facts.place.need.forbidden.isEmpty;
    if (isMoreUnread && minds) return true;
    return possibleGrants.length > 0 && this.isTooMuch(this.found(this.with(possibleGrants)));
  }

  /** What is held may be denied. */
  get mayLack(): boolean {
    const { possibleDenials, isLessUnread } = this.facts.unknowns;
    if (isLessUnread && !this.facts.place.need.required.isEmpty) return true;
    return possibleDenials.length > 0 && this.isTooLittle(this.found(this.least()));
  }

  /** What is missing may be held. */
  get mayCover(): boolean {
    const { possiblyCovering, isCoveringUnread } = this.facts.unknowns;
    if (!this.facts.known.denied.isEmpty) return false;
    if (isCoveringUnread) return true;
    return possiblyCovering.length > 0 && !this.isTooLittle(this.found(this.with(possiblyCovering)));
  }

  /** What is too much may be denied. */
  get mayBeLittle(): boolean {
    const { possibleDenials, isLessUnread } = this.facts.unknowns;
    return isLessUnread || (possibleDenials.length > 0 && !this.isTooMuch(this.found(this.least())));
  }

  get mayPass(): boolean {
    const { possiblyCovering, possibleDenials, isCoveringUnread, isLessUnread } = this.facts.unknowns;
    if (!this.facts.known.denied.isEmpty) return false;
    if (
      !isLessUnread &&
      this.isTooMuch(possibleDenials.length > 0 ? this.found(this.least()) : this.facts.known)
    )
      return false;
    if (isCoveringUnread || !this.isTooLittle(this.facts.known)) return true;
    // Of what may be held, some is too much by itself, whatever else is held: it passes only without that.
    const harmless = isLessUnread
      ? possiblyCovering
      : possiblyCovering.filter(more => !this.isTooMuchAlone(more));
    return harmless.length > 0 && !this.isTooLittle(this.found(this.with(harmless)));
  }

  private found(here: HeldHere): Found {
    return this.facts.judge.judge(here, this.facts.place, this.facts.policy).found;
  }

  private with(more: readonly AssignedRole[]): HeldHere {
    return { ...this.facts.here, assignedRoles: [...this.facts.here.assignedRoles, ...more] };
  }

  /** All that may be denied is. */
  private least(assignedRoles = this.facts.here.assignedRoles): HeldHere {
    return { assignedRoles, denials: [...this.facts.here.denials, ...this.facts.unknowns.possibleDenials] };
  }

  private isTooMuchAlone(assignedRole: AssignedRole): boolean {
    return this.isTooMuch(this.found(this.least([assignedRole])));
  }

  private isTooMuch({ forbidden, unaccepted }: Found): boolean {
    return !forbidden.isEmpty || (!unaccepted.isEmpty && this.options.allowExcess !== 'any');
  }

  private isTooLittle({ missing, conditional }: Found): boolean {
    return !missing.isEmpty || (!conditional.isEmpty && this.options.conditionalGrants === 'fail');
  }
}
