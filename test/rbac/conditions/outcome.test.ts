import { expect, test } from 'vitest';
import type { ConditionComparison } from '../../../src/rbac/conditions/expression.js';
import { guardedActions, isGuardedAction } from '../../../src/rbac/conditions/guarded-actions.js';
import { isVacuous, outcomeFor, vacuousComparisons } from '../../../src/rbac/conditions/outcome.js';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';
import { admittedAssignments } from '../../../src/rbac/conditions/role-assignment-guard.js';
import { builtInConditions } from './built-in-conditions.js';
import {
  allExceptRoles,
  constrainRoles,
  constrainRolesAndPrincipalTypes,
  guard,
  owner,
  rbacAdministrator,
} from './delegation.js';

const expressionOf = (text: string) => parseCondition(text).expression!;

/** Whether it lets assign all roles but some. */
function isDenyList(text: string): boolean {
  const { possible } = admittedAssignments(expressionOf(text), 'write', 'RoleDefinitionId');
  return possible.kind === 'all-but' && possible.values.length > 0;
}

/** Whether it guards adding role assignments while it lets any be removed. */
function isWriteOnly(text: string): boolean {
  const expression = expressionOf(text);
  return isGuardedAction(expression, write) && !isGuardedAction(expression, remove);
}

const [write, remove] = [
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/roleAssignments/delete',
] as const;
const role = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
const removedRole = '@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
const type = '@Request[Microsoft.Authorization/roleAssignments:PrincipalType]';
const path = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]';
const two = `{${owner}, ${rbacAdministrator}}`;

test.each([
  [`ActionMatches{'${write}'}`, 'always'],
  [`!(ActionMatches{'${write}'})`, 'never'],
  [`!(ActionMatches{'${remove}'}) OR ${role} GuidEquals ${owner}`, 'always'],
  [`${role} GuidEquals ${owner}`, 'depends'],
  [`${role} GuidEquals 00000000-0000-0000-0000-000000000000`, 'depends'],
  [`Exists ${path} OR NotExists ${path}`, 'always'],
  [`Exists ${path} AND NotExists ${path}`, 'never'],
  [`Exists ${path}`, 'depends'],
  [`${role} GuidEquals ${owner} OR ${role} GuidNotEquals ${owner}`, 'always'],
  [`${role} GuidEquals ${owner} AND ${role} GuidEquals ${rbacAdministrator}`, 'never'],
  [`${role} ForAnyOfAnyValues:GuidNotEquals ${two}`, 'always'],
  [`${role} ForAllOfAnyValues:GuidNotEquals ${two}`, 'always'],
  [`${role} ForAnyOfAllValues:GuidNotEquals ${two}`, 'depends'],
  [`${role} ForAllOfAllValues:GuidEquals ${two}`, 'never'],
  [`${role} ForAnyOfAnyValues:GuidNotEquals {${owner}}`, 'depends'],
  [
    `${role} ForAnyOfAnyValues:GuidNotEquals {${owner}, ${owner.replaceAll('-', '').toUpperCase()}}`,
    'depends',
  ],
  [`${type} StringEqualsIgnoreCase 'User' OR ${type} StringNotEqualsIgnoreCase 'user'`, 'always'],
  [`${type} StringNotEqualsIgnoreCase 'User' OR ${type} StringEquals 'User'`, 'depends'],
  [
    `${role} GuidEquals ${owner} OR NOT (${role} GuidEquals ${owner} AND ${type} StringEquals 'User') OR ${type} StringEquals 'User'`,
    'always',
  ],
  // Adding an assignment does not look at what is there: whether that attribute exists then nobody says.
  [`${removedRole} GuidEquals ${owner} OR ${removedRole} GuidNotEquals ${owner}`, 'depends'],
  // A path may be absent, and then both comparisons fail.
  [`${path} StringEquals 'a' OR ${path} StringNotEquals 'a'`, 'depends'],
  [`${path} StringEquals 'a' OR NOT ${path} StringEquals 'a'`, 'always'],
  [`${path} StringLike 'a*' AND ${path} StringNotEquals 'ab' AND ${path} StringEquals 'ab'`, 'never'],
  ['@Resource[HasObotoken] BoolEquals true OR NOT @Resource[HasObotoken] BoolEquals true', 'always'],
  [
    '@Resource[own] ForAnyOfAnyValues:NumericEquals 1 OR NOT @Resource[own] ForAnyOfAnyValues:NumericEquals 1',
    'depends',
  ],
  [`@Resource[own] StringEquals @Request[own]`, 'depends'],
  [`${type} StringEquals ${type.replace('Type', 'Id')}`, 'depends'],
  ["@Request[subOperation] StringEquals 'a' OR NOT @Request[subOperation] StringEquals 'a'", 'depends'],
])('for adding an assignment, %s', (text, expected) => {
  expect(outcomeFor(expressionOf(text), write)).toBe(expected);
});

test('too many combinations are not tried', () => {
  const ids = Array.from({ length: 200 }, (_, i) => `00000000-0000-0000-0001-${`${i}`.padStart(12, '0')}`);
  const many = `${role} ForAnyOfAnyValues:GuidEquals {${ids.join()}}`;
  const text = `(${many}) OR !(${many}) OR (${many.replace('RoleDefinitionId', 'PrincipalId')})`;
  expect(outcomeFor(expressionOf(text), write)).toBe('depends');
});

test.each([
  [20, 'always'],
  [21, 'depends'],
])(
  'of a condition over %i attributes the outcome is "%s": more than twenty are not tried',
  (count, expected) => {
    const others = Array.from(
      { length: count - 1 },
      (_, i) => `@Resource[x${i}] ForAnyOfAnyValues:StringEquals {'a'}`,
    );
    const either = `${role} GuidEquals ${owner} OR ${role} GuidNotEquals ${owner}`;
    expect(outcomeFor(expressionOf([either, ...others].join(' OR ')), write)).toBe(expected);
  },
);

test.each([
  [`${role} ForAnyOfAnyValues:GuidNotEquals ${two}`, true],
  [`${removedRole} ForAnyOfAnyValues:GuidNotEquals ${two}`, true],
  [`${type} ForAnyOfAnyValues:StringNotEqualsIgnoreCase {'User', 'Group'}`, true],
  [`${role} ForAnyOfAllValues:GuidNotEquals ${two}`, false],
  [`${role} GuidNotEquals ${owner}`, false],
  [`@Resource[own] ForAnyOfAnyValues:StringNotEquals {'a', 'b'}`, false],
  [`{1} ForAnyOfAnyValues:NumericEquals {1}`, false],
])('guards nothing: %s', (text, expected) => {
  const comparison = expressionOf(text) as ConditionComparison;
  expect(isVacuous(comparison)).toBe(expected);
  expect(vacuousComparisons(expressionOf(`!(ActionMatches{'${write}'}) OR ${text}`)).length).toBe(
    expected ? 1 : 0,
  );
});

test.each([
  [constrainRoles, [write, remove], 'always'],
  ['@Resource[HasObotoken] boolequals true', [], 'depends'],
  [`ActionMatches{'A/b/read'} OR ActionMatches{'a/B/READ', 'C/*'}`, ['A/b/read', 'C/*'], 'never'],
  [`!(ActionMatches{'*'}) OR ${role} GuidEquals ${owner}`, ['*'], 'depends'],
])('knows the actions that are guarded', (text, patterns, others) => {
  expect(guardedActions(expressionOf(text))).toEqual({ patterns, others });
});

test('every built-in condition that names actions lets all others through', () => {
  for (const { text } of builtInConditions) {
    const { patterns, others } = guardedActions(expressionOf(text));
    expect(others).toBe(text.includes('ActionMatches') ? 'always' : 'depends');
    for (const pattern of patterns) expect(isGuardedAction(expressionOf(text), pattern)).toBe(true);
  }
});

test.each([
  [constrainRoles, false],
  [constrainRolesAndPrincipalTypes, false],
  [allExceptRoles, true],
  [`${role} ForAnyOfAnyValues:GuidNotEquals ${two}`, false],
  [`${type} StringEquals 'User'`, false],
  [`${type} StringEquals 'User' AND ${role} GuidNotEquals ${owner}`, true],
])('tells a list of roles that are refused from one of roles that are let through', (text, expected) => {
  expect(isDenyList(text)).toBe(expected);
});

test.each([
  [constrainRoles, false],
  [guard('write', `@[Microsoft.Authorization/roleAssignments:RoleDefinitionId] GuidEquals ${owner}`), true],
  [guard('delete', `@[Microsoft.Authorization/roleAssignments:RoleDefinitionId] GuidEquals ${owner}`), false],
  [`!(ActionMatches{'Microsoft.Authorization/roleAssignments/*'}) OR ${role} GuidEquals ${owner}`, false],
  [
    guard(
      'write',
      `@[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidNotEquals ${two}`,
    ),
    false,
  ],
])('notices that removing is left free', (text, expected) => {
  expect(isWriteOnly(text)).toBe(expected);
});

test('two built-in roles guard adding assignments only', () => {
  const names = builtInConditions.filter(({ text }) => isWriteOnly(text)).map(({ role }) => role);
  expect(names).toEqual(['Azure File Sync Administrator', 'Azure IoT Operations Onboarding']);
});
