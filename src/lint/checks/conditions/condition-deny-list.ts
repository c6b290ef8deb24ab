import type { Check } from '../check.js';
import { firstTwo } from '../../../text/list.js';
import { delegationOf, roleNamesOf } from './delegation.js';

/** Finds conditions on assignments that let every role be assigned but those that they list. */
export const conditionDenyList: Check<'condition'> = {
  subject: 'condition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(conditioned, _options, context) {
    if (conditioned.on !== 'assignment') return;
    const delegation = delegationOf(conditioned, context);
    if (delegation === undefined) return;
    const { admitted, powerful } = delegation;
    if (admitted.kind === 'only' || admitted.values.length === 0) return;
    const [excluded, passing] = [roleNamesOf(admitted.values, conditioned), powerful.map(({ role }) => role)];
    yield conditioned.match({
      excluded,
      excludedListing: firstTwo(excluded),
      roles: passing,
      count: passing.length,
      listing: passing.length === 0 ? 'no privileged role' : firstTwo(passing),
    });
  },
};
