import type { Catalog } from '../catalog/catalog.js';
import type { CheckContext } from '../checks/check.js';
import type { OperationGroup } from '../checks/operation-group.js';
import type { SourceDocument } from '../input/source-document.js';
import type { Inventory } from '../model/inventory.js';
import type { RoleDefinition } from '../model/role-definition.js';
import { permissionsOf, type RolePermissions } from '../permissions/effective.js';
import { mostSeveralStars } from '../permissions/action-pattern.js';
import { OperationIndex } from '../permissions/operation-index.js';

/** What checks may ask during one run; what a role grants is worked out once for all that ask in its turn. */
export class RunContext implements CheckContext {
  private readonly groupsByName: ReadonlyMap<string, OperationGroup>;
  readonly index: OperationIndex;
  private readonly ofBuiltInRoles = new Map<RoleDefinition, RolePermissions>();
  private ofLastRole: RolePermissions | undefined;

  constructor(
    readonly catalog: Catalog,
    readonly inventory: Inventory,
    readonly asOf: string,
    readonly groups: readonly OperationGroup[],
    private readonly isDeclaredTemplate: (file: string) => boolean,
  ) {
    this.groupsByName = new Map(groups.map(group => [group.name, group]));
    this.index = new OperationIndex(catalog, { severalStars: mostSeveralStars });
  }

  group(name: string): OperationGroup {
    const group = this.groupsByName.get(name);
    if (group === undefined) throw new Error(`there is no operation group "${name}"`);
    return group;
  }

  permissionsOf(role: RoleDefinition): RolePermissions {
    if (role.shape === 'catalog') return this.permissionsOfBuiltIn(role);
    // Roles are offered to all rules in turn: what one grants takes tens of kilobytes, and is not asked for again.
    if (this.ofLastRole?.role !== role) this.ofLastRole = permissionsOf(role, this.catalog, this.index);
    return this.ofLastRole;
  }

  /** Kept for all roles that are compared with it. */
  private permissionsOfBuiltIn(role: RoleDefinition): RolePermissions {
    let permissions = this.ofBuiltInRoles.get(role);
    if (permissions === undefined) {
      this.ofBuiltInRoles.set(role, (permissions = permissionsOf(role, this.catalog, this.index)));
    }
    return permissions;
  }

  isTemplate({ file }: SourceDocument): boolean {
    return isNamedLikeTemplate.test(file) || this.isDeclaredTemplate(file);
  }
}

const isNamedLikeTemplate = /\.(?:tmpl|tpl|j2|alz_role_definition\.json)$/i;
