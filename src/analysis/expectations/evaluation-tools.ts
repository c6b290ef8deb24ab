import { AccessEvaluator } from '../../tenant/access/held-access.js';
import { Tenant } from '../../tenant/access/tenant.js';
import type { CoverageOptions } from '../../rbac/action-sets/coverage.js';
import type { SetTools } from '../../rbac/action-sets/need.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import { snapshotOf } from '../../tenant/snapshot/snapshot-of.js';
import { UnknownsFinder } from './unknowns.js';
import type { Expectations } from './expectations.js';
import { AssignedRoleFinder, type RoleGrants } from './assigned-roles.js';
import { Judge } from './judge.js';
import { Needs } from './needs.js';

/** One check of identities: what is expected of them, and all that tells what they hold. */
export interface EvaluationRequest {
  readonly expectations: Expectations;
  /** The expectations file, as shown to people. */
  readonly file: string;
  /** Undefined where all identities are roles. */
  readonly tenant: Tenant | undefined;
  /** The roles that expectations name, by the name that they use. */
  readonly roles: ReadonlyMap<string, RoleDefinition>;
  readonly catalog: Catalog;
  readonly index: OperationIndex;
  readonly options: CoverageOptions;
}

/** What identities are judged with: one for all of them, since they share roles, needs and judgements. */
export class EvaluationTools {
  readonly sets: SetTools;
  readonly tenant: Tenant;
  readonly evaluator: AccessEvaluator;
  readonly nothing: PermissionSet;
  readonly assignedRoles: AssignedRoleFinder;
  readonly needs: Needs;
  readonly judge: Judge;
  readonly unknowns: UnknownsFinder;
  private readonly grants = new Map<string, RoleGrants | undefined>();
  private customRoles: ReadonlyMap<string, RoleDefinition> | undefined;

  constructor(readonly request: EvaluationRequest) {
    const { catalog, index } = request;
    this.sets = { catalog, index };
    this.tenant = request.tenant ?? new Tenant(snapshotOf({}, ''), catalog, index);
    this.evaluator = new AccessEvaluator(this.tenant);
    this.nothing = this.evaluator.nothing;
    this.assignedRoles = new AssignedRoleFinder(this.tenant, this.evaluator);
    this.needs = new Needs(this.sets, this.nothing);
    this.judge = new Judge(this.sets, this.nothing, name => this.grantsOf(name));
    this.unknowns = new UnknownsFinder(this.tenant, this.evaluator, this.assignedRoles);
  }

  /** What a role grants that the expectations or an action set name; undefined where there is none of that name. */
  grantsOf(name: string): RoleGrants | undefined {
    if (!this.grants.has(name)) {
      const role = this.request.roles.get(name) ?? this.request.catalog.builtInRoles.findNamed(name)?.role;
      this.grants.set(name, role && this.assignedRoles.grants(role));
    }
    return this.grants.get(name);
  }

  /** What a custom role of the tenant grants. Few ask: of thousands of definitions, names are read then. */
  customRole(name: string): RoleGrants | undefined {
    this.customRoles ??= new Map(
      [...this.tenant.snapshot.roleDefinitions.all()].map(role => [
        role.name?.value.toLowerCase() ?? '',
        role,
      ]),
    );
    const role = this.customRoles.get(name.toLowerCase());
    return role && this.assignedRoles.grants(role);
  }
}
