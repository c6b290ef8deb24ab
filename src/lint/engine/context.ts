import { getOrInsert } from '../../maps.js';
import { ConditionReader } from '../../tenant/access/condition-truth.js';
import type { RoleSource } from '../../tenant/access/role-source.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { CheckContext } from '../checks/check-context.js';
import type { OperationGroup } from '../checks/operation-group.js';
import type { SourceDocument } from '../../input/source-document.js';
import type { Inventory } from '../../rbac/model/inventory.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { permissionsOf, type RolePermissions } from '../../rbac/permissions/role-permissions.js';
import { maxSeveralStars } from '../../rbac/permissions/action-pattern.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';

/** What a run is about. */
export interface RunFacts {
  readonly catalog: Catalog;
  readonly inventory: Inventory;
  /** A date: what of the catalog and of a tenant counts. */
  readonly asOf: string;
  readonly groups: readonly OperationGroup[];
  /** Whether the configuration says that a file is a template. */
  readonly isDeclaredTemplate: (file: string) => boolean;
  /** Where the roles of assignments are found: those of the files where nothing is given. */
  readonly roles?: RoleSource | undefined;
}

/** What checks may ask during one run; what a role grants is worked out once for all that ask in its turn. */
export class RunContext implements CheckContext {
  private readonly groupsByName: ReadonlyMap<string, OperationGroup>;
  readonly index: OperationIndex;
  private readonly ofBuiltInRoles = new Map<RoleDefinition, RolePermissions>();
  private ofLastRole: RolePermissions | undefined;
  readonly roles: RoleSource;

  readonly catalog: Catalog;
  readonly inventory: Inventory;
  readonly asOf: string;
  readonly groups: readonly OperationGroup[];
  private readonly isDeclaredTemplate: (file: string) => boolean;

  constructor({ catalog, inventory, asOf, groups, isDeclaredTemplate, roles }: RunFacts) {
    this.catalog = catalog;
    this.inventory = inventory;
    this.asOf = asOf;
    this.groups = groups;
    this.isDeclaredTemplate = isDeclaredTemplate;
    this.roles = roles ?? new RolesOfFiles(this);
    this.groupsByName = new Map(groups.map(group => [group.name, group]));
    this.index = new OperationIndex(catalog, { severalStars: maxSeveralStars });
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
    return getOrInsert(this.ofBuiltInRoles, role, () => permissionsOf(role, this.catalog, this.index));
  }

  isTemplate({ file }: SourceDocument): boolean {
    return isNamedLikeTemplate.test(file) || this.isDeclaredTemplate(file);
  }
}

/** The roles of a run without a tenant: what a file says of a role goes before what is built in. */
class RolesOfFiles implements RoleSource {
  readonly conditions = new ConditionReader();
  private byGuid: ReadonlyMap<string, RoleDefinition> | undefined;
  private readonly known = new Map<RoleDefinition, RolePermissions>();

  constructor(private readonly context: RunContext) {}

  role(guid: string): RolePermissions | undefined {
    const { inventory, catalog } = this.context;
    this.byGuid ??= new Map(
      inventory.roleDefinitions.flatMap(role => (role.guid === undefined ? [] : [[role.guid, role]])),
    );
    const role = this.byGuid.get(guid);
    if (role !== undefined) return this.permissionsOf(role);
    const builtIn = catalog.builtInRoles.find(guid);
    return builtIn && this.context.permissionsOf(builtIn);
  }

  /** Few are asked for by their GUID, and these again and again. */
  private permissionsOf(role: RoleDefinition): RolePermissions {
    let permissions = this.known.get(role);
    if (permissions === undefined) {
      const { catalog, index } = this.context;
      this.known.set(role, (permissions = permissionsOf(role, catalog, index)));
    }
    return permissions;
  }

  *roleGuids(): Generator<string> {
    const { inventory, catalog } = this.context;
    for (const { guid } of inventory.roleDefinitions) if (guid !== undefined) yield guid;
    for (const { guid } of catalog.builtInRoles.all()) if (guid !== undefined) yield guid;
  }
}

const isNamedLikeTemplate = /\.(?:tmpl|tpl|j2|alz_role_definition\.json)$/i;
