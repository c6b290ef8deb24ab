import { isPlace, parseScope } from '../../../rbac/model/scope.js';
import { bodyOf, isRow, own, type Row, textOf } from '../row.js';
import { camelCased } from '../camel-case.js';
import type { ExportShape, ExportSink } from './export-shape.js';

/** `az resource list`, `az identity list`, `Get-AzResource`, Azure Resource Graph: anything with the id of a resource. */
export const resources: ExportShape = {
  name: 'resources and managed identities of the Azure CLI, PowerShell and Azure Resource Graph',
  matches: row => isResourceId(idOf(row)),
  read(row, say) {
    const id = idOf(row)!;
    const identity = camelIdentity(own(row, 'identity'));
    const type = textOf(row, 'type') ?? textOf(row, 'resourceType');
    sayIdentity(say, id, isRow(identity) ? textOf(identity, 'principalId') : undefined);
    if (/\/userassignedidentities$/i.test(type ?? ''))
      sayIdentity(say, id, textOf(bodyOf(row), 'principalId'));
    say.row('resources', { ...row, id, type, identity });
  },
};

/** `az ml … show` and `list`: names are in snake case, and user-assigned identities are a list. */
export const machineLearning: ExportShape = {
  name: 'workspaces, computes and endpoints of az ml',
  matches: row =>
    isResourceId(idOf(row)) && (isSnakeIdentity(own(row, 'identity')) || isMachineLearning(row)),
  read(row, say) {
    const id = idOf(row)!;
    const identity = identityOf(own(row, 'identity'));
    sayIdentity(say, id, identity && textOf(identity, 'principalId'));
    say.row('resources', { id, type: typeIn(id), identity });
    for (const name of linked) {
      const other = textOf(row, name);
      if (isResourceId(other)) say.row('resources', { id: other, type: typeIn(other!) });
    }
  },
};

/** `az group list` and the like: they say nothing of what anybody holds. */
export const containers: ExportShape = {
  name: 'resource groups',
  matches: row =>
    /^microsoft\.resources\/(?:subscriptions\/)?resourcegroups$/i.test(textOf(row, 'type') ?? ''),
  read: (_, say) => say.nothing(),
};

/** What else Microsoft.Authorization lists, and role assignments without the properties that say what they are. */
export const otherAuthorization: ExportShape = {
  name: 'policies, locks and settings of roles',
  matches: row => /\/providers\/microsoft\.authorization\//i.test(idOf(row) ?? ''),
  read(row, say) {
    const isRole = /\/providers\/microsoft\.authorization\/role(?:assignments|definitions)\//i.test(
      idOf(row)!,
    );
    if (!isRole) return say.notRead('policies, locks and settings', 'they grant nothing');
    say.notRead(
      'role assignments and role definitions',
      'properties are missing; export them without --query',
    );
  },
};

/** The id of a resource in the Azure CLI and PowerShell; `az ml` may write a scheme before it. */
function idOf(row: Row): string | undefined {
  return (textOf(row, 'id') ?? textOf(row, 'resourceId'))?.replace(/^azureml:(?=\/)/, '');
}

function isResourceId(id: string | undefined): boolean {
  return id !== undefined && /^\/subscriptions\/.+\/providers\//i.test(id) && isPlace(parseScope(id));
}

function isMachineLearning(row: Row): boolean {
  const isOfProvider = /\/providers\/microsoft\.machinelearningservices\//i.test(idOf(row) ?? '');
  const type = textOf(row, 'type') ?? textOf(row, 'resourceType') ?? '';
  return isOfProvider && !type.includes('/') && own(row, 'properties') === undefined;
}

function isSnakeIdentity(identity: unknown): boolean {
  return (
    isRow(identity) &&
    (Object.hasOwn(identity, 'principal_id') || Object.hasOwn(identity, 'user_assigned_identities'))
  );
}

function identityOf(identity: unknown): Row | undefined {
  if (!isRow(identity)) return undefined;
  const assigned = own(identity, 'user_assigned_identities');
  const list = Array.isArray(assigned) ? assigned.filter(isRow) : [];
  const entries = list.flatMap(each => {
    const id = textOf(each, 'resource_id');
    const known = { principalId: textOf(each, 'principal_id'), clientId: textOf(each, 'client_id') };
    return id === undefined ? [] : [[id, known] as const];
  });
  return {
    type: textOf(identity, 'type'),
    principalId: textOf(identity, 'principal_id'),
    userAssignedIdentities: Object.fromEntries(entries),
  };
}

/** PowerShell's names, down to those of user-assigned identities. */
function camelIdentity(identity: unknown): unknown {
  if (!isRow(identity)) return identity;
  const renamed = camelCased(identity);
  const assigned = own(renamed, 'userAssignedIdentities');
  if (!isRow(assigned)) return renamed;
  const entries = Object.entries(assigned).map(([id, value]) => [
    id,
    isRow(value) ? camelCased(value) : value,
  ]);
  return { ...renamed, userAssignedIdentities: Object.fromEntries(entries) };
}

/** What an `az ml workspace` works with. */
const linked = ['storage_account', 'key_vault', 'container_registry', 'application_insights'] as const;

/** The directory calls a managed identity after its resource: `uai-score`, or `claims/computes/cpu` of one below another. */
function sayIdentity(say: ExportSink, resource: string, principalId: string | undefined): void {
  if (principalId === undefined) return;
  const displayName = partsOf(resource).slice(2).join('/');
  say.principal({ id: principalId, type: 'MSI', displayName });
}

function typeIn(id: string): string {
  const [provider = '', ...parts] = partsOf(id);
  return [provider, ...parts.filter((_, at) => at % 2 === 0)].join('/');
}

/** Provider, type and name, and what lies below. */
function partsOf(id: string): string[] {
  const at = id.toLowerCase().lastIndexOf('/providers/');
  return id
    .slice(at + '/providers/'.length)
    .replace(/\/$/, '')
    .split('/');
}
