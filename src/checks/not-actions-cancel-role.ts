import type { Check } from './check.js';
import { grantedBy, subtractions } from './subtraction.js';

/** Permissions whose NotActions and NotDataActions take away all that they grant. */
export const notActionsCancelRole: Check<'role-definition'> = {
  subject: 'role-definition',
  optionsSchema: { type: 'object', additionalProperties: false },
  *evaluate(role, _options, context) {
    for (const { permission, set } of context.permissionsOf(role).entries) {
      const isLeftNothing = [set.control, set.data].every(
        ({ known, unknownPlane, unlisted }) => known.isEmpty && unknownPlane.isEmpty && unlisted.size === 0,
      );
      if (!isLeftNothing) continue;
      const cancelled = subtractions.find(({ granting }) => {
        const { known, unlisted } = grantedBy(permission[granting], context);
        return !known.isEmpty || unlisted.length > 0;
      });
      if (cancelled === undefined) continue;
      const entry = permission[cancelled.subtracting][0];
      if (entry === undefined) continue;
      const isControl = cancelled.granting === 'actions';
      yield {
        at: entry.at,
        role,
        evidence: {
          list: isControl ? 'NotActions' : 'NotDataActions',
          granting: isControl ? 'Actions' : 'DataActions',
        },
      };
    }
  },
};
