import type { Finding } from './finding.js';
import { fillMessage } from './message.js';
import type { Rule } from './rule.js';
import { variantOf } from './settings.js';

type Worded = Pick<Finding, 'rule' | 'variant' | 'evidence' | 'message'>;

/** The fault in at most some 80 characters, without the role: what a person sees first. */
export function titleOf({ rule, variant, evidence }: Omit<Worded, 'message'>): string {
  return fillMessage(wordingOf(rule, variant, 'headline') ?? rule.title, evidence, {});
}

/** What a report says below the title; the message where the rule has no shorter wording. Empty: nothing more. */
export function detailOf({ rule, variant, evidence, message }: Worded): string {
  const detail = wordingOf(rule, variant, 'detail');
  return detail === undefined ? message : fillMessage(detail, evidence, {});
}

function wordingOf(rule: Rule, variant: string | undefined, part: 'headline' | 'detail'): string | undefined {
  const own = variant === undefined ? undefined : variantOf(rule, variant);
  return own?.[part] ?? rule[part];
}
