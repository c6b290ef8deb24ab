import type { StoredPermission } from '../catalog/built-in-roles.js';
import type { OperationPlane } from '../catalog/operation-table.js';
import { UserError } from '../../errors.js';
import type { RawOperation, RawRole } from './write-catalog.js';

/** The built-in roles of an export, and how many custom ones were left out. */
export interface ExportedRoles {
  readonly roles: readonly RawRole[];
  readonly customRoles: number;
}

/**
 * Reads what `az provider operation list -o json` prints, or the REST response of Microsoft.Authorization's
 * providerOperations (`$expand=resourceTypes`). A name that is published with and without `isDataAction` is of both
 * planes; where the flag is missing, the plane is unknown.
 * @throws UserError where the text is something else; `file` names it in the message.
 */
export function readOperationExport(text: string, file: string): RawOperation[] {
  const providers = readList(text, file, operationHint);
  const planes = new Map<string, { name: string; plane: OperationPlane }>();
  providers.forEach((provider, i) => {
    for (const { name, isDataAction } of operationsOf(provider, file, i)) {
      const plane = isDataAction === true ? 'data' : isDataAction === false ? 'control' : 'unknown';
      const key = name.trim().toLowerCase();
      const earlier = planes.get(key);
      planes.set(key, { name: earlier?.name ?? name, plane: mergePlanes(earlier?.plane, plane) });
    }
  });
  if (planes.size === 0) throw new UserError(`"${file}" holds no operation.`, { hint: operationHint });
  return [...planes.values()].map(({ name, plane }) => ({
    name,
    plane,
    basis: plane === 'unknown' ? 'none' : 'published',
  }));
}

/**
 * Reads what `az role definition list -o json` prints, or the REST response of roleDefinitions.
 * @throws UserError where the text is something else; `file` names it in the message.
 */
export function readRoleExport(text: string, file: string): ExportedRoles {
  const roles: RawRole[] = [];
  let customRoles = 0;
  readList(text, file, roleHint).forEach((entry, i) => {
    const outer = asRecord(entry) ?? {};
    // REST keeps under `properties` what the CLI flattens.
    const role = asRecord(outer['properties']) ?? outer;
    const type = role['roleType'] ?? role['type'];
    if (type === 'CustomRole') customRoles++;
    else roles.push(readRole(outer['name'], role, `${file}, entry ${i + 1}`));
  });
  if (roles.length === 0) throw new UserError(`"${file}" holds no built-in role.`, { hint: roleHint });
  return { roles, customRoles };
}

const operationHint = 'Export the operations with: az provider operation list -o json';
const roleHint = 'Export the roles with: az role definition list -o json';

function readList(text: string, file: string, hint: string): readonly unknown[] {
  const value = parse(text, file, hint);
  const record = asRecord(value);
  if (record !== undefined && typeof record['nextLink'] === 'string') {
    throw new UserError(`"${file}" is only the first page of a longer list: it has a "nextLink".`, { hint });
  }
  const list = record === undefined ? value : record['value'];
  if (!Array.isArray(list))
    throw new UserError(`"${file}" is neither a list nor an object with a list as "value".`, { hint });
  return list;
}

function parse(text: string, file: string, hint: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new UserError(`"${file}" is not JSON: ${(cause as Error).message}.`, { hint, cause });
  }
}

interface ExportedOperation {
  readonly name: string;
  readonly isDataAction?: unknown;
}

function operationsOf(entry: unknown, file: string, index: number): ExportedOperation[] {
  const provider = asRecord(entry);
  const types = provider?.['resourceTypes'] ?? [];
  const lists = [
    provider?.['operations'] ?? [],
    ...(Array.isArray(types) ? types.map(type => asRecord(type)?.['operations'] ?? []) : []),
  ];
  const operations = lists.flat(1);
  if (provider === undefined || !Array.isArray(types) || !operations.every(isOperation)) {
    throw new UserError(`"${file}", entry ${index + 1}, is no resource provider with its operations.`, {
      hint: operationHint,
    });
  }
  return operations;
}

function isOperation(value: unknown): value is ExportedOperation {
  return typeof asRecord(value)?.['name'] === 'string';
}

function mergePlanes(earlier: OperationPlane | undefined, plane: OperationPlane): OperationPlane {
  if (earlier === undefined || earlier === 'unknown') return plane;
  return plane === 'unknown' || plane === earlier ? earlier : 'both';
}

function readRole(guid: unknown, role: Record<string, unknown>, place: string): RawRole {
  const { roleName, permissions } = role;
  if (
    typeof guid !== 'string' ||
    !isGuid.test(guid) ||
    typeof roleName !== 'string' ||
    !Array.isArray(permissions)
  ) {
    throw new UserError(
      `"${place}" is not a role definition: it lacks a GUID as "name", a "roleName" or "permissions".`,
      { hint: roleHint },
    );
  }
  // The catalog keeps a role on one line.
  return {
    guid,
    name: roleName.replace(/[\u0000-\u001f]+/g, ' '),
    permissions: permissions.map(entry => readPermission(entry, place)),
  };
}

function readPermission(entry: unknown, place: string): StoredPermission {
  const permission = asRecord(entry) ?? {};
  const lists = (['actions', 'notActions', 'dataActions', 'notDataActions'] as const).map(
    list => [list, permission[list] ?? []] as const,
  );
  if (!lists.every(([, value]) => isListOfStrings(value))) {
    throw new UserError(`"${place}" has a permission whose actions are no list of strings.`, {
      hint: roleHint,
    });
  }
  const texts = (['condition', 'conditionVersion'] as const)
    .filter(key => typeof permission[key] === 'string')
    .map(key => [key, permission[key]] as const);
  return Object.fromEntries([...lists, ...texts]);
}

const isGuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isListOfStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
