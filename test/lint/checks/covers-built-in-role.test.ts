import { expect, test } from 'vitest';
import { coversBuiltInRole } from '../../../src/lint/checks/covers-built-in-role.js';
import { customRole, evaluate } from './custom-role.js';

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
