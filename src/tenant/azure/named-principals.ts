import { guidOf } from '../../rbac/model/guid.js';
import type { AzureRow } from './list-page.js';

/** Adds those whom an assignment, a deny assignment or the identity of a resource names. */
export function addPrincipals(value: AzureRow, named: Map<string, string>): void {
  const properties = objectIn(value['properties']);
  const isIdentity = /userAssignedIdentities$/i.test(String(value['type']));
  add(properties['principalId'], isIdentity ? 'ServicePrincipal' : properties['principalType'], named);
  for (const list of [properties['principals'], properties['excludePrincipals']])
    for (const one of Array.isArray(list) ? list.map(objectIn) : []) add(one['id'], one['type'], named);
  const identity = objectIn(value['identity']);
  add(identity['principalId'], 'ServicePrincipal', named);
  for (const one of Object.values(objectIn(identity['userAssignedIdentities'])))
    add(objectIn(one)['principalId'], 'ServicePrincipal', named);
}

function objectIn(value: unknown): AzureRow {
  return typeof value === 'object' && value !== null ? (value as AzureRow) : {};
}

/** Everybody, as deny assignments name them, is nobody in the directory; a group of another directory is not in this one. */
function add(id: unknown, stated: unknown, named: Map<string, string>): void {
  const type = typeof stated === 'string' ? stated : 'Unknown';
  const guid = typeof id === 'string' ? guidOf(id) : undefined;
  if (guid === undefined || guid === everyone || type === 'ForeignGroup') return;
  const known = named.get(guid);
  if (known === undefined || known === 'Unknown') named.set(guid, type);
}

const everyone = '00000000-0000-0000-0000-000000000000';
