import fc from 'fast-check';
import { shippedCatalog } from '../../shipped-catalog.js';
import { lowPlaces, principals } from './random-names.js';
import { inAnyCase } from './random-roles.js';
import { id } from './tenant-rows.js';
import { operations } from './vocabulary.js';
import type { QuestionRow } from './world-rows.js';

const askers = fc.oneof({ weight: 12, arbitrary: principals }, { weight: 1, arbitrary: fc.constant(id(99)) });

/** Mostly of what tenants are made of, and mostly on its own plane. */
export const questions: fc.Arbitrary<QuestionRow> = fc
  .record({
    principal: askers,
    asked: fc.oneof(
      ...(['control', 'data'] as const).map(plane =>
        fc.record({
          plane: fc.oneof(
            { weight: 12, arbitrary: fc.constant(plane) },
            fc.constantFrom('control' as const, 'data' as const),
          ),
          operation: inAnyCase(fc.constantFrom(...operations[plane])),
        }),
      ),
    ),
    scope: lowPlaces,
  })
  .map(({ principal, asked, scope }) => ({ principal, ...asked, scope }));

/** Those that the catalog knows, on planes that it knows them on. */
export const catalogOperations: fc.Arbitrary<Pick<QuestionRow, 'operation' | 'plane'>> = fc.oneof(
  ...(['control', 'data'] as const).map(plane => {
    const published = [...shippedCatalog.operations].filter(found => [plane, 'both'].includes(found.plane));
    const usual = operations[plane].filter(name => shippedCatalog.findOperation(name) !== undefined);
    return fc.record({
      operation: fc.oneof(fc.constantFrom(...usual), fc.constantFrom(...published.map(({ name }) => name))),
      plane: fc.constant(plane),
    });
  }),
);
