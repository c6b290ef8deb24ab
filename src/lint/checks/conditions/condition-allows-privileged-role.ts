import type { Check } from '../check.js';
import { firstTwo } from '../../../text/list.js';
import { delegationOf, listedPrincipals } from './delegation.js';

/**
 * Finds conditions that let roles be assigned which make their holders as powerful as an owner or nearly so. As the variant
 * `listed-principals` where only principals that the condition lists can get them. Role definitions are not looked at:
 * what a role lets through is a matter of the rule that finds it assigning roles.
 */
export const conditionAllowsPrivilegedRole: Check<'condition'> = {
  subject: 'condition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(conditioned, _options, context) {
    if (conditioned.on !== 'assignment') return;
    const delegation = delegationOf(conditioned, context);
    if (delegation === undefined) return;
    const { admitted, expression } = delegation;
    // A list of what is forbidden lets nearly every role through by its nature; here it matters if it forgets one of the worst.
    const powerful = admitted.kind === 'only' ? delegation.powerful : delegation.powerful.filter(isOwner);
    const [strongest] = powerful;
    if (strongest === undefined) return;
    // Such a list speaks of all roles that it does not name alike.
    const principals = listedPrincipals(expression, admitted.kind === 'only' ? powerful : [strongest]);
    const names = powerful.map(({ role }) => role);
    yield conditioned.match(
      {
        roles: names,
        count: names.length,
        listing: firstTwo(names),
        strongest: strongest.role,
        because: strongest.because,
        ...(principals !== undefined && { principals }),
      },
      principals === undefined ? undefined : 'listed-principals',
    );
  },
};

function isOwner({ power }: { readonly power: string }): boolean {
  return power === 'owner';
}
