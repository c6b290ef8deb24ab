import { didYouMean } from '../../did-you-mean.js';
import { UserError } from '../../errors.js';
import type { PendingFinding } from './pending-finding.js';
import { namesOfRule, ruleIdOf, rulesNamed } from './settings.js';
import type { Suppression } from './suppression.js';

/** What nobody may accept, and for how long the rest may be accepted. */
export interface SuppressionPolicy {
  /** Rule ids, or rule ids and variants. */
  readonly neverSuppressed: ReadonlySet<string>;
  /** The longest that a suppression may hold, from the day of the run on. */
  readonly maxDays: number | undefined;
}

/** The policy of a run that has none. */
export const anySuppression: SuppressionPolicy = { neverSuppressed: new Set(), maxDays: undefined };

/**
 * Rules by their names, which may have stars.
 * @throws UserError for a name that no rule has: a rule that is misspelt would not be protected.
 */
export function rulesNeverSuppressed(
  names: readonly string[],
  rules: readonly { readonly id: string }[],
): ReadonlySet<string> {
  const known = rules.map(({ id }) => id);
  return new Set(
    names.flatMap(name => {
      const found = rulesNamed(name, known);
      if (found.length > 0) return found;
      throw new UserError(`There is no rule "${name}", which is never to be suppressed.`, {
        hint: didYouMean(ruleIdOf(name), known),
      });
    }),
  );
}

/** Whether nothing accepts the finding: no comment, no configuration, no baseline. */
export function isNeverSuppressed(
  { rule, match }: Pick<PendingFinding, 'rule' | 'match'>,
  { neverSuppressed }: SuppressionPolicy,
): boolean {
  return (
    neverSuppressed.size > 0 && namesOfRule(rule.id, match.variant).some(name => neverSuppressed.has(name))
  );
}

/** Why a suppression does not hold, as the end of a sentence; undefined where it may. */
export function refusalOf(
  suppression: Suppression,
  { neverSuppressed, maxDays }: SuppressionPolicy,
  asOf: string,
): string | undefined {
  const names = [suppression.rule, ruleIdOf(suppression.rule)];
  if (names.some(name => neverSuppressed.has(name))) return 'this rule may not be suppressed';
  if (maxDays === undefined) return undefined;
  const limit = `suppressions may last at most ${maxDays} ${maxDays === 1 ? 'day' : 'days'}`;
  if (suppression.by === 'inline') return `${limit}, and a comment has no end`;
  const { expires } = suppression;
  if (expires === undefined) return `${limit}, and it names no "expires"`;
  return expires > dayAfter(asOf, maxDays) ? `${limit}, until ${dayAfter(asOf, maxDays)}` : undefined;
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
