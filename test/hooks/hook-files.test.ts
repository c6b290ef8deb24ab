import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageFolder } from '../../src/package/package-folder.js';

const [hook] = parse(readFileSync(join(packageFolder(), '.pre-commit-hooks.yaml'), 'utf8')) as [
  { readonly files: string },
];

test.each([
  ['roles/deployer.json', true],
  ['roles/deployer.jsonc', true],
  ['roles/deployer.json.tftpl', true],
  ['infra/main.tf', true],
  ['infra/main.tofu', true],
  ['infra/main.tf.json', true],
  ['infra/prod.tfvars', true],
  ['infra/main.bicep', true],
  ['infra/.terraform.lock.hcl', false],
  ['src/roles.ts', false],
  ['README.md', false],
])('the hook of pre-commit takes %s: %s', (file, isTaken) => {
  expect(new RegExp(hook!.files).test(file)).toBe(isTaken);
});
