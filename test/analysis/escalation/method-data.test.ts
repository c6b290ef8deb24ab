import { expect, test } from 'vitest';
import { loadMethods } from '../../../src/analysis/escalation/methods/method.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const methods = loadMethods();

test('ids are unique', () => {
  const ids = methods.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(methods)('$id names operations that there are, and a page to read', method => {
  const control = [...method.ways.flatMap(({ control = [] }) => control), ...(method.carriers ?? []).flat()];
  const data = method.ways.flatMap(({ data = [] }) => data);
  const wrong = [...control.map(name => [name, 'control']), ...data.map(name => [name, 'data'])].filter(
    ([name = '', plane]) => {
      const operation = shippedCatalog.findOperation(name);
      return operation?.name !== name || ![plane, 'both', 'unknown'].includes(operation.plane);
    },
  );
  expect(wrong).toEqual([]);
  expect(method.reference).toMatch(/^https:\/\/learn\.microsoft\.com\/(?:azure|entra)\/[a-z0-9/-]+$/);
  expect(method.does).toMatch(/^[a-z].*[^.]$/);
});

test.each(methods.filter(({ gains }) => gains === 'identity-of-resource'))(
  '$id is done at resources of the types that its operations are on',
  ({ ways, resourceTypes = [], at }) => {
    expect(resourceTypes.filter(type => type !== type.toLowerCase())).toEqual([]);
    const places =
      at === 'parent' ? resourceTypes.map(type => type.slice(0, type.lastIndexOf('/'))) : resourceTypes;
    const elsewhere = ways
      .flatMap(({ control = [], data = [] }) => [...control, ...data])
      .filter(operation => !places.some(place => operation.toLowerCase().startsWith(`${place}/`)));
    // A policy is changed where it stands, not at its assignment.
    const expected = places.includes('microsoft.authorization/policyassignments') ? 2 : 0;
    expect(elsewhere).toHaveLength(expected);
  },
);
