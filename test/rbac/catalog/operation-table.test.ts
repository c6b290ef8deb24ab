import { expect, test } from 'vitest';
import {
  encodeOperationTable,
  OperationTable,
  type Operation,
} from '../../../src/rbac/catalog/operation-table.js';

const operations: Omit<Operation, 'index'>[] = [
  { name: 'Microsoft.Compute/virtualMachines/read', plane: 'control', basis: 'published' },
  { name: 'Microsoft.Compute/cloudServices/delete', plane: 'control', basis: 'inferred' },
  // The verb of the line before is a segment of this one.
  { name: 'Microsoft.Compute/cloudServices/delete/action', plane: 'unknown', basis: 'none' },
  { name: 'Microsoft.Compute/cloudServices/roles/read', plane: 'control', basis: 'published' },
  { name: 'Microsoft.App/builders/read', plane: 'both', basis: 'published' },
  { name: 'Microsoft.ComputeSchedule/autoActions/read', plane: 'data', basis: 'inferred' },
];

test('a table decodes to what was encoded, sorted by lower-cased name', () => {
  const table = OperationTable.decode(encodeOperationTable(operations), 'operations.txt');
  const names = [...table].map(operation => operation.name);
  expect(names).toEqual([
    'Microsoft.App/builders/read',
    'Microsoft.Compute/cloudServices/delete',
    'Microsoft.Compute/cloudServices/delete/action',
    'Microsoft.Compute/cloudServices/roles/read',
    'Microsoft.Compute/virtualMachines/read',
    'Microsoft.ComputeSchedule/autoActions/read',
  ]);
  for (const expected of operations) expect(table.find(expected.name.toUpperCase())).toMatchObject(expected);
});

test('a table with one byte changed is refused', () => {
  const bytes = encodeOperationTable(operations);
  bytes[bytes.length - 3] = bytes[bytes.length - 3]! ^ 1;
  expect(() => OperationTable.decode(bytes, 'operations.txt')).toThrow('damaged: its checksum is wrong');
});

test('an empty file is refused', () => {
  expect(() => OperationTable.decode(Buffer.alloc(0), 'operations.txt')).toThrow('does not begin with');
});
