import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Principal } from '../../../src/rbac/model/principal.js';
import { GroupWalk } from '../../../src/tenant/access/group-walk.js';

test('finds what a walk along every membership finds, nearest first', () => {
  const directory = fc
    .integer({ min: 1, max: 9 })
    .chain(size =>
      fc.array(fc.uniqueArray(fc.nat(size), { maxLength: size + 1 }), { minLength: size, maxLength: size }),
    );
  fc.assert(
    fc.property(directory, memberships => {
      const principals = directoryOf(memberships.map(groups => groups.map(String)));
      const walk = new GroupWalk(principals);
      for (const id of principals.keys())
        expect([...walk.from(id)]).toEqual([...walkedOneByOne(id, principals)]);
    }),
    { numRuns: 1_000 },
  );
});

test('groups that are all members of each other are walked through once for each of them', () => {
  const everyGroup = Array.from({ length: 1_500 }, (_, i) => String(i));
  const principals = directoryOf(everyGroup.map(() => everyGroup));
  const walk = new GroupWalk(principals);
  const sizes = new Set([...principals.keys()].map(id => walk.from(id).size));
  expect([...sizes]).toEqual([1_499]);
});

function directoryOf(memberships: readonly (readonly string[])[]): ReadonlyMap<string, Principal> {
  return new Map(
    memberships.map((memberOf, i) => [
      String(i),
      { id: String(i), type: 'Group', memberOf, memberships: 'all' } as unknown as Principal,
    ]),
  );
}

function walkedOneByOne(
  principal: string,
  principals: ReadonlyMap<string, Principal>,
): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  const waiting = [principal];
  for (const at of waiting) {
    for (const group of principals.get(at)?.memberOf ?? []) {
      if (group === principal || groups.has(group)) continue;
      groups.set(group, at);
      waiting.push(group);
    }
  }
  return groups;
}
