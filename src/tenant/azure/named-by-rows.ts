import type { Journal } from '../snapshot-writer/journal.js';
import type { AzureRow } from './list-page.js';
import type { NamedPrincipals } from './directory.js';
import { addPrincipals } from './named-principals.js';
import { addRole, type NamedRoles } from './named-roles.js';

/** What rows speak of, and other lists tell more about. */
export interface Named {
  readonly principals: NamedPrincipals;
  readonly roles: NamedRoles;
}

/** All that the journal's rows name. */
export async function namedByRows(journal: Journal, units: Iterable<string>): Promise<Named> {
  const principals = new Map<string, string>();
  const roles = new Map<string, string>();
  const look = (row: AzureRow): void => {
    addPrincipals(row, principals);
    addRole(row, roles);
  };
  for (const unit of units) {
    for (const part of journal.units.get(unit)?.parts ?? [])
      for (const row of journal.rowsOf(part)) look(row);
    // There may be thousands: signals must be heard meanwhile.
    await new Promise(setImmediate);
  }
  for (const { json } of journal.shared.all()) look(JSON.parse(json) as AzureRow);
  return { principals, roles };
}
