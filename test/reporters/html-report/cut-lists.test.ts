import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Counts, leftOut, unlistedData } from '../../../src/reporters/html-report/left-out.js';
import { assign, deny, everyone, id, roles, subscription, user } from '../../tenant/access/tenant-rows.js';
import { projectWith } from '../../commands/project.js';
import { auditedPage } from './audited.js';
import { Browser, noBrowser, type OpenedPage } from './browser.js';

const patience = 300_000;

const whole: Counts = {
  ...{ assignments: [9, 9], eligible: [0, 0], denials: [1_000, 1_000], paths: [300, 300], targets: [3, 3] },
  ...{ identities: [5, 5], managementGroups: [2, 2], subscriptions: [1, 1] },
};

describe('what is left out', () => {
  test('is nothing where all is listed', () => {
    expect(leftOut(whole)).toEqual([]);
    expect(Object.values(unlistedData(whole))).toEqual([0, 0, 0, 0, 0]);
  });

  test.each(Object.keys(whole) as (keyof Counts)[])('of %s is a sentence with both numbers', name => {
    const counts: Counts = { ...whole, [name]: [40_000, 30_000] };
    expect(leftOut(counts)).toEqual([expect.stringMatching(/^Of 40000 .+, 30000 are listed: .+\.$/)]);
    if (name in unlistedData(whole)) expect(unlistedData(counts)).toMatchObject({ [name]: 10_000 });
  });
});

const role = 'c0000000-0000-0000-0000-000000000001';

/** One more of each than a page lists. */
const large = {
  ...{ version: 1, kind: 'azrbac-snapshot', tenantId: id(99), collectedAt: '2026-08-22T06:00:00Z' },
  managementGroups: Array.from({ length: 1_001 }, (_, at) => ({ id: `group-${at}`, parent: null })),
  subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'group-0' }],
  principals: [user(1)],
  roleDefinitions: [
    {
      id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      name: role,
      properties: {
        roleName: 'Everywhere',
        type: 'CustomRole',
        permissions: [
          {
            actions: Array.from(
              { length: 13 },
              (_, at) => `Microsoft.Authorization/roleAssignments/write${'*'.repeat(at)}`,
            ),
          },
        ],
        assignableScopes: Array.from({ length: 101 }, (_, at) => `${subscription}/resourceGroups/g${at}`),
      },
    },
  ],
  roleAssignments: [assign(role, id(1), subscription)],
  eligibleAssignments: Array.from({ length: 5_001 }, (_, at) =>
    assign(roles.reader, id(1), `${subscription}/resourceGroups/g${at}`),
  ),
  denyAssignments: Array.from({ length: 1_001 }, () =>
    deny(subscription, {
      principals: [everyone],
      permissions: [{ actions: Array.from({ length: 11 }, (_, at) => `Microsoft.Compute/disks/${at}`) }],
    }),
  ),
};

describe.skipIf(noBrowser !== undefined)('lists that are cut say so', () => {
  let browser: Browser;
  let report: OpenedPage;

  beforeAll(async () => {
    browser = await Browser.start();
    report = await browser.open(await auditedPage(projectWith({ 't.json': large }), '--snapshot', 't.json'));
  }, patience);

  afterAll(async () => browser?.close());

  test('on the page of what was not analysed', async () => {
    await report.go('#/not-analysed');
    const text = await report.text('main');
    expect(text).toMatch(/Of 5001 eligible assignments, 500\d are listed: /);
    expect(text).toContain('Of 1001 deny assignments, 1000 are listed');
    expect(text).toContain('Of 1001 management groups, 1000 are listed');
    expect(text).not.toContain('role assignments,');
  });

  test('where they stand', async () => {
    await report.go(`#/scope/${encodeURIComponent(subscription)}`);
    const notes = await report.texts('.unlisted');
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatch(/^1 eligible assignment of the tenant/);
    expect(notes[1]).toMatch(/^1 deny assignment of the tenant/);
    expect(await report.text('main')).toContain(' and 1 more');
    await report.go(`#/identity/${id(1)}`);
    expect(await report.texts('.unlisted')).toHaveLength(1);
    expect(await report.text('.patterns')).toContain('1 more string of the role');
    await report.go(`#/role/${role}`);
    expect(await report.text('.operations')).toMatch(/ and 1 more$/);
  });
});
