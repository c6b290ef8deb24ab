import { expect, test } from 'vitest';
import { askedOperation } from '../../../src/tenant/access/asked-operation.js';
import type { Plane } from '../../../src/rbac/model/role-definition.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const readDisks = 'Microsoft.Compute/disks/read';
const readBlobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const readKeys = 'Microsoft.KeyVault/vaults/keys/read';
const readAgreements = 'Anyscale.Platform/agreements/read';

test.each<[string, Plane | undefined, object]>([
  [readDisks, undefined, { kind: 'settled', name: readDisks, plane: 'control' }],
  [readDisks, 'control', { kind: 'settled', name: readDisks, plane: 'control' }],
  [readDisks, 'data', { kind: 'on-other-plane', name: readDisks, plane: 'control' }],
  [readBlobs, undefined, { kind: 'settled', name: readBlobs, plane: 'data' }],
  [readBlobs, 'control', { kind: 'on-other-plane', name: readBlobs, plane: 'data' }],
  [readKeys, undefined, { kind: 'plane-open', name: readKeys, planes: 'both' }],
  [readKeys, 'data', { kind: 'settled', name: readKeys, plane: 'data' }],
  [readAgreements, undefined, { kind: 'plane-open', name: readAgreements, planes: 'unknown' }],
  [readAgreements, 'control', { kind: 'settled', name: readAgreements, plane: 'control' }],
  [` ${readDisks.toUpperCase()} `, undefined, { kind: 'settled', name: readDisks, plane: 'control' }],
  [' Contoso.Widgets/spin/action', undefined, { kind: 'unlisted', name: 'Contoso.Widgets/spin/action' }],
  ['Microsoft.Compute/*', undefined, { kind: 'no-operation' }],
  ['  ', undefined, { kind: 'no-operation' }],
])('"%s", said to be on %s', (text, plane, expected) => {
  expect(askedOperation(text, plane, shippedCatalog)).toEqual(expected);
});
