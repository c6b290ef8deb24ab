import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { findCheck } from '../src/lint/checks/index.js';
import { findTenantCheck } from '../src/lint/checks/tenant/index.js';
import type { DocumentedRule } from '../src/lint/engine/rule.js';
import { lintExample, shippedRules } from './lint-example.js';
import { shippedCatalog } from './shipped-catalog.js';

const folder = fileURLToPath(new URL('../rules', import.meta.url));
const { rules, groups, profiles } = shippedRules;
const ids = rules.map(({ id }) => id);

/**
 * The rules, the severity of each in the profile `recommended`, and the severities of its variants where they differ.
 * They are what people write in configuration, suppressions and dashboards: what changes here breaks theirs.
 */
const inventory: Readonly<Record<string, string>> = {
  'document-syntax': 'high',
  'document-duplicate-key': 'medium',
  'role-missing-name': 'high',
  'role-missing-permissions': 'high',
  'role-missing-assignable-scopes': 'high',
  'role-unknown-property': 'high info',
  'role-wrong-type': 'high low',
  'role-mixed-shapes': 'medium',
  'role-nested-pascal-case': 'high info',
  'role-multiple-permissions': 'high',
  'role-empty': 'medium',
  'role-name-too-long': 'medium',
  'role-description-too-long': 'medium',
  'role-description-missing': 'low',
  'role-description-contradicts': 'medium',
  'role-name-shadows-builtin': 'medium',
  'role-name-duplicate': 'high low',
  'role-id-not-guid': 'high',
  'role-id-reuses-builtin': 'high',
  'role-condition-not-settable': 'medium',

  'action-unknown': 'high medium',
  'action-unknown-provider': 'high',
  'action-retired': 'medium',
  'action-matches-nothing': 'medium info',
  'action-multiple-wildcards': 'high',
  'action-partial-wildcard': 'low',
  'action-bad-verb': 'high',
  'action-illegal-characters': 'high',
  'action-is-resource-type': 'high',
  'action-from-other-system': 'high',
  'action-casing': 'info',
  'action-placeholder': 'high',

  'data-action-in-actions': 'high medium',
  'control-action-in-data-actions': 'high medium',
  'not-action-wrong-plane': 'medium low',
  'not-action-without-effect': 'info',
  'not-action-used-as-deny': 'medium',
  'not-action-leaves-authorization': 'high',
  'not-actions-cancel-role': 'medium',
  'action-duplicate': 'low',
  'action-redundant': 'low',

  'role-equals-owner': 'critical',
  'role-equals-contributor': 'high',
  'role-grants-all-actions': 'high',
  'role-grants-all-data-actions': 'critical',
  'role-grants-all-reads': 'low',
  'role-grants-verb-wildcard': 'high',
  'role-grants-provider-wildcard': 'medium info',
  'role-exceeds-budget': 'medium',
  'role-matches-builtin': 'low',
  'role-near-builtin': 'info',

  'role-reads-credentials': 'high low',
  'role-reads-secret-data': 'high low',
  'role-creates-sas': 'high low',
  'role-exports-data': 'medium low',
  'role-disables-logging': 'high low',
  'role-disables-protection': 'high low',
  'role-destroys': 'medium low',
  'role-exposes-network': 'medium low',
  'role-controls-billing': 'medium low',

  'role-assigns-roles': 'critical high',
  'role-edits-role-definitions': 'critical',
  'role-elevates-access': 'medium low',
  'role-manages-pim': 'critical',
  'role-writes-deny-assignments': 'high low',
  'role-writes-federated-credentials': 'critical',
  'role-assigns-identity': 'high low',
  'role-runs-code-on-vm': 'high low',
  'role-runs-code-on-workload': 'high low',
  'role-runs-code-on-ml': 'high low',
  'role-changes-images': 'high low',
  'role-edits-vault-access': 'high low',
  'role-deploys-with-identity': 'high low',
  'role-remediates-policy': 'high low',
  'role-delegates-to-tenant': 'high critical low',
  'role-moves-scopes': 'medium low',

  'scope-root': 'high',
  'scope-wildcard': 'high',
  'scope-malformed': 'high',
  'scope-placeholder': 'low',
  'scope-duplicate': 'low',
  'scope-nested': 'low',
  'scope-many-management-groups': 'high',
  'scope-management-group-with-data-actions': 'medium',
  'scope-resource-level': 'info',
  'scope-too-many': 'high',

  'ml-scoring-role-writes': 'critical',
  'ml-scoring-role-reads-keys': 'high',
  'ml-scoring-wildcard': 'high',
  'ml-data-action': 'high',
  'ml-control-role-holds-credentials': 'low',
  'ml-control-role-scores': 'low',
  'ml-control-role-lacks-deployments': 'low',
  'ml-batch-invoker-edits-endpoint': 'low',
  'ml-batch-invoker-reads-credentials': 'low',
  'ml-workspace-keys': 'high low',
  'ml-endpoint-switches-auth-mode': 'info',

  'assignment-privileged-at-high-scope': 'high',
  'assignment-owner-count': 'medium',
  'assignment-privileged-service-principal': 'high critical',
  'assignment-to-user': 'low',
  'assignment-name-collides': 'high',
  'assignment-principal-type-missing': 'medium',
  'assignment-role-misnamed': 'high',
  'assignment-role-unknown': 'high',
  'role-reference-renamed': 'low',
  'assignment-guest-privileged': 'high',
  'assignment-orphaned-principal': 'medium',
  'assignment-role-missing': 'medium',
  'assignment-redundant': 'medium',
  'assignment-duplicate': 'low',
  'assignment-excess': 'high',
  'assignment-insufficient': 'high',
  'assignment-narrower-scope': 'medium',
  'assignment-without-effect': 'medium',
  'assignment-toxic-combination': 'high',
  'assignment-limit-near': 'medium',

  'deny-blocks-expected': 'high',

  'condition-syntax': 'high low',
  'condition-missing-on-delegation': 'high',
  'condition-vacuous': 'critical high',
  'condition-deny-list': 'high',
  'condition-allows-privileged-role': 'critical high',
  'condition-write-only': 'medium',
  'condition-without-effect': 'medium',
  'condition-always-true': 'high',
  'condition-never-true': 'medium',
  'condition-version': 'medium',
  'condition-ambiguous': 'low',

  'pim-standing-privileged': 'high medium',
  'pim-eligible-without-expiry': 'medium',
  'pim-eligible-and-active': 'low',
  'deny-without-effect': 'low',

  'suppression-expired': 'high',
  'suppression-unused': 'low',
  'suppression-without-reason': 'low',
  'suppression-unknown-rule': 'medium',
};

const byRank = ['critical', 'high', 'medium', 'low', 'info'];

/** Its own severity, then those of its variants that differ, worst first. */
function severitiesOf({ severity, variants }: DocumentedRule): string {
  const others = Object.values(variants ?? {}).flatMap(variant => variant.severity ?? []);
  const distinct = [...new Set(others)].filter(other => other !== severity);
  return [severity, ...distinct.sort((a, b) => byRank.indexOf(a) - byRank.indexOf(b))].join(' ');
}

function schemaOf(name: string): object {
  return JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as object;
}

const ajv = new Ajv({ strict: false });
ajv.addFormat('operation-group', (name: string) => groups.some(group => group.name === name));
const isRule = ajv.compile(schemaOf('rule.schema.json'));
const isGroup = ajv.compile(schemaOf('operation-group.schema.json'));

test('no rule is outside of the inventory', () => {
  expect(ids.filter(id => inventory[id] === undefined)).toEqual([]);
});

describe.each(rules)('$id', rule => {
  const { id, check: checkName, options = {}, examples, variants = {}, implies = [] } = rule;
  const found = examples.flatMap(example => lintExample(rule, example));

  test('fits the schema and stands in a file of its name', () => {
    expect([isRule(rule), isRule.errors]).toEqual([true, null]);
    expect(readdirSync(folder)).toContain(`${id}.json`);
  });

  test('has the severities of the inventory', () => {
    expect(severitiesOf(rule)).toBe(inventory[id]);
  });

  test('names a check that takes its options', () => {
    const check = findCheck(checkName) ?? findTenantCheck(checkName);
    expect(check).toBeDefined();
    const isOptions = ajv.compile(check!.optionsSchema);
    expect([isOptions(options), isOptions.errors]).toEqual([true, null]);
  });

  test('has a matching and a clean example, says since when, and refers to a page', () => {
    expect(examples.some(({ matches }) => matches.length > 0)).toBe(true);
    expect(examples.some(({ matches }) => matches.length === 0)).toBe(true);
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
    expect(rule.references.length).toBeGreaterThan(0);
  });

  test('fires in every variant in some example', () => {
    const fired = new Set(found.map(({ variant }) => variant));
    expect(Object.keys(variants).filter(variant => !fired.has(variant))).toEqual([]);
  });

  test('fills every placeholder of its messages, and ends each with a full stop or question mark', () => {
    for (const { message } of found) {
      expect(message).not.toMatch(/(?<!\$)\{[A-Za-z][A-Za-z0-9]*\}(?!\})/);
      expect(message).toMatch(/[.?]$/);
    }
  });

  test('entails only what it implies', () => {
    expect((rule.entails ?? []).filter(other => !implies.includes(other))).toEqual([]);
  });

  test('implies rules of the inventory, and not itself', () => {
    expect(implies.filter(other => inventory[other] === undefined || other === id)).toEqual([]);
  });
});

describe.each(groups)('operation group $name', group => {
  test('fits the schema and stands in a file of its name', () => {
    expect([isGroup(group), isGroup.errors]).toEqual([true, null]);
    expect(readdirSync(`${folder}/operation-groups`)).toContain(`${group.name}.json`);
  });

  test('holds operations of the catalog, spelled as there, each once', () => {
    const names = group.operations.map(({ operation }) => operation);
    expect(names.filter(name => shippedCatalog.findOperation(name)?.name !== name)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.each(profiles)('profile $name', profile => {
  test('names rules and variants that exist', () => {
    const named = Object.keys(profile.rules).map(name => name.split('/') as [string, string?]);
    const unknown = named.filter(([id, variant]) => {
      if (variant === undefined) return inventory[id] === undefined;
      return rules.find(candidate => candidate.id === id)?.variants?.[variant] === undefined;
    });
    expect(unknown).toEqual([]);
  });
});

test('strict holds what a role spells out to the severity of what it reaches by wildcard', () => {
  const strict = profiles.find(({ name }) => name === 'strict')!.rules;
  const literal = rules.filter(({ variants }) => variants?.['literal']?.severity === 'low');
  expect(literal.length).toBeGreaterThan(20);
  expect(Object.fromEntries(literal.map(({ id }) => [id, strict[`${id}/literal`]]))).toEqual(
    Object.fromEntries(literal.map(({ id, severity }) => [id, severity])),
  );
});

test('the profiles say nothing else but what is written here', () => {
  const others = Object.fromEntries(
    profiles.map(({ name, rules }) => [
      name,
      Object.entries(rules).filter(([id]) => !id.endsWith('/literal')),
    ]),
  );
  expect(others).toEqual({
    recommended: [['role-exceeds-budget', 'off']],
    strict: [
      ['role-exceeds-budget', 'low'],
      ['role-grants-all-reads', 'medium'],
      ['role-reads-credentials/reads', 'medium'],
    ],
  });
});
