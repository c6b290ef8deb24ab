import { expect, test } from 'vitest';
import { perRun } from '../../../../src/lint/checks/tenant/per-run.js';
import { RolePowers } from '../../../../src/lint/checks/tenant/role-powers.js';
import { RunContext } from '../../../../src/lint/engine/context.js';
import { tenantOf } from '../../../tenant/access/tenant-rows.js';
import { shippedRules } from '../../../lint-example.js';
import { shippedCatalog } from '../../../shipped-catalog.js';
import { context } from './tenant-context.js';

test('something is made once for each subject of each run', () => {
  const made: unknown[] = [];
  const of = perRun((subject: object, run: object) => made.push([subject, run]));
  const [tenant, another, run, next] = [{}, {}, {}, {}];
  expect(of(tenant, run)).toBe(of(tenant, run));
  of(another, run);
  of(tenant, next);
  expect(made).toEqual([
    [tenant, run],
    [another, run],
    [tenant, next],
  ]);
});

test('a tenant does not keep the run in which its roles were judged first', () => {
  const tenant = tenantOf({});
  const next = new RunContext({
    catalog: shippedCatalog,
    inventory: { documents: [], assignments: [], roleDefinitions: [] },
    asOf: '2026-08-22',
    groups: shippedRules.groups,
    isDeclaredTemplate: () => false,
  });
  const powers = RolePowers.of(tenant, context);
  expect(RolePowers.of(tenant, context)).toBe(powers);
  expect(RolePowers.of(tenant, next)).not.toBe(powers);
});
