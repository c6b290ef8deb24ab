import { RunContext } from '../../../../src/lint/engine/context.js';
import { shippedRules } from '../../../lint-example.js';
import { shippedCatalog } from '../../../shipped-catalog.js';

/** What checks of a tenant are called with, as in a run on the day of the catalog. */
export const context = new RunContext({
  catalog: shippedCatalog,
  inventory: { documents: [], assignments: [], roleDefinitions: [] },
  asOf: '2026-08-22',
  groups: shippedRules.groups,
  isDeclaredTemplate: () => false,
});
