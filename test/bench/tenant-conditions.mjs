import { principalId } from './tenant-ids.mjs';

const authorization = 'Microsoft.Authorization/roleAssignments';
const container = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const administrators = [owner, 'f58310d9-a9f6-439a-9e8d-f62e7b41a168', '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'];

/** What may be handed out: the templates that the portal offers, for writing and for deleting role assignments. */
export function delegationCondition(random, roleGuids) {
  const roles = Array.from({ length: 1 + Math.floor(random() * 4) }, () => roleGuids(random)).join(', ');
  const principals = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    principalId(Math.floor(random() * 1_000)),
  ).join(', ');
  const templates = [
    [`RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles}}`],
    [
      `RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles}}`,
      `PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}`,
    ],
    [
      `RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles}}`,
      `PrincipalId] ForAnyOfAnyValues:GuidEquals {${principals}}`,
    ],
    [`RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {${administrators.join(', ')}}`],
  ];
  const tests = templates[Math.floor(random() * templates.length)];
  return `${guard('write', 'Request', tests)} AND ${guard('delete', 'Resource', tests)}`;
}

function guard(action, source, tests) {
  const all = tests.map(test => `@${source}[${authorization}:${test}`).join(' AND ');
  return `((!(ActionMatches{'${authorization}/${action}'})) OR (${all}))`;
}

/** Which blobs may be read or written: by container, by path, by tag. */
export function blobCondition(random) {
  const number = Math.floor(random() * 40);
  const read = `!(ActionMatches{'${container}/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})`;
  const write = `!(ActionMatches{'${container}/blobs/write'}) AND !(ActionMatches{'${container}/blobs/add/action'})`;
  const templates = [
    `((${read}) OR (@Resource[${container}:name] StringEquals 'data-${number}'))`,
    `((${write}) OR (@Resource[${container}/blobs:path] StringLike 'team-${number}/*'))`,
    `((${read}) OR (@Resource[${container}/blobs/tags:Project<$key_case_sensitive$>] StringEquals 'P${number}'))`,
    `((${read}) OR (@Environment[isPrivateLink] BoolEquals true))`,
  ];
  return templates[Math.floor(random() * templates.length)];
}
