import { describe, expect, test } from 'vitest';
import { RolePowers } from '../../../../src/lint/checks/tenant/role-powers.js';
import { roles, tenantOf, type Row } from '../../../tenant/access/tenant-rows.js';
import { shippedCatalog } from '../../../shipped-catalog.js';
import { context } from './tenant-context.js';

const accessAdministrator = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9';
const write = 'Microsoft.Authorization/roleAssignments/write';
const requested = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';

const only = (...ids: readonly string[]): string =>
  `((!(ActionMatches{'${write}'})) OR (${requested} ForAnyOfAnyValues:GuidEquals{${ids.join(', ')}}))`;
const allBut = (...ids: readonly string[]): string =>
  `((!(ActionMatches{'${write}'})) OR (${requested} ForAnyOfAllValues:GuidNotEquals{${ids.join(', ')}}))`;

function powersOf(custom: readonly Row[] = []): RolePowers {
  return RolePowers.of(tenantOf({ roleDefinitions: custom }), context);
}

function customRole(number: number, permission: Row): Row {
  const name = `c0000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
  return {
    name,
    properties: { roleName: `Custom ${number}`, type: 'CustomRole', permissions: [permission] },
  };
}

describe('built-in roles', () => {
  test.each([
    ['Owner', 'owner', 'can assign any role'],
    ['User Access Administrator', 'owner', 'can assign any role'],
    ['Role Based Access Control Administrator', 'owner', 'can assign any role'],
    ['Contributor', 'privileged', 'can change or delete almost any resource (100 % of Contributor)'],
    ['Azure Resilience Management Drills Administrator', 'privileged', 'can assign the role "Contributor"'],
    ['Key Vault Data Access Administrator', 'ordinary', ''],
    ['Virtual Machine Contributor', 'ordinary', ''],
    ['Reader', 'ordinary', ''],
  ])('%s: %s', (name, power, because) => {
    const { guid } = shippedCatalog.builtInRoles.find(name)!;
    expect(powersOf().ofAssignment({ roleGuid: guid!, condition: undefined })).toEqual({ power, because });
  });

  test('that are guarded give no more than their guards let through', () => {
    const guarded = [...shippedCatalog.builtInRoles.all()].filter(({ permissions }) =>
      permissions.some(({ condition }) => condition?.value.includes('RoleDefinitionId')),
    );
    const powerful = guarded.filter(
      ({ guid }) => powersOf().ofAssignment({ roleGuid: guid!, condition: undefined }).power !== 'ordinary',
    );
    expect(guarded.length).toBeGreaterThan(20);
    expect(powerful.map(({ name }) => name!.value).sort()).toEqual([
      'Azure Resilience Management Drills Administrator',
      'Azure Resilience Management Drills Assets Administrator',
      'Azure Resilience Management Drills Target Resource Administrator',
      'Azure Resilience Management Goals Administrator',
    ]);
  });
});

describe('an assignment with a condition', () => {
  test.each([
    ['admits an ordinary role', only(roles.reader), 'ordinary'],
    ['admits a privileged role', only(roles.reader, roles.contributor), 'privileged'],
    ['admits a role that assigns roles', only(accessAdministrator), 'owner'],
    ['admits all but one of them', allBut(roles.owner), 'owner'],
    [
      'admits all but those that assign roles',
      allBut(roles.owner, accessAdministrator, roles.rbacAdministrator),
      'privileged',
    ],
    [
      'admits the role itself, which is then held without a condition',
      only(roles.rbacAdministrator),
      'owner',
    ],
    ['admits all but two of the three that assign roles', allBut(roles.owner, accessAdministrator), 'owner'],
    ['guards something else', `!(ActionMatches{'Microsoft.Storage/*'})`, 'owner'],
    [
      'guards nothing, for all its list',
      `((!(ActionMatches{'${write}'})) OR (${requested} ForAnyOfAnyValues:GuidNotEquals{${roles.owner}, ${roles.contributor}}))`,
      'owner',
    ],
    ['cannot be read', '@Request[', 'owner'],
    ['lets no role be assigned', `!(ActionMatches{'${write}'})`, 'ordinary'],
  ])('%s: %s', (_, condition, power) => {
    expect(powersOf().ofAssignment({ roleGuid: roles.rbacAdministrator, condition }).power).toBe(power);
  });

  test('is judged by itself, whatever was asked before', () => {
    const powers = powersOf();
    const conditions = [only(roles.reader), only(roles.contributor), only(roles.owner), undefined];
    const asked = [...conditions, ...conditions].map(
      condition => powers.ofAssignment({ roleGuid: roles.rbacAdministrator, condition }).power,
    );
    const each = ['ordinary', 'privileged', 'owner', 'owner'];
    expect(asked).toEqual([...each, ...each]);
  });

  test('tells which roles it admits', () => {
    const delegation = powersOf().delegation({
      roleGuid: roles.rbacAdministrator,
      condition: only(roles.reader, roles.contributor),
    });
    expect(delegation).toMatchObject({
      admitted: { kind: 'only', values: [roles.reader, roles.contributor] },
      strongest: { power: 'privileged', role: 'Contributor' },
    });
    expect(powersOf().delegation({ roleGuid: roles.owner, condition: undefined })).toBeUndefined();
  });
});

describe('the roles that a condition admits', () => {
  const admitted = (kind: 'only' | 'all-but', ...values: readonly string[]) =>
    powersOf()
      .powerfulIn({ kind, values })
      .map(({ role, power }) => `${role}: ${power}`);

  test('are named where they are more than ordinary, worst first', () => {
    const listed = [roles.reader, roles.contributor, '12345678-1234-1234-1234-123456789012', roles.owner];
    expect(admitted('only', ...listed)).toEqual(['Owner: owner', 'Contributor: privileged']);
  });

  test('are all of that kind but the listed ones', () => {
    const left = admitted('all-but', roles.owner, accessAdministrator, roles.rbacAdministrator);
    expect(left).toContain('Contributor: privileged');
    expect(left).not.toContain('Owner: owner');
  });
});

describe('custom roles', () => {
  test.each([
    ['assigns roles', { actions: ['Microsoft.Authorization/*'] }, 'owner'],
    [
      'may not',
      { actions: ['Microsoft.Authorization/*'], notActions: ['Microsoft.Authorization/*/write'] },
      'ordinary',
    ],
    [
      'makes people eligible',
      { actions: ['Microsoft.Authorization/roleEligibilityScheduleRequests/write'] },
      'owner',
    ],
    ['edits roles', { actions: ['Microsoft.Authorization/roleDefinitions/write'] }, 'privileged'],
    [
      'all but a little',
      { actions: ['*'], notActions: ['Microsoft.Authorization/*', 'Microsoft.Quota/*'] },
      'privileged',
    ],
  ])('that %s', (_, permission, power) => {
    const role = customRole(1, permission);
    expect(
      powersOf([role]).ofAssignment({ roleGuid: String(role['name']), condition: undefined }).power,
    ).toBe(power);
  });

  test('that may assign each other lead nowhere', () => {
    const ids = [1, 2].map(number => String(customRole(number, {})['name']));
    const assigner = (number: number, admitted: string): Row =>
      customRole(number, { actions: [write], condition: only(admitted), conditionVersion: '2.0' });
    const powers = powersOf([assigner(1, ids[1]!), assigner(2, ids[0]!)]);
    expect(powers.ofAssignment({ roleGuid: ids[0]!, condition: undefined }).power).toBe('ordinary');
  });

  test('that may assign each other lead nowhere, whatever else they grant without a condition', () => {
    const ids = [1, 2].map(number => String(customRole(number, {})['name']));
    const [first, second] = ids.map((own, i) => {
      const permissions = [
        { actions: ['Microsoft.Compute/disks/read'] },
        { actions: [write], condition: only(ids[1 - i]!), conditionVersion: '2.0' },
      ];
      return { name: own, properties: { roleName: `Custom ${i}`, type: 'CustomRole', permissions } };
    });
    const powers = powersOf([first!, second!]);
    expect(powers.ofAssignment({ roleGuid: ids[0]!, condition: undefined }).power).toBe('ordinary');
  });

  // What either of two permissions lets be assigned, the role does.
  test.each([
    ['two lists', only(roles.reader), only(roles.owner), 'only', [roles.reader, roles.owner]],
    [
      'a list and all but one of it',
      only(roles.owner),
      allBut(roles.owner, roles.reader),
      'all-but',
      [roles.reader],
    ],
    [
      'all but some, and a list',
      allBut(roles.owner, roles.reader),
      only(roles.owner),
      'all-but',
      [roles.reader],
    ],
    [
      'all but some, twice',
      allBut(roles.owner, roles.reader),
      allBut(roles.reader, roles.contributor),
      'all-but',
      [roles.reader],
    ],
  ])('admit by %s what one of them admits', (_, one, other, kind, values) => {
    const permissions = [one, other].map(condition => ({ actions: [write], condition }));
    const name = String(customRole(1, {})['name']);
    const role = { name, properties: { roleName: 'Custom', type: 'CustomRole', permissions } };
    const delegation = powersOf([role]).delegation({ roleGuid: name, condition: undefined });
    expect(delegation?.admitted).toEqual({ kind, values });
  });

  test('count as what a condition admits', () => {
    const role = customRole(1, { actions: [write] });
    expect(
      powersOf([role]).ofAssignment({
        roleGuid: roles.rbacAdministrator,
        condition: only(String(role['name'])),
      }).power,
    ).toBe('owner');
  });
});
