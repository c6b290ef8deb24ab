import { expect, test } from 'vitest';
import { attributeKey } from '../../../src/rbac/conditions/knowledge.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { ConditionReader, knowledgeOf } from '../../../src/tenant/access/condition-truth.js';

const group = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop';
const account = `${group}/providers/Microsoft.Storage/storageAccounts/Data`;
const container = `${account}/blobServices/default/containers/Logs`;
const blobRead = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const accountName = 'Microsoft.Storage/storageAccounts:name';
const containerName = 'Microsoft.Storage/storageAccounts/blobServices/containers:name';

test.each([
  { scope: account, path: accountName, values: ['data'] },
  { scope: container, path: accountName, values: ['data'] },
  { scope: container, path: containerName, values: ['logs'] },
  { scope: '/providers/Microsoft.Storage/storageAccounts/Data', path: accountName, values: ['data'] },
  { scope: account, path: containerName, values: undefined },
  {
    scope: `${account}/blobServices`,
    path: 'Microsoft.Storage/storageAccounts/blobServices:name',
    values: undefined,
  },
  { scope: group, path: accountName, values: undefined },
  {
    scope: `${group}/providers/Microsoft.Compute/virtualMachines/data`,
    path: accountName,
    values: undefined,
  },
])('at $scope, $path is $values', ({ scope, path, values }) => {
  const { attribute } = knowledgeOf(blobRead, 'data', parseScope(scope));
  const expected = values === undefined ? { kind: 'unknown' } : { kind: 'values', values };
  expect(attribute('Resource', path, undefined as never)).toEqual(expected);
  expect(attribute('Request', path, undefined as never)).toEqual({ kind: 'unknown' });
});

test('what is said of an attribute goes before the name in the scope', () => {
  const given = new Map([[attributeKey('Resource', accountName), ['other']]]);
  const { attribute } = knowledgeOf(blobRead, 'data', parseScope(account), given);
  expect(attribute('Resource', accountName, undefined as never)).toEqual({
    kind: 'values',
    values: ['other'],
  });
});

test.each([
  { texts: [], truth: 'true' },
  { texts: [undefined], truth: 'true' },
  { texts: [`@Resource[${accountName}] StringEquals 'data'`], truth: 'true' },
  { texts: [`@Resource[${accountName}] StringEquals 'other'`], truth: 'false' },
  { texts: [`@Request[x] StringEquals 'a'`], truth: 'unknown' },
  { texts: ['no condition at all'], truth: 'unknown' },
  {
    texts: [`@Request[x] StringEquals 'a'`, `@Resource[${accountName}] StringEquals 'other'`],
    truth: 'false',
  },
  {
    texts: [`@Request[x] StringEquals 'a'`, undefined, `@Resource[${accountName}] StringEquals 'data'`],
    truth: 'unknown',
  },
])('all of $texts: $truth', ({ texts, truth }) => {
  const knowledge = knowledgeOf(blobRead, 'data', parseScope(account));
  expect(new ConditionReader().truthOf(texts, knowledge)).toBe(truth);
});

test('a text is read once', () => {
  const reader = new ConditionReader();
  expect(reader.read('true AND')).toBe(reader.read('true AND'));
});
