import { expect, test } from 'vitest';
import { admittedValues, type ValueSet } from '../../../src/rbac/conditions/admitted-values.js';
import { describeAdmitted } from '../../../src/rbac/conditions/describe-admitted.js';
import { knowingAction } from '../../../src/rbac/conditions/knowledge.js';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';
import { admittedAssignments } from '../../../src/rbac/conditions/role-assignment-guard.js';
import { builtInConditions } from './built-in-conditions.js';
import {
  allExceptRoles,
  backupContributor,
  backupReader,
  constrainRoles,
  constrainRolesAndPrincipals,
  constrainRolesAndPrincipalTypes,
  marketing,
  owner,
  rbacAdministrator,
  sales,
  userAccessAdministrator,
} from './delegation.js';

const only = (...values: string[]): ValueSet => ({ kind: 'only', values });
const allBut = (...values: string[]): ValueSet => ({ kind: 'all-but', values });

const backups = only(backupContributor, backupReader);
const exceptPrivileged = allBut(owner, rbacAdministrator, userAccessAdministrator);

test.each([
  ['constrain roles', constrainRoles, 'RoleDefinitionId', backups, backups],
  ['constrain roles', constrainRoles, 'PrincipalType', only(), allBut()],
  [
    'constrain roles and principal types',
    constrainRolesAndPrincipalTypes,
    'RoleDefinitionId',
    only(),
    backups,
  ],
  [
    'constrain roles and principal types',
    constrainRolesAndPrincipalTypes,
    'PrincipalType',
    only(),
    only('User', 'Group'),
  ],
  ['constrain roles and principals', constrainRolesAndPrincipals, 'RoleDefinitionId', only(), backups],
  [
    'constrain roles and principals',
    constrainRolesAndPrincipals,
    'PrincipalId',
    only(),
    only(marketing, sales),
  ],
  ['all except specific roles', allExceptRoles, 'RoleDefinitionId', exceptPrivileged, exceptPrivileged],
] as const)('the template “%s” lets through', (_, text, attribute, definite, possible) => {
  const { expression } = parseCondition(text);
  for (const change of ['write', 'delete'] as const)
    expect(admittedAssignments(expression, change, attribute)).toMatchObject({
      definite,
      possible,
      patterns: [],
    });
});

/** The ids that stand behind the source, found without a parser. */
function listedIds(text: string, source: string): string[] {
  const [, list] = new RegExp(`@${source}\\[[^\\]]*RoleDefinitionId\\][^{]*\\{([^}]*)\\}`).exec(text) ?? [];
  return (list ?? '').split(',').flatMap(id => {
    const digits = id.replace(/[^0-9a-f]/gi, '').toLowerCase();
    return digits === '' ? [] : [digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')];
  });
}

test('built-in roles may assign and unassign exactly the roles that their conditions list', () => {
  let lists = 0;
  for (const { text } of builtInConditions) {
    const { expression } = parseCondition(text);
    for (const [change, source] of [
      ['write', 'Request'],
      ['delete', 'Resource'],
    ] as const) {
      const ids = listedIds(text, source);
      if (ids.length === 0) continue;
      lists++;
      const { definite, possible } = admittedAssignments(expression, change, 'RoleDefinitionId');
      expect(possible).toEqual(only(...ids));
      // Some look at something else as well, of which nobody knows.
      expect(definite).toEqual(
        /HasObotoken|PrincipalType/.test(text) && change === 'write' ? only() : only(...ids),
      );
    }
  }
  expect(lists).toBe(45);
});

const readBlob = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const container = {
  source: 'Resource',
  path: 'Microsoft.Storage/storageAccounts/blobServices/containers:name',
} as const;
const name = `@Resource[${container.path}]`;

test.each([
  [`${name} StringEquals 'a'`, only('a'), only('a'), 0],
  [`${name} StringNotEquals 'a'`, allBut('a'), allBut('a'), 0],
  [`NOT ${name} StringEquals 'a'`, allBut('a'), allBut('a'), 0],
  [`'a' StringEquals ${name}`, only('a'), only('a'), 0],
  [`@resource[${container.path.toUpperCase()}] stringequals 'a'`, only('a'), only('a'), 0],
  [`${name} StringEqualsIgnoreCase 'a' OR ${name} StringEqualsIgnoreCase 'A'`, only('a'), only('a'), 0],
  [`${name} StringEqualsIgnoreCase 'a'`, only('a'), only('a'), 0],
  [`${name} StringNotEquals 'A' AND ${name} StringNotEqualsIgnoreCase 'b'`, only(), allBut('A', 'b'), 0],
  [`ActionMatches{'x'} OR ${name} StringEquals 'a'`, only('a'), only('a'), 0],
  [
    `!(ActionMatches{'${readBlob}'}) OR ${name} ForAnyOfAnyValues:StringEquals {'a', 'b'}`,
    only('a', 'b'),
    only('a', 'b'),
    0,
  ],
  [`!(ActionMatches{'x'}) OR ${name} StringEquals 'a'`, allBut(), allBut(), 0],
  [`${name} StringEquals 'a' AND @Environment[isPrivateLink] BoolEquals true`, only(), only('a'), 0],
  [`${name} StringEquals 'a' OR @Environment[isPrivateLink] BoolEquals true`, only('a'), allBut(), 0],
  [`${name} StringLike 'logs-*'`, only(), allBut(), 1],
  [
    `${name} StringLike 'logs-*' AND ${name} StringNotEquals 'logs-a' AND ${name} StringNotEquals 'x'`,
    only(),
    allBut('logs-a', 'x'),
    1,
  ],
  [`${name} StringStartsWith 'logs-' OR ${name} StringEquals 'a'`, only('a'), allBut(), 1],
  [`${name} ForAnyOfAnyValues:StringNotEquals {'a', 'b'}`, allBut(), allBut(), 0],
  [`${name} ForAllOfAllValues:StringEquals {'a', 'b'}`, only(), only(), 0],
  [`${name} StringEquals 'a' OR ${name} NumericEquals 5`, only(), allBut(), 0],
  [`${name} StringEquals @Principal[x]`, only(), allBut(), 0],
  [`${name} StringContains 'a'`, only(), allBut(), 0],
  [`Exists ${name}`, allBut(), allBut(), 0],
] as const)('of containers, %s lets through', (text, definite, possible, patterns) => {
  const admitted = admittedValues(parseCondition(text).expression, knowingAction(readBlob), container);
  expect(admitted).toMatchObject({ definite, possible });
  expect(admitted.patterns.length).toBe(patterns);
});

test('of two values there are no others', () => {
  const attribute = { source: 'Resource', path: 'Microsoft.Storage/storageAccounts:isHnsEnabled' } as const;
  const { expression } = parseCondition(`@Resource[${attribute.path}] BoolNotEquals false`);
  expect(admittedValues(expression, knowingAction(readBlob), attribute)).toMatchObject({
    definite: only('true'),
    possible: only('true'),
  });
});

test('keys of tags keep their case', () => {
  const tag = (key: string): string =>
    `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:${key}<$key_case_sensitive$>`;
  const { expression } = parseCondition(
    `@Resource[${tag('Project')}] StringEquals 'a' AND @Resource[${tag('project')}] StringEquals 'b'`,
  );
  expect(
    admittedValues(expression, knowingAction(readBlob), { source: 'Resource', path: tag('Project') }),
  ).toMatchObject({
    definite: only(),
    possible: only('a'),
  });
});

test('what does not parse may let through anything', () => {
  expect(admittedAssignments(parseCondition('(').expression, 'write', 'RoleDefinitionId')).toMatchObject({
    definite: only(),
    possible: allBut(),
  });
});

test('a condition of any size is answered in time, unsurely rather than wrong', () => {
  const ids = Array.from({ length: 30_000 }, (_, i) => `00000000-0000-0000-0001-${`${i}`.padStart(12, '0')}`);
  const text = `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids.join()}}`;
  const { definite, possible } = admittedAssignments(
    parseCondition(text).expression,
    'write',
    'RoleDefinitionId',
  );
  expect(definite.kind).toBe('only');
  expect(definite.values.length).toBeGreaterThan(100);
  expect(possible).toEqual(only(...ids));
});

test('a long condition with wildcards is answered exactly', () => {
  const ids = Array.from({ length: 190 }, (_, i) => `00000000-0000-0000-0001-${`${i}`.padStart(12, '0')}`);
  const actions = Array.from({ length: 30 }, (_, i) => `!(ActionMatches{'A${i}/*/write'})`).join(' AND ');
  const role = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
  const text = `(${actions}) AND ${role} ForAnyOfAnyValues:GuidEquals {${ids.join()}}`;
  expect(admittedAssignments(parseCondition(text).expression, 'write', 'RoleDefinitionId')).toMatchObject({
    definite: only(...ids),
    possible: only(...ids),
  });
});

const roleNames = new Map([
  [backupContributor, 'Backup Contributor'],
  [backupReader, 'Backup Reader'],
]);

test.each([
  [only(), 'no role'],
  [only(backupReader), 'only the role Backup Reader'],
  [backups, 'only the roles Backup Contributor, Backup Reader'],
  [allBut(), 'any role'],
  [allBut(backupContributor, backupReader), 'every role but Backup Contributor, Backup Reader'],
])('says in plain words %j', (values, expected) => {
  const words = describeAdmitted(values, { one: 'role', many: 'roles' }, id => roleNames.get(id) ?? id);
  expect(words).toBe(expected);
});

// Whether a listed value stands for its other spellings, too.
test.each([
  ['GUIDs have one form', '@Request[x] GuidEquals 49fc33c1-886f-4b21-a00e-1d9993234734', true],
  ['case counts', "@Request[x] StringEquals 'User'", false],
  ['case is ignored', "@Request[x] StringEqualsIgnoreCase 'User'", true],
  ['case counts once', "@Request[x] StringEqualsIgnoreCase 'a' OR @Request[x] StringEquals 'b'", false],
])('of an attribute of which %s', (_, text, expected) => {
  const { expression } = parseCondition(text);
  const attribute = { source: 'Request', path: 'x' } as const;
  expect(admittedValues(expression, knowingAction('a/read'), attribute).ignoresCase).toBe(expected);
});

test('an attribute that is compared with a known one has the values of that', () => {
  const { expression } = parseCondition('@Request[x] StringEquals @Principal[team]');
  const knowledge = {
    ...knowingAction('a/read'),
    attribute: (source: string) =>
      source === 'Principal'
        ? ({ kind: 'values', values: ['Baker'] } as const)
        : ({ kind: 'unknown' } as const),
  };
  const { definite, possible } = admittedValues(expression, knowledge, { source: 'Request', path: 'x' });
  expect([definite, possible]).toEqual([only('Baker'), only('Baker')]);
});
