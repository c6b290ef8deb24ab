import { expect, test } from 'vitest';
import { AccessQuestion } from '../../../src/tenant/access/access-question.js';
import { decide } from './decide.js';
import { AccessEvaluator } from '../../../src/tenant/access/held-access.js';
import { whoCan } from '../../../src/tenant/access/who-can.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { reachCases } from '../../rbac/reach/reach-cases.js';
import { assign, group, id, subscription, tenantOf, user } from './tenant-rows.js';

const account = `${group}/providers/Microsoft.Storage/storageAccounts/shopdata`;

/** One principal with one role at one scope. */
function tenantWith(role: string, scope: string) {
  const guid = shippedCatalog.builtInRoles.find(role)!.guid!;
  return tenantOf({ principals: [user(1)], roleAssignments: [assign(guid, id(1), scope)] });
}

test.each(reachCases())(
  '$role at $assignedAt, $operation at $askedAt: $reach',
  ({ role, assignedAt, askedAt, operation, plane, reach }) => {
    const tenant = tenantWith(role, assignedAt);
    const { decision, because } = decide(tenant, { principal: id(1), operation, plane, scope: askedAt });
    expect(decision).toBe({ in: 'allowed', out: 'not-granted', unknown: 'unknown' }[reach]);
    expect(because[0]!.kind).toBe({ in: 'role-assignment', out: 'out-of-reach', unknown: 'gap' }[reach]);

    const held = new AccessEvaluator(tenant).at(parseScope(askedAt), id(1));
    const parts = (['definite', 'unknownReach'] as const).filter(part => held[part].has(operation, plane));
    expect(parts).toEqual({ in: ['definite'], out: [], unknown: ['unknownReach'] }[reach]);

    const { principals, notices } = whoCan(
      tenant,
      new AccessQuestion(tenant, { operation, plane, scope: parseScope(askedAt) }),
    );
    expect(principals).toHaveLength(reach === 'out' ? 0 : 1);
    expect(notices.map(({ code }) => code)).toEqual(reach === 'out' ? ['operation-out-of-reach'] : []);
  },
);

test('Contributor at a storage account holds what can be done with that account', () => {
  const held = new AccessEvaluator(tenantWith('Contributor', account)).at(parseScope(account), id(1));
  const providers = new Set(held.definite.operations('control').map(name => name.split('/')[0]!));
  expect(held.definite.has('Microsoft.Storage/storageAccounts/listKeys/action', 'control')).toBe(true);
  expect(providers).not.toContain('Microsoft.Compute');
  expect(held.definite.count('control')).toBeLessThan(700);
});

test('what is denied is no question of reach any more', () => {
  const bus = `${group}/providers/Microsoft.ServiceBus/namespaces/sb/topics/t/subscriptions/s`;
  const send = 'Microsoft.ServiceBus/namespaces/messages/send/action';
  const everyone = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };
  const tenant = tenantOf({
    principals: [user(1)],
    roleAssignments: [assign('69a216fc-b8fb-44d8-bc22-1f3c2cd27a39', id(1), bus)],
    denyAssignments: [
      {
        id: `${subscription}/providers/Microsoft.Authorization/denyAssignments/e0000000-0000-0000-0000-000000000001`,
        properties: {
          denyAssignmentName: 'No mail',
          permissions: [{ actions: [], notActions: [], dataActions: [send], notDataActions: [] }],
          scope: subscription,
          principals: [everyone],
          excludePrincipals: [],
        },
      },
    ],
  });
  const decided = decide(tenant, { principal: id(1), operation: send, plane: 'data', scope: bus });
  expect(decided.decision).toBe('denied');
  expect(new AccessEvaluator(tenant).at(parseScope(bus), id(1)).unknownReach.has(send, 'data')).toBe(false);
});

test('a role that is not known grants nothing out of reach either', () => {
  const unknown = 'c0000000-0000-0000-0000-000000000099';
  const tenant = tenantOf({ principals: [user(1)], roleAssignments: [assign(unknown, id(1), subscription)] });
  const ask = (operation: string) =>
    decide(tenant, { principal: id(1), operation, plane: 'control', scope: account }).decision;
  expect(ask('Microsoft.Compute/disks/read')).toBe('not-granted');
  expect(ask('Microsoft.Storage/storageAccounts/read')).toBe('unknown');
});
