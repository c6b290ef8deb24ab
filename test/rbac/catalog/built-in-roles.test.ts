import { expect, test } from 'vitest';
import { BuiltInRoles, encodeBuiltInRoles } from '../../../src/rbac/catalog/built-in-roles.js';

const roles = [
  {
    guid: '00000000-0000-4000-8000-00000000000b',
    name: 'Écrivain',
    setSize: 2,
    formerNames: ['Scribe', 'Assigner'],
    permissions: [{ actions: ['A/b/write', 'A/b/read'] }],
  },
  {
    guid: '00000000-0000-4000-8000-00000000000a',
    name: 'Assigner',
    setSize: 1,
    formerNames: [],
    permissions: [{ actions: ['A/c/action'], condition: '1 = 1', conditionVersion: '2.0' }],
  },
];
const file = 'built-in-roles.txt';

test('roles decode to what was encoded, sorted by name', () => {
  const decoded = BuiltInRoles.decode(encodeBuiltInRoles(roles), file);
  expect(decoded.names()).toEqual(['Assigner', 'Écrivain']);
  expect(decoded.find(' écrivain ')?.guid).toBe(roles[0]!.guid);
  expect(decoded.find(roles[1]!.guid.toUpperCase())?.permissions[0]?.condition?.value).toBe('1 = 1');
  expect(decoded.smallestFirst().map(({ name, size, isConditional }) => [name, size, isConditional])).toEqual(
    [
      ['Assigner', 1, true],
      ['Écrivain', 2, false],
    ],
  );
  expect(decoded.mentions('a/B/READ')).toBe(true);
  expect(decoded.mentions('a/b')).toBe(false);
});

test('roles go by their former names too, but not by one that another role has taken', () => {
  const decoded = BuiltInRoles.decode(encodeBuiltInRoles(roles), file);
  expect(decoded.find('scribe')).toBeUndefined();
  expect(decoded.findNamed(' scribe')).toMatchObject({
    role: { guid: roles[0]!.guid },
    formerName: 'Scribe',
  });
  expect(decoded.findNamed('Écrivain')).toMatchObject({
    role: { guid: roles[0]!.guid },
    formerName: undefined,
  });
  expect(decoded.findNamed('assigner')).toMatchObject({
    role: { guid: roles[1]!.guid },
    formerName: undefined,
  });
  expect(decoded.findNamed('nobody')).toBeUndefined();
  expect(decoded.formerNamesOf(roles[0]!.guid)).toEqual(['Scribe', 'Assigner']);
});

test('roles with any one byte changed are refused, at the latest when what has changed is read', () => {
  const whole = encodeBuiltInRoles(roles);
  for (let at = 0; at < whole.length; at++) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 1;
    expect(() => BuiltInRoles.decode(bytes, file).verify(), `byte ${at}`).toThrow('is damaged');
  }
});
