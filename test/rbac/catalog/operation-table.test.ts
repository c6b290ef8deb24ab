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

test('a table with any one byte changed is refused, at the latest when what has changed is read', () => {
  const whole = encodeOperationTable(operations);
  for (let at = 0; at < whole.length; at++) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 1;
    expect(() => OperationTable.decode(bytes, 'operations.txt').verify(), `byte ${at}`).toThrow('is damaged');
  }
});

test('what has changed is refused where it is read, and the rest is read', () => {
  const bytes = encodeOperationTable(operations);
  bytes[bytes.length - 3]! ^= 1;
  const table = OperationTable.decode(bytes, 'operations.txt');
  expect(table.find('Microsoft.Compute/virtualMachines/read')).toBeDefined();
  expect(() => table.find('Microsoft.ComputeSchedule/autoActions/read')).toThrow(
    'The catalog file "operations.txt" is damaged: a checksum is wrong.',
  );
});

test('a table that is cut off or goes on is refused at once', () => {
  const bytes = encodeOperationTable(operations);
  const longer = Buffer.concat([bytes, Buffer.from('\n')]);
  for (const odd of [bytes.subarray(0, -1), longer])
    expect(() => OperationTable.decode(odd, 'operations.txt')).toThrow('its length is wrong');
});

test('an empty file is refused', () => {
  expect(() => OperationTable.decode(Buffer.alloc(0), 'operations.txt')).toThrow('does not begin with');
});
