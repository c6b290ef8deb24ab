import type { ActionEntry, RoleDefinition } from '../../rbac/model/role-definition.js';
import { faultyEntries } from './action-verdict.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';

/**
 * Finds strings of Azure Machine Learning among data actions that grant nothing there. The operations that the catalog
 * knows are not reported: for them the list is the wrong one, which is said of every provider alike. Nor is what has
 * another fault, such as a placeholder.
 */
export const mlDataAction: Check<'role-definition', object> = {
  subject: 'role-definition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(role, _options, context) {
    const [first, ...others] = strayEntries(role, context);
    if (first === undefined) return;
    yield {
      at: first.at,
      role,
      evidence: { actions: [first, ...others].map(entry => entry.text.trim()), list: first.list },
      related: others.map(entry => ({ at: entry.at, message: 'This is not a data action either.' })),
    };
  },
};

function strayEntries(role: RoleDefinition, context: CheckContext): ActionEntry[] {
  const stray = role.permissions
    .flatMap(({ dataActions, notDataActions }) => [...dataActions, ...notDataActions])
    .filter(({ key }) => key.startsWith('microsoft.machinelearningservices/'))
    .filter(({ key }) => context.catalog.operations.indexOf(key) < 0);
  if (stray.length === 0) return [];
  const faulty = faultyEntries(role, context);
  return stray.filter(entry => !faulty.has(entry));
}
