import { expect, test } from 'vitest';
import { corp, roles, subscription, assign, id, user } from '../../tenant/access/tenant-rows.js';
import { projectWith } from '../../commands/project.js';
import { audited } from './audited.js';

test('management groups that lie in each other are all on the page', async () => {
  const snapshot = {
    ...{ version: 1, kind: 'azrbac-snapshot', tenantId: id(99), collectedAt: '2026-08-22T06:00:00Z' },
    managementGroups: [
      { id: 'corp', parent: 'sandbox' },
      { id: 'sandbox', parent: 'corp' },
    ],
    subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'corp' }],
    principals: [user(1)],
    roleAssignments: [assign(roles.reader, id(1), corp)],
  };
  const { html } = await audited(projectWith({ 's.json': snapshot }), '--snapshot', 's.json');
  const shown = ['corp', 'sandbox'].map(name => html.includes(`/managementGroups/${name}"`));
  expect(shown).toEqual([true, true]);
});
