// Rebuilds role-catalog/ from a folder of public lists: npm run catalog -- --from DIR [--date YYYY-MM-DD]
// DIR holds operations.tsv (operation, plane, basis), retired-operations.tsv (operation, plane), builtin-roles.json and
// role-aliases.json (former names of roles).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { StoredPermission } from '../rbac/catalog/built-in-roles.js';
import type { OperationPlane, PlaneBasis } from '../rbac/catalog/operation-table.js';
import { planeDecisions } from './plane-decisions.js';
import { writeCatalog, type RawOperation, type RawRole } from '../rbac/catalog-writer/write-catalog.js';

const { values } = parseArgs({
  options: { from: { type: 'string' }, date: { type: 'string' }, to: { type: 'string' } },
});
if (values.from === undefined)
  throw new Error('usage: npm run catalog -- --from DIR [--date YYYY-MM-DD] [--to DIR]');

const decided = new Map(
  planeDecisions.flatMap(({ operations, plane, basis }) =>
    operations.map(name => [name.toLowerCase(), { plane, basis }] as const),
  ),
);

const operations = readRows('operations.tsv').map(
  ([name = '', plane, basis]): RawOperation => ({
    name,
    plane: plane as OperationPlane,
    basis: basis as PlaneBasis,
    ...decided.get(name.toLowerCase()),
  }),
);
const retired = readRows('retired-operations.tsv').map(
  ([name = '', plane]): RawOperation => ({ name, plane: plane as OperationPlane, basis: 'published' }),
);
const roles = JSON.parse(readFileSync(join(values.from, 'builtin-roles.json'), 'utf8')) as {
  id: string;
  roleName: string;
  permissions: StoredPermission[];
}[];

const { aliases } = JSON.parse(readFileSync(join(values.from, 'role-aliases.json'), 'utf8')) as {
  aliases: { id: string; formerNames: string[]; firstSeen: Readonly<Record<string, string>> }[];
};
const formerNames = new Map(
  aliases.map(({ id, formerNames, firstSeen }) => {
    const seen = (name: string): string => firstSeen[name] ?? '';
    return [id.toLowerCase(), formerNames.toSorted((a, b) => (seen(a) < seen(b) ? -1 : 1))] as const;
  }),
);

const manifest = writeCatalog(values.to ?? fileURLToPath(new URL('../../role-catalog', import.meta.url)), {
  date: values.date ?? new Date().toISOString().slice(0, 10),
  sources: [
    "Azure's published provider operations and built-in role definitions (MIT-licensed public lists)",
  ],
  operations,
  retired,
  roles: roles.map(
    (role): RawRole => ({
      guid: role.id,
      name: role.roleName,
      formerNames: formerNames.get(role.id.toLowerCase()) ?? [],
      permissions: role.permissions,
    }),
  ),
});
console.log(JSON.stringify(manifest.counts, null, 2));

function readRows(file: string): string[][] {
  const [, ...rows] = readFileSync(join(values.from!, file), 'utf8').split(/\r?\n/);
  return rows.filter(row => row !== '').map(row => row.split('\t'));
}
