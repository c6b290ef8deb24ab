import fc from 'fast-check';
import { inAnyCase } from './random-roles.js';
import { everybody, identities, lost, managementGroupIds, subscriptionIds, typeOf } from './vocabulary.js';
import type { PrincipalRow } from './world-rows.js';

/** Most of those whom a directory could know, in groups of which it may not know all. */
export const directory: fc.Arbitrary<PrincipalRow[]> = fc
  .tuple(
    ...everybody
      .filter(principal => !lost.includes(principal))
      .map(principal =>
        fc.record({
          isKnown: fc.oneof({ weight: 15, arbitrary: fc.constant(true) }, fc.constant(false)),
          row: fc.record({
            id: inAnyCase(fc.constant(principal)),
            type: fc.constant(typeOf(principal)),
            displayName: fc.constant('Somebody'),
            memberOf: fc.array(
              inAnyCase(
                fc.oneof(
                  { weight: 24, arbitrary: fc.constantFrom(...identities.groups) },
                  { weight: 1, arbitrary: fc.constantFrom(...identities.lostGroups) },
                ),
              ),
              { maxLength: 2 },
            ),
          }),
        }),
      ),
  )
  .map(found => found.filter(({ isKnown }) => isKnown).map(({ row }) => row));

/** As in life: all below `root`. Or anything at all. */
export const managementGroups = fc
  .tuple(
    ...managementGroupIds.slice(0, 3).map((name, at) => {
      const usual = { id: name, parent: at === 0 ? null : managementGroupIds[at - 1]! };
      return fc.option(
        fc.oneof(
          { weight: 12, arbitrary: fc.constant(usual) },
          { weight: 1, arbitrary: fc.constant({ id: name }) },
          {
            weight: 3,
            arbitrary: fc.record({
              id: fc.constantFrom(name, name.toUpperCase()),
              parent: fc.option(inAnyCase(fc.constantFrom(...managementGroupIds))),
            }),
          },
        ),
        { freq: 16 },
      );
    }),
  )
  .map(rows => rows.filter(row => row !== null));

export const subscriptions = fc
  .tuple(
    ...subscriptionIds.map(guid =>
      fc.option(
        fc.record({
          id: inAnyCase(fc.constant(guid)),
          managementGroup: fc.option(inAnyCase(fc.constantFrom('root', 'corp', 'corp', 'sand', 'gone')), {
            freq: 12,
          }),
        }),
        { freq: 16 },
      ),
    ),
  )
  .map(rows => rows.filter(row => row !== null));
