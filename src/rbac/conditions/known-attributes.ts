import type { AttributeSource } from './expression.js';
import { attributeKey } from './knowledge.js';
import type { OperandType } from './operators.js';

/** An attribute that a page of Microsoft's lists. */
export interface KnownAttribute {
  readonly path: string;
  readonly sources: readonly AttributeSource[];
  readonly type: OperandType;
  /** How many values it has where there are any. */
  readonly count: 'one' | 'many';
}

/** An attribute by its name. */
export interface AttributeName {
  readonly source: AttributeSource;
  readonly path: string;
}

/** What a page says of an attribute with that path, whatever the source; undefined where none lists it. */
export function knownAttribute(path: string): KnownAttribute | undefined {
  const colon = path.indexOf(':');
  const family = colon < 0 ? undefined : families.get(path.slice(0, colon).toLowerCase());
  return family === undefined ? byPath.get(path.toLowerCase()) : { ...family, path };
}

/** The paths of the attributes that pages list, for a hint. */
export function knownPaths(): readonly string[] {
  return [...byPath.values()].map(({ path }) => path);
}

/** Whether pages list all attributes of the provider that a path begins with, so that another one is most likely a slip. */
export function isOfKnownProvider(path: string): boolean {
  return /^Microsoft\.(?:Authorization|Storage)\//i.test(path);
}

/** Whether the operation surely has the attribute: assigning a role takes it from the request, removing it from what is there. */
export function isPresent({ source, path }: AttributeName, action: string): boolean {
  const isOfAssignment =
    path.toLowerCase().startsWith(ofAssignment.toLowerCase()) && byPath.has(path.toLowerCase());
  return isOfAssignment && assignmentSources.get(action.toLowerCase()) === source;
}

/** Whether two names are of one attribute. */
export function isSameAttribute(a: AttributeName, b: AttributeName): boolean {
  return attributeKey(a.source, a.path) === attributeKey(b.source, b.path);
}

const ofAssignment = 'Microsoft.Authorization/roleAssignments:';

/** https://learn.microsoft.com/azure/role-based-access-control/conditions-authorization-actions-attributes */
export const assignmentSources: ReadonlyMap<string, AttributeSource> = new Map([
  ['microsoft.authorization/roleassignments/write', 'Request'],
  ['microsoft.authorization/roleassignments/delete', 'Resource'],
]);

const storage = 'Microsoft.Storage/storageAccounts';
const containers = `${storage}/blobServices/containers`;
const assignment = ['Request', 'Resource'] as const;

// Also https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes and
// https://learn.microsoft.com/azure/storage/queues/queues-auth-abac-attributes.
const byPath: ReadonlyMap<string, KnownAttribute> = new Map(
  [
    single(`${ofAssignment}RoleDefinitionId`, assignment, 'guid'),
    single(`${ofAssignment}PrincipalId`, assignment, 'guid'),
    single(`${ofAssignment}PrincipalType`, assignment, 'string'),
    single(`${storage}:name`, ['Resource'], 'string'),
    single(`${storage}:isHnsEnabled`, ['Resource'], 'boolean'),
    single(`${storage}/encryptionScopes:name`, ['Resource'], 'string'),
    single(`${storage}/queueServices/queues:name`, ['Resource'], 'string'),
    single(`${containers}:name`, ['Resource'], 'string'),
    single(`${containers}/blobs:path`, ['Resource'], 'string'),
    single(`${containers}/blobs:isCurrentVersion`, ['Resource'], 'boolean'),
    single(`${containers}/blobs:prefix`, ['Request'], 'string'),
    single(`${containers}/blobs:snapshot`, ['Request'], 'date'),
    single(`${containers}/blobs:versionId`, ['Request'], 'date'),
    single('isPrivateLink', ['Environment'], 'boolean'),
    single('Microsoft.Network/privateEndpoints', ['Environment'], 'string'),
    single('Microsoft.Network/virtualNetworks/subnets', ['Environment'], 'string'),
    single('UtcNow', ['Environment'], 'date'),
    { path: `${containers}/blobs/tags&$keys$&`, sources: assignment, type: 'string', count: 'many' } as const,
    { path: `${containers}/metadata&$keys$&`, sources: ['Resource'], type: 'string', count: 'many' } as const,
  ].map(attribute => [attribute.path.toLowerCase(), attribute]),
);

/** Attributes with a key of one's own behind the colon. */
const families: ReadonlyMap<string, Omit<KnownAttribute, 'path'>> = new Map([
  [`${containers}/blobs/tags`.toLowerCase(), { sources: assignment, type: 'string', count: 'one' }],
  [`${containers}/metadata`.toLowerCase(), { sources: ['Resource'], type: 'string', count: 'one' }],
]);

function single(path: string, sources: readonly AttributeSource[], type: OperandType): KnownAttribute {
  return { path, sources, type, count: 'one' };
}
