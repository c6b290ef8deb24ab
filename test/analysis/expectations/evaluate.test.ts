import { describe, expect, test } from 'vitest';
import {
  assignmentRow,
  check,
  endpoint,
  group,
  groupId,
  managementGroup,
  principal,
  otherPrincipal,
  registry,
  roleGuid,
  roleRow,
  score,
  scoringClient,
  storage,
  subscription,
  workspace,
  writeEndpoint,
  type Row,
} from './access.js';

const scorer = roleRow(1, [{ actions: [score] }], 'Scorer');
const writer = roleRow(2, [{ actions: [score, writeEndpoint] }], 'Writer');

/** Denies everybody at the subscription, unless told otherwise. */
const deny = (actions: readonly string[], more: object = {}) => ({
  id: `${subscription}/providers/Microsoft.Authorization/denyAssignments/abababab-1111-2222-3333-444444444401`,
  properties: {
    denyAssignmentName: 'Lock',
    scope: subscription,
    principals: [{ id: '00000000-0000-0000-0000-000000000000' }],
    permissions: [{ actions }],
    ...more,
  },
});

test('a role that is recommended is judged apart where it is held and below, whoever is first', async () => {
  const needs = `needs: [{ set: role-assigner, scope: ${subscription} }, { set: role-assigner, scope: ${group} }]`;
  const someone = (id: string): string => `  - { name: "${id}", principal: ${id}, ${needs} }\n`;
  const administrator = (scope: string, principalId: string) =>
    assignmentRow('Role Based Access Control Administrator', scope, { principalId });
  const rows = {
    roleAssignments: [administrator(subscription, principal), administrator(group, otherPrincipal)],
  };
  const verdicts = async (ids: readonly string[]) => {
    const { results } = await check(ids.map(someone).join(''), rows);
    return results
      .filter(({ scope }) => scope === group)
      .map(({ subject, leastPrivilege, excess }) => [subject.principal, leastPrivilege, excess.control])
      .sort();
  };
  const apart = [...(await verdicts([principal])), ...(await verdicts([otherPrincipal]))].sort();
  expect(apart[0]).not.toEqual([principal, ...apart[1]!.slice(1)]);
  expect(await verdicts([principal, otherPrincipal])).toEqual(apart);
  expect(await verdicts([otherPrincipal, principal])).toEqual(apart);
});

describe('an assignment counts at its scope and below', () => {
  test.each([
    ['the endpoint', endpoint, 'pass'],
    ['the endpoint in capitals', endpoint.toUpperCase(), 'pass'],
    ['the workspace', workspace, 'pass'],
    ['the resource group', group, 'pass'],
    ['the subscription', subscription, 'pass'],
    ['the management group', managementGroup, 'pass'],
    ['the root', '/', 'pass'],
    ['an endpoint with a longer name', `${endpoint}-2`, 'fail'],
    ['a deployment of the endpoint', `${endpoint}/deployments/blue`, 'fail'],
    ['another resource group', `${group}2`, 'fail'],
    ['another management group', '/providers/Microsoft.Management/managementGroups/fabrikam', 'fail'],
  ])('%s', async (_, scope, status) => {
    const { results } = await check(scoringClient, {
      roleDefinitions: [scorer],
      roleAssignments: [assignmentRow(1, scope)],
    });
    expect(results[0]).toMatchObject({ status, actionSet: 'online-scoring', scope: endpoint });
    expect(status === 'pass' ? results[0]!.covered : results[0]!.missing).toEqual([score]);
  });
});

test('assignments join, and NotActions subtract in their own entry alone', async () => {
  const roles = [
    roleRow(1, [
      { actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/read'] },
      {
        dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'],
        notDataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'],
      },
    ]),
    roleRow(2, [
      {
        dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
        notActions: ['*/read'],
      },
    ]),
  ];
  const identity = `  - { name: reader, principal: ${principal}, needs: [{ set: blob-read, scope: storage }] }\n`;
  const { results } = await check(identity, {
    roleDefinitions: roles,
    roleAssignments: [assignmentRow(1, group), assignmentRow(2, storage)],
  });
  expect(results).toMatchObject([
    {
      status: 'pass',
      covered: [
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
        'Microsoft.Storage/storageAccounts/blobServices/containers/read',
      ],
      missing: [],
      excess: { control: 0, data: 0 },
    },
  ]);
});

test('a scoring role that grants writes fails, and the witness says where from', async () => {
  const { results } = await check(scoringClient, {
    roleDefinitions: [writer],
    roleAssignments: [assignmentRow(2, workspace)],
  });
  expect(results).toMatchObject([
    {
      status: 'fail',
      covered: [score],
      forbidden: [writeEndpoint],
      excess: { control: 1, data: 0, operations: [writeEndpoint] },
      because: [
        {
          kind: 'role-assignment',
          scope: workspace,
          role: 'Writer',
          pattern: writeEndpoint,
          list: 'actions',
          operations: 1,
        },
      ],
    },
  ]);
});

test('what is missing comes with the assignment that would give it', async () => {
  const identity = `  - { name: identity, principal: ${principal}, needs: [{ set: acr-pull, scope: registry }] }\n`;
  const { results } = await check(identity, {});
  expect(results[0]).toMatchObject({
    status: 'fail',
    missing: ['Microsoft.ContainerRegistry/registries/pull/read'],
    remedies: [
      {
        role: 'AcrPull',
        commands: [
          `az role assignment create --assignee-object-id ${principal} --assignee-principal-type ServicePrincipal --role "AcrPull" --scope "${registry}"`,
        ],
      },
    ],
  });
});

test('where no built-in role fits, the custom role is spelled out', async () => {
  const { results } = await check(scoringClient, { principals: [{ id: principal, type: 'User' }] });
  const [remedy] = results[0]!.remedies;
  expect(remedy).toMatchObject({
    role: null,
    customRole: { IsCustom: true, Actions: [score], DataActions: [], AssignableScopes: [group] },
  });
  expect(remedy!.commands[1]).toBe(
    `az role assignment create --assignee-object-id ${principal} --assignee-principal-type User --role "Score an online endpoint with a Microsoft Entra token (fraud f6e3f9)" --scope "${endpoint}"`,
  );
});

test.each([
  // AzureML Data Scientist grants onlineEndpoints/score/action, which the set forbids.
  ['what the set forbids', 'set: online-control-plane, scope: workspace', '[]'],
  ['what must be held nowhere', 'set: blob-read, scope: storage', '["*/generateUserDelegationKey/action"]'],
])('a built-in role that grants %s is no remedy', async (_, need, never) => {
  const identity = `  - { name: client, principal: ${principal}, needs: [{ ${need} }], never: ${never} }\n`;
  const [remedy] = (await check(identity, {})).results[0]!.remedies;
  expect(remedy).toMatchObject({ role: null, customRole: { IsCustom: true } });
  expect([...remedy!.customRole!.Actions, ...remedy!.customRole!.DataActions].sort()).toEqual(
    [...remedy!.operations].sort(),
  );
});

test('the built-in role is the remedy where nothing speaks against it', async () => {
  const identity = `  - { name: client, principal: ${principal}, needs: [{ set: blob-read, scope: storage }], never: ["*/delete"] }\n`;
  expect((await check(identity, {})).results[0]!.remedies).toMatchObject([
    { role: 'Storage Blob Data Reader', customRole: null },
  ]);
});

test('where nothing is needed, the first hundred operations stand for all, and the others are counted', async () => {
  const identity = `  - { name: client, principal: ${principal}, needs: [{ set: online-scoring, scope: endpoint }], never: ["*/read"] }\n`;
  const { results, identities } = await check(identity, {
    roleAssignments: [assignmentRow('Contributor', storage), assignmentRow('AcrPull', registry)],
  });
  const [, pulling, storing] = results;
  expect(pulling).toMatchObject({
    actionSet: null,
    excess: { control: 1, data: 0, operations: ['Microsoft.ContainerRegistry/registries/pull/read'] },
  });
  expect(pulling!.excess).not.toHaveProperty('omitted');
  const { control, data, operations, omitted } = storing!.excess;
  expect(control).toBeGreaterThan(500);
  expect(control).toBeLessThan(700);
  expect([operations.length, omitted]).toEqual([100, control + data - 100]);
  expect(storing!.because.map(({ role, pattern, operations: count }) => [role, pattern, count])).toEqual([
    ['Contributor', '*', control],
  ]);
  const never = identities[0]!.never.at(-1);
  expect([never!.operations.length, never!.omitted]).toEqual([100, never!.count - 100]);
});

test('several needs at one scope are one result', async () => {
  const identity = `  - { name: both, principal: ${principal}, needs: [{ set: online-scoring, scope: endpoint }, { set: online-keys, scope: endpoint }] }\n`;
  const { results } = await check(identity, {
    roleDefinitions: [scorer],
    roleAssignments: [assignmentRow(1, endpoint)],
  });
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({
    status: 'fail',
    actionSet: 'online-scoring+online-keys',
    actionSets: ['online-scoring', 'online-keys'],
    covered: [score],
    forbidden: [],
  });
});

test('what is needed at the workspace is no excess at its endpoint', async () => {
  const identity = `  - { name: operator, principal: ${principal}, needs: [{ set: online-control-plane, scope: workspace }, { set: online-scoring, scope: endpoint }] }\n`;
  const control = [
    'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/delete',
    'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/listkeys/action',
    'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read',
    'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/regeneratekeys/action',
    'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/token/action',
    writeEndpoint,
  ];
  const { results } = await check(identity, {
    roleDefinitions: [scorer, roleRow(3, [{ actions: control }])],
    roleAssignments: [assignmentRow(1, endpoint), assignmentRow(3, workspace)],
  });
  expect(results.map(({ actionSet, status }) => [actionSet, status])).toEqual([
    ['online-control-plane', 'pass'],
    ['online-scoring', 'pass'],
  ]);
});

test('what is held where nothing is needed is excess', async () => {
  const { results, identities } = await check(scoringClient, {
    roleDefinitions: [scorer],
    roleAssignments: [assignmentRow(1, endpoint), assignmentRow('AcrPull', registry)],
  });
  expect(results.map(({ actionSet, scope, status }) => [actionSet, scope, status])).toEqual([
    ['online-scoring', endpoint, 'pass'],
    [null, registry, 'excess'],
  ]);
  expect(identities[0]!.status).toBe('excess');
});

describe('never', () => {
  const identity = (never: string): string =>
    `  - { name: client, principal: ${principal}, needs: [{ set: online-scoring, scope: endpoint }], never: ${never} }\n`;
  const rows = {
    roleDefinitions: [scorer],
    roleAssignments: [assignmentRow(1, endpoint), assignmentRow('Storage Blob Data Contributor', storage)],
  };

  test.each([
    [
      '["*/delete"]',
      [
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete',
        'Microsoft.Storage/storageAccounts/blobServices/containers/delete',
      ],
    ],
    ['[{ actions: "*/delete" }]', ['Microsoft.Storage/storageAccounts/blobServices/containers/delete']],
    [
      '[{ dataActions: ["*/DELETE"] }]',
      ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'],
    ],
  ])('%s is looked for everywhere', async (never, forbidden) => {
    const { results, identities } = await check(identity(never), rows, { allowExcess: 'any' });
    expect(results.map(({ scope, status }) => [scope, status])).toEqual([
      [endpoint, 'pass'],
      [storage, 'fail'],
    ]);
    expect(results[1]!.forbidden).toEqual(forbidden);
    expect(identities[0]!.never).toMatchObject([{ scope: storage, operations: forbidden }]);
  });

  test('what is needed may be held all the same', async () => {
    const { results, notices } = await check(identity('["*/action"]'), {
      ...rows,
      roleAssignments: rows.roleAssignments.slice(0, 1),
    });
    expect(results.map(({ status }) => status)).toEqual(['pass']);
    expect(notices.map(({ code }) => code)).toEqual(['never-covers-what-is-needed']);
  });

  test('alone, it is all that is asked', async () => {
    const { results } = await check(
      `  - { name: client, principal: ${principal}, never: ["*/delete"] }\n`,
      rows,
    );
    expect(results.map(({ scope, status }) => [scope, status])).toEqual([[storage, 'fail']]);
  });

  test('strings that the catalog does not know are looked at, too', async () => {
    const roleDefinitions = [roleRow(1, [{ actions: [score, 'Contoso.Fraud/models/write'] }])];
    const { results } = await check(identity('["*/write"]'), {
      roleDefinitions,
      roleAssignments: [assignmentRow(1, subscription)],
    });
    expect(results.map(({ scope, forbidden }) => [scope, forbidden])).toEqual([
      [endpoint, []],
      [subscription, ['Contoso.Fraud/models/write']],
    ]);
  });
});

describe('accepted excess', () => {
  const operator = (accept: string): string =>
    `  - { name: operator, principal: ${principal}, needs: [{ set: online-control-plane, scope: workspace }], accept: [${accept}] }\n`;
  const rows = { roleAssignments: [assignmentRow('AzureML Data Scientist', workspace)] };

  test('a role by name, what the set forbids included', async () => {
    expect((await check(operator(''), rows)).results[0]!.status).toBe('fail');
    const { results } = await check(operator('{ role: azureml data scientist, reason: recommended }'), rows);
    expect(results[0]).toMatchObject({
      status: 'pass',
      forbidden: [],
      excess: { control: 0, operations: [] },
      accepted: [{ reason: 'recommended', forbidden: [score] }],
    });
  });

  test('what the set tolerates need not be accepted and does not count', async () => {
    const storage =
      '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/fraud/providers/Microsoft.Storage/storageAccounts/frauddata';
    const reader = `  - { name: reader, principal: ${principal}, needs: [{ set: blob-read, scope: ${storage} }], accept: [{ role: Storage Blob Data Reader, reason: recommended }] }\n`;
    const assigned = { roleAssignments: [assignmentRow('Storage Blob Data Reader', storage)] };
    expect((await check(reader, assigned)).results[0]!.accepted).toMatchObject([{ operations: 0 }]);
    expect((await check(reader, assigned, { allowExcess: 'none' })).results[0]!.accepted).toMatchObject([
      { operations: 1 },
    ]);
  });

  test('names the role that is assigned there, of two that grant the same operation', async () => {
    const roles =
      '{ role: Storage Blob Data Owner, reason: one }, { role: Storage Blob Data Contributor, reason: two }';
    const identity = (scopes: string) =>
      `  - { name: reader, principal: ${principal}, needs: [${scopes}], accept: [${roles}] }\n`;
    const other = `${storage}2`;
    const { results } = await check(
      identity(`{ set: blob-read, scope: storage }, { set: blob-read, scope: ${other} }`),
      {
        roleAssignments: [
          assignmentRow('Storage Blob Data Contributor', storage),
          assignmentRow('Storage Blob Data Owner', other),
        ],
      },
    );
    const named = results.map(({ status, accepted }) => [
      status,
      ...accepted.map(({ operations }) => operations > 0),
    ]);
    expect(named).toEqual([
      ['pass', false, true],
      ['pass', true, false],
    ]);
  });

  test('names a role that is assigned nowhere, where no other entry accepts the operation', async () => {
    const { results } = await check(operator('{ role: Owner, reason: who knows }'), rows);
    expect(results[0]!.status).toBe('pass');
    expect(results[0]!.accepted[0]!.operations).toBeGreaterThan(0);
  });

  test('patterns, and no more than they cover', async () => {
    const { results } = await check(operator('{ operations: ["*/read"], reason: reads do no harm }'), rows);
    expect(results[0]!.excess.operations.filter(name => name.endsWith('/read'))).toEqual([]);
    expect(results[0]!.forbidden).toEqual([score]);
  });
});

describe('--allow-excess', () => {
  const rows = {
    roleDefinitions: [
      roleRow(1, [{ actions: [score, 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read'] }]),
    ],
    roleAssignments: [assignmentRow(1, endpoint)],
  };
  test.each([
    ['none', 'excess'],
    ['tolerated', 'pass'],
    ['any', 'pass'],
  ] as const)('%s', async (allowExcess, status) => {
    expect((await check(scoringClient, rows, { allowExcess })).results[0]!.status).toBe(status);
  });
});

describe('conditions', () => {
  const assigned = (condition: string) => ({
    roleDefinitions: [scorer],
    roleAssignments: [assignmentRow(1, endpoint, { condition })],
  });
  const onY = "(@Resource[x] StringEquals 'y')";

  test.each([
    ['what it guards is conditional', onY, 'fail', [], [score], []],
    [
      'what it is not about is certain',
      `(!(ActionMatches{'${writeEndpoint}'})) OR ${onY}`,
      'pass',
      [score],
      [],
      [],
    ],
    ['what it rules out is not held', `!(ActionMatches{'${score}'})`, 'fail', [], [], [score]],
    ['one that nobody can read guards all', 'x', 'fail', [], [score], []],
  ])('on an assignment: %s', async (_, condition, status, covered, conditional, missing) => {
    const { results, notices } = await check(scoringClient, assigned(condition));
    expect(results[0]).toMatchObject({ status, covered, conditional, missing });
    expect(notices).toEqual([]);
  });

  test('on the permission of a role', async () => {
    const condition = `(!(ActionMatches{'${writeEndpoint}'})) OR ${onY}`;
    const { results } = await check(scoringClient, {
      roleDefinitions: [
        roleRow(1, [{ actions: [score, writeEndpoint], condition, conditionVersion: '2.0' }]),
      ],
      roleAssignments: [assignmentRow(1, endpoint)],
    });
    expect(results[0]).toMatchObject({
      status: 'fail',
      covered: [score],
      forbidden: [writeEndpoint],
      because: [{ pattern: writeEndpoint, operations: 1, condition }],
    });
  });

  test.each([
    ['frauddata', 'pass', 2],
    ['another', 'fail', 0],
  ])(
    'that ask for the name of a storage account are answered by its scope: %s',
    async (name, status, count) => {
      const reader = `  - { name: reader, principal: ${principal}, needs: [{ set: blob-read, scope: storage }] }\n`;
      const condition = `(@Resource[Microsoft.Storage/storageAccounts:name] StringEquals '${name}')`;
      const { results } = await check(reader, {
        roleAssignments: [assignmentRow('Storage Blob Data Reader', group, { condition })],
      });
      expect(results[0]).toMatchObject({ status, conditional: [] });
      expect(results[0]!.covered).toHaveLength(count);
    },
  );

  test('do not explain what comes without them', async () => {
    const { results } = await check(scoringClient, {
      roleDefinitions: [roleRow(1, [{ actions: ['*'] }]), writer],
      roleAssignments: [assignmentRow(1, endpoint, { condition: onY }), assignmentRow(2, endpoint)],
    });
    const byRole = (name: string) => results[0]!.because.find(({ role }) => role === name);
    expect(byRole('Writer')).toMatchObject({ pattern: writeEndpoint, operations: 1, condition: null });
    expect(byRole('Role 1')).toMatchObject({ condition: onY });
  });

  test('may be accepted', async () => {
    const { results } = await check(scoringClient, assigned(onY), { conditionalGrants: 'cover' });
    expect(results[0]!.status).toBe('pass');
  });
});

const inner = 'ffffffff-1111-2222-3333-444444444401';
const member = [
  { id: principal, type: 'ServicePrincipal', memberOf: [inner] },
  { id: inner, type: 'Group', displayName: 'Callers', memberOf: [groupId] },
  { id: groupId, type: 'Group', displayName: 'Fraud', memberOf: [] },
];
const alone = [{ id: principal, type: 'ServicePrincipal', memberOf: [] }];
const ofGroup = { principalId: groupId, principalType: 'Group' };
const throughGroup = assignmentRow(1, endpoint, ofGroup);
const writesThroughGroup = assignmentRow(2, endpoint, ofGroup);
const own = assignmentRow(1, endpoint);

describe('groups', () => {
  const held = async (roleAssignments: readonly Row[]) =>
    check(scoringClient, { roleDefinitions: [scorer, writer], principals: member, roleAssignments });

  test('what they have is held, through other groups too', async () => {
    const { results, notices } = await held([throughGroup]);
    expect(results[0]).toMatchObject({ status: 'pass', covered: [score] });
    expect(notices).toEqual([]);
  });

  test('the witness of an excess names them', async () => {
    const { results } = await held([own, writesThroughGroup]);
    expect(results[0]).toMatchObject({
      status: 'fail',
      because: [{ role: 'Writer', pattern: writeEndpoint, via: [inner, groupId], group: 'Fraud' }],
    });
  });

  test('may hold something where the identity needs nothing', async () => {
    const { results } = await held([own, assignmentRow('AcrPull', registry, ofGroup)]);
    expect(results.map(({ scope, status }) => [scope, status])).toEqual([
      [endpoint, 'pass'],
      [registry, 'excess'],
    ]);
  });

  test.each([
    ['at the same scope', throughGroup, [{ id: (own.id as string).toLowerCase() }]],
    ['at a wider one', assignmentRow(2, group, ofGroup), [{ id: (own.id as string).toLowerCase() }]],
    ['elsewhere', assignmentRow(1, registry, ofGroup), []],
  ])(
    'that grant the same %s make an assignment of its own redundant, never theirs',
    async (_, theirs, redundant) => {
      expect((await held([theirs, own])).identities[0]!.redundant).toMatchObject(redundant);
    },
  );

  test('are not told that they have too wide a scope', async () => {
    expect((await held([assignmentRow(1, group, ofGroup)])).identities[0]!.widerThanNeeded).toEqual([]);
  });
});

describe('deny assignments', () => {
  const held = async (rows: Parameters<typeof check>[1], identity = scoringClient) =>
    check(identity, {
      roleDefinitions: [scorer, writer],
      principals: alone,
      roleAssignments: [own],
      ...rows,
    });

  test.each([
    ['is granted', [own]],
    ['nothing grants yet', []],
  ])('take away what %s, and no role assignment is proposed', async (_, roleAssignments) => {
    const { results } = await held({ roleAssignments, denyAssignments: [deny(['*/action'])] });
    expect(results[0]).toMatchObject({
      status: 'fail',
      covered: [],
      missing: [score],
      denied: [score],
      denials: [{ name: 'Lock', scope: subscription, operations: [score], condition: null }],
      remedies: [],
    });
  });

  test('leave the remedy for what they do not take away', async () => {
    const reader = `  - { name: reader, principal: ${principal}, needs: [{ set: blob-read, scope: storage }] }\n`;
    const containers = 'Microsoft.Storage/storageAccounts/blobServices/containers';
    const { results } = await held({ denyAssignments: [deny([`${containers}/read`])] }, reader);
    expect(results[0]).toMatchObject({
      missing: [`${containers}/blobs/read`, `${containers}/read`],
      denied: [`${containers}/read`],
      remedies: [{ operations: [`${containers}/blobs/read`] }],
    });
  });

  test('leave no excess, and nothing that must not be held, where they take it away', async () => {
    const rows = { roleAssignments: [assignmentRow(2, endpoint)], denyAssignments: [deny([writeEndpoint])] };
    const { results, identities } = await held(
      rows,
      scoringClient.replace(' }\n', ', never: ["*/write"] }\n'),
    );
    expect(results[0]).toMatchObject({ status: 'pass', denied: [], denials: [], excess: { control: 0 } });
    expect(identities[0]!.never).toEqual([]);
  });

  test('with a condition make conditional what they are about', async () => {
    const condition = "(@Resource[x] StringEquals 'y')";
    const { results } = await held({ denyAssignments: [deny(['*/action'], { condition })] });
    expect(results[0]).toMatchObject({
      status: 'fail',
      conditional: [score],
      denied: [],
      denials: [{ operations: [score], condition }],
    });
  });

  test('reach members of a group', async () => {
    const rows = { principals: member, denyAssignments: [deny(['*'], { principals: [{ id: groupId }] })] };
    expect((await held(rows)).results[0]).toMatchObject({ status: 'fail', denied: [score] });
  });

  test.each([
    ['of something else', deny(['Microsoft.Compute/*'])],
    ['for others', deny(['*'], { principals: [{ id: otherPrincipal }] })],
    ['that exclude it', deny(['*'], { excludePrincipals: [{ id: principal }] })],
    ['for the subscription alone', deny(['*'], { doNotApplyToChildScopes: true })],
    ['that only audit', deny(['*'], { denyAssignmentEffect: 'audit' })],
  ])('%s change nothing', async (_, denied) => {
    const { results, notices } = await held({ denyAssignments: [denied] });
    expect(results[0]).toMatchObject({ status: 'pass', denied: [], denials: [] });
    expect(notices).toEqual([]);
  });
});

describe('PIM', () => {
  test.each([
    ['alone', []],
    ['among the role assignments, too', [own]],
  ])('what is active counts once, where it stands %s', async (_, roleAssignments) => {
    const rows = { roleDefinitions: [scorer], activeAssignments: [own], roleAssignments };
    const { results, identities, notices } = await check(scoringClient, rows);
    expect(results[0]!.status).toBe('pass');
    expect(identities[0]!.redundant).toEqual([]);
    expect(notices).toEqual([]);
  });

  test('what ends by itself makes nothing else redundant', async () => {
    const passing = assignmentRow(1, workspace, { endDateTime: '2026-09-01T00:00:00Z' });
    for (const roleAssignments of [[own], [own, passing]]) {
      const rows = { roleDefinitions: [scorer], roleAssignments, activeAssignments: [passing] };
      expect((await check(scoringClient, rows)).identities[0]!.redundant).toEqual([]);
    }
  });

  test.each([
    ['the identity', own],
    ['its group', throughGroup],
  ])('what %s could activate is not held, and said', async (_, eligible) => {
    const rows = { roleDefinitions: [scorer], principals: member, eligibleAssignments: [eligible] };
    const { results, notices } = await check(scoringClient, rows);
    expect(results[0]!.status).toBe('fail');
    expect(notices.map(({ code }) => code)).toEqual([
      'no-role-assignments',
      'eligible-assignments-not-counted',
    ]);
  });
});

describe('what is not known makes a result unknown only where it matters', () => {
  const gapIn = (what: string, scope = subscription) => [{ what, scope, reason: '403' }];
  const writes = assignmentRow(2, endpoint);
  const unknownRole = assignmentRow(9, workspace);
  const strangers = { principals: [{ id: groupId }] };

  test.each([
    [
      'a role that nobody knows',
      { roleAssignments: [own, unknownRole] },
      'unknown',
      ['role-definition-missing'],
    ],
    [
      'a role of a group that nobody knows',
      { principals: member, roleAssignments: [own, assignmentRow(9, workspace, ofGroup)] },
      'unknown',
      ['role-definition-missing'],
    ],
    [
      'a role that nobody knows, where it is too much already',
      { roleAssignments: [writes, unknownRole] },
      'fail',
      ['role-definition-missing'],
    ],
    [
      'a role that nobody knows, where what is needed is denied',
      { principals: alone, roleAssignments: [unknownRole], denyAssignments: [deny(['*'])] },
      'fail',
      ['role-definition-missing'],
    ],
    ['a gap above', { roleAssignments: [own], gaps: gapIn('roleAssignments') }, 'unknown', []],
    ['a gap elsewhere', { roleAssignments: [own], gaps: gapIn('roleAssignments', registry) }, 'pass', []],
    ['a gap in what is denied', { roleAssignments: [own], gaps: gapIn('denyAssignments') }, 'unknown', []],
    [
      'a gap in what could be activated',
      { roleAssignments: [own], gaps: gapIn('eligibleAssignments') },
      'pass',
      [],
    ],
    [
      'a gap in the directory, where no group has a role',
      { principals: alone, roleAssignments: [own], gaps: gapIn('principals') },
      'pass',
      [],
    ],
    [
      'a gap in the directory, where a group has too much',
      { principals: alone, roleAssignments: [own, writesThroughGroup], gaps: gapIn('principals') },
      'unknown',
      ['groups-unknown'],
    ],
    ['a row that could not be read', { roleAssignments: [own, { id: 'x' }] }, 'unknown', []],
    [
      'a management group that may hold it',
      { subscriptions: [], roleAssignments: [assignmentRow(1, managementGroup)] },
      'unknown',
      ['management-groups-unknown', 'subscription-not-read'],
    ],
    [
      'a deny at a management group that may hold it',
      {
        subscriptions: [],
        roleAssignments: [own],
        denyAssignments: [deny(['*'], { scope: managementGroup })],
      },
      'unknown',
      ['management-groups-unknown'],
    ],
    [
      'a group that it may be in, and that covers, which is not counted on',
      { roleAssignments: [throughGroup] },
      'fail',
      ['no-role-assignments', 'groups-unknown'],
    ],
    [
      'a group that it may be in, and that adds nothing',
      { roleAssignments: [own, throughGroup] },
      'pass',
      ['groups-unknown'],
    ],
    [
      'a group that it may be in, and that grants too much',
      { roleAssignments: [own, writesThroughGroup] },
      'unknown',
      ['groups-unknown'],
    ],
    [
      'a group that it may be in, and that covers with too much',
      { roleAssignments: [writesThroughGroup] },
      'fail',
      ['no-role-assignments', 'groups-unknown'],
    ],
    [
      'groups of which one covers and the other grants too much',
      { roleAssignments: [throughGroup, writesThroughGroup] },
      'fail',
      ['no-role-assignments', 'groups-unknown'],
    ],
    [
      'a group of which nobody knows in which groups it is',
      {
        principals: member.slice(0, 2),
        roleAssignments: [own, assignmentRow(2, endpoint, { ...ofGroup, principalId: roleGuid(7) })],
      },
      'unknown',
      ['groups-unknown'],
    ],
    [
      'users with roles, which are no groups',
      {
        roleAssignments: [
          own,
          assignmentRow(2, endpoint, { principalId: otherPrincipal, principalType: 'User' }),
        ],
      },
      'pass',
      [],
    ],
    [
      'a deny of a group that it may be in',
      { roleAssignments: [own], denyAssignments: [deny(['*'], strangers)] },
      'unknown',
      ['groups-unknown'],
    ],
    [
      'a deny of a group that it is not in',
      { principals: alone, roleAssignments: [own], denyAssignments: [deny(['*'], strangers)] },
      'pass',
      [],
    ],
    [
      'too much, and perhaps a deny of it',
      { roleAssignments: [writes], denyAssignments: [deny([writeEndpoint], strangers)] },
      'unknown',
      ['groups-unknown'],
    ],
    [
      'too much, and perhaps a deny of something else',
      { roleAssignments: [writes], denyAssignments: [deny([score], strangers)] },
      'fail',
      ['groups-unknown'],
    ],
  ])('%s', async (_, rows, status, codes) => {
    const { results, notices } = await check(scoringClient, { roleDefinitions: [scorer, writer], ...rows });
    expect(results.map(result => result.status)).toEqual([status]);
    expect(notices.map(({ code }) => code)).toEqual(codes);
  });
});

test.each([
  ['covers', [throughGroup], { coverage: 'partial', leastPrivilege: 'exact', status: 'fail' }],
  [
    'grants too much',
    [own, writesThroughGroup],
    { coverage: 'complete', leastPrivilege: 'unknown', status: 'unknown' },
  ],
  ['adds nothing', [own, throughGroup], { coverage: 'complete', leastPrivilege: 'exact', status: 'pass' }],
])('coverage is decided although nobody knows the groups: one %s', async (_, roleAssignments, verdict) => {
  const { results } = await check(scoringClient, { roleDefinitions: [scorer, writer], roleAssignments });
  expect(results[0]).toMatchObject(verdict);
});

describe('what is too much is judged where it has an effect', () => {
  const pulls = `  - { name: build, principal: ${principal}, needs: [{ set: acr-pull, scope: registry }] }\n`;
  const deletes = 'Microsoft.ContainerRegistry/registries/delete';
  const restarts = 'Microsoft.Compute/virtualMachines/restart/action';
  const excessOf = async (...assigned: readonly (readonly [actions: readonly string[], scope: string])[]) => {
    const { results } = await check(pulls, {
      roleDefinitions: assigned.map(([actions], at) => roleRow(at + 1, [{ actions }])),
      roleAssignments: [
        assignmentRow('AcrPull', registry),
        ...assigned.map(([, scope], at) => assignmentRow(at + 1, scope)),
      ],
    });
    return results.map(({ scope, status, excess }) => [scope, status, excess.operations]);
  };

  test('at the registry what is done with it, and beside it what is not', async () => {
    expect(await excessOf([[deletes, restarts], group])).toEqual([
      [registry, 'excess', [deletes]],
      [group, 'excess', [restarts, deletes]],
    ]);
  });

  test('at the wider scope nothing that was told within', async () => {
    expect(await excessOf([[deletes], group], [[deletes], subscription])).toEqual([
      [registry, 'excess', [deletes]],
    ]);
  });

  test('at each wider scope what is new there', async () => {
    expect(await excessOf([[restarts], group], [[restarts, writeEndpoint], subscription])).toEqual([
      [registry, 'pass', []],
      [group, 'excess', [restarts, writeEndpoint]],
    ]);
    expect(
      await excessOf([[restarts], group], [['Microsoft.Subscription/cancel/action'], subscription]),
    ).toEqual([
      [registry, 'pass', []],
      [group, 'excess', [restarts]],
      [subscription, 'excess', ['Microsoft.Subscription/cancel/action']],
    ]);
  });

  test.each([
    ['one storage account', storage, 'pass'],
    ['its resource group', group, 'fail'],
  ])('Contributor on %s and what must be held nowhere', async (_, scope, status) => {
    const never = `  - { name: build, principal: ${principal}, never: ["Microsoft.Compute/*"] }\n`;
    const { identities } = await check(never, { roleAssignments: [assignmentRow('Contributor', scope)] });
    expect(identities[0]!.status).toBe(status);
    expect(identities[0]!.never.length).toBe(status === 'pass' ? 0 : 1);
  });
});

describe('nothing checked is not as expected', () => {
  test('where the snapshot holds nothing of the subscription', async () => {
    const elsewhere = '/subscriptions/99999999-2222-3333-4444-555555555555/resourceGroups/fraud';
    const { results, notices } = await check(
      `  - { name: x, principal: ${principal}, needs: [{ set: online-scoring, scope: "${endpoint.replace(group, elsewhere)}" }] }\n`,
      { roleDefinitions: [scorer], roleAssignments: [own] },
    );
    expect(results[0]).toMatchObject({ status: 'unknown', coverage: 'unknown', leastPrivilege: 'unknown' });
    expect(notices.map(({ code }) => code)).toContain('subscription-not-read');
  });

  test.each([
    [
      'nothing is about the principal',
      `{ name: x, principal: ${otherPrincipal}, never: ["*/write"] }`,
      'unknown',
    ],
    [
      'a pattern covers no operation',
      `{ name: x, principal: ${principal}, never: ["Microsoft.Contoso/*"] }`,
      'unknown',
    ],
    [
      'it holds nothing of that',
      `{ name: x, principal: ${principal}, never: ["Microsoft.Compute/*"] }`,
      'pass',
    ],
  ])('where %s', async (_, identity, status) => {
    const { identities } = await check(`  - ${identity}\n`, {
      roleDefinitions: [scorer],
      roleAssignments: [own],
    });
    expect(identities.map(summary => summary.status)).toEqual([status]);
  });

  test('where there is no identity', async () => {
    expect((await check('  []\n', {})).notices.map(({ code }) => code)).toEqual(['nothing-checked']);
  });
});

test('an assignment wider than all that it serves is named, with the scope that would do', async () => {
  const { identities } = await check(scoringClient, {
    roleDefinitions: [scorer],
    roleAssignments: [assignmentRow(1, group)],
  });
  expect(identities[0]!.widerThanNeeded).toMatchObject([
    { role: 'Scorer', scope: group, neededAt: [endpoint], narrower: endpoint },
  ]);
});

test('an assignment at the scope of a need is not too wide for what lies deeper', async () => {
  const identity = `  - { name: x, principal: ${principal}, needs: [{ set: online-scoring, scope: endpoint }, { set: metrics-write, scope: workspace }] }\n`;
  const { identities } = await check(identity, {
    roleAssignments: [assignmentRow('AzureML Data Scientist', workspace)],
  });
  expect(identities[0]!.widerThanNeeded).toEqual([]);
});

describe('redundant assignments', () => {
  const redundantOf = async (roleAssignments: ReturnType<typeof assignmentRow>[]): Promise<string[]> => {
    const { identities } = await check(scoringClient, { roleDefinitions: [scorer, writer], roleAssignments });
    return identities[0]!.redundant.map(({ role, scope }) => `${role} at ${scope}`);
  };

  test.each([
    [
      'the same role twice',
      [assignmentRow(1, endpoint), assignmentRow(1, workspace)],
      [`Scorer at ${endpoint}`],
    ],
    [
      'the same assignment twice',
      [assignmentRow(1, endpoint), assignmentRow(1, endpoint)],
      [`Scorer at ${endpoint}`],
    ],
    [
      'a role within another',
      [assignmentRow(1, endpoint), assignmentRow(2, endpoint)],
      [`Scorer at ${endpoint}`],
    ],
    ['a wider role deeper down', [assignmentRow(1, workspace), assignmentRow(2, endpoint)], []],
    [
      'a role that one with a condition repeats',
      [assignmentRow(1, endpoint), assignmentRow(1, endpoint, { condition: 'x' })],
      [`Scorer at ${endpoint}`],
    ],
    [
      'a role within two others together',
      [assignmentRow('Reader', endpoint), assignmentRow('Contributor', endpoint)],
      [`Reader at ${endpoint}`],
    ],
    ['roles that share nothing', [assignmentRow(1, endpoint), assignmentRow('AcrPull', endpoint)], []],
  ])('%s', async (_, roleAssignments, redundant) => {
    expect(await redundantOf(roleAssignments)).toEqual(redundant);
  });
});

test('role ids compare by their last GUID', async () => {
  const row = assignmentRow(1, endpoint, {
    roleDefinitionId: `${subscription}/PROVIDERS/Microsoft.Authorization/roleDefinitions/${roleGuid(1).toUpperCase()}`,
  });
  const { results } = await check(scoringClient, { roleDefinitions: [scorer], roleAssignments: [row] });
  expect(results[0]!.status).toBe('pass');
});

describe('a pattern that covers nothing is said', () => {
  const notices = async (never: string, more = '') => {
    const identity = `  - { name: client, principal: ${principal}, never: ${never}${more} }\n`;
    const found = await check(identity, {
      roleDefinitions: [scorer],
      roleAssignments: [assignmentRow(1, endpoint)],
    });
    return found.notices.map(({ code, message }) => `${code}: ${message}`);
  };

  test.each([
    [
      'a provider that does not exist',
      '["Microsoft.MachineLearningService/*/write"]',
      '"Microsoft.MachineLearningService/*/write"',
    ],
    [
      'a data action of a provider that has none',
      '[{ dataActions: "Microsoft.MachineLearningServices/*/write" }]',
      '"Microsoft.MachineLearningServices/*/write" (data plane)',
    ],
    ['the first of two', '["*/wrote", "*/write"]', '"*/wrote"'],
  ])('%s', async (_, never, named) => {
    expect(await notices(never)).toEqual([
      `pattern-without-operations: "client" has patterns that cover no operation of the catalog: ${named}.`,
    ]);
  });

  test('in what is accepted, too', async () => {
    expect(
      await notices('["*/write"]', ', accept: [{ operations: Microsoft.Stroage/*, reason: y }]'),
    ).toEqual([
      'pattern-without-operations: "client" has patterns that cover no operation of the catalog: "Microsoft.Stroage/*".',
    ]);
  });

  test('not where an operation is covered, held or not', async () => {
    expect(await notices('["*/write", { dataActions: "*" }, "microsoft.storage/*/BLOBS/read"]')).toEqual([]);
  });
});
