// The library. Everything here is plain data in and out; nothing reads files but the catalog and the rules of the
// package, and importing it does nothing.
import { getOrInsert } from './maps.js';
import type { CollectOptions, CollectResult } from './tenant/azure/collect-from-azure.js';
import { Catalog } from './rbac/catalog/catalog.js';
import { packageVersion, shippedCatalogFolder } from './package/package-folder.js';
import { emptyConfig } from './lint/engine/config.js';
import type { LintResult } from './lint/engine/finding.js';
import type { Severity } from './lint/engine/rule.js';
import type { FoundRoleDefinitions } from './rbac/model/find-role-definitions.js';
import { provideReaders } from './rbac/model/find-roles.js';
import { rolesOfBicep } from './rbac/model/roles-of-bicep.js';
import { rolesOfPlan } from './rbac/model/roles-of-plan.js';
import { rolesOfTemplate } from './rbac/model/roles-of-template.js';
import type { RoleDefinition } from './rbac/model/role-definition.js';
import { permissionsOf as permissionsIn, type RolePermissions } from './rbac/permissions/role-permissions.js';
import {
  type ExpandOptions,
  type Expansion,
  expandPatterns as expandIn,
} from './rbac/permissions/expand-patterns.js';
import { OperationIndex } from './rbac/permissions/operation-index.js';
import { formatReport, type ReportFormat } from './reporters/lint/reporters.js';
import { lintRequest } from './workspace/lint-request.js';
import { assignmentChecks } from './workspace/assignment-checks.js';
import { LintSession } from './workspace/lint-session.js';
import { shippedRules } from './workspace/load-rules.js';
import { openDocument, type TextSource } from './workspace/open-document.js';

export type { CollectOptions, CollectResult } from './tenant/azure/collect-from-azure.js';
export type { BuiltInRoles } from './rbac/catalog/built-in-roles.js';
export type { Catalog } from './rbac/catalog/catalog.js';
export type { Operation } from './rbac/catalog/operation-table.js';
export { type Notice, UserError } from './errors.js';
export type { Finding, LintResult } from './lint/engine/finding.js';
export type { Rule, Severity } from './lint/engine/rule.js';
export type { FoundRoleDefinitions } from './rbac/model/find-role-definitions.js';
export type { Permission, Plane, RoleDefinition } from './rbac/model/role-definition.js';
export { matchesAction } from './rbac/permissions/action-pattern.js';
export type { RolePermissions, Witness } from './rbac/permissions/role-permissions.js';
export type { Expansion, ExpandOptions } from './rbac/permissions/expand-patterns.js';
export type { PermissionSet } from './rbac/permissions/permission-set.js';
export type { ReportFormat } from './reporters/lint/reporters.js';

/** The text of a role definition file. */
export type LintSource = TextSource;

export interface LintOptions {
  /** Default: `recommended`. */
  readonly profile?: 'recommended' | 'strict';
  /** Severities by rule id, over those of the profile. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Default: the one that comes with azrbac. */
  readonly catalog?: Catalog;
  /** The day that the run is about, `YYYY-MM-DD`; today in UTC by default. */
  readonly asOf?: string;
  /** Azure's own roles, those that the catalog has, are skipped with a notice unless they are asked for. */
  readonly builtInRoles?: 'skip' | 'include';
}

/**
 * Lints role definitions in every shape that `azrbac lint` reads.
 * @throws UserError where an option names what does not exist.
 */
export function lint(sources: readonly LintSource[], options: LintOptions = {}): LintResult {
  const { profile, rules = {}, catalog = loadCatalog(), asOf = today(), builtInRoles = 'skip' } = options;
  const overrides = Object.entries(rules).map(([id, severity]) => `${id}=${severity}`);
  const parts = { config: emptyConfig, profile, overrides, catalog, asOf, builtInRoles };
  const session = new LintSession({
    ...lintRequest({ ...parts, rules: shippedRules() }),
    ...assignmentChecks,
  });
  // Two may have the same name.
  for (const [at, source] of sources.entries()) session.open(source, String(at));
  return session.lint();
}

/** A result as text, in a format of `azrbac lint --format`, without colour. */
export function format(result: LintResult, reportFormat: ReportFormat): Promise<string> {
  return formatReport(reportFormat, result, { color: 0, version: packageVersion(), failOn: 'medium' });
}

/**
 * The operation catalog in a folder that `azrbac catalog update` wrote, or the one that comes with azrbac.
 * @throws UserError where a file is missing or damaged.
 */
export function loadCatalog(folder?: string): Catalog {
  if (folder !== undefined) return Catalog.load(folder);
  return (shipped ??= Catalog.load(shippedCatalogFolder()));
}

/** Reads the role definitions in a text, whatever their shape. Never throws: what is wrong with them is kept in them. */
export function readRoleDefinitions(text: string, file: string): FoundRoleDefinitions {
  const { roleDefinitions, notices } = openDocument({ text, file });
  return { roleDefinitions, notices };
}

/** The operations that action patterns cover together, less what those in `not` cover. */
export function expandPatterns(
  patterns: readonly string[],
  options: ExpandOptions & { readonly catalog?: Catalog } = {},
): Expansion {
  const { catalog = loadCatalog() } = options;
  return expandIn(patterns, catalog, indexOf(catalog), options);
}

/** What a role grants: sets of operations per plane, and for each operation the entries that grant it. */
export function permissionsOf(role: RoleDefinition, catalog: Catalog = loadCatalog()): RolePermissions {
  return permissionsIn(role, catalog, indexOf(catalog));
}

/**
 * Reads from Azure all that decides who may do what, and writes it as a snapshot. What cannot be read is a gap, in the
 * snapshot and in the result. Azure's libraries are loaded when it is called, and not before.
 * @throws UserError where the credential gives no token, or the output cannot be written.
 */
export async function collectFromAzure(
  options: CollectOptions & { readonly catalog?: Catalog },
): Promise<CollectResult> {
  const { catalog = loadCatalog() } = options;
  const azure = await import('./tenant/azure/collect-from-azure.js');
  return azure.collectFromAzure(options, catalog);
}

provideReaders({ template: rolesOfTemplate, bicep: rolesOfBicep, plan: rolesOfPlan });

let shipped: Catalog | undefined;

const indexes = new WeakMap<Catalog, OperationIndex>();

function indexOf(catalog: Catalog): OperationIndex {
  return getOrInsert(indexes, catalog, () => new OperationIndex(catalog));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
