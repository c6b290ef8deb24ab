import { expect, test } from 'vitest';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { outOfReach, unknownReach } from '../../../src/tenant/access/reach-reason.js';
import { corp, group, subscription } from './tenant-rows.js';

const operation = 'Microsoft.Compute/disks/read';
const account = `${group}/providers/Microsoft.Storage/storageAccounts/data1`;

test.each([
  [subscription, 'a subscription'],
  [group, 'a resource group'],
  [corp, 'a management group'],
  [account, 'a resource of the type Microsoft.Storage/storageAccounts'],
  [
    `${account}/blobServices/default/`,
    'a resource of the type Microsoft.Storage/storageAccounts/blobServices',
  ],
  [
    `${account}/PROVIDERS/Microsoft.Insights/diagnosticSettings/all`,
    'a resource of the type Microsoft.Insights/diagnosticSettings',
  ],
])('%s is %s', (text, place) => {
  const scope = parseScope(text);
  expect(outOfReach({ operation, scope }).explanation).toBe(
    `"${operation}" cannot be done at ${place} or below, so no role assignment gives it there.`,
  );
  expect(unknownReach({ operation, scope }).explanation).toBe(
    `Microsoft does not document whether "${operation}" can be done at ${place}.`,
  );
});
