import { count } from '../../text/count.js';
import { changedRoles, type RoleChange, roleChanges } from '../../tenant/access/role-change.js';
import { Tenant } from '../../tenant/access/tenant.js';
import type { ExpectationOutcome } from '../../lint/checks/expectation-outcome.js';
import { findCheck } from '../../lint/checks/index.js';
import { findTenantCheck } from '../../lint/checks/tenant/index.js';
import type { Notice } from '../../errors.js';
import type { CheckReport } from '../../analysis/expectations/check-report.js';
import { neededAccess } from '../../analysis/expectations/needed-access.js';
import { outcomesOf } from '../../analysis/expectations/outcomes.js';
import type { NeededAccess } from '../../analysis/exposure/counted-access.js';
import type { LintRequest } from '../../lint/engine/run.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { roleName } from '../../rbac/model/role-name.js';
import { visible } from '../../text/escape.js';
import { checkAccess } from '../check/check-access.js';
import { type ExportOptions, loadTenant } from '../../workspace/load-tenant.js';
import type { Workspace } from '../../workspace/workspace.js';

/** What `azrbac lint --snapshot` looks at beside files. */
export interface LintTenant {
  /** The tenant as it will be once the roles of the files are written, and the custom roles that no file replaces. */
  readonly request: { readonly tenant: Tenant } & Pick<
    LintRequest,
    'deployedRoles' | 'expectations' | 'findCheck'
  >;
  readonly changes: readonly RoleChange[];
  readonly notices: readonly Notice[];
  /** What identities hold against what they need, where expectations say so. */
  readonly check: CheckReport | undefined;
  /** What the expectations let identities hold. */
  readonly needed: NeededAccess | undefined;
  /** In the expectations: what they spoil was not looked at. */
  readonly inputErrors: readonly string[];
}

export interface LintTenantRequest extends ExportOptions {
  readonly snapshot: string;
  /** Absolute: what `snapshot` is relative to, where that is not the working directory. */
  readonly snapshotFolder?: string | undefined;
  readonly expect: string | undefined;
}

/** Reads the snapshot and puts the roles of the files in the place of those that it has. */
export async function readLintTenant(
  request: LintTenantRequest,
  roles: readonly RoleDefinition[],
  workspace: Workspace,
): Promise<LintTenant> {
  const { snapshot, expect } = request;
  const { tenant: now, notices } = await loadTenant(snapshot, workspace, request);
  const changed = changedRoles(now, roles);
  const changes = roleChanges(now, changed);
  const isCustom = (role: RoleDefinition): boolean => role.roleType === 'CustomRole';
  const isKept = ({ guid }: RoleDefinition): boolean => guid === undefined || !changed.has(guid);
  const tenant = changed.size === 0 ? now : new Tenant(now.snapshot, now.catalog, now.index, changed);
  const expected = expect === undefined ? undefined : await checkExpected(expect, tenant, workspace);
  return {
    request: {
      tenant,
      expectations: expected?.outcomes,
      deployedRoles: [...now.snapshot.roleDefinitions.all()].filter(role => isCustom(role) && isKept(role)),
      findCheck: name => findCheck(name) ?? findTenantCheck(name),
    },
    changes,
    notices: [...notices, ...changes.map(changeNotice), ...(expected?.report.notices ?? [])],
    check: expected?.report,
    needed: expected?.needed,
    inputErrors: expected?.inputErrors ?? [],
  };
}

interface Expected {
  readonly report: CheckReport;
  readonly needed: NeededAccess;
  readonly outcomes: readonly ExpectationOutcome[];
  readonly inputErrors: readonly string[];
}

async function checkExpected(file: string, tenant: Tenant, workspace: Workspace): Promise<Expected> {
  const request = {
    file,
    snapshot: tenant,
    'stdin-filename': undefined,
    options: { allowExcess: 'tolerated', conditionalGrants: 'fail' },
  } as const;
  const { report, expectations, roles, inputErrors } = await checkAccess(request, workspace);
  return {
    report,
    needed: neededAccess(expectations, roles, tenant),
    outcomes: outcomesOf(report, expectations),
    inputErrors: inputErrors.map(({ message }) => `azrbac: ${visible(message)}`),
  };
}

function changeNotice({ role, assignments, principals, gained, lost }: RoleChange): Notice {
  const affects = `The role "${roleName(role)}" is assigned ${times(assignments)} to ${count(principals, 'principal')}`;
  const difference =
    gained.length === 0 && lost.length === 0
      ? 'as written here it grants what it does now'
      : `as written here it grants ${gained.length} more and ${lost.length} fewer operations`;
  return { code: 'role-change', message: `${affects}; ${difference}.`, file: role.at.document.file };
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
