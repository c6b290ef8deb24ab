import { toRoleDefinition } from '../catalog/built-in-roles.js';
import type { Catalog } from '../catalog/catalog.js';
import { permissionsOf } from '../permissions/role-permissions.js';
import type { OperationIndex } from '../permissions/operation-index.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import type { ActionSet, CompositeActionSet, OperationsByPlane } from './action-set.js';
import type { Need } from './coverage.js';

/** What sets are worked out with. */
export interface SetTools {
  readonly catalog: Pick<Catalog, 'operations'>;
  readonly index: OperationIndex;
}

/** What an action set asks for, as sets of operations. */
export function needOf({ required, tolerated, forbidden }: ActionSet, tools: SetTools): Need {
  const [requiredSet, toleratedSet, forbiddenSet] = [required, tolerated, forbidden].map(lists =>
    setOf(lists, tools),
  );
  return { required: requiredSet!, tolerated: toleratedSet!, forbidden: forbiddenSet! };
}

/** What a composite forbids beside its parts. Where one of them requires it, that counts. */
export function forbiddenBy({ forbidden }: CompositeActionSet, tools: SetTools): PermissionSet {
  return setOf(forbidden, tools);
}

/** The operations that such lists name, as if a role granted them. */
function setOf({ control = [], data = [] }: OperationsByPlane, { catalog, index }: SetTools): PermissionSet {
  const role = toRoleDefinition({
    guid: '',
    name: '',
    permissions: [{ actions: control, dataActions: data }],
  });
  return permissionsOf(role, catalog, index).set;
}
