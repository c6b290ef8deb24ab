import { expect, test } from 'vitest';
import { shippedCatalog } from '../../shipped-catalog.js';
import { shippedRules } from './lint-role.js';

// A name that the catalog lacks matches nothing, and nobody would notice.
test.each(shippedRules.groups.map(group => [group.name, group] as const))(
  '%s holds operations as the catalog spells them',
  (_, group) => {
    const names = group.operations.map(({ operation }) => operation);
    expect(names.map(name => shippedCatalog.findOperation(name)?.name)).toEqual(names);
  },
);

test.each(shippedRules.groups.map(group => [group.name, group] as const))(
  '%s gives every operation the plane of the catalog',
  (_, group) => {
    const elsewhere = group.operations.filter(({ operation, plane }) => {
      const known = shippedCatalog.findOperation(operation)?.plane;
      return known !== plane && known !== 'both' && known !== 'unknown';
    });
    expect(elsewhere).toEqual([]);
  },
);

test.each(shippedRules.groups.map(group => [group.name, group] as const))(
  '%s holds each operation once',
  (_, { operations }) => {
    const keys = operations.map(({ operation, plane }) => `${operation.toLowerCase()} ${plane}`);
    expect(keys).toEqual([...new Set(keys)]);
  },
);

test.each(shippedRules.groups.map(group => [group.name, group] as const))(
  '%s says what the holder of each operation can do',
  (_, { operations }) => {
    expect(operations.filter(({ reason }) => !/^[a-z][^|{}]*[^.\s]$/.test(reason))).toEqual([]);
  },
);

test('only these operations are of unknown plane: the catalog does not say, their names and neighbours do', () => {
  const unknown = shippedRules.groups.flatMap(({ operations }) =>
    operations.filter(({ operation, plane }) => {
      if (shippedCatalog.findOperation(operation)?.plane !== 'unknown') return false;
      return (
        plane !== 'control' ||
        !/\/(?:list|get|fetch|generate|regenerate|issue|download|authtoken|start|exec|deploy|peek|write|connections)/i.test(
          operation,
        )
      );
    }),
  );
  expect(unknown).toEqual([]);
});
