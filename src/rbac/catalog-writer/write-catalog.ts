import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  encodeBuiltInRoles,
  toRoleDefinition,
  type StoredPermission,
  type StoredRole,
} from '../catalog/built-in-roles.js';
import type { CatalogManifest } from '../catalog/catalog.js';
import {
  encodeOperationTable,
  OperationTable,
  type OperationPlane,
  type PlaneBasis,
} from '../catalog/operation-table.js';
import { permissionsOf } from '../permissions/role-permissions.js';
import { OperationIndex } from '../permissions/operation-index.js';
import { cleanNames } from './clean.js';
import { unifySpelling } from './spelling.js';

/** An operation as published: name and case as they came. */
export interface RawOperation {
  readonly name: string;
  readonly plane: OperationPlane;
  readonly basis: PlaneBasis;
}

/** A built-in role as published. */
export interface RawRole {
  readonly guid: string;
  readonly name: string;
  readonly formerNames?: readonly string[];
  readonly permissions: readonly StoredPermission[];
}

export interface CatalogSource {
  /** The day whose facts these are, `YYYY-MM-DD`. */
  readonly date: string;
  /** Where they come from, for the manifest. */
  readonly sources: readonly string[];
  readonly operations: readonly RawOperation[];
  readonly retired: readonly RawOperation[];
  readonly roles: readonly RawRole[];
}

/** Writes a catalog folder: cleans names, unifies their spelling, works out the roles' sets. Deterministic. */
export function writeCatalog(folder: string, source: CatalogSource): CatalogManifest {
  const cleaned = cleanNames(source.operations);
  const spelling = unifySpelling(cleaned.kept.map(operation => operation.name));
  const operations = cleaned.kept.map((operation, i) => ({ ...operation, name: spelling.names[i]! }));
  const published = new Set(operations.map(operation => operation.name.toLowerCase()));
  const retired = cleanNames(source.retired).kept.filter(({ name }) => !published.has(name.toLowerCase()));

  const operationBytes = encodeOperationTable(operations);
  const roles = storedRoles(source.roles, OperationTable.decode(operationBytes, 'operations.txt'));
  const manifest: CatalogManifest = {
    version: 1,
    date: source.date,
    sources: source.sources,
    counts: {
      operations: operations.length,
      retiredOperations: retired.length,
      builtInRoles: roles.length,
      planes: countPlanes(operations),
      cleanedNames: cleaned.cleaned,
      respelledNames: spelling.respelled,
      setAside: cleaned.setAside.length,
    },
    setAside: cleaned.setAside,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'operations.txt'), operationBytes);
  writeFileSync(join(folder, 'retired-operations.txt'), encodeOperationTable(retired));
  writeFileSync(join(folder, 'built-in-roles.txt'), encodeBuiltInRoles(roles));
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

function storedRoles(roles: readonly RawRole[], table: OperationTable): StoredRole[] {
  const catalog = { operations: table };
  const index = new OperationIndex(catalog);
  return roles.map(role => {
    const stored = {
      guid: role.guid.toLowerCase(),
      name: oneLine(role.name),
      permissions: role.permissions.map(compact),
    };
    const formerNames = formerNamesIn(role);
    const { set } = permissionsOf(toRoleDefinition(stored), catalog, index);
    return {
      ...stored,
      formerNames,
      setSize: set.count('control') + set.count('data'),
    };
  });
}

/** Without those that differ in case alone. */
function formerNamesIn({ name, formerNames = [] }: RawRole): string[] {
  const others = formerNames
    .map(oneLine)
    .filter(former => former.toLowerCase() !== name.trim().toLowerCase());
  return [...new Set(others)];
}

/** Names are strangers' text: a tab or a line break in one would look like the next column or row. */
function oneLine(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

/** Without empty lists and absent conditions, keys in a fixed order. */
function compact(permission: StoredPermission): StoredPermission {
  const lists = (['actions', 'notActions', 'dataActions', 'notDataActions'] as const)
    .filter(list => (permission[list]?.length ?? 0) > 0)
    .map(list => [list, permission[list]]);
  const conditions = (['condition', 'conditionVersion'] as const)
    .filter(key => permission[key] != null)
    .map(key => [key, permission[key]]);
  return Object.fromEntries([...lists, ...conditions]) as StoredPermission;
}

function countPlanes(operations: readonly RawOperation[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { plane, basis } of operations)
    counts[`${plane}/${basis}`] = (counts[`${plane}/${basis}`] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort());
}
