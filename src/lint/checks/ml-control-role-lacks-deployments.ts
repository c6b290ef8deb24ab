import type { Check } from './check.js';
import { kindWitness } from './ml-role-kinds.js';

const endpointWrite = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write';
const deployments = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments';

/** Finds roles that create online endpoints and can put nothing behind them. */
export const mlControlRoleLacksDeployments: Check<'role-definition', object> = {
  subject: 'role-definition',
  needs: ['permissions', 'actions'],
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(role, _options, context) {
    const permissions = context.permissionsOf(role);
    const [witness] = permissions.witnesses(endpointWrite, 'control');
    if (witness === undefined || kindWitness(permissions, 'control') === undefined) return;
    const isGranted = (operation: string): boolean => permissions.witnesses(operation, 'control').length > 0;
    if (isGranted(`${deployments}/write`)) return;
    // Granted and taken away again: that was meant.
    if (permissions.entries.some(entry => entry.list('actions').find(`${deployments}/write`) !== undefined))
      return;
    const missing = ['delete', 'read', 'write']
      .map(verb => `${deployments}/${verb}`)
      .filter(name => !isGranted(name));
    yield { at: witness.entry.at, role, evidence: { missing } };
  },
};
