import { readFileSync } from 'node:fs';
import { lint, permissionsOf, readRoleDefinitions } from 'azrbac';

const file = 'docs/examples/online-endpoint-scorer.json';
const text = readFileSync(file, 'utf8');

const [role] = readRoleDefinitions(text, file).roleDefinitions;
for (const operation of permissionsOf(role).set.operations('control')) console.log(operation);

for (const { severity, rule, at } of lint([{ text, file }]).findings) {
  console.log(`${severity}: ${rule.id} at ${at.pointer}`);
}
