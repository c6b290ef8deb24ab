import { planeOf } from '../../rbac/model/role-definition.js';
import { isEmptyPlane } from '../../rbac/permissions/permission-set.js';
import type { Check } from './check.js';
import { subtractions } from './subtraction.js';

/** Permissions whose NotActions and NotDataActions take away all that they grant. */
export const notActionsCancelRole: Check<'role-definition'> = {
  subject: 'role-definition',
  needs: ['permissions', 'actions', 'dataActions'],
  optionsSchema: { type: 'object', additionalProperties: false },
  *evaluate(role, _options, context) {
    for (const permissions of context.permissionsOf(role).entries) {
      const { set } = permissions;
      if (!isEmptyPlane(set.control) || !isEmptyPlane(set.data)) continue;
      const cancelled = subtractions.find(
        ({ granting }) => !isEmptyPlane(permissions.granted(planeOf[granting])),
      );
      if (cancelled === undefined) continue;
      const entry = permissions.permission[cancelled.subtracting][0];
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
