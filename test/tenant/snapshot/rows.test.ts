import { describe, expect, test } from 'vitest';
import { RowRef, rowList } from '../../../src/tenant/snapshot/row-ref.js';
import {
  readDenyAssignment,
  readRoleAssignment,
  readScheduledAssignment,
} from '../../../src/tenant/snapshot/assignment-rows.js';
import type { Row } from '../../../src/tenant/snapshot/row.js';
import {
  readManagementGroup,
  readPrincipal,
  readResource,
  readSubscription,
} from '../../../src/tenant/snapshot/rows.js';
import { SharedTexts } from '../../../src/tenant/snapshot/shared-texts.js';

const subscription = '11111111-2222-3333-4444-555555555555';
const principal = 'aaaaaaaa-0000-0000-0000-000000000001';
const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const at = new RowRef(rowList('tenant.json', '/roleAssignments'), 12);
const shared = new SharedTexts();

const assignment = {
  id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments/dddddddd-0000-0000-0000-000000000001`,
  properties: {
    principalId: principal,
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${reader}`,
    scope: `/subscriptions/${subscription}`,
    condition: '@Resource[HasObotoken] boolequals true',
    conditionVersion: '2.0',
  },
};

describe('a row knows where it stands', () => {
  test('by the pointer of its list and its number in it', () => {
    expect(readRoleAssignment(assignment, at, shared)).toMatchObject({
      condition: '@Resource[HasObotoken] boolequals true',
      conditionVersion: '2.0',
      at: { pointer: '/roleAssignments/12', document: { file: 'tenant.json' } },
    });
  });
});

describe('schedule instances of PIM', () => {
  test('say since when, until when, and what they stand for', () => {
    const row = {
      ...assignment,
      properties: {
        ...assignment.properties,
        startDateTime: '2026-08-01T00:00:00Z',
        endDateTime: '2026-09-01T00:00:00Z',
        assignmentType: 'Activated',
        originRoleAssignmentId: assignment.id,
      },
    };
    expect(readScheduledAssignment(row, at, shared)).toMatchObject({
      principalId: principal,
      startsOn: '2026-08-01T00:00:00Z',
      endsOn: '2026-09-01T00:00:00Z',
      assignmentType: 'Activated',
      originId: assignment.id.toLowerCase(),
    });
  });
});

describe('deny assignments', () => {
  const row = (properties: object) => ({
    id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/denyAssignments/eeeeeeee-0000-0000-0000-000000000001`,
    properties: {
      denyAssignmentName: 'Keep out',
      principals: [{ id: principal.toUpperCase() }],
      permissions: [],
      ...properties,
    },
  });

  test.each([
    [{}, 'enforced'],
    [{ denyAssignmentEffect: 'enforced' }, 'enforced'],
    [{ denyAssignmentEffect: 'Audit' }, 'audit'],
  ])('with %j have the effect "%s"', (properties, effect) => {
    expect(readDenyAssignment(row(properties), at, shared)).toMatchObject({
      name: 'Keep out',
      effect,
      principals: new Set([principal]),
    });
  });
});

describe('principals', () => {
  test('say what the directory knows of them', () => {
    const row = {
      id: principal,
      type: 'User',
      userType: 'Guest',
      accountEnabled: false,
      owners: [principal.toUpperCase()],
    };
    expect(readPrincipal(row, shared)).toEqual({
      id: principal,
      type: 'User',
      displayName: undefined,
      memberOf: [],
      owners: [principal],
      userType: 'Guest',
      accountEnabled: false,
      servicePrincipalType: undefined,
    });
  });
});

describe('what subscriptions and management groups are called', () => {
  const name = subscription;
  test.each<[string, object, string | undefined]>([
    ['in a snapshot', { id: name, displayName: 'Shop', managementGroup: 'corp' }, 'Shop'],
    ['by nobody', { id: name, displayName: null, managementGroup: 'corp' }, undefined],
    ['by az account list', { id: name, name: 'Shop', tenantId: name, state: 'Enabled' }, 'Shop'],
    [
      'in a tree of management groups',
      { id: `/subscriptions/${name}`, type: '/subscriptions', name, displayName: ' Shop ' },
      'Shop',
    ],
    ['in a tree, by nobody', { id: `/subscriptions/${name}`, name: name.toUpperCase() }, undefined],
    ['as its id is', { id: name, displayName: name }, undefined],
  ])('a subscription, %s', (_, row, displayName) => {
    expect(readSubscription(row as Row)).toMatchObject({ id: name, displayName });
  });

  test.each<[object, string | undefined]>([
    [{ id: 'corp', displayName: 'Contoso', parent: null }, 'Contoso'],
    [{ id: '/providers/x/corp', name: 'corp', properties: { displayName: 'Contoso' } }, 'Contoso'],
    [{ id: 'corp', name: 'corp' }, undefined],
    [{ id: 'corp', displayName: 'Corp' }, undefined],
  ])('a management group, as in %j', (row, displayName) => {
    expect(readManagementGroup(row as Row)).toMatchObject({ name: 'corp', displayName });
  });
});

describe('GUIDs without hyphens', () => {
  const bare = (guid: string): string => guid.replaceAll('-', '').toUpperCase();
  const everyone = '00000000-0000-0000-0000-000000000000';

  test('are the same principals and roles, in assignments', () => {
    const { properties } = assignment;
    const row = {
      ...assignment,
      properties: { ...properties, principalId: bare(principal), roleDefinitionId: `/x/${bare(reader)}` },
    };
    expect(readRoleAssignment(row, at, shared)).toMatchObject({ principalId: principal, roleGuid: reader });
  });

  test('are the same principals in deny assignments, everyone included', () => {
    const row = {
      id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/denyAssignments/${reader}`,
      properties: { principals: [{ id: bare(everyone) }], excludePrincipals: [{ id: bare(principal) }] },
    };
    expect(readDenyAssignment(row, at, shared)).toMatchObject({
      principals: new Set([everyone]),
      excludedPrincipals: new Set([principal]),
    });
  });

  test('are the same groups and owners', () => {
    const row = { id: bare(principal), memberOf: [bare(reader), 'a name'], owners: [bare(principal)] };
    expect(readPrincipal(row, shared)).toMatchObject({
      id: principal,
      memberOf: [reader, 'a name'],
      owners: [principal],
    });
  });
});

describe('types of principals', () => {
  test.each([
    ['User', 'User', undefined],
    ['group', 'Group', undefined],
    ['ForeignGroup', 'ForeignGroup', undefined],
    ['ServicePrincipal', 'ServicePrincipal', undefined],
    ['MSI', 'ServicePrincipal', 'ManagedIdentity'],
    ['Application', 'ServicePrincipal', 'Application'],
    ['Device', 'Device', undefined],
    ['constructor', 'Unknown', undefined],
    [7, 'Unknown', undefined],
  ])('%j is read as %s', (type, expected, servicePrincipalType) => {
    const row = { id: principal, type };
    expect(readPrincipal(row, shared)).toMatchObject({ type: expected, servicePrincipalType });
  });
});

describe('ids of assignments', () => {
  const scope = `/subscriptions/${subscription}`;

  test.each([
    [assignment.id, undefined, assignment.id],
    [assignment.id, 'DDDDDDDD-0000-0000-0000-000000000001', assignment.id],
    [assignment.id, 'another', assignment.id],
    [`${scope}/resourceGroups/rg/providers/x`, undefined, `${scope}/resourceGroups/rg/providers/x`],
    ['DDDDDDDD-0000-0000-0000-000000000001', undefined, 'dddddddd-0000-0000-0000-000000000001'],
    [undefined, 'DDDDDDDD-0000-0000-0000-000000000001', 'dddddddd-0000-0000-0000-000000000001'],
    [undefined, undefined, ''],
  ])('%s named %s', (id, name, expected) => {
    const row = { id, name, properties: assignment.properties };
    expect(readRoleAssignment(row, at, shared)).toMatchObject({ id: expected.toLowerCase() });
  });
});

describe('resources', () => {
  const group = `/subscriptions/${subscription}/resourceGroups/rg`;

  test('say which identities they act with', () => {
    const machine = {
      id: `${group}/providers/Microsoft.Compute/virtualMachines/vm1`,
      type: 'Microsoft.Compute/virtualMachines',
      identity: {
        type: 'SystemAssigned, UserAssigned',
        principalId: principal,
        userAssignedIdentities: {
          [`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1`]: {
            principalId: reader,
          },
        },
      },
    };
    expect(readResource(machine, at, shared)).toMatchObject({
      id: machine.id.toLowerCase(),
      type: 'microsoft.compute/virtualmachines',
      principalId: principal,
      userAssigned: [
        {
          id: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1`.toLowerCase(),
          principalId: reader,
        },
      ],
    });
  });

  test('may be an identity themselves', () => {
    const identity = {
      id: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1`,
      type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
      properties: { principalId: principal.toUpperCase(), clientId: reader },
    };
    expect(readResource(identity, at, shared)).toMatchObject({ principalId: principal, userAssigned: [] });
  });

  test('without an id that Azure has are none', () => {
    expect(readResource({ id: 'vm1' }, at, shared)).toBe('its ID is not a valid scope ID');
  });
});
