import fc from 'fast-check';
import { assignments, denies } from './random-assignments.js';
import { directory, managementGroups, subscriptions } from './random-directory.js';
import { places } from './random-names.js';
import { permissions } from './random-roles.js';
import { roles } from './tenant-rows.js';
import { customGuids, roleRow } from './vocabulary.js';
import type { World } from './world-rows.js';

// Small tenants in which things meet: scopes in scopes, groups in groups and in circles, roles over the same operations.

/** Now and then a built-in role that is not what the catalog holds of it. */
const roleRows = fc
  .tuple(fc.tuple(...customGuids.map(() => fc.array(permissions, { maxLength: 3 }))), fc.option(permissions))
  .map(([lists, reader]) => [
    ...lists.map((list, at) => roleRow(customGuids[at]!, `Custom ${at}`, 'CustomRole', list)),
    ...(reader === null ? [] : [roleRow(roles.reader, 'Reader', 'BuiltInRole', [reader])]),
  ]);

const gaps = fc.array(
  fc.record({
    what: fc.constantFrom(
      'roleAssignments',
      'denyAssignments',
      'roleDefinitions',
      'principals',
      'activeAssignments',
      'eligibleAssignments',
      'managementGroups',
      'subscriptions',
      'resources',
      'the weather',
    ),
    scope: places,
    reason: fc.constant('access is refused'),
  }),
  { maxLength: 2 },
);

/** A snapshot of each kind: without deny assignments, without gaps, or with all that there may be. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    roleDefinitions: roleRows,
    roleAssignments: assignments('d', 14),
    denyAssignments: fc.oneof(fc.constant([]), denies),
    eligibleAssignments: assignments('f', 2),
    ownActive: assignments('b', 2),
    copied: fc.array(fc.nat(13), { maxLength: 2 }),
    principals: directory,
    managementGroups,
    subscriptions,
    gaps: fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: gaps }),
    isComplete: fc.oneof({ weight: 40, arbitrary: fc.constant(true) }, fc.constant(false)),
  })
  .map(({ ownActive, copied, ...rows }) => {
    const copies = copied.flatMap(at => {
      const row = rows.roleAssignments[at];
      return row === undefined
        ? []
        : [
            {
              ...row,
              id: `${row.id}-active`,
              name: 'active',
              properties: { ...row.properties, originRoleAssignmentId: row.id },
            },
          ];
    });
    return { ...rows, activeAssignments: [...ownActive, ...copies] };
  });
