// node test/bench/ask-tenant.mjs FILE: loads a snapshot, asks it about access, and prints what that took as JSON, in ms.
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AccessQuestion } from '../../dist/tenant/access/access-question.js';
import { decide } from '../../dist/tenant/access/decide.js';
import { Tenant } from '../../dist/tenant/access/tenant.js';
import { whoCan } from '../../dist/tenant/access/who-can.js';
import { Catalog } from '../../dist/rbac/catalog/catalog.js';
import { OperationIndex } from '../../dist/rbac/permissions/operation-index.js';
import { readSnapshot } from '../../dist/tenant/snapshot/read-snapshot.js';
import { mulberry32 } from './seeded.mjs';

const file = process.argv[2];
const catalog = Catalog.load(fileURLToPath(new URL('../../role-catalog', import.meta.url)));
const snapshot = await readSnapshot(basename(file), dirname(file));
const tenant = new Tenant(snapshot, catalog, new OperationIndex(catalog));
const random = mulberry32(7);
const pick = list => list[Math.floor(random() * list.length)];

const principals = [...snapshot.principals.keys()];
const operations = ['Microsoft.Compute/virtualMachines/delete', 'Microsoft.Authorization/roleAssignments/write'];
const questions = Array.from({ length: 5_000 }, () => ({
  principal: pick(principals),
  operation: pick(operations),
  plane: 'control',
  scope: pick(snapshot.roleAssignments).scope,
}));

const can = timed(() => questions.forEach(question => decide(tenant, question))) / questions.length;
const subscriptions = snapshot.roleAssignments.map(({ place }) => place).filter(({ kind }) => kind === 'subscription');
const scopes = Array.from({ length: 20 }, () => pick(subscriptions));
// The first question of all finds out where a million assignments stand.
const first = timed(() => ask(scopes[0]));
const times = scopes.map(scope => timed(() => ask(scope))).sort((a, b) => a - b);
console.log(JSON.stringify({ can, first, whoCan: times[times.length >> 1], slowest: times.at(-1) }));

function ask(scope) {
  whoCan(tenant, new AccessQuestion(tenant, { operation: operations[0], plane: 'control', scope }));
}

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}
