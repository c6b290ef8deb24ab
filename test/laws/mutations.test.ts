// Recall and precision on real roles: the built-in ones, written as custom roles, with one fault put into each.
import { expect, test } from 'vitest';
import { readJson } from '../../src/input/json.js';
import type { Finding } from '../../src/lint/engine/finding.js';
import { runLint } from '../../src/lint/engine/run.js';
import { findRoleDefinitions } from '../../src/rbac/model/find-role-definitions.js';
import type { RoleDefinition } from '../../src/rbac/model/role-definition.js';
import { shippedRules } from '../lint-example.js';
import { seededRandom } from '../seeded.js';
import { shippedCatalog } from '../shipped-catalog.js';

const seed = Number(process.env.AZRBAC_SEED ?? 20260822);
const samples = Number(process.env.AZRBAC_SAMPLES ?? 400);

type Lists = Record<'Actions' | 'NotActions' | 'DataActions' | 'NotDataActions', string[]>;
type Role = { Name: string; Description: string; AssignableScopes: string[] } & Lists;

/** Built-in roles with one unconditional permission, as somebody would write them for the Azure CLI. */
const roles: Role[] = [...shippedCatalog.builtInRoles.all()]
  .filter(role => role.permissions.length === 1 && role.permissions[0]!.condition === undefined)
  .map(role => {
    const [permission] = role.permissions as [RoleDefinition['permissions'][number]];
    return {
      Name: `Custom ${role.name!.value}`,
      Description: 'A role of ours.',
      Actions: permission.actions.map(entry => entry.text.trim()),
      NotActions: permission.notActions.map(entry => entry.text.trim()),
      DataActions: permission.dataActions.map(entry => entry.text.trim()),
      NotDataActions: permission.notDataActions.map(entry => entry.text.trim()),
      AssignableScopes: ['/subscriptions/11111111-2222-3333-4444-555555555555'],
    };
  });

/** One role with one fault in it, where the fault is, and what it was before. */
interface Mutant {
  readonly role: object;
  readonly pointer: string;
  readonly original: string;
}

/** Lints many documents in one run; findings by the document's number. */
function lintAll(documents: readonly object[]): Finding[][] {
  const read = documents.map((document, i) => readJson(JSON.stringify(document, null, 2), String(i)));
  const roleDefinitions = read.flatMap(document => findRoleDefinitions(document, true).roleDefinitions);
  const { findings } = runLint({
    documents: read,
    roleDefinitions,
    rules: shippedRules,
    settings: new Map(),
    catalog: shippedCatalog,
    asOf: '2026-08-22',
  });
  const byDocument = documents.map((): Finding[] => []);
  for (const finding of findings) byDocument[Number(finding.at.document.file)]!.push(finding);
  return byDocument;
}

/** How many mutants have a finding of one of the rules at the place of the fault, and how many name the original. */
function measure(
  mutants: readonly Mutant[],
  ruleIds: readonly string[],
): { found: number; named: number; missed: string[] } {
  const missed: string[] = [];
  let named = 0;
  lintAll(mutants.map(mutant => mutant.role)).forEach((findings, i) => {
    const mutant = mutants[i]!;
    const hit = findings.find(({ rule, at }) => ruleIds.includes(rule.id) && at.pointer === mutant.pointer);
    if (hit === undefined)
      missed.push(`${mutant.pointer} was ${mutant.original}: ${JSON.stringify(mutant.role).slice(0, 300)}`);
    const suggestions = [hit?.evidence.suggestions ?? [], hit?.evidence.suggestion ?? []].flat().map(String);
    if (suggestions.some(text => text.toLowerCase() === mutant.original.toLowerCase())) named++;
  });
  return { found: mutants.length - missed.length, named, missed };
}

const random = seededRandom(seed);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
const planes = { Actions: 'control', DataActions: 'data' } as const;

/** Roles to put a fault into, with an entry of theirs that the predicate accepts, until there are enough. */
function sampleEntries(
  accepts: (text: string, list: keyof typeof planes) => boolean,
): { role: Role; list: keyof typeof planes; index: number; text: string }[] {
  const picked = [];
  while (picked.length < samples) {
    const role = pick(roles);
    const list = pick(['Actions', 'DataActions'] as const);
    if (role[list].length === 0) continue;
    const index = Math.floor(random() * role[list].length);
    const text = role[list][index]!;
    if (accepts(text, list)) picked.push({ role, list, index, text });
  }
  return picked;
}

function isPublished(text: string, list: keyof typeof planes): boolean {
  const operation = shippedCatalog.findOperation(text);
  return operation?.plane === planes[list] && operation.basis === 'published';
}

/** A letter of an operation changed, dropped, or swapped with the next. */
const misspell: Record<string, (text: string, at: number) => string> = {
  changed: (text, at) => {
    const letter = pick([...'abcdefghijklmnopqrstuvwxyz'].filter(other => other !== text[at]!.toLowerCase()));
    return text.slice(0, at) + letter + text.slice(at + 1);
  },
  dropped: (text, at) => text.slice(0, at) + text.slice(at + 1),
  swapped: (text, at) => text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2),
};

test.each(Object.keys(misspell))(`a letter of an operation %s (seed ${seed})`, kind => {
  const mutants: Mutant[] = [];
  for (const { role, list, index, text } of sampleEntries(
    t => shippedCatalog.findOperation(t) !== undefined,
  )) {
    const letters = Array.from(text, (_, at) => at).filter(
      at =>
        /[a-z]/i.test(text[at]!) &&
        (kind !== 'swapped' ||
          (/[a-z]/i.test(text[at + 1] ?? '') && text[at + 1]!.toLowerCase() !== text[at]!.toLowerCase())),
    );
    const misspelt = misspell[kind]!(text, pick(letters));
    // What gives another operation that exists is no fault that anybody could see.
    if (shippedCatalog.findOperation(misspelt) !== undefined) continue;
    mutants.push({
      role: { ...role, [list]: role[list].with(index, misspelt) },
      pointer: `/${list}/${index}`,
      original: text,
    });
  }
  const ids = [
    'action-unknown',
    'action-unknown-provider',
    'action-retired',
    'action-bad-verb',
    'action-is-resource-type',
  ];
  const { found, named, missed } = measure(mutants, ids);
  expect(found / mutants.length, missed.slice(0, 5).join('\n')).toBeGreaterThanOrEqual(0.99);
  expect(named / mutants.length).toBeGreaterThanOrEqual(0.95);
});

test('an operation moved to the other plane', () => {
  const mutants = sampleEntries(isPublished).map(({ role, list, index, text }): Mutant => {
    const other = list === 'Actions' ? 'DataActions' : 'Actions';
    const moved = { ...role, [list]: role[list].toSpliced(index, 1), [other]: [...role[other], text] };
    return { role: moved, pointer: `/${other}/${role[other].length}`, original: text };
  });
  const { found, missed } = measure(mutants, ['data-action-in-actions', 'control-action-in-data-actions']);
  expect(found / mutants.length, missed.slice(0, 5).join('\n')).toBeGreaterThanOrEqual(0.99);
});

test('an entry doubled', () => {
  const mutants = sampleEntries(() => true).map(({ role, list, text }): Mutant => {
    const doubled = { ...role, [list]: [...role[list], pick([text, text.toUpperCase()])] };
    return { role: doubled, pointer: `/${list}/${role[list].length}`, original: text };
  });
  const { found, missed } = measure(mutants, ['action-duplicate']);
  expect(found / mutants.length, missed.slice(0, 5).join('\n')).toBeGreaterThanOrEqual(0.99);
});

test('a key misspelt', () => {
  const mutants = Array.from({ length: samples }, (): Mutant => {
    const role = pick(roles);
    const key = pick(Object.keys(role));
    const at = 1 + Math.floor(random() * (key.length - 1));
    const misspelt = pick([misspell.changed!, misspell.dropped!])(key, at);
    const renamed = Object.fromEntries(
      Object.entries(role).map(([name, value]) => [name === key ? misspelt : name, value]),
    );
    return { role: renamed, pointer: `/${misspelt}`, original: key };
  });
  const { found, named, missed } = measure(mutants, ['role-unknown-property']);
  expect(found / mutants.length, missed.slice(0, 5).join('\n')).toBeGreaterThanOrEqual(0.99);
  expect(named / mutants.length).toBeGreaterThanOrEqual(0.95);
});

const brokenScopes = [
  'subscriptions/11111111-2222-3333-4444-555555555555',
  '/subscriptions/',
  '/subscription/11111111-2222-3333-4444-555555555555',
  '/subscriptions/11111111-2222-3333-4444-55555555555',
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroup/rg',
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups',
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups//',
  '/providers/Microsoft.Management/managementGroup/platform',
  '/subscriptions/*',
  '/subscriptions/<subscription-id>',
  '11111111-2222-3333-4444-555555555555',
  'https://management.azure.com/subscriptions/11111111-2222-3333-4444-555555555555',
  ' ',
  '',
];

test.each(brokenScopes)('the scope broken to %j', scope => {
  const role = { ...roles[0]!, AssignableScopes: [scope] };
  const { found, missed } = measure(
    [{ role, pointer: '/AssignableScopes/0', original: '' }],
    ['scope-malformed', 'scope-wildcard', 'scope-placeholder'],
  );
  expect(found, missed.slice(0, 5).join('\n')).toBe(1);
});

test('no entry of an unchanged role is called unknown or wrong in plane', () => {
  const uncertain = lintAll(roles)
    .flat()
    .filter(({ rule }) =>
      [
        'action-unknown',
        'action-unknown-provider',
        'data-action-in-actions',
        'control-action-in-data-actions',
      ].includes(rule.id),
    );
  expect(uncertain.map(({ rule, evidence }) => `${rule.id} ${String(evidence.action)}`)).toEqual([]);
});
