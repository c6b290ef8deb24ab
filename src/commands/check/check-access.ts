import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { CoverageOptions } from '../../rbac/action-sets/coverage.js';
import { type Notice, UserError } from '../../errors.js';
import type { CheckReport } from '../../analysis/expectations/check-report.js';
import { evaluate } from '../../analysis/expectations/evaluate.js';
import type { Expectations } from '../../analysis/expectations/expectations.js';
import { ownSetsIn, readExpectations } from '../../analysis/expectations/read-expectations.js';
import type { Located, SourceDocument } from '../../input/source-document.js';
import { errorAt } from '../../lint/engine/config-reader.js';
import { trailingGuid } from '../../rbac/model/guid.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { ResourceIdentities } from '../../tenant/snapshot/resource-identities.js';
import type { Snapshot } from '../../tenant/snapshot/snapshot.js';
import { findNamedRole } from '../../workspace/find-role.js';
import { type ExportOptions, loadTenant } from '../../workspace/load-tenant.js';
import { loadActionSets, setsUnder } from '../../workspace/load-action-sets.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { CodeAccess } from '../../workspace/code-access.js';
import { readDocument } from '../../workspace/read-document.js';

/** A report, and the mistakes in the expectations: what they spoil is not in it. */
export interface AccessCheck {
  readonly report: CheckReport;
  /** Expectations that were checked. */
  readonly expectations: Expectations;
  /** Roles that they name, by the names that they use. */
  readonly roles: ReadonlyMap<string, RoleDefinition>;
  readonly inputErrors: readonly UserError[];
  /** What is deployed, or what code will deploy; undefined where all identities are roles. */
  readonly tenant: Tenant | undefined;
}

export interface AccessCheckRequest extends ExportOptions {
  /** The expectations file as the command line names it, or `-`. */
  readonly file: string;
  /** A path, or what was read from one already and was noticed upon. */
  readonly snapshot: string | Tenant | undefined;
  /** Files and folders of code that assigns roles, in place of a snapshot. */
  readonly assignments?: readonly string[] | undefined;
  readonly 'stdin-filename': string | undefined;
  readonly options: CoverageOptions;
}

/** Reads expectations, a snapshot and the roles that both name, and compares them. */
export async function checkAccess(request: AccessCheckRequest, workspace: Workspace): Promise<AccessCheck> {
  return checkExpectations(
    await readDocument(request.file, request['stdin-filename'], workspace.surroundings),
    request,
    workspace,
  );
}

/** The same for expectations that were read, or made, already. */
export async function checkExpectations(
  document: SourceDocument,
  request: AccessCheckRequest,
  workspace: Workspace,
): Promise<AccessCheck> {
  const { catalog } = workspace;
  const code = await codeFor(request, workspace);
  const { tenant: read, notices: tenantNotices } = await tenantFor(request, workspace);
  const index = code?.index ?? read?.index ?? new OperationIndex(catalog);
  const ownSets = ownSetsIn(document);
  const own = await loadActionSets(workspace, ownSets === undefined ? [] : setsUnder(document, ownSets));
  const resources = read && new ResourceIdentities(read.snapshot);
  const { expectations, inputErrors } = readExpectations(document, {
    sets: own.sets,
    catalog,
    index,
    code,
    identitiesOf: resources && (id => resources.of(id)),
  });
  const deployed = code?.tenantFor(expectations);
  const tenant = deployed?.tenant ?? read;
  requireSnapshot(expectations, tenant);
  const named = await resolveRoles(expectations, {
    workspace,
    snapshot: tenant?.snapshot,
    code: code?.roles ?? [],
    folder: folderOf(request.file),
  });
  const able = {
    identities: expectations.identities.filter(identity => !named.unresolved.has(identity.role?.value ?? '')),
  };
  const { options } = request;
  const found = evaluate({
    expectations: able,
    file: document.file,
    tenant,
    roles: named.roles,
    catalog,
    index,
    options,
  });
  const notices = [
    ...own.notices,
    ...tenantNotices,
    ...(code?.notices ?? []),
    ...(deployed?.notices ?? []),
    ...named.notices,
    ...found.notices,
  ];
  return {
    report: { ...found, notices },
    expectations: able,
    roles: named.roles,
    inputErrors: [...own.inputErrors, ...inputErrors, ...named.inputErrors],
    tenant,
  };
}

/** Loaded where code is asked for. */
async function codeFor(
  { assignments = [], snapshot }: AccessCheckRequest,
  workspace: Workspace,
): Promise<CodeAccess | undefined> {
  if (assignments.length === 0) return undefined;
  if (snapshot !== undefined)
    throw new UserError('Give either "--assignments" or "--snapshot": what is, or what will be.');
  const { CodeAccess } = await import('../../workspace/code-access.js');
  return CodeAccess.read(assignments, workspace);
}

async function tenantFor(
  request: AccessCheckRequest,
  workspace: Workspace,
): Promise<{ readonly tenant: Tenant | undefined; readonly notices: readonly Notice[] }> {
  const { snapshot } = request;
  if (typeof snapshot !== 'string') return { tenant: snapshot, notices: [] };
  return loadTenant(snapshot, workspace, request);
}

/** Without one, nobody knows what principals hold. */
function requireSnapshot({ identities }: Expectations, tenant: Tenant | undefined): void {
  const principal = identities.find(identity => identity.principal !== undefined);
  if (tenant !== undefined || principal === undefined) return;
  throw new UserError(
    `What "${principal.name.value}" holds must be known: azrbac check needs --snapshot FILE or FOLDER, or --assignments CODE.`,
    {
      hint: 'A folder with the output of "az role assignment list --all -o json" and "az role definition list -o json" will do.',
    },
  );
}

function folderOf(file: string): string {
  return file === '-' ? '.' : dirname(file);
}

interface RoleContext {
  readonly workspace: Workspace;
  readonly snapshot: Snapshot | undefined;
  readonly code: readonly RoleDefinition[];
  /** The folder of the expectations: role files are relative to it. */
  readonly folder: string;
}

interface NamedRoles {
  readonly roles: ReadonlyMap<string, RoleDefinition>;
  readonly notices: readonly Notice[];
  readonly inputErrors: readonly UserError[];
  /** Names that stand for no role. */
  readonly unresolved: ReadonlySet<string>;
}

/** The roles that identities have and that are accepted, by the names that the expectations use. */
async function resolveRoles({ identities }: Expectations, context: RoleContext): Promise<NamedRoles> {
  const roles = new Map<string, RoleDefinition>();
  const notices: Notice[] = [];
  const inputErrors: UserError[] = [];
  const unresolved = new Set<string>();
  const named = identities.flatMap(({ role, accepted }) => [role, ...accepted.map(entry => entry.role)]);
  for (const name of named) {
    if (name === undefined || roles.has(name.value) || unresolved.has(name.value)) continue;
    try {
      const found = await resolveRole(name.value, context);
      roles.set(name.value, found.role);
      notices.push(...found.notices);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unresolved.add(name.value);
      inputErrors.push(misnamed(name, error));
    }
  }
  return { roles, notices, inputErrors, unresolved };
}

/** Finds a role by GUID, built-in name, the name of a custom role in the snapshot, or file: in that order. */
async function resolveRole(name: string, { workspace, snapshot, code, folder }: RoleContext) {
  const builtIn = workspace.catalog.builtInRoles.find(trailingGuid(name) ?? name);
  const role = builtIn ?? roleOfCode(code, name) ?? (snapshot && roleIn(snapshot, name));
  if (role !== undefined) return { role, notices: [] };
  const file = join(folder, name);
  const options = { name: undefined, 'stdin-filename': undefined };
  return findNamedRole(existsSync(resolve(workspace.cwd, file)) ? file : name, options, workspace);
}

/** Finds a role by its name, or by that which code has for it. */
function roleOfCode(roles: readonly RoleDefinition[], wanted: string): RoleDefinition | undefined {
  const folded = wanted.trim().toLowerCase();
  return roles.find(({ name, address }) => name?.value.trim().toLowerCase() === folded || address === wanted);
}

function roleIn({ roleDefinitions }: Snapshot, name: string): RoleDefinition | undefined {
  const guid = trailingGuid(name);
  if (guid !== undefined) return roleDefinitions.find(guid);
  const wanted = name.trim().toLowerCase();
  for (const role of roleDefinitions.all()) if (role.name?.value.trim().toLowerCase() === wanted) return role;
  return undefined;
}

function misnamed({ at }: Located<string>, { message, hint }: UserError): UserError {
  return at.range === undefined ? new UserError(message) : errorAt(at.document, at.range, message, hint);
}
