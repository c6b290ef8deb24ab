// What every command is run on: the examples of the pages and of the rules, and the snapshot of a made-up tenant.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateTenant } from '../bench/generate-tenant.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Fills an empty folder: `docs/`, `examples/` (role files), `snapshots/` and `tenant.ndjson.gz`. */
export async function writeSamples(folder, catalog, { assignments = 2_000 } = {}) {
  cpSync(join(root, 'docs'), join(folder, 'docs'), { recursive: true });
  writeRuleExamples(folder);
  await generateTenant(join(folder, 'tenant.ndjson.gz'), catalog, {
    assignments,
    subscriptions: 20,
    managementGroups: 8,
    principals: 300,
    groups: 40,
    customRoles: 30,
    denies: 8,
    eligible: 40,
    active: 40,
    resources: 60,
  });
}

function writeRuleExamples(folder) {
  const rules = readdirSync(join(root, 'rules')).filter(name => name.endsWith('.json') && name !== 'rule.schema.json');
  for (const name of rules.sort()) {
    const { id, examples = [] } = JSON.parse(readFileSync(join(root, 'rules', name), 'utf8'));
    examples.forEach(({ document, text, snapshot, file }, i) => {
      if (snapshot !== undefined) write(folder, `snapshots/${id}-${i}.json`, { ...snapshotHeader, ...snapshot });
      if (text === undefined && document === undefined) return;
      const ending = file?.split('.').at(-1) ?? (text === undefined ? 'json' : 'jsonc');
      write(folder, `examples/${id}-${i}.${ending}`, text ?? document);
    });
  }
}

/** Examples of rules have the rows alone. */
const snapshotHeader = {
  version: 1,
  kind: 'azrbac-snapshot',
  collectedAt: '2026-08-22T06:00:00Z',
  cloud: 'public',
  tenantId: '99999999-8888-7777-6666-555555555555',
};

function write(folder, name, content) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}
