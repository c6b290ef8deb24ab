import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { Bitset } from '../../../src/rbac/permissions/bitset.js';
import { permissionsOf } from '../../../src/rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { PermissionSet } from '../../../src/rbac/permissions/permission-set.js';
import { ReachTable } from '../../../src/rbac/reach/reach-table.js';
import { runs, someOf } from '../../portion.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { reachQuestions } from './random-reach.js';
import { expectedReach } from './reference.js';

const index = new OperationIndex(shippedCatalog);
const table = new ReachTable(shippedCatalog, index);
const operations = [...shippedCatalog.operations];
const patience = 300_000;

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const group = `${subscription}/resourceGroups/shop`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/data`;

/** All operations of the catalog on both planes, and a string that it does not know. */
const all = new PermissionSet(shippedCatalog, everything(), everything());

function everything() {
  const known = new Bitset(index.size);
  known.addRange(0, index.size);
  const unlisted = new Map([['contoso.widgets/widgets/spin/action', 'Contoso.Widgets/widgets/spin/action']]);
  return { known, unknownPlane: known, unlisted };
}

test(
  'name by name and as sets it is what the facts say',
  () => {
    fc.assert(
      fc.property(reachQuestions, ({ scope, operation, plane }) => {
        const expected = expectedReach(scope, operation, plane);
        const reach = table.at(parseScope(scope));
        const { within, unknown } = reach.limit(all);
        const isIn = within.has(operation, plane) ? 'in' : unknown.has(operation, plane) ? 'unknown' : 'out';
        const isKnown = shippedCatalog.findOperation(operation) !== undefined;
        const found = [reach.answer(operation, plane), isKnown ? isIn : expected];
        if (found.some(answer => answer !== expected))
          expect({ scope, operation, plane, found }).toEqual({
            scope,
            operation,
            plane,
            found: [expected, expected],
          });
      }),
      runs({ whole: 100_000, part: 10_000 }),
    );
  },
  patience,
);

test('at every level, operations of every provider', () => {
  const few = someOf(operations, { of: 37 });
  for (const scope of ['/', subscription, group, account, `${account}/fileServices/default/fileshares/a`]) {
    const { within, unknown } = table.at(parseScope(scope)).limit(all);
    for (const plane of ['control', 'data'] as const) {
      const wrong = few.filter(({ index: number, name }) => {
        const [isIn, mayBe] = [within, unknown].map(set => set[plane].known.has(number));
        return expectedReach(scope, name, plane) !== (isIn ? 'in' : mayBe ? 'unknown' : 'out');
      });
      expect(wrong).toEqual([]);
    }
  }
});

test('reach never adds', () => {
  fc.assert(
    fc.property(
      reachQuestions,
      fc.constantFrom('Contributor', 'Owner', 'Reader', 'AcrPull'),
      ({ scope }, name) => {
        const set = permissionsOf(shippedCatalog.builtInRoles.find(name)!, shippedCatalog, index).set;
        const { within, unknown } = table.at(parseScope(scope)).limit(set);
        expect(within.isSubsetOf(set) && unknown.isSubsetOf(set)).toBe(true);
        expect(within.intersects(unknown)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});

test('an assignment at a resource reaches no control-plane operation of another provider that is no extension', () => {
  const extensions = [
    'microsoft.advisor microsoft.alertsmanagement microsoft.authorization microsoft.customproviders',
    'microsoft.eventgrid microsoft.help microsoft.insights microsoft.managedidentity microsoft.policyinsights',
    'microsoft.relationships microsoft.resourcehealth microsoft.resources microsoft.security',
  ].flatMap(line => line.split(' '));
  const { within, unknown } = table.at(parseScope(account)).limit(all);
  const providers = new Set(within.operations('control').map(name => name.split('/')[0]!.toLowerCase()));
  providers.delete('microsoft.storage');
  expect([...providers].filter(name => !extensions.includes(name))).toEqual([]);
  const open = new Set(unknown.operations('control').map(name => name.split('/', 2).join('/').toLowerCase()));
  expect([...open].sort()).toEqual(withUnknownHosts);
});

/** Extensions of which no page says to which types they can be attached, or that a list of types is all of them. */
const withUnknownHosts = [
  'microsoft.advisor/triagerecommendations',
  'microsoft.advisor/triageresources',
  'microsoft.alertsmanagement/investigations',
  'microsoft.alertsmanagement/issues',
  'microsoft.chaos/targets',
  'microsoft.datamigration/databasemigrations',
  'microsoft.edge/configurationreferences',
  'microsoft.edge/jobs',
  'microsoft.edge/schemareferences',
  'microsoft.edgemarketplace/offers',
  'microsoft.edgemarketplace/publishers',
  'microsoft.hybridconnectivity/endpoints',
  'microsoft.insights/topology',
  'microsoft.insights/transactions',
  'microsoft.loadtestservice/loadtestmappings',
  'microsoft.loadtestservice/loadtestprofilemappings',
  'microsoft.maintenance/applyupdates',
  'microsoft.maintenance/configurationassignments',
  'microsoft.maintenance/scheduledevents',
  'microsoft.maintenance/updates',
  'microsoft.operationsmanagement/managementassociations',
  'microsoft.resources/checkpolicycompliance',
  'microsoft.security/pricings',
  'microsoft.servicelinker/dryruns',
  'microsoft.servicelinker/linkers',
];

test('a set that is all within reach stays the same object', () => {
  const set = permissionsOf(shippedCatalog.builtInRoles.find('AcrPull')!, shippedCatalog, index).set;
  expect(table.at(parseScope(group)).limit(set).within).toBe(set);
  expect(table.at(parseScope('/')).limit(all).within).toBe(all);
});

test('scopes of a kind share what is worked out', () => {
  expect(table.at(parseScope(account))).toBe(table.at(parseScope(`${account.toUpperCase()}2`)));
  expect(table.at(parseScope(account))).not.toBe(table.at(parseScope(group)));
  expect(table.at(parseScope(account, 7))).toBe(table.at(parseScope(`${group}/no/longer/read`, 7)));
});
