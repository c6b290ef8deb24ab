import type { CoverageOptions, CoverageStatus } from '../../rbac/action-sets/coverage.js';
import type { Doubts } from './doubts.js';
import type { HeldHere, Holding } from './holdings.js';
import type { Judge, Judgement, Policy } from './judge.js';
import type { Place } from './places.js';

type Found = Judgement['found'];

/** `unknown` only where what is not known could make a failure of what passes, or the other way round. */
export function statusUnder(
  doubts: Doubts,
  known: Found,
  here: HeldHere,
  place: Place,
  policy: Policy,
  judge: Judge,
): CoverageStatus {
  const worlds = new Worlds(doubts, known, here, place, policy, judge);
  const { status } = known;
  const isFailure = status === 'fail' || status === 'excess';
  return (isFailure ? worlds.mayPass : worlds.mayFail) ? 'unknown' : status;
}

/** What may be the case. Grants only ever add, and deny assignments only ever take away. */
class Worlds {
  private readonly options: CoverageOptions;

  constructor(
    private readonly doubts: Doubts,
    private readonly known: Found,
    private readonly here: HeldHere,
    private readonly place: Place,
    private readonly policy: Policy,
    private readonly judge: Judge,
  ) {
    this.options = policy.options;
  }

  get mayFail(): boolean {
    const { perhapsMore, perhapsLess, isMoreUnread, isLessUnread } = this.doubts;
    const { need } = this.place;
    const minds =
      this.options.allowExcess !== 'any' || this.policy.never.length > 0 || !need.forbidden.isEmpty;
    if ((isMoreUnread && minds) || (isLessUnread && !need.required.isEmpty)) return true;
    if (perhapsMore.length > 0 && this.isTooMuch(this.found(this.with(perhapsMore)))) return true;
    return perhapsLess.length > 0 && this.isTooLittle(this.found(this.least()));
  }

  get mayPass(): boolean {
    const { perhapsMore, perhapsLess, isMoreUnread, isLessUnread } = this.doubts;
    if (!this.known.denied.isEmpty) return false;
    if (!isLessUnread && this.isTooMuch(perhapsLess.length > 0 ? this.found(this.least()) : this.known))
      return false;
    if (isMoreUnread || !this.isTooLittle(this.known)) return true;
    // Of what may be held, some is too much by itself, whatever else is held: it passes only without that.
    const harmless = isLessUnread ? perhapsMore : perhapsMore.filter(more => !this.isTooMuchAlone(more));
    return harmless.length > 0 && !this.isTooLittle(this.found(this.with(harmless)));
  }

  private found(here: HeldHere): Found {
    return this.judge.judge(here, this.place, this.policy).found;
  }

  private with(more: readonly Holding[]): HeldHere {
    return { ...this.here, holdings: [...this.here.holdings, ...more] };
  }

  /** All that may be denied is. */
  private least(holdings = this.here.holdings): HeldHere {
    return { holdings, denials: [...this.here.denials, ...this.doubts.perhapsLess] };
  }

  private isTooMuchAlone(holding: Holding): boolean {
    return this.isTooMuch(this.found(this.least([holding])));
  }

  private isTooMuch({ forbidden, excess }: Found): boolean {
    return !forbidden.isEmpty || (!excess.isEmpty && this.options.allowExcess !== 'any');
  }

  private isTooLittle({ missing, conditional }: Found): boolean {
    return !missing.isEmpty || (!conditional.isEmpty && this.options.conditionalGrants === 'fail');
  }
}
