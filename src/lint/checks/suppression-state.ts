import type { Check } from './check.js';
import type { Evidence, Match } from './match.js';
import type { SuppressionUse } from './suppression-use.js';

export interface SuppressionStateOptions {
  readonly state: 'expired' | 'unused' | 'without-reason' | 'unknown-rule';
}

/** Finds suppressions that no longer do what their authors meant. */
export const suppressionState: Check<'suppression', SuppressionStateOptions> = {
  subject: 'suppression',
  optionsSchema: {
    type: 'object',
    required: ['state'],
    additionalProperties: false,
    properties: { state: { enum: ['expired', 'unused', 'without-reason', 'unknown-rule'] } },
  },

  *evaluate(suppression, { state }) {
    const found = finders[state](suppression);
    if (found !== undefined) yield { at: suppression.at, role: undefined, ...found };
  },
};

type Found = Pick<Match, 'variant' | 'evidence'>;

const finders: Readonly<
  Record<SuppressionStateOptions['state'], (suppression: SuppressionUse) => Found | undefined>
> = {
  expired: findExpired,
  unused: ({ rule, use, isKnownRule, expiry }) =>
    use === 'unused' && isKnownRule && !isOver(expiry) ? { evidence: { rule } } : undefined,
  'without-reason': ({ rule, reason }) => (reason === undefined ? { evidence: { rule } } : undefined),
  'unknown-rule': findUnknownRule,
};

function findExpired({ rule, expires = '', expiry }: SuppressionUse): Found | undefined {
  if (!isOver(expiry)) return undefined;
  const evidence: Evidence = { rule, expires };
  return expiry === 'bad-date' ? { variant: 'bad-date', evidence } : { evidence };
}

function findUnknownRule({ rule, isKnownRule, suggestion }: SuppressionUse): Found | undefined {
  if (isKnownRule) return undefined;
  if (rule === '') return { variant: 'nameless', evidence: {} };
  return suggestion === undefined
    ? { evidence: { rule } }
    : { variant: 'near-match', evidence: { rule, suggestion } };
}

function isOver(expiry: SuppressionUse['expiry']): boolean {
  return expiry === 'past' || expiry === 'bad-date';
}
