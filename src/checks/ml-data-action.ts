import type { ActionEntry } from '../model/role-definition.js';
import { foldCase } from '../permissions/action-pattern.js';
import type { Check } from './check.js';

const provider = 'microsoft.machinelearningservices/';

/**
 * Finds strings of Azure Machine Learning among data actions that grant nothing there. The operations that the catalog
 * knows are not reported: for them the list is the wrong one, which is said of every provider alike.
 */
export const mlDataAction: Check<'role-definition', object> = {
  subject: 'role-definition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(role, _options, context) {
    const found: ActionEntry[] = [];
    for (const { dataActions, notDataActions } of role.permissions) {
      for (const entry of [...dataActions, ...notDataActions]) {
        const text = entry.text.trim();
        if (foldCase(text).startsWith(provider) && context.catalog.operations.indexOf(text) < 0)
          found.push(entry);
      }
    }
    const [first, ...others] = found;
    if (first === undefined) return;
    yield {
      at: first.at,
      role,
      evidence: { actions: found.map(entry => entry.text.trim()), list: first.list },
      related: others.map(entry => ({ at: entry.at, message: 'Nor does this.' })),
    };
  },
};
