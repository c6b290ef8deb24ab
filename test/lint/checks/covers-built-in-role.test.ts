import { expect, test } from 'vitest';
import { coversBuiltInRole, percentOfChanges } from '../../../src/lint/checks/covers-built-in-role.js';
import { contextOf, customRole, evaluate } from './custom-role.js';

const outbound = 'Microsoft.MachineLearningServices/workspaces/managedNetworks';
const push = 'Microsoft.ContainerRegistry/registries/push/write';

// AcrPush is a read and a write; Azure AI Enterprise Networking Outbound Rules Operator two reads and four changes.
test.each([
  ['all that it changes, without its reads', 'AcrPush', 100, [push], 1],
  [
    'exactly the share',
    'Azure AI Enterprise Networking Outbound Rules Operator',
    75,
    [`${outbound}/outboundRules/*`, `${outbound}/batchOutboundRules/action`],
    1,
  ],
  [
    'less than the share',
    'Azure AI Enterprise Networking Outbound Rules Operator',
    76,
    [`${outbound}/outboundRules/*`, `${outbound}/batchOutboundRules/action`, `${outbound}/read`],
    0,
  ],
  ['reads alone', 'AcrPush', 50, ['Microsoft.ContainerRegistry/registries/pull/read'], 0],
])('a role that grants %s of %s, where %d % make it one', (_, builtInRole, percent, actions, count) => {
  const matches = evaluate(coversBuiltInRole, customRole({ actions }), { builtInRole, percent });
  expect(matches).toHaveLength(count);
});

const changes = { builtInRole: 'AcrPush', percent: 100 };
const assign = 'Microsoft.Authorization/roleAssignments/write';

test.each([
  ['grants what it must', { grants: assign }, [{ actions: [push, assign] }], 1],
  ['lacks what it must', { lacks: assign }, [{ actions: [push] }], 1],
  ['does not grant what it must', { grants: assign }, [{ actions: [push] }], 0],
  ['grants what it must not', { lacks: assign }, [{ actions: [push, assign] }], 0],
  [
    'grants what it must under a condition alone',
    { grants: assign },
    [{ actions: [push] }, { actions: [assign], condition: '@Resource[a] BoolEquals true' }],
    0,
  ],
  [
    'grants what it must not under a condition alone',
    { lacks: assign },
    [{ actions: [push] }, { actions: [assign], condition: '@Resource[a] BoolEquals true' }],
    1,
  ],
])('a role that %s', (_, options, permissions, count) => {
  expect(evaluate(coversBuiltInRole, customRole(permissions), { ...changes, ...options })).toHaveLength(
    count,
  );
});

test.each([
  ['the broadest wildcard', ['Microsoft.ContainerRegistry/*', '*/write', push], '/permissions/0/actions/1'],
  ['the first of two that are as broad', ['*/*/write', '*/write'], '/permissions/0/actions/0'],
  ['no wildcard that covers nothing', ['Contoso.Widgets/*', push], ''],
])('it is found at %s', (_, actions, pointer) => {
  const role = customRole({ actions });
  const [match] = evaluate(coversBuiltInRole, role, changes);
  expect(match?.at.pointer).toBe(pointer === '' ? role.at.pointer : pointer);
});

test.each([
  ['AcrPush', [push], 100],
  ['AcrPush', ['*/read'], 0],
  ['Azure AI Enterprise Networking Outbound Rules Operator', [`${outbound}/batchOutboundRules/action`], 25],
  ['Azure AI Enterprise Networking Outbound Rules Operator', [`${outbound}/outboundRules/*`], 50],
  ['Reader', ['*'], 0],
  ['No Such Role', ['*'], 0],
])('of the changes of %s, %j are %d %', (builtInRole, actions, percent) => {
  const role = customRole({ actions });
  const context = contextOf(role);
  expect(percentOfChanges(context.permissionsOf(role), builtInRole, context)).toBe(percent);
});
