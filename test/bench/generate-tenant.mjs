// node test/bench/generate-tenant.mjs FILE [--assignments 1000000] [--seed 1] …: writes the snapshot of a tenant that is
// made up, as gzip NDJSON. The same sizes and seed give the same bytes.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { AssignmentRows } from './tenant-assignments.mjs';
import { groupRows, managementGroupRows, principalRows, subscriptionRows } from './tenant-directory.mjs';
import { tenantId } from './tenant-ids.mjs';
import { resourceRows } from './tenant-resources.mjs';
import { customRoleRows, rolePicker } from './tenant-roles.mjs';

/** A large company. */
export const defaultSizes = {
  assignments: 1_000_000,
  subscriptions: 2_000,
  managementGroups: 100,
  principals: 50_000,
  groups: 5_000,
  customRoles: 500,
  denies: 200,
  eligible: 5_000,
  active: 5_000,
  resources: 3_000,
  seed: 1,
};

/** Writes row by row, and so in little memory. @returns the number of bytes before packing. */
export async function generateTenant(file, catalog, sizes = {}) {
  const all = { ...defaultSizes, ...sizes };
  const gzip = createGzip({ level: 4 });
  const written = gzip.pipe(createWriteStream(file));
  let [text, bytes] = ['', 0];
  const flush = async () => {
    bytes += text.length;
    const isFull = !gzip.write(text);
    text = '';
    if (isFull) await once(gzip, 'drain');
  };
  const write = async value => {
    text += `${JSON.stringify(value)}\n`;
    if (text.length > 1 << 16) await flush();
  };
  await write({ version: 1, kind: 'azrbac-snapshot', collectedAt: '2026-08-22T06:00:00Z', cloud: 'public', tenantId });
  const counts = {};
  for (const [kind, rows] of collectionsOf(catalog, all)) {
    counts[kind] ??= 0;
    for (const value of rows) {
      await write({ kind, value });
      counts[kind]++;
    }
  }
  await write({ kind: 'end', counts });
  await flush();
  gzip.end();
  await finished(written);
  return bytes;
}

function collectionsOf(catalog, sizes) {
  const rows = new AssignmentRows(rolePicker(catalog.builtInRoles, sizes), sizes);
  return [
    ['roleDefinitions', customRoleRows([...catalog.operations], sizes)],
    ['roleAssignments', rows.roleAssignments()],
    ['denyAssignments', rows.denyAssignments()],
    ['eligibleAssignments', rows.eligibleAssignments()],
    ['activeAssignments', rows.activeAssignments()],
    ['principals', groupRows(sizes)],
    ['principals', principalRows(sizes)],
    ['managementGroups', managementGroupRows(sizes)],
    ['subscriptions', subscriptionRows(sizes)],
    ['resources', resourceRows(sizes)],
    ['gaps', []],
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = Object.fromEntries(Object.keys(defaultSizes).map(name => [name, { type: 'string' }]));
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const sizes = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
  const { Catalog } = await import('../../dist/rbac/catalog/catalog.js');
  const catalog = Catalog.load(fileURLToPath(new URL('../../role-catalog', import.meta.url)));
  await generateTenant(positionals[0], catalog, sizes);
}
