import { expect, test } from 'vitest';
import { checkCondition } from '../../../src/rbac/conditions/check-condition.js';
import { describeAdmitted } from '../../../src/rbac/conditions/describe-admitted.js';
import { attributeKey } from '../../../src/rbac/conditions/knowledge.js';
import { isPresent } from '../../../src/rbac/conditions/known-attributes.js';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';

function faults(text: string): string[] {
  const parsed = parseCondition(text);
  return [...parsed.problems, ...checkCondition(parsed)].map(({ code }) => code);
}

const guid = '49fc33c1-886f-4b21-a00e-1d9993234734';
const assignment = 'Microsoft.Authorization/roleAssignments';
const account = 'Microsoft.Storage/storageAccounts';
const containers = `${account}/blobServices/containers`;
const date = "DateTimeGreaterThan '2022-06-01T00:00:00.0Z'";

// https://learn.microsoft.com/azure/role-based-access-control/conditions-authorization-actions-attributes and
// https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes.
test.each([
  [`${assignment}:RoleDefinitionId`, ['Request', 'Resource'], `GuidEquals ${guid}`],
  [`${assignment}:PrincipalId`, ['Request', 'Resource'], `GuidEquals ${guid}`],
  [`${assignment}:PrincipalType`, ['Request', 'Resource'], "StringEquals 'User'"],
  [`${account}:name`, ['Resource'], "StringEquals 'data1'"],
  [`${account}:isHnsEnabled`, ['Resource'], 'BoolEquals true'],
  [`${account}/encryptionScopes:name`, ['Resource'], "StringEquals 'scope1'"],
  [`${account}/queueServices/queues:name`, ['Resource'], "StringEquals 'queue1'"],
  [`${containers}:name`, ['Resource'], "StringEquals 'public'"],
  [`${containers}/blobs:path`, ['Resource'], "StringLike 'logs/*'"],
  [`${containers}/blobs:isCurrentVersion`, ['Resource'], 'BoolEquals true'],
  [`${containers}/blobs:prefix`, ['Request'], "StringStartsWith 'logs/'"],
  [`${containers}/blobs:snapshot`, ['Request'], date],
  [`${containers}/blobs:versionId`, ['Request'], date],
  [
    `${containers}/blobs/tags:Project<$key_case_sensitive$>`,
    ['Request', 'Resource'],
    "StringEquals 'Cascade'",
  ],
  [`${containers}/metadata:Project`, ['Resource'], "StringEquals 'Cascade'"],
  ['isPrivateLink', ['Environment'], 'BoolEquals true'],
  ['Microsoft.Network/privateEndpoints', ['Environment'], "StringEquals 'pe1'"],
  ['Microsoft.Network/virtualNetworks/subnets', ['Environment'], "StringEquals 'subnet1'"],
  ['UtcNow', ['Environment'], date],
])('%s is an attribute of %j', (path, sources, comparison) => {
  const sound = ['Request', 'Resource', 'Environment'].filter(
    source => faults(`@${source}[${path}] ${comparison}`).length === 0,
  );
  expect(sound).toEqual(sources);
});

test.each([
  ['ForAnyOfAnyValues:StringEquals', "{'a'}", []],
  ['ForAnyOfAnyValues:NumericEquals', '{1}', []],
  ['ForAnyOfAnyValues:GuidEquals', `{${guid}}`, []],
  ['ForAnyOfAnyValues:BoolEquals', '{true}', ['quantifier-not-allowed']],
])('of several values %s may ask: %s', (operator, values, expected) => {
  expect(faults(`@Principal[x] ${operator} ${values}`)).toEqual(expected);
});

const write = `${assignment}/write`;

test.each([
  ['Request', `${assignment}:RoleDefinitionId`, write, true],
  ['Request', `${assignment}:RoleDefinitionId`.toUpperCase(), write.toUpperCase(), true],
  ['Resource', `${assignment}:RoleDefinitionId`, write, false],
  ['Resource', `${assignment}:RoleDefinitionId`, `${assignment}/delete`, true],
  ['Request', `${assignment}:RoleDefinitionId`, `${assignment}/delete`, false],
  ['Request', `${assignment}:Unheard`, write, false],
  ['Request', `${containers}/blobs:prefix`, write, false],
  ['Request', `${assignment}:RoleDefinitionId`, 'Microsoft.Compute/disks/write', false],
] as const)('@%s[%s] surely comes with %s: %s', (source, path, action, expected) => {
  expect(isPresent({ source, path }, action)).toBe(expected);
});

test.each([
  ['in any case', 'Department', 'department', true],
  ['in any case of keys', `${containers}/blobs/tags:Project`, `${containers}/blobs/tags:project`, true],
  [
    'but for keys that say so',
    `${containers}/blobs/tags:Project<$key_case_sensitive$>`,
    `${containers}/blobs/tags:project<$key_case_sensitive$>`,
    false,
  ],
  [
    'of which only the key minds',
    `${containers}/blobs/tags:a:B<$key_case_sensitive$>`,
    `${containers.toUpperCase()}/blobs/tags:a:B<$key_case_sensitive$>`,
    true,
  ],
  [
    'of which no letter before the colon minds',
    `${containers}/blobs/tags:B<$key_case_sensitive$>`,
    `${containers}/blobs/TAGS:B<$key_case_sensitive$>`,
    true,
  ],
  [
    'to its first letter',
    `${containers}/blobs/tags:A:b<$key_case_sensitive$>`,
    `${containers}/blobs/tags:a:b<$key_case_sensitive$>`,
    false,
  ],
])('one attribute has one key, %s', (_, one, other, isSame) => {
  expect(attributeKey('Resource', one) === attributeKey('Resource', other)).toBe(isSame);
});

test.each([
  ['only', [], 'no role'],
  ['only', ['a'], 'only the role A'],
  ['only', ['a', 'b'], 'only the roles A, B'],
  ['all-but', [], 'any role'],
  ['all-but', ['a'], 'every role but A'],
] as const)('%s %j is said as "%s"', (kind, values, expected) => {
  const noun = { one: 'role', many: 'roles' };
  expect(describeAdmitted({ kind, values }, noun, value => value.toUpperCase())).toBe(expected);
});
