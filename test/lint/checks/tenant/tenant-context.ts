import { RunContext } from '../../../../src/lint/engine/context.js';
import { shippedRules } from '../../../lint-example.js';
import { shippedCatalog } from '../../../shipped-catalog.js';

/** What checks of a tenant are called with, as in a run on the day of the catalog. */
export const context = new RunContext(
  shippedCatalog,
  { documents: [], assignments: [], roleDefinitions: [] },
  '2026-08-22',
  shippedRules.groups,
  () => false,
);
