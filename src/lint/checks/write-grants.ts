import type { Plane } from '../../rbac/model/role-definition.js';
import type { RolePermissions, Witness } from '../../rbac/permissions/role-permissions.js';

/** An operation that changes something, and the string that grants it. */
export interface WriteGrant {
  readonly operation: string;
  readonly witness: Witness;
}

/** What a role may change on either plane: writes and deletes, and the actions on data that add or replace some. */
export function writesOf(permissions: RolePermissions): readonly string[] {
  const { set } = permissions;
  return [
    ...set.operations('control').filter(name => changes.control.test(name)),
    ...set.operations('data').filter(name => changes.data.test(name)),
  ];
}

/** The strings that grant them: of very many operations, those that grant the first. */
export function writeGrants(permissions: RolePermissions, operations: readonly string[]): WriteGrant[] {
  return operations.slice(0, maxExplained).flatMap(operation => {
    const [witness] = [
      ...permissions.witnesses(operation, 'control'),
      ...permissions.witnesses(operation, 'data'),
    ];
    return witness === undefined ? [] : [{ operation, witness }];
  });
}

const changes: Readonly<Record<Plane, RegExp>> = {
  control: /\/(write|delete)$/i,
  data: /\/(write|delete)$|\/(add|create|import|move|publish|purge|send|setSecret|update)\/action$/i,
};

const maxExplained = 100;
