import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../../src/package/package-folder.js';
import { readCapabilityAreas } from '../../../src/rbac/permissions/read-capability-areas.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const areas = readCapabilityAreas(join(packageFolder(), 'rules', 'capabilities'));
const index = new OperationIndex(shippedCatalog);

const capabilities = areas.flatMap(area =>
  area.capabilities.map(capability => ({ ...capability, name: `${area.name}: ${capability.phrase}` })),
);

test('there are words for the most used areas', () => {
  expect(areas.length).toBeGreaterThanOrEqual(25);
});

test.each(areas)('$name has an order of its own words and touches something', ({ within, capabilities }) => {
  for (const prefix of within) expect(index.expand(`${prefix}*`).isEmpty, prefix).toBe(false);
  expect(new Set(capabilities.map(({ phrase }) => phrase)).size).toBe(capabilities.length);
});

test.each(capabilities)('$name', ({ phrase, cannot, plane, all, any, unless = [] }) => {
  expect([all, any].filter(list => list !== undefined)).toHaveLength(1);
  for (const pattern of [...(all ?? []), ...(any ?? [])]) {
    expect(index.expand(pattern).intersects(index.mask(plane)), pattern).toBe(true);
  }
  for (const pattern of unless) expect(index.expand(pattern).isEmpty, pattern).toBe(false);
  expect(phrase).not.toMatch(/^[A-Z]|\.$/);
  expect(cannot ?? 'ok').not.toMatch(/^[A-Z]|^cannot|\.$/);
});

test.each(capabilities.filter(({ phrase }) => phrase.includes('everything')))(
  '$name is said only of every operation there',
  ({ phrase, all = [], any = [] }) => {
    const speaksOfKeys = phrase.includes('and so everything in them');
    expect(
      [...all, ...any].every(
        pattern => pattern.includes('*') || speaksOfKeys || phrase.startsWith('deletes'),
      ),
    ).toBe(true);
  },
);
