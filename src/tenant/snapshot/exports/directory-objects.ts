import { guidOf } from '../../../rbac/model/guid.js';
import { own, type Row, textOf } from '../row.js';
import type { ExportShape } from './export-shape.js';

/** `az ad user|sp|group list`, Microsoft Graph, `Get-AzADUser` and the like. */
export const directoryObjects: ExportShape = {
  name: 'users, groups and service principals of the Azure CLI, Microsoft Graph and PowerShell',
  matches: row => objectIdOf(row) !== undefined && kindOf(row) !== undefined,
  read(row, say) {
    const id = objectIdOf(row)!;
    const type = kindOf(row)!;
    say.principal({
      id,
      type,
      isListed: true,
      displayName: textOf(row, 'displayName') ?? textOf(row, 'userPrincipalName'),
      userType: textOf(row, 'userType'),
      accountEnabled: own(row, 'accountEnabled'),
      servicePrincipalType: textOf(row, 'servicePrincipalType'),
    });
    const resource = resourceIn(own(row, 'alternativeNames') ?? own(row, 'alternativeName'));
    if (resource !== undefined) say.row('resources', { id: resource, principalId: id });
  },
};

/** Role assignments are to service principals: the object id of an application is another one. */
export const applications: ExportShape = {
  name: 'applications',
  matches: row => isOfType(row, 'application') || (isApplication(row) && !isServicePrincipal(row)),
  read: (_, say) =>
    say.notRead('applications', 'role assignments are to service principals: az ad sp list --all -o json'),
};

/** What lists of group memberships hold beside groups. */
export const otherDirectoryObjects: ExportShape = {
  name: 'directory roles, administrative units and devices',
  matches: row => objectIdOf(row) !== undefined && /^#microsoft\.graph\./i.test(odataTypeOf(row) ?? ''),
  read: (_, say) => say.nothing(),
};

/** The object id, also as it was called before Microsoft Graph. */
export function objectIdOf(row: Row): string | undefined {
  return guidOf(textOf(row, 'id') ?? textOf(row, 'objectId') ?? '');
}

/** Such as `User`; undefined where nothing says it, or it is none that is assigned a role. */
export function kindOf(row: Row): string | undefined {
  const type =
    odataTypeOf(row) ?? textOf(row, 'objectType') ?? textOf(row, 'type') ?? textOf(row, 'principalType');
  const named = kinds.get((type ?? '').replace(/^#microsoft\.graph\./i, '').toLowerCase());
  if (named !== undefined) return named;
  if (type !== undefined) return undefined;
  if (isServicePrincipal(row)) return 'ServicePrincipal';
  if (isApplication(row)) return undefined;
  if (textOf(row, 'userPrincipalName') !== undefined) return 'User';
  return typeof own(row, 'securityEnabled') === 'boolean' ? 'Group' : undefined;
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['user', 'User'],
  ['group', 'Group'],
  ['serviceprincipal', 'ServicePrincipal'],
]);

function odataTypeOf(row: Row): string | undefined {
  return textOf(row, '@odata.type') ?? textOf(row, 'odata.type') ?? textOf(row, 'odataType');
}

function isOfType(row: Row, type: string): boolean {
  return odataTypeOf(row)?.toLowerCase() === `#microsoft.graph.${type}`;
}

function isServicePrincipal(row: Row): boolean {
  const names = own(row, 'servicePrincipalNames') ?? own(row, 'servicePrincipalName');
  return textOf(row, 'servicePrincipalType') !== undefined || (Array.isArray(names) && names.length > 0);
}

function isApplication(row: Row): boolean {
  if (textOf(row, 'appId') === undefined) return false;
  return ['requiredResourceAccess', 'identifierUris', 'publisherDomain'].some(
    name => own(row, name) !== undefined,
  );
}

/** The service principal of a managed identity names its resource: https://learn.microsoft.com/graph/api/resources/serviceprincipal. */
function resourceIn(names: unknown): string | undefined {
  const texts = Array.isArray(names) ? names.filter(name => typeof name === 'string') : [];
  return texts.find(name => /^\/subscriptions\/.+\/providers\//i.test(name));
}
