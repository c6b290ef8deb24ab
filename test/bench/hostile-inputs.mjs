// Files that somebody makes to slow azrbac down: each is linted once, and nothing in them may cost more than in proportion.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { timeCommands } from './measure.mjs';
import { line, ms, ratio } from './report.mjs';

const guid = number => `aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`;
const scope = `/subscriptions/${guid(1)}`;

/** Prints a row per input, with its limit in runs of `node -e 0`. */
export async function hostileInputs(folder, bin) {
  for (const [title, atMost, write, args] of inputs) {
    const file = join(folder, args === ofFile ? 'hostile.json' : 'hostile.ndjson');
    await write(file);
    const median = timeCommands({ node: ['-e', '0'], lint: [bin, ...args(file), '--output', join(folder, 'report.txt')] }, 3);
    line(title, ms(median.lint), ratio(median.lint / median.node, { atMost }));
  }
}

const ofFile = file => ['lint', file];
const ofSnapshot = command => file => [command, '--snapshot', file];

// On a machine that starts Node in 62 ms, 48 × are 3 s.
const inputs = [
  ['lint a role of 100,000 unknown strings', 48, roleOf(i => `Microsoft.Compute/virtualMachines/reed${i}x/read`), ofFile],
  ['of 100,000 namespaces', 48, roleOf(i => `Microsoft.Storge${i}/storageAccounts/read`), ofFile],
  ['of 100,000 wildcards', 64, roleOf(i => `*${i}/read`), ofFile],
  ['lint 20,000 roles in a file', 48, rolesOf(20_000, ['Microsoft.Compute/virtualMachines/read']), ofFile],
  ['lint 1,000 roles of "*"', 48, rolesOf(1_000, ['*']), ofFile],
  ['lint 2,000 groups that all contain each other', 80, nestedGroups(2_000), ofSnapshot('lint')],
  ['audit them', 96, nestedGroups(2_000), ofSnapshot('audit')],
];

function roleOf(action) {
  return file => writeLines(file, [JSON.stringify(roleDefinition(0, Array.from({ length: 100_000 }, (_, i) => action(i))))]);
}

function rolesOf(count, actions) {
  return file => writeLines(file, [JSON.stringify(Array.from({ length: count }, (_, i) => roleDefinition(i, actions)))]);
}

function roleDefinition(number, actions) {
  return {
    Name: `Role ${number}`,
    Id: guid(number),
    IsCustom: true,
    Description: `Made by the benchmark, ${number}.`,
    Actions: actions,
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: [scope],
  };
}

/** A snapshot in which each group is a member of all others and Contributor in a resource group of its own. */
function nestedGroups(count) {
  return file => writeLines(file, groupRows(count));
}

function* groupRows(count) {
  const group = number => `bbbbbbbb-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const all = Array.from({ length: count }, (_, i) => group(i));
  yield JSON.stringify({
    version: 1,
    kind: 'azrbac-snapshot',
    collectedAt: '2026-08-22T06:00:00Z',
    cloud: 'public',
    tenantId: guid(0),
  });
  yield JSON.stringify({ kind: 'subscriptions', value: { id: guid(1), displayName: 'Subscription' } });
  for (const [number, id] of all.entries()) {
    const memberOf = all.filter(other => other !== id);
    yield JSON.stringify({ kind: 'principals', value: { id, type: 'Group', displayName: `Group ${number}`, memberOf } });
  }
  for (const [number, principalId] of all.entries()) yield JSON.stringify({ kind: 'roleAssignments', value: assignment(number, principalId) });
  const counts = { subscriptions: 1, principals: count, roleAssignments: count };
  yield JSON.stringify({ kind: 'end', counts: { ...noRows, ...counts } });
}

const noRows = Object.fromEntries(
  ['roleDefinitions', 'denyAssignments', 'eligibleAssignments', 'activeAssignments', 'managementGroups', 'resources', 'gaps'].map(
    kind => [kind, 0],
  ),
);

function assignment(number, principalId) {
  const at = `${scope}/providers/Microsoft.Authorization`;
  return {
    id: `${at}/roleAssignments/${guid(number)}`,
    name: guid(number),
    properties: {
      roleDefinitionId: `${at}/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`,
      principalId,
      principalType: 'Group',
      scope: `${scope}/resourceGroups/rg-${number}`,
    },
  };
}

async function writeLines(file, lines) {
  const stream = createWriteStream(file);
  for (const text of lines) if (!stream.write(`${text}\n`)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}
