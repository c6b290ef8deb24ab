import { fileURLToPath } from 'node:url';
import { toRoleDefinition, type StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import { compileRules } from '../../../src/lint/engine/rules.js';
import { runLint } from '../../../src/lint/engine/run.js';
import type { Finding } from '../../../src/lint/engine/finding.js';
import type { RoleDefinition } from '../../../src/rbac/model/role-definition.js';
import { shippedCatalog } from '../../shipped-catalog.js';

export const shippedRules = compileRules(fileURLToPath(new URL('../../../rules', import.meta.url)));

/** A custom role that was read from no file: places in it are pointers such as `/permissions/0/actions/1`. */
export function customRole(...permissions: readonly StoredPermission[]): RoleDefinition {
  const guid = '00000000-0000-4000-8000-000000000001';
  return { ...toRoleDefinition({ guid, name: 'Tested Role', permissions }), roleType: 'CustomRole' };
}

/** What the shipped rules whose ids start with one of `prefixes` find, as the default profile has it. */
export function lintRole(role: RoleDefinition, ...prefixes: readonly string[]): readonly Finding[] {
  const { findings } = runLint({
    documents: [role.at.document],
    roleDefinitions: [role],
    rules: {
      rules: shippedRules.rules.filter(({ id }) => prefixes.some(prefix => id.startsWith(prefix))),
      groups: shippedRules.groups,
    },
    settings: new Map([['role-exceeds-budget', 'off']]),
    catalog: shippedCatalog,
    asOf: '2026-11-21',
    builtInRoles: 'include',
  });
  return findings;
}

/** `rule-id severity` or `rule-id/variant severity`, sorted: what a table of expectations says of a role. */
export function verdicts(findings: readonly Finding[]): string[] {
  return findings
    .map(
      ({ rule, variant, severity }) => `${rule.id}${variant === undefined ? '' : `/${variant}`} ${severity}`,
    )
    .sort();
}
