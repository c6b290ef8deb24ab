import { shippedCatalog } from '../../shipped-catalog.js';

/** The conditions of the built-in roles that ship, each with the name of its role. */
export const builtInConditions: readonly { readonly role: string; readonly text: string }[] = [
  ...shippedCatalog.builtInRoles.all(),
].flatMap(role =>
  role.permissions.flatMap(({ condition }) =>
    condition === undefined ? [] : [{ role: role.name?.value ?? '', text: condition.value }],
  ),
);
