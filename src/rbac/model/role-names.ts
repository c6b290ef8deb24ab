import type { CodeResource } from '../../input/code-resource.js';
import { locatedMember, type LocatedValue } from '../../input/located-value.js';

/** The type of what reads a role from Azure by its name. */
export const namedRoleType = 'data.azurerm_role_definition';

/** Roles of which the code reads the ids from Azure by their names: the names, by the address of what reads them. */
export type RoleNamesByAddress = ReadonlyMap<string, LocatedValue>;

/** The names, of resources that read a role by its name. */
export function roleNamesIn(resources: readonly CodeResource[]): RoleNamesByAddress {
  return new Map(
    resources
      .filter(({ type }) => type === namedRoleType)
      .flatMap(({ address, properties }) => {
        const name = locatedMember(properties, 'name')?.value;
        return name === undefined ? [] : [[address, name]];
      }),
  );
}

/** The name by which the id of a role was read; undefined where it came some other way. */
export function nameOfRole(
  roleId: LocatedValue | undefined,
  named: RoleNamesByAddress,
): LocatedValue | undefined {
  return roleId?.kind === 'unknown' ? named.get(roleId.resource ?? '') : undefined;
}
